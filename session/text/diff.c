/* The shortest way from one list of lines to another, after Myers (1986), with his
 * divide and conquer: find the middle of a shortest path by searching from both
 * ends at once, then do both halves.
 *
 *	  b0  b1  b2  b3	A path goes right (a line of b is added), down
 *      +---+---+---+---+	(a line of a is removed) or along a diagonal
 *   a0 | \ |   |   |   |	(the lines are equal). After d steps that are not
 *      +---+---+---+---+	diagonal, V[k] is the furthest point reached on
 *   a1 |   |   | \ |   |	the diagonal k = x - y.
 *      +---+---+---+---+
 *
 * First, lines become numbers (equal lines, equal numbers), the common head and
 * tail are removed, and lines that occur on one side only are marked as changed, so
 * the search never looks at them. Above a cost bound the search takes the best
 * point found so far: the result stays correct.
 */
#include "config.h"

#include "session/text/diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

void lines_init(struct lines *l, const char *data, size_t len)
{
	size_t cap = 0;
	const char *end = data + len;

	l->data = data;
	l->n = 0;
	l->starts = NULL;
	MEM_ROOM(l->starts, l->n, cap);
	l->starts[0] = 0;
	for (const char *p = data; p < end;) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));

		p = lf ? lf + 1 : end;
		l->n++;
		MEM_ROOM(l->starts, l->n, cap);
		l->starts[l->n] = (size_t)(p - data);
	}
}

void lines_fini(struct lines *l)
{
	free(l->starts);
	l->starts = NULL;
	l->n = 0;
}

const char *lines_at(const struct lines *l, size_t i, size_t *len)
{
	*len = l->starts[i + 1] - l->starts[i];
	return l->data + l->starts[i];
}

/* Lines as numbers */

struct entry {
	const char *line;
	size_t len;
	uint32_t id;
};

struct table {
	struct entry *v;
	size_t size; /* a power of two, at most half full */
	uint32_t n;
};

static uint64_t hash_line(const char *s, size_t len)
{
	uint64_t h = 1469598103934665603u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h ^ h >> 29;
}

static uint32_t intern(struct table *t, const char *line, size_t len)
{
	size_t at = hash_line(line, len) & (t->size - 1);

	while (t->v[at].line && (t->v[at].len != len || memcmp(t->v[at].line, line, len) != 0))
		at = (at + 1) & (t->size - 1);
	if (!t->v[at].line)
		t->v[at] = (struct entry){ line, len, t->n++ };
	return t->v[at].id;
}

static uint32_t *number_lines(struct table *t, const struct lines *l)
{
	uint32_t *ids = mem_calloc(l->n, sizeof(*ids));

	for (size_t i = 0; i < l->n; i++) {
		size_t len;
		const char *line = lines_at(l, i, &len);

		ids[i] = intern(t, line, len);
	}
	return ids;
}

/* The search. Indexes refer to the reduced lists; `changed` refers to the whole
 * list. */

struct side {
	uint32_t *ids; /* lines that occur on both sides, as numbers */
	size_t *at;    /* line number of each in the file */
	size_t n;
	bool *changed;
};

struct search {
	struct side a, b;
	long *forward, *backward; /* V of each direction, from -max to max */
	long max;
	long bound;
};

struct point {
	long x, y;
};

#define NOWHERE (-1L)

/* One box: [x0, x0 + n) of a against [y0, y0 + m) of b. */
struct half {
	const struct search *s;
	long x0, y0, n, m;
	bool reverse; /* coordinates count backwards from the far corner */
	long *v;      /* v[k], k from -m to n; NOWHERE: not reachable */
};

static bool equal(const struct half *h, long x, long y)
{
	long i = h->reverse ? h->x0 + h->n - 1 - x : h->x0 + x;
	long j = h->reverse ? h->y0 + h->m - 1 - y : h->y0 + y;

	return h->s->a.ids[i] == h->s->b.ids[j];
}

/* How far d steps lead on diagonal k, given the points that d - 1 steps reached on
 * its neighbours: one step right or down, then along the diagonal while lines are
 * equal. */
