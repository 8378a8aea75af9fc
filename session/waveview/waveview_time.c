/* Times are integers in a unit that may be any power of ten, so they are printed by
 * moving a decimal point in their digits: nothing is rounded, at any size. The unit is
 * the largest in which the number has a digit before the point.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"

static const struct {
	const char *name;
	int exponent;
} units[] = { { "fs", -15 }, { "ps", -12 }, { "ns", -9 }, { "us", -6 }, { "ms", -3 }, { "s", 0 } };

#define UNITS ((int)(sizeof(units) / sizeof(*units)))

/* Appends digits times 10^exponent, with a unit. */
static void decimal(const char *digits, int exponent, struct str *out)
{
	int n = (int)strlen(digits), point, unit = 0, end = n;

	while (unit + 1 < UNITS && n + exponent > units[unit + 1].exponent)
		unit++;
	point = n + exponent - units[unit].exponent; /* number of digits before it */
	while (end > 1 && end > point && digits[end - 1] == '0')
		end--;
	if (point <= 0)
		str_adds(out, "0.");
	for (int i = point; i < 0; i++)
		str_addc(out, '0');
	for (int i = 0; i < end || i < point; i++) {
		if (i == point && i > 0)
			str_addc(out, '.');
		str_addc(out, i < n ? digits[i] : '0');
	}
	str_addf(out, " %s", units[unit].name);
}

void waveview_time_text(const struct trace *t, uint64_t time, struct str *out)
{
	int magnitude, exponent;
	char digits[24];

	if (!trace_timescale(t, &magnitude, &exponent)) {
		str_addf(out, "%" PRIu64, time);
		return;
	}
	if (time == 0) {
		str_adds(out, "0");
		return;
	}
	if (magnitude > 1 && time > UINT64_MAX / (unsigned)magnitude) {
		str_addf(out, "%" PRIu64 " x %d", time, magnitude);
		return;
	}
	snprintf(digits, sizeof(digits), "%" PRIu64, time * (unsigned)magnitude);
	decimal(digits, exponent, out);
}

/* The n-th rising edge of the clock, from 0. */
static bool edge_time(struct waveview *v, const char *text, uint64_t *time, struct err *err)
{
	unsigned long long n = strtoull(text, NULL, 10), at = 0;
	struct trace_point p;
	bool low = true, any;

	if (v->clock == TRACE_NONE)
		return err_set(err, ERR_NOT_FOUND, "#%s: no clock is known in these waves", text);
	any = trace_at(v->t, v->clock, trace_begin(v->t), &p) ||
	      trace_next(v->t, v->clock, trace_begin(v->t), &p);
	for (size_t steps = 0; any && steps < 2 * WAVEVIEW_CYCLES; steps++) {
		*time = p.time;
		if (p.value[0] == '1' && low && at++ == n)
			return true;
		low = p.value[0] != '1';
		any = trace_next(v->t, v->clock, *time, &p);
	}
	return err_set(err, ERR_NOT_FOUND, "#%s: the clock rises %llu times", text, at);
}

/* Converts digits[.digits] to a whole number of units of magnitude times 10^-by;
 * truncates. */
static bool scaled(const char *number, size_t len, int by, int magnitude, uint64_t *time)
{
	uint64_t value = 0;
	bool point = false;

	for (size_t i = 0; i < len; i++) {
		unsigned digit = (unsigned)(number[i] - '0');

		if (number[i] == '.') {
			point = true;
			continue;
		}
		if (value > (UINT64_MAX - digit) / 10)
			return false;
		value = value * 10 + digit;
		by -= point;
	}
	for (; by > 0 && value; by--) {
		if (value > UINT64_MAX / 10)
			return false;
		value *= 10;
	}
	for (; by < 0 && value; by++)
		value /= 10;
	*time = value / (unsigned)magnitude;
	return true;
}

bool waveview_time_check(const char *text, struct err *err)
{
	size_t len = strspn(text, "0123456789.");
	const char *unit = text + len + strspn(text + len, " ");
	const char *dot = memchr(text, '.', len);
	int i = 0;

	if (text[0] == '#')
		return (text[1] && !text[1 + strspn(text + 1, "0123456789")]) ||
		       err_set(err, ERR_USAGE, "%s: a number of a cycle was expected, as #12",
			       text);
	if (!isdigit((unsigned char)text[0]) ||
	    (dot && memchr(dot + 1, '.', len - (size_t)(dot + 1 - text))))
		return err_set(err, ERR_USAGE,
			       "%s: a time was expected, as 30ns, 1.5us, 30 (units of the "
			       "dump) or #12 (a cycle)",
			       text);
	while (i < UNITS && strcmp(units[i].name, unit) != 0)
		i++;
	return !*unit || i < UNITS ||
	       err_set(err, ERR_USAGE, "%s: the unit is one of fs, ps, ns, us, ms, s", text);
}

bool waveview_time_in(const struct trace *t, const char *text, uint64_t *time, struct err *err)
{
	size_t len = strspn(text, "0123456789.");
	const char *unit = text + len + strspn(text + len, " ");
	int magnitude, exponent, by = 0;

	trace_timescale(t, &magnitude, &exponent);
	for (int i = 0; i < UNITS; i++)
		if (strcmp(units[i].name, unit) == 0)
			by = units[i].exponent - exponent;
	return scaled(text, len, by, *unit ? magnitude : 1, time) ||
	       err_set(err, ERR_LIMIT, "%s: no time is that large", text);
}

bool waveview_time_parse(struct waveview *v, const char *text, uint64_t *time, struct err *err)
{
	if (!waveview_time_check(text, err))
		return false;
	return text[0] == '#' ? edge_time(v, text + 1, time, err)
			      : waveview_time_in(v->t, text, time, err);
}
