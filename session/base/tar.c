/* libarchive reads and writes the format; this file decides what may pass.
 *
 * An archive comes from outside. libarchive also knows links, devices, sparse files and
 * the extensions of pax and GNU tar, and offers to restore them. Nothing here restores:
 * an entry is a name, a size and bytes, and a file is created only after all three were
 * looked at. A warning counts as a failure.
 *
 * The library is loaded late (late.h): it brings ten others with it.
 */
#include "config.h"

#include "session/base/tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/late.h"
#include "session/base/mem.h"

#define BLOCK 512 /* the unit of the format; an archive ends with a block of zeros */

/* clang-format off */
#define CALLS(CALL) \
	CALL(entry_filetype) CALL(entry_free) CALL(entry_hardlink) CALL(entry_new) \
	CALL(entry_pathname) CALL(entry_set_filetype) CALL(entry_set_pathname) \
	CALL(entry_set_perm) CALL(entry_set_size) CALL(entry_size) \
	CALL(error_string) \
	CALL(read_data_into_fd) CALL(read_free) CALL(read_header_position) CALL(read_new) \
	CALL(read_next_header) CALL(read_open_fd) CALL(read_support_format_tar) \
	CALL(write_close) CALL(write_data) CALL(write_free) CALL(write_header) CALL(write_new) \
	CALL(write_open) CALL(write_set_bytes_in_last_block) \
	CALL(write_set_format_ustar)
/* clang-format on */

struct lib {
#define MEMBER(name) __typeof__(archive_##name) *name;
	CALLS(MEMBER)
#undef MEMBER
};

static bool load(struct lib *l, struct err *err)
{
#define CALL(name) { "archive_" #name, offsetof(struct lib, name) },
	static const struct late_call calls[] = { CALLS(CALL) };
#undef CALL

	/* Since libarchive 3.0, of 2012. */
	return late_load("libarchive.so.13", "which packs and unpacks archives", calls,
			 sizeof(calls) / sizeof(*calls), l, err);
}

/* Writing */

struct tar {
	struct lib lib;
	struct archive *a;
	int fd;	   /* -1: what still comes is dropped */
	int error; /* errno of the first block that was not written; 0: none */
};

static bool wrote(struct tar *t, bool ok, struct err *err)
{
	if (t->error)
		return err_set(err, ERR_IO, "write the archive: %s", strerror(t->error));
	return ok || err_set(err, ERR_IO, "write the archive: %s", t->lib.error_string(t->a));
}

/* Never fails: libarchive 3.6 leaks its buffer once a block was refused. */
static la_ssize_t write_block(struct archive *a, void *ctx, const void *data, size_t len)
{
	struct tar *t = ctx;

	if (t->fd >= 0 && !t->error && !file_write_all(t->fd, data, len))
		t->error = errno;
	return (la_ssize_t)len;
}

struct tar *tar_new(int fd, struct err *err)
{
	struct tar *t = mem_zalloc(sizeof(*t));

	if (!load(&t->lib, err)) {
		free(t);
		return NULL;
	}
	t->a = t->lib.write_new();
	t->fd = fd;
	if (!wrote(t,
		   t->lib.write_set_format_ustar(t->a) == ARCHIVE_OK &&
			   t->lib.write_set_bytes_in_last_block(t->a, 1) == ARCHIVE_OK &&
			   t->lib.write_open(t->a, t, NULL, write_block, NULL) == ARCHIVE_OK,
		   err)) {
		tar_free(t);
		return NULL;
	}
	return t;
}

void tar_free(struct tar *t)
{
	if (t) {
		t->fd = -1; /* or it would write an end */
		t->lib.write_free(t->a);
	}
	free(t);
}

static bool put_header(struct tar *t, const char *name, uint64_t size, struct err *err)
{
	struct archive_entry *e = t->lib.entry_new();
	int r;

	t->lib.entry_set_pathname(e, name);
	t->lib.entry_set_filetype(e, AE_IFREG);
	t->lib.entry_set_perm(e, 0600);
	t->lib.entry_set_size(e, (la_int64_t)size);
	r = t->lib.write_header(t->a, e);
	t->lib.entry_free(e);
	if (r == ARCHIVE_WARN || r == ARCHIVE_FAILED)
		return err_set(err, ERR_LIMIT, "%s cannot be archived: %s", name,
			       t->lib.error_string(t->a));
	return wrote(t, r == ARCHIVE_OK, err);
}

bool tar_add(struct tar *t, const char *name, const char *data, size_t len, struct err *err)
{
	return put_header(t, name, len, err) &&
	       wrote(t, t->lib.write_data(t->a, data, len) == (la_ssize_t)len, err);
}

