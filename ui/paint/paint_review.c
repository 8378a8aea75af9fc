/* A suggestion as a diff with a mark for each unit. Above it, in tall panes, what
 * changes as hardware; below it, the lint preview for stopping here and for taking the
 * rest. Nothing that matters to a decision may be hidden: tabs, trailing blanks and a
 * line end that is not the file's are drawn, and a long line is wrapped, never cut. Space is
 * reserved for results still being computed, so the diff does not move under the
 * cursor.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/text/diff.h"
#include "session/text/diff_words.h"
#include "ui/document/highlight.h"
#include "ui/document/view.h"
#include "ui/look/signs.h"
#include "ui/paint/paint.h"
#include "ui/paint/scene.h"
#include "ui/widget/review.h"

static char decision_mark(enum decision d)
{
	return d == DECISION_TAKEN ? 'y' : d == DECISION_REFUSED ? 'n' : '?';
}

struct line {
	const char *text;
	size_t len;
	unsigned style;
	const uint8_t *styles;	/* of each byte; NULL: style for all */
	const uint8_t *changed; /* flags the bytes that differ from the other line; may be NULL */
};

/* Paints bytes [from, to) of a line; returns the column after it. Makes invisible
 * bytes visible: trailing blanks and tabs (in their width); frame_text() escapes CR
 * and other controls. */
static int paint_line(struct frame *f, int row, int col, int end, const struct line *l, size_t from,
		      size_t to)
{
	size_t visible = l->len;
	int start = col;

	while (visible && (l->text[visible - 1] == ' ' || l->text[visible - 1] == '\t'))
		visible--;
	for (size_t i = from; i < to && col < end;) {
		struct cluster c;

		if (l->text[i] == '\t') {
			int next = col + VIEW_TAB - (col - start) % VIEW_TAB;

			frame_puts(f, row, col, end, STYLE_ESCAPE, sign(SIGN_TAB));
			while (++col < next && col < end)
				frame_puts(f, row, col, end, l->style, " ");
			i++;
			continue;
		}
		if (i >= visible) {
			col = frame_puts(f, row, col, end, STYLE_ESCAPE, "_");
			i++;
			continue;
		}
		cluster_next(l->text + i, l->len - i, &c);
		col = frame_cluster(f, row, col, end,
				    (l->styles ? l->styles[i] : l->style) |
					    (l->changed && l->changed[i] ? STYLE_MATCH : 0),
				    &c);
		i += c.len;
	}
	return col;
}

/* Flags the bytes of this line that are not in the other line of the pair. */
static uint8_t *changed_words(const struct review *v, const struct review_row *x, const char *text,
			      size_t len, const struct lines *a, const struct lines *b)
{
	size_t other_len;
	const char *other = x->kind == '+' ? lines_at(a, x->base - 1, &other_len)
					   : lines_at(b, x->fresh, &other_len);
	uint8_t *changed, *there;

	review_line_end(v, other, &other_len);
	changed = mem_calloc(len + 1, 1);
	there = mem_calloc(other_len + 1, 1);
	diff_words(text, len, changed, other, other_len, there);
	free(there);
	return changed;
}

static const char *row_text(const struct review_row *x, const struct suggestion *s,
			    const struct lines *a, const struct lines *b, struct str *move,
			    size_t *len)
{
	if (x->kind != '>')
		return x->kind == '+' ? lines_at(b, x->fresh, len) : lines_at(a, x->base, len);
	suggestion_print_move(s, move);
	*len = move->len;
	return str_cstr(move);
}

/* Says at the right of a row how its end differs from the file's; its text ends before
 * column col. */
static void paint_end(struct frame *f, int row, struct rect r, int col, enum review_end ends)
{
	int end = r.col + r.cols;

	row += col + REVIEW_NO_LF > end; /* the sign must not cover a part of the line */
	if (row < r.row + r.rows)
		frame_puts(f, row, end - REVIEW_NO_LF + 1, end, STYLE_ESCAPE,
			   ends == REVIEW_END_NONE ? "no LF" : "no CR");
}

/* Left of the text: the cursor, the decision, and the marks for units that were asked
 * about or are needed by others. */
