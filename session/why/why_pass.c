/* Executes a process once with the values of one time.
 *
 * The trace has a signal's value only after everything that happened at a time. So values
 * assigned with = and read again are kept here (env), and conditions see what they saw in
 * the simulation. Values assigned with <= are not read in the same pass. Each assignment
 * to the target is recorded with the conditions that led to it; and for branches that
 * were not taken, but would have assigned it, the condition that prevented it.
 *
 * Loops are executed: in a circuit their bounds are numbers. The total work is bounded.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/why/why_inner.h"

#define ENV_MAX	   4096u
#define WRITES_MAX 4096u
#define GUARDS_MAX 4096u

void pass_init(struct pass *r, struct why *w, uint32_t instance, uint64_t time)
{
	*r = (struct pass){
		.w = w, .instance = instance, .time = time, .target = { .var = CIRCUIT_NONE }
	};
}

void pass_fini(struct pass *r)
{
	for (size_t i = 0; i < r->n_guards; i++) {
		free(r->guards[i]->needs);
		free(r->guards[i]->told.v);
		free(r->guards[i]);
	}
	for (size_t i = 0; i < r->n_writes; i++) {
		free(r->writes[i].needs);
		free(r->writes[i].where);
		free(r->writes[i].told.v);
	}
	free(r->guards);
	free(r->writes);
	free(r->blocked);
	free(r->env);
}

static void put(struct pass *r, const struct place *p, const struct bits *value)
{
	for (size_t i = r->n_env; i-- > 0;)
		if (place_same(&r->env[i].place, p)) {
			r->env[i].value = *value;
			return;
		}
	if (r->n_env >= ENV_MAX) {
		r->unsure = true;
		return;
	}
	MEM_PUSH(r->env, r->n_env, r->cap_env, (struct known){ *p, *value });
}

static bool is_known(const struct pass *r, const struct place *p, struct bits *out)
{
	for (size_t i = r->n_env; i-- > 0;)
		if (place_same(&r->env[i].place, p)) {
			*out = r->env[i].value;
			return true;
		}
	return false;
}

/* Assigning --------------------------------------------------------------------------- */

static bool is_target(const struct pass *r, const struct place *p)
{
	return p->var == r->target.var && p->instance == r->target.instance &&
	       (!r->target.element[0] || !p->element[0] ||
		strcmp(p->element, r->target.element) == 0);
}

/* The requested bits of a right side that goes to a target from low on. */
static struct range part_of(struct range asked, uint32_t low, struct range bits)
{
	uint32_t from = asked.low > low ? asked.low - low : 0;
	uint32_t end = asked.low + asked.n > low ? asked.low + asked.n - low : 0;

	if (end > bits.n)
		end = bits.n;
	return from < end ? (struct range){ bits.low + from, end - from } : bits;
}

static void add_write(struct pass *r, const struct write *w)
{
	MEM_PUSH(r->writes, r->n_writes, r->cap_writes, *w);
}

static void note(struct pass *r, uint32_t node, uint32_t left, uint32_t right,
		 const struct place *p, struct range range, const struct bits *value,
		 uint32_t offset)
{
	struct write w = {
		.node = node, .right = right, .range = range, .value = *value, .guard = r->guard
	};
	struct range wanted = { offset, value->width };
	struct told_list *was = r->told;

	if (!is_target(r, p) || r->n_writes >= WRITES_MAX)
		return;
	if (r->writes_only) {
		add_write(r, &w);
		return;
	}
	if (r->wanted.n)
		wanted = part_of(r->wanted, range.n ? range.low : 0, wanted);
	if (wanted.low == 0 && wanted.n == pass_node(r, right)->width)
		wanted = (struct range){ 0, 0 };
	if (r->only_x && wanted.n == 0 && !bits_unknown(value))
		r->only_x = false;
	r->told = &w.told;
	if (pass_node(r, node)->op == CIRCUIT_CALL) {
		w.leaf = right;
		eval_result(r, node, r->result, &w.needs, &w.n_needs, &w.cap_needs);
	} else {
		eval_needs(r, right, wanted, &w.needs, &w.n_needs, &w.cap_needs, &w.leaf);
	}
	r->told = was;
	eval_indices(r, left, &w.where, &w.n_where, &w.cap_where);
	/* After everything that may execute a function which also writes here. */
	add_write(r, &w);
}

