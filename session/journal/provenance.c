/* Authors of lines, as a fold over edits.
 *
 * An edit is widened to whole lines and the old lines are compared with the new
 * ones. Lines that stay keep their author; the others get the edit's, combined with
 * the author of the line they replace. A diff cannot see that a line was moved, so
 * cut lines are remembered by hash and keep their author when they return.
 *
 * Following the current node is cheap when it is a child of the last one; otherwise
 * the fold starts at the base again.
 */
#include "config.h"

#include "session/journal/provenance.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/state.h"
#include "session/text/diff.h"
#include "session/text/text.h"

#define CUT_MAX	  4096 /* cut lines that may return */
#define CUT_LEAST 4    /* non-blank bytes that make a line worth remembering */

struct cut {
	uint64_t hash;
	struct author author;
};

struct provenance {
	struct str base, text;
	struct author *lines;
	size_t n, cap;
	struct cut cut[CUT_MAX];
	size_t n_cut;		/* total; the next slot is n_cut % CUT_MAX */
	uint32_t node, n_nodes; /* of the undo tree when it was last read */
};

static uint64_t hash_line(const char *s, size_t len)
{
	uint64_t h = 14695981039346656037u; /* FNV-1a */
	size_t words = 0;

	for (size_t i = 0; i < len; i++) {
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
		words += !strchr(" \t\r\n", s[i]) || !s[i];
	}
	return words < CUT_LEAST ? 0 : h;
}

static void remember_cut(struct provenance *p, const struct lines *old, size_t line,
			 struct author a)
{
	size_t len;
	const char *s = lines_at(old, line, &len);
	uint64_t h = hash_line(s, len);

	if (h)
		p->cut[p->n_cut++ % CUT_MAX] = (struct cut){ h, a };
}

static bool came_back(const struct provenance *p, const char *s, size_t len, struct author *a)
{
	uint64_t h = hash_line(s, len);
	size_t most = p->n_cut < CUT_MAX ? p->n_cut : CUT_MAX;

	for (size_t i = 0; h && i < most; i++) {
		const struct cut *c = &p->cut[(p->n_cut - 1 - i) % CUT_MAX];

		if (c->hash == h) {
			*a = c->author;
			return true;
		}
	}
	return false;
}

/* Author of a line after an edit by `by`; had: its former author, NULL for a new line. */
static struct author author_after(struct author by, const struct author *had)
{
	if (by.kind == AUTHOR_YOU && had &&
	    (had->kind == AUTHOR_MODEL || had->kind == AUTHOR_MODEL_YOU))
		return (struct author){ AUTHOR_MODEL_YOU, had->suggestion };
	return by;
}

/* True for a line of a suggestion that the user rewrote before taking it. */
static bool is_amended(const struct state *st, struct author by, const char *s, size_t len)
{
	const struct proposal *p =
		by.kind == AUTHOR_MODEL ? state_proposal(st, by.suggestion) : NULL;

	len -= len && s[len - 1] == '\n';
	for (size_t i = 0; p && i < p->amended.n; i++)
		if (strlen(p->amended.v[i]) == len && memcmp(p->amended.v[i], s, len) == 0)
			return true;
	return false;
}

struct replaced { /* lines [first, first + old.n) become the lines of fresh */
	size_t first;
	struct lines old, fresh;
};

static void assign(struct provenance *p, const struct state *st, const struct replaced *r,
		   struct author by, struct author *out)
{
	struct diff d;
	size_t i = 0, k = 0;

	diff_init(&d, &r->old, &r->fresh);
	for (size_t h = 0; h < d.n; h++)
		for (size_t x = 0; x < d.hunks[h].a_len; x++)
			remember_cut(p, &r->old, d.hunks[h].a_start + x,
				     p->lines[r->first + d.hunks[h].a_start + x]);
	for (size_t h = 0; h <= d.n; h++) {
		const struct diff_hunk *x = h < d.n ? &d.hunks[h] : NULL;

		while (k < (x ? x->b_start : r->fresh.n))
			out[k++] = p->lines[r->first + i++];
		for (size_t y = 0; x && y < x->b_len; y++, k++) {
			size_t len;
			const char *s = lines_at(&r->fresh, k, &len);

			if (by.kind == AUTHOR_YOU && came_back(p, s, len, &out[k]))
				continue;
			out[k] = author_after(
				by, y < x->a_len ? &p->lines[r->first + x->a_start + y] : NULL);
			if (is_amended(st, by, s, len))
				out[k].kind = AUTHOR_MODEL_YOU;
		}
		if (x)
			i += x->a_len;
	}
	diff_fini(&d);
}