static long advance(const struct half *h, long d, long k)
{
	long x = NOWHERE;

	if (d == 0)
		x = 0;
	if (d > 0 && k > -d && k > -h->m && h->v[k - 1] != NOWHERE && h->v[k - 1] < h->n)
		x = h->v[k - 1] + 1;
	if (d > 0 && k < d && k < h->n && h->v[k + 1] != NOWHERE && h->v[k + 1] - k <= h->m &&
	    h->v[k + 1] > x)
		x = h->v[k + 1];
	while (x != NOWHERE && x < h->n && x - k < h->m && equal(h, x, x - k))
		x++;
	h->v[k] = x;
	return x;
}

/* The diagonals that d steps can end on, within the box. */
static long first_diagonal(const struct half *h, long d)
{
	return d <= h->m ? -d : -h->m + ((d - h->m) & 1);
}

static long last_diagonal(const struct half *h, long d)
{
	return d <= h->n ? d : h->n - ((d - h->n) & 1);
}

/* The point that went furthest so far, used when the search costs too much. */
static struct point furthest(const struct half *h, long d)
{
	struct point best = { h->x0 + h->n / 2, h->y0 + h->m / 2 };
	long reach = -1;

	for (long k = first_diagonal(h, d); k <= last_diagonal(h, d); k += 2) {
		if (h->v[k] != NOWHERE && 2 * h->v[k] - k > reach) {
			reach = 2 * h->v[k] - k;
			best = (struct point){ h->x0 + h->v[k], h->y0 + h->v[k] - k };
		}
	}
	return best;
}

/* The point where the furthest reaching paths from both ends meet. The box has no
 * common head or tail, and neither side is empty. */
static struct point middle(struct search *s, long x0, long x1, long y0, long y1)
{
	struct half f = { s, x0, y0, x1 - x0, y1 - y0, false, s->forward + s->max };
	struct half r = { s, x0, y0, x1 - x0, y1 - y0, true, s->backward + s->max };
	long delta = f.n - f.m;
	bool odd = delta & 1;

	for (long d = 0;; d++) {
		for (long k = first_diagonal(&f, d); k <= last_diagonal(&f, d); k += 2) {
			long x = advance(&f, d, k);

			if (odd && x != NOWHERE && k >= delta - (d - 1) && k <= delta + (d - 1) &&
			    r.v[delta - k] != NOWHERE && x + r.v[delta - k] >= f.n)
				return (struct point){ x0 + x, y0 + x - k };
		}
		for (long k = first_diagonal(&r, d); k <= last_diagonal(&r, d); k += 2) {
			long x = advance(&r, d, k);

			if (!odd && x != NOWHERE && k >= delta - d && k <= delta + d &&
			    f.v[delta - k] != NOWHERE && x + f.v[delta - k] >= f.n)
				return (struct point){ x1 - x, y1 - (x - k) };
		}
		if (d >= s->bound)
			return furthest(&f, d);
	}
}

static void mark(struct side *s, long from, long to)
{
	for (long i = from; i < to; i++)
		s->changed[s->at[i]] = true;
}

struct box {
	long x0, x1, y0, y1;
};

/* Works off boxes from a list instead of recursing on the C stack. */
static void compare(struct search *s)
{
	struct box *todo = NULL;
	size_t cap = 0, n = 0;

	MEM_PUSH(todo, n, cap, (struct box){ 0, (long)s->a.n, 0, (long)s->b.n });
	while (n > 0) {
		struct box q = todo[--n];
		struct point p;

		while (q.x0 < q.x1 && q.y0 < q.y1 && s->a.ids[q.x0] == s->b.ids[q.y0])
			q.x0++, q.y0++;
		while (q.x0 < q.x1 && q.y0 < q.y1 && s->a.ids[q.x1 - 1] == s->b.ids[q.y1 - 1])
			q.x1--, q.y1--;
		if (q.x0 == q.x1 || q.y0 == q.y1) {
			mark(&s->a, q.x0, q.x1);
			mark(&s->b, q.y0, q.y1);
			continue;
		}
		p = middle(s, q.x0, q.x1, q.y0, q.y1);
		if ((p.x == q.x0 && p.y == q.y0) || (p.x == q.x1 && p.y == q.y1)) {
			/* No progress is possible: the whole box is a change. */
			mark(&s->a, q.x0, q.x1);
			mark(&s->b, q.y0, q.y1);
			continue;
		}
		MEM_PUSH(todo, n, cap, (struct box){ q.x0, p.x, q.y0, p.y });
		MEM_PUSH(todo, n, cap, (struct box){ p.x, q.x1, p.y, q.y1 });
	}
	free(todo);
}