/* A partial write keeps the other bits of the variable. */
static void store(struct pass *r, const struct place *p, struct range range,
		  const struct bits *value)
{
	struct bits whole;

	if (range.n == 0) {
		whole = bits_resize(&r->w->pool, value, place_width(r->w, p), false);
	} else {
		if (!is_known(r, p, &whole) && !place_value(r->w, p, r->time, &whole))
			r->unsure = true;
		whole = bits_resize(&r->w->pool, &whole, place_width(r->w, p), false);
		for (uint32_t i = 0; i < range.n && range.low + i < whole.width; i++)
			bits_set(&whole, range.low + i,
				 i < value->width ? bits_get(value, i) : '0');
	}
	put(r, p, &whole);
}

/* offset: the first bit of the right side that goes here. */
static void assign(struct pass *r, uint32_t node, uint32_t left, uint32_t right,
		   const struct bits *value, uint32_t offset)
{
	struct place p;
	struct range range;
	uint32_t low = value->width;

	if (pass_node(r, left)->op == CIRCUIT_CONCAT) {
		for (uint32_t k = pass_node(r, left)->first; k; k = pass_node(r, k)->next) {
			uint32_t width = pass_node(r, k)->width;
			struct bits part;

			low = low > width ? low - width : 0;
			part = bits_part(&r->w->pool, value, low, width ? width : 1);
			assign(r, node, k, right, &part, offset + low);
		}
		return;
	}
	if (!eval_place(r, left, &p, &range)) {
		r->unsure = true;
		return;
	}
	note(r, node, left, right, &p, range, value, offset);
	if (pass_node(r, node)->op == CIRCUIT_ASSIGN)
		store(r, &p, range, value);
}

/* Conditions -------------------------------------------------------------------------- */

static struct guard *add_guard(struct pass *r, uint32_t node, uint32_t item, char truth,
			       bool passed)
{
	struct told_list *was;
	struct guard *g;

	if (r->writes_only || r->n_guards >= GUARDS_MAX)
		return NULL;
	g = mem_zalloc(sizeof(*g));
	*g = (struct guard){
		.outer = r->guard, .node = node, .item = item, .truth = truth, .passed = passed
	};
	was = r->told;
	r->told = &g->told;
	if (r->target.var != CIRCUIT_NONE) {
		struct range all = { 0, 0 };

		eval_needs(r, node, all, &g->needs, &g->n_needs, &g->cap_needs, NULL);
		/* In "case (1'b1) state[2]:" the item is the signal that was read. */
		for (uint32_t k = item ? pass_node(r, item)->first : 0;
		     k && circuit_is_expression(r->w->c, k); k = pass_node(r, k)->next)
			eval_needs(r, k, all, &g->needs, &g->n_needs, &g->cap_needs, NULL);
	}
	r->told = was;
	MEM_PUSH(r->guards, r->n_guards, r->cap_guards, g);
	return g;
}

static void block(struct pass *r, uint32_t node, uint32_t item, char truth, bool passed)
{
	const struct guard *g = add_guard(r, node, item, truth, passed);

	if (!g)
		return;
	MEM_PUSH(r->blocked, r->n_blocked, r->cap_blocked, g);
}

/* True if all variables in the index have values from this pass that the branch leaves
 * alone: the counters of the loops around it. */
static bool is_settled(struct pass *r, uint32_t branch, uint32_t index)
{
	const struct circuit *c = r->w->c;
	struct circuit_walk walk = { 0 };
	bool settled = true;

	for (uint32_t n = circuit_walk(c, &walk, index); n && settled;
	     n = circuit_walk(c, &walk, index)) {
		struct place p = { .instance = r->instance, .var = pass_node(r, n)->ref };
		struct bits value;

		if (pass_node(r, n)->op == CIRCUIT_VAR)
			settled = is_known(r, &p, &value) && !drives(r->w, r->instance, branch, &p);
		else
			settled = pass_node(r, n)->op != CIRCUIT_OUTSIDE &&
				  pass_node(r, n)->op != CIRCUIT_CALL;
	}
	circuit_walk_end(&walk);
	return settled;
}

/* True if this turn of a loop would assign another element: `if (hit[k]) count[k] = ...`. */
static bool goes_elsewhere(struct pass *r, uint32_t branch, uint32_t left)
{
	struct range range;
	struct place p;

	return r->target.element[0] && pass_node(r, left)->op == CIRCUIT_ELEMENT &&
	       is_settled(r, branch, pass_node(r, pass_node(r, left)->first)->next) &&
	       eval_place(r, left, &p, &range) && p.element[0] && !is_target(r, &p);
}

