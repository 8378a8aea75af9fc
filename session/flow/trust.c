/* Cheap questions come first. The mutants need a build of their own and run only if
 * everything else is well. */
#include "config.h"

#include "session/flow/trust.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/check/engine_choice.h"
#include "session/check/flow_sim.h"
#include "session/flow/flow_kit.h"
#include "session/mutant/flow_mutants.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/output/diag.h"
#include "session/verilog/verilog.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define MUTANTS_MS     30000u
#define PROOFS_MS      20000u
#define SURVIVORS_MAX  12u
#define SURVIVOR_SHOWN 60u /* bytes of a line; of a longer one the part that changes is shown */
#define SURVIVOR_MAX   240 /* bytes of both */
#define SURVIVOR_NEAR  12u /* bytes beside that */

static const char *const engines[] = { "icarus", "verilator" };

void trust_fini(struct trust *t)
{
	strv_free(&t->why);
	strv_free(&t->grey);
	strv_free(&t->survivors);
	str_free(&t->first);
	str_free(&t->cycles);
}

/* Compiling ------------------------------------------------------------------------------ */

struct compiling {
	struct design d;
	struct simulator *sim;
	struct diag_list *found;
};

static bool lint(struct flow *f, const char *engine, struct compiling *c, const char *testbench,
		 const struct overlay *v, size_t n, struct err *err)
{
	const struct simulator_ops *ops = ports_simulator(f->w->ports, engine, err);
	struct project *p = ops ? workbench_project(f->w, err) : NULL;
	struct overlays_below *below = p ? overlay_push(p, v, n) : NULL;
	char *name = NULL, *path = NULL;
	bool ok = p && design_testbench(p, f->w->options, testbench, &name, &path, err);
	enum lang as;

	if (ok)
		design_init(&c->d, p, f->w->options, path, name);
	overlay_pop(below);
	ok = ok && (c->sim = simulator_open(ops, f->w->loop, err)) &&
	     ops->lint(c->sim, &c->d.job, &c->found, &as, err);
	free(name);
	free(path);
	return ok;
}

static void first_error(const struct diag_list *found, const char *engine, struct strv *why)
{
	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		if (d->rank != DIAG_ERROR)
			continue;
		strv_addf(why, "%s does not compile it: %s:%d: %.200s", engine_title(engine),
			  d->path, d->line, d->text);
		return;
	}
}

/* False: cancelled. */
static bool compiles(struct flow *f, const char *engine, const char *testbench,
		     const struct overlay *v, size_t n, struct trust *out, struct err *err)
{
	struct compiling c = { .d = { .top = NULL } };
	struct err why = { 0 };
	bool ok;

	if (!ports_has_engine(f->w->ports, engine)) {
		strv_addf(&out->grey, "%s is not here, so it was not compiled with it",
			  engine_title(engine));
		return true;
	}
	ok = lint(f, engine, &c, testbench, v, n, &why);
	if (ok)
		first_error(c.found, engine, &out->why);
	else if (why.code != ERR_CANCELLED)
		strv_addf(&out->why, "%s: %.200s", engine_title(engine), why.text);
	diag_list_free(c.found);
	if (c.sim)
		c.sim->ops->close(c.sim);
	design_fini(&c.d);
	return ok || err_pass_cancel(err, &why);
}

/* Running -------------------------------------------------------------------------------- */

static void judge(const struct run_result *r, struct trust *out)
{
	const char *line = str_cstr(&out->first);

	out->verdict = r->verdict;
	out->checks = r->checks;
	if (r->verdict == VERDICT_FAIL)
		strv_addf(&out->why, "it does not pass the design: %.300s", line);
	else if (r->verdict == VERDICT_LIMIT)
		strv_addf(&out->why, "it does not end by itself: %.300s", line);
	else if (r->verdict == VERDICT_NONE)
		strv_addf(&out->why, "it checks nothing: %.300s", line);
	else if (r->verdict != VERDICT_PASS)
		strv_addf(&out->why, "%.300s", line);
	else if (r->checks <= 0)
		strv_add(&out->why, "it says PASS, and no check of it was counted");
}