/* Widens the change to whole lines: from the start of the line that contains off to
 * the end of the line in which the removed bytes end. */
static void whole_lines(const struct provenance *p, const struct change *c, size_t *from,
			size_t *to, size_t *line)
{
	const char *text = str_cstr(&p->text), *lf = memrchr(text, '\n', (size_t)c->off);

	*from = lf ? (size_t)(lf - text) + 1 : 0;
	*to = (size_t)(c->off + c->removed);
	lf = *to < p->text.len ? memchr(text + *to, '\n', p->text.len - *to) : NULL;
	*to = lf ? (size_t)(lf - text) + 1 : p->text.len;
	*line = 0;
	for (const char *s = text; (s = memchr(s, '\n', (size_t)(text + *from - s))); s++)
		(*line)++;
}

static bool provenance_change(struct provenance *p, const struct state *st, const struct change *c,
			      struct author by)
{
	struct replaced r;
	struct str fresh = STR_INIT, whole = STR_INIT;
	struct author *out;
	size_t from, to;

	if (c->off > p->text.len || c->removed > p->text.len - c->off ||
	    p->text.len - c->removed + c->ins.len > PROVENANCE_LIMIT)
		return false;
	whole_lines(p, c, &from, &to, &r.first);
	str_add(&fresh, str_cstr(&p->text) + from, (size_t)c->off - from);
	str_add(&fresh, c->ins.data, c->ins.len);
	str_add(&fresh, str_cstr(&p->text) + c->off + c->removed,
		to - (size_t)(c->off + c->removed));
	lines_init(&r.old, str_cstr(&p->text) + from, to - from);
	lines_init(&r.fresh, str_cstr(&fresh), fresh.len);
	out = mem_calloc(r.fresh.n + 1, sizeof(*out));
	assign(p, st, &r, by, out);

	p->cap = mem_grow((void **)&p->lines, p->cap, p->n + r.fresh.n, sizeof(*p->lines));
	memmove(p->lines + r.first + r.fresh.n, p->lines + r.first + r.old.n,
		(p->n - r.first - r.old.n) * sizeof(*p->lines));
	memcpy(p->lines + r.first, out, r.fresh.n * sizeof(*out));
	p->n += r.fresh.n - r.old.n;
	str_add(&whole, str_cstr(&p->text), from);
	str_add(&whole, str_cstr(&fresh), fresh.len);
	str_add(&whole, str_cstr(&p->text) + to, p->text.len - to);
	lines_fini(&r.old);
	lines_fini(&r.fresh);
	str_free(&p->text);
	p->text = whole;
	str_free(&fresh);
	free(out);
	return true;
}

static struct author author_of(const struct doc_node *node)
{
	switch (node->source) {
	case EDIT_BY_SUGGESTION:
		return (struct author){ AUTHOR_MODEL, node->suggestion };
	case EDIT_BY_DISK:
		return (struct author){ AUTHOR_DISK, 0 };
	default:
		return (struct author){ AUTHOR_YOU, 0 };
	}
}

static bool in_place(const struct state *st, struct author by)
{
	const struct proposal *p =
		by.kind == AUTHOR_MODEL ? state_proposal(st, by.suggestion) : NULL;

	return p && suggestion_in_place(p->s);
}

/* Assigns the recorded authors to the text of a renamed file. Runs beyond the end
 * of the text are ignored. */
static void take_authors(struct provenance *p, const struct doc_move *m)
{
	size_t at = 0;

	for (size_t i = 0; i < m->n_authors && m->authors[i].lines <= p->n - at; i++)
		for (uint64_t k = 0; k < m->authors[i].lines; k++)
			p->lines[at++] = m->authors[i].by;
}

static bool apply_node(struct provenance *p, const struct state *st, const struct doc *d,
		       uint32_t n)
{
	const struct doc_node *node = &d->nodes[n];
	struct author by = author_of(node);

	const struct doc_move *moved = node->kind == DOC_CAME ? doc_move(d, n) : NULL;
	size_t first = moved != NULL;

	for (size_t i = 0; i < node->n; i++) {
		const struct doc_change *c = &node->v[i];
		bool back = i == first && node->n > first + 1 && in_place(st, by);

		/* In place: the first change restores the text before the proposal. */
		if (!provenance_change(
			    p, st, &(struct change){ c->off, c->removed, { c->ins, c->ins_len } },
			    i < first || back ? (struct author){ AUTHOR_BEFORE, 0 } : by))
			return false;
		if (i < first)
			take_authors(p, moved);
	}
	p->node = n;
	return true;
}

