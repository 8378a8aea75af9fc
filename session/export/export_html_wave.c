/* Pictures: the waves of a run, and the session as a strip. */
#include "config.h"

#include "session/export/export_html.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/export_text.h"
#include "session/export/story.h"
#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"
#include "session/trace/trace_table.h"
#include "session/output/diag.h"

/* Waves ---------------------------------------------------------------------- */

#define CYCLES	  24
#define SIGNALS	  14
#define WIDTH	  960.0
#define NAMES	  190.0 /* width of the signals' names */
#define ROW	  26.0
#define HIGH	  4.0 /* from the top of a row to its upper line */
#define LOW	  20.0
#define STEPS_MAX 3000 /* steps of one signal; above it is shown as too dense */

struct picture {
	struct trace *t;
	size_t signals[SIGNALS];
	size_t n;
	uint64_t from, to;
	struct str *out;
};

static double x_of(const struct picture *p, uint64_t time)
{
	double span = p->to > p->from ? (double)(p->to - p->from) : 1;

	time = time < p->from ? p->from : time > p->to ? p->to : time;
	return NAMES + (WIDTH - NAMES - 4) * (double)(time - p->from) / span;
}

static bool is_known(const struct trace_signal *s, const struct trace_point *p)
{
	for (size_t i = 0; s->kind == TRACE_BITS && i < p->len; i++)
		if (p->value[i] != '0' && p->value[i] != '1')
			return false;
	return true;
}

/* The part of a bus, or of an unknown bit, with a constant value. */
static void box(struct picture *p, const struct trace_signal *s, const struct trace_point *value,
		double x, double x2, double y)
{
	struct str shown = STR_INIT;
	const char *digits;
	double slope = x2 - x > 6 ? 3 : 0;

	trace_value_text(s, value, &shown);
	str_addf(p->out,
		 "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1fH%.1fL%.1f %.1fL%.1f "
		 "%.1fH%.1fZ\"><title>",
		 is_known(s, value) ? "bus" : "unknown", x, y + 12, x + slope, y + HIGH, x2 - slope,
		 x2, y + 12, x2 - slope, y + LOW, x + slope);
	html_text(p->out, str_cstr(&shown), shown.len);
	str_adds(p->out, "</title></path>");
	digits = strchr(str_cstr(&shown), '\''); /* drawn without "8'h" and leading zeros */
	digits = digits ? digits + 2 : str_cstr(&shown);
	while (digits[0] == '0' && digits[1])
		digits++;
	if ((double)strlen(digits) * 6.7 + 6 < x2 - x) {
		str_addf(p->out, "<text class=\"val\" x=\"%.1f\" y=\"%.1f\">", (x + x2) / 2,
			 y + 16);
		html_text(p->out, digits, strlen(digits));
		str_adds(p->out, "</text>");
	}
	str_free(&shown);
}

/* A bit's line from its previous value to the current one. */
static void bit(struct picture *p, char value, double x, double x2, double y, double *last)
{
	double level = y + (value == '1' ? HIGH : LOW);

	str_addf(p->out, "<path class=\"bit%s\" d=\"M%.1f %.1f", value == '1' ? " one" : "", x,
		 *last < 0 ? level : *last);
	str_addf(p->out, "V%.1fH%.1f\"/>", level, x2);
	*last = level;
}

static void signal_name(struct picture *p, size_t signal, double y)
{
	const char *name = trace_signal_at(p->t, signal)->name;
	struct str full = STR_INIT;

	trace_full_name(p->t, signal, &full);
	str_addf(p->out, "<text class=\"sig\" x=\"%.0f\" y=\"%.1f\"><title>", NAMES - 10, y + 16);
	html_text(p->out, str_cstr(&full), full.len);
	str_adds(p->out, "</title>");
	if (strlen(name) > 24) {
		html_text(p->out, name, 22);
		str_adds(p->out, "…");
	} else {
		html_text(p->out, name, strlen(name));
	}
	str_adds(p->out, "</text>");
	str_free(&full);
}

