/* Statements that come in every run in which nothing fails. What they print is no evidence,
 * whatever its words: it comes with a right design, too.
 *
 * Such a statement is one of four:
 *
 *  - Nothing of the design decides whether its process reaches it. That process drives or
 *    compares, and no other one can end the run before, unless that is a failure.
 *  - Another process can, but this one goes on to drive or to compare. What says FAIL and
 *    then ends the run may be a watchdog, even if it stands alone after a delay.
 *  - It follows the testbench's own report, in one go: it comes whatever that said, and
 *    the process may have waited for the design before. A watchdog may give a report, too:
 *    no process but thX */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

#define MAX_DEPTH 4 /* of tasks that call each other */

/* What is asked of a process for each statement in it. */
struct process {
	bool known;
	bool works;  /* drives or compares; one that only waits is a watchdog */
	bool drives; /* sets an input of an instance, which a watchdog does not */
	int waits;   /* the first node where time may pass */
	int held;    /* from this node on, more than time may have ended or held it up */
	int left;    /* from this node on, it may have ended or been left */
	/* of a routine: it is called on the way; not, or is being looked at */
	bool called, not_called;
};

struct of_source { /* per node */
	struct process *processes;
	int *others; /* the first node from there on that is no print */
	bool *fails; /* it stands where a check or a report has failed */
	bool *told;  /* the report of its block stands before it; see read_block() */
	bool *read;  /* of a block: that is known of its statements */
};

struct ender { /* a process that may end the run because of what the design does */
	size_t source;
	int process;
};

struct checks_walk {
	const struct checks *c;
	struct of_source *of;
	/* routines and macros that wait for an output, that may end the run */
	struct name_map routines, holding, ending;
	struct ender *enders;
	size_t n_enders, cap_enders;
};

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

static bool is_delay(const struct vstmts *s, int i)
{
	return s->v[i].kind == VSTMT_PREFIX && s->text[s->v[i].head.off] == '#';
}

static bool is_end(const struct vstmts *s, int i)
{
	return s->v[i].kind == VSTMT_SYSTEM && checks_ends_run(s, i);
}

/* True for $finish and $stop, and what leads to them. */
static bool may_end(const struct checks_walk *w, const struct vstmts *s, int i)
{
	return is_end(s, i) || calls_any(&w->ending, s, &s->v[i]);
}

static bool has_name(const struct vstmts *s, struct vspan head)
{
	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++)
		if (s->tokens[i].kind == VTOKEN_NAME || s->tokens[i].kind == VTOKEN_SYSTEM)
			return true;
	return false;
}

/* True if the statement's head, such as "#5" or "i < 4", does not ask the design. */
static bool is_regular(const struct checks_walk *w, size_t source, int i)
{
	const struct checks *c = w->c;
	const struct check_source *src = &c->sources[source];
	const struct vstmts *s = &src->s;
	const struct vstmt *v = &s->v[i];

	switch (v->kind) {
	case VSTMT_PREFIX:
		return is_delay(s, i) || is_clock(c, s, v->head) ||
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
		return !vspan_is(s, v->name, "$finish") && !vspan_is(s, v->name, "$stop") &&
		       !vspan_is(s, v->name, "$fatal");
	default:
		return true;
	}
}

static bool is_routine(const struct vstmt *v)
{
	return v->kind == VSTMT_TASK || v->kind == VSTMT_FUNCTION || v->kind == VSTMT_DEFINE;
}

static bool is_process(const struct vstmt *v)
{
	return v->kind == VSTMT_INITIAL || v->kind == VSTMT_ALWAYS || v->kind == VSTMT_FINAL ||
	       is_routine(v);
}

/* The process or routine around the node; -1: none. */
static int process_of(const struct vstmts *s, int node)
{
	do
		node = s->v[node].parent;
	while (node >= 0 && !is_process(&s->v[node]));
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
			    ? !is_delay(s, k) && !is_clock(w->c, s, v->head)
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

			if (!is_routine(&s->v[i]) || of.off == of.end)
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
			       .waits = is_routine(&s->v[node]) ? node : s->v[node].end,
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
		    !is_regular(w, source, k))
			p->held = v->end;
		if (v->end < p->left && !w->of[source].fails[k] &&
		    (may_end(w, s, k) || disables(s, v) ||
		     (v->kind == VSTMT_JUMP && vspan_is(s, v->name, "return"))))
			p->left = v->end;
	}
}

static struct process *process_at(const struct checks_walk *w, size_t source, int process)
{
	struct process *p = &w->of[source].processes[process];

	if (!p->known)
		read_process(w, source, process, p);
	return p;
}

/* True if every statement that may end or hold up the process before node leaves it to time
 * alone. */
static bool is_reached(const struct checks_walk *w, size_t source, int process, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;

	for (int k = s->v[node].parent; k != process; k = s->v[k].parent)
		if (s->v[k].kind == VSTMT_FORK || !is_regular(w, source, k))
			return false;
	return node < process_at(w, source, process)->held;
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
			process = process_of(s, i);
			if (process < 0 ||
			    (!is_routine(&s->v[process]) && !is_reached(w, k, process, i)))
				add_ender(w, k, process);
		}
	}
}

