/* Decides which hardware an always block makes of the variables that it assigns.
 *
 *   always @(posedge clk or negedge rst_n)     edges: clk is not read below, so
 *     if (!rst_n) count <= 0;                  it is the clock; rst_n is read and
 *     else count <= count + 1;                 count assigned where it is low
 *
 * Verilator has simplified this before: `if (!x) a else b` is `if (x) b else a`, and
 * if both sides assign the same variable, one assignment is left, of `x ? b : a`, or
 * for single bits of `x & b` or `x | b`. Such an assignment is recognised by its
 * position: the condition comes before the variable in the source. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/hardware.h"
#include "sim/netlist/netlist_tree.h"

#define MAX_NEST      500 /* nested statements; anything deeper is not followed */
#define MAX_TERMS     8	  /* per condition */
#define MAX_CASE_BITS 12  /* width of a case that can be full by listing all values */
#define MAX_EDGES     8

struct target {
	const struct node *assign;
	size_t var; /* index in the block */
};

struct what {		 /* per variable of the block */
	size_t variable; /* index in the scope */
	bool delayed;	 /* somewhere by <= */
	enum hw_reset reset;
	char *reset_by;
	size_t last;	       /* index of the block's statement that assigns it last */
	size_t total;	       /* number of assignments */
	size_t here, constant; /* of total: in the current branch; of those, with a constant */
};

struct block {
	struct node *always;
	const char *prefix;
	struct scope *scope;
	struct budget *budget;
	struct strv locals;	/* declared inside */
	struct target *targets; /* of an assignment: contiguous, starting at its mark - 1 */
	struct what *vars;
	size_t n_targets, cap_targets, n_vars, cap_vars;
	const struct node *edges[MAX_EDGES]; /* SENITEMs */
	size_t n_edges;
	bool unknown; /* nested too deep */
};

/* Assignments ---------------------------------------------------------------------- */

/* Looks up a name: first in the block's generate scope, then in the enclosing ones. */
static bool find_variable(struct block *b, const char *name, size_t *out)
{
	size_t len = strlen(b->prefix);
	bool found = false;

	b->budget->left -= 1 + (long)b->locals.n;
	if (strv_has(&b->locals, name))
		return false;
	for (;;) {
		char *path = str_fmt("%.*s%s", (int)len, b->prefix, name);

		found = name_map_get(&b->scope->names, path, strlen(path), out);
		free(path);
		if (found || len == 0)
			return found;
		for (len--; len > 0 && b->prefix[len - 1] != '.'; len--)
			;
		b->budget->left--;
	}
}

static void add_target(struct block *b, struct node *assign, const char *name)
{
	size_t i;

	if (!find_variable(b, name, &i))
		return;
	if (b->scope->v[i].local == 0) {
		MEM_PUSH(b->vars, b->n_vars, b->cap_vars, (struct what){ .variable = i });
		b->scope->v[i].local = b->n_vars;
	}
	MEM_PUSH(b->targets, b->n_targets, b->cap_targets,
		 (struct target){ assign, b->scope->v[i].local - 1 });
	if (assign->mark == 0)
		assign->mark = b->n_targets;
	b->vars[b->scope->v[i].local - 1].total++;
	b->vars[b->scope->v[i].local - 1].delayed |= assign->tag == TAG_ASSIGNDLY;
}

/* Adds the variables on the left side: the whole for a part, each for a
 * concatenation. */
static void add_targets(struct block *b, struct node *assign, const struct node *left, int depth)
{
	while (left &&
	       (left->tag == TAG_SEL || left->tag == TAG_ARRAYSEL || left->tag == TAG_STRUCTSEL))
		left = left->first;
	if (!left || depth > MAX_NEST)
		return;
	if (left->tag == TAG_VARREF)
		add_target(b, assign, left->name);
	else if (left->tag == TAG_CONCAT)
		for (const struct node *n = left->first; n; n = n->next)
			add_targets(b, assign, n, depth + 1);
}