bool tar_add_file(struct tar *t, const char *name, const char *path, struct err *err)
{
	int in = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	uint64_t left = 0;
	struct stat st;
	char buf[16384];
	bool ok = false;

	if (in < 0 || fstat(in, &st) < 0 || !S_ISREG(st.st_mode)) {
		err_set(err, ERR_IO, "read %s: %s", path,
			in < 0 ? strerror(errno) : "not a regular file");
		goto out;
	}
	left = (uint64_t)st.st_size;
	ok = put_header(t, name, left, err);
	while (ok && left > 0) {
		ssize_t n = read(in, buf, left < sizeof(buf) ? (size_t)left : sizeof(buf));

		if (n <= 0)
			ok = err_set(err, ERR_CONFLICT, "%s became shorter while it was read",
				     path);
		else
			ok = wrote(t, t->lib.write_data(t->a, buf, (size_t)n) == n, err);
		left -= n > 0 ? (uint64_t)n : 0;
	}
out:
	if (in >= 0)
		close(in);
	return ok;
}

bool tar_end(struct tar *t, struct err *err)
{
	return wrote(t, t->lib.write_close(t->a) == ARCHIVE_OK, err);
}

/* Reading */

struct unpack {
	struct lib lib;
	struct archive *a;
	const char *into;
	struct tar_limits left; /* what may still come */
	bool (*wanted)(const char *name);
};

static bool is_clean(const char *name)
{
	char *clean = NULL;
	bool ok = name && path_clean(name, &clean, NULL) && strcmp(clean, name) == 0;

	free(clean);
	return ok;
}

static bool copy_out(struct unpack *u, const char *name, struct err *err)
{
	char *path = path_join(u->into, name), *dir = path_dir(path);
	bool ok = file_make_dirs(dir, 0700, err);
	int fd = -1;

	if (ok)
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (ok && fd < 0)
		ok = err_set(err, errno == EEXIST ? ERR_PARSE : ERR_IO, "%s: %s", name,
			     strerror(errno));
	if (ok && u->lib.read_data_into_fd(u->a, fd) != ARCHIVE_OK)
		ok = err_set(err, ERR_PARSE, "%s: %s", name, u->lib.error_string(u->a));
	if (fd >= 0)
		close(fd);
	free(dir);
	free(path);
	return ok;
}

static bool take_entry(struct unpack *u, struct archive_entry *e, const struct tar_limits *l,
		       struct err *err)
{
	const char *name = u->lib.entry_pathname(e);
	uint64_t size = (uint64_t)u->lib.entry_size(e);

	if (!is_clean(name) || (u->wanted && !u->wanted(name)))
		return err_set(err, ERR_PARSE, "entry %zu has a name that is not allowed here",
			       l->entries - u->left.entries + 1);
	if (u->lib.entry_filetype(e) != AE_IFREG || u->lib.entry_hardlink(e))
		return err_set(err, ERR_PARSE, "%s is not a regular file", name);
	if (u->left.entries == 0 || size > u->left.bytes)
		return err_set(err, ERR_LIMIT, "%s: more than %zu files or %llu MB are not taken",
			       name, l->entries, (unsigned long long)(l->bytes >> 20));
	u->left.entries--;
	u->left.bytes -= size;
	return copy_out(u, name, err);
}

/* libarchive takes an archive for whole that stops between two entries, or after the
 * announcement of one. Ours end with a block of zeros: there the last header was looked for. */
static bool check_end(struct unpack *u, int fd, struct err *err)
{
	static const char zeros[BLOCK];
	char last[BLOCK];

	return (pread(fd, last, BLOCK, u->lib.read_header_position(u->a)) == BLOCK &&
		memcmp(last, zeros, BLOCK) == 0) ||
	       err_set(err, ERR_PARSE, "the archive has no end");
}

bool tar_unpack(const char *path, const char *into, const struct tar_limits *l,
		bool (*wanted)(const char *name), struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct unpack u = { .into = into, .left = *l, .wanted = wanted };
	struct archive_entry *e = NULL;
	struct stat st;
	bool ok = false;
	int r;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		err_set(err, ERR_IO, "open %s: %s", path,
			fd < 0 ? strerror(errno) : "not a regular file");
		goto out;
	}
	if (!load(&u.lib, err))
		goto out;
	u.a = u.lib.read_new();
	r = u.lib.read_support_format_tar(u.a);
	if (r == ARCHIVE_OK)
		r = u.lib.read_open_fd(u.a, fd, 20 * BLOCK);
	while (r == ARCHIVE_OK && (r = u.lib.read_next_header(u.a, &e)) == ARCHIVE_OK)
		if (!take_entry(&u, e, l, err))
			goto out;
	ok = r == ARCHIVE_EOF ? check_end(&u, fd, err)
			      : err_set(err, ERR_PARSE, "%s: %s", path, u.lib.error_string(u.a));
out:
	if (u.a)
		u.lib.read_free(u.a);
	if (fd >= 0)
		close(fd);
	return ok;
}
