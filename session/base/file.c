/* Files, so that neither a crash nor a link does harm.
 *
 * Saving writes a new file beside the old one, syncs it, renames it over the
 * old one and syncs the folder: at each moment the name means one of the two,
 * whole (file_put() leaves the syncs out). A link is followed first, so that the
 * file it names is replaced and the link stays.
 *
 * Removing a tree keeps one folder open at a time and never follows a link:
 * names below are relative to that descriptor, and the way back up is checked
 * to lead to the folder it came from, as somebody may move folders meanwhile.
 */
#include "config.h"

#include "session/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/own.h"
#include "session/base/sweep.h"
#include "session/base/utf8.h"

#define LARGE (8u << 20)

/* Reading into fresh memory costs a page fault per page; large ones are fewer.
 * Only advice: a refusal changes nothing. */
static void ask_huge_pages(char *data, size_t len)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t from = ((uintptr_t)data + page - 1) & ~(page - 1);

	madvise((void *)from, len - (from - (uintptr_t)data), MADV_HUGEPAGE);
}

static bool read_fd(int fd, const char *path, size_t limit, struct str *out, struct err *err)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return err_set(err, ERR_IO, "read %s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_IO, "read %s: it is a folder", path);
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, "read %s: not a regular file", path);
	if (limit && (size_t)st.st_size > limit)
		return err_set(err, ERR_LIMIT, "read %s: %lld bytes, the limit is %zu", path,
			       (long long)st.st_size, limit);
	out->cap = mem_grow((void **)&out->data, out->cap, (size_t)st.st_size + 1, 1);
	if (out->cap > LARGE)
		ask_huge_pages(out->data, out->cap);
	for (;;) {
		ssize_t n;

		/* A file may grow while it is read: then there is more than st_size. */
		if (out->len + 1 >= out->cap) {
			char probe;

			n = read(fd, &probe, 1);
			if (n == 1 && limit && out->len >= limit)
				return err_set(err, ERR_LIMIT, "read %s: above %zu bytes", path,
					       limit);
			if (n == 1)
				str_addc(out, probe);
		} else {
			n = read(fd, out->data + out->len, out->cap - out->len - 1);
			if (n > 0)
				out->len += (size_t)n;
		}
		if (n == 0)
			break;
		if (n < 0 && errno != EINTR)
			return err_set(err, ERR_IO, "read %s: %s", path, strerror(errno));
	}
	out->data[out->len] = '\0';
	return true;
}

bool file_read(const char *path, size_t limit, struct str *out, struct err *err)
{
	int fd = own_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, err);
	bool ok;

	str_clear(out);
	if (fd < 0)
		return false;
	ok = read_fd(fd, path, limit, out, err);
	close(fd);
	if (!ok)
		str_clear(out);
	return ok;
}

bool file_write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		data += n;
		len -= (size_t)n;
	}
	return true;
}

static bool sync_dir(int parent, const char *name)
{
	char *dir = path_dir(name);
	int fd = openat(parent, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Some file systems cannot sync a folder; the data itself is safe then. */
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL || errno == EROFS);

	if (fd >= 0)
		close(fd);
	free(dir);
	return ok;
}

/* The file behind path, so that saving through a link does not replace the
 * link; a copy of path when there is nothing yet, and where none is followed. */
static char *path_real(const char *path)
{
	char *real = own_path(path) ? NULL : realpath(path, NULL);

	return real ? real : mem_strdup(path);
}

static bool set_mode(int fd, int parent, const char *name, mode_t mode)
{
	struct stat st;

	if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode))
		return fchmod(fd, st.st_mode & 07777) == 0;
	else {
		mode_t mask = umask(0);

		umask(mask);
		return fchmod(fd, mode & ~mask) == 0;
	}
}

/* Takes the lock that says that the file is in use; false: it was swept away
 * before that (sweep.h). A file system without locks has no sweeping either. */
