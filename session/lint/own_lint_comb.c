/* Combinational blocks: latches. own_lint_sense.c looks at their sensitivity lists.
 *
 * A signal written on some paths through the block but not on all keeps its value
 * on the others: a latch. Verilator reports that itself unless the block has a
 * `case`, so only those blocks are examined. The set of signals surely written,
 * from the leaves up:
 *
 *     a = b;          a
 *     a = a;          none: it keeps its value
 *     begin ... end   the union of its statements
 *     if              the intersection of both branches; none without an else
 *     case            the intersection of all choices. Without a default the choices
 *                     count as complete: gaps are reported as CASEINCOMPLETE. The
 *                     tool does not check choices that are plain numbers; those are
 *                     incomplete if they are fewer than the vector's values. A default
 *                     behind choices for all values is never taken
 *     for ...         its body
 *
 * Bits that a block writes by constant selects count by themselves as well: y[0] is a latch
 * where "y[3:1] = a; if (s) y[0] = b;" is all there is. A select by a variable counts
 * like the whole signal. Bits that only appear in a write of the whole are not told apart.
 *
 * If a block contains anything of unknown effect (a task, a macro, a delay), it
 * is skipped.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

#define MAX_TARGETS 64
#define MAX_WRITTEN 1024u	      /* distinct names written in one block */
#define MAX_BITS    (MAX_WRITTEN / 2) /* bits with a number of their own */
#define WORDS	    (MAX_WRITTEN / 64)

/* The names that a block writes, numbered in order of first appearance. */
struct block {
	struct own_unit *u;
	int process, body; /* body: statement after @(...) */
	int open;	   /* a case that is known to be incomplete; 0: none */
	struct vspan list; /* sensitivity list; empty if there is none or a star */
	struct name_map written;
	size_t tokens[MAX_WRITTEN]; /* token of the first write of each */
	size_t whole[MAX_WRITTEN];  /* for a bit: the number of its signal; else its own */
	unsigned char bit[MAX_WRITTEN];
	size_t n, bits; /* of these, bits */
	bool has_case, unknown, shows;
	bool keeps; /* an assignment of a signal to itself, which no tool takes for a latch */
};

struct set {
	uint64_t w[WORDS];
};

static struct set everything(void)
{
	struct set s;

	memset(&s, 0xff, sizeof(s));
	return s;
}

static void meet(struct set *a, const struct set *b)
{
	for (size_t i = 0; i < WORDS; i++)
		a->w[i] &= b->w[i];
}

static void join(struct set *a, const struct set *b)
{
	for (size_t i = 0; i < WORDS; i++)
		a->w[i] |= b->w[i];
}

/* Blocks ---------------------------------------------------------------------------- */

bool own_has_edge(const struct own_unit *u, struct vspan head)
{
	for (size_t i = vstmts_token(u->s, head.off), end = vstmts_token(u->s, head.end); i < end;
	     i++)
		if (own_is_sign(u, i, "posedge") || own_is_sign(u, i, "negedge") ||
		    own_is_sign(u, i, "edge") || own_is_sign(u, i, "iff"))
			return true;
	return false;
}

static bool has_star(const struct own_unit *u, struct vspan head)
{
	for (size_t i = vstmts_token(u->s, head.off), end = vstmts_token(u->s, head.end); i < end;
	     i++)
		if (own_is_sign(u, i, "*"))
			return true;
	return false;
}

/* False if it waits for an edge, or for something not understood. */
static bool is_comb(struct block *b)
{
	const struct vstmts *s = b->u->s;
	const struct vstmt *v = &s->v[b->process];
	int first = b->process + 1;

	b->body = first;
	if (first >= v->end)
		return false;
	if (vspan_is(s, v->name, "always_comb"))
		return true;
	if (!vspan_is(s, v->name, "always") || s->v[first].kind != VSTMT_PREFIX ||
	    s->v[first].head.off >= s->v[first].head.end || s->text[s->v[first].head.off] != '@' ||
	    own_has_edge(b->u, s->v[first].head))
		return false;
	if (!has_star(b->u, s->v[first].head))
		b->list = s->v[first].head;
	b->body = first + 1;
	return b->body < v->end;
}

