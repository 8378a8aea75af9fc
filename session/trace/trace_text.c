/* Values and units as text. */
#include "config.h"

#include "session/trace/trace.h"

#include <string.h>

#include "session/base/str.h"
#include "session/trace/expr.h"
#include "session/trace/trace_string.h"

#define SHOWN_MAX 1024 /* bits; of a wider value only the low ones, marked as cut */

/* One of the nine states; a character that is none is unknown. */
static char state(char c)
{
	return c && strchr("01xzuwlh-", c) ? c : 'x';
}

/* VHDL has states that no SystemVerilog number has: they are printed as letters. */
static bool add_nine(const struct trace_signal *s, const struct trace_point *p, struct str *out)
{
	size_t alike = 0, nine = 0, len = p->len < SHOWN_MAX ? p->len : SHOWN_MAX;
	const char *bits = p->value + p->len - len;

	for (size_t i = 0; i < len; i++) {
		alike += state(bits[i]) == state(bits[0]);
		nine += strchr("uwlh-", state(bits[i])) != NULL;
	}
	if (nine == 0)
		return false;
	if (p->len > 1)
		str_addf(out, "%d'%c", s->width, alike == len ? 'h' : 'b');
	if (alike == len)
		len = (len + 3) / 4;
	for (size_t i = 0; i < len; i++)
		str_addc(out, state(bits[i]));
	return true;
}

void trace_value_text(const struct trace_signal *s, const struct trace_point *p, struct str *out)
{
	struct bits_pool pool = { 0 };
	struct expr_value v = { .kind = EXPR_BITS };
	unsigned width = (unsigned)s->width;

	if (s->kind == TRACE_TEXT) {
		trace_string_text(p->value, p->len < SHOWN_MAX ? p->len : SHOWN_MAX, out);
		return;
	}
	if (s->kind == TRACE_REAL) {
		str_add(out, p->value, p->len < SHOWN_MAX ? p->len : SHOWN_MAX);
		return;
	}
	if (width > SHOWN_MAX)
		str_addf(out, "[of %u bits the lower] ", width);
	if (add_nine(s, p, out))
		return;
	v.bits = bits_text(&pool, width < SHOWN_MAX ? width : SHOWN_MAX, p->value, p->len);
	expr_print(&v, out);
	bits_free(&pool);
}

void trace_unit_text(const struct trace *t, struct str *out)
{
	static const char *const units[] = { "fs", "ps", "ns", "us", "ms", "s" };
	int magnitude, exponent;

	if (!trace_timescale(t, &magnitude, &exponent)) {
		str_adds(out, "steps (the file names no unit)");
	} else if (exponent >= -15 && exponent <= 0) {
		/* Between two units, use the smaller one: 10 ns, 100 ps. */
		int zeros = (exponent + 15) % 3;

		str_addf(out, "%d%.*s %s", magnitude, zeros, "00",
			 units[(exponent - zeros + 15) / 3]);
	} else if (exponent < -15 && exponent >= -21) {
		/* Below a femtosecond, as a fraction of it. */
		int places = -15 - exponent, divisor = 1;

		for (int i = 0; i < places; i++)
			divisor *= 10;
		str_addf(out, "%d.%0*d fs", magnitude / divisor, places, magnitude % divisor);
	} else {
		str_addf(out, "%d x 10^%d s", magnitude, exponent);
	}
}