static void paint_gutter(struct frame *f, int row, struct rect r, const struct review *v,
			 const struct suggestion *s, const struct review_row *x)
{
	const struct unit *u = suggestion_unit(s, (size_t)x->unit);
	int end = r.col + r.cols;
	size_t first, last;

	review_hunk(s, v->unit, &first, &last);
	if ((size_t)x->unit == v->unit)
		frame_puts(f, row, r.col + 6, end, STYLE_KEY, ">");
	else if ((size_t)x->unit >= first && (size_t)x->unit <= last)
		frame_puts(f, row, r.col + 6, end, STYLE_DIM, sign(SIGN_DIVIDER));
	if (x->mark)
		frame_putf(f, row, r.col + 7, end,
			   u->decision == DECISION_TAKEN     ? STYLE_GOOD
			   : u->decision == DECISION_REFUSED ? STYLE_ERROR
							     : STYLE_RISK,
			   "%c", decision_mark(u->decision));
	if (x->mark && v->asked && v->asked[x->unit])
		frame_puts(f, row, r.col + 5, end, STYLE_KEY, "\"");
	if (v->badges[u->hunk].needed)
		frame_puts(f, row, r.col + 8, end, STYLE_KEY, "*");
}

/* Paints row i; a long line continues on the rows below, up to the last of r. */
static void paint_row(struct frame *f, int row, struct rect r, const struct review *v,
		      const struct suggestion *s, size_t i, const struct lines *a,
		      const struct lines *b)
{
	const struct review_row *x = &v->rows[i];
	struct str move = STR_INIT;
	struct line l = { .style = x->kind == '>'   ? STYLE_TITLE
				   : x->kind == '+' ? STYLE_ADDED
				   : x->kind == '-' ? STYLE_REMOVED
						    : STYLE_TEXT };
	uint8_t *styles = NULL, *changed = NULL, state = 0;
	enum review_end ends = REVIEW_END_SAME;
	int end = r.col + r.cols, col = r.col + REVIEW_GUTTER;

	l.text = row_text(x, s, a, b, &move, &l.len);
	if (x->kind != '>')
		ends = review_line_end(v, l.text, &l.len);
	if (x->kind == ' ') {
		l.styles = styles = mem_calloc(l.len + 1, 1);
		highlight_text(SYNTAX_VERILOG, &state, l.text, l.len, styles);
	}
	if (x->unit >= 0 && suggestion_unit(s, (size_t)x->unit)->kind == UNIT_REPLACED)
		l.changed = changed = changed_words(v, x, l.text, l.len, a, b);
	if (x->kind != '+' && x->kind != '>')
		frame_putf(f, row, r.col, r.col + 5, STYLE_DIM, "%5zu", x->base + 1);
	if (x->unit >= 0)
		paint_gutter(f, row, r, v, s, x);
	if (x->kind != ' ')
		frame_putf(f, row, r.col + 9, end, l.style, "%c", x->kind);
	for (size_t from = 0; row < r.row + r.rows; row++) {
		size_t to = review_wrap(l.text, l.len, from, r.cols - REVIEW_GUTTER);

		col = paint_line(f, row, r.col + REVIEW_GUTTER, end, &l, from, to);
		if (to >= l.len)
			break;
		from = to;
	}
	if (ends == REVIEW_END_OTHER ||
	    (ends == REVIEW_END_NONE && (i + 1 == v->n || x->kind != ' ')))
		paint_end(f, row, r, col, ends);
	str_free(&move);
	free(styles);
	free(changed);
}

/* column of the cursor sign, left of a unit's mark; a click from there on decides */
#define MARK_COL       6
#define HARDWARE_ROWS  4  /* at most */
#define HARDWARE_PANE  16 /* least height of a pane that shows them */
#define HARDWARE_LABEL 14 /* columns left of the lines */

/* One row while the result is pending, so that the diff moves at most once. */
static int hardware_rows(const struct scene *s, struct rect pane)
{
	size_t n = s->review->hardware.n;

	if (pane.rows < HARDWARE_PANE || !s->options.live)
		return 0;
	return n == 0 ? 1 : n < HARDWARE_ROWS ? (int)n : HARDWARE_ROWS;
}