static bool is_assign(const struct node *n)
{
	return n->tag == TAG_ASSIGN || n->tag == TAG_ASSIGNDLY;
}

/* False: the block waits somewhere, so it is not hardware. */
static bool collect(struct block *b)
{
	for (struct node *n = node_next(b->always, b->always); n; n = node_next(n, b->always)) {
		b->budget->left--;
		if (n->tag == TAG_TIMING)
			return false;
		if (n->tag == TAG_VAR)
			strv_add(&b->locals, n->name);
	}
	for (struct node *n = node_next(b->always, b->always); n && b->budget->left >= 0;
	     n = node_next(n, b->always))
		if (is_assign(n) && n->first != n->last)
			add_targets(b, n, n->last, 0);
	return true;
}

static void collect_edges(struct block *b)
{
	for (const struct node *n = b->always->first; n; n = n->next) {
		if (n->tag != TAG_SENTREE)
			continue;
		for (const struct node *e = n->first; e; e = e->next)
			if (e->tag == TAG_SENITEM && e->first && b->n_edges < MAX_EDGES &&
			    (strcmp(e->detail, "POS") == 0 || strcmp(e->detail, "NEG") == 0))
				b->edges[b->n_edges++] = e;
	}
}

/* Conditions -------------------------------------------------------------------------- */

static bool is_bit(const struct node *n, char value)
{
	return n && n->tag == TAG_CONST && strncmp(n->name, "1'h", 3) == 0 && n->name[3] == value;
}

/* For x == 0 (!x) or x == 1 (x) returns x, and toggles *invert for the first; else
 * NULL. */
static const struct node *compared(const struct node *n, bool *invert)
{
	const struct node *a = n->first, *b = a ? a->next : NULL;
	const struct node *bit = is_bit(a, '0') || is_bit(a, '1') ? a : b;

	if (!b || !(is_bit(bit, '0') || is_bit(bit, '1')))
		return NULL;
	*invert ^= is_bit(bit, '0') ^ (n->tag == TAG_NEQ);
	return bit == a ? b : a;
}

/* Appends "rst high", "rst_n low or clear high" if n, or with invert its negation,
 * has that form. */
static bool add_condition(const struct node *n, bool invert, struct str *out, int terms)
{
	while (n && (n->tag == TAG_NOT || n->tag == TAG_EQ || n->tag == TAG_NEQ)) {
		if (n->tag == TAG_NOT) {
			invert = !invert;
			n = n->first;
		} else {
			n = compared(n, &invert);
		}
	}
	if (!n || terms > MAX_TERMS)
		return false;
	if (n->tag == TAG_VARREF) {
		str_addf(out, "%s%s %s", out->len ? " or " : "", n->name, invert ? "low" : "high");
		return true;
	}
	if (n->tag != (invert ? TAG_AND : TAG_OR) || !n->first || !n->first->next)
		return false;
	return add_condition(n->first, invert, out, terms + 1) &&
	       add_condition(n->first->next, invert, out, terms + 1);
}

static const struct node *reads(struct block *b, const struct node *top, const char *name)
{
	for (const struct node *n = top; n; n = node_next(n, top)) {
		b->budget->left--;
		if (n->tag == TAG_VARREF && strcmp(n->name, name) == 0)
			return n;
	}
	return NULL;
}

/* True if the condition holds while the signal is high, judged by the negations. */
static bool holds_when_high(const struct node *ref, const struct node *condition)
{
	bool invert = false;

	for (const struct node *n = ref; n != condition; n = n->parent) {
		const struct node *up = n->parent;

		if (up->tag == TAG_NOT)
			invert = !invert;
		else if (up->tag == TAG_EQ || up->tag == TAG_NEQ)
			compared(up, &invert);
	}
	return !invert;
}

static bool before(const struct node *a, const struct node *b)
{
	return a->line < b->line || (a->line == b->line && a->col < b->col);
}

