/* Waits for the design beside a watchdog. A testbench may check nothing else:
 *
 *     initial begin req = 1; @(posedge ack); $display("all good"); $finish; end
 *     initial begin #1000 $display("timeout"); $finish; end
 *
 * What it waits for might not have come, and then the other process would have ended the
 * run with a failure: each wait that was passed is a check. Where the testbench compares as
 * well, the waits only say when, and are none. Nor does a clock say anything, wherever it is
 * made, or an event of the testbench's own: only what is at a port of an instance counts.
 */
#include "config.h"

#include "session/text/name_map.h"

#include "session/testbench/checks_inner.h"

/* A source, and what its waits may be for. */
struct awaited {
	const struct checks *c;
	const struct check_source *src;
	struct name_map ports; /* names in instances */
	struct name_map own;   /* events and clocking blocks */
	bool rest;	       /* an instance has ".*" */
};

static void add_names(struct name_map *m, const struct vstmts *s, struct vspan in)
{
	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++)
		if (s->tokens[i].kind == VTOKEN_NAME)
			checks_put(m, s, checks_token(s, i));
}

static struct awaited read_awaited(const struct checks *c, const struct check_source *src)
{
	static const char *const own[] = { "event", "clocking", NULL },
				 *const open[] = { "(", NULL }, *const rest[] = { ".*", NULL };
	const struct vstmts *s = &src->s;
	struct awaited a = { .c = c, .src = src };

	for (size_t k = 0; k < s->n; k++) {
		const struct vstmt *v = &s->v[k];

		if ((v->kind != VSTMT_DECL && v->kind != VSTMT_ITEM) || v->all.off == v->all.end)
			continue;
		if (checks_has_any(s, v->all, own)) {
			add_names(&a.own, s, v->all);
		} else if (checks_is_instance(s, v) && checks_has_any(s, v->all, open)) {
			add_names(&a.ports, s, v->all);
			a.rest = a.rest || checks_has_any(s, v->all, rest);
		}
	}
	return a;
}

static void awaited_fini(struct awaited *a)
{
	name_map_fini(&a->ports);
	name_map_fini(&a->own);
}

/* True for ack, dut.ack and bus.ack at token i, the first of these names. */
static bool is_output(const struct awaited *a, size_t i)
{
	static const char *const clocks[] = { "clk", "clock", NULL };
	const struct vstmts *s = &a->src->s;
	const char *name = s->text + s->tokens[i].off;
	size_t len = s->tokens[i].len;

	if (name_map_has(&a->own, name, len) || (!a->rest && !name_map_has(&a->ports, name, len)))
		return false;
	while (checks_is(s, i + 1, ".") && i + 2 < s->n_tokens)
		i += 2;
	return !checks_contains(s->text + s->tokens[i].off, s->tokens[i].len, clocks);
}

/* True if the head asks for something that the testbench does not set. */
static bool asks_design(const struct awaited *a, struct vspan head)
{
	static const char *const inside[] = { ".", "::", NULL };
	static const char *const words[] = { "posedge", "negedge", "wait", "iff", NULL };
	const struct vstmts *s = &a->src->s;

	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++)
		if (s->tokens[i].kind == VTOKEN_NAME && !checks_is_any(s, i, words) &&
		    !checks_is_any(s, i - 1, inside) &&
		    !checks_var_in(a->c, s, checks_token(s, i)) && is_output(a, i))
			return true;
	return false;
}

/* True for "@(posedge ack)", "wait (done)" and "while (!done) @(posedge clk);". */
static bool is_wait(const struct awaited *a, int i)
{
	const struct vstmts *s = &a->src->s;
	const struct vstmt *v = &s->v[i];

	if (v->kind == VSTMT_PREFIX)
		return s->text[v->head.off] != '#' && asks_design(a, v->head);
	if (v->kind != VSTMT_LOOP || !vspan_is(s, v->name, "while") || i + 1 >= v->end)
		return false;
	return s->v[i + 1].kind == VSTMT_PREFIX && asks_design(a, v->head);
}

/* True if a print there says so, in so many words. */
static bool says(const struct checks *c, const struct check_source *src, int i, unsigned what)
{
	return checks_is_print(&src->s, &src->s.v[i]) && checks_print_says(c, src, i) & what;
}

/* True if the process ends the run with a failure and does nothing else: a watchdog. */
static bool is_watchdog(const struct awaited *a, int process)
{
	const struct check_source *src = a->src;
	const struct vstmts *s = &src->s;
	bool fails = false, other = false;

	for (int k = process + 1; k < s->v[process].end; k++) {
		fails = fails || says(a->c, src, k, SAYS_FAIL) ||
			vspan_is(s, s->v[k].name, "$fatal") || vspan_is(s, s->v[k].name, "$error");
		other = other || (s->v[k].kind == VSTMT_PREFIX && asks_design(a, s->v[k].head)) ||
			says(a->c, src, k, SAYS_PASS | SAYS_GOOD);
	}
	return fails && !other && checks_ends_run(s, process);
}

static void add_waits(struct checks *c, const struct awaited *a, size_t source, int process)
{
	const struct check_source *src = a->src;
	int last = checks_last_good_word(c, src, process);

	for (int k = process + 1; k < last; k++)
		if (is_wait(a, k) && !checks_below_if(&src->s, k))
			checks_add_site(c, source, k, CHECK_AWAIT, src->s.v[k].head);
}

void checks_find_awaited(struct checks *c)
{
	bool watched = false;

	for (size_t i = 0; i < c->n_sites; i++)
		if (checks_compares_at(&c->sites[i].site))
			return;
	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k < c->n_sources; k++) {
			struct awaited a = read_awaited(c, &c->sources[k]);

			for (int i = 0; i < (int)a.src->s.n; i++) {
				if (a.src->s.v[i].kind != VSTMT_INITIAL ||
				    !checks_in_bench(a.src, i))
					continue;
				if (pass == 0)
					watched = watched || is_watchdog(&a, i);
				else if (watched)
					add_waits(c, &a, k, i);
			}
			awaited_fini(&a);
		}
}