struct rect review_rows(const struct scene *s, struct rect pane)
{
	int top = hardware_rows(s, pane);

	pane.rows -= top + (pane.rows >= 6 && s->options.live);
	pane.row += top;
	return pane;
}

/* Changes of the hardware: the lines that fit, and the number of the rest. */
static void paint_hardware(struct frame *f, struct rect pane, const struct review *v, int rows)
{
	const struct strv *l = &v->hardware;
	int end = pane.col + pane.cols, col = pane.col + HARDWARE_LABEL;

	if (rows > 0)
		frame_puts(f, pane.row, pane.col + 1, end, STYLE_DIM,
			   l->n == 0		? "hardware"
			   : v->hardware_failed ? "no hardware"
			   : v->hardware_all	? "if all taken"
						: "as decided");
	if (rows > 0 && l->n == 0)
		frame_puts(f, pane.row, col, end, STYLE_DIM, "...");
	for (int i = 0; i < rows && i < (int)l->n; i++) {
		if (i == rows - 1 && l->n > (size_t)rows)
			frame_putf(f, pane.row + i, col, end, STYLE_DIM, "+%zu more: h",
				   l->n - (size_t)i);
		else
			frame_puts(f, pane.row + i, col, end,
				   v->hardware_failed || str_ends(l->v[i], " inferred")
					   ? STYLE_RISK
					   : STYLE_TEXT,
				   l->v[i]);
	}
}

/* At the right end of the first row, overwriting what is there. */
static void paint_equal(struct frame *f, struct rect pane, const struct review *v)
{
	static const struct {
		const char *text;
		unsigned style;
	} badges[] = {
		[REVIEW_ASKED] = { " equivalent? ... ", STYLE_DIM },
		[REVIEW_EQUAL] = { " equivalent ", STYLE_GOOD },
		[REVIEW_DIFFERS] = { " not equivalent ", STYLE_RISK },
		[REVIEW_NOT_PROVED] = { " equivalent? not proved ", STYLE_DIM },
	};
	const char *text = badges[v->equal].text;

	if (text && (int)strlen(text) < pane.cols)
		frame_puts(f, pane.row, pane.col + pane.cols - (int)strlen(text),
			   pane.col + pane.cols, badges[v->equal].style, text);
}

/* brief: for a narrow pane. */
static void say_preview(const struct lint_preview *o, const char *when, bool brief, struct str *out)
{
	str_addf(out, "%s: ", when);
	if (!o->known)
		str_adds(out, "...");
	else if (o->errors + o->risks == 0)
		str_adds(out, "lint ok");
	else if (brief)
		str_addf(out, "%zu err %zu risk", o->errors, o->risks);
	else
		str_addf(out, "%zu error%s, %zu risk%s", o->errors, count_s(o->errors), o->risks,
			 count_s(o->risks));
}

static void count(struct str *out, size_t n, char sign_, const char *what)
{
	if (n)
		str_addf(out, "%s%c%zu %s", out->len ? " " : "", sign_, n, what);
}

/* "+1 err -2 risk"; same: no change; "not linted": the tool gave no result. */
static void say_badge(const struct badge *b, const char *same, struct str *out)
{
	count(out, b->errors, '+', "err");
	count(out, b->errors_gone, '-', "err");
	count(out, b->risks, '+', "risk");
	count(out, b->risks_gone, '-', "risk");
	if (out->len == 0)
		str_adds(out, b->failed ? "not linted" : same);
}

/* Says only that equivalence is proved: most changes are meant to change something. */
static void say_equal(const struct badge *b, struct str *out)
{
	if (b->equal == REVIEW_EQUAL)
		str_addf(out, "%sequivalent", out->len ? " " : "");
}

/* At the end of the hunk's first line, if the text leaves room. */
static void paint_badge(struct frame *f, int row, struct rect r, const struct badge *b,
			const char *text, size_t len)
{
	struct str s = STR_INIT;
	int at;

	if (b->known)
		say_badge(b, "lint same", &s);
	say_equal(b, &s);
	at = r.cols - (int)s.len - 1;
	if (REVIEW_GUTTER + cluster_columns(text, len, VIEW_TAB) < at)
		frame_puts(f, row, r.col + at, r.col + r.cols,
			   b->errors		   ? STYLE_ERROR
			   : b->risks || b->failed ? STYLE_RISK
						   : STYLE_GOOD,
			   str_cstr(&s));
	str_free(&s);
}

