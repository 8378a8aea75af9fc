/* A value is a string of 0 1 x z (and u w l h - in VHDL), as wide as its signal. A digit
 * of several bits, not all known, is shown as by Verilog's %h: x or z if all of its bits
 * are, X or Z if some are. A decimal number with an unknown bit has no digits at all.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace_string.h"

#define DECIMAL_BITS 512 /* wider ones are shown in hex */

static char known(char c)
{
	return c == 'h' ? '1' : c == 'l' ? '0' : c;
}

static bool is_known(char c)
{
	c = known(c);
	return c == '0' || c == '1';
}

/* The letter for bits that are not all known. */
static char unknown_digit(const char *bits, size_t n)
{
	size_t z = 0, alike = 0;

	for (size_t i = 0; i < n; i++) {
		z += bits[i] == 'z';
		alike += bits[i] == bits[0];
	}
	if (alike == n)
		return bits[0];
	for (size_t i = 0; i < n; i++)
		if (!is_known(bits[i]) && bits[i] != 'z')
			return 'X';
	return z ? 'Z' : 'X';
}

static bool all_known(const char *bits, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!is_known(bits[i]))
			return false;
	return true;
}

static void add_digits(const char *bits, size_t len, size_t each, struct str *out)
{
	if (each == 1) { /* each bit verbatim, including h and l */
		str_add(out, bits, len);
		return;
	}
	for (size_t i = 0; i < len;) {
		size_t n = (len - i) % each ? (len - i) % each : each;
		unsigned digit = 0;

		for (size_t k = 0; k < n; k++)
			digit = digit * 2 + (known(bits[i + k]) == '1');
		str_addc(out, all_known(bits + i, n) ? "0123456789abcdef"[digit]
						     : unknown_digit(bits + i, n));
		i += n;
	}
}

/* Each step doubles the digits so far and adds a bit. */
static void add_decimal(const char *bits, size_t len, bool inverted, struct str *out)
{
	unsigned char digits[DECIMAL_BITS / 3 + 2] = { 0 };
	size_t n = 1;
	unsigned carry;

	for (size_t i = 0; i < len; i++) {
		carry = (known(bits[i]) == '1') != inverted;
		for (size_t k = 0; k < n; k++) {
			carry += digits[k] * 2u;
			digits[k] = (unsigned char)(carry % 10);
			carry /= 10;
		}
		if (carry)
			digits[n++] = (unsigned char)carry;
	}
	carry = inverted; /* -x is ~x + 1 */
	for (size_t k = 0; carry && k < n; k++) {
		carry += digits[k];
		digits[k] = (unsigned char)(carry % 10);
		carry /= 10;
	}
	if (carry)
		digits[n++] = 1;
	while (n > 0)
		str_addc(out, (char)('0' + digits[--n]));
}

static void add_number(const char *bits, size_t len, bool is_signed, struct str *out)
{
	bool negative = is_signed && known(bits[0]) == '1';

	if (!all_known(bits, len)) {
		str_addc(out, unknown_digit(bits, len));
	} else if (len > DECIMAL_BITS) {
		add_digits(bits, len, 4, out);
	} else {
		if (negative)
			str_addc(out, '-');
		add_decimal(bits, len, negative, out);
	}
}

/* Printable ASCII verbatim, other bytes escaped. */
static void add_safe(const char *text, size_t len, struct str *out)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0x20 && c < 0x7f)
			str_addc(out, (char)c);
		else
			str_addf(out, "\\x%02x", c);
	}
}

/* Eight bits per character; leading zeros are skipped. */
static void add_ascii(const char *bits, size_t len, struct str *out)
{
	bool begun = false;

	str_addc(out, '"');
	for (size_t i = 0; i < len;) {
		size_t n = (len - i) % 8 ? (len - i) % 8 : 8;
		unsigned c = 0;
		char byte;

		for (size_t k = 0; k < n; k++)
			c = c * 2 + (known(bits[i + k]) == '1');
		byte = all_known(bits + i, n) ? (char)c : unknown_digit(bits + i, n);
		begun |= byte != 0;
		if (begun)
			add_safe(&byte, 1, out);
		i += n;
	}
	str_addc(out, '"');
}

static bool number(const char *bits, size_t len, bool is_signed, double *out)
{
	double x = is_signed && len && known(bits[0]) == '1' ? -1 : 0;

	for (size_t i = 0; i < len; i++) {
		if (!is_known(bits[i]))
			return false;
		x = x * 2 + (known(bits[i]) == '1');
	}
	*out = x;
	return true;
}