bool trust_run(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
	       const char *about, struct trust *out, struct err *err)
{
	struct sim_result sim = { 0 };
	struct err why = { 0 };
	bool ok = flow_sim_if(f->w, testbench, flow_engine(f), v, n, about, NULL, NULL, &sim, &why);

	out->verdict = VERDICT_TOOL;
	if (ok) {
		run_result_print(&sim.report.result, sim.path, &out->first);
		str_add(&out->cycles, str_cstr(&sim.cycles), sim.cycles.len);
		judge(&sim.report.result, out);
		ok = out->why.n || trust_inputs(f, testbench, &sim, v, n, out, &why);
	} else if (why.code != ERR_CANCELLED) {
		strv_addf(&out->why, "it did not run: %.300s", why.text);
	}
	sim_result_fini(&sim);
	return ok || err_pass_cancel(err, &why);
}

/* The minimum number of checks: the number of input combinations, at most
 * TRUST_CHECKS, which a design with state needs in any case. */
static long least_checks(struct flow *f, const char *testbench, const struct overlay *v, size_t n)
{
	struct project *p = workbench_project(f->w, NULL);
	struct overlays_below *below = p ? overlay_push(p, v, n) : NULL;
	const struct vmodule *tb = p ? project_vmodule(p, testbench) : NULL, *dut;
	enum port_role *roles;
	unsigned bits = 0;

	for (size_t i = 0; tb && i < tb->n_instances; i++) {
		dut = project_vmodule(p, tb->instances[i].module);
		roles = dut ? flow_roles(f, p, dut) : NULL;
		for (size_t k = 0; dut && k < dut->n_ports; k++)
			if (roles[k] == PORT_CLOCK ||
			    (roles[k] == PORT_DATA && port_width(dut, &dut->ports[k]) != 1))
				bits += 8;
			else
				bits += roles[k] != PORT_OUTPUT;
		free(roles);
	}
	overlay_pop(below);
	return bits < 4 ? 1l << bits : (long)TRUST_CHECKS;
}

/* Mutants -------------------------------------------------------------------------------- */

static bool is_few(size_t noticed, size_t of)
{
	return noticed * 100 < of * TRUST_PERCENT;
}

/* Most values that never change are noticed by any testbench. They may not stand in for the other
 * changes, nor these for them. */
static bool any_few(const struct trust *t)
{
	return is_few(t->noticed_values, t->values) ||
	       is_few(t->noticed - t->noticed_values, t->mutants - t->values);
}

static bool is_value(const struct mutant_result *x)
{
	return strcmp(x->kind, "stuck") == 0;
}

static void count(const struct mutants_report *m, struct trust *out)
{
	out->mutants = m->noticed + m->survived;
	out->noticed = m->noticed;
	for (size_t i = 0; i < m->n; i++) {
		bool noticed = m->v[i].fate == MUTANT_NOTICED;

		if (is_value(&m->v[i])) {
			out->noticed_values += noticed;
			out->values += noticed || m->v[i].fate == MUTANT_SURVIVED;
		}
	}
}

static void say_few(const struct trust *t, struct strv *why)
{
	size_t noticed = t->noticed - t->noticed_values, of = t->mutants - t->values;

	if (is_few(noticed, of))
		strv_addf(why, "it notices %zu of %zu changes of the design, and %u %% are wanted",
			  noticed, of, TRUST_PERCENT);
	if (is_few(t->noticed_values, t->values))
		strv_addf(why,
			  "it notices %zu of %zu values that are 0 or all ones throughout, and %u "
			  "%% are wanted",
			  t->noticed_values, t->values, TRUST_PERCENT);
}

static void add_part(const char *line, size_t from, size_t to, struct str *out)
{
	size_t len = strlen(line);

	str_addf(out, "%s%.*s%s", from ? "..." : "", (int)(to - from), line + from,
		 to < len ? "..." : "");
}

/* "a + b as a - b". Long lines, as with a whole process on one, are cut to what differs. */
static void add_change(const char *before, const char *after, struct str *out)
{
	size_t n = strlen(before), m = strlen(after), least = n < m ? n : m, from = 0, same = 0;

	while (from < least && before[from] == after[from])
		from++;
	while (same < least - from && before[n - 1 - same] == after[m - 1 - same])
		same++;
	if (n <= SURVIVOR_SHOWN && m <= SURVIVOR_SHOWN)
		from = same = 0;
	from -= from < SURVIVOR_NEAR ? from : SURVIVOR_NEAR;
	same -= same < SURVIVOR_NEAR ? same : SURVIVOR_NEAR;
	while (from && !isspace((unsigned char)before[from - 1]))
		from--;
	while (same && !isspace((unsigned char)before[n - same]))
		same--;
	add_part(before, from, n - same, out);
	str_adds(out, " as ");
	add_part(after, from, m - same, out);
}