/* The outermost shortest paths. To follow one, we must know which points are d
 * steps away from the end: these are the furthest points of the backward search,
 * kept for each d (points of a diagonal nearer to the end are no further away). */

#define OUTER_STEPS 1000 /* takes 8 MB */

struct reach {
	struct half back;
	long **at;  /* at[d][k + d], k from -d to d */
	long steps; /* of a shortest path; -1: too many */
};

static void reach_init(struct reach *r, struct search *s)
{
	struct half *h = &r->back;

	*h = (struct half){ s, 0, 0, (long)s->a.n, (long)s->b.n, true, s->backward + s->max };
	r->at = mem_calloc(OUTER_STEPS, sizeof(*r->at));
	r->steps = -1;
	for (long d = 0; d < OUTER_STEPS && r->steps < 0; d++) {
		r->at[d] = mem_calloc((size_t)(2 * d + 1), sizeof(**r->at));
		for (long k = -d; k <= d; k++)
			r->at[d][k + d] = NOWHERE;
		for (long k = first_diagonal(h, d); k <= last_diagonal(h, d); k += 2)
			if ((r->at[d][k + d] = advance(h, d, k)) == h->n && k == h->n - h->m)
				r->steps = d;
	}
}

static void reach_fini(struct reach *r)
{
	for (long d = 0; d < OUTER_STEPS; d++)
		free(r->at[d]);
	free(r->at);
}

/* True if the end is at most d steps from (x, y). */
static bool within(const struct reach *r, long d, long x, long y)
{
	long left = r->back.n - x, k = left - (r->back.m - y);

	return d >= 0 && x <= r->back.n && y <= r->back.m && k >= -d && k <= d &&
	       r->at[d][k + d] >= left;
}

/* False, with nothing marked, when the end is too far away. */
static bool follow_outer(struct search *s, enum diff_side side)
{
	struct reach r;
	long x = 0, y = 0, d;

	reach_init(&r, s);
	for (d = r.steps; d > 0;) {
		bool removes = within(&r, d - 1, x + 1, y), adds = within(&r, d - 1, x, y + 1);
		bool first = side == DIFF_REMOVES_FIRST ? removes : adds;

		if (!first && x < r.back.n && y < r.back.m && s->a.ids[x] == s->b.ids[y]) {
			x++, y++;
			continue;
		}
		if (removes && (side == DIFF_REMOVES_FIRST || !adds))
			mark(&s->a, x, x + 1), x++;
		else
			mark(&s->b, y, y + 1), y++;
		d--;
	}
	reach_fini(&r);
	return d == 0;
}

/* Removes the lines that do not occur on the other side. */
static void reduce(struct side *s, const uint32_t *ids, size_t n, const uint32_t *other_count)
{
	s->ids = mem_calloc(n, sizeof(*s->ids));
	s->at = mem_calloc(n, sizeof(*s->at));
	s->changed = mem_calloc(n + 1, sizeof(*s->changed));
	for (size_t i = 0; i < n; i++) {
		if (!other_count[ids[i]]) {
			s->changed[i] = true;
			continue;
		}
		s->ids[s->n] = ids[i];
		s->at[s->n++] = i;
	}
}

/* Hunks */

static void collect(struct diff *d, const bool *a, const bool *b)
{
	size_t i = 0, k = 0, cap = 0;

	while (i < d->a_lines || k < d->b_lines) {
		struct diff_hunk h = { i, 0, k, 0 };

		while (i < d->a_lines && a[i])
			i++;
		while (k < d->b_lines && b[k])
			k++;
		h.a_len = i - h.a_start;
		h.b_len = k - h.b_start;
		if (h.a_len || h.b_len)
			MEM_PUSH(d->hunks, d->n, cap, h);
		/* Both are now at an equal line or at the end. */
		while (i < d->a_lines && k < d->b_lines && !a[i] && !b[k])
			i++, k++;
	}
}

static size_t indent(const struct lines *l, size_t i, bool *blank)
{
	size_t len, n = 0;
	const char *s = lines_at(l, i, &len);

	while (n < len && (s[n] == ' ' || s[n] == '\t'))
		n++;
	*blank = n == len || s[n] == '\n' || s[n] == '\r';
	return n;
}

/* Rates a cut before line i: best at an end of the text or after a blank line;
 * otherwise better before a line with little indentation. */