static bool first_of_hunk(const struct suggestion *s, long unit)
{
	return unit >= 0 && (unit == 0 || suggestion_unit(s, (size_t)unit)->hunk !=
						  suggestion_unit(s, (size_t)unit - 1)->hunk);
}

/* "if you stop here: 0 errors, 1 risk  if you take the rest: lint ok", in a narrow pane
 * "stop here: 0 err 1 risk  take the rest: lint ok"; then the effect of the line under
 * the cursor if that fits too. */
static void paint_preview(struct frame *f, struct rect pane, const struct review *v)
{
	const struct lint_preview *worst = v->here.errors ? &v->here : &v->rest;
	struct str s = STR_INIT;

	say_preview(&v->here, "if you stop here", false, &s);
	str_adds(&s, "  ");
	say_preview(&v->rest, "if you take the rest", false, &s);
	if ((int)s.len + 1 > pane.cols) {
		str_clear(&s);
		say_preview(&v->here, "stop here", true, &s);
		str_adds(&s, "  ");
		say_preview(&v->rest, "take the rest", true, &s);
	}
	if (v->line.known && v->line_unit == v->unit) {
		struct str badge = STR_INIT;

		say_badge(&v->line, "no change", &badge);
		if ((int)(s.len + badge.len) + 14 < pane.cols)
			str_addf(&s, "  line alone: %s", str_cstr(&badge));
		str_free(&badge);
	}
	frame_puts(f, pane.row + pane.rows - 1, pane.col + 1, pane.col + pane.cols,
		   worst->errors		   ? STYLE_ERROR
		   : v->here.risks + v->rest.risks ? STYLE_RISK
						   : STYLE_DIM,
		   str_cstr(&s));
	str_free(&s);
}

/* Adds the clickable spots of a row: the row, and its mark. */
static void spot_row(struct frame *f, struct rect r, int row, const struct review_row *x)
{
	struct rect all = { r.row + row, r.col, x->height < r.rows - row ? x->height : r.rows - row,
			    r.cols };

	if (x->unit < 0)
		return;
	frame_spot(f, all, SPOT_UNIT, (size_t)x->unit);
	all.col += MARK_COL;
	all.cols = REVIEW_GUTTER - 1 - MARK_COL;
	frame_spot(f, all, SPOT_DECISION, (size_t)x->unit);
}

void paint_review(struct frame *f, struct rect r, const struct scene *s)
{
	const struct review *v = s->review;
	const struct proposal *p = state_proposal(s->state, v->suggestion);
	struct rect whole;
	struct lines a, b;
	size_t base_len, len;
	const char *base, *fresh;
	int row = 0;

	if (!p)
		return;
	if (r.rows >= 6 && s->options.live)
		paint_preview(f, r, v);
	paint_hardware(f, r, v, hardware_rows(s, r));
	whole = r;
	r = review_rows(s, r);
	base = suggestion_base(p->s, &base_len);
	fresh = suggestion_proposed(p->s, &len);
	lines_init(&a, base, base_len);
	lines_init(&b, fresh, len);
	for (size_t i = v->top; row < r.rows && i < v->n; row += v->rows[i++].height) {
		const struct review_row *x = &v->rows[i];
		const struct badge *badge =
			first_of_hunk(p->s, x->unit)
				? &v->badges[suggestion_unit(p->s, (size_t)x->unit)->hunk]
				: NULL;

		spot_row(f, r, row, x);
		paint_row(f, r.row + row, r, v, p->s, i, &a, &b);
		if (badge && (badge->known || badge->equal == REVIEW_EQUAL) &&
		    (i == 0 || v->rows[i - 1].unit != x->unit)) {
			struct str move = STR_INIT;
			const char *text = row_text(x, p->s, &a, &b, &move, &len);

			paint_badge(f, r.row + row, r, badge, text, len);
			str_free(&move);
		}
	}
	lines_fini(&a);
	lines_fini(&b);
	paint_equal(f, whole, v);
}
