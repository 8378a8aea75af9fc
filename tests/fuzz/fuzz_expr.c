#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "tests/lib/wave.h"
#include "session/trace/expr.h"
#include "session/trace/trace.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *value_of(void *ctx, size_t leaf, unsigned back, size_t *len)
{
	static const char *const values[] = { "1", "x01z", "11110000", "z" };

	*len = strlen(values[(leaf + back) % 4]);
	return back > 2 ? NULL : values[(leaf + back) % 4];
}

static struct trace *some_trace(void)
{
	struct wave *w = wave_new();

	for (int i = 0; i < 4; i++) {
		const char name[2] = { (char)('a' + i), 0 };
		struct wave_signal s = { .scope = i % 2 ? "t" : "t.u",
					 .name = name,
					 .width = 1 + i * 40,
					 .msb = i * 40,
					 .has_range = i > 0,
					 .real = i == 3 };

		wave_add_signal(w, &s, -1);
	}
	return trace_of_wave(w);
}

/* Any text is either an expression with a value of its width, or an error. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);
	struct trace *t = some_trace();
	struct expr_source from = { value_of, NULL };
	struct err err = { 0 };
	struct expr *e = expr_parse(t, text, &err);
	struct str s = STR_INIT;

	if (e) {
		struct expr_value v = expr_value(e, &from);

		assert(v.kind != EXPR_BITS || (v.bits.width > 0 && v.bits.width <= BITS_WIDTH_MAX));
		expr_print(&v, &s);
		assert(expr_past(e) <= EXPR_PAST_MAX);
		assert(memchr("01x", expr_truth(e, &from), 3));
	} else {
		assert(err.text[0]);
	}
	str_free(&s);
	expr_free(e);
	trace_close(t);
	free(text);
	return 0;
}
