/* A VCD file is read where it is. Any other format is turned into one by its
 * tool, in the sandbox, into a file without a name, so that it goes with the
 * trace. */
#include "config.h"

#include "sim/trace_open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/task.h"
#include "session/trace/trace.h"
#include "sim/trace_vcd.h"
#include "sim/vcd_inner.h"

#define CONVERTED_MAX (4ull << 30) /* bytes of VCD */

struct reading {
	struct trace *t;
	bool ok;
	struct err err;
};

static void read_all(void *ctx)
{
	struct reading *r = ctx;
	bool any = true;

	while (any && (r->ok = trace_more(r->t, &any, &r->err)))
		;
}

/* In a task, the pool does it meanwhile. */
static bool read_vcd(struct loop *l, struct trace *t, struct err *err)
{
	struct reading r = { .t = t };
	struct err why;

	if (!l || !task_self())
		read_all(&r);
	else if (!task_work(l, read_all, &r, NULL, &why))
		r = (struct reading){ .err = why };
	if (!r.ok && err)
		*err = r.err;
	return r.ok;
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

/* The file as VCD: fd itself, or a new one, and fd is closed. -1 with err. */
static int as_vcd(struct loop *l, const char *path, int fd, struct err *err)
{
	enum wave_format format = wave_format_of_file(fd);
	struct converted c = { .fd = -1 };
	const char *tmp = getenv("TMPDIR");

	if (format == WAVE_VCD)
		return fd;
	close(fd);
	c.fd = open(tmp && tmp[0] == '/' ? tmp : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (c.fd < 0)
		err_set(err, ERR_IO, "make a temporary file: %s", strerror(errno));
	else if (wave_convert(l, format, path, keep, &c, err))
		return c.fd;
	if (c.fd >= 0)
		close(c.fd);
	return -1;
}

bool trace_open(struct loop *l, const char *path, struct trace **out, struct err *err)
{
	struct stat st;
	int fd = vcd_open_dump(path, &st, err);
	struct trace *t;

	*out = NULL;
	if (fd >= 0)
		fd = as_vcd(l, path, fd, err);
	if (fd < 0)
		return false;
	t = trace_vcd_new(fd, path);
	if (read_vcd(l, t, err) &&
	    (trace_vcd_is_dump(t) ||
	     err_set(err, ERR_PARSE,
		     "read %s: it is no value change dump, or only the start of one", path))) {
		*out = t;
		return true;
	}
	trace_close(t);
	return false;
}
