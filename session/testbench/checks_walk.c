/* The processes of a testbench: where each one waits for more than time, whether it drives
 * or compares, and which of them may end the run because of what the design does.
 */
#include "config.h"

#include "session/testbench/checks_walk.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

static const char *const clocks[] = { "clk", "clock", NULL };

/* True for "@(posedge clk)" of a clk that the testbench makes, and nothing else. */
static bool is_clock(const struct checks *c, const struct vstmts *s, struct vspan head)
{
	size_t names = 0;

	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		const char *name = s->text + t->off;

		if (t->len == 3 && memcmp(name, "iff", 3) == 0)
			return false;
		if (t->kind != VTOKEN_NAME)
			continue;
		if (!checks_var(c, name, t->len) || !checks_contains(name, t->len, clocks))
			return false;
		names++;
	}
	return names > 0;
}

/* True for "clk = ~clk". If that depends on the design, the run may end with it. */
static bool ticks(const struct checks *c, const struct vstmts *s, const struct vstmt *v)
{
	struct vspan name = checks_last_name(s, v->lhs);

	return (v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING) &&
	       checks_var_in(c, s, name) &&
	       checks_contains(s->text + name.off, name.end - name.off, clocks);
}

/* True if the map has what the call or the macro names. */
static bool calls_any(const struct name_map *m, const struct vstmts *s, const struct vstmt *v)
{
	return (v->kind == VSTMT_CALL || v->kind == VSTMT_MACRO) &&
	       checks_has(m, s, checks_routine(s, v->name));
}

bool walk_is_delay(const struct vstmts *s, int i)
{
	return s->v[i].kind == VSTMT_PREFIX && s->text[s->v[i].head.off] == '#';
}

bool walk_is_end(const struct vstmts *s, int i)
{
	return s->v[i].kind == VSTMT_SYSTEM && checks_ends_run(s, i);
}

/* True for $finish and $stop, and what leads to them. */
static bool may_end(const struct checks_walk *w, const struct vstmts *s, int i)
{
	return walk_is_end(s, i) || calls_any(&w->ending, s, &s->v[i]);
}

static bool has_name(const struct vstmts *s, struct vspan head)
{
	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++)
		if (s->tokens[i].kind == VTOKEN_NAME || s->tokens[i].kind == VTOKEN_SYSTEM)
			return true;
	return false;
}

/* True if the statement's head, such as "#5" or "i < 4", does not ask the design. */
bool walk_is_regular(const struct checks_walk *w, size_t source, int i)
{
	const struct checks *c = w->c;
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];

	switch (v->kind) {
	case VSTMT_PREFIX:
		return walk_is_delay(s, i) || is_clock(c, s, v->head) ||
		       checks_says_when(c, src, i, v->head);
	case VSTMT_LOOP:
		/* "foreach (left[i])" and "i < n_bad" may do nothing in a good run */
		return vspan_is(s, v->name, "forever") ||
		       ((vspan_is(s, v->name, "for") || vspan_is(s, v->name, "repeat")) &&
			(checks_is_fixed(c, src, i, v->head) ||
			 checks_says_when(c, src, i, v->head)));
	case VSTMT_IF:
	case VSTMT_CASE:
	case VSTMT_CHOICE:
		/* "if (!(1'b0))" is a check that has yet to be written */
		return has_name(s, v->head) && checks_says_when(c, src, i, v->head);
	case VSTMT_CALL:
		return calls_any(&w->routines, s, v) && !calls_any(&w->holding, s, v);
	case VSTMT_MACRO:
		return !calls_any(&w->holding, s, v);
	case VSTMT_ASSERT:
	case VSTMT_JUMP:
	case VSTMT_OTHER:
		return false;
	case VSTMT_SYSTEM:
		return checks_end(s, v) == END_NONE;
	default:
		return true;
	}
}

bool walk_is_routine(const struct vstmt *v)
{
	return v->kind == VSTMT_TASK || v->kind == VSTMT_FUNCTION || v->kind == VSTMT_DEFINE;
}

bool walk_is_process(const struct vstmt *v)
{
	return v->kind == VSTMT_INITIAL || v->kind == VSTMT_ALWAYS || v->kind == VSTMT_FINAL ||
	       walk_is_routine(v);
}

/* The process or routine around the node; -1: none. */
int walk_process_of(const struct vstmts *s, int node)
{
	do
		node = s->v[node].parent;
	while (node >= 0 && !walk_is_process(&s->v[node]));
	return node;
}

/* Routines ---------------------------------------------------------------------------- */

/* True unless it waits for time and the testbench's own clocks only, unlike "while (!done)
 * @(posedge clk);" and get() of a mailbox, which is not known. */
