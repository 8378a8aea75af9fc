/* Takes files out of a folder in which a hostile program has run.
 *
 * Each folder is opened relative to its parent and never through a link; depth and
 * entries are counted. A file that still has the size, inode and time of the staged one
 * is not a result. The newest dump is the run's. Names are shown as the user would
 * write them, and kept files get our mode instead of the program's.
 */
#include "config.h"

#include "sim/engine/left.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"
#include "sim/stage/stage.h"
#include "sim/trace/trace_convert.h"

struct walk {
	struct stage *stage;
	struct left *out;
	struct str path; /* of the folder, relative to the stage: "m", "m/m" */
	DIR *way[LEFT_DEPTH];
	size_t cut[LEFT_DEPTH]; /* length of path without it */
	int depth;
	size_t entries;
	struct timespec newest;
};

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct staged *)a)->path, ((const struct staged *)b)->path);
}

static bool is_newer(struct timespec a, struct timespec b)
{
	return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool unchanged(const struct stage *s, const char *path, const struct stat *st)
{
	struct staged key = { .path = (char *)path };
	const struct staged *f = bsearch(&key, s->laid, s->n_laid, sizeof(key), by_path);

	return f && f->size == (uint64_t)st->st_size && f->inode == st->st_ino &&
	       !is_newer(st->st_mtim, f->changed) && !is_newer(f->changed, st->st_mtim);
}

static void list(struct walk *w, const char *path, uint64_t size)
{
	struct left *l = w->out;

	if (l->n >= RUN_FILES_MAX) {
		l->more = true;
		return;
	}
	l->files = mem_realloc(l->files, (l->n + 1) * sizeof(*l->files));
	l->files[l->n++] = (struct run_file){ mem_strdup(path), size };
}

static void take_file(struct walk *w, const char *name, const struct stat *st)
{
	size_t cut = w->path.len;
	bool dump = (str_ends(name, ".vcd") || str_ends(name, ".fst")) && st->st_size > 0;
	char *clean = NULL;

	str_addf(&w->path, "/%s", name);
	if (unchanged(w->stage, str_cstr(&w->path), st)) {
		/* as staged */
	} else if (!path_clean(str_cstr(&w->path), &clean, NULL)) {
		w->out->more = true;
	} else if (dump && (!w->out->dump || is_newer(st->st_mtim, w->newest))) {
		if (w->out->dump)
			list(w, w->out->dump, w->out->dump_size);
		free(w->out->dump);
		w->out->dump = mem_strdup(clean);
		w->newest = st->st_mtim;
		w->out->dump_size = (uint64_t)st->st_size;
	} else {
		list(w, clean, (uint64_t)st->st_size);
	}
	free(clean);
	str_cut(&w->path, cut);
}

static void enter(struct walk *w, int in, const char *name)
{
	int fd = w->depth < LEFT_DEPTH
			 ? openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
			 : -1;
	DIR *d = fd < 0 ? NULL : fdopendir(fd);

	if (!d) {
		w->out->more = true;
		if (fd >= 0)
			close(fd);
		return;
	}
	w->cut[w->depth] = w->path.len;
	w->way[w->depth++] = d;
	str_addf(&w->path, "%s%s", w->path.len ? "/" : "", name);
}

static void leave(struct walk *w)
{
	closedir(w->way[--w->depth]);
	str_cut(&w->path, w->cut[w->depth]);
}

static void walk(struct walk *w, int stage_fd)
{
	enter(w, stage_fd, "m");
	while (w->depth > 0) {
		DIR *d = w->way[w->depth - 1];
		struct dirent *e = readdir(d);
		struct stat st;

		if (!e || ++w->entries > LEFT_ENTRIES) {
			w->out->more |= e != NULL;
			leave(w);
		} else if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
			   fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
			continue;
		} else if (S_ISREG(st.st_mode)) {
			take_file(w, e->d_name, &st);
		} else if (S_ISDIR(st.st_mode)) {
			enter(w, dirfd(d), e->d_name);
		}
	}
	str_free(&w->path);
}