static bool claim(int fd)
{
	struct stat st;

	while (flock(fd, LOCK_EX) < 0 && errno == EINTR)
		;
	return fstat(fd, &st) < 0 || st.st_nlink > 0;
}

/* A new file in the folder of name; the caller frees *tmp, its name. */
static int open_beside(int parent, const char *name, char **tmp)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	int dir_len = (int)(path_base(name) - name), fd = -1;

	*tmp = NULL;
	for (int tries = 0; tries < 100 && (fd < 0 && (tries == 0 || errno == EEXIST)); tries++) {
		unsigned char r[6];

		free(*tmp);
		*tmp = NULL;
		if (getrandom(r, sizeof(r), 0) != sizeof(r))
			return -1;
		*tmp = str_fmt("%.*s" FILE_TEMPORARY "%c%c%c%c%c%c", dir_len, name,
			       letters[r[0] % 62], letters[r[1] % 62], letters[r[2] % 62],
			       letters[r[3] % 62], letters[r[4] % 62], letters[r[5] % 62]);
		fd = openat(parent, *tmp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd >= 0 && !claim(fd)) {
			close(fd);
			fd = -1;
			errno = EEXIST;
		}
	}
	return fd;
}

/* rename() would replace a file that may only be read, and a link or a FIFO where
 * only our own files are: ask first. */
static bool may_replace(int parent, const char *name, bool own)
{
	struct stat st;

	if (fstatat(parent, name, &st, own ? AT_SYMLINK_NOFOLLOW : 0) < 0)
		return true;
	if (own && !S_ISREG(st.st_mode)) {
		errno = S_ISLNK(st.st_mode) ? ELOOP : EINVAL;
		return false;
	}
	return faccessat(parent, name, W_OK, 0) == 0;
}

static bool save_in(int parent, const char *name, const char *path, const char *data, size_t len,
		    mode_t mode, bool wait, struct err *err)
{
	bool ok = false;
	char *tmp = NULL;
	int fd = -1;

	if (!may_replace(parent, name, own_path(path))) {
		err_set(err, ERR_IO, "write %s: %s", path,
			errno == ELOOP ? "there is a link in its place; remove it"
				       : strerror(errno));
		goto out;
	}
	fd = open_beside(parent, name, &tmp);
	if (fd < 0 || !set_mode(fd, parent, name, mode) || !file_write_all(fd, data, len) ||
	    (wait && fsync(fd) < 0)) {
		err_set(err, ERR_IO, "write %s: %s", path, strerror(errno));
		goto out;
	}
	if (renameat(parent, tmp, parent, name) < 0 || (wait && !sync_dir(parent, name))) {
		err_set(err, ERR_IO, "replace %s: %s", path, strerror(errno));
		goto out;
	}
	ok = true;
out:
	if (fd >= 0) {
		close(fd);
		if (!ok)
			unlinkat(parent, tmp, 0);
	}
	free(tmp);
	return ok;
}

static bool save(const char *path, const char *data, size_t len, mode_t mode, bool wait,
		 struct err *err)
{
	char *real = path_real(path);
	const char *name;
	struct err why = { 0 };
	int parent = own_parent(real, true, &name, &why);
	bool ok = parent != -1 && save_in(parent, name, path, data, len, mode, wait, err);

	if (parent == -1)
		err_set(err, why.code, "write %s: %s", path, why.text);
	own_close(parent);
	free(real);
	return ok;
}

bool file_save(const char *path, const char *data, size_t len, mode_t mode, struct err *err)
{
	return save(path, data, len, mode, true, err);
}

