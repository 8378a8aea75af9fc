/* Drivers: registers written by two processes, and `assign` to a reg.
 *
 * Only always blocks count, with the tasks that they call; an initial block just sets a
 * register's first value.
 * One must write the whole register, or both constant parts of it that overlap: two
 * blocks that write mem[a] and mem[b] are a two-port memory, and two that write
 * q[3:0] and q[7:4] share a vector.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

#define MAX_TARGETS 64
#define MAX_DEPTH   4	 /* tasks that call tasks */
#define MAX_CALLS   1000 /* per module; a task is read again for each */

struct write {
	struct own_target target;
	const char *name; /* points into the flat text */
	size_t len;
	int process; /* node of the always block */
	int node;    /* node of the assignment */
};

struct writes {
	struct write *v;
	size_t n, cap;
	int calls;
};

static void add_targets(struct own_unit *u, struct writes *w, int process, int within, int node)
{
	struct own_target t[MAX_TARGETS];
	size_t n = own_targets(u, u->s->v[node].lhs, t, MAX_TARGETS);

	for (size_t k = 0; k < n; k++) {
		const struct vstmt_token *name = &u->s->tokens[t[k].token];
		size_t set;

		if (!own_signal_of(u, name, &set) || set & (OWN_NUMBER | OWN_MANY) ||
		    own_is_local(u, within, name))
			continue;
		MEM_PUSH(w->v, w->n, w->cap,
			 (struct write){ t[k], u->s->text + name->off, name->len, process, node });
	}
}

/* The task of the module that the call at node names, or -1. */
static int task_of(const struct own_unit *u, int node)
{
	const struct vstmts *s = u->s;
	struct vspan call = s->v[node].name;

	for (int i = u->node + 1; i < s->v[u->node].end; i++) {
		struct vspan name = s->v[i].name;

		if (s->v[i].kind == VSTMT_TASK && name.end - name.off == call.end - call.off &&
		    memcmp(s->text + name.off, s->text + call.off, name.end - name.off) == 0)
			return i;
	}
	return -1;
}

/* Adds what the process writes within a node: itself, or a task that it calls. Values that
 * a task returns through its outputs are not followed. */
static void add_writes(struct own_unit *u, struct writes *w, int process, int within, int depth)
{
	for (int i = within + 1; i < u->s->v[within].end; i++) {
		enum vstmt_kind kind = u->s->v[i].kind;
		bool call = kind == VSTMT_CALL && depth < MAX_DEPTH && w->calls < MAX_CALLS;
		int task = call ? task_of(u, i) : -1;

		if (kind == VSTMT_BLOCKING || kind == VSTMT_NONBLOCKING)
			add_targets(u, w, process, within, i);
		w->calls += call;
		if (task >= 0)
			add_writes(u, w, process, task, depth + 1);
	}
}

/* True for selects by constant numbers, without blanks. */
static bool is_number_select(const struct own_unit *u, struct vspan rest)
{
	for (size_t i = rest.off; i < rest.end; i++)
		if (!strchr("[]:0123456789", u->s->text[i]))
			return false;
	return rest.off < rest.end;
}

static bool same_rest(const struct own_unit *u, struct vspan a, struct vspan b)
{
	return a.end - a.off == b.end - b.off &&
	       memcmp(u->s->text + a.off, u->s->text + b.off, a.end - a.off) == 0;
}

static bool overlap(const struct own_unit *u, const struct write *a, const struct write *b)
{
	struct vspan x = a->target.rest, y = b->target.rest;
	bool whole_x = x.off == x.end, whole_y = y.off == y.end;
	unsigned long a_bits[2], b_bits[2];
	size_t set = 0;

	own_signal_of(u, &u->s->tokens[a->target.token], &set);
	if (set & OWN_ARRAY)
		return false;
	if (whole_x || whole_y) /* with "[i]" as well, whichever bit that is */
		return true;
	if (own_bits_of(u, x, a_bits) && own_bits_of(u, y, b_bits))
		return a_bits[0] <= b_bits[1] && b_bits[0] <= a_bits[1];
	return is_number_select(u, x) && same_rest(u, x, y);
}

/* True if the branch of a generate condition is there whatever the parameters are: `if (1)`. */
static bool is_certain(const struct vstmts *s, int condition, enum vstmt_role branch)
{
	struct vspan head = s->v[condition].head;
	size_t first = vstmts_token(s, head.off);
	int value = vstmts_token(s, head.end) == first + 1 ? own_number_at(s, first) : -1;

	return s->v[condition].kind == VSTMT_IF && value >= 0 &&
	       branch == (value ? VROLE_THEN : VROLE_ELSE);
}

/* True if a generate condition encloses node i below the common ancestor with other. */
static bool is_conditional(const struct vstmts *s, int i, int other)
{
	for (int p = i, up; (up = s->v[p].parent) >= 0 && !(up <= other && other < s->v[up].end);
	     p = up)
		if (s->v[up].generate &&
		    (s->v[up].kind == VSTMT_IF || s->v[up].kind == VSTMT_CASE) &&
		    !is_certain(s, up, s->v[p].role))
			return true;
	return false;
}

