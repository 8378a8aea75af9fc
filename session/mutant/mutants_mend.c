/* A slip has put one thing in the place of another, or left one out. What would undo it is not
 * known, but is close by: another name of the same type, another number, a part of a condition
 * that stands nearby. Most of these changes are nonsense, which a run of the testbench shows.
 *
 * Each has to build, whatever is around it, since one that does not costs all those of its line:
 * names are replaced by names of the same type, a variable is assigned only in a process that
 * assigns it anyway, and an input of an instance is changed only if it is known to be one. The
 * unchanged text is in the same expression, so nothing may be wider than it is, or have no sign
 * where it has one.
 */
#include "config.h"

#include "session/mutant/mutants_inner.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define TERM_NAMES 20 /* of one bit, per place */

static bool only_number(const struct finder *f, struct vspan span)
{
	size_t i = mutants_only_token(f, span);

	return i < f->s->n_tokens && f->s->tokens[i].kind == VTOKEN_NUMBER;
}

/* True if a token between two offsets is that name. */
static bool occurs(const struct finder *f, const struct mutants_name *name, struct vspan in)
{
	const struct vstmts *s = f->s;
	const struct vstmt_token *n = &s->tokens[name->token];

	for (size_t i = vstmts_token(s, in.off); i < s->n_tokens && s->tokens[i].off < in.end; i++)
		if (s->tokens[i].len == n->len && s->tokens[i].kind == VTOKEN_NAME &&
		    memcmp(s->text + s->tokens[i].off, s->text + n->off, n->len) == 0)
			return true;
	return false;
}

static bool is_bit(const struct finder *f, const struct mutants_name *own,
		   const struct mutants_name *x)
{
	return mutants_names_is_bit(f->s, x);
}

/* One-bit signals used near a place, without those that occur in it. */
static size_t bits_near(struct finder *f, struct vspan place,
			const struct mutants_name *out[TERM_NAMES])
{
	size_t all = mutants_names_near(f, place.off, is_bit, NULL, out, TERM_NAMES), n = 0;

	for (size_t i = 0; i < all; i++)
		if (!occurs(f, out[i], place))
			out[n++] = out[i];
	return n;
}

/* Conditions -------------------------------------------------------------------------- */

/* Adds a term that may be missing, "&& !stall". skip: a name not to try; may be NULL. */
static void add_terms(struct finder *f, struct vspan span, int line,
		      const struct mutants_name *skip)
{
	static const char *const forms[] = { "&& ", "&& !", "|| ", "|| !" };
	const struct mutants_name *v[TERM_NAMES];
	struct str whole = STR_INIT;
	size_t n = f->late ? bits_near(f, span, v) : 0;

	mutants_flat(f->s->text, span.off, span.end, &whole);
	for (size_t i = 0; i < n; i++) {
		const struct vstmt_token *t = &f->s->tokens[v[i]->token];

		for (size_t k = 0; v[i] != skip && k < sizeof(forms) / sizeof(*forms); k++) {
			mutants_add(f, "term", line, span, span,
				    str_fmt("(%s) %s%.*s", str_cstr(&whole), forms[k], (int)t->len,
					    f->s->text + t->off));
		}
	}
	str_free(&whole);
}

void mends_in_condition(struct finder *f, struct vspan head, int line)
{
	mutants_add(f, "always", line, head, head, mem_strdup("1'b1"));
	add_terms(f, head, line, NULL);
}

/* Labels that are one number or one name. */
void mends_in_choice(struct finder *f, int node)
{
	struct vspan head = f->s->v[node].head;
	size_t token = mutants_only_token(f, head);

	if (token < f->s->n_tokens && !mutants_is(f, token, "default") && mutants_fits(f, head))
		mutants_in_expression(f, head);
}

/* Assignments ------------------------------------------------------------------------- */

/* True if the process assigns the name by = (or by <=, as kind says). Verilator refuses a variable
 * that is assigned by both. */
static bool assigns(const struct finder *f, int process, enum vstmt_kind kind,
		    const struct mutants_name *name)
{
	for (int k = process; k < f->s->v[process].end; k++) {
		const struct vstmt *n = &f->s->v[k];

		if (n->kind == kind &&
		    mutants_names_at(&f->names, vstmts_token(f->s, n->lhs.off)) == name)
			return true;
	}
	return false;
}

