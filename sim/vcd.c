/* A value change dump into the struct wave that evidence is made of. Files up
 * to WHOLE are read as a whole. Of larger ones only the cycles before one time
 * are wanted, so the reader keeps a window of rows around it and drops the
 * rest; other formats come through a converter (vcd_convert.c) as a stream and
 * are treated the same way.
 */
#include "config.h"

#include "sim/vcd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "sim/vcd_inner.h"

#define WHOLE (16u << 20) /* bytes; a smaller file is read as a whole */

struct vcd {
	struct vcd_builder b;
	struct vcd_scan *s;
	bool rows;
	bool asked; /* for the clock */
	struct wave_want want;
};

/* Whole and streamed -------------------------------------------------------------- */

struct vcd *vcd_new(size_t max_changes)
{
	struct vcd *v = mem_zalloc(sizeof(*v));
	struct vcd_events ev = vcd_builder_events(&v->b);

	v->b.w = wave_new(max_changes);
	v->b.until = UINT64_MAX;
	v->s = vcd_scan_new(&ev);
	return v;
}

struct vcd *vcd_new_rows(const struct wave_want *want)
{
	struct vcd *v = vcd_new(0);

	v->want = *want;
	v->rows = true;
	v->b.until = want->time;
	v->b.max_held = VCD_HELD;
	return v;
}

void vcd_feed(struct vcd *v, const char *data, size_t len)
{
	vcd_scan_feed(v->s, data, len);
	if (v->rows && !v->asked && vcd_scan_has_changes(v->s, NULL)) {
		v->asked = true;
		if (v->want.clock)
			wave_set_clock(v->b.w, v->want.clock(v->want.ctx, v->b.w));
	}
}

bool vcd_end(struct vcd *v, struct wave **out, struct err *err)
{
	bool ok = vcd_scan_has_changes(v->s, NULL);

	*out = NULL;
	if (ok) {
		wave_set_end(v->b.w, vcd_scan_time(v->s));
		if (v->b.until < vcd_scan_time(v->s))
			wave_limit(v->b.w, v->b.until + 1);
		*out = v->b.w;
		v->b.w = NULL;
	} else {
		err_set(err, ERR_PARSE, "it is no value change dump, or only the start of one");
	}
	wave_free(v->b.w);
	vcd_scan_free(v->s);
	free(v);
	return ok;
}

/* Files ------------------------------------------------------------------------- */

int vcd_open_dump(const char *path, struct stat *st, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || fstat(fd, st) < 0) {
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", path,
			strerror(errno));
	} else if (!S_ISREG(st->st_mode)) {
		err_set(err, ERR_IO, "read %s: it is no regular file", path);
	} else {
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool feed_file(int fd, struct vcd *v, const char *path, struct err *err)
{
	enum { CHUNK = 1 << 16 };
	char *buf = mem_alloc(CHUNK);
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, buf, CHUNK)) > 0 || (n < 0 && errno == EINTR)) {
		if (n > 0)
			vcd_feed(v, buf, (size_t)n);
	}
	if (n < 0)
		err_set(err, ERR_IO, "read %s: %s", path, strerror(errno));
	free(buf);
	return n == 0;
}

/* Ends v; with ok false drops what it has. */
static bool end(struct vcd *v, bool ok, const char *path, struct wave **out, struct err *err)
{
	if (!ok) {
		vcd_end(v, out, NULL);
		wave_free(*out);
		*out = NULL;
		return false;
	}
	return vcd_end(v, out, err) || (err_prefix(err, "read %s", path), false);
}

bool vcd_read(const char *path, size_t max_changes, struct wave **out, struct err *err)
{
	struct stat st;
	int fd = vcd_open_dump(path, &st, err);
	struct vcd *v;
	bool ok;

	*out = NULL;
	if (fd < 0)
		return false;
	v = vcd_new(max_changes);
	ok = feed_file(fd, v, path, err);
	close(fd);
	return end(v, ok, path, out, err);
}

enum wave_format wave_format_of_file(int fd)
{
	char start[64];
	ssize_t n = pread(fd, start, sizeof(start), 0);

	return wave_format_of(start, n > 0 ? (size_t)n : 0);
}

/* A VCD file that is being read, maybe by another thread. */
struct rows {
	const char *path;
	int fd;
	uint64_t size;
	const struct wave_want *want;
	struct wave *wave;
	struct err err;
	bool ok;
};

static void read_rows(void *ctx)
{
	struct rows *r = ctx;
	bool fits = true;
	struct vcd *v;

	if (r->size > WHOLE) {
		r->ok = vcd_read_window(r->fd, r->size, r->want, &r->wave, &fits, &r->err);
		if (!r->ok && fits)
			err_prefix(&r->err, "read %s", r->path);
		if (r->ok || fits)
			return;
	}
	v = vcd_new_rows(r->want);
	if (r->size <= WHOLE) {
		v->b.max_held = 0;
		v->b.until = UINT64_MAX;
	}
	r->ok = feed_file(r->fd, v, r->path, &r->err);
	r->ok = end(v, r->ok, r->path, &r->wave, &r->err);
}

/* A task waits for a thread of the pool; without a loop it is done at once. */
static bool read_vcd(struct loop *l, struct rows *r, struct err *err)
{
	struct err why;
	bool waited = true;

	if (l && task_self())
		waited = task_work(l, read_rows, r, NULL, &why);
	else
		read_rows(r);
	if (!waited) {
		wave_free(r->wave);
		r->wave = NULL;
		r->ok = false;
		r->err = why;
	}
	if (!r->ok && err)
		*err = r->err;
	return r->ok;
}

static bool feed_converted(void *ctx, const char *data, size_t len)
{
	vcd_feed(ctx, data, len);
	return true;
}

bool wave_read(struct loop *l, const char *path, const struct wave_want *want, struct wave **out,
	       struct err *err)
{
	struct stat st;
	int fd = vcd_open_dump(path, &st, err);
	enum wave_format format;
	bool ok;

	*out = NULL;
	if (fd < 0)
		return false;
	format = wave_format_of_file(fd);
	if (format == WAVE_VCD) {
		struct rows r = {
			.path = path, .fd = fd, .size = (uint64_t)st.st_size, .want = want
		};

		ok = read_vcd(l, &r, err);
		*out = r.wave;
	} else {
		struct vcd *v = vcd_new_rows(want);

		ok = wave_convert(l, format, path, feed_converted, v, err);
		ok = end(v, ok, path, out, err);
	}
	close(fd);
	return ok;
}
