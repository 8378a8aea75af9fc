/* The changes of all signals involved come from one walk and are grouped by time. At
 * each time a signal has a value before and one after; the clock is evaluated for
 * both, and at an edge one of them is sampled. The last samples are kept in a ring for
 * $past. */
#include "config.h"

#include "session/trace/query.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/trace.h"

#define HELD_MAX (64u << 20) /* bytes in the ring */

enum edge { EDGE_NONE, EDGE_POS, EDGE_NEG, EDGE_ANY };

/* A signal's values around the current time. */
struct slot {
	struct str before, after;
	bool had, has; /* before, after are valid */
	bool changed;  /* at the current time */
};

struct term { /* an expression, and the slots of its leaves */
	struct query *q;
	struct expr *e;
	size_t *slot;
};

struct query {
	struct trace *t;
	struct query_spec spec;
	enum edge edge;
	struct term clock, when, eval[QUERY_EVALS_MAX];
	size_t *signals;
	struct slot *slots;
	size_t n_slots, cap_slots;
	/* The last `deep` samples, each with a value per slot; `at` is the newest. */
	struct str *ring;
	bool *known;
	size_t deep, at, filled;

	/* While running. */
	uint64_t time;
	bool any, ended, current; /* current: terms read the values after, not the ring */
	bool (*row)(void *ctx, const struct query_row *r);
	void *ctx;
	struct query_totals *totals;
};

static size_t slot_of(struct query *q, size_t signal)
{
	for (size_t i = 0; i < q->n_slots; i++)
		if (q->signals[i] == signal)
			return i;
	if (q->n_slots == q->cap_slots) {
		size_t cap = mem_grow((void **)&q->signals, q->cap_slots, q->n_slots + 1,
				      sizeof(*q->signals));

		q->slots = mem_realloc(q->slots, cap * sizeof(*q->slots));
		q->cap_slots = cap;
	}
	q->signals[q->n_slots] = signal;
	q->slots[q->n_slots] = (struct slot){ 0 };
	return q->n_slots++;
}

static bool open_term(struct query *q, struct term *term, const char *text, const char *what,
		      struct err *err)
{
	struct err why;

	term->q = q;
	term->e = expr_parse(q->t, text, &why);
	if (!term->e)
		return err_set(err, why.code, "%s \"%.200s\": %s", what, text, why.text);
	term->slot = mem_calloc(expr_leaves(term->e), sizeof(*term->slot));
	for (size_t i = 0; i < expr_leaves(term->e); i++)
		term->slot[i] = slot_of(q, expr_leaf(term->e, i));
	return true;
}

static void close_term(struct term *term)
{
	expr_free(term->e);
	free(term->slot);
}

/* Takes the edge keyword off the front of a clock. */
static enum edge edge_of(const char **text)
{
	static const struct {
		const char *word;
		enum edge edge;
	} words[] = { { "posedge ", EDGE_POS }, { "negedge ", EDGE_NEG }, { "edge ", EDGE_ANY } };

	*text += strspn(*text, " @(");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_starts(*text, words[i].word)) {
			*text += strlen(words[i].word);
			return words[i].edge;
		}
	return EDGE_ANY;
}

static bool open_clock(struct query *q, struct err *err)
{
	const char *text = q->spec.on;
	bool around, ok;
	char *inner;

	if (!text)
		return true;
	around = text[strspn(text, " @")] == '(';
	q->edge = edge_of(&text);
	inner = mem_strdup(text);
	if (around && str_ends(inner, ")"))
		inner[strlen(inner) - 1] = '\0';
	ok = open_term(q, &q->clock, inner, "on", err);
	free(inner);
	return ok;
}

/* Allocates the ring for the largest look-back and the current sample. */
static bool make_ring(struct query *q, struct err *err)
{
	uint64_t bytes = 0;

	q->deep = 0;
	for (size_t i = 0; i < q->spec.n_eval; i++)
		if (expr_past(q->eval[i].e) > q->deep)
			q->deep = expr_past(q->eval[i].e);
	if (q->when.e && expr_past(q->when.e) > q->deep)
		q->deep = expr_past(q->when.e);
	q->deep++;
	for (size_t i = 0; i < q->n_slots; i++)
		bytes += (uint64_t)trace_signal_at(q->t, q->signals[i])->width + 1;
	if (bytes * q->deep > HELD_MAX)
		return err_set(err, ERR_LIMIT,
			       "%zu cycles of these signals are more than is kept to look back at",
			       q->deep - 1);
	q->ring = mem_calloc(q->deep * q->n_slots, sizeof(*q->ring));
	q->known = mem_calloc(q->deep * q->n_slots, sizeof(*q->known));
	return true;
}

