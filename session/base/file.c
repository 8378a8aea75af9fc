/* Reading and saving files safely against crashes and links.
 *
 * Saving writes a new file next to the old one, syncs it, renames it over the old
 * one and syncs the folder: at any moment the name refers to one of the two,
 * complete (file_put() leaves out the syncs). A link is resolved first, so its
 * target is replaced and the link stays.
 */
#include "config.h"

#include "session/base/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/base/both.h"
#include "session/base/mem.h"
#include "session/base/own.h"

#define LARGE	(8u << 20)
#define HALVED	(16u << 20)
#define UNSIZED 4096u

#define TEMPORARY ".posedge-"
#define LETTERS	  6  /* random ones after it */
#define OLD_S	  60 /* a temporary file of an earlier version is abandoned after that */

/* Reading into fresh memory costs a page fault per page, so fewer, larger pages are
 * faster. Only advice: a refusal changes nothing. */
static void ask_huge_pages(char *data, size_t len)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t from = ((uintptr_t)data + page - 1) & ~(page - 1);

	madvise((void *)from, len - (from - (uintptr_t)data), MADV_HUGEPAGE);
}

struct half {
	int fd;
	char *to;
	size_t from, len; /* len: what is still to be read */
};

static void read_half(void *ctx)
{
	struct half *h = ctx;

	while (h->len) {
		ssize_t n = pread(h->fd, h->to, h->len, (off_t)h->from);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		h->to += n;
		h->from += (size_t)n;
		h->len -= (size_t)n;
	}
}

/* Reads as much as possible of the first size bytes, with two processors: the copy
 * into fresh memory is most of the time between the start and the first frame of a
 * large file. The caller reads on from there. */
static void read_halves(int fd, size_t size, struct str *out)
{
	size_t middle = size / 2 & ~((size_t)HALVED / 8 - 1);
	struct half a = { fd, out->data, 0, middle };
	struct half b = { fd, out->data + middle, middle, size - middle };

	work_both(read_half, &a, &b);
	out->len = a.len ? a.from : b.from;
	if (lseek(fd, (off_t)out->len, SEEK_SET) < 0)
		out->len = 0;
}

/* The file may have grown beyond the size it had: looks for one more byte before growing out.
 * Returns as read() does. */
static ssize_t read_more(int fd, struct str *out)
{
	bool full = out->len + 1 >= out->cap;
	char probe;
	ssize_t n = full ? read(fd, &probe, 1)
			 : read(fd, out->data + out->len, out->cap - out->len - 1);

	if (full && n == 1)
		str_addc(out, probe);
	else if (n > 0)
		out->len += (size_t)n;
	return n;
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
	if ((size_t)st.st_size > limit)
		return err_set(err, ERR_LIMIT, "read %s: %lld bytes, the limit is %zu", path,
			       (long long)st.st_size, limit);
	/* what a file below /proc holds is not in its size */
	out->cap = mem_grow((void **)&out->data, out->cap,
			    st.st_size ? (size_t)st.st_size + 1 : UNSIZED, 1);
	if (out->cap > LARGE)
		ask_huge_pages(out->data, out->cap);
	if (st.st_size >= HALVED && (size_t)st.st_size < out->cap)
		read_halves(fd, (size_t)st.st_size, out);
	for (;;) {
		ssize_t n = read_more(fd, out);

		if (n > 0 && out->len > limit)
			return err_set(err, ERR_LIMIT, "read %s: above %zu bytes", path, limit);
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
	ok = read_fd(fd, path, limit ? limit : FILE_READ_MAX, out, err);
	close(fd);
	if (!ok)
		str_clear(out);
	return ok;
}

bool file_read_in(const char *dir, const char *name, size_t limit, struct str *out, struct err *err)
{
	char *path = path_join(dir, name);
	bool ok = file_read(path, limit, out, err);

	free(path);
	return ok;
}

bool file_read_end(const char *path, size_t most, struct str *out, struct err *err)
{
	int fd = own_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, err);
	struct stat st;
	struct half end;
	bool ok;

	str_clear(out);
	if (fd < 0)
		return false;
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size > most;
	if (ok) {
		out->cap = mem_grow((void **)&out->data, out->cap, most + 1, 1);
		end = (struct half){ fd, out->data, (size_t)st.st_size - most, most };
		read_half(&end);
		out->len = most - end.len;
		out->data[out->len] = '\0';
	}
	close(fd);
	return ok || file_read(path, 0, out, err);
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
	/* Some file systems cannot sync a folder; the data is synced nevertheless. */
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL || errno == EROFS);

	if (fd >= 0)
		close(fd);
	free(dir);
	return ok;
}

/* The file that path leads to, so that saving through a link keeps the link; a copy
 * of path if nothing is there yet or if links must not be followed. */
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

/* Locks the file to mark it as in use; false if it was swept away before that.
 * On a file system without locks nothing is swept either. */
static bool claim(int fd)
{
	struct stat st;

	while (flock(fd, LOCK_EX) < 0 && errno == EINTR)
		;
	return fstat(fd, &st) < 0 || st.st_nlink > 0;
}

