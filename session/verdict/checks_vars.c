/* What a testbench counts with: which units are a testbench's, and who is
 * assigned what in them. What that means is for checks_reports.c to say, once
 * all sources have been read.
 */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/verdict/checks_inner.h"

#define VARS_MAX 20000u

/* Assignments -------------------------------------------------------------- */

static bool mentions(const struct vstmts *s, struct vspan in, struct vspan name)
{
	size_t len = name.end - name.off;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (s->tokens[i].kind == VTOKEN_NAME && s->tokens[i].len == len &&
		    memcmp(s->text + s->tokens[i].off, s->text + name.off, len) == 0)
			return true;
	}
	return false;
}

/* "+ 1", "+ 1'b1", "+ n": what is added to itself. */
static bool is_raise(const struct vstmts *s, struct vspan rhs)
{
	static const char *const ops[] = { "?", "==", "!=", "===", "!==", "&&", "||",
					   "&", "|",  "^",  "<",   ">",	  "(",	NULL };

	return !checks_has_any(s, rhs, ops);
}

static bool has_operator(const struct vstmts *s, const struct vstmt *v)
{
	size_t i = vstmts_token(s, v->lhs.end);

	return v->rhs.off == v->rhs.end || (i < s->n_tokens && s->tokens[i].off < v->rhs.off &&
					    s->tokens[i].len >= 2 && !checks_is(s, i, "<="));
}

/* "seen = seen | err", "ok &= good" */
static bool takes_bit(const struct vstmts *s, const struct vstmt *v)
{
	size_t op = vstmts_token(s, v->lhs.end), first = vstmts_token(s, v->rhs.off);
	static const char *const bits[] = { "|", "||", "&", "&&", NULL };

	if (checks_is(s, op, "|=") || checks_is(s, op, "&="))
		return true;
	return checks_is_any(s, first + 1, bits) && s->tokens[first].kind == VTOKEN_NAME &&
	       s->tokens[first].len == v->lhs.end - v->lhs.off &&
	       memcmp(s->text + s->tokens[first].off, s->text + v->lhs.off, s->tokens[first].len) ==
		       0 &&
	       checks_in_span(s, first + 2, v->rhs) && !checks_in_span(s, first + 3, v->rhs);
}

enum check_assign checks_assign(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const asks[] = { "?", "(", NULL };
	struct vspan name = checks_last_name(s, v->lhs);
	bool zero = false, own;

	if ((v->kind != VSTMT_BLOCKING && v->kind != VSTMT_NONBLOCKING) || name.off == name.end)
		return ASSIGN_NONE;
	own = mentions(s, v->rhs, name) || has_operator(s, v);
	if (v->rhs.off == v->rhs.end)
		return ASSIGN_RAISE; /* v++ */
	if (!own && checks_is_constant(s, v->rhs, &zero))
		return zero ? ASSIGN_ZERO : ASSIGN_NONZERO;
	if (checks_compares(s, v->rhs))
		return ASSIGN_COMPARE;
	if (!own)
		return ASSIGN_OTHER;
	if (is_raise(s, v->rhs))
		return ASSIGN_RAISE;
	return checks_has_any(s, v->rhs, asks) || takes_bit(s, v) ? ASSIGN_COMPARE : ASSIGN_OTHER;
}

bool checks_lowers(const struct vstmts *s, const struct vstmt *v)
{
	size_t op = vstmts_token(s, v->lhs.end);

	if (checks_is(s, op, "-=") || checks_is(s, op, "--"))
		return true;
	return checks_is(s, vstmts_token(s, v->rhs.off) + 1, "-");
}

static struct check_var *add_var(struct checks *c, const struct vstmts *s, struct vspan name)
{
	size_t len = name.end - name.off, i;

	if (!len)
		return NULL;
	if (name_map_get(&c->by_name, s->text + name.off, len, &i))
		return &c->vars[i];
	if (c->n_vars >= VARS_MAX)
		return NULL;
	c->cap_vars = mem_grow((void **)&c->vars, c->cap_vars, c->n_vars + 1, sizeof(*c->vars));
	c->vars[c->n_vars] = (struct check_var){ .name = s->text + name.off, .len = len };
	name_map_put(&c->by_name, s->text + name.off, len, c->n_vars);
	return &c->vars[c->n_vars++];
}

bool checks_below_if(const struct vstmts *s, int i)
{
	for (i = s->v[i].parent; i >= 0; i = s->v[i].parent) {
		if (s->v[i].kind == VSTMT_IF || s->v[i].kind == VSTMT_CASE ||
		    s->v[i].kind == VSTMT_ASSERT)
			return true;
	}
	return false;
}

