/* VCD and FST files are read in place. GHW is converted to VCD here, any other format
 * by its tool, in the sandbox: into an unnamed file that disappears with the trace. A
 * compressed file is unpacked into one first, and may then be any of the three that are
 * read here.
 *
 * There is a C library for FST, but it would have to run in the sandbox too, and
 * then every query would go to another process. It also rereads a section's table
 * for each query. So the reader is our own: it trusts no length in the file, and a
 * fuzz target feeds it. */
#include "config.h"

#include "sim/trace/trace_open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/task.h"
#include "session/trace/trace.h"
#include "session/verilog/lang.h"
#include "sim/trace/ghw_vcd.h"
#include "sim/trace/trace_convert.h"
#ifdef HAVE_ZLIB
#include "sim/trace/fst_unpack.h"
#include "sim/trace/trace_fst.h"
#endif
#include "sim/trace/trace_keep.h"
#include "sim/trace/trace_vcd.h"

#define CONVERTED_MAX (4ull << 30) /* bytes of VCD */
#define PART_STEP     (4u << 20)   /* bytes after which to ask whether they are enough */

struct reading {
	int fd; /* of the trace */
	const char *path;
	bool keep;		       /* use and save a cached index */
	const struct trace_part *part; /* NULL: all of it */
	struct trace *t;
	atomic_bool stop; /* set when nobody waits any more */
	bool ok;
	struct err err;
};

static bool was_kept(struct reading *r)
{
	bool spoilt;
	int fd;

	if (!r->keep || trace_keep_take(r->fd, r->t, &spoilt))
		return r->keep;
	fd = spoilt ? fcntl(r->fd, F_DUPFD_CLOEXEC, 3) : -1;
	if (fd >= 0) {
		trace_close(r->t);
		r->t = trace_vcd_new(fd, r->path);
		r->fd = fd;
	}
	return false;
}

static void read_part(struct reading *r)
{
	bool any = true;

	trace_vcd_from_front(r->t);
	while (any && !atomic_load(&r->stop) &&
	       (r->ok = trace_more(r->t, PART_STEP, &any, &r->err)))
		if (any && r->part->enough(r->part->ctx, r->t)) {
			trace_vcd_leave_rest(r->t);
			return;
		}
}

static void read_all(void *ctx)
{
	struct reading *r = ctx;
	bool any = true;

	r->ok = true;
	if (was_kept(r))
		return;
	if (r->part) {
		read_part(r);
		return;
	}
	while (any && !atomic_load(&r->stop) &&
	       (r->ok = trace_more(r->t, TRACE_STEP, &any, &r->err)))
		;
	if (r->ok && !any && r->keep)
		trace_keep_put(r->fd, r->t);
}

/* Reads on the pool if called in a task. */
static bool read_vcd(struct loop *l, int fd, const char *path, bool keep,
		     const struct trace_part *part, struct trace **t, struct err *err)
{
	struct reading r = { .fd = fd, .path = path, .keep = keep, .part = part };
	struct err why;

	r.t = trace_vcd_new(fd, path);
	if (!l || !task_self()) {
		read_all(&r);
	} else if (!task_work(l, read_all, &r, &r.stop, &why)) {
		r.ok = false;
		r.err = why;
	}
	*t = r.t;
	return r.ok || err_copy(err, &r.err);
}

struct converted {
	int fd;
	uint64_t len;
};