/* Opens a new file in the folder of name; *tmp is its name, which the caller frees. */
static int open_temporary(int parent, const char *name, char **tmp)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
	int dir_len = (int)(path_base(name) - name), fd = -1;

	*tmp = NULL;
	for (int tries = 0; tries < 100 && (fd < 0 && (tries == 0 || errno == EEXIST)); tries++) {
		unsigned char r[LETTERS];

		free(*tmp);
		*tmp = NULL;
		if (getrandom(r, sizeof(r), 0) != sizeof(r))
			return -1;
		*tmp = str_fmt("%.*s" TEMPORARY "%c%c%c%c%c%c", dir_len, name, letters[r[0] % 62],
			       letters[r[1] % 62], letters[r[2] % 62], letters[r[3] % 62],
			       letters[r[4] % 62], letters[r[5] % 62]);
		fd = openat(parent, *tmp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd >= 0 && !claim(fd)) {
			close(fd);
			fd = -1;
			errno = EEXIST;
		}
	}
	return fd;
}

/* rename() would replace a read-only file, a FIFO or a device, such as /dev/null for
 * root, and in our own folders a link, so check first. */
static bool may_replace(int parent, const char *name, bool own)
{
	struct stat st;

	if (fstatat(parent, name, &st, own ? AT_SYMLINK_NOFOLLOW : 0) < 0)
		return true;
	if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
		return faccessat(parent, name, W_OK, 0) == 0;
	errno = S_ISLNK(st.st_mode) ? ELOOP : ENXIO;
	return false;
}

static bool save_in(int parent, const char *name, const char *path, const char *data, size_t len,
		    mode_t mode, bool wait, struct err *err)
{
	bool ok = false;
	char *tmp = NULL;
	int fd = -1;

	if (!may_replace(parent, name, own_path(path))) {
		err_set(err, ERR_IO, "write %s: %s", path,
			errno == ELOOP	 ? "there is a link in its place; remove it"
			: errno == ENXIO ? "it is not a regular file"
					 : strerror(errno));
		goto out;
	}
	fd = open_temporary(parent, name, &tmp);
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

/* 1: the folder exists now; 0: its parent is missing; -1: err says why not. */
static int make_dir(const char *path, mode_t mode, struct err *err)
{
	int failed;

	if (mkdir(path, mode) == 0)
		return 1;
	failed = errno; /* the call below changes errno */
	if (failed == ENOENT)
		return 0;
	if (file_is_dir(path))
		return 1;
	if (failed != EEXIST && failed != ENOTDIR)
		err_set(err, ERR_IO, "make folder %s: %s", path, strerror(failed));
	else
		err_set(err, ERR_IO, "make folder %s: a file of that name is in the way", path);
	return -1;
}

/* The folder above the last `.posedge` of path. */
static char *above_own(const char *path)
{
	char *p = mem_strdup(path), *up;
	bool inside = true;

	while (inside) {
		inside = strcmp(path_base(p), ".posedge") != 0;
		up = path_dir(p);
		free(p);
		p = up;
	}
	return p;
}

/* Below `.posedge` folders are made on the way down, which is walked once. */
static bool make_own(const char *path, mode_t mode, struct err *err)
{
	struct err why = { 0 };
	bool ok = own_make_dirs(path, mode, &why);

	if (!ok && why.code == ERR_NOT_FOUND) {
		char *above = above_own(path);

		ok = file_make_dirs(above, mode, NULL) && own_make_dirs(path, mode, &why);
		free(above);
	}
	return ok || err_set(err, why.code, "make folder %s: %s", path, why.text);
}

/* Goes up until a folder can be made, then down again: usually the first try
 * succeeds. */
bool file_make_dirs(const char *path, mode_t mode, struct err *err)
{
	char *p;
	size_t len = strlen(path), at = len;
	int made;

	if (own_path(path))
		return make_own(path, mode, err);
	p = mem_strdup(path);

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

/* Sweeping: a temporary file that can be locked has no writer, so no clock is needed.
 * Earlier versions did not lock; their files are recognised by mkstemp's six letters
 * and removed only in our own folders and when older than OLD_S. */

/* Requires a digit or a capital letter, so NAME.backup does not match. */
static bool random_letters(const char *s)
{
	bool mixed = false;

	for (int i = 0; i < LETTERS; i++) {
		if (!isalnum((unsigned char)s[i]))
			return false;
		mixed = mixed || !islower((unsigned char)s[i]);
	}
	return mixed && !s[LETTERS];
}

static bool is_temporary(const char *name)
{
	const size_t n = sizeof(TEMPORARY) - 1;

	return strncmp(name, TEMPORARY, n) == 0 && strlen(name) == n + LETTERS;
}

static bool is_old_temporary(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && dot != name && random_letters(dot + 1);
}

static void sweep(int dir, const char *name, bool by_age)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
	    (by_age ? st.st_mtime < time(NULL) - OLD_S : flock(fd, LOCK_EX | LOCK_NB) == 0))
		unlinkat(dir, name, 0);
	close(fd);
}

void file_sweep(const char *dir, bool ours)
{
	DIR *d = own_opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		if (is_temporary(e->d_name))
			sweep(dirfd(d), e->d_name, false);
		else if (ours && is_old_temporary(e->d_name))
			sweep(dirfd(d), e->d_name, true);
	}
	if (d)
		closedir(d);
}