static bool below_condition(const struct vstmts *s, int i)
{
	for (i = s->v[i].parent; i >= 0 && s->v[i].kind != VSTMT_TASK &&
				 s->v[i].kind != VSTMT_FUNCTION && s->v[i].kind != VSTMT_DEFINE;
	     i = s->v[i].parent) {
		if (s->v[i].kind == VSTMT_IF || s->v[i].kind == VSTMT_CASE)
			return true;
	}
	/* A task or a macro that counts is mostly called below one. */
	return i >= 0;
}

/* $fopen(name, "r"): something that the run reads, and not one that it writes.
 * Without a mode it writes; a mode in a variable may be either. */
bool checks_opens_to_read(const struct vstmts *s, struct vspan call)
{
	size_t i = checks_first_token(s, call);
	bool reads = false;

	if (!checks_is(s, i, "$fopen"))
		return false;
	for (; checks_in_span(s, i, call); i++)
		if (checks_is(s, i, ",") && checks_in_span(s, i + 1, call))
			reads = s->tokens[i + 1].kind != VTOKEN_STRING ||
				s->text[s->tokens[i + 1].off + 1] == 'r';
	return reads;
}

static void read_assignment(struct checks *c, const struct vstmts *s, int i)
{
	const struct vstmt *v = &s->v[i];
	enum check_assign a = checks_assign(s, v);
	struct check_var *var =
		a == ASSIGN_NONE ? NULL : add_var(c, s, checks_last_name(s, v->lhs));

	checks_read_copy(c, s, v);
	if (!var)
		return;
	var->handle |= checks_opens_to_read(s, v->rhs);
	var->raised += a == ASSIGN_RAISE;
	var->raised_if += a == ASSIGN_RAISE && below_condition(s, i);
	var->compared += a == ASSIGN_COMPARE;
	var->zero |= a == ASSIGN_ZERO;
	var->reset_if |= a == ASSIGN_ZERO && checks_below_if(s, i);
	var->nonzero |= a == ASSIGN_NONZERO;
	var->other |= a == ASSIGN_OTHER;
}

/* Each "name = constant" of a declaration, or of the header of a unit. */
static void read_declaration(struct checks *c, const struct vstmts *s, struct vspan all,
			     bool header)
{
	bool parameter = false;
	int depth = 0;

	for (size_t i = checks_first_token(s, all); checks_in_span(s, i, all); i++) {
		struct vspan name = { s->tokens[i].off, s->tokens[i].off + s->tokens[i].len };
		struct check_var *var;
		bool zero;

		if (header && checks_is(s, i, ";"))
			return;
		parameter =
			parameter || checks_is(s, i, "parameter") || checks_is(s, i, "localparam");
		depth += checks_is(s, i, "[") || checks_is(s, i, "{") ||
			 (checks_is(s, i, "(") && !header);
		depth -= checks_is(s, i, "]") || checks_is(s, i, "}") ||
			 (checks_is(s, i, ")") && !header);
		if (depth || s->tokens[i].kind != VTOKEN_NAME || !checks_is(s, i + 1, "=") ||
		    (header && !parameter))
			continue;
		var = add_var(c, s, name);
		if (!var)
			return;
		if (parameter) {
			var->parameter = true;
		} else if (i + 2 < s->n_tokens &&
			   (checks_is(s, i + 3, ",") || checks_is(s, i + 3, ";")) &&
			   checks_is_constant(
				   s,
				   (struct vspan){ s->tokens[i + 2].off, s->tokens[i + 2].off + 1 },
				   &zero)) {
			*(zero ? &var->zero : &var->nonzero) = true;
		}
	}
}

/* Units -------------------------------------------------------------------------- */

bool checks_in_bench(const struct check_source *src, int node)
{
	int unit = vstmts_around(&src->s, node, VSTMT_UNIT);

	return unit < 0 || src->bench[unit];
}

/* Who waits, prints or ends the simulation is no hardware; but a module that
 * only prints may be a part of the design, with a message left in. */
static bool is_bench(const struct vstmts *s, int unit, const char *top, bool *prints)
{
	*prints = false;
	if (top && vspan_is(s, s->v[unit].name, top))
		return true;
	for (int i = unit + 1; i < s->v[unit].end; i++) {
		const struct vstmt *v = &s->v[i];

		*prints = *prints || checks_is_print(s, v);
		if (v->kind == VSTMT_SYSTEM && vspan_is(s, v->name, "$finish"))
			return true;
		if (v->kind == VSTMT_PREFIX && s->text[v->head.off] == '#' &&
		    vstmts_around(s, i, VSTMT_INITIAL) >= 0)
			return true;
	}
	return *prints;
}