bool wave_value_number(const struct trace_signal *s, enum wave_radix radix, int fraction,
		       const struct trace_point *p, double *out)
{
	char text[64], *end;

	if (s->kind == TRACE_REAL) {
		snprintf(text, sizeof(text), "%.*s", (int)(p->len < 63 ? p->len : 63), p->value);
		*out = strtod(text, &end);
		return end != text && *out - *out == 0; /* neither NaN nor infinite */
	}
	if (s->kind != TRACE_BITS ||
	    !number(p->value, p->len, radix == WAVE_SIGNED || radix == WAVE_FIXED, out))
		return false;
	if (radix == WAVE_FIXED)
		for (int i = 0; i < fraction; i++)
			*out /= 2;
	return *out - *out == 0;
}

static void add_fixed(const struct trace_signal *s, int fraction, const struct trace_point *p,
		      struct str *out)
{
	double x;

	if (p->len <= 53 && wave_value_number(s, WAVE_FIXED, fraction, p, &x))
		str_addf(out, "%.10g", x);
	else if (all_known(p->value, p->len))
		add_digits(p->value, p->len, 4, out);
	else
		str_addc(out, unknown_digit(p->value, p->len));
}

static void add_bits(const struct trace *t, size_t signal, enum wave_radix radix, int fraction,
		     const struct trace_point *p, struct str *out)
{
	const char *name = radix == WAVE_ENUM ? trace_name_of(t, signal, p->value, p->len) : NULL;

	if (name)
		add_safe(name, strlen(name), out);
	else if (p->len == 1 || radix == WAVE_BIN)
		add_digits(p->value, p->len, 1, out);
	else if (radix == WAVE_DEC || radix == WAVE_SIGNED)
		add_number(p->value, p->len, radix == WAVE_SIGNED, out);
	else if (radix == WAVE_ASCII)
		add_ascii(p->value, p->len, out);
	else if (radix == WAVE_FIXED)
		add_fixed(trace_signal_at(t, signal), fraction, p, out);
	else
		add_digits(p->value, p->len, 4, out);
}

/* A string, or what a tool prints as a number. */
static void add_string(const struct trace_point *p, size_t limit, struct str *out)
{
	struct str text = STR_INIT;

	trace_string_text(p->value, p->len < 4 * limit ? p->len : 4 * limit, &text);
	add_safe(str_cstr(&text), text.len < limit ? text.len : limit, out);
	str_free(&text);
}

void wave_value_text(const struct trace *t, size_t signal, enum wave_radix radix, int fraction,
		     const struct trace_point *p, size_t limit, struct str *out)
{
	const struct trace_signal *s = trace_signal_at(t, signal);
	struct trace_point front;
	double number;
	const char *point;
	size_t begin = out->len, most = limit * 4 + DECIMAL_BITS;
	bool bits = s->kind == TRACE_BITS, is_number;

	if (!p || (p->len == 0 && bits))
		return;
	is_number = bits && radix != WAVE_ASCII &&
		    !(radix == WAVE_ENUM && trace_name_of(t, signal, p->value, p->len));
	/* Convert only what is shown of a very wide value: the end of a number, the
	 * start of a text. But any unknown bit matters to a decimal number. */
	front = *p;
	if (bits && p->len > most && radix == WAVE_ASCII) {
		front.len = most + (p->len - most) % 8; /* keep characters whole */
	} else if (is_number && p->len > most &&
		   (radix == WAVE_HEX || radix == WAVE_BIN || all_known(p->value, p->len))) {
		front.value += p->len - most;
		front.len = most;
	}
	if (s->kind == TRACE_REAL && wave_value_number(s, radix, 0, p, &number))
		str_addf(out, "%.10g", number); /* dumps print meaningless digits */
	else if (bits)
		add_bits(t, signal, radix, fraction, &front, out);
	else
		add_string(p, limit + 1, out);
	if (out->len - begin <= limit)
		return;
	/* A fraction loses its end, as long as the whole part fits. */
	point = memchr(out->data + begin, '.', limit);
	if (is_number && (!point || strchr(point, 'e'))) { /* 1.5e+12: its end says how much */
		str_remove(out, begin, out->len - begin - limit);
		out->data[begin] = '+';
	} else {
		str_cut(out, begin + limit - 1);
		str_addc(out, '+');
	}
}

void waveview_value_text(const struct waveview *v, size_t row, const struct trace_point *p,
			 size_t limit, struct str *out)
{
	const struct waveview_row *r = &v->rows[row];

	if (r->signal != TRACE_NONE)
		wave_value_text(v->t, r->signal, r->radix, r->fraction, p, limit, out);
}

enum wave_radix wave_radix_of(const struct trace *t, size_t signal)
{
	const struct trace_signal *s = trace_signal_at(t, signal);
	struct trace_point p;

	if (s->kind != TRACE_BITS || s->width == 1)
		return WAVE_BIN;
	/* An enum is recognised by the name of its last value. */
	if (t->ops->name_of && trace_at((struct trace *)t, signal, trace_end(t), &p) &&
	    trace_name_of(t, signal, p.value, p.len))
		return WAVE_ENUM;
	return s->integer ? WAVE_SIGNED : WAVE_HEX;
}
