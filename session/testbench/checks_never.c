/* Variables that are declared and never given a value.
 *
 *     reg clk;                        x, or z if it is a wire, from the first to the last
 *     int mismatches = 0;             the same for a flag or count that nothing changes
 *     if (clk) errors = errors + 1;   so this can never fail: it compares nothing
 *
 * A value that is compared by === or !== is no flag: "reg [3:0] a = 15; if (a !== 15)".
 * What the command line sets, $value$plusargs("n=%d", n), beside constants in an initial block,
 * is as constant: "if (n > 10) $fatal" limits it. "if (n != 5)" asks whether it has arrived.
 *
 * A name counts as set if it is mentioned anywhere but where values are only read:
 * conditions, waits, prints, right-hand sides, and inputs of modules whose text is known.
 * So each other connection of an instance, argument of a routine or macro, and hierarchical
 * name sets it. Only for modules and programs of a testbench whose whole text is known.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"
#include "session/verilog/vsystem.h"

struct never {
	const struct vstmts *s;
	const struct check_units *units;
	bool *reads; /* per token: it only reads what it names */
	struct check_names *names;
	struct name_map given, equal; /* on the command line; compared by == and the like */
	bool unknown;		      /* something may set any name */
};

static void mark(const struct never *d, struct vspan in)
{
	for (size_t i = checks_first_token(d->s, in); checks_in_span(d->s, i, in); i++)
		d->reads[i] = true;
}

/* Arguments of functions, and what is changed on the way: "f(a)", "a++". */
static void unmark_changes(const struct never *d, struct vspan in)
{
	static const char *const changes[] = { "++", "--", "=", "+=", "-=", "|=", NULL };
	const struct vstmts *s = d->s;
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		bool call = i > 0 && checks_is(s, i, "(") &&
			    (s->tokens[i - 1].kind == VTOKEN_NAME ||
			     s->tokens[i - 1].kind == VTOKEN_DIRECTIVE ||
			     (s->tokens[i - 1].kind == VTOKEN_SYSTEM &&
			      !vsystem_is(s, i - 1, VSYSTEM_VALUE)));

		if (depth || call)
			depth += checks_is(s, i, "(") - checks_is(s, i, ")");
		if (depth || checks_is_any(s, i + 1, changes) ||
		    (i > 0 && (checks_is(s, i - 1, "++") || checks_is(s, i - 1, "--"))))
			d->reads[i] = false;
	}
}

/* An instance: ".clk(clock)" names a port, and an input only reads its net; `.*` connects
 * each other port to the net of its name. */
static void read_ports(struct never *d, int node)
{
	static const char *const rest[] = { ".*", NULL };
	const struct vstmts *s = d->s;
	struct vspan all = s->v[node].all;
	struct check_instance of = { 0 };
	bool known = checks_read_instance(d->units, s, node, &of) && of.of->whole;

	for (size_t i = checks_first_token(s, all); checks_in_span(s, i, all); i++)
		d->reads[i] = i > 0 && checks_is(s, i - 1, ".") && checks_is(s, i + 1, "(");
	d->unknown |= checks_has_any(s, all, rest) && (!known || of.more);
	for (size_t k = 0; known && k < of.of->n; k++) {
		const struct check_port *port = &of.of->ports[k];
		struct vspan name = port->name, net = of.nets[k];
		bool only_read = port->input && !port->output;

		if (net.off < net.end)
			d->reads[vstmts_token(s, net.off)] |= only_read;
		else if (of.rest && !only_read)
			checks_add_fact(d->names, &of.of->src->s, name, NAME_SET);
	}
	free(of.of);
}

static bool is_given(const struct never *d, size_t token)
{
	struct vspan name = checks_token(d->s, token);

	return checks_has(&d->given, d->s, name) && !checks_has(&d->equal, d->s, name);
}

/* True for the name that a call of $value$plusargs sets: the only one after its comma. */
static bool is_set_by_call(const struct vstmts *s, size_t i)
{
	return i >= 4 && checks_is(s, i - 4, "$value$plusargs") && checks_is(s, i - 1, ",") &&
	       checks_is(s, i + 1, ")");
}

static void read_given(struct never *d, struct vspan all)
{
	const struct vstmts *s = d->s;

	for (size_t i = checks_first_token(s, all); checks_in_span(s, i, all); i++) {
		if (s->tokens[i].kind != VTOKEN_NAME)
			continue;
		if (is_set_by_call(s, i))
			checks_put(&d->given, s, checks_token(s, i));
		if (checks_is_any(s, i + 1, checks_equal) ||
		    (i > 0 && checks_is_any(s, i - 1, checks_equal)))
			checks_put(&d->equal, s, checks_token(s, i));
	}
}