static bool keep(void *ctx, const char *data, size_t len)
{
	struct converted *c = ctx;

	if (c->len + len > CONVERTED_MAX)
		return false;
	while (len > 0) {
		ssize_t n = write(c->fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		data += n;
		len -= (size_t)n;
		c->len += (uint64_t)n;
	}
	return true;
}

typedef bool convert_fn(int fd, const char *path, bool (*feed)(void *, const char *, size_t),
			void *ctx, struct err *err);

/* A conversion by code of our own, on the pool if called in a task. */
struct own_reading {
	convert_fn *convert;
	int fd;
	const char *path;
	struct converted *to;
	bool ok;
	struct err err;
};

static void read_own(void *ctx)
{
	struct own_reading *r = ctx;

	r->ok = r->convert(r->fd, r->path, keep, r->to, &r->err);
}

static bool convert_own(struct loop *l, const char *path, int fd, convert_fn *convert,
			struct converted *to, struct err *err)
{
	struct own_reading r = { .convert = convert, .fd = fd, .path = path, .to = to };

	if (!l || !task_self())
		read_own(&r);
	else if (!task_work(l, read_own, &r, NULL, err))
		return false;
	return r.ok || err_copy(err, &r.err);
}

/* NULL: a tool converts this format. */
static convert_fn *own_conversion(enum wave_format format)
{
#ifdef HAVE_ZLIB
	if (format == WAVE_FST_PACKED)
		return fst_unwrap;
#endif
	return format == WAVE_GHW ? ghw_to_vcd : NULL;
}

/* As VCD, or without its compression: a new descriptor, and fd is closed. -1 with err. */
static int converted(struct loop *l, const char *path, enum wave_format format, int fd,
		     struct err *err)
{
	struct converted c = { .fd = -1 };
	const char *tmp = getenv("TMPDIR");
	convert_fn *own = own_conversion(format);
	bool ok = false;

	c.fd = open(tmp && tmp[0] == '/' ? tmp : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (c.fd < 0)
		err_set(err, ERR_IO, "make a temporary file: %s", strerror(errno));
	else
		ok = own ? convert_own(l, path, fd, own, &c, err)
			 : wave_convert(l, format, path, keep, &c, err);
	close(fd);
	if (ok && lseek(c.fd, 0, SEEK_SET) == 0)
		return c.fd;
	if (c.fd >= 0)
		close(c.fd);
	return -1;
}

static bool is_packed(enum wave_format format)
{
#ifdef HAVE_ZLIB
	if (format == WAVE_FST_PACKED)
		return true;
#endif
	return wave_format_is_packed(format);
}

/* True for a format that is read here, from a descriptor. */
static bool is_own(enum wave_format format)
{
#ifdef HAVE_ZLIB
	if (format == WAVE_FST)
		return true;
#endif
	return format == WAVE_VCD || format == WAVE_GHW;
}

/* Replaces fd by what is compressed in it: an FST file may be compressed in its own way
 * and then by a tool, nothing else twice. A tool would need a file with a name, so the rest
 * must be a format that is read here. -1 with err. */
static int unpacked(struct loop *l, const char *path, enum wave_format *format, int fd,
		    struct err *err)
{
	enum wave_format outer = *format;

	fd = converted(l, path, outer, fd, err);
	*format = fd >= 0 ? wave_format_of_file(fd) : outer;
	if (fd >= 0 && *format != outer && own_conversion(*format) && is_packed(*format)) {
		fd = converted(l, path, *format, fd, err);
		*format = fd >= 0 ? wave_format_of_file(fd) : outer;
	}
	if (fd < 0)
		return -1;
	if (is_own(*format))
		return fd;
	err_set(err, ERR_TOOL, "read %s: unpack it first: what is in it is %s", path,
		wave_format_name(*format));
	close(fd);
	return -1;
}

#ifdef HAVE_ZLIB
struct opening {
	int fd;
	const char *path;
	struct trace *t;
	struct err err;
};

static void open_fst(void *ctx)
{
	struct opening *o = ctx;

	o->t = trace_fst_new(o->fd, o->path, &o->err);
}

/* Reading the names of a large design takes a moment, so the pool does it. */
static bool read_fst(struct loop *l, const char *path, int fd, struct trace **out, struct err *err)
{
	struct opening o = { .fd = fd, .path = path };

	if (!l || !task_self())
		open_fst(&o);
	else if (!task_work(l, open_fst, &o, NULL, err))
		return false;
	*out = o.t;
	if (!o.t)
		err_copy(err, &o.err);
	return o.t != NULL;
}
#endif

/* Opens a regular file for reading; -1 with err. */
static int open_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, "open %s: %s", path,
			strerror(errno));
	} else if (!S_ISREG(st.st_mode)) {
		err_set(err, ERR_IO, "read %s: it is not a regular file", path);
	} else {
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

bool trace_open_part(struct loop *l, const char *path, const struct trace_part *part,
		     struct trace **out, struct err *err)
{
	enum wave_format format;
	struct trace *t;
	bool packed;
	int fd;

	*out = NULL;
	if (lang_file(path) != LANG_FILE_OTHER)
		return err_set(err, ERR_USAGE,
			       "%s is a source and no recorded run: `posedge sim` records one",
			       path);
	fd = open_file(path, err);
	format = fd >= 0 ? wave_format_of_file(fd) : WAVE_VCD;
	packed = fd >= 0 && is_packed(format);
	if (packed)
		fd = unpacked(l, path, &format, fd, err);
#ifdef HAVE_ZLIB
	if (fd >= 0 && format == WAVE_FST)
		return read_fst(l, path, fd, out, err);
#endif
	if (fd >= 0 && format != WAVE_VCD)
		fd = converted(l, path, format, fd, err);
	if (fd < 0)
		return false;
	if (read_vcd(l, fd, path, format == WAVE_VCD && !packed, part, &t, err) &&
	    (trace_vcd_is_dump(t) ||
	     err_set(err, ERR_PARSE,
		     "read %s: it is no value change dump, or only the start of one", path))) {
		*out = t;
		return true;
	}
	trace_close(t);
	return false;
}

bool trace_open(struct loop *l, const char *path, struct trace **out, struct err *err)
{
	return trace_open_part(l, path, NULL, out, err);
}