bool checks_only_prints(const struct check_source *src, int node)
{
	int unit = vstmts_around(&src->s, node, VSTMT_UNIT);

	return unit >= 0 && src->prints[unit];
}

/* The word that the unit begins with, but for "virtual" and "automatic". */
static bool is_any(const struct vstmts *s, int unit, const char *const *words)
{
	size_t t = vstmts_token(s, s->v[unit].all.off);

	return checks_is_any(s, t, words) || checks_is_any(s, t + 1, words);
}

void checks_mark_units(struct check_source *src, const char *top)
{
	static const char *const of_benches[] = { "class", "program", "interface", NULL };

	src->bench = mem_calloc(src->s.n + 1, sizeof(*src->bench));
	src->prints = mem_calloc(src->s.n + 1, sizeof(*src->prints));
	for (size_t i = 0; i < src->s.n; i++) {
		bool prints,
			module = vstmt_token_is(
				&src->s, &src->s.tokens[vstmts_token(&src->s, src->s.v[i].all.off)],
				"module");

		if (src->s.v[i].kind != VSTMT_UNIT)
			continue;
		src->bench[i] = is_bench(&src->s, (int)i, top, &prints) ||
				is_any(&src->s, (int)i, of_benches);
		src->prints[i] = prints && module && top;
	}
	/* A class in a package, a module in a module: what is around counts too. */
	for (size_t i = 0; i < src->s.n; i++) {
		int up = src->s.v[i].parent;

		if (src->s.v[i].kind == VSTMT_UNIT && up >= 0 && src->s.v[up].kind == VSTMT_UNIT &&
		    src->bench[up])
			src->bench[i] = true;
	}
}

/* for (i = 0; ...; i = i + 1) */
static void read_loop(struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	size_t i = checks_first_token(s, v->head);
	struct check_var *var;

	while (checks_in_span(s, i, v->head) && s->tokens[i].kind != VTOKEN_NAME)
		i++;
	if (!vspan_is(s, v->name, "for") || !checks_in_span(s, i, v->head) ||
	    !checks_is(s, i + 1, "="))
		return;
	var = add_var(c, s,
		      (struct vspan){ s->tokens[i].off, s->tokens[i].off + s->tokens[i].len });
	if (var)
		var->raised++;
}

static bool below_comparison(const struct vstmts *s, int i)
{
	for (i = s->v[i].parent; i >= 0; i = s->v[i].parent) {
		if (s->v[i].kind == VSTMT_IF)
			return checks_compares(s, s->v[i].head);
	}
	return false;
}

static void read_differences(struct checks *c, const struct check_source *src)
{
	const struct vstmts *s = &src->s;

	for (size_t i = 0; i < s->n; i++) {
		struct vspan name = checks_last_name(s, s->v[i].lhs);
		struct check_var *var;
		enum check_expect by;

		if (!checks_in_bench(src, (int)i) || checks_assign(s, &s->v[i]) != ASSIGN_RAISE)
			continue;
		var = checks_var(c, s->text + name.off, name.end - name.off);
		if (var && below_comparison(s, (int)i))
			var->raised_by_compare++;
		by = var ? checks_raised_by(c, s, (int)i) : EXPECT_NONE;
		if (by != EXPECT_NONE)
			*(by == EXPECT_DIFFERS ? &var->raised_differ : &var->raised_same) += 1;
	}
}

/* wire diff = y !== expected; assign diff = ... */
static void read_difference(struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	struct vspan name = checks_last_name(s, v->lhs);
	struct check_var *var;

	if ((v->kind != VSTMT_ASSIGN && v->kind != VSTMT_DECL) || name.off == name.end ||
	    !checks_differs(s, v->rhs))
		return;
	var = add_var(c, s, name);
	if (var)
		var->differs = true;
}

void checks_read_vars(struct checks *c)
{
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct check_source *src = &c->sources[k];

		for (size_t i = 0; i < src->s.n; i++) {
			if (!checks_in_bench(src, (int)i))
				continue;
			read_difference(c, &src->s, &src->s.v[i]);
			if (src->s.v[i].kind == VSTMT_DECL || src->s.v[i].kind == VSTMT_UNIT)
				read_declaration(c, &src->s, src->s.v[i].all,
						 src->s.v[i].kind == VSTMT_UNIT);
			else if (src->s.v[i].kind == VSTMT_LOOP)
				read_loop(c, &src->s, &src->s.v[i]);
			else
				read_assignment(c, &src->s, (int)i);
		}
	}
	for (size_t k = 0; k < c->n_sources; k++)
		read_differences(c, &c->sources[k]);
}
