/* Variables of a testbench that only say when: cycle counters, loop variables,
 * phases, flags such as `go = cycle == 30`, and what is read from a file. What they
 * select happens whatever the design does, so an `if` on nothing else is no check.
 *
 *     for (i = 0; ...)                     i
 *     always @(posedge clk) n = n + 1;     n, clk
 *     last = n == 30;                      last
 *     k = $fscanf(f, "%b", show);          show, k
 *     if (done) n = 0;                     neither: an output decides
 *
 * A name is such a variable if all that its unit assigns to it is made of constants,
 * the simulation time and other such variables, in places that only these select.
 * So it is found by elimination: first every name that is assigned, then without
 * those that something else reaches, until nothing changes. What is not understood
 * reaches: hierarchical names, calls, macros, arguments, formals, names that nothing
 * in the unit assigns, and everything in a process that waits for any of these.
 *
 * Only for units with an instance. Elsewhere the design stands between the
 * statements of its testbench, as in exercises of one module.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"
#include "session/verilog/vsystem.h"

static const char *const dots[] = { ".", "::", "{", NULL }; /* more than a name */
static const char *const rest[] = { ".*", NULL };
static const char *const parts[] = { ".", "::", "[", NULL };

#define ROUNDS 40 /* each removes names; if these are not enough, none is known */

struct write { /* where a name gets a value */
	int node;
	size_t token;
	struct vspan value, index; /* index: what follows the name on the left */
	bool read;		   /* from a file: value has the arguments of the call */
};

struct when {
	struct checks *c;
	const struct check_source *src;
	const struct vstmts *s;
	struct check_when *w;
	struct check_names *names;
	bool *bad; /* per node from the unit's on: a process or routine that something else reaches */
	struct name_map routines;
	struct write *writes;
	size_t n_writes, cap_writes;
	bool all_driven; /* an instance may drive any name, as with `.*` */
	bool outputs;	 /* one drives something here */
	bool more;
};

static void drop(struct when *d, size_t token)
{
	d->more |= d->s->tokens[token].kind == VTOKEN_NAME &&
		   checks_add_fact(d->names, d->s, checks_token(d->s, token), NAME_REACHED);
}

static void drop_all(struct when *d, struct vspan in)
{
	for (size_t i = checks_first_token(d->s, in); checks_in_span(d->s, i, in); i++)
		drop(d, i);
}

static bool is_timed(const struct check_names *n, const struct vstmts *s, size_t token)
{
	unsigned facts = checks_name_facts(n, s, checks_token(s, token));

	return facts & NAME_ASSIGNED && !(facts & NAME_REACHED);
}

/* True for a keyword that is one here: "posedge clk", "int i", "signed'(n)". Verilog has
 * names such as logic and bit, which SystemVerilog reserves. */
static bool is_keyword(const struct vstmts *s, size_t i)
{
	static const char *const words[] = { "posedge", "negedge", "edge", "or", "inside", NULL };
	size_t k = i + 1;

	if (checks_is_any(s, i, words))
		return true;
	while (checks_is(s, k, "[") && k < s->n_tokens) { /* "bit [3:0] i", but not "bit[3]" */
		while (k < s->n_tokens && !checks_is(s, k, "]"))
			k++;
		k++;
	}
	return checks_is(s, i + 1, "'") ||
	       (k < s->n_tokens &&
		(s->tokens[k].kind == VTOKEN_NAME || s->tokens[k].kind == VTOKEN_KEYWORD));
}

/* True for a call that reads a file which the run did not write. */
static bool from_file(const struct checks *c, const struct vstmts *s, size_t token)
{
	int first, last;

	return !c->reads_back && checks_reads(s, token, &first, &last);
}

