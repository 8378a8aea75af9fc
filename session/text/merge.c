/* Both sides are diffs against the base, walked together in its order. Hunks that
 * touch form a region, which grows until no hunk of either side touches it; each
 * region is then taken from the side that changed it, or is a conflict.
 *
 * A diff that shows other ones of several equal lines as changed is just as right.
 * So the merge is repeated with the other outermost diffs of each side, and it is a
 * conflict when the results differ.
 */
#include "config.h"

#include "session/text/merge.h"

#include <stdbool.h>
#include <string.h>

#include "session/base/str.h"
#include "session/text/diff.h"

/* One side's changes, walked in the order of the base. */
struct side {
	const struct lines *text;
	struct diff d;
	size_t next;	    /* first hunk that is not merged yet */
	size_t first, last; /* [first, last): hunks of the current region */
};

struct region {
	size_t start, end; /* lines of the base */
};

/* A line without a newline gets one when something follows it. */
static void add_lines(const struct lines *l, size_t from, size_t to, struct str *out)
{
	for (size_t i = from; i < to; i++) {
		size_t len;
		const char *line = lines_at(l, i, &len);

		if (out->len && out->data[out->len - 1] != '\n')
			str_addc(out, '\n');
		str_add(out, line, len);
	}
}

/* Adds the side's next hunks to the region for as long as they touch it. */
static bool extend(struct side *s, struct region *r)
{
	bool grew = false;

	while (s->last < s->d.n && s->d.hunks[s->last].a_start <= r->end) {
		size_t end = s->d.hunks[s->last].a_start + s->d.hunks[s->last].a_len;

		r->end = end > r->end ? end : r->end;
		s->last++;
		grew = true;
	}
	return grew;
}

/* The lines of this side that replace the region. */
static void lines_of(const struct side *s, const struct region *r, size_t *from, size_t *to)
{
	const struct diff_hunk *first, *last;

	if (s->first == s->last) { /* unchanged here: shifted by earlier hunks */
		const struct diff_hunk *before = s->first ? &s->d.hunks[s->first - 1] : NULL;
		size_t shift = before ? before->b_start + before->b_len : 0,
		       of = before ? before->a_start + before->a_len : 0;

		*from = r->start - of + shift;
		*to = r->end - of + shift;
		return;
	}
	first = &s->d.hunks[s->first];
	last = &s->d.hunks[s->last - 1];
	*from = first->b_start - (first->a_start - r->start);
	*to = last->b_start + last->b_len + (r->end - (last->a_start + last->a_len));
}

static bool same_text(const struct lines *a, size_t a0, size_t a1, const struct lines *b, size_t b0,
		      size_t b1)
{
	if (a1 - a0 != b1 - b0)
		return false;
	for (size_t i = 0; i < a1 - a0; i++) {
		size_t la, lb;
		const char *x = lines_at(a, a0 + i, &la), *y = lines_at(b, b0 + i, &lb);

		if (la != lb || memcmp(x, y, la) != 0)
			return false;
	}
	return true;
}

static size_t start_of(const struct side *s)
{
	return s->next < s->d.n ? s->d.hunks[s->next].a_start : (size_t)-1;
}

/* Merges both sides' changes of one region; returns 1 when they conflict. */
static size_t merge_region(struct side *mine, struct side *theirs, const struct region *r,
			   struct str *out)
{
	bool i_changed = mine->first < mine->last, they_changed = theirs->first < theirs->last;
	size_t m0, m1, t0, t1;
	bool same;

	lines_of(mine, r, &m0, &m1);
	lines_of(theirs, r, &t0, &t1);
	same = same_text(mine->text, m0, m1, theirs->text, t0, t1);
	if (they_changed)
		add_lines(theirs->text, t0, t1, out);
	else
		add_lines(mine->text, m0, m1, out);
	return i_changed && they_changed && !same;
}

/* Except in conflicts, swapping mine and theirs gives the same result. */
static size_t merge_along(struct side *mine, struct side *theirs, const struct lines *base,
			  struct str *out)
{
	size_t done = 0, conflicts = 0;

	mine->next = theirs->next = 0;
	while (mine->next < mine->d.n || theirs->next < theirs->d.n) {
		size_t start =
			start_of(mine) < start_of(theirs) ? start_of(mine) : start_of(theirs);
		struct region r = { start, start };
		bool grew = true;

		mine->first = mine->last = mine->next;
		theirs->first = theirs->last = theirs->next;
		while (grew) { /* not ||: each side may grow the region for the other */
			grew = extend(mine, &r);
			grew |= extend(theirs, &r);
		}
		add_lines(base, done, r.start, out);
		conflicts += merge_region(mine, theirs, &r, out);
		done = r.end;
		mine->next = mine->last;
		theirs->next = theirs->last;
	}
	add_lines(base, done, base->n, out);
	return conflicts;
}

/* True if other equally short diffs of the sides would merge to another text. */
static bool is_ambiguous(const struct lines *base, const struct lines *mine,
			 const struct lines *theirs, const char *text, size_t len)
{
	static const enum diff_side sides[] = { DIFF_REMOVES_FIRST, DIFF_ADDS_FIRST };
	struct side a[2], b[2];
	bool differs = false;

	for (size_t i = 0; i < 2; i++) {
		a[i].text = mine;
		b[i].text = theirs;
		diff_init_outer(&a[i].d, base, mine, sides[i]);
		diff_init_outer(&b[i].d, base, theirs, sides[i]);
	}
	for (size_t i = 0; i < 4 && !differs; i++) {
		struct str other = STR_INIT;

		differs = merge_along(&a[i / 2], &b[i % 2], base, &other) > 0 || other.len != len ||
			  memcmp(str_cstr(&other), text, len) != 0;
		str_free(&other);
	}
	for (size_t i = 0; i < 2; i++) {
		diff_fini(&a[i].d);
		diff_fini(&b[i].d);
	}
	return differs;
}

size_t merge3(const struct lines *base, const struct lines *mine, const struct lines *theirs,
	      struct str *out)
{
	struct side a = { .text = mine }, b = { .text = theirs };
	size_t from = out->len, conflicts = 0;

	if (same_text(mine, 0, mine->n, theirs, 0, theirs->n)) {
		add_lines(mine, 0, mine->n, out);
		return 0;
	}
	diff_init(&a.d, base, mine);
	diff_init(&b.d, base, theirs);
	conflicts = merge_along(&a, &b, base, out);
	if (conflicts == 0 && a.d.n && b.d.n &&
	    is_ambiguous(base, mine, theirs, str_cstr(out) + from, out->len - from))
		conflicts = 1;
	diff_fini(&a.d);
	diff_fini(&b.d);
	return conflicts;
}