/* Changes about which nothing was proved count as if they made a difference, and the output says
 * so. */
static void list_survivors(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
			   const struct mutants_report *m, struct trust *out)
{
	bool few = any_few(out);
	uint64_t until = loop_now_ms(f->w->loop) + PROOFS_MS;
	struct err first = { 0 };
	size_t unknown = 0;

	for (size_t i = 0; i < m->n; i++) {
		const struct mutant_result *x = &m->v[i];
		struct err why = { 0 };

		if (x->fate != MUTANT_SURVIVED)
			continue;
		if (few && loop_now_ms(f->w->loop) >= until)
			err_set(&why, ERR_TIMEOUT, "the proofs took more than %u s",
				PROOFS_MS / 1000u);
		else if (few && trust_same(f, testbench, v, n, x->path, x->line, x->after, &why)) {
			out->same++;
			out->values -= is_value(x);
			continue;
		}
		if (why.code && !unknown++)
			first = why;
		if (out->survivors.n < SURVIVORS_MAX) {
			struct str change = STR_INIT;

			add_change(x->before, x->after, &change);
			strv_addf(&out->survivors, "%s:%d: %.*s", x->path, x->line, SURVIVOR_MAX,
				  str_cstr(&change));
			str_free(&change);
		}
	}
	out->mutants -= out->same;
	if (unknown)
		strv_addf(&out->grey, "whether %zu of these make a difference: %.300s", unknown,
			  first.text);
}

static bool hunt(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		 struct trust *out, struct err *err)
{
	struct mutants_request r = {
		.testbench = testbench, .v = v, .n = n, .max = TRUST_MUTANTS, .ms = MUTANTS_MS
	};
	struct mutants_report m;
	struct err why = { 0 };

	if (!flow_mutants(f->w, &r, &m, &why)) {
		strv_addf(&out->why, "what it notices is not known: %.300s", why.text);
		return err_pass_cancel(err, &why);
	}
	count(&m, out);
	if (m.left)
		strv_addf(&out->grey, "%zu mutants were not run in time", m.left);
	list_survivors(f, testbench, v, n, &m, out);
	if (m.survived && !ports_prover(f->w->ports, &why))
		strv_addf(&out->grey, "which of these make no difference: %.300s", why.text);
	if (!out->mutants)
		strv_addf(&out->why, "no change of the design was run that it could notice%s",
			  m.refused ? ": none of them compiles" : "");
	else
		say_few(out, &out->why);
	mutants_report_fini(&m);
	return true;
}

bool trust_look(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		struct trust *out, struct err *err)
{
	memset(out, 0, sizeof(*out));
	out->verdict = VERDICT_TOOL;
	for (size_t i = 0; i < sizeof(engines) / sizeof(*engines); i++)
		if (!compiles(f, engines[i], testbench, v, n, out, err))
			return false;
	if (!out->why.n &&
	    !trust_run(f, testbench, v, n, "the next run is of a testbench that is not trusted yet",
		       out, err))
		return false;
	if (out->verdict == VERDICT_PASS && out->checks > 0 &&
	    out->checks < least_checks(f, testbench, v, n))
		strv_addf(&out->why, "it makes %ld check%s, and %ld are wanted", out->checks,
			  out->checks == 1 ? "" : "s", least_checks(f, testbench, v, n));
	if (!out->why.n && !hunt(f, testbench, v, n, out, err))
		return false;
	out->trusted = out->why.n == 0 && out->mutants > 0;
	return true;
}

void trust_print(const struct trust *t, const char *testbench, struct str *out)
{
	str_addf(out, "%s is %strusted", testbench, t->trusted ? "" : "not ");
	if (t->trusted)
		str_addf(out,
			 ": it passes the design with %ld checks and notices %zu of %zu changes of "
			 "it",
			 t->checks, t->noticed, t->mutants);
	str_addc(out, '\n');
	if (t->same)
		str_addf(out, "  %zu more make no difference, as yosys proves, and do not count\n",
			 t->same);
	for (size_t i = 0; i < t->why.n; i++)
		str_addf(out, "  %s\n", t->why.v[i]);
	for (size_t i = 0; i < t->grey.n; i++)
		str_addf(out, "  not looked at: %s\n", t->grey.v[i]);
	for (size_t i = 0; i < t->survivors.n; i++)
		str_addf(out, "  not noticed: %s\n", t->survivors.v[i]);
}
