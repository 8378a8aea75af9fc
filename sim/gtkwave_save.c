/* The layout of a first look, from the waves of a run; the format itself is
 * waveview_gtkw.h's. Signals that a dump lacks are dropped by GTKWave without a message.
 */
#include "config.h"

#include "sim/gtkwave_save.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"
#include "session/waveview/waveview_gtkw.h"

#define WINDOW_PX    800 /* of the waves, at first */
#define CYCLES_SHOWN 40	 /* around the marker */

struct writer {
	struct trace *t;
	struct str *out;
	unsigned flags;	     /* last written */
	int left;	     /* signals that may still be named */
	size_t clock, reset; /* TRACE_NONE: there is none */
	struct str name;     /* of the scope that was named last */
	size_t scope;
};

static void set_flags(struct writer *wr, unsigned flags)
{
	if (flags != wr->flags)
		str_addf(wr->out, "@%x\n", flags);
	wr->flags = flags;
}

static unsigned format_of(const struct trace_signal *s)
{
	if (s->kind == TRACE_REAL || s->kind == TRACE_TEXT)
		return GTKW_RIGHT | GTKW_BINARY | GTKW_ANALOG_STEP;
	if (s->width == 1)
		return GTKW_RIGHT | GTKW_BINARY;
	return GTKW_RIGHT | (strcasestr(s->name, "state") ? GTKW_DECIMAL : GTKW_HEX);
}

/* "tb.dut"; "" outside of all. */
static const char *scope_name(struct writer *wr, size_t scope)
{
	if (scope != wr->scope) {
		str_clear(&wr->name);
		trace_scope_name(wr->t, scope, &wr->name);
		wr->scope = scope;
	}
	return str_cstr(&wr->name);
}

/* A name must not be taken for one of the format's own marks. */
static bool can_be_named(struct writer *wr, size_t i)
{
	const struct trace_signal *s = trace_signal_at(wr->t, i);
	const char *scope = scope_name(wr, s->scope), *first = *scope ? scope : s->name;

	return (isalpha((unsigned char)*first) || *first == '_' || *first == '\\') &&
	       !strpbrk(scope, " ?") && !strpbrk(s->name, " ?");
}

static void signal_line(struct writer *wr, size_t i)
{
	const struct trace_signal *s = trace_signal_at(wr->t, i);
	const char *scope = scope_name(wr, s->scope);

	if (wr->left <= 0 || !can_be_named(wr, i))
		return;
	wr->left--;
	set_flags(wr, format_of(s));
	str_addf(wr->out, "%s%s%s", scope, *scope ? "." : "", s->name);
	if (s->has_range)
		str_addf(wr->out, "[%d:%d]", s->msb, s->lsb);
	str_addc(wr->out, '\n');
}

static int depth_of(const struct writer *wr, size_t i)
{
	return trace_depth(wr->t, trace_signal_at(wr->t, i)->scope);
}

static int outermost(const struct writer *wr)
{
	int least = -1;

	for (size_t i = 0; i < trace_signals(wr->t); i++) {
		int d = depth_of(wr, i);

		least = least < 0 || d < least ? d : least;
	}
	return least;
}

/* Nets shown on top are not shown again. */
static bool is_on_top(const struct writer *wr, size_t i)
{
	size_t stream = trace_signal_at(wr->t, i)->stream;

	return (wr->clock != TRACE_NONE && stream == trace_signal_at(wr->t, wr->clock)->stream) ||
	       (wr->reset != TRACE_NONE && stream == trace_signal_at(wr->t, wr->reset)->stream);
}

/* Ports come first, where the dump tells them, and parameters last. */
static int rank_of(const struct trace_signal *s)
{
	return s->parameter ? 2 : s->direction ? 0 : 1;
}

static size_t scope_end(const struct trace *t, size_t i)
{
	size_t scope = trace_signal_at(t, i)->scope;

	while (i < trace_signals(t) && trace_signal_at(t, i)->scope == scope)
		i++;
	return i;
}

/* Signals from i on that share its scope. A scope that a dump goes back to
 * becomes a second group. */
