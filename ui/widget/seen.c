/* Which lines of a suggestion have been on the screen, by line number of either text
 * instead of by unit: units can be split, lines stay. A wrapped line counts when its
 * last row was shown.
 */
#include "config.h"

#include "ui/widget/seen.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/journal/suggestion.h"
#include "ui/widget/review.h"

void seen_fini(struct seen *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].base);
		free(s->v[i].fresh);
	}
	free(s->v);
	*s = (struct seen){ 0 };
}

static const struct seen_texts *find(const struct seen *s, uint64_t suggestion)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].suggestion == suggestion)
			return &s->v[i];
	return NULL;
}

static struct seen_texts *find_or_add(struct seen *s, uint64_t suggestion, const struct review *r)
{
	struct seen_texts *t = (struct seen_texts *)find(s, suggestion);

	if (t)
		return t;
	MEM_ROOM(s->v, s->n, s->cap);
	t = &s->v[s->n++];
	*t = (struct seen_texts){ .suggestion = suggestion, .n_base = 1, .n_fresh = 1 };
	for (size_t i = 0; i < r->n; i++) {
		t->n_base = r->rows[i].base >= t->n_base ? r->rows[i].base + 1 : t->n_base;
		t->n_fresh = r->rows[i].fresh >= t->n_fresh ? r->rows[i].fresh + 1 : t->n_fresh;
	}
	t->base = mem_calloc(t->n_base, sizeof(*t->base));
	t->fresh = mem_calloc(t->n_fresh, sizeof(*t->fresh));
	return t;
}

void seen_rows(struct seen *s, const struct review *r, int lines)
{
	struct seen_texts *t = find_or_add(s, r->suggestion, r);

	/* A wrapped line counts only if its last row is shown. */
	for (size_t i = r->top; i < r->n && (lines -= r->rows[i].height) >= 0; i++) {
		const struct review_row *x = &r->rows[i];

		if (x->kind == '-')
			t->base[x->base] = true;
		else if (x->kind == '+')
			t->fresh[x->fresh] = true;
		else if (x->kind == '>')
			t->moved = true;
	}
}

static bool is_seen(const struct seen_texts *t, const struct unit *u)
{
	if (u->kind == UNIT_MOVED)
		return t && t->moved;
	return t &&
	       (u->kind == UNIT_ADDED || (u->base_line < t->n_base && t->base[u->base_line])) &&
	       (u->kind == UNIT_REMOVED || (u->new_line < t->n_fresh && t->fresh[u->new_line]));
}

size_t seen_unread(const struct seen *s, uint64_t suggestion, const struct suggestion *of,
		   int decision, size_t *first)
{
	const struct seen_texts *t = find(s, suggestion);
	size_t n = 0;

	for (size_t i = 0; i < suggestion_units(of); i++) {
		const struct unit *u = suggestion_unit(of, i);

		if ((int)u->decision != decision || is_seen(t, u))
			continue;
		if (n++ == 0 && first)
			*first = i;
	}
	return n;
}

size_t seen_unread_between(const struct seen *s, uint64_t suggestion, const struct suggestion *of,
			   size_t first, size_t last)
{
	const struct seen_texts *t = find(s, suggestion);
	size_t n = 0;

	for (size_t i = first; i <= last && i < suggestion_units(of); i++)
		n += !is_seen(t, suggestion_unit(of, i));
	return n;
}