bool file_put(const char *path, const char *data, size_t len, mode_t mode, struct err *err)
{
	return save(path, data, len, mode, false, err);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool file_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* 1: it is there now; 0: the folder above is missing; -1: err says why not. */
static int make_dir(const char *path, mode_t mode, struct err *err)
{
	const char *name;
	struct err why = { 0 };
	int parent = own_parent(path, true, &name, &why);
	bool own = parent != AT_FDCWD;
	int made = -1, failed;

	if (parent == -1) {
		if (why.code == ERR_NOT_FOUND)
			return 0;
		err_set(err, why.code, "make folder %s: %s", path, why.text);
		return -1;
	}
	made = mkdirat(parent, name, mode);
	if (own && made < 0 && errno == EEXIST) {
		int fd = own_open(path, O_RDONLY | O_DIRECTORY, 0, &why);
		struct stat st;

		made = fd >= 0 && fstat(fd, &st) == 0 && st.st_uid == geteuid() ? 0 : -1;
		if (fd >= 0)
			close(fd);
		if (made < 0) {
			err_set(err, ERR_IO, "make folder %s: %s", path,
				why.text[0] ? why.text : "it belongs to another user");
			own_close(parent);
			return -1;
		}
	}
	failed = errno; /* the calls below set their own */
	own_close(parent);
	if (made == 0)
		return 1;
	if (failed == ENOENT)
		return 0;
	if (file_is_dir(path))
		return 1;
	if (failed != EEXIST && failed != ENOTDIR) {
		err_set(err, ERR_IO, "make folder %s: %s", path, strerror(failed));
		return -1;
	}
	err_set(err, ERR_IO, "make folder %s: a file of that name is in the way", path);
	return -1;
}

/* From the deepest up until one can be made, then down again: most often the
 * first try is the only one. */
bool file_make_dirs(const char *path, mode_t mode, struct err *err)
{
	char *p = mem_strdup(path);
	size_t len = strlen(p), at = len;
	int made;

	while ((made = make_dir(p, mode, err)) == 0) {
		while (at > 0 && p[at] != '/')
			at--;
		while (at > 0 && p[at - 1] == '/')
			at--;
		if (at == 0)
			break;
		p[at] = '\0';
	}
	if (made == 0)
		err_set(err, ERR_IO, "make folder %s: %s", path, strerror(ENOENT));
	while (made == 1 && at < len) {
		p[at] = '/';
		at += strlen(p + at);
		made = make_dir(p, mode, err);
	}
	free(p);
	return made == 1;
}

/* One folder is open at a time, however deep the tree: the way back is "..",
 * and it must lead to the folder that it came from. */
struct level {
	dev_t dev;
	ino_t ino;
};

static int open_folder(int in, const char *name)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(in, name, flags);

	/* Of our own making, but closed to us: a folder of mode 0. */
	if (fd < 0 && errno == EACCES && fchmodat(in, name, 0700, 0) == 0)
		fd = openat(in, name, flags);
	return fd;
}

/* Removes what fd holds until a folder that is not empty: its name, which the
 * caller frees. NULL: it is empty, or err says what could not be removed. */
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
			opened = true; /* a folder that may not be written: once more */
			rewinddir(d);
		} else {
			ok = false;
		}
	}
	if (!ok)
		err_set(err, ERR_IO, "remove what is in %s: %s", path, strerror(errno));
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

	if (next >= 0) {
		*cap = mem_grow((void **)way, *cap, *depth + 1, sizeof(**way));
		(*way)[(*depth)++] = (struct level){ st.st_dev, st.st_ino };
	}
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
			err_set(&why, ERR_IO, "remove what is in %s: %s", path, strerror(errno));
		free(deeper);
		close(fd);
		fd = next;
	}
	free(way);
	if (why.code != ERR_NONE && err)
		*err = why;
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

