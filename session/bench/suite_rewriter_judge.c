/* Compares a rewritten design with its original.
 *
 * No testbench is involved: the prover covers all inputs. Only equivalence for all
 * time passes, possibly restricted to where the original's outputs are not x.
 * Equivalence for a number of steps does not pass, nor does an undecided case. A
 * design that does something else is no optimisation, so sizes count only if
 * equivalence is proved.
 *
 * A result needs two tools. The counterexample of a difference is simulated with both
 * designs. A prover considers only one order of a race, so a proof about a design
 * with one is not decided.
 */
#include "config.h"

#include "session/bench/suite_rewriter_judge.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/check/counterexample.h"
#include "session/check/race.h"
#include "session/tool/prover.h"
#include "session/verilog/verilog.h"

/* One text as a design; borrows the texts in source. */
struct side {
	char *top;
	struct source source;
	struct sim_job job;
	bool sized;
	struct prover_size size;
};

/* The module named wanted, else the top. NULL: none. */
static char *top_of(const char *text, size_t len, const char *wanted)
{
	struct str whole = STR_INIT;
	const struct vmodule *m;
	struct voutline o;
	char *top;

	str_add(&whole, text, len);
	voutline_init(&o, str_cstr(&whole), whole.len);
	m = wanted ? voutline_module(&o, wanted) : NULL;
	m = m ? m : voutline_top(&o);
	top = m ? mem_strdup(m->name) : NULL;
	voutline_fini(&o);
	str_free(&whole);
	return top;
}

static void side_init(struct side *s, const struct suite_tools *t, const char *text, size_t len,
		      const char *wanted)
{
	*s = (struct side){ .top = top_of(text, len, wanted),
			    .source = { .path = "design.v", .text = text, .len = len } };
	s->job = (struct sim_job){ .root = t->dir,
				   .sources = &s->source,
				   .n = 1,
				   .top = s->top,
				   .lang = LANG_SV2017,
				   .lang_fixed = true };
}

/* False: yosys cannot read it, or cancelled. A design that is too large merely has no size. */
static bool measure(const struct suite_tools *t, struct side *s, struct err *err)
{
	const struct prover_limits limits = { .ms = REWRITER_MS, .memory = REWRITER_BYTES };

	s->sized = t->prover->measure(t->loop, &s->job, &limits, &s->size, err);
	return s->sized || err->code == ERR_TIMEOUT || err->code == ERR_LIMIT;
}

/* -1 if only one of the two is 0, because a mean cannot include that. */
static double ratio(unsigned long after, unsigned long before)
{
	return after == before ? 1 : after > 0 && before > 0 ? (double)after / (double)before : -1;
}

static void add_sizes(const struct side *before, const struct side *after, struct suite_judged *out)
{
	const struct prover_size *a = &after->size, *b = &before->size;
	struct str all = STR_INIT;

	if (!after->sized || !before->sized)
		return;
	out->figures[REWRITER_WIRES] = ratio(a->wires, b->wires);
	out->figures[REWRITER_CELLS] = ratio(a->cells, b->cells);
	out->figures[REWRITER_FLIP_FLOPS] = ratio(a->flip_flops, b->flip_flops);
	if (a->path >= 0 && b->path >= 0)
		out->figures[REWRITER_PATH] = ratio((unsigned long)a->path, (unsigned long)b->path);
	str_addf(&all,
		 "%s%s%lu wires instead of %lu, %lu cells instead of %lu, %lu flip-flops "
		 "instead of %lu",
		 out->beside ? out->beside : "", out->beside ? "\n" : "", a->wires, b->wires,
		 a->cells, b->cells, a->flip_flops, b->flip_flops);
	if (a->path >= 0 && b->path >= 0)
		str_addf(&all, ", longest path %ld instead of %ld", a->path, b->path);
	else
		str_adds(&all, ", longest path not known");
	free(out->beside);
	out->beside = str_take(&all);
}

static void undecided(struct suite_judged *out, char *why)
{
	out->class_ = 'u';
	out->verdict = VERDICT_NONE;
	free(out->first);
	out->first = why;
}

