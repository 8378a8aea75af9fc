/* processes.c finds the processes of a run.
 *
 * The sum of resident memory counts a page once per process that shares it. Only if
 * that sum exceeds the limit, each process is asked for its proportional share
 * (smaps_rollup), which takes the kernel longer.
 *
 * A file removed while open has no name: it is counted through the descriptors. One
 * that is only mapped is not found; the free space of the file system reveals it in the
 * end.
 *
 * Hostile programs change the folder during the walk. It holds one descriptor at a
 * time: down into a folder by name, without links, and back by "..", which must be the
 * folder it came from.
 */
#include "config.h"

#include "sim/sandbox/totals.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/sandbox/processes.h"

#define REMOVED_MOST 4096 /* distinct files open but removed */

/* The number after "KEY:", in kB. */
static uint64_t kb_of(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at ? strtoull(at + strlen(key), NULL, 10) << 10 : 0;
}

/* Per process ------------------------------------------------------------------------- */

static uint64_t memory_of(int proc, const struct process *p, bool exactly)
{
	char name[64], text[8192];
	uint64_t part;

	snprintf(name, sizeof(name), "%d/%s", p->pid, exactly ? "smaps_rollup" : "status");
	if (!processes_text(proc, name, text, sizeof(text)))
		return p->rss;
	part = exactly ? kb_of(text, "\nPss:") + kb_of(text, "\nSwapPss:")
		       : kb_of(text, "\nVmRSS:") + kb_of(text, "\nVmSwap:");
	return part ? part : p->rss;
}

/* The file system that a process sees as /tmp, if it is neither ours nor that of the
 * folder, which is walked. */