/* True if the expression or event is made of such variables, constants and the time. */
static bool only_when(const struct checks *c, const struct check_source *src,
		      const struct check_when *w, int node, struct vspan in)
{
	const struct vstmts *s = &src->s;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		struct vspan one = { t->off, t->off + t->len };

		switch (t->kind) {
		case VTOKEN_NUMBER: /* z leaves a bus to the design */
			if (memchr(s->text + t->off, 'z', t->len) ||
			    memchr(s->text + t->off, 'Z', t->len))
				return false;
			break;
		case VTOKEN_KEYWORD:
			if (!is_keyword(s, i))
				return false;
			break;
		case VTOKEN_SYMBOL:
			if (checks_is(s, i, ".") || checks_is(s, i, "::"))
				return false;
			break;
		case VTOKEN_SYSTEM:
			if (!vsystem_is(s, i, VSYSTEM_VALUE | VSYSTEM_TIME | VSYSTEM_RANDOM) &&
			    !from_file(c, s, i))
				return false;
			break;
		case VTOKEN_STRING:
			break;
		case VTOKEN_NAME:
		case VTOKEN_DIRECTIVE:
			if (checks_is(s, i + 1, "(") && checks_in_span(s, i + 1, in)) {
				if (!checks_has(&c->closed, s, one))
					return false;
				break;
			}
			if (!is_timed(&src->names[w->unit], s, i) &&
			    !checks_is_fixed(c, src, node, one))
				return false;
			break;
		default:
			return false;
		}
	}
	return true;
}

/* True for "vectors[i]". */
static bool is_element(const struct vstmts *s, struct vspan value)
{
	size_t i = checks_first_token(s, value);
	int depth = 0;

	if (!checks_in_span(s, i, value) || s->tokens[i].kind != VTOKEN_NAME ||
	    !checks_is(s, ++i, "["))
		return false;
	for (; checks_in_span(s, i, value); i++) {
		depth += checks_is(s, i, "[") - checks_is(s, i, "]");
		if (depth == 0 && !checks_is(s, i + 1, "["))
			return !checks_in_span(s, i + 1, value);
	}
	return false;
}

/* True if the value says when: a constant, a step, a comparison, or a copy. Any other
 * expression may be a design of its own, unless it goes to an instance or the design is
 * in one. */
static bool is_schedule(const struct when *d, struct vspan name, struct vspan value)
{
	static const char *const asks[] = { "==", "!=", "<", ">", "<=", ">=", "&&", "||", NULL },
				 *const steps[] = { "+", "-", NULL };
	const struct check_var *var = checks_var_in(d->c, d->s, name);
	size_t n = 0;

	for (size_t i = checks_first_token(d->s, value); checks_in_span(d->s, i, value); i++)
		n += !checks_is(d->s, i, "(") && !checks_is(d->s, i, ")");
	if (d->outputs || (var && var->wired) || n <= 1 || checks_has_any(d->s, value, asks) ||
	    from_file(d->c, d->s, checks_first_token(d->s, value)) || is_element(d->s, value))
		return true;
	if (n == 2)
		return checks_is(d->s, checks_first_token(d->s, value), "~") ||
		       checks_is(d->s, checks_first_token(d->s, value), "!") ||
		       checks_is(d->s, checks_first_token(d->s, value), "-");
	return n == 3 && checks_mentions(d->s, value, name) && checks_has_any(d->s, value, steps);
}

/* Asked once a round, not for each statement below it. */
static bool head_only_when(const struct when *d, int i)
{
	signed char *known = &d->w->heads[i - d->w->unit];

	if (!*known)
		*known = only_when(d->c, d->src, d->w, i, d->s->v[i].head) ? 1 : -1;
	return *known > 0;
}

/* Of a case, its choices as well: "case (1'b1) q === want: ; default: ..." asks there. */
static bool asks_only_when(const struct when *d, int i)
{
	if (!head_only_when(d, i))
		return false;
	for (int k = i + 1; d->s->v[i].kind == VSTMT_CASE && k < d->s->v[i].end; k = d->s->v[k].end)
		if (d->s->v[k].kind == VSTMT_CHOICE &&
		    !vspan_is(d->s, d->s->v[k].head, "default") && !head_only_when(d, k))
			return false;
	return true;
}

/* True if the node is in a process or a routine that nothing else reaches, below
 * conditions of the same kind. */
static bool controlled(const struct when *d, int node)
{
	const struct vstmts *s = d->s;

	/* In code that is broken a unit may stand in a process of another one. */
	for (int i = s->v[node].parent; i > d->w->unit; i = s->v[i].parent) {
		switch (s->v[i].kind) {
		case VSTMT_TASK:
		case VSTMT_FUNCTION:
		case VSTMT_DEFINE:
		case VSTMT_PROPERTY:
		case VSTMT_FINAL: /* the design may have a part in when the run ends */
			return false;
		case VSTMT_INITIAL:
		case VSTMT_ALWAYS:
			return !d->bad[i - d->w->unit];
		case VSTMT_IF:
		case VSTMT_CASE:
		case VSTMT_LOOP:
		case VSTMT_ASSERT:
			if (!asks_only_when(d, i))
				return false;
			break;
		default:
			break;
		}
	}
	return true;
}

