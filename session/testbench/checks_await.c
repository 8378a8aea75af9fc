/* Waits for the design beside a watchdog. A testbench may check nothing else:
 *
 *     initial begin req = 1; @(posedge ack); $display("all good"); $finish; end
 *     initial begin #1000 $display("timeout"); $finish; end
 *
 * What it waits for might not have come, and then the other process would have ended the
 * run with a failure: each wait that was passed is a check. What a watchdog says does not
 * matter if the process that waits ends the run itself: then the watchdog never comes, or it
 * has failed. A loop with a limit of its own is such a pair, too:
 *
 *     while (!done) begin @(posedge clk); t = t + 1; if (t > 50) $fatal; end
 *
 * Where the testbench compares as well, the waits only say when, and are none. Nor does a
 * clock say anything, wherever it is made, or an event of the testbench's own: only what is
 * at a port of an instance counts.
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
	bool waits = false;

	if (v->kind == VSTMT_PREFIX)
		return s->text[v->head.off] != '#' && asks_design(a, v->head);
	if (v->kind != VSTMT_LOOP || vspan_is(s, v->name, "for"))
		return false;
	for (int k = i + 1; k < v->end && !waits; k++)
		waits = s->v[k].kind == VSTMT_PREFIX;
	return waits && asks_design(a, v->head);
}

/* True if a print there says so, in so many words. */
static bool says(const struct checks *c, const struct check_source *src, int i, unsigned what)
{
	return checks_is_print(&src->s, &src->s.v[i]) && checks_print_says(c, src, i) & what;
}

static bool fails(const struct awaited *a, int i)
{
	struct vspan name = a->src->s.v[i].name;

	return says(a->c, a->src, i, SAYS_FAIL) || vspan_is(&a->src->s, name, "$fatal") ||
	       vspan_is(&a->src->s, name, "$error");
}

/* A process that ends the run when its time is up, and does nothing else: a watchdog. print:
 * the node of its last words; -1: they say that it is a failure. */
struct watchdog {
	size_t source;
	int print;
};

/* "test completed": what ends each run. */
static bool says_over(const struct vstmts *s, struct vspan print)
{
	static const char *const words[] = { "complete", "finish", "end of", "done",
					     "normal",	 "ended",  "over",   NULL };

	return checks_contains(s->text + print.off, print.end - print.off, words);
}

static bool is_watchdog(const struct awaited *a, int process, struct watchdog *w)
{
	const struct check_source *src = a->src;
	const struct vstmts *s = &src->s;
	bool bad = false, other = false, acts = false, delays = false;

	*w = (struct watchdog){ .source = (size_t)(src - a->c->sources), .print = -1 };
	for (int k = process + 1; k < s->v[process].end; k++) {
		const struct vstmt *v = &s->v[k];

		bad = bad || fails(a, k);
		other = other || (v->kind == VSTMT_PREFIX && asks_design(a, v->head)) ||
			says(a->c, src, k, SAYS_PASS | SAYS_GOOD) ||
			(checks_is_print(s, v) && !bad && says_over(s, v->head));
		acts = acts || (v->kind != VSTMT_BLOCK && v->kind != VSTMT_PREFIX &&
				v->kind != VSTMT_SYSTEM && v->kind != VSTMT_NULL);
		delays = delays || v->kind == VSTMT_PREFIX;
		w->print = checks_is_print(s, v) ? k : w->print;
	}
	if (other || !checks_ends_run(s, process) || (!bad && (acts || !delays || w->print < 0)))
		return false;
	w->print = bad ? -1 : w->print;
	return true;
}

/* The waits of a process that then says that all is well. A watchdog whose words tell nothing
 * fails if that process would have ended the run. */