static void signal_row(struct picture *p, size_t row)
{
	size_t signal = p->signals[row];
	const struct trace_signal *s = trace_signal_at(p->t, signal);
	double y = 22 + ROW * (double)row, last = -1;
	struct trace_point now, next;
	bool any;

	signal_name(p, signal, y);
	any = trace_at(p->t, signal, p->from, &now) || trace_next(p->t, signal, p->from, &now);
	for (size_t steps = 0; any && now.time <= p->to && steps < STEPS_MAX; steps++) {
		char *value = mem_dup(now.value, now.len); /* valid until the next query */
		double x = x_of(p, now.time), x2;

		now.value = value;
		any = trace_next(p->t, signal, now.time, &next);
		x2 = x_of(p, any ? next.time : p->to);
		if (s->width == 1 && s->kind == TRACE_BITS && is_known(s, &now)) {
			bit(p, value[0], x, x2, y, &last);
		} else {
			box(p, s, &now, x, x2, y);
			last = -1;
		}
		free(value);
		now = next;
	}
}

static void time_text(const struct picture *p, uint64_t time, struct str *out)
{
	static const char *const units[] = { "fs", "ps", "ns", "us", "ms", "s" };
	int magnitude, exponent, unit;
	double value;

	if (!trace_timescale(p->t, &magnitude, &exponent)) {
		str_addf(out, "step %llu", (unsigned long long)time);
		return;
	}
	unit = exponent >= -15 && exponent <= 0 ? (exponent + 15) / 3 : 0;
	value = (double)time * magnitude;
	for (int i = (exponent + 15) % 3; exponent >= -15 && exponent <= 0 && i > 0; i--)
		value *= 10;
	for (int i = exponent; i < -15; i++)
		value /= 10; /* less than a femtosecond */
	while (value >= 1000 && unit < 5) {
		value /= 1000;
		unit++;
	}
	str_addf(out, "%g %s", value, units[unit]);
}

static void axis(struct picture *p, double height, const struct story_run *r)
{
	for (int i = 0; i <= 4; i++) {
		uint64_t time = p->from + (p->to - p->from) / 4 * (uint64_t)i;
		double x = x_of(p, time);

		str_addf(p->out,
			 "<path class=\"grid\" d=\"M%.1f 18V%.1f\"/><text class=\"time\" "
			 "x=\"%.1f\" y=\"12\" text-anchor=\"%s\">",
			 x, height, x,
			 i == 4 ? "end"
			 : i	? "middle"
				: "start");
		time_text(p, time, p->out);
		str_adds(p->out, "</text>");
	}
	if (r->first_time >= 0 && (uint64_t)r->first_time >= p->from &&
	    (uint64_t)r->first_time <= p->to)
		str_addf(p->out,
			 "<path class=\"failure\" d=\"M%.1f 14V%.1f\"><title>the first "
			 "failure</title></path>",
			 x_of(p, (uint64_t)r->first_time), height);
}

/* Time at which the picture ends: at the first failure, or after a number of cycles. */
static uint64_t end_time(struct trace *t, size_t clock, const struct story_run *r)
{
	struct trace_point p;
	size_t up = 0;
	bool any = clock != TRACE_NONE && trace_next(t, clock, trace_begin(t), &p);

	if (r->first_time >= 0)
		return (uint64_t)r->first_time;
	for (; any; any = trace_next(t, clock, p.time, &p)) {
		up += p.value[0] == '1';
		if (up > CYCLES)
			return p.time;
	}
	return trace_end(t);
}

/* Removes events: they have no value to draw. */
static void drop_events(struct picture *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		if (trace_signal_at(p->t, p->signals[i])->kind != TRACE_EVENT)
			p->signals[n++] = p->signals[i];
	}
	p->n = n;
}