/* Does not count such a call as an assignment to its argument. */
static void mark_given(const struct never *d, struct vspan all)
{
	for (size_t i = checks_first_token(d->s, all); checks_in_span(d->s, i, all); i++)
		if (is_set_by_call(d->s, i) && is_given(d, i))
			d->reads[i] = true;
}

/* "n = 3;" of such a name, where the run starts. */
static void read_start(struct never *d, int node)
{
	const struct vstmt *v = &d->s->v[node];
	size_t i = checks_first_token(d->s, v->lhs);
	bool zero;

	if (v->kind == VSTMT_BLOCKING && !checks_in_span(d->s, i + 1, v->lhs) && is_given(d, i) &&
	    checks_is_constant(d->s, v->rhs, &zero) &&
	    vstmts_around(d->s, node, VSTMT_INITIAL) >= 0)
		d->reads[i] = true;
}

static void read_node(struct never *d, int node)
{
	const struct vstmt *v = &d->s->v[node];
	struct vspan in = v->head;

	switch (v->kind) {
	case VSTMT_IF:
	case VSTMT_CASE:
	case VSTMT_CHOICE:
	case VSTMT_ASSERT:
	case VSTMT_PREFIX:
	case VSTMT_LOOP:
		break;
	case VSTMT_SYSTEM:
		if (!checks_is_print(d->s, v))
			return;
		break;
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
	case VSTMT_ASSIGN:
	case VSTMT_DECL:
		in = v->rhs;
		break;
	case VSTMT_ITEM:
		if (checks_is_instance(d->s, v))
			read_ports(d, node);
		return;
	default:
		return;
	}
	mark(d, in);
	unmark_changes(d, in);
}

/* True for 0 and 1. */
static bool is_flag(const struct vstmts *s, struct vspan value)
{
	size_t i = checks_sole_token(s, value);
	bool zero;

	return i < s->n_tokens && checks_is_constant(s, value, &zero) &&
	       (zero || checks_is_one(s, i));
}

/* Adds the names of "reg [3:0] a, b = 0, m [0:3];". */
static void declare(struct never *d, const struct vstmt *v)
{
	static const char *const others[] = { "event",	 "genvar", "virtual", "supply0",
					      "supply1", "tri0",   "tri1",    NULL };
	static const char *const four[] = { "reg", "logic", "integer", "time", NULL };
	const struct vstmts *s = d->s;
	size_t at = checks_first_token(s, v->all);
	bool net = vstmts_is_net(s, at), x = net || checks_is_any(s, at, four);
	struct check_declared of = { 0 };

	if (checks_has_any(s, v->all, others))
		return;
	while (checks_next_declared(s, v->all, &at, &of) && !of.parameter) {
		struct vspan name = checks_token(s, of.token);

		d->reads[of.token] = true;
		if (is_given(d, of.token) || (of.value.end && !net && is_flag(s, of.value)))
			checks_add_fact(d->names, s, name, NAME_NEVER | NAME_CONSTANT);
		else if (!of.value.end)
			checks_add_fact(d->names, s, name, NAME_NEVER | (x ? NAME_X : 0u));
	}
}

static bool is_module(const struct vstmts *s, int unit)
{
	static const char *const words[] = { "module", "macromodule", "program", NULL };

	return checks_is_any(s, vstmts_token(s, s->v[unit].all.off), words);
}

/* True if all that the unit says can be seen here. */
static bool is_whole(const struct vstmts *s, struct vspan unit)
{
	for (size_t i = unit.off; i + 8 <= unit.end; i++)
		if (s->text[i] == '`' && memcmp(s->text + i, "`include", 8) == 0)
			return false;
	return !s->cut;
}

/* Names in macros, and the last ones of hierarchical names, in all sources. */
static void read_far(const struct checks *c, struct name_map *far)
{
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (size_t i = 2; i < s->n_tokens; i++)
			if (s->tokens[i].kind == VTOKEN_NAME && checks_is(s, i - 1, ".") &&
			    (s->tokens[i - 2].kind == VTOKEN_NAME || checks_is(s, i - 2, "]")))
				checks_put(far, s, checks_token(s, i));
		for (size_t i = 0; i < s->n; i++)
			for (size_t t = s->v[i].kind == VSTMT_DEFINE
						? checks_first_token(s, s->v[i].all)
						: s->n_tokens;
			     checks_in_span(s, t, s->v[i].all); t++)
				if (s->tokens[t].kind == VTOKEN_NAME)
					checks_put(far, s, checks_token(s, t));
	}
}

