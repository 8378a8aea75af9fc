/* The initial layout, from the waves of a run; waveview_gtkw.h has the format. GTKWave
 * silently drops signals that the dump lacks.
 */
#include "config.h"

#include "sim/viewer/gtkwave_save.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"
#include "session/waveview/waveview.h"
#include "session/waveview/waveview_gtkw.h"

#define WINDOW_SIZE  "1000 680" /* fits a screen of 1024 by 768 */
#define TREE_PX	     180
#define WAVES_PX     400 /* of the window, beside the tree and the widest names */
#define NAME_PX	     8	 /* per character in the column of names and values */
#define MARGIN_PX    16
#define NAMES_MIN_PX 160
#define NAMES_MAX_PX 420
#define CYCLES_SHOWN 40 /* around the marker */

/* GTKWave's colour numbers; 0 is the theme's. Blue and indigo are unreadable on its
 * black. */
enum colour { PLAIN, ORANGE = 2, YELLOW = 3, VIOLET = 7 };

/* Groups signals by kind. */
enum rank { PORTS, INSIDE, PARAMETERS, RANKS };

static const char *const rank_names[RANKS] = { "ports", "inside", "parameters" };

struct writer {
	struct trace *t;
	struct str *out;
	const char *directions; /* NULL: from t */
	unsigned flags;		/* last written */
	int left;		/* number of signals that may still be listed */
	size_t clock, reset;	/* TRACE_NONE: none */
	struct str name;	/* of the scope named last */
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
	if (s->integer)
		return GTKW_RIGHT | GTKW_SIGNED;
	return GTKW_RIGHT | (strcasestr(s->name, "state") ? GTKW_DECIMAL : GTKW_HEX);
}

/* "tb.dut"; "" outside all scopes. */
static const char *scope_name(struct writer *wr, size_t scope)
{
	if (scope != wr->scope) {
		str_clear(&wr->name);
		trace_scope_name(wr->t, scope, &wr->name);
		wr->scope = scope;
	}
	return str_cstr(&wr->name);
}

/* False for a name that would be parsed as syntax of the format. */
static bool can_be_named(struct writer *wr, size_t i)
{
	const struct trace_signal *s = trace_signal_at(wr->t, i);
	const char *scope = scope_name(wr, s->scope), *first = *scope ? scope : s->name;

	return (isalpha((unsigned char)*first) || *first == '_' || *first == '\\') &&
	       !strpbrk(scope, " ?") && !strpbrk(s->name, " ?");
}

static char direction_of(const struct writer *wr, size_t i)
{
	return wr->directions ? wr->directions[i] : trace_signal_at(wr->t, i)->direction;
}

static enum colour colour_of(const struct writer *wr, size_t i)
{
	char direction = direction_of(wr, i);

	if (i == wr->clock || i == wr->reset)
		return YELLOW;
	return direction == 'i' ? VIOLET : direction ? ORANGE : PLAIN;
}

