/* Waits for the design beside a watchdog. A testbench may check nothing else:
 *
 *     initial begin req = 1; @(posedge ack); $display("all good"); $finish; end
 *     initial begin #1000 $display("timeout"); $finish; end
 *
 * What it waits for might not have come, and then the other process would have ended the
 * run with a failure: each wait that was passed is a check. Where the testbench compares as
 * well, the waits only say when, and are none.
 */
#include "config.h"

#include "session/testbench/checks_inner.h"

/* True if the head asks for something that the testbench does not set. */
static bool asks_design(const struct checks *c, const struct vstmts *s, struct vspan head)
{
	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++) {
		struct vspan name = checks_token(s, i);

		if (s->tokens[i].kind == VTOKEN_NAME && !checks_is(s, i, "posedge") &&
		    !checks_is(s, i, "negedge") && !checks_is(s, i, "wait") &&
		    !checks_is(s, i, "iff") && !checks_var_in(c, s, name) &&
		    !checks_is_any(s, i - 1, (const char *const[]){ ".", "::", NULL }))
			return true;
	}
	return false;
}

/* True for "@(posedge ack)", "wait (done)" and "while (!done) @(posedge clk);". */
static bool is_wait(const struct checks *c, const struct vstmts *s, int i)
{
	const struct vstmt *v = &s->v[i];

	if (v->kind == VSTMT_PREFIX)
		return s->text[v->head.off] != '#' && asks_design(c, s, v->head);
	if (v->kind != VSTMT_LOOP || !vspan_is(s, v->name, "while") || i + 1 >= v->end)
		return false;
	return s->v[i + 1].kind == VSTMT_PREFIX && asks_design(c, s, v->head);
}

/* True if a print there says so, in so many words. */
static bool says(const struct checks *c, const struct check_source *src, int i, unsigned what)
{
	return checks_is_print(&src->s, &src->s.v[i]) && checks_print_says(c, src, i) & what;
}

/* True if the process ends the run with a failure and does nothing else: a watchdog. */
static bool is_watchdog(const struct checks *c, const struct check_source *src, int process)
{
	const struct vstmts *s = &src->s;
	bool fails = false, other = false;

	for (int k = process + 1; k < s->v[process].end; k++) {
		fails = fails || says(c, src, k, SAYS_FAIL) ||
			vspan_is(s, s->v[k].name, "$fatal") || vspan_is(s, s->v[k].name, "$error");
		other = other ||
			(s->v[k].kind == VSTMT_PREFIX && asks_design(c, s, s->v[k].head)) ||
			says(c, src, k, SAYS_PASS | SAYS_GOOD);
	}
	return fails && !other && checks_ends_run(s, process);
}

/* The last print of the process that says that all is well and is not below an `if`; -1. */
static int last_good_word(const struct checks *c, const struct check_source *src, int process)
{
	int last = -1;

	for (int k = process + 1; k < src->s.v[process].end; k++)
		if (says(c, src, k, SAYS_PASS | SAYS_GOOD) && !checks_below_if(&src->s, k))
			last = k;
	return last;
}

static void add_waits(struct checks *c, size_t source, int process)
{
	const struct check_source *src = &c->sources[source];
	int last = last_good_word(c, src, process);

	for (int k = process + 1; k < last; k++)
		if (is_wait(c, &src->s, k) && !checks_below_if(&src->s, k))
			checks_add_site(c, source, k, CHECK_AWAIT, src->s.v[k].head);
}

void checks_find_awaited(struct checks *c)
{
	bool watched = false;

	for (size_t i = 0; i < c->n_sites; i++)
		if (checks_compares_at(&c->sites[i].site))
			return;
	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k < c->n_sources; k++)
			for (int i = 0; i < (int)c->sources[k].s.n; i++) {
				if (c->sources[k].s.v[i].kind != VSTMT_INITIAL ||
				    !checks_in_bench(&c->sources[k], i))
					continue;
				if (pass == 0)
					watched = watched || is_watchdog(c, &c->sources[k], i);
				else if (watched)
					add_waits(c, k, i);
			}
}
