/* A dump indexed in blocks of any size gives the same answers as a slow reader in
 * memory, and can always be shown. */
#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"
#include "session/trace/trace_table.h"
#include "sim/trace/trace_vcd.h"
#include "tests/lib/slow_vcd.h"
#include "tests/lib/wave.h"

#define SIGNALS_ASKED 30

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct trace *indexed(const uint8_t *data, size_t size, size_t block)
{
	int fd = memfd_create("dump", MFD_CLOEXEC);
	struct trace *t;
	bool any = true;
	struct err err;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	t = trace_vcd_new(fd, "dump");
	trace_vcd_block_size(t, block);
	while (any && trace_more(t, TRACE_STEP, &any, &err))
		;
	return t;
}

static bool same(const struct trace_signal *s, const struct trace_point *a,
		 const struct trace_point *b)
{
	/* The reader in memory keeps less of a text, and only four states of bits. */
	return a->time == b->time && (s->kind != TRACE_BITS || a->len == b->len);
}

static void compare(struct trace *a, struct trace *b)
{
	size_t n = trace_signals(b) < SIGNALS_ASKED ? trace_signals(b) : SIGNALS_ASKED;

	assert(trace_signals(a) == trace_signals(b) && trace_end(a) == trace_end(b));
	for (size_t i = 0; i < n; i++) {
		const struct trace_signal *s = trace_signal_at(a, i);
		struct trace_point p, q;

		assert(strcmp(s->name, trace_signal_at(b, i)->name) == 0);
		if (s->kind != TRACE_BITS)
			continue;
		assert(trace_at(a, i, trace_end(a), &p) == trace_at(b, i, trace_end(b), &q));
		if (trace_at(a, i, 0, &p))
			assert(trace_at(b, i, 0, &q) && same(s, &p, &q));
	}
}

static void show(struct trace *t, size_t clock, struct str *out)
{
	const struct trace_rows r = {
		.clock = { .signal = clock }, .time = trace_end(t), .rows = 5, .cols = 5
	};
	size_t signals[5];
	uint64_t from, to;

	trace_table(t, &r, out);
	assert(trace_choose(t, &r, signals, &from, &to) <= 5 && from <= to);
	assert(utf8_valid(str_cstr(out), out->len));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wave *w = slow_vcd_text((const char *)data, size, size / 3);
	struct trace *a = indexed(data, size, 1 + size % 60), *b = w ? trace_of_wave(w) : NULL;
	struct str out = STR_INIT;

	assert(trace_vcd_is_dump(a) == (b != NULL));
	if (b)
		compare(a, b);
	show(a, TRACE_NONE, &out);
	show(a, TRACE_NO_CLOCK, &out);
	str_free(&out);
	trace_close(a);
	trace_close(b);
	return 0;
}
