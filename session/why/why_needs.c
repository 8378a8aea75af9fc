/* What the value of an expression depended on in this one evaluation.
 *
 * Of a ? b : c only the condition and the selected arm; of a & b with a at 0 only a; of
 * an x only the operands that bring one; of a concatenation only the parts with the bits
 * in question. So a chain omits what had no influence.
 *
 * The leaf is the innermost expression that all of those bits came from: of a selection
 * over several lines, the chosen side with its line.
 */
#include "config.h"

#include "session/base/mem.h"
#include "session/why/why_inner.h"

#define NEEDS_MAX 64u /* per expression; more are dropped */

struct search {
	struct pass *r;
	struct need **v;
	size_t *n, *cap;
	uint32_t leaf;
	int choosing; /* depth of conditions that contain the node */
	int indexing; /* and of indices */
};

static const struct circuit_node *at(const struct search *s, uint32_t node)
{
	return &s->r->w->c->nodes[node];
}

static bool is_here(const struct search *s, const struct place *p)
{
	for (size_t i = 0; i < s->r->n_env; i++)
		if (place_same(&s->r->env[i].place, p))
			return true;
	return false;
}

static void add(struct search *s, uint32_t node, const struct place *p, struct range range)
{
	for (size_t i = 0; i < *s->n; i++)
		if (place_same(&(*s->v)[i].place, p)) {
			struct range *have = &(*s->v)[i].range;

			if (have->low != range.low || have->n != range.n)
				*have = (struct range){ 0, 0 };
			(*s->v)[i].chose &= s->choosing > 0;
			(*s->v)[i].index &= s->indexing > 0;
			return;
		}
	/* The counter of a loop comes from the loop itself. */
	if (*s->n >= NEEDS_MAX || (s->r->w->c->vars[p->var].counter && is_here(s, p)))
		return;
	MEM_PUSH(*s->v, *s->n, *s->cap,
		 (struct need){ .place = *p,
				.range = range,
				.chose = s->choosing > 0,
				.index = s->indexing > 0,
				.here = is_here(s, p),
				.node = node });
}

static void needs(struct search *s, uint32_t node, struct range range, bool leads);

/* Adds the indices on the way to a part, an element, a field. */
static void indices(struct search *s, uint32_t node)
{
	uint32_t n = node;

	while (at(s, n)->op == CIRCUIT_ELEMENT || at(s, n)->op == CIRCUIT_PART ||
	       at(s, n)->op == CIRCUIT_FIELD) {
		uint32_t index = at(s, at(s, n)->first)->next;

		s->indexing++;
		if (at(s, n)->op != CIRCUIT_FIELD && at(s, index)->op != CIRCUIT_CONST)
			needs(s, index, (struct range){ 0, 0 }, false);
		s->indexing--;
		n = at(s, n)->first;
	}
}

static struct range inner(struct range whole, struct range wanted)
{
	if (wanted.n == 0)
		return whole;
	if (whole.n && wanted.low + wanted.n > whole.n)
		return whole;
	return (struct range){ whole.low + wanted.low, wanted.n };
}

static void reference(struct search *s, uint32_t node, struct range wanted)
{
	struct place p;
	struct range range;

	indices(s, node);
	if (eval_place(s->r, node, &p, &range) && !s->r->w->c->vars[p.var].constant)
		add(s, node, &p, inner(range, wanted));
}

static bool has_x(struct search *s, uint32_t node)
{
	struct bits b = eval(s->r, node);

	return bits_unknown(&b);
}

/* The number of bits in a range that are `bit`; *at: the last of them. */
static uint32_t count_in(const struct bits *b, struct range range, char bit, uint32_t *at)
{
	uint32_t end = range.n ? range.low + range.n : b->width, n = 0;

	for (uint32_t i = range.n ? range.low : 0; i < end && i < b->width; i++)
		if (bits_get(b, i) == bit) {
			*at = i;
			n++;
		}
	return n;
}

/* The operand of an and (or an or) that decides alone about those bits; 0: neither. */
static uint32_t decides(struct search *s, const struct circuit_node *n, struct range range)
{
	uint32_t first = n->first, second = at(s, first)->next;
	bool is_and = n->op == CIRCUIT_AND || n->op == CIRCUIT_LOG_AND;
	bool logical = n->op == CIRCUIT_LOG_AND || n->op == CIRCUIT_LOG_OR;
	uint32_t of, at_bit;
	struct bits a, b;
	bool a_does, b_does;

	if (n->op != CIRCUIT_AND && n->op != CIRCUIT_OR && !logical)
		return 0;
	a = eval(s->r, first);
	b = eval(s->r, second);
	if (logical) {
		a_does = bits_truth(&a) == (is_and ? '0' : '1');
		b_does = bits_truth(&b) == (is_and ? '0' : '1');
	} else {
		of = range.n ? range.n : a.width;
		a_does = count_in(&a, range, is_and ? '0' : '1', &at_bit) == of;
		b_does = count_in(&b, range, is_and ? '0' : '1', &at_bit) == of;
	}
	return a_does == b_does ? 0 : a_does ? first : second;
}

static void operands(struct search *s, uint32_t node, struct range range)
{
	const struct circuit_node *n = at(s, node);
	bool bitwise = n->op >= CIRCUIT_NOT && n->op <= CIRCUIT_XNOR && n->op != CIRCUIT_LOG_NOT;
	uint32_t only;
	bool some_x = false;

	if (!bitwise)
		range = (struct range){ 0, 0 };
	only = decides(s, n, range);
	if (only && !s->r->only_x) {
		needs(s, only, range, false);
		return;
	}
	for (uint32_t k = n->first; k && s->r->only_x; k = at(s, k)->next)
		some_x |= has_x(s, k);
	for (uint32_t k = n->first; k; k = at(s, k)->next)
		if (!some_x || has_x(s, k))
			needs(s, k, range, false);
}