char *path_join(const char *dir, const char *name)
{
	if (name[0] == '/' || strcmp(dir, ".") == 0)
		return mem_strdup(name);
	return str_fmt("%s%s%s", dir, str_ends(dir, "/") ? "" : "/", name);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *path_dir(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_strdup(".");
	return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

/* Bytes that are no UTF-8 are some older encoding's letters: file names have them. */
static bool is_visible(const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < len;) {
		unsigned cp;
		size_t n = utf8_decode(path + i, len - i, &cp);

		if (n && utf8_is_control(cp))
			return false;
		i += n ? n : 1;
	}
	return true;
}

bool path_clean(const char *path, char **out, struct err *err)
{
	struct str s = STR_INIT;
	const char *p = path;

	*out = NULL;
	if (path[0] == '/' || path[0] == '\0') {
		str_free(&s);
		return err_set(err, ERR_USAGE, "path '%s': %s", path,
			       path[0] ? "it is absolute" : "it is empty");
	}
	if (!is_visible(path))
		return err_set(err, ERR_USAGE,
			       "path '%s': it holds a control character or an invisible one", path);
	while (*p) {
		size_t n = strcspn(p, "/");

		if (n == 2 && memcmp(p, "..", 2) == 0) {
			char *slash = s.len ? strrchr(s.data, '/') : NULL;

			if (s.len == 0) {
				str_free(&s);
				return err_set(err, ERR_USAGE, "path '%s': it leaves the project",
					       path);
			}
			str_cut(&s, slash ? (size_t)(slash - s.data) : 0);
		} else if (n > 0 && !(n == 1 && *p == '.')) {
			if (s.len)
				str_addc(&s, '/');
			str_add(&s, p, n);
		}
		p += n;
		while (*p == '/')
			p++;
	}
	if (s.len == 0)
		str_addc(&s, '.');
	*out = str_take(&s);
	return true;
}

/* Whether full (root joined with a clean path), as far as it exists, really
 * lies below root. */
static bool really_below(const char *root, const char *full)
{
	char *r = realpath(root, NULL);
	char *p = mem_strdup(full);
	char *real = NULL;
	bool ok = false;

	while (r && !(real = realpath(p, NULL))) {
		struct stat st;
		char *up;

		/* A link to nowhere: what would be made behind it is not ours. */
		if (lstat(p, &st) == 0 || strcmp(p, root) == 0 || !strchr(p, '/'))
			break;
		up = path_dir(p);
		free(p);
		p = up;
	}
	if (r && real) {
		size_t n = strlen(r);

		ok = strcmp(r, "/") == 0 ||
		     (strncmp(real, r, n) == 0 && (real[n] == '\0' || real[n] == '/'));
	}
	free(real);
	free(p);
	free(r);
	return ok;
}

bool path_inside(const char *root, const char *path, char **rel, struct err *err)
{
	const char *tail = path;
	char *real_root = NULL;
	char *full = NULL;
	bool ok = false;

	*rel = NULL;
	if (path[0] == '/') {
		size_t n;

		real_root = realpath(root, NULL);
		n = real_root ? strlen(real_root) : 0;
		if (!real_root || strncmp(path, real_root, n) != 0 || path[n] != '/') {
			err_set(err, ERR_USAGE, "path '%s': it is outside the project", path);
			goto out;
		}
		tail = path + n + 1;
	}
	if (!path_clean(tail, rel, err))
		goto out;
	full = str_fmt("%s/%s", root, *rel);
	ok = really_below(root, full);
	if (!ok)
		err_set(err, ERR_USAGE, "path '%s': it leaves the project through a link", path);
out:
	if (!ok) {
		free(*rel);
		*rel = NULL;
	}
	free(full);
	free(real_root);
	return ok;
}

static char *user_dir(const char *variable, const char *below_home)
{
	const char *dir = getenv(variable);
	const char *home = getenv("HOME");

	if (dir && dir[0] == '/')
		return str_fmt("%s/posedge", dir);
	return home && home[0] == '/' ? str_fmt("%s/%s/posedge", home, below_home) : NULL;
}

char *path_user_cache(void)
{
	return user_dir("XDG_CACHE_HOME", ".cache");
}

char *path_user_config(void)
{
	return user_dir("XDG_CONFIG_HOME", ".config");
}

char *path_user_data(void)
{
	return user_dir("XDG_DATA_HOME", ".local/share");
}