static void signal_line(struct writer *wr, size_t i)
{
	const struct trace_signal *s = trace_signal_at(wr->t, i);
	const char *scope = scope_name(wr, s->scope);
	enum colour colour = colour_of(wr, i);

	if (wr->left <= 0 || !can_be_named(wr, i))
		return;
	wr->left--;
	set_flags(wr, format_of(s));
	if (colour != PLAIN)
		str_addf(wr->out, "[color] %d\n", (int)colour);
	str_addf(wr->out, "%s%s%s", scope, *scope ? "." : "", s->name);
	gtkw_add_range(s, wr->out);
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

/* Nets at the top are not shown again. */
static bool is_on_top(const struct writer *wr, size_t i)
{
	size_t stream = trace_signal_at(wr->t, i)->stream;

	return (wr->clock != TRACE_NONE && stream == trace_signal_at(wr->t, wr->clock)->stream) ||
	       (wr->reset != TRACE_NONE && stream == trace_signal_at(wr->t, wr->reset)->stream);
}

static enum rank rank_of(const struct writer *wr, size_t i)
{
	return trace_signal_at(wr->t, i)->parameter ? PARAMETERS
	       : direction_of(wr, i)		    ? PORTS
						    : INSIDE;
}

static void comment(struct writer *wr, const char *text)
{
	set_flags(wr, GTKW_BLANK);
	str_addf(wr->out, "-%s\n", text);
}

static size_t scope_end(const struct trace *t, size_t i)
{
	size_t scope = trace_signal_at(t, i)->scope;

	while (i < trace_signals(t) && trace_signal_at(t, i)->scope == scope)
		i++;
	return i;
}

static bool has_rank(struct writer *wr, size_t i, size_t end, enum rank rank)
{
	for (; i < end; i++)
		if (rank_of(wr, i) == rank && !is_on_top(wr, i) && can_be_named(wr, i))
			return true;
	return false;
}

static void ranked(struct writer *wr, size_t i, size_t end, enum rank rank)
{
	for (; i < end && wr->left > 0; i++)
		if (rank_of(wr, i) == rank && !is_on_top(wr, i))
			signal_line(wr, i);
}

/* Writes the signals from i on that share its scope. A scope that the dump returns
 * to becomes a second group. */
static size_t group(struct writer *wr, size_t i, int level)
{
	size_t scope = trace_signal_at(wr->t, i)->scope, end = scope_end(wr->t, i);
	const char *name = scope == TRACE_NONE ? "" : trace_scope_at(wr->t, scope)->name;
	unsigned closed = level > 1 ? GTKW_CLOSED : 0;
	bool has[RANKS];
	int kinds = 0;

	for (int k = 0; k < RANKS; k++)
		kinds += has[k] = has_rank(wr, i, end, (enum rank)k);
	if (!kinds || wr->left <= 0)
		return end;
	set_flags(wr, GTKW_BLANK | GTKW_GROUP_BEGIN | closed);
	str_addf(wr->out, "-%s\n", name);
	for (int k = 0; k < RANKS && wr->left > 0; k++) {
		if (has[k] && kinds > 1)
			comment(wr, rank_names[k]);
		if (has[k])
			ranked(wr, i, end, (enum rank)k);
	}
	set_flags(wr, GTKW_BLANK | GTKW_GROUP_END | closed);
	str_addf(wr->out, "-%s\n", name);
	return end;
}

/* Writes groups from the outermost scope inward; those of one depth in dump order. */
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

/* Length of that many cycles around a time; the whole run if it has fewer. */
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
	if (l->has_marker && span < end)
		start = l->marker > span / 2 ? l->marker - span / 2 : 0;
	str_addf(out, "[timestart] %" PRIu64 "\n*%d.0 ", start, gtkw_zoom(span / (WAVES_PX / 200)));
	if (l->has_marker)
		str_addf(out, "%" PRIu64, l->marker);
	else
		str_adds(out, "-1");
	if (l->has_marker)
		str_addf(out, " %" PRIu64, l->marker);
	for (int name = l->has_marker ? 'B' : 'A'; name <= 'Z'; name++)
		str_adds(out, " -1");
	str_addc(out, '\n');
	if (l->has_marker)
		str_adds(out, "[markername] Afirst failure\n");
}

static void failure_text(const struct gtkwave_layout *l, struct str *out)
{
	str_adds(out, "first failure: ");
	waveview_time_text(l->trace, l->marker, out);
}

/* Makes room for the longest name, followed by the longest value: names are right-aligned, and
 * the comment that describes the failure counts as one. */
static void sizes(const struct gtkwave_layout *l, struct str *out)
{
	const struct trace *t = l->trace;
	size_t name = 0, value = 0, px;
	struct str failure = STR_INIT;

	for (size_t i = 0; i < trace_signals(t); i++) {
		const struct trace_signal *s = trace_signal_at(t, i);
		size_t n = strlen(s->name), v = (size_t)(s->width + 3) / 4;

		if (s->has_range)
			n += (size_t)snprintf(NULL, 0, "[%d:%d]", s->msb, s->lsb);
		name = n > name ? n : name;
		value = v > value ? v : value;
	}
	if (l->has_marker)
		failure_text(l, &failure);
	name = failure.len > name ? failure.len : name;
	str_free(&failure);
	px = (name + value + 2) * NAME_PX + MARGIN_PX;
	px = px < NAMES_MIN_PX ? NAMES_MIN_PX : px > NAMES_MAX_PX ? NAMES_MAX_PX : px;
	str_addf(out, "[size] %s\n[sst_width] %d\n[signals_width] %zu\n", WINDOW_SIZE, TREE_PX, px);
}

static void say_failure(const struct gtkwave_layout *l, struct writer *wr)
{
	struct str text = STR_INIT;

	failure_text(l, &text);
	comment(wr, str_cstr(&text));
	str_free(&text);
}

static void path_line(struct str *out, const char *tag, const char *path)
{
	for (const char *p = path; p && *p; p++) {
		if ((unsigned char)*p < ' ' || *p == '"')
			return; /* cannot be written here; the command line names it as well */
	}
	if (path)
		str_addf(out, "[%s] \"%s\"\n", tag, path);
}

void gtkwave_save_text(const struct gtkwave_layout *l, struct str *out)
{
	struct writer wr = { .t = l->trace,
			     .out = out,
			     .directions = l->directions,
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
	sizes(l, out);
	if (l->has_marker)
		say_failure(l, &wr);
	if (wr.clock != TRACE_NONE)
		signal_line(&wr, wr.clock);
	if (wr.reset != TRACE_NONE && wr.reset != wr.clock)
		signal_line(&wr, wr.reset);
	groups(&wr);
	str_free(&wr.name);
}