static bool holds(const struct checks_walk *w, size_t source, int routine)
{
	const struct vstmts *s = &w->c->sources[source].s;

	for (int k = routine + 1; k < s->v[routine].end; k++) {
		const struct vstmt *v = &s->v[k];

		if (v->kind == VSTMT_PREFIX
			    ? !walk_is_delay(s, k) && !is_clock(w->c, s, v->head)
			    : v->kind == VSTMT_LOOP && vspan_is(s, v->name, "while"))
			return true;
		if (calls_any(&w->holding, s, v))
			return true;
	}
	return false;
}

static bool ends(const struct checks_walk *w, size_t source, int routine)
{
	const struct vstmts *s = &w->c->sources[source].s;

	for (int k = routine + 1; k < s->v[routine].end; k++)
		if (may_end(w, s, k) && !w->of[source].fails[k])
			return true;
	return false;
}

static bool read_routines(struct checks_walk *w)
{
	bool more = false;

	for (size_t k = 0; k < w->c->n_sources; k++) {
		const struct vstmts *s = &w->c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			struct vspan of = s->v[i].name;

			if (!walk_is_routine(&s->v[i]) || of.off == of.end)
				continue;
			more |= checks_put(&w->routines, s, of);
			if (ends(w, k, i))
				more |= checks_put(&w->ending, s, of);
			if (ends(w, k, i) || holds(w, k, i))
				more |= checks_put(&w->holding, s, of);
		}
	}
	return more;
}

static void read_calls(struct checks_walk *w)
{
	for (size_t k = 0; k < w->c->n_sources; k++) {
		const struct vstmts *s = &w->c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			struct vspan name = checks_last_name(s, s->v[i].name);
			size_t len = name.end - name.off, first;

			if (s->v[i].kind != VSTMT_CALL || !len)
				continue;
			MEM_ROOM(w->calls, w->n_calls, w->cap_calls);
			w->calls[w->n_calls] = (struct call){ k, i, 0 };
			if (name_map_get(&w->called, s->text + name.off, len, &first)) {
				w->calls[w->n_calls].next = w->calls[first].next;
				w->calls[first].next = w->n_calls + 1;
			} else {
				name_map_put(&w->called, s->text + name.off, len, w->n_calls);
			}
			w->n_calls++;
		}
	}
}

const struct call *walk_call(const struct checks_walk *w, const struct vstmts *in,
			     struct vspan name)
{
	size_t first;

	return name_map_get(&w->called, in->text + name.off, name.end - name.off, &first)
		       ? &w->calls[first]
		       : NULL;
}

const struct call *walk_next_call(const struct checks_walk *w, const struct call *c)
{
	return c->next ? &w->calls[c->next - 1] : NULL;
}

/* Processes --------------------------------------------------------------------------- */

/* True for "disable wait_for_it", which may end another process. */
static bool disables(const struct vstmts *s, const struct vstmt *v)
{
	return v->kind == VSTMT_JUMP && vspan_is(s, v->name, "disable") &&
	       !vspan_is(s, v->head, "fork");
}

static void read_process(const struct checks_walk *w, size_t source, int node, struct process *p)
{
	const struct checks *c = w->c;
	const struct vstmts *s = &c->sources[source].s;

	/* time may pass in the caller of a routine */
	*p = (struct process){ .known = true,
			       .waits = walk_is_routine(&s->v[node]) ? node : s->v[node].end,
			       .held = s->v[node].end,
			       .left = s->v[node].end };
	for (int k = node + 1; k < s->v[node].end; k++) {
		const struct vstmt *v = &s->v[k];
		const struct check_var *var = checks_var_in(c, s, checks_last_name(s, v->lhs));
		/* an `if` that does neither is of no account */
		bool decides = v->kind == VSTMT_IF || v->kind == VSTMT_CASE ||
			       v->kind == VSTMT_CHOICE || v->kind == VSTMT_ASSERT;

		p->works = p->works || v->kind == VSTMT_BLOCKING || v->kind == VSTMT_NONBLOCKING ||
			   v->kind == VSTMT_IF || v->kind == VSTMT_CASE;
		p->drives = p->drives || (var && var->wired);
		if ((v->kind == VSTMT_PREFIX || v->kind == VSTMT_CALL) && k < p->waits)
			p->waits = k;
		if (v->end < p->held && !decides && !w->of[source].fails[k] &&
		    !walk_is_regular(w, source, k))
			p->held = v->end;
		if (v->end < p->left && !w->of[source].fails[k] &&
		    (may_end(w, s, k) || disables(s, v) ||
		     (v->kind == VSTMT_JUMP && vspan_is(s, v->name, "return"))))
			p->left = v->end;
	}
}