static void found(const struct prover_report *r, struct suite_judged *out)
{
	enum prover_answer a = r->answer;

	if (a == PROVER_PROVED || (a == PROVER_KNOWN && !r->steps)) {
		out->class_ = '.';
		out->verdict = VERDICT_PASS;
		if (a == PROVER_KNOWN)
			out->beside = mem_strdup("the same wherever the original is not x");
	} else if (a == PROVER_BOUNDED || a == PROVER_KNOWN) {
		out->class_ = 'b';
		out->verdict = VERDICT_NONE;
		out->first = str_fmt("the same for %u steps; later ones are not decided", r->steps);
	} else if (a == PROVER_DIFFERENT || a == PROVER_PORTS) {
		out->class_ = a == PROVER_PORTS ? 'i' : 'd';
		out->verdict = VERDICT_FAIL;
		out->first = a == PROVER_PORTS
				     ? mem_strdup(r->why)
				     : str_fmt("it does something else, by step %zu at the latest",
					       r->trace.n_steps);
	} else {
		undecided(out, r->ms >= REWRITER_MS
				       ? str_fmt("not decided within %u s", REWRITER_MS / 1000)
				       : mem_strdup(*r->why ? r->why : "not decided"));
	}
}

/* False: cancelled. */
static bool simulate(const struct suite_tools *t, const struct prover_trace *trace,
		     const struct side *before, const struct side *after, struct suite_judged *out,
		     struct err *err)
{
	const struct run_job earlier = { .design = before->job }, later = { .design = after->job };
	char *dir = path_join(t->dir, "counterexample");
	struct err why = { 0 };
	struct counterexample b;
	bool ok;

	if (!t->w) {
		undecided(out, mem_strdup("yosys has a counterexample that nothing simulates"));
		free(dir);
		return true;
	}
	ok = counterexample_run(t->w, trace, &earlier, &later, dir, "a rewritten design", &b, &why);

	if (!ok && why.code != ERR_CANCELLED)
		undecided(out, str_fmt("yosys has a counterexample that cannot be simulated: %s",
				       why.text));
	else if (ok && (!b.passes_before || !b.fails_after))
		undecided(out, mem_strdup("yosys has a counterexample that Icarus does not show"));
	if (ok)
		counterexample_fini(&b);
	free(dir);
	return ok || err_pass_cancel(err, &why);
}

/* With a race, equivalence was proved for only one order. */
static void doubt(const struct side *before, const struct side *after, struct suite_judged *out)
{
	struct str why = STR_INIT;

	if ((out->class_ == '.' || out->class_ == 'b') &&
	    (race_in_job(&after->job, &why) || race_in_job(&before->job, &why))) {
		undecided(out, str_take(&why));
		free(out->beside);
		out->beside = NULL;
	}
	str_free(&why);
}

static bool compare(const struct suite_tools *t, const struct side *before,
		    const struct side *after, struct suite_judged *out, struct err *err)
{
	struct prover_equal job = {
		.before = &before->job,
		.after = &after->job,
		.limits = { .depth = REWRITER_DEPTH, .ms = REWRITER_MS, .memory = REWRITER_BYTES }
	};
	struct prover_report r;
	bool ok;

	if (!t->prover->equal(t->loop, &job, &r, err))
		return false;
	found(&r, out);
	ok = out->class_ != 'd' || simulate(t, &r.trace, before, after, out, err);
	doubt(before, after, out);
	if (out->class_ == '.')
		add_sizes(before, after, out);
	prover_report_fini(&r);
	if (!ok) {
		free(out->first);
		free(out->beside);
		out->first = out->beside = NULL;
	}
	return ok;
}

static bool unreadable(struct suite_judged *out, const char *why)
{
	out->class_ = 'C';
	out->verdict = VERDICT_BUILD;
	out->first = mem_strdup(why);
	return true;
}

bool rewriter_judge(const struct suite_tools *t, const struct str *original, const char *code,
		    size_t len, struct suite_judged *out, struct err *err)
{
	struct side before, after;
	struct err why = { 0 };
	bool ok;

	if (!t->prover || !t->prover->measure)
		return err_set(err, ERR_TOOL, "this program has no prover that measures");
	if (!t->prover->here(err))
		return false;
	side_init(&before, t, original->data, original->len, NULL);
	side_init(&after, t, code, len, before.top);
	if (!before.top)
		ok = err_set(err, ERR_PARSE, "the original holds no module");
	else if (!measure(t, &before, &why))
		ok = err_set(err, why.code, "the original: %s", why.text);
	else if (!after.top)
		ok = unreadable(out, "there is no module in it");
	else if (measure(t, &after, &why))
		ok = compare(t, &before, &after, out, err);
	else if (why.code == ERR_CANCELLED)
		ok = (*err = why, false);
	else
		ok = unreadable(out, why.text);
	free(before.top);
	free(after.top);
	return ok;
}