/* The branch that comes first in the source. */
static bool comes_first(const struct node *a, const struct node *b)
{
	const struct node *x = a, *y = b;

	while (x && !x->line)
		x = node_next(x, a);
	while (y && !y->line)
		y = node_next(y, b);
	return !x || !y || !before(y, x);
}

/* Resets ------------------------------------------------------------------------------- */

static void set_reset(struct what *w, enum hw_reset kind, const char *by)
{
	if (w->reset != HW_RESET_NONE)
		return;
	w->reset = kind;
	w->reset_by = mem_strdup(by);
}

static void each_target(struct block *b, const struct node *assign,
			void (*fn)(struct what *w, const struct node *assign, const void *ctx),
			const void *ctx)
{
	for (size_t i = assign->mark; i && i <= b->n_targets && b->targets[i - 1].assign == assign;
	     i++)
		fn(&b->vars[b->targets[i - 1].var], assign, ctx);
}

/* Calls fn for all assignments at or below top. */
static void each_below(struct block *b, const struct node *top,
		       void (*fn)(struct what *w, const struct node *assign, const void *ctx),
		       const void *ctx)
{
	for (const struct node *n = top; n; n = node_next(n, top)) {
		b->budget->left--;
		if (is_assign(n))
			each_target(b, n, fn, ctx);
	}
}

static void reset_asynchronously(struct what *w, const struct node *assign, const void *by)
{
	set_reset(w, HW_RESET_ASYNCHRONOUS, by);
}

static void asynchronous(struct block *b, const struct node *edge)
{
	bool rising = strcmp(edge->detail, "POS") == 0;
	char *by = str_fmt("%s %s", edge->first->name, rising ? "high" : "low");

	for (const struct node *n = node_next_item(b->always, b->always); n;
	     n = node_next_item(n, b->always)) {
		const struct node *ref = n->first && (n->tag == TAG_IF || is_assign(n))
						 ? reads(b, n->first, edge->first->name)
						 : NULL;
		const struct node *branch;

		if (!ref)
			continue;
		if (is_assign(n)) {
			each_target(b, n, reset_asynchronously, by);
			continue;
		}
		branch = n->first->next;
		if (branch && holds_when_high(ref, n->first) != rising)
			branch = branch->next;
		if (branch)
			each_below(b, branch, reset_asynchronously, by);
	}
	free(by);
}

static void count_here(struct what *w, const struct node *assign, const void *ctx)
{
	w->here++;
	w->constant += assign->first->tag == TAG_CONST;
}

/* `q <= en` as an if: the other side is also constant, so it is not a reset. */
static void no_reset_after_all(struct what *w, const struct node *assign, const void *branch)
{
	const struct node *n = assign->parent;

	while (n != branch && n->tag == TAG_BEGIN)
		n = n->parent;
	if (n == branch && assign->first->tag == TAG_CONST && w->total == w->here + 1)
		w->constant = 0;
}

/* n is statement `at` of the block. */
static void synchronous_if(struct block *b, const struct node *n, size_t at)
{
	const struct node *one = n->first->next, *other = one ? one->next : NULL;
	bool swapped = other && !comes_first(one, other);
	const struct node *branch = swapped ? other : one, *rest = swapped ? one : other;
	struct str by = STR_INIT;

	if (!branch || !add_condition(n->first, swapped, &by, 0)) {
		str_free(&by);
		return;
	}
	for (size_t i = 0; i < b->n_vars; i++)
		b->vars[i].here = b->vars[i].constant = 0;
	b->budget->left -= 2 * (long)b->n_vars;
	each_below(b, branch, count_here, NULL);
	if (rest)
		each_below(b, rest, no_reset_after_all, rest);
	for (size_t i = 0; i < b->n_vars; i++) {
		struct what *w = &b->vars[i];

		if (w->here && w->constant == w->here && w->total > w->here &&
		    (rest || w->last == at))
			set_reset(w, HW_RESET_SYNCHRONOUS, str_cstr(&by));
	}
	str_free(&by);
}

