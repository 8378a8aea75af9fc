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

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/base/task.h"
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

struct wave_quota {
	char *root;
	uint64_t bytes;
	struct waves waves;
	size_t removed; /* the first of them */
	bool done;
	struct task *waits; /* for that; NULL */
};

static void add(struct waves *w, char *path, const struct stat *st)
{
	MEM_PUSH(w->v, w->n, w->cap,
		 (struct wave_file){ path, (uint64_t)st->st_size,
				     (uint64_t)st->st_mtim.tv_sec * 1000000000u +
					     (uint64_t)st->st_mtim.tv_nsec });
	w->total += (uint64_t)st->st_size;
}

/* Finds the waves of one run, under either of their names. runs: open folder. */
static void look_in(int runs, const char *folder, const char *run, struct waves *w)
{
	static const char *const names[] = { "wave.vcd", "wave.fst" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char *name = str_fmt("%s/%s", run, names[i]);
		struct stat st;

		if (fstatat(runs, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
			add(w, path_join(folder, name), &st);
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

static void keep(void *ctx)
{
	struct wave_quota *q = ctx;

	look(q->root, &q->waves);
	q->removed = too_many(&q->waves, q->bytes);
	for (size_t i = 0; i < q->removed; i++) {
		char *full = path_join(q->root, q->waves.v[i].path);

		unlink(full);
		free(full);
	}
}

static void on_kept(void *ctx)
{
	struct wave_quota *q = ctx;

	q->done = true;
	if (q->waits)
		task_wake(q->waits);
}

struct wave_quota *wave_quota_begin(const struct workbench *w)
{
	struct wave_quota *q = mem_zalloc(sizeof(*q));

	q->root = mem_strdup(w->place.root);
	q->bytes = (uint64_t)w->options->wave_quota_mb * 1000000;
	loop_work(w->loop, keep, on_kept, q);
	return q;
}

static void forget_removed(struct waves *x, size_t removed)
{
	size_t kept = 0;

	for (size_t i = 0; i < x->n; i++) {
		if (i >= removed) {
			x->v[kept++] = x->v[i];
			continue;
		}
		x->total -= x->v[i].bytes;
		free(x->v[i].path);
	}
	x->n = kept;
}

/* The pool may have been so late that it found it already. */
static bool is_listed(const struct waves *x, const char *root, const char *wave)
{
	bool is = false;

	for (size_t i = 0; i < x->n && !is; i++) {
		char *full = path_join(root, x->v[i].path);

		is = strcmp(full, wave) == 0;
		free(full);
	}
	return is;
}

void wave_quota_end(struct wave_quota *q, const struct workbench *w, const char *wave)
{
	struct stat st;
	size_t n;

	if (!q)
		return;
	q->waits = task_self();
	while (!q->done)
		task_wait_uncancelled();
	if (q->removed)
		say(w, &q->waves, q->removed, "removed");
	forget_removed(&q->waves, q->removed);
	if (stat(wave, &st) == 0 && !is_listed(&q->waves, q->root, wave))
		add(&q->waves, mem_strdup(wave), &st);
	n = too_many(&q->waves, q->bytes);
	if (n)
		say(w, &q->waves, n, "the next run removes");
	waves_fini(&q->waves);
	free(q->root);
	free(q);
}