static bool tmp_of(int proc, const struct process *p, dev_t folder, struct statvfs *out, dev_t *dev)
{
	char root[64], tmp[64];
	struct stat theirs, ours, st;
	int fd;
	bool ok;

	snprintf(root, sizeof(root), "%d/root/.", p->pid);
	snprintf(tmp, sizeof(tmp), "%d/root/tmp", p->pid);
	if (fstatat(proc, root, &theirs, 0) < 0 || stat("/", &ours) < 0 ||
	    (theirs.st_dev == ours.st_dev && theirs.st_ino == ours.st_ino))
		return false;
	fd = openat(proc, tmp, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	ok = fd >= 0 && fstat(fd, &st) == 0 && st.st_dev != theirs.st_dev && st.st_dev != folder &&
	     fstatvfs(fd, out) == 0;
	if (ok)
		*dev = st.st_dev;
	if (fd >= 0)
		close(fd);
	return ok;
}

struct removed {
	dev_t dev[REMOVED_MOST];
	ino_t ino[REMOVED_MOST];
	size_t n;
};

static bool is_new(struct removed *seen, const struct stat *st)
{
	for (size_t i = 0; i < seen->n; i++)
		if (seen->ino[i] == st->st_ino && seen->dev[i] == st->st_dev)
			return false;
	if (seen->n < REMOVED_MOST) {
		seen->dev[seen->n] = st->st_dev;
		seen->ino[seen->n++] = st->st_ino;
	}
	return true;
}

/* tmp: its files are counted already. */
static void add_removed(int proc, const struct process *p, dev_t tmp, struct removed *seen,
			struct totals *out)
{
	char name[64];
	int fd;
	DIR *d;
	struct dirent *e;

	snprintf(name, sizeof(name), "%d/fd", p->pid);
	fd = openat(proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	d = fd < 0 ? NULL : fdopendir(fd);
	if (!d && fd >= 0)
		close(fd);
	while (d && (e = readdir(d))) {
		struct stat st;

		if (fstatat(dirfd(d), e->d_name, &st, 0) < 0 || !S_ISREG(st.st_mode) ||
		    st.st_nlink > 0 || st.st_dev == tmp || !is_new(seen, &st))
			continue;
		out->disk += (uint64_t)st.st_blocks * 512;
		out->files++;
	}
	if (d)
		closedir(d);
}

static void add_memory(int proc, const struct process *all, size_t n, uint64_t most,
		       struct totals *out)
{
	for (int exactly = 0; exactly <= 1; exactly++) {
		out->memory = 0;
		for (size_t i = 0; i < n; i++)
			out->memory += memory_of(proc, &all[i], exactly);
		if (out->memory <= most)
			return;
	}
}

static void add_processes(int pid, bool listed, dev_t folder, const struct totals *most,
			  struct totals *out)
{
	int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct process *all = NULL;
	struct removed *seen = mem_calloc(1, sizeof(*seen));
	size_t n = proc < 0 ? 0
		   : listed ? processes_listed(proc, pid, &all)
			    : processes_below(proc, pid, &all);
	struct statvfs tmp;
	dev_t dev = 0;

	for (size_t i = 0; i < n; i++) {
		out->processes += all[i].threads;
		if (dev || !tmp_of(proc, &all[i], folder, &tmp, &dev))
			continue;
		out->disk += (uint64_t)(tmp.f_blocks - tmp.f_bfree) * tmp.f_frsize;
		out->files += tmp.f_files - tmp.f_ffree;
	}
	for (size_t i = 0; i < n; i++)
		add_removed(proc, &all[i], dev, seen, out);
	add_memory(proc, all, n, most->memory, out);
	free(seen);
	free(all);
	if (proc >= 0)
		close(proc);
}

/* The folder ---------------------------------------------------------------------------- */

struct level {
	dev_t dev;
	ino_t ino;
	struct strv folders; /* subfolders not entered yet */
};

static void add_entry(const struct stat *st, struct totals *out)
{
	out->files++;
	/* A file with several links counts its share. */
	out->disk += (uint64_t)st->st_blocks * 512 /
		     (st->st_nlink > 1 && !S_ISDIR(st->st_mode) ? st->st_nlink : 1);
}

/* Reads fd's entries; fd stays open. False: too many, or unreadable. */
static bool look(int fd, struct level *l, uint64_t most, struct totals *out)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	DIR *d = own < 0 ? NULL : fdopendir(own);
	struct stat st = { 0 };
	struct dirent *e;

	if (!d || fstat(own, &st) < 0) {
		if (own >= 0 && !d)
			close(own);
		if (d)
			closedir(d);
		*l = (struct level){ 0 };
		return false;
	}
	*l = (struct level){ .dev = st.st_dev, .ino = st.st_ino };
	while (out->files <= most && (e = readdir(d))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		add_entry(&st, out);
		if (S_ISDIR(st.st_mode))
			strv_add(&l->folders, e->d_name);
	}
	closedir(d);
	return out->files <= most;
}

/* Makes a folder readable: it is ours, so its mode must not hide anything. By
 * descriptor, since its name could become a link at any moment. */
static void make_readable(int in, const char *name)
{
	int fd = openat(in, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	char self[64];

	if (fd < 0)
		return;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	chmod(self, 0700);
	close(fd);
}

static int open_folder(int in, const char *name)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(in, name, flags);

	if (fd < 0 && errno == EACCES) {
		make_readable(in, name);
		fd = openat(in, name, flags);
	}
	return fd;
}

/* Closes fd and returns to the folder *l; -1: it is gone. */
static int back(int fd, const struct level *l)
{
	int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	close(fd);
	if (up >= 0 && (fstat(up, &st) < 0 || st.st_dev != l->dev || st.st_ino != l->ino)) {
		close(up);
		return -1;
	}
	return up;
}

/* Enters the next folder of the last level, or leaves that level. */
static int step(int fd, struct level **way, size_t *cap, size_t *depth, uint64_t most,
		struct totals *out)
{
	struct level *l = &(*way)[*depth - 1];
	int next;

	if (l->folders.n == 0) {
		strv_free(&l->folders);
		(*depth)--;
		if (*depth > 0)
			return back(fd, &(*way)[*depth - 1]);
		close(fd);
		return -1;
	}
	next = open_folder(fd, l->folders.v[l->folders.n - 1]);
	strv_drop(&l->folders, l->folders.n - 1);
	if (next < 0)
		return fd; /* gone meanwhile, or no longer a folder */
	MEM_ROOM(*way, *depth, *cap);
	if (!look(next, &(*way)[(*depth)++], most, out)) {
		close(next);
		next = -1;
	}
	close(fd);
	return next;
}

static void add_folder(const char *dir, uint64_t most, struct totals *out)
{
	struct level *way = NULL;
	size_t cap = 0, depth = 0;
	int fd = open_folder(AT_FDCWD, dir);

	if (fd >= 0) {
		cap = mem_grow((void **)&way, cap, 1, sizeof(*way));
		if (!look(fd, &way[depth++], most, out)) {
			close(fd);
			fd = -1;
		}
	}
	while (fd >= 0)
		fd = step(fd, &way, &cap, &depth, most, out);
	while (depth > 0)
		strv_free(&way[--depth].folders);
	free(way);
}

/* The machine ---------------------------------------------------------------------------- */

static void add_machine(const char *dir, struct totals *out)
{
	char text[8192];
	struct statvfs fs;

	out->memory_left = out->disk_left = UINT64_MAX;
	if (processes_text(AT_FDCWD, "/proc/meminfo", text, sizeof(text)) &&
	    strstr(text, "\nMemAvailable:"))
		out->memory_left = kb_of(text, "\nMemAvailable:") + kb_of(text, "\nSwapFree:");
	if (statvfs(dir, &fs) == 0)
		out->disk_left = (uint64_t)fs.f_bavail * fs.f_frsize;
}

static void measure(const char *dir, int pid, bool listed, const struct totals *most,
		    struct totals *out)
{
	struct stat folder = { 0 };

	memset(out, 0, sizeof(*out));
	add_machine(dir, out);
	if (stat(dir, &folder) < 0)
		folder.st_dev = 0;
	if (pid > 0)
		add_processes(pid, listed, folder.st_dev, most, out);
	add_folder(dir, most->files, out);
}

void totals_measure(const char *dir, int pid, const struct totals *most, struct totals *out)
{
	measure(dir, pid, false, most, out);
}

void totals_glance(const char *dir, int pid, const struct totals *most, struct totals *out)
{
	measure(dir, pid, true, most, out);
}