/* The number of a name; it gets one if it has none. False if there are too many. */
static bool number_of(struct block *b, const char *name, size_t len, size_t token, size_t *at)
{
	if (name_map_get(&b->written, name, len, at))
		return true;
	if (b->n == MAX_WRITTEN)
		return false;
	*at = b->n++;
	b->tokens[*at] = token;
	b->whole[*at] = *at;
	name_map_put(&b->written, name, len, *at);
	return true;
}

/* The bits that a constant select writes, as a mask; 0: it writes all, or some that are not
 * known. */
static uint64_t bits_of(const struct block *b, const struct own_target *t)
{
	unsigned long bits[2];

	if (!own_bits_of(b->u, t->rest, bits) || bits[1] > 63)
		return 0;
	return UINT64_MAX >> (63 - bits[1] + bits[0]) << bits[0];
}

static void note_bits(struct block *b, const struct own_target *t, size_t whole)
{
	uint64_t fresh = bits_of(b, t);

	for (size_t i = 0; fresh && i < b->n; i++)
		if (b->whole[i] == whole && i != whole)
			fresh &= ~(UINT64_C(1) << b->bit[i]);
	for (unsigned char k = 0; fresh && k < 64 && b->bits < MAX_BITS; k++) {
		if (!(fresh >> k & 1) || b->n == MAX_WRITTEN)
			continue;
		b->tokens[b->n] = t->token;
		b->whole[b->n] = whole;
		b->bit[b->n++] = k;
		b->bits++;
	}
}

static void note_written(struct block *b, const struct vstmt *v)
{
	struct own_target t[MAX_TARGETS];
	size_t n = own_targets(b->u, v->lhs, t, MAX_TARGETS), at;

	for (size_t i = 0; i < n; i++) {
		const struct vstmt_token *name = &b->u->s->tokens[t[i].token];

		if (number_of(b, b->u->s->text + name->off, name->len, t[i].token, &at))
			note_bits(b, &t[i], at);
		else
			b->unknown = true;
	}
}

/* "y = y" writes nothing new. */
static bool keeps(const struct block *b, const struct vstmt *v)
{
	const struct vstmts *s = b->u->s;
	size_t from = vstmts_token(s, v->lhs.off), with = vstmts_token(s, v->rhs.off);
	size_t n = vstmts_token(s, v->lhs.end) - from;

	if (n == 0 || vstmts_token(s, v->rhs.end) - with != n || own_is_sign(b->u, from, "{"))
		return false;
	for (size_t i = 0; i < n; i++)
		if (s->tokens[from + i].len != s->tokens[with + i].len ||
		    memcmp(s->text + s->tokens[from + i].off, s->text + s->tokens[with + i].off,
			   s->tokens[from + i].len) != 0)
			return false;
	return true;
}

static void look_through(struct block *b)
{
	const struct vstmts *s = b->u->s;

	for (int i = b->body; i < s->v[b->process].end; i++) {
		switch (s->v[i].kind) {
		case VSTMT_BLOCKING:
		case VSTMT_NONBLOCKING:
			note_written(b, &s->v[i]);
			b->keeps |= keeps(b, &s->v[i]);
			break;
		case VSTMT_CASE:
			b->has_case = true;
			break;
		case VSTMT_SYSTEM:
			b->shows = true;
			break;
		case VSTMT_BLOCK:
		case VSTMT_IF:
		case VSTMT_CHOICE:
		case VSTMT_LOOP:
		case VSTMT_DECL:
		case VSTMT_NULL:
		case VSTMT_ASSERT:
			break;
		default:
			b->unknown = true;
		}
	}
}

/* Latches ------------------------------------------------------------------------------ */

