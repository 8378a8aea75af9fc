/* ustar, as defined by POSIX 1003.1: blocks of 512 bytes, one header per file.
 *
 *	name[100] mode uid gid size mtime sum type link magic ... prefix[155]
 *
 * Numbers are octal text; sum adds up the bytes of the header, counting its own
 * field as blanks. A name of more than 100 bytes is split at a slash between prefix
 * and name. An archive comes from outside: only regular files with clean relative
 * names are unpacked.
 */
#include "config.h"

#include "session/base/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"

#define BLOCK	  512
#define SIZE_MOST 077777777777ull /* eleven octal digits */

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], sum[8], type, link[100];
	char magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155], pad[12];
};

_Static_assert(sizeof(struct header) == BLOCK, "a header is one block");

static unsigned sum_of(const struct header *h)
{
	const unsigned char *p = (const unsigned char *)h;
	unsigned sum = 0;

	for (size_t i = 0; i < BLOCK; i++) {
		bool own = i >= offsetof(struct header, sum) && i < offsetof(struct header, type);

		sum += own ? ' ' : p[i];
	}
	return sum;
}

/* Writing */

/* Writes the name in one piece, or split at a slash. */
static bool put_name(struct header *h, const char *name)
{
	size_t len = strlen(name);
	const char *slash = name;

	if (len <= sizeof(h->name)) {
		memcpy(h->name, name, len);
		return true;
	}
	while ((slash = strchr(slash, '/'))) {
		size_t head = (size_t)(slash - name), tail = len - head - 1;

		if (head <= sizeof(h->prefix) && tail <= sizeof(h->name) && tail > 0) {
			memcpy(h->prefix, name, head);
			memcpy(h->name, slash + 1, tail);
			return true;
		}
		slash++;
	}
	return false;
}

static void put_octal(char *at, size_t width, unsigned long long value)
{
	at[width - 1] = '\0';
	for (size_t i = width - 1; i-- > 0; value >>= 3)
		at[i] = (char)('0' + (value & 7));
}

static bool wrote(bool ok, struct err *err)
{
	return ok || err_set(err, ERR_IO, "write the archive: %s", strerror(errno));
}

static bool put_header(int fd, const char *name, uint64_t size, struct err *err)
{
	struct header h = { .type = '0', .magic = "ustar", .version = { '0', '0' } };

	if (!put_name(&h, name) || size > SIZE_MOST)
		return err_set(err, ERR_LIMIT, "%s: its name or size is too long for an archive",
			       name);
	put_octal(h.mode, sizeof(h.mode), 0600);
	put_octal(h.uid, sizeof(h.uid), 0);
	put_octal(h.gid, sizeof(h.gid), 0);
	put_octal(h.mtime, sizeof(h.mtime), 0);
	put_octal(h.size, sizeof(h.size), size);
	put_octal(h.sum, 7, sum_of(&h));
	h.sum[7] = ' ';
	return wrote(file_write_all(fd, (const char *)&h, sizeof(h)), err);
}

static bool put_padding(int fd, uint64_t size, struct err *err)
{
	static const char zeros[BLOCK];

	return wrote(file_write_all(fd, zeros, (BLOCK - size % BLOCK) % BLOCK), err);
}

bool tar_add(int fd, const char *name, const char *data, size_t len, struct err *err)
{
	return put_header(fd, name, len, err) && wrote(file_write_all(fd, data, len), err) &&
	       put_padding(fd, len, err);
}

bool tar_add_file(int fd, const char *name, const char *path, struct err *err)
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
	ok = put_header(fd, name, left, err);
	while (ok && left > 0) {
		ssize_t n = read(in, buf, left < sizeof(buf) ? (size_t)left : sizeof(buf));

		if (n <= 0)
			ok = err_set(err, ERR_CONFLICT, "%s became shorter while it was read",
				     path);
		else
			ok = wrote(file_write_all(fd, buf, (size_t)n), err);
		left -= n > 0 ? (uint64_t)n : 0;
	}
	ok = ok && put_padding(fd, (uint64_t)st.st_size, err);
out:
	if (in >= 0)
		close(in);
	return ok;
}

bool tar_end(int fd, struct err *err)
{
	static const char zeros[2 * BLOCK];

	return wrote(file_write_all(fd, zeros, sizeof(zeros)), err);
}

/* Reading */

