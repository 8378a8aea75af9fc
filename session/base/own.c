/* Opens files below `.posedge` so that a project from elsewhere cannot redirect
 * them. A cloned or unpacked project may contain a `.posedge` that is, or contains,
 * a symbolic link to a file that the user can write. So the path is walked from the
 * parent of the last `.posedge`, part by part with openat() and O_NOFOLLOW; the
 * target must be a regular file or a folder, and to be written it must belong to
 * the user.
 *
 *    /home/me/fifo  /  .posedge  /  sessions  /  ...
 *    links allowed     no link is followed from here on
 *
 * Paths without such a part belong to the user and are opened as usual.
 */
#include "config.h"

#include "session/base/own.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"

static const char mark[] = ".posedge";
#define MARK (sizeof(mark) - 1)

/* Start of the last part `.posedge`; NULL if there is none. */
static const char *border(const char *path)
{
	const char *found = NULL;

	for (const char *p = path; (p = strstr(p, mark)); p += MARK)
		if ((p == path || p[-1] == '/') && (p[MARK] == '\0' || p[MARK] == '/'))
			found = p;
	return found;
}

bool own_path(const char *path)
{
	return border(path) != NULL;
}

static int cannot(int fd, const char *path, const char *why, struct err *err)
{
	if (fd >= 0)
		close(fd);
	err_set(err, ERR_IO, "open %s: %s", path, why);
	return -1;
}

/* Reports errno, or says in words what errno has no code for. */
static int failed(int in, const char *name, const char *path, struct err *err)
{
	int why = errno;
	struct stat st;

	if ((why == ELOOP || why == ENOTDIR) && fstatat(in, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(st.st_mode))
		return cannot(-1, path,
			      "there is a link where posedge keeps its own files, and none is "
			      "followed there; remove it",
			      err);
	err_set(err, why == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", path, strerror(why));
	errno = why;
	return -1;
}

static int checked(int fd, const char *path, bool to_write, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return cannot(fd, path, strerror(errno), err);
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return cannot(fd, path, "not a regular file", err);
	if (to_write && st.st_uid != geteuid())
		return cannot(fd, path, "it belongs to another user", err);
	return fd;
}

static bool writes(int flags)
{
	return (flags & O_ACCMODE) != O_RDONLY;
}

/* Opens the folder above `.posedge`, following links: it was chosen by the user. */
static int before(const char *path, const char *own, struct err *err)
{
	char *dir = own == path ? mem_strdup(".") : mem_strndup(path, (size_t)(own - path));
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", path,
			strerror(errno));
	free(dir);
	return fd;
}

/* Opens the folder part in fd; make: makes it if it is missing. */
static int deeper(int fd, const char *part, const char *path, bool make, mode_t mode,
		  struct err *err)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int in;

	if (strcmp(part, "..") == 0)
		return cannot(-1, path, "'..' where posedge keeps its own files", err);
	in = openat(fd, part, flags);
	if (in < 0 && errno == ENOENT && make && (mkdirat(fd, part, mode) == 0 || errno == EEXIST))
		in = openat(fd, part, flags);
	return in < 0 ? failed(fd, part, path, err) : in;
}

bool own_make_dirs(const char *path, mode_t mode, struct err *err)
{
	const char *name = border(path);
	int fd = before(path, name, err);

	while (fd >= 0 && *name) {
		size_t n = strcspn(name, "/");
		char *part = mem_strndup(name, n);
		int in = deeper(fd, part, path, true, mode, err);

		free(part);
		close(fd);
		fd = in < 0 ? in : checked(in, path, true, err);
		name += n + strspn(name + n, "/");
	}
	if (fd < 0)
		return false;
	close(fd);
	return true;
}

int own_parent(const char *path, bool to_write, const char **name, struct err *err)
{
	const char *own = border(path);
	int fd;

	*name = path;
	if (!own)
		return AT_FDCWD;
	fd = before(path, own, err);
	for (*name = own; fd >= 0;) {
		size_t n = strcspn(*name, "/");
		const char *next = *name + n + strspn(*name + n, "/");
		char *part;
		int in;

		if (!*next)
			return fd;
		part = mem_strndup(*name, n);
		in = deeper(fd, part, path, false, 0, err);
		free(part);
		close(fd);
		fd = in < 0 ? in : checked(in, path, to_write, err);
		*name = next;
	}
	return fd;
}

void own_close(int parent)
{
	if (parent >= 0)
		close(parent);
}

int own_open(const char *path, int flags, mode_t mode, struct err *err)
{
	const char *name;
	int parent = own_parent(path, writes(flags), &name, err), fd;
	bool own = parent != AT_FDCWD;

	if (parent == -1)
		return -1;
	/* Not blocking: whether it is a FIFO is known only after the open. */
	fd = openat(parent, name,
		    flags | O_CLOEXEC | (own ? O_NOFOLLOW | O_NONBLOCK | O_NOCTTY : 0), mode);
	if (fd < 0)
		failed(parent, name, path, err);
	else if (own)
		fd = checked(fd, path, writes(flags), err);
	own_close(parent);
	return fd;
}

DIR *own_opendir(const char *path)
{
	int fd = own_open(path, O_RDONLY | O_DIRECTORY, 0, NULL);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);

	if (!d && fd >= 0)
		close(fd);
	return d;
}
