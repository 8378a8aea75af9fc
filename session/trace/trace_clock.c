/* The clock is the signal named like one, or else the one that rises most often. Counting
 * stops at 64 rises: of two signals that reach it, the one that does so earlier rises
 * more often.
 */
#include "config.h"

#include "session/trace/trace_clock.h"

#include <string.h>
#include <strings.h>

#define CLOCKS_LOOKED 4000 /* one-bit signals examined */
#define RISES_COUNTED 64
#define DEPTH_MAX     1000

int trace_depth(const struct trace *t, size_t scope)
{
	int depth = -1;

	for (; scope != TRACE_NONE && depth < DEPTH_MAX; depth++)
		scope = trace_scope_at(t, scope)->parent;
	return depth < 0 ? 0 : depth;
}

bool trace_is_clock_name(const char *name)
{
	for (const char *p = name; *p; p++)
		if (strncasecmp(p, "clk", 3) == 0 || strncasecmp(p, "clock", 5) == 0)
			return true;
	return strcasecmp(name, "ck") == 0 || strcasecmp(name, "c") == 0;
}

/* True if a part of the name between underscores is such a word; "burst" is not "rst". */
static bool is_reset_name(const char *name)
{
	static const char *const starts[] = { "rst",  "reset",	"arst",	  "areset",
					      "srst", "sreset", "nreset", "nrst" };

	for (const char *part = name, *end; part; part = end ? end + 1 : NULL) {
		end = strchr(part, '_');
		for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
			if (strncasecmp(part, starts[i], strlen(starts[i])) == 0)
				return true;
	}
	return strstr(name, "Rst") || strstr(name, "Reset");
}

/* Number of rises, up to RISES_COUNTED; *last: time of the last one. */
static size_t rises(struct trace *t, size_t signal, uint64_t *last)
{
	struct trace_point p;
	size_t n = 0;
	bool any = trace_next(t, signal, trace_begin(t), &p);

	for (size_t steps = 0; any && steps < 2 * RISES_COUNTED; steps++) {
		n += p.value[0] == '1';
		*last = p.time;
		any = trace_next(t, signal, p.time, &p);
	}
	return n;
}

size_t trace_find_clock(struct trace *t)
{
	size_t best = TRACE_NONE, looked = 0, best_rises = 0;
	int best_depth = 0;
	bool best_named = false;
	uint64_t best_last = 0;

	for (size_t i = 0; i < trace_signals(t) && looked < CLOCKS_LOOKED; i++) {
		const struct trace_signal *s = trace_signal_at(t, i);
		bool named = trace_is_clock_name(s->name), better;
		int depth = trace_depth(t, s->scope);
		uint64_t last = 0;
		size_t n;

		if (s->kind != TRACE_BITS || s->width != 1 || s->parameter ||
		    (best_named && (!named || depth >= best_depth)))
			continue;
		looked++;
		n = rises(t, i, &last);
		if (n < 2)
			continue;
		/* the same count in less time */
		better = best == TRACE_NONE || (named && !best_named) ||
			 (named && depth < best_depth) ||
			 (!named && (n > best_rises || (n == best_rises && last < best_last)));
		if (!better)
			continue;
		best = i;
		best_rises = n;
		best_last = last;
		best_depth = depth;
		best_named = named;
	}
	return best;
}

size_t trace_find_reset(const struct trace *t)
{
	size_t best = TRACE_NONE;
	int best_depth = 0;

	for (size_t i = 0; i < trace_signals(t); i++) {
		const struct trace_signal *s = trace_signal_at(t, i);
		int depth;

		if (s->kind != TRACE_BITS || s->width != 1 || s->parameter ||
		    !is_reset_name(s->name))
			continue;
		depth = trace_depth(t, s->scope);
		if (best == TRACE_NONE || depth < best_depth) {
			best = i;
			best_depth = depth;
		}
	}
	return best;
}

size_t trace_clock(struct trace *t, size_t said)
{
	if (said == TRACE_NO_CLOCK)
		return TRACE_NONE;
	return said == TRACE_NONE ? trace_find_clock(t) : said;
}