struct query *query_open(struct trace *t, const struct query_spec *spec, struct err *err)
{
	struct query *q = mem_zalloc(sizeof(*q));
	bool ok;

	q->t = t;
	q->spec = *spec;
	ok = spec->n_eval <= QUERY_EVALS_MAX ||
	     err_set(err, ERR_LIMIT, "at most %d expressions at a time", QUERY_EVALS_MAX);
	ok = ok && open_clock(q, err);
	if (ok && spec->when)
		ok = open_term(q, &q->when, spec->when, "when", err);
	for (size_t i = 0; ok && i < spec->n_eval; i++)
		ok = open_term(q, &q->eval[i], spec->eval[i], "eval", err);
	if (ok && make_ring(q, err))
		return q;
	query_close(q);
	return NULL;
}

void query_close(struct query *q)
{
	if (!q)
		return;
	close_term(&q->clock);
	close_term(&q->when);
	for (size_t i = 0; i < QUERY_EVALS_MAX; i++)
		close_term(&q->eval[i]);
	for (size_t i = 0; i < q->n_slots; i++) {
		str_free(&q->slots[i].before);
		str_free(&q->slots[i].after);
	}
	for (size_t i = 0; q->ring && i < q->deep * q->n_slots; i++)
		str_free(&q->ring[i]);
	free(q->slots);
	free(q->signals);
	free(q->ring);
	free(q->known);
	free(q);
}

/* The value of a leaf: from a sample for expressions, around the current time for the
 * clock, where back 1 is before and 0 after. */
static const char *sampled(void *ctx, size_t leaf, unsigned back, size_t *len)
{
	struct term *term = ctx;
	struct query *q = term->q;
	size_t i;

	*len = 0;
	if (back >= q->filled)
		return NULL;
	i = (q->at + q->deep - back) % q->deep * q->n_slots + term->slot[leaf];
	if (!q->known[i])
		return NULL;
	*len = q->ring[i].len;
	return str_cstr(&q->ring[i]);
}

static const char *around(void *ctx, size_t leaf, unsigned back, size_t *len)
{
	struct term *term = ctx;
	struct slot *s = &term->q->slots[term->slot[leaf]];
	bool now = (term->q->current ? 0 : 1) + back == 0 || !s->changed;
	const struct str *value = now ? &s->after : &s->before;

	*len = value->len;
	return (now ? s->has : s->had) ? str_cstr(value) : NULL;
}

/* The least significant bit of the clock, before or after the current time. */
static char clock_at(struct query *q, bool after)
{
	struct expr_source from = { around, &q->clock };
	struct expr_value v;

	q->current = after;
	v = expr_value(q->clock.e, &from);
	return v.kind == EXPR_BITS ? bits_get(&v.bits, 0) : 'x';
}

static bool clock_known(const struct query *q)
{
	for (size_t i = 0; i < expr_leaves(q->clock.e); i++) {
		const struct slot *s = &q->slots[q->clock.slot[i]];

		if (!(s->changed ? s->had : s->has))
			return false;
	}
	return true;
}

/* IEEE 1800-2017, table 9-2: z counts as x. */
static bool is_edge(struct query *q)
{
	char a, b;

	if (!q->clock.e)
		return true;
	if (!clock_known(q))
		return false;
	a = clock_at(q, false);
	b = clock_at(q, true);
	a = a == 'z' ? 'x' : a;
	b = b == 'z' ? 'x' : b;
	if (a == b)
		return false;
	if (q->edge == EDGE_POS)
		return a == '0' || b == '1';
	if (q->edge == EDGE_NEG)
		return a == '1' || b == '0';
	return true;
}

