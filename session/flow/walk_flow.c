/* walk: expected values are stated before the simulation, then compared with it.
 *
 *	walk.md, or the model --> a table, recorded --> run --> wrong rows --> person
 *
 * A table made after the run would only repeat it, so the run comes second, and the
 * model gets the spec and the stimuli but never the design. Only the person knows
 * which side is wrong: the table, which a suggestion then corrects, or the design,
 * for which `why` and `fix` come next.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/check/flow_sim.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/flow/walk.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/trace/trace.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define TRIES	  2u
#define ASKED_MAX 5u /* wrong values the person is asked about */

struct walking {
	struct walk walk;
	struct str text;	/* of walk.md; empty: no such file */
	char *testbench, *path; /* the testbench to run, and its file */
	bool by_model;
	bool compared;
	bool *fixed;	      /* cells the person wants set to the values of the run */
	struct str by_design; /* what to do about those that the design has wrong */
	char *wave;
};

static void walking_fini(void *own)
{
	struct walking *g = own;

	walk_fini(&g->walk);
	str_free(&g->text);
	free(g->testbench);
	free(g->path);
	free(g->fixed);
	str_free(&g->by_design);
	free(g->wave);
}

/* The table --------------------------------------------------------------------------- */

static void add_ports(const struct project *p, const char *testbench, struct str *out)
{
	const struct vmodule *tb = project_vmodule(p, testbench);

	for (size_t i = 0; tb && i < tb->n_instances; i++) {
		const struct vmodule *m = project_vmodule(p, tb->instances[i].module);

		for (size_t k = 0; m && k < m->n_ports; k++)
			str_addf(out, "- %s.%s (%s %s)\n", tb->instances[i].name, m->ports[k].name,
				 m->ports[k].dir == VPORT_OUTPUT ? "output" : "input",
				 m->ports[k].type);
	}
}

/* Input of the question, and the destination of its answer. */
struct stating {
	struct walking *g;
	const struct project *p;
	struct str spec, tb;
};

static void words_for_model(void *ctx, const struct strv *wrong, struct str *out)
{
	const struct stating *s = ctx;

	str_adds(out,
		 "Below are the specification of a hardware design and a testbench that drives "
		 "it. State what its signals are, cycle by cycle, before it is simulated: a cycle "
		 "is a rising edge of the clock, counted from 0, and a value is what the signal is "
		 "just before that edge. State the outputs for the first 8 to 20 cycles; leave out "
		 "(-) what the specification does not tell. Write nothing but this:\n\n"
		 "Clock: clk\n\n| cycle | dut.signal | dut.other |\n| --- | --- | --- |\n"
		 "| 0 | x | 8'h00 |\n| 1 | - | 8'h01 |\n");
	if (wrong->n)
		str_addf(out, "\nYour last table could not be read: %s\n", wrong->v[0]);
	str_adds(out, "\nThe signals:\n");
	add_ports(s->p, s->g->testbench, out);
	str_addf(out, "\nThe specification:\n\n%s\n\nThe testbench:\n\n```verilog\n%s\n```\n",
		 str_cstr(&s->spec), str_cstr(&s->tb));
}

/* The text up to the end of the table; prose follows it. */
static struct slice table_in(const struct str *text)
{
	struct slice rest = { str_cstr(text), text->len }, found = rest;
	bool on = false;

	while (rest.n) {
		struct slice l = slice_line(&rest);
		bool row = slice_starts(slice_trim(l), "|");

		if (on && !row)
			break;
		on |= row;
		found.n = (size_t)(l.p + l.n - found.p);
	}
	return found;
}

static bool take_table(void *ctx, const struct flow_answer *a, struct strv *wrong, struct err *err)
{
	struct walking *g = ((struct stating *)ctx)->g;
	struct slice table = table_in(&a->text);
	struct err why;

	walk_fini(&g->walk);
	g->walk.testbench = mem_strdup(g->testbench);
	if (!walk_read(&g->walk, table.p, table.n, &why))
		strv_add(wrong, why.text);
	else if (a->cut)
		strv_add(wrong, "it was cut off");
	return true;
}

