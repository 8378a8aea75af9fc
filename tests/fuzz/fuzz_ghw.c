/* Any bytes as a GHW file: the result is a VCD that its reader accepts, or a
 * one-sentence error. */
#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/trace/trace.h"
#include "sim/trace/ghw_vcd.h"
#include "sim/trace/trace_vcd.h"

#define OUT_MAX (1u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct out {
	int fd;
	size_t len;
};

static bool put(void *ctx, const char *data, size_t len)
{
	struct out *o = ctx;

	o->len += len;
	return o->len <= OUT_MAX && write(o->fd, data, len) == (ssize_t)len;
}

static void read_back(int fd)
{
	struct trace *t = trace_vcd_new(fd, "fuzz.vcd");
	struct err err;
	bool any = true;

	while (any && trace_more(t, TRACE_STEP, &any, &err))
		;
	for (size_t i = 0; i < trace_signals(t) && i < 30; i++) {
		struct trace_point p;

		if (trace_at(t, i, trace_end(t), &p))
			assert(p.value[p.len] == '\0');
	}
	trace_close(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("ghw", MFD_CLOEXEC);
	struct out out = { .fd = memfd_create("vcd", MFD_CLOEXEC) };
	struct err err = { 0 };

	if (fd >= 0 && out.fd >= 0 && write(fd, data, size) == (ssize_t)size) {
		lseek(fd, 0, SEEK_SET);
		if (ghw_to_vcd(fd, "fuzz.ghw", put, &out, &err)) {
			lseek(out.fd, 0, SEEK_SET);
			read_back(out.fd);
			out.fd = -1;
		} else {
			assert(strncmp(err.text, "read fuzz.ghw: it is a GHW file", 31) == 0);
		}
	}
	close(fd);
	if (out.fd >= 0)
		close(out.fd);
	return 0;
}