static void count(struct query *q, const struct expr_value *values)
{
	struct query_totals *n = q->totals;

	if (n->rows++ == 0)
		n->first = q->time;
	n->last = q->time;
	for (size_t i = 0; i < q->spec.n_eval; i++) {
		const struct expr_value *v = &values[i];
		char c = v->kind == EXPR_BITS	? bits_truth(&v->bits)
			 : v->kind == EXPR_REAL ? (v->real != 0 ? '1' : '0')
						: 'x';

		n->is_true[i] += c == '1';
		n->is_false[i] += c == '0';
		n->is_x[i] += c == 'x';
	}
}

static void answer(struct query *q)
{
	struct expr_value values[QUERY_EVALS_MAX];
	struct query_row r = { .time = q->time, .sample = q->totals->samples++, .values = values };
	struct expr_source from = { sampled, &q->when };
	char holds = q->when.e ? expr_truth(q->when.e, &from) : '1';

	q->totals->unknown += holds == 'x';
	if (holds != '1')
		return;
	for (size_t i = 0; i < q->spec.n_eval; i++) {
		from.ctx = &q->eval[i];
		values[i] = expr_value(q->eval[i].e, &from);
	}
	count(q, values);
	if (q->row && !q->row(q->ctx, &r))
		q->ended = true;
}

/* Call when all changes of q->time are known. */
static void settle(struct query *q)
{
	bool after = q->spec.after || !q->clock.e;

	if (is_edge(q)) {
		q->at = (q->at + 1) % q->deep;
		if (q->filled < q->deep)
			q->filled++;
		for (size_t i = 0; i < q->n_slots; i++) {
			struct slot *s = &q->slots[i];
			bool now = after || !s->changed;
			struct str *to = &q->ring[q->at * q->n_slots + i];
			const struct str *value = now ? &s->after : &s->before;

			str_clear(to);
			str_add(to, str_cstr(value), value->len);
			q->known[q->at * q->n_slots + i] = now ? s->has : s->had;
		}
		if (q->time >= q->spec.from)
			answer(q);
	}
	for (size_t i = 0; i < q->n_slots; i++)
		q->slots[i].changed = false;
}

static bool change(void *ctx, size_t which, const struct trace_point *p)
{
	struct query *q = ctx;
	struct slot *s = &q->slots[which];

	if (q->any && p->time != q->time) {
		settle(q);
		if (q->ended)
			return false;
	}
	q->any = true;
	q->time = p->time;
	if (!s->changed) {
		struct str spare = s->before;

		s->before = s->after;
		s->had = s->has;
		s->after = spare;
		s->changed = true;
	}
	str_clear(&s->after);
	str_add(&s->after, p->value, p->len);
	s->has = true;
	return true;
}

/* Start of the walk, so that $past has its values at from: enough edges of the clock
 * before it; a period has at least two changes. */
static uint64_t begin_at(struct query *q)
{
	uint64_t begin = q->spec.from;
	struct trace_point p;
	size_t steps = q->deep * 2 + 2;

	if (!q->clock.e || expr_leaves(q->clock.e) != 1 || q->deep == 1)
		return q->deep == 1 ? begin : 0;
	while (steps-- > 0 && trace_prev(q->t, expr_leaf(q->clock.e, 0), begin, &p))
		begin = p.time;
	return begin;
}

void query_run(struct query *q, bool (*row)(void *ctx, const struct query_row *r), void *ctx,
	       struct query_totals *totals)
{
	uint64_t begin = begin_at(q);
	struct trace_point p;

	memset(totals, 0, sizeof(*totals));
	q->row = row;
	q->ctx = ctx;
	q->totals = totals;
	q->any = q->ended = false;
	q->filled = 0;
	for (size_t i = 0; i < q->n_slots; i++) {
		struct slot *s = &q->slots[i];

		s->changed = s->had = s->has = false;
		if (begin > 0 && trace_at(q->t, q->signals[i], begin - 1, &p)) {
			str_clear(&s->after);
			str_add(&s->after, p.value, p.len);
			s->has = true;
		}
	}
	trace_walk(q->t, q->signals, q->n_slots, begin, q->spec.to, change, q);
	if (q->any && !q->ended)
		settle(q);
}
