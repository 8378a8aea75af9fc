/* Who writes what: registers with two processes, and `assign` to a reg.
 *
 * Two processes are always blocks; an initial block gives a register its first
 * value and does not count. Both have to write all of the register, or the same part
 * of it by a number: two blocks that write mem[a] and mem[b] are a memory with
 * two ports, and two that write q[3:0] and q[7:4] share a vector.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

#define MAX_TARGETS 64

struct write {
	struct own_target target;
	const char *name; /* in the flat text */
	size_t len;
	int process; /* node of the always block */
	int node;    /* the assignment */
};

struct writes {
	struct write *v;
	size_t n, cap;
};

static void add_writes(struct own_unit *u, struct writes *w, int process)
{
	struct own_target t[MAX_TARGETS];

	for (int i = process + 1; i < u->s->v[process].end; i++) {
		const struct vstmt *v = &u->s->v[i];
		size_t n = v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING
				   ? own_targets(u, v->lhs, t, MAX_TARGETS)
				   : 0;

		for (size_t k = 0; k < n; k++) {
			const struct vstmt_token *name = &u->s->tokens[t[k].token];
			size_t set;

			if (!own_signal_of(u, name, &set) || set & (OWN_NUMBER | OWN_MANY) ||
			    own_is_local(u, process, name))
				continue;
			w->cap = mem_grow((void **)&w->v, w->cap, w->n + 1, sizeof(*w->v));
			w->v[w->n++] = (struct write){ t[k], u->s->text + name->off, name->len,
						       process, i };
		}
	}
}

/* No blanks, and a number alone between the brackets. */
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
	size_t set = 0;

	own_signal_of(u, &u->s->tokens[a->target.token], &set);
	if (set & OWN_ARRAY)
		return false;
	if (whole_x || whole_y)
		return (whole_x || is_number_select(u, x)) && (whole_y || is_number_select(u, y));
	return is_number_select(u, x) && same_rest(u, x, y);
}

/* Whether a condition of a generate stands between node i and what holds both. */
static bool is_conditional(const struct vstmts *s, int i, int other)
{
	for (int p = i, up; (up = s->v[p].parent) >= 0 && !(up <= other && other < s->v[up].end);
	     p = up)
		if (s->v[up].generate && (s->v[up].kind == VSTMT_IF || s->v[up].kind == VSTMT_CASE))
			return true;
	return false;
}

/* The same for the node that holds both: two branches of one condition. */
static bool are_branches(const struct vstmts *s, int a, int b)
{
	int up = s->v[a].parent;

	while (up >= 0 && !(up <= b && b < s->v[up].end))
		up = s->v[up].parent;
	return up >= 0 && s->v[up].generate &&
	       (s->v[up].kind == VSTMT_IF || s->v[up].kind == VSTMT_CASE);
}

/* By name, then as they stand. */
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

/* Each register once, at the first write of a second process. */
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

/* Many writes of one name: a machine wrote them, and all pairs would take long. */
#define MAX_WRITES 400u

static void two_processes(struct own_unit *u)
{
	struct writes w = { 0 };
	size_t from, to;

	for (int i = u->node + 1; i < u->s->v[u->node].end; i++)
		if (u->s->v[i].kind == VSTMT_ALWAYS)
			add_writes(u, &w, i);
	if (w.n)
		qsort(w.v, w.n, sizeof(*w.v), by_name);
	for (from = 0; from < w.n; from = to) {
		for (to = from + 1; to < w.n && same_name(&w.v[from], &w.v[to]); to++)
			;
		flag_shared(u, w.v + from, to - from < MAX_WRITES ? to - from : MAX_WRITES);
	}
	free(w.v);
}

static void assigned_regs(struct own_unit *u)
{
	struct own_target t[MAX_TARGETS];

	for (int i = u->node + 1; i < u->s->v[u->node].end; i++) {
		size_t n = u->s->v[i].kind == VSTMT_ASSIGN
				   ? own_targets(u, u->s->v[i].lhs, t, MAX_TARGETS)
				   : 0;

		for (size_t k = 0; k < n; k++) {
			const struct vstmt_token *name = &u->s->tokens[t[k].token];
			struct str text = STR_INIT;
			size_t set;

			if (!own_signal_of(u, name, &set) || !(set & OWN_REG) || set & OWN_MANY)
				continue;
			if (!own_is_verilog(u))
				return;
			str_addf(&text,
				 "'%.*s' is a reg, and assign drives nets: in Verilog this is an "
				 "error",
				 (int)name->len, u->s->text + name->off);
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