static bool by_model(struct flow *f, struct str *said, struct err *err)
{
	struct walking *g = f->own;
	struct stating s = { g, workbench_project(f->w, err), STR_INIT, STR_INIT };
	const struct flow_form form = { TRIES, words_for_model, take_table, &s };
	struct strv wrong = STRV_INIT;
	struct str text = STR_INIT;
	bool ok = s.p != NULL;

	if (g->walk.n)
		return true;
	ok = ok && flow_text_whole(f, g->path, &s.tb, err) && flow_spec(f, &s.spec, err) &&
	     flow_model_form(f, &form, &wrong, err);
	if (ok && wrong.n)
		ok = err_set(err, ERR_PARSE, "the model states no table that can be read: %s",
			     wrong.v[0]);
	g->by_model = ok;
	if (ok) {
		walk_write(&g->walk, NULL, &text);
		str_addf(said, "%zu row%s stated before the run\n%s", g->walk.n, count_s(g->walk.n),
			 str_cstr(&text));
	}
	str_free(&text);
	strv_free(&wrong);
	str_free(&s.spec);
	str_free(&s.tb);
	return ok;
}

/* The testbench is the one in the command, else in the table, else the default. */
static bool read_table(struct flow *f, struct str *said, struct err *err)
{
	struct walking *g = f->own;
	struct project *p = workbench_project(f->w, err);
	bool there = p && flow_text(f, "walk.md", &g->text);
	bool ok = p && (!there || walk_read(&g->walk, str_cstr(&g->text), g->text.len, err)) &&
		  design_testbench(p, f->w->options,
				   f->argc	       ? f->argv[0]
				   : g->walk.testbench ? g->walk.testbench
						       : NULL,
				   &g->testbench, &g->path, err);

	if (ok && !g->walk.testbench)
		g->walk.testbench = mem_strdup(g->testbench);
	if (ok && there)
		str_addf(said, "walk.md: %zu rows of %zu signals for %s\n", g->walk.n,
			 g->walk.signals.n, g->testbench);
	else if (ok)
		str_addf(said, "there is no walk.md: a table for %s is asked for\n", g->testbench);
	return ok;
}

/* The run ----------------------------------------------------------------------------- */

static bool run(struct flow *f, struct str *said, struct err *err)
{
	struct walking *g = f->own;
	struct sim_result sim = { 0 };
	bool ok;

	if (g->walk.n == 0)
		return err_set(err, ERR_NOT_FOUND,
			       "walk needs walk.md, a table of what you expect, or a model");
	ok = flow_sim(f->w, g->testbench, f->w->options->engine, true, NULL, NULL, &sim, err);
	if (ok) {
		run_result_print(&sim.report.result, sim.path, said);
		g->wave = mem_strdup(sim.report.wave_path);
		if (!g->wave[0])
			ok = err_set(err, ERR_TOOL, "%s: %s", g->testbench, str_cstr(said));
		str_addc(said, '\n');
	}
	sim_result_fini(&sim);
	return ok;
}

static bool compare(struct flow *f, struct str *said, struct err *err)
{
	struct walking *g = f->own;
	struct walk *w = &g->walk;
	struct trace *t = NULL;
	bool more = true, ok = f->w->ports->open_trace(f->w->loop, g->wave, &t, err);

	while (ok && more)
		ok = trace_more(t, TRACE_STEP, &more, err);
	ok = ok && walk_check(w, t, err);
	trace_close(t);
	if (!ok)
		return false;
	walk_count(w, said);
	walk_print(w, true, said);
	g->compared = true;
	if (w->wrong || w->not_reached || w->no_signal)
		f->out->end = FLOW_FOUND;
	return true;
}

/* Asking which side is wrong ---------------------------------------------------------- */