static size_t group(struct writer *wr, size_t i, int level)
{
	size_t scope = trace_signal_at(wr->t, i)->scope, end = scope_end(wr->t, i);
	const char *name = scope == TRACE_NONE ? "" : trace_scope_at(wr->t, scope)->name;
	unsigned closed = level > 1 ? GTKW_CLOSED : 0;
	bool open = false;

	for (int rank = 0; rank < 3; rank++) {
		for (size_t k = i; k < end && wr->left > 0; k++) {
			if (rank_of(trace_signal_at(wr->t, k)) != rank || is_on_top(wr, k) ||
			    !can_be_named(wr, k))
				continue;
			if (!open) {
				set_flags(wr, GTKW_BLANK | GTKW_GROUP_BEGIN | closed);
				str_addf(wr->out, "-%s\n", name);
				open = true;
			}
			signal_line(wr, k);
		}
	}
	if (open) {
		set_flags(wr, GTKW_BLANK | GTKW_GROUP_END | closed);
		str_addf(wr->out, "-%s\n", name);
	}
	return end;
}

/* From the outside in; modules of one depth in the order of the dump. */
static void groups(struct writer *wr)
{
	int first = outermost(wr), deepest = first;

	for (int level = first; level <= deepest && level < first + 64 && wr->left > 0; level++) {
		for (size_t i = 0; i < trace_signals(wr->t);) {
			int d = depth_of(wr, i);

			deepest = d > deepest ? d : deepest;
			i = d == level ? group(wr, i, level - first) : i + 1;
		}
	}
}

/* How long so many cycles around a time are; all of the run where it has fewer. */
static uint64_t cycles_around(struct trace *t, size_t clock, uint64_t time)
{
	uint64_t first = time, end = trace_end(t);
	size_t n = 0;
	struct trace_point p;
	bool any = trace_at(t, clock, time, &p);

	for (; any && n <= 2 * CYCLES_SHOWN; n++) {
		first = p.time;
		any = trace_prev(t, clock, first, &p);
	}
	for (any = trace_next(t, clock, time, &p); any && n <= 2 * CYCLES_SHOWN; n++) {
		time = p.time;
		any = trace_next(t, clock, time, &p);
	}
	return n <= 2 * CYCLES_SHOWN || time - first > end ? end : time - first;
}

static void view(const struct gtkwave_layout *l, const struct writer *wr, struct str *out)
{
	uint64_t end = l->trace ? trace_end(l->trace) : 0, span = end, start = 0;

	if (l->has_marker && wr->clock != TRACE_NONE)
		span = cycles_around(l->trace, wr->clock, l->marker);
	/* The cause lies before: three quarters of the window. */
	if (l->has_marker && span < end)
		start = l->marker > span / 4 * 3 ? l->marker - span / 4 * 3 : 0;
	str_addf(out, "[timestart] %" PRIu64 "\n*%d.0 ", start,
		 gtkw_zoom(span / (WINDOW_PX / 200)));
	if (l->has_marker)
		str_addf(out, "%" PRIu64, l->marker);
	else
		str_adds(out, "-1");
	for (int name = 'A'; name <= 'Z'; name++)
		str_adds(out, " -1");
	str_addc(out, '\n');
}

static void path_line(struct str *out, const char *tag, const char *path)
{
	for (const char *p = path; p && *p; p++) {
		if ((unsigned char)*p < ' ' || *p == '"')
			return; /* cannot be said; the command line names it as well */
	}
	if (path)
		str_addf(out, "[%s] \"%s\"\n", tag, path);
}

void gtkwave_save_text(const struct gtkwave_layout *l, struct str *out)
{
	struct writer wr = { .t = l->trace,
			     .out = out,
			     .left = GTKWAVE_SIGNALS,
			     .clock = TRACE_NONE,
			     .reset = TRACE_NONE,
			     .scope = TRACE_NONE };

	str_adds(out, GTKWAVE_OURS);
	path_line(out, "dumpfile", l->wave_path);
	path_line(out, "savefile", l->save_path);
	if (l->trace) {
		wr.clock = trace_clock(l->trace, l->clock);
		wr.reset = trace_find_reset(l->trace);
	}
	if (l->trace || l->has_marker)
		view(l, &wr, out);
	if (!l->trace)
		return;
	if (wr.clock != TRACE_NONE)
		signal_line(&wr, wr.clock);
	if (wr.reset != TRACE_NONE && wr.reset != wr.clock)
		signal_line(&wr, wr.reset);
	groups(&wr);
	str_free(&wr.name);
}