static bool names_a_signal(const struct block *b, struct vspan head)
{
	size_t set;

	for (size_t i = vstmts_token(b->u->s, head.off), end = vstmts_token(b->u->s, head.end);
	     i < end; i++)
		if (own_signal_of(b->u, &b->u->s->tokens[i], &set))
			return true;
	return false;
}

static bool is_default(const struct block *b, int choice)
{
	return own_is_sign(b->u, vstmts_token(b->u->s, b->u->s->v[choice].head.off), "default");
}

static struct set written_by(const struct block *b, int i);

static struct set written_by_all(const struct block *b, int i)
{
	const struct vstmts *s = b->u->s;
	struct set all = { { 0 } };

	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		struct set one = written_by(b, k);

		join(&all, &one);
	}
	return all;
}

static struct set written_by_if(const struct block *b, int i)
{
	const struct vstmts *s = b->u->s;
	struct set both = everything();
	bool has_else = false;

	/* A constant condition: only one branch exists. */
	if (!names_a_signal(b, s->v[i].head))
		return written_by_all(b, i);
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		struct set one = written_by(b, k);

		has_else |= s->v[k].role == VROLE_ELSE;
		meet(&both, &one);
	}
	return has_else ? both : (struct set){ { 0 } };
}

/* True for "parameter IDLE = 0, RUN = 1", which is as wide as a plain number.
 * Sized ones are checked by the tool. */
static bool is_plain_constant(const struct block *b, const struct vstmt_token *name)
{
	const struct vstmts *s = b->u->s;
	const struct vstmt *unit = &s->v[b->u->node];
	size_t from = vstmts_token(s, unit->all.off), end = vstmts_token(s, unit->all.end);

	for (size_t i = from; i + 2 < end; i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if ((own_is_sign(b->u, i, "parameter") || own_is_sign(b->u, i, "localparam")) &&
		    s->tokens[i + 1].kind != VTOKEN_NAME)
			return false; /* a range or type, which may apply to this name as well */
		if (t->kind == VTOKEN_NAME && t->len == name->len &&
		    memcmp(s->text + t->off, s->text + name->off, t->len) == 0 &&
		    own_is_sign(b->u, i + 1, "="))
			return own_number_at(s, i + 2) >= 0;
	}
	return false;
}

/* Number of labels of the choice ("0" or "IDLE, RUN") if all are plain numbers or
 * plain parameters, else 0. *named is set if one is a name. */
static size_t plain_labels(const struct block *b, int choice, bool *named)
{
	const struct vstmts *s = b->u->s;
	struct vspan head = s->v[choice].head;
	size_t n = 0;

	for (size_t i = vstmts_token(s, head.off), end = vstmts_token(s, head.end); i < end; i++) {
		const struct vstmt_token *t = &s->tokens[i];

		size_t set;

		if (own_is_sign(b->u, i, ",") || own_is_sign(b->u, i, ":"))
			continue;
		if (t->kind == VTOKEN_NAME && !own_signal_of(b->u, t, &set) &&
		    is_plain_constant(b, t)) {
			*named = true;
			n++;
			continue;
		}
		for (size_t k = 0; k < t->len; k++)
			if (s->text[t->off + k] < '0' || s->text[t->off + k] > '9')
				return 0;
		n++;
	}
	return n;
}

static bool has_default(const struct block *b, int i)
{
	for (int k = i + 1; k < b->u->s->v[i].end; k = b->u->s->v[k].end)
		if (is_default(b, k))
			return true;
	return false;
}

/* True if the choices are plain numbers or parameters without a default that
 * cannot cover all values of the vector: fewer than it has or, if the width is
 * unknown, not a power of two. Choices that are signals are not known to cover them
 * either. `unique`, or full_case anywhere in the file, asserts that no other value
 * occurs. */