/* Applies the edits from node 0 to n. */
static bool fold(struct provenance *p, const struct state *st, const struct doc *d, uint32_t n)
{
	struct lines l;
	uint32_t *way = NULL;
	size_t steps = 0, cap = 0;
	bool ok = true;

	str_clear(&p->text);
	str_add(&p->text, str_cstr(&p->base), p->base.len);
	lines_init(&l, str_cstr(&p->text), p->text.len);
	MEM_ROOM(p->lines, l.n, p->cap);
	memset(p->lines, 0, l.n * sizeof(*p->lines));
	p->n = l.n;
	lines_fini(&l);
	p->n_cut = 0;
	p->node = 0;
	for (; n; n = d->nodes[n].parent) {
		MEM_PUSH(way, steps, cap, n);
	}
	while (ok && steps)
		ok = apply_node(p, st, d, way[--steps]);
	free(way);
	return ok;
}

struct provenance *provenance_new(const struct state *st, const struct doc *d, uint32_t node,
				  const char *base, size_t len)
{
	struct provenance *p;

	if (len > PROVENANCE_LIMIT)
		return NULL;
	p = mem_zalloc(sizeof(*p));
	str_add(&p->base, base, len);
	p->n_nodes = d->n_nodes;
	if (fold(p, st, d, node))
		return p;
	provenance_free(p);
	return NULL;
}

void provenance_free(struct provenance *p)
{
	if (!p)
		return;
	str_free(&p->base);
	str_free(&p->text);
	free(p->lines);
	free(p);
}

bool provenance_follow(struct provenance *p, const struct state *st, const struct doc *d)
{
	bool ok = d->n_nodes >= p->n_nodes; /* otherwise it was opened anew */

	p->n_nodes = d->n_nodes;
	if (ok && d->current != p->node)
		ok = d->nodes[d->current].parent == p->node ? apply_node(p, st, d, d->current)
							    : fold(p, st, d, d->current);
	return ok && (!d->text || text_len(d->text) == p->text.len);
}

bool provenance_set_text(struct provenance *p, const struct state *st, const char *text, size_t len,
			 struct author by)
{
	size_t now_len;
	const char *now = provenance_text(p, &now_len);
	struct change c;

	if (now_len == len && memcmp(now, text, len) == 0)
		return true;
	change_between(now, now_len, text, len, &c);
	return provenance_change(p, st, &c, by);
}

size_t provenance_lines(const struct provenance *p)
{
	return p->n;
}

struct author provenance_line(const struct provenance *p, size_t i)
{
	return i < p->n ? p->lines[i] : (struct author){ AUTHOR_BEFORE, 0 };
}

static bool same_author(struct author a, struct author b)
{
	return a.kind == b.kind && a.suggestion == b.suggestion;
}

size_t provenance_runs(const struct provenance *p, struct author_run **out)
{
	size_t n = 0;

	*out = mem_calloc(p->n + 1, sizeof(**out));
	for (size_t i = 0; i < p->n; i++) {
		if (n == 0 || !same_author((*out)[n - 1].by, p->lines[i]))
			(*out)[n++] = (struct author_run){ 0, p->lines[i] };
		(*out)[n - 1].lines++;
	}
	return n;
}

const char *provenance_text(const struct provenance *p, size_t *len)
{
	*len = p->text.len;
	return str_cstr(&p->text);
}

void author_print(const struct state *st, struct author a, struct str *out)
{
	static const char *const words[] = {
		[AUTHOR_BEFORE] = "before", [AUTHOR_YOU] = "you", [AUTHOR_DISK] = "outside"
	};
	const struct proposal *p = a.suggestion ? state_proposal(st, a.suggestion) : NULL;
	bool outside = p && strcmp(p->by, "outside") == 0;

	if (a.kind != AUTHOR_MODEL && a.kind != AUTHOR_MODEL_YOU) {
		str_adds(out, words[a.kind]);
		return;
	}
	if (outside)
		str_adds(out, "outside");
	else
		str_addf(out, "model %s #%llu", p && p->by[0] ? p->by : "?",
			 (unsigned long long)(p && p->ask ? p->ask : a.suggestion));
	if (a.kind == AUTHOR_MODEL_YOU)
		str_adds(out, " then you");
}

char author_letter(const struct state *st, struct author a)
{
	const struct proposal *p = a.suggestion ? state_proposal(st, a.suggestion) : NULL;

	switch (a.kind) {
	case AUTHOR_YOU:
		return 'u';
	case AUTHOR_MODEL:
		return p && strcmp(p->by, "outside") == 0 ? 'o' : 'm';
	case AUTHOR_MODEL_YOU:
		return '*';
	case AUTHOR_DISK:
		return 'o';
	default:
		return ' ';
	}
}
