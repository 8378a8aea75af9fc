/* A suggestion as rows, laid out when it is opened and again when a line is rewritten.
 *
 * Units are in text order, and between two of them both sides are the same, so one walk
 * over base and units gives all rows. Scrolling and wrapping work on rows; decisions
 * are looked up in the suggestion when a row is painted.
 */
#include "config.h"

#include "ui/widget/review.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"
#include "session/journal/thread.h"
#include "session/text/diff.h"
#include "session/text/patch.h"
#include "ui/document/view.h"
#include "ui/look/cluster.h"

static void add(struct review *r, char kind, size_t base, size_t fresh, long unit, bool mark)
{
	MEM_PUSH(r->rows, r->n, r->cap, (struct review_row){ kind, base, fresh, unit, mark, 1 });
}

static void lay_out(struct review *r, const struct suggestion *s)
{
	struct lines a, b;
	size_t base_len, len, i = 0, k = 0;
	const char *base = suggestion_base(s, &base_len), *fresh = suggestion_proposed(s, &len);

	r->crlf = base_len ? patch_is_crlf(base, base_len) : patch_is_crlf(fresh, len);
	lines_init(&a, base, base_len);
	lines_init(&b, fresh, len);
	for (size_t u = 0; u < suggestion_units(s); u++) {
		const struct unit *unit = suggestion_unit(s, u);

		if (unit->kind == UNIT_MOVED) {
			add(r, '>', 0, 0, (long)u, true);
			continue;
		}
		while (i < unit->base_line)
			add(r, ' ', i++, k++, -1, false);
		if (unit->kind != UNIT_ADDED)
			add(r, '-', i++, k, (long)u, unit->kind == UNIT_REMOVED);
		if (unit->kind != UNIT_REMOVED)
			add(r, '+', i, k++, (long)u, true);
	}
	while (i < a.n)
		add(r, ' ', i++, k++, -1, false);
	lines_fini(&a);
	lines_fini(&b);
}

void review_open(struct review *r, uint64_t number, const struct suggestion *s)
{
	review_close(r);
	r->suggestion = number;
	r->n_badges =
		suggestion_units(s) ? suggestion_unit(s, suggestion_units(s) - 1)->hunk + 1 : 0;
	r->badges = mem_calloc(r->n_badges, sizeof(*r->badges));
	lay_out(r, s);
	review_next_open(r, s);
}

void review_close(struct review *r)
{
	free(r->rows);
	free(r->badges);
	free(r->asked);
	strv_free(&r->hardware);
	memset(r, 0, sizeof(*r));
}

void review_hunk(const struct suggestion *s, size_t unit, size_t *first, size_t *last)
{
	size_t n = suggestion_units(s);

	*first = *last = unit;
	while (*first > 0 && suggestion_unit(s, *first - 1)->hunk == suggestion_unit(s, unit)->hunk)
		(*first)--;
	while (*last + 1 < n &&
	       suggestion_unit(s, *last + 1)->hunk == suggestion_unit(s, unit)->hunk)
		(*last)++;
}

bool review_step(struct review *r, const struct suggestion *s, int by)
{
	size_t first, last;

	if (suggestion_units(s) == 0)
		return false;
	review_hunk(s, r->unit, &first, &last);
	if (by > 0 ? last + 1 >= suggestion_units(s) : first == 0)
		return false;
	review_hunk(s, by > 0 ? last + 1 : first - 1, &r->unit, &last);
	return true;
}

bool review_step_unit(struct review *r, const struct suggestion *s, int by)
{
	if (by > 0 ? r->unit + 1 >= suggestion_units(s) : r->unit == 0)
		return false;
	r->unit = by > 0 ? r->unit + 1 : r->unit - 1;
	return true;
}

void review_threads(struct review *r, const struct state *st, const struct suggestion *s)
{
	free(r->asked);
	r->asked = mem_calloc(suggestion_units(s) + 1, sizeof(*r->asked));
	for (size_t i = 0; i < st->n_chat; i++) {
		long unit = thread_unit(s, st->chat[i]);

		if (unit >= 0)
			r->asked[unit] = true;
	}
}

size_t review_base_line(const struct review *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].unit == (long)r->unit)
			return r->rows[i].base;
	return 0;
}

void review_go_to(struct review *r, const struct suggestion *s, size_t base_line)
{
	for (size_t i = 0; i < suggestion_units(s); i++)
		if (i == 0 || suggestion_unit(s, i)->base_line <= base_line)
			r->unit = i;
}

bool review_next_open(struct review *r, const struct suggestion *s)
{
	size_t n = suggestion_units(s);

	for (size_t i = 0; i < n; i++) {
		size_t u = (r->unit + i) % n;

		if (suggestion_unit(s, u)->decision == DECISION_OPEN) {
			r->unit = u;
			return true;
		}
	}
	return false;
}