/* *on: false if they leave it open by not answering. */
static bool ask_about(struct flow *f, size_t row, size_t col, bool *on, struct err *err)
{
	static char *const sides[] = { (char *)"the table", (char *)"the design",
				       (char *)"leave it open" };
	struct walking *g = f->own;
	const struct walk_row *r = &g->walk.rows[row];
	const char *name = g->walk.signals.v[col];
	char *text =
		str_fmt("Cycle %llu: %s is stated %s, and is %s. Which side is wrong?",
			(unsigned long long)r->cycle, name, r->cell[col].text, r->cell[col].is);
	const struct person_question q = { .text = text, .options = sides, .n = 3 };
	char *answer;
	bool ok = flow_person(f, &q, &answer, err);

	if (answer && strcmp(answer, sides[0]) == 0)
		g->fixed[row * WALK_SIGNALS_MAX + col] = true;
	if (answer && strcmp(answer, sides[1]) == 0)
		/* The value that a process sees is the one before the edge. */
		str_addf(&g->by_design, "the design is wrong: posedge why %s @%llu\n", name,
			 (unsigned long long)(r->time ? r->time - 1 : 0));
	*on = answer != NULL;
	free(text);
	free(answer);
	return ok;
}

static bool propose(struct flow *f, struct str *said, struct err *err)
{
	struct walking *g = f->own;
	struct str text = STR_INIT;
	bool any = g->by_model, ok = true;

	for (size_t i = 0; g->fixed && i < g->walk.n * WALK_SIGNALS_MAX; i++)
		any |= g->fixed[i];
	if (any) {
		if (g->by_model)
			walk_write(&g->walk, g->fixed, &text);
		else
			walk_fix(&g->walk, g->fixed, str_cstr(&g->text), g->text.len, &text);
		ok = flow_propose(f, "walk.md", g->by_model ? NULL : &g->text, str_cstr(&text),
				  text.len, err);
		str_adds(said, "walk.md, to be decided in review\n");
	}
	str_free(&text);
	return ok;
}

static bool sides(struct flow *f, struct str *said, struct err *err)
{
	struct walking *g = f->own;
	size_t asked = 0;
	bool ok = true, on = true;

	g->fixed = mem_calloc(g->walk.n * WALK_SIGNALS_MAX + 1, sizeof(*g->fixed));
	for (size_t i = 0; i < g->walk.n && on; i++)
		for (size_t k = 0; k < g->walk.signals.n && on && asked < ASKED_MAX; k++)
			if (g->walk.rows[i].cell[k].mark == WALK_WRONG) {
				asked++;
				ok = ask_about(f, i, k, &on, err);
			}
	str_addf(said, "asked about %zu of %zu\n", asked, g->walk.wrong);
	return ok;
}

static void tell(const struct flow *f, struct str *out)
{
	const struct walking *g = f->own;

	if (!g->compared)
		return;
	walk_print(&g->walk, false, out);
	walk_count(&g->walk, out);
	str_add(out, str_cstr(&g->by_design), g->by_design.len);
}

static const struct flow_step steps[] = {
	{ "table", "what is expected, cycle by cycle, from walk.md", 0, read_table },
	{ "model", "the same by the model, where there is none", FLOW_NEEDS_MODEL, by_model },
	{ "run", "the testbench", FLOW_NEEDS_SIMULATOR, run },
	{ "compare", "which values the run does not have", FLOW_NEEDS_SIMULATOR, compare },
	{ "sides", "which side is wrong, by the person", FLOW_NEEDS_PERSON, sides },
	{ "propose", "the table as a suggestion", FLOW_KEEPS, propose },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_walk = {
	.name = "walk",
	.about = "state values cycle by cycle before a simulation, and compare them with it",
	.needs = FLOW_NEEDS_SIMULATOR,
	.steps = steps,
	.size = sizeof(struct walking),
	.fini = walking_fini,
	.tell = tell,
};
