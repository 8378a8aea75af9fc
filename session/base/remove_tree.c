/* Removes a tree without following a link. Only one folder is open at a time,
 * however deep the tree is: names are relative to its descriptor, and the way back
 * is "..", which must lead to the folder it came from, because somebody may move
 * folders meanwhile.
 */
#include "config.h"

#include "session/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/own.h"

struct level {
	dev_t dev;
	ino_t ino;
};

static int open_folder(int in, const char *name)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(in, name, flags);

	/* Our own folder with mode 0: make it accessible. */
	if (fd < 0 && errno == EACCES && fchmodat(in, name, 0700, 0) == 0)
		fd = openat(in, name, flags);
	return fd;
}

/* Removes the contents of fd up to the first folder that is not empty and returns
 * its name, which the caller frees. NULL: fd is empty, or err says what could not
 * be removed. */
static char *empty_folder(int fd, const char *path, struct err *err)
{
	int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = copy < 0 ? NULL : fdopendir(copy);
	struct dirent *e;
	char *deeper = NULL;
	bool ok = d != NULL, opened = false;

	while (ok && !deeper && (e = readdir(d))) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    unlinkat(fd, e->d_name, 0) == 0)
			continue;
		if ((errno == EISDIR || errno == EPERM) &&
		    unlinkat(fd, e->d_name, AT_REMOVEDIR) == 0)
			continue;
		if (errno == ENOTEMPTY || errno == EEXIST) {
			deeper = mem_strdup(e->d_name);
		} else if (errno == EACCES && !opened && fchmod(fd, 0700) == 0) {
			opened = true; /* the folder is not writable: try once more */
			rewinddir(d);
		} else {
			ok = false;
		}
	}
	if (!ok)
		err_set(err, ERR_IO, "remove the contents of %s: %s", path, strerror(errno));
	if (d)
		closedir(d);
	else if (copy >= 0)
		close(copy);
	return deeper;
}

static int step_into(int fd, const char *name, struct level **way, size_t *cap, size_t *depth)
{
	struct stat st;
	int next = fstat(fd, &st) < 0 ? -1 : open_folder(fd, name);

	if (next >= 0)
		MEM_PUSH(*way, *depth, *cap, (struct level){ st.st_dev, st.st_ino });
	return next;
}

static int step_back(int fd, struct level from)
{
	int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (up >= 0 && (fstat(up, &st) < 0 || st.st_dev != from.dev || st.st_ino != from.ino)) {
		close(up);
		errno = ESTALE;
		return -1;
	}
	return up;
}

static bool remove_inside(int fd, const char *path, struct err *err)
{
	struct level *way = NULL;
	size_t cap = 0, depth = 0;
	struct err why = { 0 };

	while (fd >= 0) {
		char *deeper = empty_folder(fd, path, &why);
		bool more = deeper || (depth > 0 && why.code == ERR_NONE);
		int next = -1;

		if (deeper)
			next = step_into(fd, deeper, &way, &cap, &depth);
		else if (more)
			next = step_back(fd, way[--depth]);
		if (more && next < 0)
			err_set(&why, ERR_IO, "remove the contents of %s: %s", path,
				strerror(errno));
		free(deeper);
		close(fd);
		fd = next;
	}
	free(way);
	if (why.code != ERR_NONE)
		err_copy(err, &why);
	return why.code == ERR_NONE;
}

static bool remove_at(int parent, const char *name, const char *path, struct err *err)
{
	struct stat st;
	int fd;

	if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ||
		       err_set(err, ERR_IO, "remove %s: %s", path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return unlinkat(parent, name, 0) == 0 ||
		       err_set(err, ERR_IO, "remove %s: %s", path, strerror(errno));
	fd = open_folder(parent, name);
	if (fd < 0)
		return err_set(err, ERR_IO, "remove %s: %s", path, strerror(errno));
	if (!remove_inside(fd, path, err))
		return false;
	return unlinkat(parent, name, AT_REMOVEDIR) == 0 ||
	       err_set(err, ERR_IO, "remove %s: %s", path, strerror(errno));
}

bool file_remove_tree(const char *path, struct err *err)
{
	const char *name;
	struct err why = { 0 };
	int parent = own_parent(path, true, &name, &why);
	bool ok = parent == -1 ? why.code == ERR_NOT_FOUND ||
					 err_set(err, why.code, "remove %s: %s", path, why.text)
			       : remove_at(parent, name, path, err);

	own_close(parent);
	return ok;
}