/* Shows "m/m/m/m/a/b" as "a/b" and "m/m/m/a" as "../a". */
static char *shown(const char *path)
{
	struct str s = STR_INIT;
	int left = 4;

	while (left > 0 && str_starts(path, "m/")) {
		path += 2;
		left--;
	}
	for (int i = 0; i < left; i++)
		str_adds(&s, "../");
	str_adds(&s, path);
	return str_take(&s);
}

/* The program may have run as another user (SANDBOX_OTHER_USER), and chose the mode:
 * makes the file ours, with mode 0600. */
static void own(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd < 0 && errno == EACCES && chmod(path, 0600) == 0)
		fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		if (st.st_uid == geteuid() || fchown(fd, geteuid(), getegid()) == 0)
			fchmod(fd, (st.st_mode & S_IXUSR) | 0600);
	}
	close(fd);
}

static bool move(const char *from_dir, const char *from, const char *to_dir, const char *to)
{
	struct str name = STR_INIT;
	char *source = path_join(from_dir, from), *target, *folder;
	bool ok;

	str_adds(&name, "written/");
	for (; str_starts(to, "../"); to += 3)
		str_adds(&name, "up/");
	str_adds(&name, to);
	target = path_join(to_dir, str_cstr(&name));
	folder = path_dir(target);
	ok = file_make_dirs(folder, 0700, NULL) && rename(source, target) == 0;
	if (ok)
		own(target);
	/* A variant's run in memory: its verdict does not need the file. */
	else if (errno == EXDEV)
		ok = unlink(source) == 0;
	free(folder);
	free(target);
	free(source);
	str_free(&name);
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct run_file *)a)->path, ((const struct run_file *)b)->path);
}

static void keep_files(const struct stage *s, const char *out_dir, struct left *l,
		       struct strv *notes)
{
	uint64_t kept = 0;
	size_t lost = 0;

	for (size_t i = 0; i < l->n; i++) {
		char *name = shown(l->files[i].path);

		if (kept + l->files[i].size <= LEFT_KEPT &&
		    move(s->dir, l->files[i].path, out_dir, name))
			kept += l->files[i].size;
		else
			lost++;
		free(l->files[i].path);
		l->files[i].path = name;
	}
	if (l->n)
		qsort(l->files, l->n, sizeof(*l->files), by_name);
	if (lost)
		strv_addf(notes,
			  "%zu of the files that the simulation wrote are not kept: above %u MB "
			  "together",
			  lost, LEFT_KEPT >> 20);
}

/* By content: Icarus writes FST under the name given to $dumpfile. */
static bool is_fst(const char *path)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool fst = fd >= 0 ? wave_format_of_file(fd) == WAVE_FST : str_ends(path, ".fst");

	if (fd >= 0)
		close(fd);
	return fst;
}

static void keep_dump(const struct stage *s, const char *out_dir, struct left *l)
{
	char *from = path_join(s->dir, l->dump);
	char *to;

	own(from);
	to = str_fmt("%s/wave.%s", out_dir, is_fst(from) ? "fst" : "vcd");
	if (rename(from, to) < 0) {
		free(to);
		to = NULL;
	}
	free(from);
	free(l->dump);
	l->dump = to;
}

void left_collect(struct stage *s, const char *out_dir, struct left *out, struct strv *notes)
{
	struct walk w = { .stage = s, .out = out };
	int fd = open(s->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	memset(out, 0, sizeof(*out));
	if (s->n_laid)
		qsort(s->laid, s->n_laid, sizeof(*s->laid), by_path);
	if (fd < 0)
		return;
	walk(&w, fd);
	close(fd);
	if (out->dump)
		keep_dump(s, out_dir, out);
	keep_files(s, out_dir, out, notes);
}

void left_fini(struct left *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->files[i].path);
	free(l->files);
	free(l->dump);
	memset(l, 0, sizeof(*l));
}