static void reset_synchronously(struct what *w, const struct node *assign, const void *by)
{
	set_reset(w, HW_RESET_SYNCHRONOUS, by);
}

/* Handles an if that became one assignment. */
static void synchronous_assign(struct block *b, const struct node *n)
{
	const struct node *right = n->first, *c = right->first, *ref = c, *left = n->last;
	bool invert = right->tag == TAG_AND;
	struct str by = STR_INIT;

	if (!c || !c->next ||
	    (right->tag != TAG_COND && right->tag != TAG_AND && right->tag != TAG_OR))
		return;
	if (right->tag == TAG_COND) {
		if (!c->next->next ||
		    (c->next->tag == TAG_CONST) == (c->next->next->tag == TAG_CONST))
			return;
		invert = c->next->tag != TAG_CONST;
	}
	while (ref && ref->tag != TAG_VARREF)
		ref = node_next(ref, c);
	while (left && left->tag != TAG_VARREF)
		left = left->first;
	if (ref && left && before(ref, left) && add_condition(c, invert, &by, 0))
		each_target(b, n, reset_synchronously, str_cstr(&by));
	str_free(&by);
}

static void note_last(struct what *w, const struct node *assign, const void *at)
{
	w->last = *(const size_t *)at;
}

static void synchronous(struct block *b)
{
	size_t at = 0;

	for (const struct node *n = node_next_item(b->always, b->always); n;
	     n = node_next_item(n, b->always)) {
		at++;
		if (n->tag != TAG_BEGIN)
			each_below(b, n, note_last, &at);
	}
	at = 0;
	for (const struct node *n = node_next_item(b->always, b->always); n && b->budget->left >= 0;
	     n = node_next_item(n, b->always)) {
		at++;
		if (n->tag == TAG_IF && n->first)
			synchronous_if(b, n, at);
		else if (is_assign(n) && n->first)
			synchronous_assign(b, n);
	}
}

/* Looks in the statements after the list of edges. */
static bool body_reads(struct block *b, const char *name)
{
	for (const struct node *n = b->always->first; n; n = n->next)
		if (n->tag != TAG_SENTREE && reads(b, n, name))
			return true;
	return false;
}

static void clocked(struct block *b, struct hw_module *m)
{
	const struct node *clock = NULL;
	char *said;

	for (size_t i = 0; i < b->n_edges; i++) {
		if (!body_reads(b, b->edges[i]->first->name))
			clock = clock ? clock : b->edges[i];
		else if (b->n_edges > 1)
			asynchronous(b, b->edges[i]);
	}
	clock = clock ? clock : b->edges[0];
	synchronous(b);
	said = str_fmt("%s %s", clock->first->name,
		       strcmp(clock->detail, "POS") == 0 ? "rising" : "falling");
	for (size_t i = 0; i < b->n_vars; i++) {
		struct what *w = &b->vars[i];
		struct variable *v = &b->scope->v[w->variable];
		struct hw_register r = {
			v->path, { v->var->type, 0 }, said, w->reset, w->reset_by
		};

		if (v->reg || (v->var->counter && !w->delayed))
			continue;
		v->reg = true;
		hw_module_register(m, &r);
	}
	free(said);
}

/* Latches ---------------------------------------------------------------------------------- */