void review_relayout(struct review *r, const struct suggestion *s)
{
	r->n = 0;
	r->cols = 0;
	lay_out(r, s);
	r->changes++;
	r->line = (struct badge){ 0 };
	for (size_t i = 0; i < r->n_badges; i++)
		r->badges[i].asked = false;
	if (r->unit < suggestion_units(s))
		r->badges[suggestion_unit(s, r->unit)->hunk].known = false;
}

size_t review_wrap(const char *line, size_t len, size_t from, int cols)
{
	size_t i = from;
	int col = 0;

	while (i < len) {
		struct cluster c;

		cluster_next(line + i, len - i, &c);
		col += line[i] == '\t' ? VIEW_TAB - col % VIEW_TAB : c.width;
		if (col > cols && i > from)
			break;
		i += c.len;
	}
	return i;
}

enum review_end review_line_end(const struct review *r, const char *line, size_t *len)
{
	if (*len == 0 || line[*len - 1] != '\n')
		return REVIEW_END_NONE;
	--*len;
	if (!r->crlf)
		return REVIEW_END_SAME;
	if (*len == 0 || line[*len - 1] != '\r')
		return REVIEW_END_OTHER;
	--*len;
	return REVIEW_END_SAME;
}

/* line includes its line end; inside: neither text ends with this line. */
static int review_height(const struct review *r, const char *line, size_t len, bool inside)
{
	enum review_end end = review_line_end(r, line, &len);
	bool sign = end == REVIEW_END_OTHER || (end == REVIEW_END_NONE && !inside);
	size_t from = 0, to;
	int rows = 1, cols = r->cols - REVIEW_GUTTER;

	for (; (to = review_wrap(line, len, from, cols)) < len; from = to)
		rows++;
	return rows +
	       (sign && cluster_columns(line + from, len - from, VIEW_TAB) + REVIEW_NO_LF > cols);
}

void review_fit(struct review *r, const struct suggestion *s, int cols)
{
	struct lines a, b;
	size_t base_len, len;
	const char *base = suggestion_base(s, &base_len), *fresh = suggestion_proposed(s, &len);

	if (cols == r->cols)
		return;
	r->cols = cols;
	lines_init(&a, base, base_len);
	lines_init(&b, fresh, len);
	for (size_t i = 0; i < r->n; i++) {
		struct review_row *x = &r->rows[i];
		const char *text =
			x->kind == '+' ? lines_at(&b, x->fresh, &len) : lines_at(&a, x->base, &len);

		if (x->kind == '>')
			continue; /* one row; cut if too long */
		x->height = review_height(r, text, len, x->kind == ' ' && i + 1 < r->n);
	}
	lines_fini(&a);
	lines_fini(&b);
}

/* The first row to show so that the rows up to `last` fit into height. */
static size_t top_above(const struct review *r, size_t last, int height)
{
	size_t top = last;

	while (top > 0 && (height -= r->rows[top].height) >= r->rows[top - 1].height)
		top--;
	return top;
}

static int lines_between(const struct review *r, size_t from, size_t to)
{
	int sum = 0;

	for (size_t i = from; i < to && sum < 100000; i++)
		sum += r->rows[i].height;
	return sum;
}

void review_follow(struct review *r, int rows)
{
	size_t at = 0, height = rows > 0 ? (size_t)rows : 1;

	r->lines = (int)height;
	r->scrolled &= r->unit == r->scrolled_unit;
	if (r->scrolled && r->top < r->n)
		return;
	while (at < r->n && r->rows[at].unit != (long)r->unit)
		at++;
	if (at >= r->n)
		at = 0;
	if (r->n == 0)
		return;
	if (at < r->top + 2 || lines_between(r, r->top, at + 1) + 2 > (int)height)
		r->top = top_above(r, at, (int)height / 3 + 1);
	if (lines_between(r, r->top, r->n) < (int)height)
		r->top = top_above(r, r->n - 1, (int)height);
}

size_t review_last_row(const struct review *r)
{
	size_t last = r->top;

	while (last + 1 < r->n && lines_between(r, r->top, last + 2) <= r->lines)
		last++;
	return last;
}

bool review_in_sight(const struct review *r)
{
	for (size_t i = r->top; i < r->n && i <= review_last_row(r); i++)
		if (r->rows[i].unit == (long)r->unit)
			return true;
	return false;
}

void review_scroll(struct review *r, int by)
{
	size_t last = r->n ? top_above(r, r->n - 1, r->lines) : 0;

	for (; by > 0 && r->top < last; r->top++)
		by -= r->rows[r->top].height;
	for (; by < 0 && r->top > 0; r->top--)
		by += r->rows[r->top - 1].height;
	for (size_t i = r->top; i < r->n && i <= review_last_row(r) && !review_in_sight(r); i++)
		if (r->rows[i].unit >= 0)
			r->unit = (size_t)r->rows[i].unit;
	r->scrolled = true;
	r->scrolled_unit = r->unit;
}
