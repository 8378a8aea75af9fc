/* A tree can be deeper than we have descriptors or stack. So the tree is not walked: a
 * folder below the top moves its own folders up to the top, under new names, and is
 * then empty.
 *
 *   top/a/b/c  ->  top/.0/c, a is removed  ->  top/.1 ...
 *
 * Each folder is moved once, so the work is linear in their number.
 */
#include "config.h"

#include "backends/acp/acp_clear.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct clearing {
	int top;
	unsigned long long name; /* name for the next folder moved up */
	unsigned steps;
	bool moved, failed;
};

/* The owner may have removed its permissions. Goes through a descriptor, so that no
 * link can redirect the chmod. */
static void unlock(int in, const char *name)
{
	int fd = openat(in, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	char self[40];

	if (fd < 0)
		return;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	if (chmod(self, 0700) < 0)
		errno = EACCES; /* opening it will fail */
	close(fd);
}

static DIR *enter(int in, const char *name)
{
	int fd = openat(in, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && !d)
		close(fd);
	return d;
}

static bool is_itself(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Moves the folder to the top, under an unused name. */
static void move_up(struct clearing *c, int from, const char *name)
{
	char fresh[40];

	for (int tries = 0; tries < 64; tries++) {
		snprintf(fresh, sizeof(fresh), ".%llu", c->name++);
		if (renameat2(from, name, c->top, fresh, RENAME_NOREPLACE) == 0) {
			c->moved = true;
			return;
		}
		if (errno != EEXIST)
			break;
	}
	c->failed = true;
}

static void remove_inside(struct clearing *c, DIR *d)
{
	struct dirent *e;

	while ((e = readdir(d)) && c->steps++ < CLEAR_STEPS) {
		if (is_itself(e->d_name) || unlinkat(dirfd(d), e->d_name, 0) == 0 ||
		    unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR) == 0)
			continue;
		unlock(dirfd(d), e->d_name);
		move_up(c, dirfd(d), e->d_name);
	}
}

static void remove_one(struct clearing *c, const char *name)
{
	DIR *d;

	if (unlinkat(c->top, name, 0) == 0 || unlinkat(c->top, name, AT_REMOVEDIR) == 0)
		return;
	unlock(c->top, name);
	d = enter(c->top, name);
	if (d) {
		remove_inside(c, d);
		closedir(d);
	}
	if (unlinkat(c->top, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
		c->failed = true;
}

bool acp_clear(const char *path, struct err *err)
{
	struct clearing c = { .moved = true };

	while (c.moved && !c.failed && c.steps < CLEAR_STEPS) {
		DIR *d = enter(AT_FDCWD, path);
		struct dirent *e;

		c.moved = false;
		if (!d)
			return errno == ENOENT ||
			       err_set(err, ERR_IO, "empty %s: %s", path, strerror(errno));
		c.top = dirfd(d);
		while ((e = readdir(d)) && c.steps++ < CLEAR_STEPS)
			if (!is_itself(e->d_name))
				remove_one(&c, e->d_name);
		closedir(d);
	}
	return (!c.failed && c.steps < CLEAR_STEPS) ||
	       err_set(err, ERR_IO, "empty %s: something in it cannot be removed", path);
}
