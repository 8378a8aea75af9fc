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
#include "session/tool/wave.h"
#include "session/waveview/waveview_gtkw.h"

#define WINDOW_PX    800 /* of the waves, at first */
#define CYCLES_SHOWN 40	 /* around the marker */

struct writer {
	const struct wave *w;
	struct str *out;
	unsigned flags; /* last written */
	int left;	/* signals that may still be named */
	long clock, reset;
};

static void set_flags(struct writer *wr, unsigned flags)
{
	if (flags != wr->flags)
		str_addf(wr->out, "@%x\n", flags);
	wr->flags = flags;
}

static unsigned format_of(const struct wave_signal *s)
{
	if (s->real)
		return GTKW_RIGHT | GTKW_BINARY | GTKW_ANALOG_STEP;
	if (s->width == 1)
		return GTKW_RIGHT | GTKW_BINARY;
	return GTKW_RIGHT | (strcasestr(s->name, "state") ? GTKW_DECIMAL : GTKW_HEX);
}

/* A name must not be taken for one of the format's own marks. */
static bool can_be_named(const struct wave_signal *s)
{
	const char *first = *s->scope ? s->scope : s->name;

	return (isalpha((unsigned char)*first) || *first == '_' || *first == '\\') &&
	       !strpbrk(s->scope, " ?") && !strpbrk(s->name, " ?");
}

static void signal_line(struct writer *wr, size_t i)
{
	const struct wave_signal *s = wave_signal_at(wr->w, i);

	if (wr->left <= 0 || !can_be_named(s))
		return;
	wr->left--;
	set_flags(wr, format_of(s));
	str_addf(wr->out, "%s%s%s", s->scope, *s->scope ? "." : "", s->name);
	if (s->has_range)
		str_addf(wr->out, "[%d:%d]", s->msb, s->lsb);
	str_addc(wr->out, '\n');
}

static int depth(const char *scope)
{
	int n = 0;

	for (; *scope; scope++)
		n += *scope == '.';
	return n;
}

static int outermost(const struct wave *w)
{
	int least = -1;

	for (size_t i = 0; i < wave_signals(w); i++) {
		int d = depth(wave_signal_at(w, i)->scope);

		least = least < 0 || d < least ? d : least;
	}
	return least;
}

/* Nets shown on top are not shown again. */
static bool is_on_top(const struct writer *wr, size_t i)
{
	size_t stream = wave_stream(wr->w, i);

	return (wr->clock >= 0 && stream == wave_stream(wr->w, (size_t)wr->clock)) ||
	       (wr->reset >= 0 && stream == wave_stream(wr->w, (size_t)wr->reset));
}

/* Signals from i on that share its scope. A scope that a dump goes back to
 * becomes a second group. */
static size_t group(struct writer *wr, size_t i, int level)
{
	const char *scope = wave_signal_at(wr->w, i)->scope;
	const char *name = strrchr(scope, '.') ? strrchr(scope, '.') + 1 : scope;
	bool open = false;

	for (; i < wave_signals(wr->w) && strcmp(wave_signal_at(wr->w, i)->scope, scope) == 0;
	     i++) {
		if (is_on_top(wr, i) || wr->left <= 0 || !can_be_named(wave_signal_at(wr->w, i)))
			continue;
		if (!open) {
			set_flags(wr,
				  GTKW_BLANK | GTKW_GROUP_BEGIN | (level > 1 ? GTKW_CLOSED : 0));
			str_addf(wr->out, "-%s\n", name);
			open = true;
		}
		signal_line(wr, i);
	}
	if (open) {
		set_flags(wr, GTKW_BLANK | GTKW_GROUP_END | (level > 1 ? GTKW_CLOSED : 0));
		str_addf(wr->out, "-%s\n", name);
	}
	return i;
}

/* From the outside in; modules of one depth in the order of the dump. */
static void groups(struct writer *wr)
{
	int first = outermost(wr->w), deepest = first;

	for (int level = first; level <= deepest && level < first + 64 && wr->left > 0; level++) {
		for (size_t i = 0; i < wave_signals(wr->w);) {
			int d = depth(wave_signal_at(wr->w, i)->scope);

			deepest = d > deepest ? d : deepest;
			i = d == level ? group(wr, i, level - first) : i + 1;
		}
	}
}

static void view(const struct gtkwave_layout *l, const struct writer *wr, struct str *out)
{
	uint64_t end = l->wave ? wave_end(l->wave) : 0, span = end, start = 0;

	if (l->has_marker && wr->clock >= 0) {
		size_t changes = wave_signal_at(l->wave, (size_t)wr->clock)->changes;
		uint64_t cycles = changes / 2, until = wave_unknown_from(l->wave);

		/* Of a large dump only a part was read. */
		until = until < end ? until : end;
		if (cycles > CYCLES_SHOWN && until > wave_from(l->wave))
			span = (until - wave_from(l->wave)) / cycles * CYCLES_SHOWN;
		else if (until < end || wave_from(l->wave))
			span = (until - wave_from(l->wave)) * CYCLES_SHOWN / (cycles + 1);
	}
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
	struct writer wr = {
		.w = l->wave, .out = out, .left = GTKWAVE_SIGNALS, .clock = -1, .reset = -1
	};

	str_adds(out, GTKWAVE_OURS);
	path_line(out, "dumpfile", l->wave_path);
	path_line(out, "savefile", l->save_path);
	if (l->wave) {
		wr.clock = wave_clock(l->wave);
		wr.reset = wave_reset(l->wave);
	}
	if (l->wave || l->has_marker)
		view(l, &wr, out);
	if (!l->wave)
		return;
	if (wr.clock >= 0)
		signal_line(&wr, (size_t)wr.clock);
	if (wr.reset >= 0 && wr.reset != wr.clock)
		signal_line(&wr, (size_t)wr.reset);
	groups(&wr);
}