struct process *walk_process_at(const struct checks_walk *w, size_t source, int process)
{
	struct process *p = &w->of[source].processes[process];

	if (!p->known)
		read_process(w, source, process, p);
	return p;
}

/* True if every statement that may end or hold up the process before node leaves it to time
 * alone. */
bool walk_is_reached(const struct checks_walk *w, size_t source, int process, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;

	for (int k = s->v[node].parent; k != process; k = s->v[k].parent)
		if (s->v[k].kind == VSTMT_FORK || !walk_is_regular(w, source, k))
			return false;
	return node < walk_process_at(w, source, process)->held;
}

static void add_ender(struct checks_walk *w, size_t source, int process)
{
	if (w->n_enders && w->enders[w->n_enders - 1].source == source &&
	    w->enders[w->n_enders - 1].process == process)
		return;
	MEM_ROOM(w->enders, w->n_enders, w->cap_enders);
	w->enders[w->n_enders++] = (struct ender){ source, process };
}

static void read_enders(struct checks_walk *w)
{
	for (size_t k = 0; k < w->c->n_sources; k++) {
		const struct vstmts *s = &w->c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			int process;

			/* a program ends the run with its last process */
			if (s->v[i].kind == VSTMT_UNIT &&
			    checks_is(s, vstmts_token(s, s->v[i].all.off), "program"))
				add_ender(w, k, -1);
			if ((!may_end(w, s, i) && !disables(s, &s->v[i]) &&
			     !ticks(w->c, s, &s->v[i])) ||
			    w->of[k].fails[i])
				continue;
			process = walk_process_of(s, i);
			if (process < 0 || (!walk_is_routine(&s->v[process]) &&
					    !walk_is_reached(w, k, process, i)))
				add_ender(w, k, process);
		}
	}
}

/* True if no other process ends the run. */
bool walk_is_alone(const struct checks_walk *w, size_t source, int process)
{
	for (size_t i = 0; i < w->n_enders; i++)
		if (w->enders[i].source != source || w->enders[i].process != process)
			return false;
	return true;
}

/* True if no parameter decides whether the node is there, as one of a design may. */
bool walk_is_unconditional(const struct checks_walk *w, size_t source, int process, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;

	if (checks_only_prints(&w->c->sources[source], node))
		return false;
	for (int k = s->v[node].parent; k >= 0; k = s->v[k].parent)
		if (s->v[k].kind == VSTMT_IF || s->v[k].kind == VSTMT_CASE ||
		    (k < process && s->v[k].kind == VSTMT_LOOP))
			return false;
	return true;
}

/* All of it ---------------------------------------------------------------------------- */

struct checks_walk *checks_walk_new(const struct checks *c)
{
	struct checks_walk *w = mem_zalloc(sizeof(*w));

	w->c = c;
	w->of = mem_calloc(c->n_sources + 1, sizeof(*w->of));
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;
		struct of_source *of = &w->of[k];
		int n = (int)s->n;

		of->processes = mem_calloc(s->n + 1, sizeof(*of->processes));
		of->fails = mem_calloc(s->n + 1, sizeof(*of->fails));
		of->told = mem_calloc(s->n + 1, sizeof(*of->told));
		of->read = mem_calloc(s->n + 1, sizeof(*of->read));
		of->others = mem_calloc(s->n + 1, sizeof(*of->others));
		of->others[n] = n;
		for (int i = n - 1; i >= 0; i--)
			of->others[i] = checks_is_print(s, &s->v[i]) ? of->others[i + 1] : i;
	}
	for (size_t i = 0; i < c->n_sites; i++) {
		const struct check_found *f = &c->sites[i];
		const struct vstmts *s = &c->sources[f->site.source].s;

		for (int k = f->fails; !f->weak && f->fails >= 0 && k < s->v[f->fails].end; k++)
			w->of[f->site.source].fails[k] = true;
	}
	for (int round = 0; round < WALK_MAX_DEPTH && read_routines(w); round++)
		;
	read_calls(w);
	read_enders(w);
	return w;
}

void checks_walk_free(struct checks_walk *w)
{
	for (size_t k = 0; k < w->c->n_sources; k++) {
		free(w->of[k].processes);
		free(w->of[k].others);
		free(w->of[k].fails);
		free(w->of[k].told);
		free(w->of[k].read);
	}
	free(w->of);
	name_map_fini(&w->routines);
	name_map_fini(&w->holding);
	name_map_fini(&w->ending);
	name_map_fini(&w->called);
	free(w->calls);
	free(w->enders);
	free(w);
}