/* Of a reduction that one bit decided, that bit. */
static void reduction(struct search *s, const struct circuit_node *n)
{
	struct bits value = eval(s->r, n->first);
	struct range one = { 0, 1 }, all = { 0, 0 };
	bool alone = count_in(&value, all, n->op == CIRCUIT_RED_OR ? '1' : '0', &one.low) == 1;

	needs(s, n->first, alone && !s->r->only_x ? one : all, false);
}

static void condition(struct search *s, const struct circuit_node *n, struct range range,
		      bool leads)
{
	uint32_t then = at(s, n->first)->next, other = at(s, then)->next;
	char c = eval_truth(s->r, n->first);

	s->choosing++;
	needs(s, n->first, (struct range){ 0, 0 }, false);
	s->choosing--;
	if (c == 'x' && s->r->only_x)
		return;
	if (c != '0')
		needs(s, then, range, leads && c != 'x');
	if (c != '1')
		needs(s, other, range, leads && c != 'x');
}

static void concatenation(struct search *s, const struct circuit_node *n, struct range range,
			  bool leads)
{
	uint32_t low = 0, total = 0;

	for (uint32_t k = n->first; k; k = at(s, k)->next)
		total += at(s, k)->width;
	for (uint32_t k = n->first; k; k = at(s, k)->next) {
		uint32_t width = at(s, k)->width;
		struct range part = { 0, 0 };
		bool whole;

		low = total - width;
		total = low;
		if (range.n && (range.low >= low + width || range.low + range.n <= low))
			continue;
		whole = range.n && range.low >= low && range.low + range.n <= low + width;
		if (whole)
			part = (struct range){ range.low - low, range.n };
		if (!range.n && s->r->only_x && !has_x(s, k))
			continue;
		needs(s, k, part, leads && whole);
	}
}

static void part(struct search *s, uint32_t node, struct range range)
{
	const struct circuit_node *n = at(s, node);
	struct bits low = eval(s->r, at(s, n->first)->next);
	struct range whole = { 0, n->width };
	uint64_t i;

	if (bits_fits(&low, &i) && i < WIDTH_MAX)
		whole.low = (uint32_t)i;
	else
		whole.n = 0;
	s->indexing++;
	if (at(s, at(s, n->first)->next)->op != CIRCUIT_CONST)
		needs(s, at(s, n->first)->next, (struct range){ 0, 0 }, false);
	s->indexing--;
	needs(s, n->first, inner(whole, range), false);
}

static void argument(void *ctx, uint32_t node, bool chose)
{
	struct search *s = ctx;

	s->choosing += chose;
	needs(s, node, (struct range){ 0, 0 }, false);
	s->choosing -= chose;
}

static void outer(void *ctx, const struct need *need, bool chose)
{
	struct search *s = ctx;

	s->choosing += chose;
	add(s, need->node, &need->place, need->range);
	s->choosing -= chose;
}

/* For a call that cannot be examined: all arguments. */
static void call(struct search *s, uint32_t node, uint32_t var)
{
	struct call_ops ops = { argument, outer, s };

	if (!s->r->w->result(s->r, node, var, &ops))
		for (uint32_t a = at(s, node)->first; a; a = at(s, a)->next)
			if (at(s, a)->flag != 'o')
				needs(s, at(s, a)->first, (struct range){ 0, 0 }, false);
}

static void needs(struct search *s, uint32_t node, struct range range, bool leads)
{
	const struct circuit_node *n = at(s, node);

	if (!node || s->r->depth >= NEST_MAX || s->r->w->work < 0)
		return;
	s->r->depth++;
	if (leads)
		s->leaf = node;
	switch (n->op) {
	case CIRCUIT_CONST:
		break;
	case CIRCUIT_VAR:
	case CIRCUIT_OUTSIDE:
	case CIRCUIT_ELEMENT:
	case CIRCUIT_FIELD:
		reference(s, node, range);
		break;
	case CIRCUIT_PART:
		part(s, node, range);
		break;
	case CIRCUIT_CONCAT:
		concatenation(s, n, range, leads);
		break;
	case CIRCUIT_COND:
		condition(s, n, range, leads);
		break;
	case CIRCUIT_CALL:
		call(s, node, CIRCUIT_NONE);
		break;
	case CIRCUIT_ARG:
		needs(s, n->first, range, leads);
		break;
	case CIRCUIT_RED_OR:
	case CIRCUIT_RED_AND:
		reduction(s, n);
		break;
	case CIRCUIT_EXTEND:
	case CIRCUIT_EXTENDS:
		if (range.n && range.low + range.n > at(s, n->first)->width)
			range = (struct range){ 0, 0 };
		needs(s, n->first, range, leads);
		break;
	default:
		operands(s, node, range);
		break;
	}
	s->r->depth--;
}

void eval_indices(struct pass *r, uint32_t node, struct need **v, size_t *n, size_t *cap)
{
	struct search s = { .r = r, .v = v, .n = n, .cap = cap };

	indices(&s, node);
}

void eval_result(struct pass *r, uint32_t node, uint32_t var, struct need **v, size_t *n,
		 size_t *cap)
{
	struct search s = { .r = r, .v = v, .n = n, .cap = cap };

	call(&s, node, var);
}

void eval_needs(struct pass *r, uint32_t node, struct range range, struct need **v, size_t *n,
		size_t *cap, uint32_t *leaf)
{
	struct search s = { .r = r, .v = v, .n = n, .cap = cap, .leaf = node };

	needs(&s, node, range, true);
	if (leaf)
		*leaf = s.leaf;
}