/* True if the branch might assign the target in this turn. */
static bool may_drive(struct pass *r, uint32_t branch)
{
	const struct circuit *c = r->w->c;
	struct circuit_walk walk = { 0 };
	bool may = false;

	if (!drives(r->w, r->instance, branch, &r->target))
		return false;
	for (uint32_t n = circuit_walk(c, &walk, branch); n && !may;
	     n = circuit_walk(c, &walk, branch)) {
		uint32_t left = 0;

		if (pass_node(r, n)->op == CIRCUIT_ASSIGN ||
		    pass_node(r, n)->op == CIRCUIT_ASSIGN_LATER)
			left = pass_node(r, n)->first ? pass_node(r, pass_node(r, n)->first)->next
						      : 0;
		may = pass_node(r, n)->op == CIRCUIT_CALL ||
		      (left && drives(r->w, r->instance, n, &r->target) &&
		       !goes_elsewhere(r, branch, left));
	}
	circuit_walk_end(&walk);
	return may;
}

/* The branch is not taken; records that if it would have assigned the target. */
static void keep_from(struct pass *r, uint32_t branch, uint32_t node, uint32_t item, char truth)
{
	if (r->target.var != CIRCUIT_NONE && !r->writes_only && branch && r->w->work >= 0 &&
	    may_drive(r, branch))
		block(r, node, item, truth, false);
}

static void run_list(struct pass *r, uint32_t first);

static void below(struct pass *r, uint32_t first, uint32_t node, uint32_t item, char truth)
{
	const struct guard *was = r->guard, *g = add_guard(r, node, item, truth, true);

	r->guard = g ? g : was;
	run_list(r, first);
	r->guard = was;
}

static void run_if(struct pass *r, const struct circuit_node *n)
{
	uint32_t then = pass_node(r, n->first)->next, other = then ? pass_node(r, then)->next : 0;
	char c = eval_truth(r, n->first);
	uint32_t taken = c == '1' ? then : other, left = c == '1' ? other : then;

	if (taken)
		below(r, pass_node(r, taken)->first, n->first, 0, c);
	keep_from(r, left ? pass_node(r, left)->first ? left : 0 : 0, n->first, 0, c);
}

static bool matches(struct pass *r, const struct bits *value, uint32_t item, uint32_t *body)
{
	uint32_t k = pass_node(r, item)->first;
	bool any = false, values = false;

	for (; k && circuit_is_expression(r->w->c, k); k = pass_node(r, k)->next) {
		struct bits v = eval(r, k);

		values = true;
		v = bits_resize(&r->w->pool, &v, value->width, false);
		any |= bits_same(value, &v) == '1' || bits_match(value, &v) == '1';
	}
	*body = k;
	return any || !values;
}

static bool is_default(const struct pass *r, uint32_t item)
{
	uint32_t k = pass_node(r, item)->first;

	return !k || !circuit_is_expression(r->w->c, k);
}

static void run_case(struct pass *r, uint32_t node)
{
	const struct circuit_node *n = pass_node(r, node);
	struct bits value = eval(r, n->first);
	uint32_t taken = 0, body = 0, last = 0, last_body = 0;

	for (uint32_t i = pass_node(r, n->first)->next; i && !taken; i = pass_node(r, i)->next) {
		if (pass_node(r, i)->op != CIRCUIT_ITEM)
			continue;
		if (is_default(r, i)) {
			last = i;
			last_body = pass_node(r, i)->first;
		} else if (matches(r, &value, i, &body)) {
			taken = i;
		}
	}
	if (!taken) {
		taken = last;
		body = last_body;
	}
	for (uint32_t i = pass_node(r, n->first)->next; i && !taken; i = pass_node(r, i)->next)
		keep_from(r, i, n->first, i, 0);
	if (taken)
		below(r, body, n->first, taken, 0);
	/* Another item would have assigned it. */
	if (taken && r->target.var != CIRCUIT_NONE && !r->writes_only &&
	    !drives(r->w, r->instance, taken, &r->target) &&
	    drives(r->w, r->instance, node, &r->target))
		block(r, n->first, taken, 0, true);
	/* If an item matched, the others had no influence. */
	for (uint32_t i = taken && taken == last ? pass_node(r, n->first)->next : 0; i;
	     i = pass_node(r, i)->next)
		if (i != taken)
			keep_from(r, i, n->first, i, 0);
}

/* Statements -------------------------------------------------------------------------- */