static void read_unit(struct check_source *src, int unit, const struct check_units *units,
		      const struct name_map *far)
{
	const struct vstmts *s = &src->s;
	struct never d = { .s = s, .units = units, .names = &src->names[unit] };
	struct vspan all = s->v[unit].all;

	d.reads = mem_calloc(s->n_tokens + 1, sizeof(*d.reads));
	read_given(&d, all);
	for (int i = unit + 1; i < s->v[unit].end; i++)
		if (s->v[i].kind == VSTMT_DECL && s->v[i].parent == unit)
			declare(&d, &s->v[i]);
	for (int i = unit + 1; i < s->v[unit].end; i++)
		read_node(&d, i), read_start(&d, i);
	mark_given(&d, all);
	for (size_t t = checks_first_token(s, all); checks_in_span(s, t, all); t++)
		if (!d.reads[t])
			checks_add_fact(d.names, s, checks_token(s, t), NAME_SET);
	for (size_t i = 0; i < d.names->index.cap; i++) {
		const struct name_slot *slot = &d.names->index.slots[i];

		if (slot->key && (d.unknown || name_map_has(far, slot->key, slot->len)))
			d.names->facts[slot->value] |= NAME_SET;
	}
	name_map_fini(&d.given);
	name_map_fini(&d.equal);
	free(d.reads);
}

void checks_read_never(struct checks *c)
{
	struct name_map far = NAME_MAP_INIT;
	struct check_units units = { .names = NAME_MAP_INIT };

	read_far(c, &far);
	checks_read_units(c, &units);
	for (size_t k = 0; k < c->n_sources; k++) {
		struct check_source *src = &c->sources[k];

		for (size_t i = 0; i < src->s.n; i++)
			if (src->s.v[i].kind == VSTMT_UNIT && src->bench[i] &&
			    is_module(&src->s, (int)i) && is_whole(&src->s, src->s.v[i].all))
				read_unit(src, (int)i, &units, &far);
	}
	checks_free_units(&units);
	name_map_fini(&far);
}

/* The facts of a name without a value; 0: it is something else. */
static unsigned never(const struct check_source *src, int node, size_t token)
{
	unsigned facts = checks_is(&src->s, token + 1, ".")
				 ? 0
				 : checks_facts_at(src, node, checks_token(&src->s, token));

	return facts & NAME_NEVER && !(facts & NAME_SET) ? facts : 0;
}

bool checks_is_never_set(const struct check_source *src, int node, size_t token)
{
	unsigned facts = never(src, node, token);

	if (!facts)
		return false;
	return !(facts & NAME_CONSTANT) ||
	       !(checks_is_any(&src->s, token + 1, checks_exact) ||
		 (token > 0 && checks_is_any(&src->s, token - 1, checks_exact)));
}

/* The same of an operand that is just a name. */
static unsigned known_of(const struct check_source *src, int node, struct vspan in)
{
	size_t i = checks_sole_token(&src->s, in);

	return i < src->s.n_tokens ? never(src, node, i) : 0;
}

/* True for "clk", "clk == 1'b1" and "q != clk" of a clk without a value. */
static bool cannot_hold(const struct check_source *src, int node, const struct check_cond *q,
			size_t i)
{
	const struct check_term *t = &q->v[i];
	unsigned left, right;
	bool any = t->asks == ASKS_ALL;

	if (t->asks == ASKS_ALL || t->asks == ASKS_ANY) {
		for (size_t k = i + 1; k < t->end; k = q->v[k].end)
			if (cannot_hold(src, node, q, k) == any)
				return any;
		return !any;
	}
	if (checks_is_any(&src->s, t->op, checks_exact))
		return false;
	left = known_of(src, node, t->left);
	right = known_of(src, node, t->right);
	if (t->asks == ASKS_VALUE)
		return left & NAME_X || (left && !(left & NAME_CONSTANT) && !t->negated);
	return t->asks == ASKS_SAME && !t->gap && (left | right) & NAME_X;
}

bool checks_never_holds(const struct check_source *src, int node, struct vspan cond)
{
	struct check_cond q;

	checks_read_cond(&src->s, cond, &q);
	return cannot_hold(src, node, &q, 0);
}