static void add_write(struct when *d, struct write w)
{
	struct vspan name = checks_token(d->s, w.token);

	/* `logic q = 0;` at an output: the value before the design's first. */
	if (d->s->v[w.node].kind == VSTMT_DECL &&
	    (d->all_driven || checks_name_facts(d->names, d->s, name) & NAME_DRIVEN))
		return;
	checks_add_fact(d->names, d->s, name, NAME_ASSIGNED);
	MEM_PUSH(d->writes, d->n_writes, d->cap_writes, w);
}

static void assignment(struct when *d, int node, struct vspan lhs, struct vspan value)
{
	struct vspan name = checks_last_name(d->s, lhs);
	size_t token = vstmts_token(d->s, name.off), first = checks_first_token(d->s, lhs);

	if (checks_is(d->s, first, "{") && !checks_has_any(d->s, lhs, parts)) {
		for (size_t i = first; checks_in_span(d->s, i, lhs); i++)
			if (d->s->tokens[i].kind == VTOKEN_NAME)
				add_write(d, (struct write){ node, i, value, { 0, 0 }, false });
	} else if (name.off == name.end || checks_is(d->s, token - 1, ".")) {
		drop_all(d, lhs);
	} else {
		add_write(d, (struct write){ node, token, value, { name.end, lhs.end }, false });
	}
}

/* Each "name = value" of a declaration, a continuous assignment or the head of a for. */
static void assignments(struct when *d, int node, struct vspan in)
{
	size_t at = checks_first_token(d->s, in);
	struct check_declared of = { 0 };

	while (checks_next_declared(d->s, in, &at, &of))
		if (of.value.end && !of.array)
			assignment(d, node, checks_token(d->s, of.token), of.value);
}

/* Names that a call may write: those that are an argument by themselves. */
static void arguments(struct when *d, struct vspan in)
{
	size_t at = checks_first_token(d->s, in);
	struct vspan arg;

	while (checks_next_argument(d->s, in, &at, &arg))
		if (!checks_in_span(d->s, checks_first_token(d->s, arg) + 1, arg))
			drop_all(d, arg);
}

static struct vspan in_brackets(const struct vstmts *s, size_t open, struct vspan in)
{
	size_t last = checks_closing(s, open, in) - 1;

	return (struct vspan){ s->tokens[open].off + 1, s->tokens[last].off + s->tokens[last].len };
}

/* A method or a function with outputs may write them: "ok = q.get(data)". */
static void calls(struct when *d, struct vspan in)
{
	static const char *const writes[] = { "output", "inout", "ref", NULL };
	struct vspan args;
	size_t at;

	for (size_t i = checks_first_token(d->s, in); checks_in_span(d->s, i + 2, in); i++) {
		const struct vstmt_token *t = &d->s->tokens[i];
		bool own = name_map_get(&d->routines, d->s->text + t->off, t->len, &at);

		if (t->kind != VTOKEN_NAME || !checks_is(d->s, i + 1, "(") ||
		    !(own ? checks_has_any(d->s, d->s->v[d->w->unit + (int)at].all, writes)
			  : checks_is(d->s, i - 1, ".")))
			continue;
		args = in_brackets(d->s, i + 1, in);
		arguments(d, args);
		i = vstmts_token(d->s, args.end);
	}
}

/* Names that a call of a system function in the expression reads from a file. */
static void reads(struct when *d, int node, struct vspan in)
{
	for (size_t i = checks_first_token(d->s, in); checks_in_span(d->s, i + 2, in); i++) {
		int from, to, k = 0;
		struct vspan args, arg;
		size_t at;

		if (d->s->tokens[i].kind != VTOKEN_SYSTEM || !checks_reads(d->s, i, &from, &to) ||
		    !checks_is(d->s, i + 1, "("))
			continue;
		args = in_brackets(d->s, i + 1, in);
		at = checks_first_token(d->s, args);
		for (; checks_next_argument(d->s, args, &at, &arg); k++) {
			size_t name = checks_first_token(d->s, arg);

			if (k < from || k > to)
				continue;
			if (d->c->reads_back || checks_has_any(d->s, arg, dots))
				drop_all(d, arg);
			else
				add_write(d, (struct write){ node, name, args, { 0, 0 }, true });
		}
	}
}

