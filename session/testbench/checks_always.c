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
 *    no process but this one may end the run.
 *  - No time passes before it.
 */
#include "config.h"

#include "session/testbench/checks_walk.h"

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

static bool is_more(const struct vstmt *v)
{
	return v->kind == VSTMT_IF || v->kind == VSTMT_CASE || v->kind == VSTMT_LOOP ||
	       v->kind == VSTMT_PREFIX || v->kind == VSTMT_CALL || v->kind == VSTMT_ASSERT ||
	       v->kind == VSTMT_MACRO;
}

static enum after after(const struct checks_walk *w, size_t source, int process, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;
	const struct process *p = walk_process_at(w, source, process);
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
			if (v->kind == VSTMT_BLOCK || (watches && walk_is_delay(s, next))) {
				delayed = delayed || v->kind != VSTMT_BLOCK;
				little = little || delayed;
				next = others[next + 1];
				continue;
			}
			if (v->kind == VSTMT_JUMP || walk_is_end(s, next))
				return AFTER_END;
			next = others[v->end];
			if (v->kind == VSTMT_NULL)
				continue;
			if (is_more(v) || delayed || (computes(s, v) && !waited))
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
		    (s->v[k].kind != VSTMT_IF && !walk_is_regular(w, source, k)))
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
	for (const struct call *k = walk_call(w, in, name); k; k = walk_next_call(w, k))
		if (is_on_the_way(w, k->source, k->node))
			return true;
	return false;
}

/* True if every good run comes by: the process only waits, no `if` on the design is around the
 * node, and nothing ends the run or leaves the process before. */
static bool is_on_the_way(const struct checks_walk *w, size_t source, int node)
{
	const struct vstmts *s = &w->c->sources[source].s;
	int process = walk_process_of(s, node);
	struct process *p;

	if (process < 0)
		return false;
	p = walk_process_at(w, source, process);
	if (node >= p->left)
		return false;
	for (int k = s->v[node].parent; k != process; k = s->v[k].parent)
		if (s->v[k].kind == VSTMT_LOOP || s->v[k].kind == VSTMT_FORK ||
		    (s->v[k].kind != VSTMT_PREFIX && !walk_is_regular(w, source, k)))
			return false;
	if (!walk_is_routine(&s->v[process]))
		return p->works && walk_is_alone(w, source, process);
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

	for (; up >= 0 && !walk_is_process(&s->v[up]); at = up, up = s->v[up].parent) {
		if (s->v[up].kind != VSTMT_BLOCK &&
		    (s->v[up].kind == VSTMT_PREFIX || !walk_is_regular(w, source, up)))
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
	       node < walk_process_at(w, source, process)->waits;
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
	const struct call *first = walk_call(w, in, name);

	for (const struct call *k = first; k; k = walk_next_call(w, k))
		if (from.depth >= WALK_MAX_DEPTH || !comes(w, k->source, k->node, from))
			return false;
	return first != NULL;
}

static bool comes(const struct checks_walk *w, size_t source, int node, struct passage from)
{
	const struct check_source *src = &w->c->sources[source];
	const struct vstmts *s = &src->s;
	int process = walk_process_of(s, node);
	enum after next;

	if (process < 0 || s->v[process].kind == VSTMT_DEFINE || !checks_in_bench(src, node))
		return false;
	if (follows_report(w, source, node))
		return true;
	if (!walk_is_reached(w, source, process, node))
		return false;
	next = after(w, source, process, node);
	from.ended = from.ended || (next == AFTER_END && from.next != AFTER_MORE);
	from.next = next > from.next ? next : from.next;
	from.works = from.works || walk_process_at(w, source, process)->works;
	from.depth++;
	if (walk_is_routine(&s->v[process]))
		return is_called_always(w, s, s->v[process].name, from);
	if (walk_is_unconditional(w, source, process, node) &&
	    (is_start(w, source, process, node) ||
	     (from.works && walk_is_alone(w, source, process))))
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
	int process = walk_process_of(s, node);
	const struct process *p = process >= 0 ? walk_process_at(w, source, process) : NULL;

	return p && (is_start(w, source, process, node) ||
		     (p->drives && follows_report(w, source, node)));
}