/* Assigns another variable, or another element of the same one. */
static void add_targets(struct finder *f, const struct vstmt *n, int process)
{
	const struct mutants_name *v[MUTANTS_OTHERS];
	int brackets = 0;

	for (size_t t = vstmts_token(f->s, n->lhs.off);
	     t < f->s->n_tokens && f->s->tokens[t].off < n->lhs.end; t++) {
		const struct mutants_name *own = mutants_names_at(&f->names, t);
		struct vspan what = { f->s->tokens[t].off,
				      f->s->tokens[t].off + f->s->tokens[t].len };
		size_t count;

		brackets += mutants_is(f, t, "[") - mutants_is(f, t, "]");
		if (!mutants_may_be_another(f, t, own) || own->constant)
			continue;
		count = mutants_names_near(f, n->all.off, mutants_is_alike, own, v, MUTANTS_OTHERS);
		for (size_t i = 0; i < count; i++)
			if (brackets || assigns(f, process, n->kind, v[i]))
				mutants_add(f, "target", n->line, n->all, what,
					    mutants_word_of(f, v[i]));
	}
}

/* It is carried out only under a condition. */
static void add_guards(struct finder *f, const struct vstmt *n)
{
	const struct mutants_name *v[TERM_NAMES];
	size_t count = f->late ? bits_near(f, n->all, v) : 0;
	struct vspan before = { n->all.off, n->all.off };

	for (size_t i = 0; i < count; i++) {
		const struct vstmt_token *t = &f->s->tokens[v[i]->token];

		for (int no = 0; no < 2; no++)
			mutants_add(f, "guard", n->line, n->all, before,
				    str_fmt("if (%s%.*s) ", no ? "!" : "", (int)t->len,
					    f->s->text + t->off));
	}
}

/* Where the right side is one token: a number in place of a name, a name in place of a number. */
static void add_values(struct finder *f, const struct vstmt *n, const struct mutants_name *own)
{
	struct vspan value = n->rhs;
	size_t token = mutants_only_token(f, value);
	unsigned width = mutants_names_width(f->s, own);
	const struct mutants_name *right;

	if (token >= f->s->n_tokens)
		return;
	right = mutants_names_at(&f->names, token);
	if (f->s->tokens[token].kind == VTOKEN_NUMBER) {
		mutants_add_names(f, value, value, n->line, own);
	} else if (right && !right->constant && !right->typed &&
		   mutants_names_alike(f->s, own, right)) {
		mutants_add(f, "number", n->line, value, value, mem_strdup("'0"));
		mutants_add(f, "number", n->line, value, value, mem_strdup("'1"));
		if (width > 1)
			mutants_add(f, "number", n->line, value, value, str_fmt("%u'd1", width));
	}
}

/* The variable that is assigned as a whole; in a declaration, the last of n->lhs. NULL if a
 * part of one or several are assigned, or its type is not known. */
static const struct mutants_name *assigned(const struct finder *f, const struct vstmt *n)
{
	size_t token = vstmts_token(f->s, n->lhs.off);

	while (n->kind == VSTMT_DECL && token + 1 < f->s->n_tokens &&
	       f->s->tokens[token + 1].off < n->lhs.end)
		token++;
	return token < f->s->n_tokens && f->s->tokens[token].off < n->lhs.end &&
			       f->s->tokens[token].off + f->s->tokens[token].len >= n->lhs.end
		       ? mutants_names_at(&f->names, token)
		       : NULL;
}

void mends_in_assignment(struct finder *f, const struct vstmt *n, int process)
{
	const struct mutants_name *own = assigned(f, n);

	if (own)
		add_values(f, n, own);
	if (own && mutants_names_is_bit(f->s, own) && !only_number(f, n->rhs))
		add_terms(f, n->rhs, n->line, n->kind == VSTMT_NONBLOCKING ? NULL : own);
	if (process < 0 || !f->whole)
		return;
	add_targets(f, n, process);
	if (n->kind == VSTMT_NONBLOCKING)
		add_guards(f, n);
}

/* Instances --------------------------------------------------------------------------- */

/* True if it has a value without any instance: it is assigned, a constant or an input. */
static bool is_driven(const struct mutants_name *name)
{
	return name->driven || name->constant || name->direction == 'i';
}

/* True for an input of a module. If the module is not in this text, the connection decides: a
 * signal that is driven here must be an input there. */
static bool is_input(const struct finder *f, size_t module, size_t port, struct vspan connection)
{
	const struct vstmts *s = f->s;
	const struct vstmt_token *m = &s->tokens[module];
	bool driven = false;

	for (size_t u = 0; u < s->n; u++) {
		const struct mutants_name *x;

		if (s->v[u].kind != VSTMT_UNIT || s->v[u].name.end - s->v[u].name.off != m->len ||
		    memcmp(s->text + s->v[u].name.off, s->text + m->off, m->len) != 0)
			continue;
		x = mutants_names_in(s, &f->names, (int)u, port);
		return x && x->direction == 'i';
	}
	for (size_t i = vstmts_token(s, connection.off);
	     i < s->n_tokens && s->tokens[i].off < connection.end; i++) {
		const struct mutants_name *x = mutants_names_at(&f->names, i);

		if (s->tokens[i].kind == VTOKEN_NAME && !(x && is_driven(x)))
			return false;
		driven = true;
	}
	return driven;
}