/* True if an `if` on a value of the design changes when the rest of the process runs. */
static bool delays(const struct vstmts *s, int i)
{
	for (int k = i + 1; k < s->v[i].end; k++)
		if (s->v[k].kind == VSTMT_PREFIX || s->v[k].kind == VSTMT_CALL ||
		    s->v[k].kind == VSTMT_MACRO || s->v[k].kind == VSTMT_JUMP ||
		    s->v[k].kind == VSTMT_LOOP)
			return true;
	return false;
}

/* True if the task or function of that name is one of the unit's and waits for nothing
 * else. */
static bool is_timed_routine(const struct when *d, struct vspan name)
{
	size_t i;

	return name_map_get(&d->routines, d->s->text + name.off, name.end - name.off, &i) &&
	       !d->bad[i];
}

/* True if this statement waits for, or leaves because of, something else. */
static bool reaches(const struct when *d, int i)
{
	const struct vstmt *v = &d->s->v[i];

	switch (v->kind) {
	case VSTMT_PREFIX:
	case VSTMT_LOOP:
		return !only_when(d->c, d->src, d->w, i, v->head);
	case VSTMT_IF:
	case VSTMT_CASE:
		return delays(d->s, i) && !asks_only_when(d, i);
	case VSTMT_CALL:
		return !is_timed_routine(d, v->name);
	case VSTMT_MACRO:
	case VSTMT_OTHER:
		return true;
	default:
		return false;
	}
}

static void processes(struct when *d)
{
	const struct vstmts *s = d->s;

	for (int i = d->w->unit + 1; i < s->v[d->w->unit].end; i++) {
		if (s->v[i].kind != VSTMT_INITIAL && s->v[i].kind != VSTMT_ALWAYS &&
		    s->v[i].kind != VSTMT_TASK && s->v[i].kind != VSTMT_FUNCTION)
			continue;
		for (int k = i + 1; k < s->v[i].end && !d->bad[i - d->w->unit]; k++)
			if (reaches(d, k))
				d->bad[i - d->w->unit] = d->more = true;
	}
}

/* Notes what the statement writes, and what else may. */
static void statement(struct when *d, int i)
{
	const struct vstmt *v = &d->s->v[i];

	calls(d, v->kind == VSTMT_BLOCKING ? v->rhs : v->head);
	reads(d, i, v->kind == VSTMT_BLOCKING || v->kind == VSTMT_SYSTEM ? v->all : v->head);
	switch (v->kind) {
	case VSTMT_BLOCKING:
	case VSTMT_NONBLOCKING:
		assignment(d, i, v->lhs, v->rhs);
		break;
	case VSTMT_DECL:
	case VSTMT_ASSIGN:
		assignments(d, i, v->all);
		if (vstmts_around(d->s, i, VSTMT_TASK) >= 0 ||
		    vstmts_around(d->s, i, VSTMT_FUNCTION) >= 0)
			drop_all(d, v->all);
		break;
	case VSTMT_LOOP:
		assignments(d, i, v->head);
		break;
	case VSTMT_TASK:
	case VSTMT_FUNCTION:
		drop_all(d, v->head);
		break;
	case VSTMT_FORCE:
	case VSTMT_OTHER:
		drop_all(d, v->all);
		break;
	case VSTMT_SYSTEM:
		if (!checks_is_print(d->s, v) &&
		    !from_file(d->c, d->s, vstmts_token(d->s, v->all.off)))
			drop_all(d, v->head);
		break;
	case VSTMT_CALL:
	case VSTMT_MACRO:
		arguments(d, v->head);
		break;
	case VSTMT_IF: /* what a final block asks was decided by when the run ended */
		if (vstmts_around(d->s, i, VSTMT_FINAL) >= 0)
			drop_all(d, v->head);
		break;
	default:
		break;
	}
}

/* True if the instance is connected to a name that nothing here assigns: "dut u(a, y)" or
 * "dut u(.a(a), .y(y))". */