static void add_waits(struct checks *c, const struct awaited *a, size_t source, int process,
		      const struct watchdog *dog)
{
	const struct check_source *src = a->src;
	int last = checks_last_good_word(c, src, process);
	bool any = false;
	struct check_found *f;

	if (dog->print >= 0 && !checks_ends_run(&src->s, process))
		return;
	for (int k = process + 1; k < last; k++)
		if (is_wait(a, k) && !checks_below_if(&src->s, k))
			any |= checks_add_site(c, source, k, CHECK_AWAIT, src->s.v[k].head) != NULL;
	f = any && dog->print >= 0 ? checks_add_site(c, dog->source, dog->print, CHECK_GUARD,
						     c->sources[dog->source].s.v[dog->print].head)
				   : NULL;
	if (f)
		f->fails = dog->print;
}

/* Loops that wait for the design and have a limit of their own. */
static void add_loops(struct checks *c)
{
	size_t n = c->n_sites;

	for (size_t k = 0; k < c->n_sources; k++) {
		struct awaited a = read_awaited(c, &c->sources[k]);
		const struct vstmts *s = &a.src->s;

		for (size_t i = 0; i < n; i++) {
			bool limit = c->sites[i].site.source == k &&
				     c->sites[i].site.kind == CHECK_GUARD;
			int loop = limit ? vstmts_around(s, c->sites[i].node, VSTMT_LOOP) : -1;

			if (loop >= 0 && is_wait(&a, loop))
				checks_add_site(c, k, loop, CHECK_AWAIT, s->v[loop].head);
		}
		awaited_fini(&a);
	}
}

/* The waits beside a branch of a fork that fails when its time is up. */
static void add_branches(struct checks *c, const struct awaited *a, size_t source, int fork)
{
	const struct vstmts *s = &a->src->s;
	int watch = -1;

	for (int k = fork + 1; k < s->v[fork].end; k = s->v[k].end) {
		bool waits = false, bad = false;

		for (int n = k; n < s->v[k].end; n++) {
			waits = waits || is_wait(a, n);
			bad = bad || (fails(a, n) && !checks_below_if(s, n));
		}
		watch = bad && !waits ? k : watch;
	}
	for (int k = fork + 1; watch >= 0 && k < s->v[fork].end; k++)
		if (is_wait(a, k) && !checks_below_if(s, k))
			checks_add_site(c, source, k, CHECK_AWAIT, s->v[k].head);
}

/* "if (seen) $display("seen"); else $display("not seen")" of a flag that the design sets, as
 * far as that is known. */
static void add_reports(struct checks *c)
{
	for (size_t i = 0; i < c->n_sites; i++) {
		struct check_found *f = &c->sites[i];
		const struct check_source *src = &c->sources[f->site.source];
		const struct vstmts *s = &src->s;
		struct vspan head = s->v[f->node].head;
		int unit = vstmts_around(s, f->node, VSTMT_UNIT);

		if (f->site.kind != CHECK_REPORT || unit < 0 || !src->when[unit].known)
			continue;
		for (size_t t = checks_first_token(s, head); checks_in_span(s, t, head); t++) {
			const struct check_var *var = checks_var_at(c, s, t);

			if (var && var->reached && var->ones &&
			    (var->role == ROLE_PASS_FLAG || var->role == ROLE_PASSES))
				f->site.kind = CHECK_IF;
		}
	}
}

void checks_find_awaited(struct checks *c)
{
	struct watchdog dog, found = { 0 };
	bool watched = false;

	for (size_t i = 0; i < c->n_sites; i++)
		if (checks_compares_at(&c->sites[i].site))
			return;
	add_loops(c);
	add_reports(c);
	for (int pass = 0; pass < 2; pass++)
		for (size_t k = 0; k < c->n_sources; k++) {
			struct awaited a = read_awaited(c, &c->sources[k]);

			for (int i = 0; i < (int)a.src->s.n; i++) {
				if (pass == 0 && a.src->s.v[i].kind == VSTMT_FORK &&
				    checks_in_bench(a.src, i))
					add_branches(c, &a, k, i);
				if (a.src->s.v[i].kind != VSTMT_INITIAL ||
				    !checks_in_bench(a.src, i))
					continue;
				if (pass == 1 && watched)
					add_waits(c, &a, k, i, &found);
				else if (pass == 0 && !watched && is_watchdog(&a, i, &dog))
					watched = true, found = dog;
			}
			awaited_fini(&a);
		}
}