static void in_connection(struct finder *f, size_t module, size_t port, struct vspan what)
{
	struct vstmt value = { .line = f->s->tokens[port].line, .rhs = what };
	const struct mutants_name *x = mutants_names_at(&f->names, mutants_only_token(f, what));

	if (!mutants_fits(f, what) ||
	    !(f->mends ? is_input(f, module, port, what) : mutants_computes(f, what)))
		return;
	if (!f->mends)
		mutants_stuck(f, &value);
	mutants_in_expression(f, what);
	if (f->mends && x && mutants_names_is_bit(f->s, x))
		add_terms(f, what, value.line, NULL);
}

/* m #(...) u (.port(what), ...) */
void mutants_in_instance(struct finder *f, int node)
{
	const struct vstmts *s = f->s;
	size_t module = vstmts_token(s, s->v[node].all.off), i = module + 1;
	size_t end = vstmts_token(s, s->v[node].all.end);

	if (i < end && mutants_is(f, i, "#"))
		i = vstmts_behind(s, i + 1, end);
	if (i + 1 >= end || s->tokens[i].kind != VTOKEN_NAME || !mutants_is(f, i + 1, "("))
		return;
	for (i += 2; i + 3 < end; i++) {
		size_t close = vstmts_closing(s, i + 2, end);

		if (!mutants_is(f, i, ".") || !mutants_is(f, i + 2, "(") || close >= end)
			continue;
		if (close > i + 3)
			in_connection(f, module, i + 1, vstmts_span(s, i + 3, close));
		i = close;
	}
}

/* Functions --------------------------------------------------------------------------- */

#define CALLERS_MAX 64 /* functions that call one another; with more, none is known to run only */

/* True if a bound, a width or a number of copies may be computed from token i: brackets around it
 * are [], or it begins the {} in {f(2){a}}. */
static bool may_be_width(const struct vstmts *s, size_t i)
{
	int closed = 0;

	if (i && vstmts_is(s, i - 1, "{") &&
	    vstmts_is(s, vstmts_behind(s, i + 1, s->n_tokens), "{"))
		return true;
	while (i-- > 0 && !vstmts_is(s, i, ";")) {
		if (closed == 0 && vstmts_is(s, i, "["))
			return true;
		closed -= vstmts_bracket(s, i);
		closed = closed < 0 ? 0 : closed;
	}
	return false;
}

/* The node around token i that a simulation executes, possibly a function; -1: elaboration reads
 * the token. */
static int runs_in(const struct vstmts *s, size_t i)
{
	size_t off = s->tokens[i].off;
	int at = -1;

	for (size_t k = 0; k < s->n; k++)
		if (s->v[k].all.off <= off && off < s->v[k].all.end)
			at = (int)k;
	if (may_be_width(s, i))
		return -1;
	if (at >= 0 && s->v[at].kind == VSTMT_DECL)
		return vstmts_is_net(s, vstmts_token(s, s->v[at].all.off)) ? at : -1;
	for (; at >= 0; at = s->v[at].parent)
		switch (s->v[at].kind) {
		case VSTMT_ALWAYS:
		case VSTMT_ASSIGN:
		case VSTMT_INITIAL:
		case VSTMT_FUNCTION:
		case VSTMT_TASK:
			return at;
		default:
			break;
		}
	return -1;
}

/* The function in question, and those that call it directly or through others. */
struct callers {
	int v[CALLERS_MAX];
	size_t n;
	bool runs; /* a process or an assignment calls one */
};

static bool add_caller(struct callers *c, int function)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i] == function)
			return true;
	if (c->n == CALLERS_MAX)
		return false;
	c->v[c->n++] = function;
	return true;
}

/* False: elaboration calls the function. */
static bool find_callers(const struct vstmts *s, struct callers *c, int function)
{
	struct vspan name = s->v[function].name;

	for (size_t i = 0; i < s->n_tokens; i++) {
		const struct vstmt_token *t = &s->tokens[i];
		int in;

		if (t->len != name.end - name.off || t->off == name.off ||
		    memcmp(s->text + t->off, s->text + name.off, t->len) != 0)
			continue;
		in = runs_in(s, i);
		if (in < 0 || (s->v[in].kind == VSTMT_FUNCTION && !add_caller(c, in)))
			return false;
		c->runs |= s->v[in].kind != VSTMT_FUNCTION;
	}
	return true;
}

bool mends_runs(const struct finder *f, int function)
{
	struct callers c = { .v = { function }, .n = 1 };

	for (size_t i = 0; i < c.n; i++)
		if (!find_callers(f->s, &c, c.v[i]))
			return false;
	return c.runs;
}