static bool drives(const struct when *d, struct vspan all)
{
	static const char *const ends[] = { ",", ")", NULL }, *const starts[] = { ",", "(", NULL };
	size_t i = checks_first_token(d->s, all);

	if (checks_is(d->s, i + 1, "#") && checks_is(d->s, i + 2, "("))
		i = checks_closing(d->s, i + 2, all);
	for (; checks_in_span(d->s, i + 1, all); i++)
		if (checks_is(d->s, i, ".*") ||
		    (d->s->tokens[i].kind == VTOKEN_NAME && checks_is_any(d->s, i + 1, ends) &&
		     checks_is_any(d->s, i - 1, starts) &&
		     !(checks_name_facts(d->names, d->s, checks_token(d->s, i)) & NAME_ASSIGNED)))
			return true;
	return false;
}

/* Notes what an instance may drive: what is at its outputs, or at any port of a module whose
 * ports are not known. */
static void instance(struct when *d, const struct check_units *units, int node)
{
	struct check_instance of = { 0 };
	bool known = checks_read_instance(units, d->s, node, &of) && of.of->whole && !of.more;
	struct vspan all = d->s->v[node].all;

	for (size_t k = 0; known && k < of.of->n; k++) {
		const struct check_port *port = &of.of->ports[k];

		if (port->input && !port->output)
			continue;
		known = of.rest || of.nets[k].off < of.nets[k].end;
		if (of.nets[k].off < of.nets[k].end)
			checks_add_fact(d->names, d->s, of.nets[k], NAME_DRIVEN);
		else if (of.rest)
			checks_add_fact(d->names, &of.of->src->s, port->name, NAME_DRIVEN);
	}
	free(of.of);
	if (known)
		return;
	for (size_t i = checks_first_token(d->s, all); checks_in_span(d->s, i, all); i++)
		if (d->s->tokens[i].kind == VTOKEN_NAME)
			checks_add_fact(d->names, d->s, checks_token(d->s, i), NAME_DRIVEN);
	d->all_driven = d->all_driven || checks_has_any(d->s, all, rest);
}

/* Collects the writes; false if the unit has no instance. */
static bool read_writes(struct when *d, const struct check_units *units)
{
	const struct vstmts *s = d->s;
	int unit = d->w->unit, end = s->v[unit].end;
	bool has = false;

	for (int i = unit + 1; i < end; i++) {
		const struct vstmt *v = &s->v[i];

		if (checks_is_instance(s, v))
			instance(d, units, i), has = true;
		if (v->kind == VSTMT_TASK || v->kind == VSTMT_FUNCTION)
			name_map_put(&d->routines, s->text + v->name.off, v->name.end - v->name.off,
				     (size_t)(i - unit));
	}
	for (int i = unit + 1; has && i < end; i++)
		statement(d, i);
	for (int i = unit + 1; i < end && !d->outputs; i++)
		d->outputs = checks_is_instance(s, &s->v[i]) && drives(d, s->v[i].all);
	return has;
}

/* True if what is written there only says when. */
static bool is_own_write(const struct when *d, const struct write *w)
{
	return controlled(d, w->node) &&
	       (w->read || is_schedule(d, checks_token(d->s, w->token), w->value)) &&
	       only_when(d->c, d->src, d->w, w->node, w->value) &&
	       only_when(d->c, d->src, d->w, w->node, w->index);
}

static void eliminate(struct when *d, size_t n_nodes)
{
	int round = 0;

	do {
		d->more = false;
		memset(d->w->heads, 0, n_nodes * sizeof(*d->w->heads));
		processes(d);
		for (size_t i = 0; i < d->n_writes; i++)
			if (is_timed(d->names, d->s, d->writes[i].token) &&
			    !is_own_write(d, &d->writes[i]))
				drop(d, d->writes[i].token);
	} while (d->more && ++round < ROUNDS);
	d->w->known = !d->more;
}

static void read_unit(struct checks *c, struct check_source *src, int unit,
		      const struct check_units *units)
{
	struct check_when *w = &src->when[unit];
	size_t n = (size_t)(src->s.v[unit].end - unit);
	struct when d = { .c = c, .src = src, .s = &src->s, .w = w, .names = &src->names[unit] };

	w->unit = unit;
	if (read_writes(&d, units)) {
		d.bad = w->bad = mem_calloc(n, sizeof(*d.bad));
		w->heads = mem_calloc(n, sizeof(*w->heads));
		eliminate(&d, n);
	}
	name_map_fini(&d.routines);
	free(d.writes);
}