static void draw(struct trace *t, const struct story_run *r, struct str *out)
{
	size_t clock = trace_find_clock(t);
	struct picture p = { .t = t, .out = out };
	const struct trace_rows rows = { .clock = { .signal = clock == TRACE_NONE ? TRACE_NO_CLOCK
										  : clock },
					 .time = end_time(t, clock, r),
					 .rows = CYCLES,
					 .cols = SIGNALS };
	struct str table = STR_INIT;
	uint64_t end = trace_end(t), more;
	double height;

	p.n = trace_choose(t, &rows, p.signals, &p.from, &p.to);
	drop_events(&p);
	if (p.n == 0 || p.from == p.to) {
		str_adds(out,
			 "<p class=\"missing\">No signal changed in the recorded waves.</p>\n");
		return;
	}
	/* Show a little of what follows. */
	more = (p.to - p.from) / 12 + 1;
	if (r->first_time >= 0 && p.to < end)
		p.to += more < end - p.to ? more : end - p.to;
	height = 26 + ROW * (double)p.n;
	str_addf(out,
		 "<figure class=\"wave\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" "
		 "aria-label=\"Waves of run %llu, may be scrolled\">"
		 "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Waves of %zu signals; "
		 "the table below says the same\">",
		 (unsigned long long)r->n, WIDTH, height, p.n);
	axis(&p, height, r);
	for (size_t i = 0; i < p.n; i++)
		signal_row(&p, i);
	str_adds(out, "</svg></div><figcaption>");
	time_text(&p, p.from, out);
	str_adds(out, " to ");
	time_text(&p, p.to, out);
	str_adds(out, " of ");
	time_text(&p, end, out);
	str_adds(out, r->first_time >= 0 ? "; the line marks the first failure" : "");
	str_adds(
		out,
		"</figcaption><details><summary>The same as a table</summary><pre tabindex=\"0\">");
	trace_table(t, &rows, &table);
	html_text(out, str_cstr(&table), table.len);
	str_adds(out, "</pre></details></figure>\n");
	str_free(&table);
}

void html_wave(const struct story *s, const struct story_run *r, const struct export_context *c,
	       struct str *out)
{
	char *rel = NULL, *path = NULL;
	struct trace *t = NULL;
	struct err why = { 0 };

	if (!r->ended_ms || !r->wave[0]) {
		str_adds(out, "<p class=\"missing\">No waves were recorded.</p>\n");
		return;
	}
	if (!c->open_trace) {
		str_adds(out, "<p class=\"missing\">Waves are not drawn here.</p>\n");
		return;
	}
	/* The journal may come from anywhere: read nothing outside the session. */
	if (path_inside(s->dir, r->wave, &rel, &why)) {
		path = path_join(s->dir, rel);
		if (file_exists(path))
			c->open_trace(c->loop, path, &t, &why);
		else
			why.code = ERR_NOT_FOUND;
	}
	if (t) {
		draw(t, r, out);
	} else {
		str_addf(out, "<p class=\"missing\">The waves of this run are missing: %s.</p>\n",
			 why.code == ERR_NOT_FOUND ? "the file is not there any more"
						   : "the file cannot be read");
	}
	trace_close(t);
	free(path);
	free(rel);
}

/* The strip -------------------------------------------------------------------- */

#define STRIP_WIDTH 1000.0
#define STRIP_LEFT  74.0
#define LANES	    5
#define LANE	    30.0

static const char *const lanes[LANES] = { "asked", "proposed", "you", "lint", "simulated" };

static double lane(int i)
{
	return 16 + LANE * i;
}

static void title(const struct moment *m, struct str *out)
{
	str_adds(out, "<title>");
	export_clock(m->t_ms, out);
	str_adds(out, " ");
	html_text(out, str_cstr(&m->text), m->text.len);
	str_adds(out, "</title>");
}

static void disc(const struct moment *m, double x, int at, double r, const char *class,
		 struct str *out)
{
	str_addf(out, "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\">", class, x,
		 lane(at), r);
	title(m, out);
	str_adds(out, "</circle>");
}

static void lint_bar(const struct story *s, const struct moment *m, double x, struct str *out)
{
	const struct story_lint *l = &s->lints[m->of];
	size_t errors = diag_list_count(l->found, DIAG_ERROR),
	       n = errors + diag_list_count(l->found, DIAG_RISK);
	double h = n > 6 ? 24 : 6 + 3 * (double)n;

	if (story_lint_clean(l)) {
		disc(m, x, 3, 4, "good", out);
		return;
	}
	str_addf(out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"%.1f\">",
		 l->error.len ? "none"
		 : errors     ? "bad"
			      : "risk",
		 x - 3, lane(3) + 12 - h, h);
	title(m, out);
	str_adds(out, "</rect>");
}