static bool is_open_case(const struct block *b, int i)
{
	const struct vstmts *s = b->u->s;
	size_t all = 0, first = vstmts_token(s, s->v[i].all.off);
	bool named = false;
	int width;

	if (b->open == i)
		return true;
	if (!own_is_sign(b->u, first, "case") || !names_a_signal(b, s->v[i].head) ||
	    memmem(b->u->file->text, b->u->file->len, "full_case", 9))
		return false;
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		size_t n = is_default(b, k) ? 0 : plain_labels(b, k, &named);

		if (n == 0)
			return !has_default(b, i) && names_a_signal(b, s->v[k].head);
		all += n;
	}
	width = own_case_width(b->u, b->process, i);
	if (width > 0)
		return width > 30 || all < (size_t)1 << width;
	return !named && (all & (all - 1)); /* names may cover all of an enum */
}

static bool has_open_case(const struct block *b)
{
	for (int i = b->body; i < b->u->s->v[b->process].end; i++)
		if (b->u->s->v[i].kind == VSTMT_CASE && is_open_case(b, i))
			return true;
	return false;
}

static struct set written_by_case(const struct block *b, int i)
{
	const struct vstmts *s = b->u->s;
	struct set all = everything();
	bool any = false, covered;

	if (is_open_case(b, i))
		return (struct set){ { 0 } };
	covered = has_default(b, i) && own_case_covers(b->u, b->process, i);
	for (int k = i + 1; k < s->v[i].end; k = s->v[k].end) {
		struct set one;

		if (covered && is_default(b, k))
			continue; /* never taken, so no hardware */
		one = written_by(b, k);
		any = true;
		meet(&all, &one);
	}
	return any ? all : (struct set){ { 0 } };
}

static void put(struct set *s, size_t i)
{
	s->w[i / 64] |= UINT64_C(1) << i % 64;
}

static bool has(const struct set *s, size_t i)
{
	return s->w[i / 64] >> i % 64 & 1;
}

/* The signal, and those of its bits that are written. */
static void put_target(const struct block *b, const struct own_target *t, struct set *s)
{
	const struct vstmt_token *name = &b->u->s->tokens[t->token];
	uint64_t bits = bits_of(b, t);
	size_t whole;

	if (!name_map_get(&b->written, b->u->s->text + name->off, name->len, &whole))
		return;
	put(s, whole);
	for (size_t i = 0; b->bits && i < b->n; i++)
		if (b->whole[i] == whole && (!bits || bits >> b->bit[i] & 1))
			put(s, i);
}

/* Recursion is bounded by VSTMT_MAX_DEPTH. */
static struct set written_by(const struct block *b, int i)
{
	const struct vstmt *v = &b->u->s->v[i];
	struct own_target t[MAX_TARGETS];
	struct set s = { { 0 } };
	size_t n;

	switch (v->kind) {
	case VSTMT_IF:
		return written_by_if(b, i);
	case VSTMT_CASE:
		return written_by_case(b, i);
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
		n = keeps(b, v) ? 0 : own_targets(b->u, v->lhs, t, MAX_TARGETS);
		for (size_t k = 0; k < n; k++)
			put_target(b, &t[k], &s);
		return s;
	default:
		return written_by_all(b, i);
	}
}

/* True if the name is used, not only declared, outside the block. */
static bool used_elsewhere(const struct block *b, const struct vstmt_token *name)
{
	const struct vstmts *s = b->u->s;
	const struct vstmt *unit = &s->v[b->u->node], *process = &s->v[b->process];
	size_t from = vstmts_token(s, unit->all.off), end = vstmts_token(s, unit->all.end);
	size_t declared = 0;

	for (size_t i = from; i < end; i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (t->off >= process->all.off && t->off < process->all.end)
			continue;
		if (t->len == name->len &&
		    memcmp(s->text + t->off, s->text + name->off, t->len) == 0)
			declared++;
	}
	return declared > 1;
}

static bool default_of(const struct block *b, const char *name, size_t len, int *choice)
{
	const struct vstmts *s = b->u->s;
	size_t at;

	name_map_get(&b->written, name, len, &at);
	for (int i = b->body; i < s->v[b->process].end; i++) {
		struct set one;

		if (s->v[i].kind != VSTMT_CHOICE || !is_default(b, i))
			continue;
		one = written_by_all(b, i);
		*choice = i;
		if (!has(&one, at))
			return true;
	}
	return false;
}