static bool get_octal(const char *at, size_t width, uint64_t *value)
{
	size_t i = 0;

	*value = 0;
	while (i < width && at[i] == ' ')
		i++;
	if (i == width || at[i] < '0' || at[i] > '7')
		return false;
	for (; i < width && at[i] >= '0' && at[i] <= '7'; i++)
		*value = *value << 3 | (uint64_t)(at[i] - '0');
	return i == width || at[i] == '\0' || at[i] == ' ';
}

static bool is_zero(const struct header *h)
{
	static const char zeros[BLOCK];

	return memcmp(h, zeros, BLOCK) == 0;
}

/* Cleaned name of the entry; NULL if we do not accept it. */
static char *get_name(const struct header *h)
{
	char *name = h->prefix[0] ? str_fmt("%.*s/%.*s", (int)sizeof(h->prefix), h->prefix,
					    (int)sizeof(h->name), h->name)
				  : str_fmt("%.*s", (int)sizeof(h->name), h->name);
	char *clean = NULL;

	if (!path_clean(name, &clean, NULL) || strcmp(clean, name) != 0) {
		free(name);
		name = NULL;
	}
	free(clean);
	return name;
}

static bool copy_out(FILE *f, const char *into, const char *name, uint64_t size, struct err *err)
{
	char *path = path_join(into, name), *dir = path_dir(path);
	int fd = -1;
	char buf[16384];
	bool ok = file_make_dirs(dir, 0700, err);

	if (ok)
		fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (ok && fd < 0)
		ok = err_set(err, errno == EEXIST ? ERR_PARSE : ERR_IO, "%s: %s", name,
			     strerror(errno));
	while (ok && size > 0) {
		size_t n = size < sizeof(buf) ? (size_t)size : sizeof(buf);

		if (fread(buf, 1, n, f) != n)
			ok = err_set(err, ERR_PARSE, "%s: the archive ends in the middle of it",
				     name);
		else if (!file_write_all(fd, buf, n))
			ok = err_set(err, ERR_IO, "write %s: %s", path, strerror(errno));
		size -= n;
	}
	if (fd >= 0)
		close(fd);
	free(dir);
	free(path);
	return ok;
}

static bool skip_padding(FILE *f, uint64_t size, struct err *err)
{
	char rest[BLOCK];
	size_t n = (size_t)((BLOCK - size % BLOCK) % BLOCK);

	return fread(rest, 1, n, f) == n || err_set(err, ERR_PARSE, "the archive ends too early");
}

struct taken {
	size_t entries;
	uint64_t bytes;
};

static bool take_entry(FILE *f, const struct header *h, const char *into,
		       const struct tar_limits *l, struct taken *t,
		       bool (*wanted)(const char *name), struct err *err)
{
	uint64_t sum, size;
	char *name = get_name(h);
	bool ok = false;

	if (!get_octal(h->sum, sizeof(h->sum), &sum) || sum != sum_of(h) ||
	    !get_octal(h->size, sizeof(h->size), &size))
		err_set(err, ERR_PARSE, "entry %zu has no good header", t->entries + 1);
	else if (!name || (wanted && !wanted(name)))
		err_set(err, ERR_PARSE, "entry %zu has a name that is not allowed here",
			t->entries + 1);
	else if (h->type != '0' && h->type != '\0')
		err_set(err, ERR_PARSE, "%s is no regular file", name);
	else if (t->entries >= l->entries || size > l->bytes - t->bytes)
		err_set(err, ERR_LIMIT, "%s: more than %zu files or %llu MB are not taken", name,
			l->entries, (unsigned long long)(l->bytes >> 20));
	else
		ok = copy_out(f, into, name, size, err) && skip_padding(f, size, err);
	if (ok) {
		t->entries++;
		t->bytes += size;
	}
	free(name);
	return ok;
}

bool tar_unpack(const char *path, const char *into, const struct tar_limits *l,
		bool (*wanted)(const char *name), struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	FILE *f = fd >= 0 ? fdopen(fd, "r") : NULL;
	struct taken t = { 0 };
	struct header h;
	struct stat st;
	bool ok = true, ended = false;

	if (!f || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		err_set(err, ERR_IO, "open %s: %s", path,
			f ? "not a regular file" : strerror(errno));
		if (f)
			fclose(f);
		return false;
	}
	while (ok && !ended) {
		if (fread(&h, 1, BLOCK, f) != BLOCK)
			ok = err_set(err, ERR_PARSE, "the archive has no end");
		else if (is_zero(&h))
			ended = true;
		else
			ok = take_entry(f, &h, into, l, &t, wanted, err);
	}
	fclose(f);
	return ok;
}
