/* Samples part of a dump by the cycles of a clock.
 *
 * A dump has a time for each change; a timing diagram in a document has a column for
 * each cycle. So the rising clock edges in the time range start the columns, and a cell
 * has the signal's value at the end of its cycle, just before the next edge: the value
 * that edge samples. Further changes within a cycle are not visible and are counted, so
 * that the drawing can say so.
 *
 *	clk   _/~\_/~\_/~\_		start   5     15    25    35 (the end)
 *	q     0   |5  |6		cell      5     6    ...
 *
 * Without a clock, each time at which one of the signals changes starts a column. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/wavedrom/wavedrom.h"

/* Names ------------------------------------------------------------------------------- */

/* Matches the whole name, or its last components. */
static bool is_called(const struct posedge_signal *s, const char *name)
{
	size_t all = strlen(s->name), n = strlen(name);

	return all >= n && strcmp(s->name + all - n, name) == 0 &&
	       (all == n || s->name[all - n - 1] == '.');
}

static const struct posedge_signal *find(const struct posedge_waves *w, const char *name)
{
	const struct posedge_signal *found = NULL;

	for (size_t i = 0; i < w->n_signals; i++) {
		if (strcmp(w->signals[i].name, name) == 0)
			return &w->signals[i];
		if (!found && is_called(&w->signals[i], name))
			found = &w->signals[i];
	}
	return found;
}

static unsigned depth(const char *name)
{
	unsigned n = 0;

	while ((name = strchr(name, '.'))) {
		name++;
		n++;
	}
	return n;
}

static bool no_signal(host_t h, const char *name)
{
	char text[200];

	snprintf(text, sizeof(text), "no signal is called %.150s", name);
	return h->fail(h->ctx, text);
}

/* The outermost signal with a usual clock name, since it drives the others; NULL: none. */
static const struct posedge_signal *guess_clock(const struct posedge_waves *w)
{
	static const char *const usual[] = { "clk", "clock", "clk_i", "i_clk", "aclk" };
	const struct posedge_signal *best = NULL;

	for (size_t u = 0; u < sizeof(usual) / sizeof(*usual) && !best; u++)
		for (size_t i = 0; i < w->n_signals; i++)
			if (w->signals[i].width == 1 && is_called(&w->signals[i], usual[u]) &&
			    (!best || depth(w->signals[i].name) < depth(best->name)))
				best = &w->signals[i];
	return best;
}

static bool choose(host_t h, const struct wish *w, struct lanes *l)
{
	unsigned least = ~0u;

	l->clock = w->clock ? find(&l->waves, w->clock) : guess_clock(&l->waves);
	if (w->clock && !l->clock)
		return no_signal(h, w->clock);
	for (size_t i = 0; i < w->n; i++) {
		if (!(l->lane[l->n].signal = find(&l->waves, w->names[i])))
			return no_signal(h, w->names[i]);
		l->n++;
	}
	for (size_t i = 0; i < l->waves.n_signals; i++)
		if (depth(l->waves.signals[i].name) < least)
			least = depth(l->waves.signals[i].name);
	for (size_t i = 0; w->n == 0 && i < l->waves.n_signals; i++) {
		const struct posedge_signal *s = &l->waves.signals[i];

		if (depth(s->name) > least || s->parameter || s == l->clock)
			continue;
		if (l->n < 16)
			l->lane[l->n++].signal = s;
		else
			l->left_out++;
	}
	return l->n || h->fail(h->ctx, "there is no signal to draw");
}

/* Cycles ------------------------------------------------------------------------------ */

static bool failed(host_t h)
{
	return h->fail(h->ctx, h->error(h->ctx));
}

static bool too_many(host_t h, size_t n)
{
	char text[160];

	snprintf(text, sizeof(text), "%zu columns in that time; at most %u are drawn: FROM..TO", n,
		 CYCLES_MAX);
	return h->fail(h->ctx, text);
}

/* Appends the start of a column, which ends the previous one. False: out of memory. */
static bool add_start(struct lanes *l, uint64_t time, size_t *cap)
{
	if (l->cycles + 2 > *cap) {
		size_t more = *cap ? 2 * *cap : 64;
		uint64_t *v = realloc(l->start, more * sizeof(*v));

		if (!v)
			return false;
		l->start = v;
		*cap = more;
	}
	l->start[l->cycles++] = time;
	return true;
}

/* The value before the first change is not known; a 1 at the very start of the
 * range counts as a rise, unless the dump starts there. */
