/* Writes the rows of a run. Each row takes a single write, so it is complete in the
 * file or missing. */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/bench/bench_inner.h"
#include "session/workbench/workbench.h"

bool bench_add_row(struct bench_run *k, const struct bench_row *r, struct err *err)
{
	struct str line = STR_INIT;
	bool ok;

	bench_row_print(r, &line);
	ok = k->fd < 0 || file_write_all(k->fd, line.data, line.len) ||
	     err_set(err, ERR_IO, "%.200s: %s", k->r->out, strerror(errno));
	str_free(&line);
	k->total->done++;
	k->total->passed += bench_row_passes(r);
	k->total->strict += bench_row_strict(r);
	k->total->failed += r->class_ == '?';
	if (k->r->row)
		k->r->row(k->r->ctx, r);
	if (k->r->progress) {
		uint64_t spent = loop_now_ms(k->w->loop) - k->began;

		k->r->progress(k->r->ctx, k->total->done, k->n,
			       spent * (k->n - k->total->done) / k->total->done);
	}
	return ok;
}

/* "qwen.answers" next to "qwen.jsonl". The caller frees it. */
static char *beside(const struct bench_run *k, const char *end)
{
	size_t n = strlen(k->r->out);

	return str_fmt("%.*s.%s", (int)(str_ends(k->r->out, ".jsonl") ? n - 6 : n), k->r->out, end);
}

/* Waves kept by earlier runs count too. */
static bool open_waves(struct bench_run *k, struct err *err)
{
	uint64_t there = 0;
	struct dirent *e;
	DIR *d;

	k->waves = beside(k, "waves");
	if (!file_make_dirs(k->waves, 0755, err))
		return false;
	d = opendir(k->waves);
	while (d && (e = readdir(d))) {
		char *path = path_join(k->waves, e->d_name);
		struct stat st;

		if (lstat(path, &st) == 0 && S_ISREG(st.st_mode))
			there += (uint64_t)st.st_size;
		free(path);
	}
	if (d)
		closedir(d);
	k->waves_left = there < k->r->waves ? k->r->waves - there : 0;
	return true;
}

bool bench_rows_open(struct bench_run *k, struct err *err)
{
	if (!k->r->out)
		return true;
	if (k->backend) {
		k->kept = beside(k, "answers");
		if (!file_make_dirs(k->kept, 0755, err))
			return false;
	}
	if (k->r->waves && !open_waves(k, err))
		return false;
	k->fd = open(k->r->out, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	return k->fd >= 0 || err_set(err, ERR_IO, "%.200s: %s", k->r->out, strerror(errno));
}