/* True if no other process ends the run. */
static bool is_alone(const struct checks_walk *w, size_t source, int process)
{
	for (size_t i = 0; i < w->n_enders; i++)
		if (w->enders[i].source != source || w->enders[i].process != process)
			return false;
	return true;
}

/* True if no parameter decides whether the node is there, as one of a design may. */
static bool is_unconditional(const struct checks_walk *w, size_t source, int process, int node)
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

/* What comes after a statement -------------------------------------------------------- */

/* True for "y = a == b", but not for "done = 1" and "errors = errors + 1", which may follow
 * the message of a watchdog. */
static bool computes(const struct vstmts *s, const struct vstmt *v)
{
	enum check_assign a = checks_assign(s, v);

	return (a == ASSIGN_OTHER || a == ASSIGN_COMPARE) &&
	       !checks_mentions(s, v->rhs, checks_last_name(s, v->lhs));
}

/* Whether the process ends the run after node, or goes on with more than words. What it
 * computes and how long it waits are little: a watchdog may do so before it ends the run. */
enum after { AFTER_END, AFTER_NOTHING, AFTER_LITTLE, AFTER_MORE };

static bool is_more(const struct vstmts *s, const struct vstmt *v)
{
	return v->kind == VSTMT_IF || v->kind == VSTMT_CASE || v->kind == VSTMT_LOOP ||
	       v->kind == VSTMT_PREFIX || v->kind == VSTMT_CALL || v->kind == VSTMT_ASSERT ||
	       v->kind == VSTMT_MACRO;
}

static enum after after(const struct checks_walk *w, size_t source, int process, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;
	const struct process *p = process_at(w, source, process);
	const int *others = w->of[source].others;
	bool waited = p->waits < node, watches = waited && !p->drives;
	bool little = false, delayed = false;

	for (int k = node; k != process; k = s->v[k].parent) {
		int up = s->v[k].parent;

		if (s->v[up].kind == VSTMT_LOOP && up != process)
			return AFTER_MORE;
		for (int next = others[s->v[k].end]; next < s->v[up].end;) {
			const struct vstmt *v = &s->v[next];

			/* a block is what stands in it */
			if (v->kind == VSTMT_BLOCK || (watches && is_delay(s, next))) {
				delayed = delayed || v->kind != VSTMT_BLOCK;
				little = little || delayed;
				next = others[next + 1];
				continue;
			}
			if (v->kind == VSTMT_JUMP || is_end(s, next))
				return AFTER_END;
			next = others[v->end];
			if (v->kind == VSTMT_NULL)
				continue;
			if (is_more(s, v) || delayed || (computes(s, v) && !waited))
				return AFTER_MORE;
			little = little || computes(s, v);
		}
	}
	if (s->v[process].kind == VSTMT_ALWAYS)
		return AFTER_MORE;
	return little ? AFTER_LITTLE : AFTER_NOTHING;
}

/* After a report ----------------------------------------------------------------------- */

/* True for a print of how many checks failed, or of whether any did. */
static bool prints_report(const struct checks_walk *w, size_t source, int i)
{
	const struct check_source *src = &w->c->sources[source];
	const struct vstmt *v = &src->s.v[i];
	bool roles, inverse;
	struct vspan cond;

	if (checks_print_says(w->c, src, i) & SAYS_ERRORS)
		return !checks_says_when(w->c, src, i, v->head);
	return checks_print_asks(w->c, &src->s, v, &cond, &inverse) &&
	       checks_only_accounts(w->c, &src->s, cond, &roles) && roles;
}

/* The same, and for an `if` that does so and lets the process go on in both cases. */
static bool is_report(const struct checks_walk *w, size_t source, int i)
{
	const struct vstmts *s = &w->c->sources[source].s;
	bool roles, prints = false;

	if (checks_is_print(s, &s->v[i]))
		return prints_report(w, source, i);
	if (s->v[i].kind != VSTMT_IF || !checks_only_accounts(w->c, s, s->v[i].head, &roles) ||
	    !roles)
		return false;
	for (int k = i + 1; k < s->v[i].end; k++) {
		if (s->v[k].kind == VSTMT_PREFIX ||
		    (s->v[k].kind != VSTMT_IF && !is_regular(w, source, k)))
			return false;
		prints = prints || checks_is_print(s, &s->v[k]);
	}
	return prints;
}

/* Of each statement in a block, whether a report stands before it, and between them neither
 * time nor a decision. */
static void read_block(const struct checks_walk *w, size_t source, int block)
{
	const struct vstmts *s = &w->c->sources[source].s;
	struct of_source *of = &w->of[source];
	bool found = false;

	of->read[block] = true;
	for (int k = block + 1; k < s->v[block].end; k = s->v[k].end) {
		of->told[k] = found;
		if (is_report(w, source, k))
			found = true;
		else if (s->v[k].kind != VSTMT_BLOCKING && s->v[k].kind != VSTMT_NULL &&
			 !checks_is_print(s, &s->v[k]))
			found = false;
	}
}