static void run_loop(struct pass *r, const struct circuit_node *n)
{
	uint32_t before = n->first, cond = before ? pass_node(r, before)->next : 0;
	uint32_t body = cond ? pass_node(r, cond)->next : 0,
		 step = body ? pass_node(r, body)->next : 0;

	const struct guard *was = r->guard, *g = NULL;

	while (cond && body && r->w->work >= 0 && !r->jumping) {
		run_list(r, pass_node(r, before)->first);
		if (eval_truth(r, pass_node(r, cond)->first) != '1')
			break;
		/* All iterations have one condition, which is listed once. */
		g = g ? g : add_guard(r, pass_node(r, cond)->first, 0, '1', true);
		r->guard = g ? g : was;
		run_list(r, pass_node(r, body)->first);
		r->guard = was;
		if (step && !r->jumping)
			run_list(r, pass_node(r, step)->first);
	}
}

static void run_statement(struct pass *r, uint32_t node)
{
	const struct circuit_node *n = pass_node(r, node);
	struct bits value;

	if (r->depth >= NEST_MAX || r->w->work-- < 0) {
		r->unsure = true;
		return;
	}
	r->depth++;
	switch (n->op) {
	case CIRCUIT_ASSIGN:
	case CIRCUIT_ASSIGN_LATER:
		if (n->first && pass_node(r, n->first)->next) {
			value = eval(r, n->first);
			assign(r, node, pass_node(r, n->first)->next, n->first, &value, 0);
		}
		break;
	case CIRCUIT_BLOCK:
		run_list(r, n->first);
		break;
	case CIRCUIT_IF:
		if (n->first)
			run_if(r, n);
		break;
	case CIRCUIT_CASE:
		if (n->first)
			run_case(r, node);
		break;
	case CIRCUIT_LOOP:
		run_loop(r, n);
		break;
	case CIRCUIT_LABELLED:
		run_list(r, n->first);
		r->jumping = false;
		break;
	case CIRCUIT_JUMP:
		r->jumping = true;
		break;
	case CIRCUIT_CALL:
		pass_call(r, node, r->depth);
		break;
	default:
		break;
	}
	r->depth--;
}

static void run_list(struct pass *r, uint32_t first)
{
	for (uint32_t n = first; n && !r->jumping && r->w->work >= 0; n = pass_node(r, n)->next)
		run_statement(r, n);
}

uint32_t pass_port(const struct pass *r, uint32_t function, uint32_t after)
{
	const struct circuit *c = r->w->c;
	const char *name = c->texts[c->nodes[function].ref];

	if (after == 0)
		after = c->nodes[function].width ? c->nodes[function].width - 1 : c->n_vars;
	for (uint32_t v = after; v < c->n_vars && c->vars[v].function == function; v++)
		if (c->vars[v].direction && strcmp(circuit_own_name(&c->vars[v]), name) != 0)
			return v;
	return CIRCUIT_NONE;
}

/* Binds the function's ports to the values of the call's arguments. */
void pass_bind(struct pass *r, uint32_t call)
{
	uint32_t v = 0;
	struct bits value;

	for (uint32_t a = pass_node(r, call)->first; a; a = pass_node(r, a)->next) {
		struct place p = { .instance = r->instance };

		v = pass_port(r, pass_node(r, call)->ref, v);
		if (v == CIRCUIT_NONE)
			break;
		p.var = v++;
		value = eval(r, pass_node(r, a)->first);
		value = bits_resize(&r->w->pool, &value, place_width(r->w, &p), false);
		put(r, &p, &value);
	}
}

void pass_set(struct pass *r, uint32_t var, uint32_t number)
{
	struct place p = { .instance = r->instance, .var = var };
	struct bits value = bits_number(&r->w->pool, place_width(r->w, &p), number);

	put(r, &p, &value);
}

void pass_call(struct pass *r, uint32_t call, int depth)
{
	uint32_t function = pass_node(r, call)->ref, v = 0;
	bool was = r->jumping;
	struct bits value;

	if (depth >= NEST_MAX || !function || r->w->work < 0)
		return;
	r->w->work -= 16;
	pass_bind(r, call);
	run_list(r, pass_node(r, function)->first);
	r->jumping = was;
	v = 0;
	for (uint32_t a = pass_node(r, call)->first; a; a = pass_node(r, a)->next) {
		struct place p = { .instance = r->instance };

		v = pass_port(r, function, v);
		if (v == CIRCUIT_NONE)
			break;
		p.var = v++;
		r->result = p.var;
		if (pass_node(r, a)->flag != 'i' && is_known(r, &p, &value))
			assign(r, call, pass_node(r, a)->first, pass_node(r, a)->first, &value, 0);
	}
}

void pass_process(struct pass *r, uint32_t process)
{
	const struct circuit_process *p = &r->w->c->processes[process];
	uint32_t first = pass_node(r, p->node)->first;

	run_list(r, p->edges ? pass_node(r, p->edges)->next : first);
}
