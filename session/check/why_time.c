/* Parses a time as the user writes it: 30ns, a bare number in the dump's unit, or
 * #5, rising edge number 5 of the design's clock, counted from 0. Cycles are
 * counted in the waves, not computed from a period, so a clock that stops or
 * changes is handled. A time after the end of the waves is refused: nothing is
 * known there.
 */
#include "config.h"

#include "session/check/why_time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "session/trace/trace.h"
#include "session/why/why.h"

static const struct {
	const char *name;
	int exponent;
} units[] = { { "fs", -15 }, { "ps", -12 }, { "ns", -9 }, { "us", -6 }, { "ms", -3 }, { "s", 0 } };

/* One unit for all times, so that they can be compared: ns, or the unit of the
 * waves if that is coarser, as without a `timescale. */
void why_time_unit(const struct trace *t, struct why_unit *out)
{
	static const char *const coarser[] = { " ns", " us", " ms", " s" };
	int magnitude, exponent, unit;

	*out = (struct why_unit){ 1, "" };
	if (!trace_timescale(t, &magnitude, &exponent))
		return;
	unit = exponent < -6 ? 0 : exponent > 0 ? 3 : (exponent + 9) / 3;
	out->scale = magnitude * pow(10, exponent + 9 - 3 * unit);
	out->unit = coarser[unit];
}

static bool cycle(struct why *w, struct trace *t, const char *text, uint64_t *time, struct err *err)
{
	struct trace_point p;
	unsigned long long wanted, n = 0;
	size_t clock;
	char *end;
	bool there;

	wanted = strtoull(text, &end, 10);
	if (end == text || *end || *text == '-')
		return err_set(err, ERR_USAGE, "#%s: a cycle is a number from 0", text);
	if (!why_clock(w, &clock))
		return err_set(err, ERR_NOT_FOUND,
			       "the design has no clock that is in these waves: give a time");
	there = trace_at(t, clock, trace_begin(t), &p) || trace_next(t, clock, trace_begin(t), &p);
	for (char before = '1'; there; there = trace_next(t, clock, p.time, &p)) {
		char now = p.value[p.len - 1];

		*time = p.time;
		if (now == '1' && before != '1' && n++ == wanted)
			return true;
		before = now;
	}
	return err_set(err, ERR_NOT_FOUND, "the clock has only %llu cycles in these waves", n);
}

/* Refuses times after the end of the waves, where nothing is known. */
static bool within(const struct trace *t, double time, const char *text, struct err *err)
{
	struct why_unit unit;

	why_time_unit(t, &unit);
	return time <= (double)trace_end(t) ||
	       err_set(err, ERR_NOT_FOUND, "%s is after the end of these waves, %.12g%s", text,
		       (double)trace_end(t) * unit.scale, unit.unit);
}

bool why_time(struct why *w, struct trace *t, const char *text, uint64_t *time, struct err *err)
{
	const char *at = text[0] == '@' ? text + 1 : text;
	int magnitude, exponent;
	double v;
	char *end;

	if (*at == '#')
		return cycle(w, t, at + 1, time, err);
	*time = strtoull(at, &end, 10);
	if (end != at && *end == '\0') {
		return within(t, (double)*time, text, err);
	}
	v = strtod(at, &end);
	for (size_t i = 0; end != at && v >= 0 && i < sizeof(units) / sizeof(*units); i++) {
		if (strcmp(end, units[i].name) != 0)
			continue;
		if (!trace_timescale(t, &magnitude, &exponent))
			return err_set(err, ERR_USAGE,
				       "%s: these waves have no unit of time: give a bare number",
				       text);
		v = round(v * pow(10, units[i].exponent - exponent) / magnitude);
		if (!within(t, v, text, err))
			return false;
		*time = (uint64_t)v;
		return true;
	}
	return err_set(err, ERR_USAGE,
		       "%s: a time such as 30ns, 1200 (in the waves' unit) or #5 (a cycle) was "
		       "expected",
		       text);
}
