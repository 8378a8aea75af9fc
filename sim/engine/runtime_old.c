/* The time of a folder says when it was last used, to within a day, so that a run
 * seldom has to write it.
 *
 * Two programs: one that finds a folder of an old time sets it under a lock, and one
 * that removes it looks at the time again under the same lock and only renames it
 * there. So either the folder is new when its time is looked at, or its user finds none
 * and makes another.
 */
#include "config.h"

#include "sim/engine/runtime_old.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define DAY_S	 86400
#define RECENT_S (2 * DAY_S) /* younger ones may be in use */
#define OLD_S	 (30 * DAY_S)
#define LOCK	 "/" RUNTIME_PREFIX "old.lock"
#define REMOVED	 ".old"

struct kept {
	char *path;
	time_t used;
	bool finished;
};

/* -1: not in this cache, where then nobody removes anything, either. */
static int lock(const char *cache)
{
	char *path = str_fmt("%s" LOCK, cache);
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

	free(path);
	if (fd >= 0 && flock(fd, LOCK_EX) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static bool look(const char *path, time_t *used)
{
	struct stat st;

	if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode) || st.st_uid != geteuid())
		return false;
	*used = st.st_mtime;
	return true;
}

static bool use_old(const char *dir)
{
	char *cache = path_dir(dir);
	int fd = lock(cache);
	bool there = utimensat(AT_FDCWD, dir, NULL, 0) == 0 ||
		     file_is_dir(dir); /* perhaps of another user */

	if (fd >= 0)
		close(fd);
	free(cache);
	return there;
}

bool runtime_use(const char *dir)
{
	struct stat st;

	if (stat(dir, &st) < 0 || !S_ISDIR(st.st_mode))
		return false;
	return st.st_mtime > time(NULL) - DAY_S || use_old(dir);
}

static bool is_finished(const char *name)
{
	const char *hash = name + strlen(RUNTIME_PREFIX);

	return strspn(hash, "0123456789abcdef") == RUNTIME_DIGITS && !hash[RUNTIME_DIGITS];
}

static int latest_first(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return x->used < y->used ? 1 : x->used > y->used ? -1 : strcmp(x->path, y->path);
}

static size_t list(const char *cache, struct kept **out)
{
	DIR *d = opendir(cache);
	struct dirent *e;
	size_t n = 0, cap = 0;

	*out = NULL;
	while (d && (e = readdir(d))) {
		struct kept k = { .finished = is_finished(e->d_name) };

		if (!str_starts(e->d_name, RUNTIME_PREFIX))
			continue;
		k.path = path_join(cache, e->d_name);
		if (!look(k.path, &k.used)) {
			free(k.path);
			continue;
		}
		MEM_PUSH(*out, n, cap, k);
	}
	if (d)
		closedir(d);
	if (n)
		qsort(*out, n, sizeof(**out), latest_first);
	return n;
}

/* Out of the way under the lock, so that nobody begins to use it. */
static void remove_one(int fd, const struct kept *k)
{
	char *aside = str_fmt("%s" REMOVED, k->path);
	time_t used;

	file_remove_tree(aside, NULL);
	if (flock(fd, LOCK_EX) == 0 && look(k->path, &used) && used == k->used)
		rename(k->path, aside);
	flock(fd, LOCK_UN);
	file_remove_tree(aside, NULL);
	free(aside);
}

void runtime_remove_old(const char *cache)
{
	struct kept *all;
	size_t n = list(cache, &all), finished = 0;
	int fd = n ? lock(cache) : -1;
	time_t now = time(NULL);

	if (fd >= 0)
		flock(fd, LOCK_UN);
	for (size_t i = 0; i < n; i++) {
		bool many = !all[i].finished || finished >= RUNTIME_KEPT;

		finished += all[i].finished;
		if (str_ends(all[i].path, REMOVED)) /* of a program that was killed */
			file_remove_tree(all[i].path, NULL);
		else if (fd >= 0 && all[i].used < now - (many ? RECENT_S : OLD_S))
			remove_one(fd, &all[i]);
		free(all[i].path);
	}
	if (fd >= 0)
		close(fd);
	free(all);
}