static void note_target(struct checks *c, const struct check_source *src, int node)
{
	struct vspan name = checks_last_name(&src->s, src->s.v[node].lhs);
	struct check_var *var = checks_var_in(c, &src->s, name);
	int unit = vstmts_around(&src->s, node, VSTMT_UNIT);
	const struct check_when *w = unit >= 0 ? &src->when[unit] : NULL;

	if (!var)
		return;
	if (w && w->known && is_timed(&src->names[unit], &src->s, vstmts_token(&src->s, name.off)))
		var->timed = true;
	else
		var->reached = true;
}

void checks_read_when(struct checks *c)
{
	struct check_units units = { .names = NAME_MAP_INIT };

	c->reads_back = checks_reads_back(c);
	checks_read_units(c, &units);
	for (size_t k = 0; k < c->n_sources; k++) {
		struct check_source *src = &c->sources[k];

		src->when = mem_calloc(src->s.n + 1, sizeof(*src->when));
		for (size_t i = 0; i < src->s.n; i++)
			if (src->s.v[i].kind == VSTMT_UNIT && src->bench[i])
				read_unit(c, src, (int)i, &units);
	}
	checks_free_units(&units);
}

void checks_note_when(struct checks *c)
{
	checks_each_node(c, note_target);
}

void checks_free_when(struct check_source *src)
{
	for (size_t i = 0; src->when && i < src->s.n; i++) {
		free(src->when[i].bad);
		free(src->when[i].heads);
	}
	free(src->when);
}

static const struct check_when *when_at(const struct check_source *src, int node)
{
	int unit = src->when ? vstmts_around(&src->s, node, VSTMT_UNIT) : -1;

	return unit >= 0 && src->when[unit].known ? &src->when[unit] : NULL;
}

/* True if a name in the value changes as what the design is given does: not for "limit = 7". */
static bool is_computed(const struct checks *c, const struct vstmts *s, struct vspan value)
{
	for (size_t i = checks_first_token(s, value); checks_in_span(s, i, value); i++) {
		const struct check_var *var = checks_var_at(c, s, i);

		if (s->tokens[i].kind == VTOKEN_NAME && !(var && var->parameter) &&
		    (!var || var->wired || var->raised || var->other || var->compared ||
		     !(var->zero || var->nonzero)))
			return true;
	}
	return false;
}

/* True if the design has no part in the value. *known: it is known which names are its. */
static bool is_own(const struct checks *c, const struct vstmts *s, struct vspan value, bool *known)
{
	const struct check_when *w = NULL;
	int node = checks_node_at(s, value.off);
	size_t k = 0;

	while (k < c->n_sources && &c->sources[k].s != s)
		k++;
	if (k < c->n_sources && node >= 0)
		w = when_at(&c->sources[k], node);
	*known = w;
	return w && only_when(c, &c->sources[k], w, node, value);
}

bool checks_asks_model(const struct checks *c, const struct vstmts *s, struct vspan a,
		       struct vspan b)
{
	bool known, own = is_own(c, s, a, &known);

	return own != is_own(c, s, b, &known) && known && is_computed(c, s, own ? a : b);
}

bool checks_says_when(const struct checks *c, const struct check_source *src, int node,
		      struct vspan cond)
{
	const struct check_when *w = when_at(src, node);

	return w && only_when(c, src, w, node, cond);
}

bool checks_only_when(const struct checks *c, const struct check_source *src, int node,
		      struct vspan cond)
{
	const struct check_when *w = when_at(src, node);
	struct when d = {
		.c = (struct checks *)c, .src = src, .s = &src->s, .w = (struct check_when *)w
	};

	if (!w)
		return false;
	d.bad = w->bad;
	return only_when(c, src, w, node, cond) && controlled(&d, node);
}

bool checks_is_decided(const struct checks *c, const struct check_source *src, int node,
		       struct vspan cond)
{
	return checks_is_fixed(c, src, node, cond) || checks_only_when(c, src, node, cond);
}
