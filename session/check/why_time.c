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

void why_time_unit(const struct trace *t, struct why_unit *out)
{
	int magnitude, exponent;

	*out = (struct why_unit){ 1, "" };
	if (trace_timescale(t, &magnitude, &exponent))
		*out = (struct why_unit){ magnitude * pow(10, exponent + 9), " ns" };
}

static bool cycle(struct why *w, struct trace *t, const char *text, uint64_t *time, struct err *err)
{
	struct trace_point p;
	unsigned long long wanted, n = 0;
	size_t clock;
	char *end;
	bool there;

	wanted = strtoull(text, &end, 10);
	if (end == text || *end || wanted == 0)
		return err_set(err, ERR_USAGE, "#%s: a cycle is a number from 1", text);
	if (!why_clock(w, &clock))
		return err_set(err, ERR_NOT_FOUND,
			       "the design has no clock that is in these waves: give a time");
	there = trace_at(t, clock, trace_begin(t), &p) || trace_next(t, clock, trace_begin(t), &p);
	for (char before = '1'; there; there = trace_next(t, clock, p.time, &p)) {
		char now = p.value[p.len - 1];

		*time = p.time;
		n += now == '1' && before != '1';
		before = now;
		if (n == wanted)
			return true;
	}
	return err_set(err, ERR_NOT_FOUND, "the clock has only %llu cycles in these waves", n);
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
		*time = *time < trace_end(t) ? *time : trace_end(t);
		return true;
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
		*time = v < (double)trace_end(t) ? (uint64_t)v : trace_end(t);
		return true;
	}
	return err_set(err, ERR_USAGE,
		       "%s: a time such as 30ns, 1200 (in the waves' unit) or #5 (a cycle) was "
		       "expected",
		       text);
}