static bool is_rise(const char *before, const struct posedge_change *c, uint64_t from,
		    uint64_t begin)
{
	if (c->value[0] != '1')
		return false;
	return before ? before[0] != '1' : c->time == from && from > begin;
}

static uint64_t in_dump_unit(const struct posedge_waves *w, uint64_t time, int unit)
{
	int shift = (unit == UNIT_SECONDS ? 0 : unit) - w->exponent;

	if (unit == 0)
		return time;
	for (; shift > 0; shift--) {
		if (time > UINT64_MAX / 10)
			return UINT64_MAX;
		time *= 10;
	}
	for (; shift < 0; shift++)
		time /= 10;
	return w->magnitude > 1 ? time / (uint64_t)w->magnitude : time;
}

/* Adds the start of each cycle among the changes, which begin with the values at from. */
static bool add_starts(struct lanes *l, const struct posedge_change *c, size_t n, uint64_t from)
{
	const char *before = NULL;
	size_t cap = 0;

	for (size_t i = 0; i < n; i++) {
		bool begins = l->clock ? is_rise(before, &c[i], from, l->waves.begin)
				       : l->cycles == 0 || c[i].time > l->start[l->cycles - 1];

		if (begins && !add_start(l, c[i].time < from ? from : c[i].time, &cap))
			return false;
		before = c[i].value;
	}
	return true;
}

static bool find_starts(host_t h, const struct wish *w, struct lanes *l)
{
	size_t which[LANES_MAX], n = 0, n_changes, skip;
	uint64_t from =
		w->has_from ? in_dump_unit(&l->waves, w->from, w->from_unit) : l->waves.begin;
	uint64_t asked = in_dump_unit(&l->waves, w->to, w->to_unit);
	uint64_t to = w->has_to && asked < l->waves.end ? asked : l->waves.end;
	const struct posedge_change *c;

	for (size_t i = 0; i < (l->clock ? 1 : l->n); i++)
		which[n++] = (size_t)((l->clock ? l->clock : l->lane[i].signal) - l->waves.signals);
	if (from > to)
		return h->fail(h->ctx, "the waves end before that time");
	if (!h->changes(h->ctx, which, n, from, to, &c, &n_changes))
		return failed(h);
	if (!add_starts(l, c, n_changes, from))
		return h->fail(h->ctx, "no memory");
	if (l->cycles == 0)
		return h->fail(h->ctx, l->clock ? "the clock has no rising edge in that time"
						: "nothing is known of that time");
	l->start[l->cycles] = to + 1 > l->start[l->cycles - 1] ? to + 1 : to;
	if (!w->has_from && l->cycles > CYCLES_LAST) {
		skip = l->cycles - CYCLES_LAST;
		memmove(l->start, l->start + skip, (CYCLES_LAST + 1) * sizeof(*l->start));
		l->cycles = CYCLES_LAST;
	}
	return l->cycles <= CYCLES_MAX || too_many(h, l->cycles);
}

/* Cells ------------------------------------------------------------------------------- */

static bool fill_lane(host_t h, struct lanes *l, struct lane *x)
{
	size_t which = (size_t)(x->signal - l->waves.signals), n, at = 0;
	const struct posedge_change *c;
	const char *now = NULL;

	x->cell = calloc(l->cycles, sizeof(*x->cell));
	if (!x->cell)
		return h->fail(h->ctx, "no memory");
	if (!h->changes(h->ctx, &which, 1, l->start[0], l->start[l->cycles] - 1, &c, &n))
		return failed(h);
	for (size_t i = 0; i < l->cycles; i++) {
		const char *before = now;
		size_t inside = 0;

		for (; at < n && c[at].time < l->start[i + 1]; at++) {
			inside += c[at].time >= l->start[i];
			now = c[at].value;
			if (c[at].time < l->start[i])
				before = now;
		}
		x->cell[i] = now;
		if (inside) /* one change is visible if the final value differs */
			l->hidden += inside - (!before || strcmp(before, now) != 0);
	}
	return true;
}

bool lanes_read(host_t h, const struct wish *w, struct lanes *l)
{
	memset(l, 0, sizeof(*l));
	l->waves.size = sizeof(l->waves);
	if (!h->waves(h->ctx, NULL, &l->waves))
		return failed(h);
	if (!choose(h, w, l) || !find_starts(h, w, l))
		return false;
	for (size_t i = 0; i < l->n; i++)
		if (!fill_lane(h, l, &l->lane[i]))
			return false;
	return true;
}

void lanes_end(struct lanes *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->lane[i].cell);
	free(l->start);
}
