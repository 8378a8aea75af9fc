/* Any bytes as an FST file: every query succeeds or fails cleanly. Checks that answers
 * are well formed, not that they are right. */
#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/trace/trace.h"
#include "sim/trace/trace_fst.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#ifdef HAVE_ZLIB
struct seen {
	size_t changes;
	uint64_t time;
};

static bool in_order(void *ctx, size_t which, const struct trace_point *p)
{
	struct seen *s = ctx;

	assert(p->time >= s->time && p->value[p->len] == '\0');
	s->time = p->time;
	return ++s->changes < 10000;
}

static void ask(struct trace *t)
{
	size_t n = trace_signals(t) < 30 ? trace_signals(t) : 30, all[30];
	struct seen seen = { 0 };

	for (size_t i = 0; i < n; i++) {
		const struct trace_signal *s = trace_signal_at(t, i);
		struct trace_point p, q;
		struct str name = STR_INIT;

		all[i] = i;
		trace_full_name(t, i, &name);
		assert(utf8_valid(str_cstr(&name), name.len));
		str_free(&name);
		if (trace_at(t, i, trace_end(t), &p))
			assert(s->kind != TRACE_BITS || p.len == (size_t)s->width);
		if (trace_next(t, i, 0, &p))
			assert(p.time > 0 && (!trace_at(t, i, p.time - 1, &q) || q.time < p.time));
	}
	trace_walk(t, all, n, 0, UINT64_MAX, in_order, &seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fst", MFD_CLOEXEC);
	struct trace *t;
	struct err err;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		return 0;
	t = trace_fst_new(fd, "fuzz.fst", &err);
	if (t) {
		trace_fst_part(t, 1 + size % 50);
		ask(t);
	} else {
		assert(err.text[0]);
	}
	trace_close(t);
	return 0;
}
#else
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return 0;
}
#endif