static void flag_latch(const struct block *b, size_t i)
{
	size_t token = b->tokens[i];
	const struct vstmt_token *name = &b->u->s->tokens[token];
	struct str text = STR_INIT;
	int choice = 0;

	str_addf(&text,
		 "%s'%.*s' is a latch: on some ways through this block it is not written and keeps "
		 "its value",
		 b->whole[i] == i ? "" : "a bit of ", (int)name->len, b->u->s->text + name->off);
	own_add(b->u, token, "LATCH", str_cstr(&text),
		!b->has_case ? "give it a value at the start of the block, or on each way"
		: default_of(b, b->u->s->text + name->off, name->len, &choice)
			? "`default: ;` writes nothing: give it a value there, or before the case"
		: has_open_case(b) ? "the case has no default for the other values: add one, or "
				     "give it a value before the case"
				   : "give it a value before the case, or in each of its choices");
	str_free(&text);
}

/* surely: the names written on all paths; i: a name */
static bool is_latch(const struct block *b, const struct set *surely, size_t i)
{
	const struct vstmt_token *name = &b->u->s->tokens[b->tokens[i]];
	size_t set;

	return !has(surely, i) && own_signal_of(b->u, name, &set) &&
	       !(set & (OWN_NUMBER | OWN_MANY | OWN_ARRAY)) &&
	       !own_is_local(b->u, b->process, name) &&
	       (set & OWN_OUTPUT || used_elsewhere(b, name));
}

/* Names are left to the tool unless there is a case; a bit is reported once for its name. */
static void latches(const struct block *b)
{
	struct set surely = written_by(b, b->body), told = { { 0 } };

	for (size_t i = 0; i < b->n; i++) {
		bool bit = b->whole[i] != i;

		if (!is_latch(b, &surely, i) || has(&told, b->whole[i]) ||
		    (bit ? !has(&surely, b->whole[i]) : !b->has_case && !b->keeps))
			continue;
		put(&told, b->whole[i]);
		flag_latch(b, i);
	}
}

bool own_case_keeps(struct own_unit *u, int node, struct str *names)
{
	struct block *b = mem_zalloc(sizeof(*b));
	size_t n = 0;

	*b = (struct block){ .u = u, .process = vstmts_around(u->s, node, VSTMT_ALWAYS) };
	if (b->process >= 0 && is_comb(b)) {
		struct set surely;

		b->open = node;
		look_through(b);
		surely = written_by(b, b->body);
		for (size_t i = 0; i < b->n && !b->unknown && n < 4; i++)
			if (b->whole[i] == i && is_latch(b, &surely, i))
				str_addf(names, "%s'%.*s'", n++ ? ", " : "",
					 (int)u->s->tokens[b->tokens[i]].len,
					 u->s->text + u->s->tokens[b->tokens[i]].off);
	}
	name_map_fini(&b->written);
	free(b);
	return n > 0;
}

/* The rule ----------------------------------------------------------------------------- */

void own_rule_comb(struct own_unit *u)
{
	struct block *b = mem_alloc(sizeof(*b));

	for (int i = u->node + 1; i < u->s->v[u->node].end; i++) {
		if (u->s->v[i].kind != VSTMT_ALWAYS)
			continue;
		memset(b, 0, sizeof(*b));
		b->u = u;
		b->process = i;
		if (is_comb(b)) {
			look_through(b);
			if (!b->unknown && (b->has_case || b->keeps || b->bits) && b->n)
				latches(b);
			if (!b->unknown && !b->shows && b->n && b->list.off < b->list.end)
				own_check_list(
					u, &(struct own_list){ i, b->body, b->list, &b->written });
		}
		name_map_fini(&b->written);
	}
	free(b);
}
