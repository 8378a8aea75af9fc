/* Starting at the last match, lays out one exchange after the other until a row matches. A row
 * that wrapping made is also searched together with the row above it, since a match may
 * cross the break.
 */
#include "config.h"

#include "ui/widget/chat_find.h"

#include "session/journal/state.h"
#include "session/text/find.h"

#define ABOVE 2 /* rows shown above a match */

struct look {
	const struct find *f;
	bool newer;
	int row;	   /* the current row */
	int after, before; /* a match counts between these rows */
	int found;	   /* -1: none */
	struct str last;   /* the row above */
};

/* True if the row above and this one, joined again, match across the break. */
static bool crosses(struct look *l, const struct chat_row *row)
{
	size_t len = l->last.len, a, b, at = 0;
	bool yes = false;

	str_add(&l->last, row->text, row->len);
	while (!yes && find_in(l->f, str_cstr(&l->last), l->last.len, at, &a, &b)) {
		yes = a < len && b > len;
		at = b;
	}
	return yes;
}

static void take(struct look *l, int row)
{
	if (row <= l->after || row >= l->before || (l->newer && l->found >= 0))
		return;
	l->found = row;
}

static void on_row(void *ctx, const struct chat_row *row)
{
	struct look *l = ctx;
	size_t a, b;

	if (row->goes_on && crosses(l, row))
		take(l, l->row - 1);
	if (find_in(l->f, row->text, row->len, 0, &a, &b))
		take(l, l->row);
	str_clear(&l->last);
	str_add(&l->last, row->text, row->len);
	l->row++;
}

/* The row of the exchange's oldest match (newer) or newest one between the rows after
 * and before; -1: none. */
static int look_in(const struct chat_place *p, const struct state *s, size_t i, int cols,
		   struct look l)
{
	l.found = -1;
	chat_place_rows(p, s, i, cols, 0, on_row, &l);
	str_free(&l.last);
	return l.found;
}

bool chat_find(struct chat_place *p, const struct state *s, int cols, const struct find *f,
	       bool anew, bool newer, bool *around)
{
	struct look all = { .f = f, .newer = newer, .after = -1, .before = INT32_MAX };
	bool from_hit = !anew && p->hit.any && p->hit.exchange < s->n_chat;
	size_t n = s->n_chat, first = from_hit ? p->hit.exchange : newer ? 0 : n - 1;
	int row = -1;

	*around = false;
	/* The exchange of the last match comes first and, for its other rows, last. */
	for (size_t k = 0; row < 0 && k < n + from_hit; k++) {
		size_t i = newer ? (first + k) % n : (first + n - k % n) % n;
		struct look l = all;

		if (from_hit && k == 0 && newer)
			l.after = p->hit.row;
		else if (from_hit && k == 0)
			l.before = p->hit.row;
		row = look_in(p, s, i, cols, l);
		if (row < 0)
			continue;
		*around = k == n || (newer ? i < first : i > first);
		p->hit = (struct chat_hit){ true, i, row };
		p->exchange = i;
		p->row = row > ABOVE ? row - ABOVE : 0;
		p->follow = false;
	}
	return row >= 0;
}