static bool is_expression(const struct node *n)
{
	return n->type && !is_assign(n) && n->tag != TAG_VAR;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* True if the case has a default or lists all values. */
static bool is_full(struct block *b, const struct node *n)
{
	const char **values = NULL;
	size_t n_values = 0, cap = 0, different = 0;
	bool full = false;
	unsigned long width = 0;

	for (const struct node *item = n->first; item && !full; item = item->next) {
		const struct node *v = item->first;

		full = item->tag == TAG_CASEITEM && (!v || !is_expression(v));
		for (; item->tag == TAG_CASEITEM && v && is_expression(v); v = v->next) {
			if (v->tag != TAG_CONST || !strstr(v->name, "'h"))
				continue;
			width = strtoul(v->name, NULL, 10);
			MEM_PUSH(values, n_values, cap, v->name);
		}
	}
	b->budget->left -= (long)n_values;
	if (!full && n_values && width <= MAX_CASE_BITS) {
		qsort(values, n_values, sizeof(*values), by_text);
		for (size_t i = 0; i < n_values; i++)
			different += i == 0 || strcmp(values[i], values[i - 1]) != 0;
		full = different == (size_t)1 << width;
	}
	free(values);
	return full;
}

static void cover(struct block *b, const struct node *n, uint64_t *set, int depth);

/* Intersection of what all branches from first on assign: the sides of an if, the
 * items of a case. */
static void cover_all(struct block *b, const struct node *first, uint64_t *set, int depth)
{
	size_t words = b->n_vars / 64 + 1;
	uint64_t *all = mem_alloc(words * sizeof(*all)), *one = mem_alloc(words * sizeof(*one));

	b->budget->left -= 4 * (long)words;
	memset(all, first ? 0xff : 0, words * sizeof(*all));
	for (const struct node *n = first; n; n = n->next) {
		memset(one, 0, words * sizeof(*one));
		cover(b, n, one, depth + 1);
		b->budget->left -= (long)words;
		for (size_t i = 0; i < words; i++)
			all[i] &= one[i];
	}
	for (size_t i = 0; i < words; i++)
		set[i] |= all[i];
	free(all);
	free(one);
}

/* Adds the variables assigned on every path through n to set. */
static void cover(struct block *b, const struct node *n, uint64_t *set, int depth)
{
	const struct node *branch = n->first ? n->first->next : NULL;

	if (depth > MAX_NEST)
		b->unknown = true;
	if (b->unknown || b->budget->left-- < 0)
		return;
	switch (n->tag) {
	case TAG_ASSIGN:
	case TAG_ASSIGNDLY:
		for (size_t i = n->mark; i && i <= b->n_targets && b->targets[i - 1].assign == n;
		     i++)
			set[b->targets[i - 1].var / 64] |= 1ull << (b->targets[i - 1].var % 64);
		break;
	case TAG_IF:
		if (branch && branch->next)
			cover_all(b, branch, set, depth);
		break;
	case TAG_CASE:
		if (is_full(b, n))
			cover_all(b, branch, set, depth);
		break;
	case TAG_ALWAYS:
	case TAG_BEGIN:
	case TAG_CASEITEM:
	case TAG_WHILE:
		for (const struct node *s = n->first; s; s = s->next)
			cover(b, s, set, depth + 1);
		break;
	default:
		break;
	}
}

static void combinational(struct block *b, struct hw_module *m)
{
	uint64_t *set = mem_calloc(b->n_vars / 64 + 1, sizeof(*set));

	cover(b, b->always, set, 0);
	for (size_t i = 0; i < b->n_vars && !b->unknown; i++) {
		struct variable *v = &b->scope->v[b->vars[i].variable];

		if (v->latch || v->var->counter || set[i / 64] >> (i % 64) & 1)
			continue;
		v->latch = true;
		hw_module_latch(m, v->path);
	}
	free(set);
}

void netlist_block(struct node *always, const char *prefix, struct scope *s, struct hw_module *m,
		   struct budget *budget)
{
	struct block b = { .always = always, .prefix = prefix, .scope = s, .budget = budget };

	if (collect(&b) && budget->left >= 0) {
		collect_edges(&b);
		if (b.n_edges)
			clocked(&b, m);
		else
			combinational(&b, m);
	}
	for (size_t i = 0; i < b.n_vars; i++) {
		s->v[b.vars[i].variable].local = 0;
		free(b.vars[i].reset_by);
	}
	free(b.vars);
	free(b.targets);
	strv_free(&b.locals);
}