static long cut_quality(const struct lines *l, size_t i)
{
	bool blank;
	size_t depth;

	if (i == 0 || i == l->n)
		return 1000;
	indent(l, i - 1, &blank);
	if (blank)
		return 900;
	depth = indent(l, i, &blank);
	return blank ? 500 : 400 - (long)(depth < 300 ? depth : 300);
}

/* A run of added (or removed) lines can slide when the line before it equals its
 * last line, or the line after it its first. It moves to the best cut, the latest
 * of equally good ones. */
static void slide(const struct lines *l, const uint32_t *ids, size_t *start, size_t len, size_t low,
		  size_t high, size_t *other)
{
	size_t first = *start, last = *start, best;
	long best_quality = -1;

	while (first > low && ids[first - 1] == ids[first + len - 1])
		first--;
	while (last + len < high && ids[last] == ids[last + len])
		last++;
	best = *start;
	for (size_t s = first; s <= last; s++) {
		long q = cut_quality(l, s) + cut_quality(l, s + len);

		if (q >= best_quality) {
			best_quality = q;
			best = s;
		}
	}
	*other += best - *start; /* may wrap; unsigned arithmetic undoes that */
	*start = best;
}

static void slide_all(struct diff *d, const struct lines *a, const struct lines *b,
		      const uint32_t *ia, const uint32_t *ib)
{
	for (size_t i = 0; i < d->n; i++) {
		struct diff_hunk *h = &d->hunks[i];
		const struct diff_hunk *before = i ? h - 1 : NULL,
				       *after = i + 1 < d->n ? h + 1 : NULL;

		/* Keep at least one unchanged line between two hunks. */
		if (h->a_len == 0)
			slide(b, ib, &h->b_start, h->b_len,
			      before ? before->b_start + before->b_len + 1 : 0,
			      after ? after->b_start - 1 : d->b_lines, &h->a_start);
		else if (h->b_len == 0)
			slide(a, ia, &h->a_start, h->a_len,
			      before ? before->a_start + before->a_len + 1 : 0,
			      after ? after->a_start - 1 : d->a_lines, &h->b_start);
	}
}

/* outer: which outermost script, or NULL for neither. */
static void init(struct diff *d, const struct lines *a, const struct lines *b,
		 const enum diff_side *outer)
{
	struct table t = { .size = 64 };
	struct search s = { 0 };
	uint32_t *ia, *ib, *count_a, *count_b;

	*d = (struct diff){ .a_lines = a->n, .b_lines = b->n };
	while (t.size < 2 * (a->n + b->n) + 2)
		t.size *= 2;
	t.v = mem_calloc(t.size, sizeof(*t.v));
	ia = number_lines(&t, a);
	ib = number_lines(&t, b);
	free(t.v);
	count_a = mem_calloc(t.n, sizeof(*count_a));
	count_b = mem_calloc(t.n, sizeof(*count_b));
	for (size_t i = 0; i < a->n; i++)
		count_a[ia[i]]++;
	for (size_t i = 0; i < b->n; i++)
		count_b[ib[i]]++;
	reduce(&s.a, ia, a->n, count_b);
	reduce(&s.b, ib, b->n, count_a);
	s.max = (long)(s.a.n + s.b.n) + 2;
	s.bound = 1024;
	while (s.bound * s.bound < s.max)
		s.bound *= 2;
	s.forward = mem_calloc((size_t)(2 * s.max + 2), sizeof(*s.forward));
	s.backward = mem_calloc((size_t)(2 * s.max + 2), sizeof(*s.backward));
	if (outer && follow_outer(&s, *outer)) {
		collect(d, s.a.changed, s.b.changed);
	} else {
		compare(&s);
		collect(d, s.a.changed, s.b.changed);
		slide_all(d, a, b, ia, ib);
	}
	free(s.forward);
	free(s.backward);
	free(s.a.ids);
	free(s.a.at);
	free(s.a.changed);
	free(s.b.ids);
	free(s.b.at);
	free(s.b.changed);
	free(count_a);
	free(count_b);
	free(ia);
	free(ib);
}

void diff_init(struct diff *d, const struct lines *a, const struct lines *b)
{
	init(d, a, b, NULL);
}

void diff_init_outer(struct diff *d, const struct lines *a, const struct lines *b,
		     enum diff_side side)
{
	init(d, a, b, &side);
}

void diff_fini(struct diff *d)
{
	free(d->hunks);
	*d = (struct diff){ 0 };
}
