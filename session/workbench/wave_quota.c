/* Keeps the waves of all sessions below wave.quota_mb by removing the oldest. The
 * newest always stays, however large. Folders are opened with own_opendir(), so a
 * link in a session cannot cause files elsewhere to be removed.
 */
#include "config.h"

#include "session/workbench/wave_quota.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"

struct wave_file {
	char *path;	     /* relative to the root */
	uint64_t bytes, age; /* age: larger is newer */
};

struct waves {
	struct wave_file *v;
	size_t n, cap;
	uint64_t total;
};

/* Finds the waves of one run, under either of their names. runs: open folder. */
static void look_in(int runs, const char *folder, const char *run, struct waves *w)
{
	static const char *const names[] = { "wave.vcd", "wave.fst" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *name = str_fmt("%s/%s", run, names[i]);
		struct stat st;

		if (fstatat(runs, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode)) {
			w->cap = mem_grow((void **)&w->v, w->cap, w->n + 1, sizeof(*w->v));
			w->v[w->n++] =
				(struct wave_file){ path_join(folder, name), (uint64_t)st.st_size,
						    (uint64_t)st.st_mtim.tv_sec * 1000000000u +
							    (uint64_t)st.st_mtim.tv_nsec };
			w->total += (uint64_t)st.st_size;
		}
		free(name);
	}
}

static int by_age(const void *a, const void *b)
{
	const struct wave_file *x = a, *y = b;

	return x->age != y->age ? (x->age < y->age ? -1 : 1) : strcmp(x->path, y->path);
}

static void look(const char *root, struct waves *w)
{
	struct strv ids = STRV_INIT;

	session_list(root, &ids);
	for (size_t i = 0; i < ids.n; i++) {
		char *runs = str_fmt(".posedge/sessions/%s/runs", ids.v[i]),
		     *full = path_join(root, runs);
		DIR *d = own_opendir(full);
		struct dirent *e;

		while (d && (e = readdir(d)))
			if (e->d_name[0] != '.')
				look_in(dirfd(d), runs, e->d_name, w);
		if (d)
			closedir(d);
		free(full);
		free(runs);
	}
	strv_free(&ids);
	if (w->n)
		qsort(w->v, w->n, sizeof(*w->v), by_age);
}

static void waves_fini(struct waves *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->v[i].path);
	free(w->v);
}

/* Number of the oldest that have to go. */
static size_t too_many(const struct waves *w, uint64_t quota)
{
	uint64_t left = w->total;
	size_t n = 0;

	while (n + 1 < w->n && left > quota)
		left -= w->v[n++].bytes;
	return n;
}

static void say(const struct workbench *w, const struct waves *x, size_t n, const char *what)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < n; i++)
		bytes += x->v[i].bytes;
	report_note(&w->out,
		    "%s the waves of the %zu oldest runs, %llu MB, from %s on: more than "
		    "wave.quota_mb (%u) together",
		    what, n, (unsigned long long)(bytes / 1000000), x->v[0].path,
		    w->options->wave_quota_mb);
}

static uint64_t quota_of(const struct options *options)
{
	return (uint64_t)options->wave_quota_mb * 1000000;
}

void wave_quota_keep(const struct workbench *w)
{
	struct waves x = { 0 };
	size_t n;

	look(w->place.root, &x);
	n = too_many(&x, quota_of(w->options));
	if (n)
		say(w, &x, n, "removed");
	for (size_t i = 0; i < n; i++) {
		char *full = path_join(w->place.root, x.v[i].path);

		unlink(full);
		free(full);
	}
	waves_fini(&x);
}

void wave_quota_warn(const struct workbench *w)
{
	struct waves x = { 0 };
	size_t n;

	look(w->place.root, &x);
	n = too_many(&x, quota_of(w->options));
	if (n)
		say(w, &x, n, "the next run removes");
	waves_fini(&x);
}