static void verdict_mark(const struct story *s, const struct moment *m, double x, struct str *out)
{
	const char *grade = export_grade(&s->runs[m->of]);

	str_addf(
		out,
		"<g class=\"%s\"><rect x=\"%.1f\" y=\"%.1f\" width=\"16\" height=\"18\" rx=\"3\"/>",
		grade, x - 8, lane(4) - 9);
	str_addf(out, "<text class=\"mark\" x=\"%.1f\" y=\"%.1f\">%s</text>", x, lane(4) + 4.5,
		 grade[0] == 'g'   ? "P"
		 : grade[0] == 'b' ? "F"
				   : "–");
	title(m, out);
	str_adds(out, "</g>");
}

static const char *decided(const struct moment *m)
{
	enum decision d = m->lines.n ? m->lines.v[0].decision : DECISION_OPEN;

	return d == DECISION_TAKEN ? "good" : d == DECISION_REFUSED ? "bad" : "none";
}

static void mark(const struct story *s, const struct moment *m, double x, struct str *out)
{
	static const struct {
		int lane;
		double r;
		const char *class; /* NULL: no disc */
	} discs[EVENT_TYPES] = {
		[EVENT_ASK] = { 0, 7, "ask" },	       [EVENT_ANSWER] = { 0, 4, "answer" },
		[EVENT_SUGGEST] = { 1, 6, "suggest" }, [EVENT_AMEND] = { 2, 5, "edited" },
		[EVENT_APPLY] = { 2, 7, "apply" },     [EVENT_EDIT] = { 2, 3, "edit" },
		[EVENT_RENAME] = { 2, 3, "edit" },     [EVENT_REMOVE] = { 2, 3, "edit" },
		[EVENT_GOTO] = { 2, 3, "edit" },       [EVENT_MARK] = { 2, 6, "note" },
		[EVENT_REWIND] = { 2, 6, "note" },     [EVENT_NOTE] = { 2, 6, "note" },
		[EVENT_FIX] = { 0, 4, "answer" },
	};

	if (m->type == EVENT_DECIDE)
		disc(m, x, 2, 5, decided(m), out);
	else if (m->type == EVENT_LINT)
		lint_bar(s, m, x, out);
	else if (m->type == EVENT_VERDICT)
		verdict_mark(s, m, x, out);
	else if (discs[m->type].class)
		disc(m, x, discs[m->type].lane, discs[m->type].r, discs[m->type].class, out);
}

/* Above the marks, since the script keeps them at the left edge when scrolling. */
static void lane_names(double height, struct str *out)
{
	str_addf(out,
		 "<g id=\"lanes\"><rect class=\"names\" x=\"0\" y=\"0\" width=\"%.0f\" "
		 "height=\"%.0f\"/>",
		 STRIP_LEFT - 2, height);
	for (int i = 0; i < LANES; i++)
		str_addf(out, "<text class=\"lane\" x=\"0\" y=\"%.1f\">%s</text>", lane(i) + 4,
			 lanes[i]);
	str_adds(out, "</g>");
}

void html_strip(const struct story *s, struct str *out)
{
	size_t n = 0, k = 0;
	double height = 16 + LANE * LANES;

	for (size_t i = 0; i < s->n_moments; i++)
		n += s->moments[i].type != EVENT_PIECE;
	str_addf(out,
		 "<svg class=\"strip\" id=\"strip\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
		 "aria-label=\"What happened, from left to right; the list of all moments says the "
		 "same in words\">",
		 STRIP_WIDTH, height);
	for (int i = 0; i < LANES; i++)
		str_addf(out, "<path class=\"grid\" d=\"M%.0f %.1fH%.0f\"/>", STRIP_LEFT, lane(i),
			 STRIP_WIDTH);
	str_addf(out,
		 "<path class=\"cursor\" id=\"cursor\" d=\"M0 0V%.0f\" visibility=\"hidden\"/>",
		 height);
	for (size_t i = 0; i < s->n_moments; i++) {
		double x = STRIP_LEFT + 10 +
			   (STRIP_WIDTH - STRIP_LEFT - 20) *
				   (n > 1 ? (double)k / (double)(n - 1) : 0.5);

		if (s->moments[i].type == EVENT_PIECE)
			continue;
		mark(s, &s->moments[i], x, out);
		k++;
	}
	lane_names(height, out);
	str_adds(out, "</svg>\n");
}