static bool is_on_the_way(const struct checks_walk *w, size_t source, int node);

/* True if a call of the routine is on the way. */
static bool is_called(const struct checks_walk *w, const struct vstmts *in, struct vspan name)
{
	for (size_t k = 0; k < w->c->n_sources; k++) {
		const struct vstmts *s = &w->c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++)
			if (s->v[i].kind == VSTMT_CALL &&
			    checks_same(s, checks_last_name(s, s->v[i].name), in, name) &&
			    is_on_the_way(w, k, i))
				return true;
	}
	return false;
}

/* True if every good run comes by: the process only waits, no `if` on the design is around the
 * node, and nothing ends the run or leaves the process before. */
static bool is_on_the_way(const struct checks_walk *w, size_t source, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;
	int process = process_of(s, node);
	struct process *p;

	if (process < 0)
		return false;
	p = process_at(w, source, process);
	if (node >= p->left)
		return false;
	for (int k = s->v[node].parent; k != process; k = s->v[k].parent)
		if (s->v[k].kind == VSTMT_LOOP || s->v[k].kind == VSTMT_FORK ||
		    (s->v[k].kind != VSTMT_PREFIX && !is_regular(w, source, k)))
			return false;
	if (!is_routine(&s->v[process]))
		return p->works && is_alone(w, source, process);
	if (!p->called && !p->not_called) {
		p->not_called = true;
		p->called = is_called(w, s, s->v[process].name);
	}
	return p->called;
}

static bool follows_report(const struct checks_walk *w, size_t source, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;
	int at = node, up = s->v[node].parent;

	for (; up >= 0 && !is_process(&s->v[up]); at = up, up = s->v[up].parent) {
		if (s->v[up].kind != VSTMT_BLOCK &&
		    (s->v[up].kind == VSTMT_PREFIX || !is_regular(w, source, up)))
			return false;
		if (s->v[up].kind != VSTMT_BLOCK)
			continue;
		if (!w->of[source].read[up])
			read_block(w, source, up);
		if (w->of[source].told[at])
			return is_on_the_way(w, source, node);
	}
	return false;
}

/* All of it ---------------------------------------------------------------------------- */

/* True if no time passes before it: nothing of the design has happened yet. */
static bool is_start(const struct checks_walk *w, size_t source, int process, int node)
{
	return w->c->sources[source].s.v[process].kind == VSTMT_INITIAL &&
	       node < process_at(w, source, process)->waits;
}

/* What is known of a statement from the routine that it stands in. */
struct passage {
	bool works;	 /* something there drives or compares */
	bool ended;	 /* it leaves, or ends the run, after the statement */
	enum after next; /* the most that comes after the statement */
	int depth;
};

static bool comes(const struct checks_walk *w, size_t source, int node, struct passage from);

/* True if the routine is called, and only where the run comes by in any case. */
static bool is_called_always(const struct checks_walk *w, const struct vstmts *in,
			     struct vspan name, struct passage from)
{
	size_t calls = 0;

	for (size_t k = 0; k < w->c->n_sources; k++) {
		const struct vstmts *s = &w->c->sources[k].s;

		for (int i = 0; i < (int)s->n; i++) {
			if (s->v[i].kind != VSTMT_CALL ||
			    !checks_same(s, checks_last_name(s, s->v[i].name), in, name))
				continue;
			calls++;
			if (from.depth >= MAX_DEPTH || !comes(w, k, i, from))
				return false;
		}
	}
	return calls > 0;
}

static bool comes(const struct checks_walk *w, size_t source, int node, struct passage from)
{
	const struct check_source *src = &w->c->sources[source];
	const struct vstmts *s = &src->s;
	int process = process_of(s, node);
	enum after next;

	if (process < 0 || s->v[process].kind == VSTMT_DEFINE || !checks_in_bench(src, node))
		return false;
	if (follows_report(w, source, node))
		return true;
	if (!is_reached(w, source, process, node))
		return false;
	next = after(w, source, process, node);
	from.ended = from.ended || (next == AFTER_END && from.next != AFTER_MORE);
	from.next = next > from.next ? next : from.next;
	from.works = from.works || process_at(w, source, process)->works;
	from.depth++;
	if (is_routine(&s->v[process]))
		return is_called_always(w, s, s->v[process].name, from);
	if (is_unconditional(w, source, process, node) &&
	    (is_start(w, source, process, node) || (from.works && is_alone(w, source, process))))
		return true;
	return from.works && !from.ended && from.next > AFTER_NOTHING;
}

bool checks_comes_always(const struct checks_walk *w, size_t source, int node)
{
	return comes(w, source, node, (struct passage){ .next = AFTER_NOTHING });
}

bool checks_comes_in_time(const struct checks_walk *w, size_t source, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;
	int process = process_of(s, node);
	const struct process *p = process >= 0 ? process_at(w, source, process) : NULL;

	return p && (is_start(w, source, process, node) ||
		     (p->drives && follows_report(w, source, node)));
}

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
	for (int round = 0; round < MAX_DEPTH && read_routines(w); round++)
		;
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
	free(w->enders);
	free(w);
}