/* True if the common ancestor itself is a generate condition, with a and b in two
 * branches. */
static bool are_branches(const struct vstmts *s, int a, int b)
{
	int up = s->v[a].parent;

	while (up >= 0 && !(up <= b && b < s->v[up].end))
		up = s->v[up].parent;
	return up >= 0 && s->v[up].generate &&
	       (s->v[up].kind == VSTMT_IF || s->v[up].kind == VSTMT_CASE);
}

/* By name, then in source order. */
static int by_name(const void *a, const void *b)
{
	const struct write *x = a, *y = b;
	int order = memcmp(x->name, y->name, x->len < y->len ? x->len : y->len);

	if (order == 0)
		order = (x->len > y->len) - (x->len < y->len);
	return order ? order : (x->node > y->node) - (x->node < y->node);
}

static bool same_name(const struct write *a, const struct write *b)
{
	return a->len == b->len && memcmp(a->name, b->name, a->len) == 0;
}

static void flag(struct own_unit *u, const struct write *first, const struct write *second)
{
	struct str text = STR_INIT;
	const struct own_piece *at = own_flat_at(u->flat, u->s->v[first->process].all.off);

	str_addf(&text,
		 "'%.*s' is written by this process and by the one at line %d: a register has one",
		 (int)first->len, first->name, at ? at->line : 0);
	own_add(u, second->target.token, "MULTIDRIVEN", str_cstr(&text),
		"write it in one always block only");
	str_free(&text);
}

/* Reports a register once, at the first write by a second process. */
static void flag_shared(struct own_unit *u, const struct write *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (v[k].process != v[i].process && overlap(u, &v[k], &v[i]) &&
			    !is_conditional(u->s, v[k].process, v[i].process) &&
			    !is_conditional(u->s, v[i].process, v[k].process) &&
			    !are_branches(u->s, v[k].process, v[i].process)) {
				flag(u, &v[k], &v[i]);
				return;
			}
}

/* A name with more writes was generated by a machine, and comparing all pairs takes long. */
#define MAX_WRITES 400u

static void two_processes(struct own_unit *u)
{
	struct writes w = { 0 };
	size_t from, to;

	for (int i = u->node + 1; i < u->s->v[u->node].end; i++)
		if (u->s->v[i].kind == VSTMT_ALWAYS)
			add_writes(u, &w, i, i, 0);
	if (w.n)
		qsort(w.v, w.n, sizeof(*w.v), by_name);
	for (from = 0; from < w.n; from = to) {
		for (to = from + 1; to < w.n && same_name(&w.v[from], &w.v[to]); to++)
			;
		flag_shared(u, w.v + from, to - from < MAX_WRITES ? to - from : MAX_WRITES);
	}
	free(w.v);
}

/* Targets of "assign a = x, b = y;", of which the statement has the first only. */
static size_t assign_targets(const struct own_unit *u, const struct vstmt *v, struct own_target *t)
{
	size_t n = own_targets(u, v->lhs, t, MAX_TARGETS), depth = 0;

	for (size_t i = vstmts_token(u->s, v->rhs.off), end = vstmts_token(u->s, v->all.end);
	     i < end; i++) {
		struct vspan lhs;

		if (own_is_sign(u, i, "(") || own_is_sign(u, i, "{") || own_is_sign(u, i, "["))
			depth++;
		else if (own_is_sign(u, i, ")") || own_is_sign(u, i, "}") || own_is_sign(u, i, "]"))
			depth -= depth > 0;
		if (depth || !own_is_sign(u, i, ",") || i + 1 >= end)
			continue;
		lhs.off = u->s->tokens[i + 1].off;
		while (i + 1 < end && !own_is_sign(u, i + 1, "="))
			i++;
		lhs.end = u->s->tokens[i].off + u->s->tokens[i].len;
		n += own_targets(u, lhs, t + n, MAX_TARGETS - n);
	}
	return n;
}

static void assigned_regs(struct own_unit *u)
{
	struct own_target t[MAX_TARGETS];

	for (int i = u->node + 1; i < u->s->v[u->node].end; i++) {
		size_t n = u->s->v[i].kind == VSTMT_ASSIGN ? assign_targets(u, &u->s->v[i], t) : 0;

		for (size_t k = 0; k < n; k++) {
			const struct vstmt_token *name = &u->s->tokens[t[k].token];
			struct str text = STR_INIT;
			size_t set;

			if (!own_signal_of(u, name, &set) || !(set & (OWN_REG | OWN_NUMBER)) ||
			    set & OWN_MANY)
				continue;
			if (!own_is_verilog(u))
				return;
			str_addf(&text,
				 "'%.*s' is a %s, and assign drives nets: in Verilog this is an "
				 "error",
				 (int)name->len, u->s->text + name->off,
				 set & OWN_REG ? "reg" : "variable");
			own_add(u, t[k].token, "ASSIGNREG", str_cstr(&text),
				"declare it as wire, or write it in an always block");
			str_free(&text);
		}
	}
}

void own_rule_drivers(struct own_unit *u)
{
	two_processes(u);
	assigned_regs(u);
}
