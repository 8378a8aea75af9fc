/* differ: two versions of a module, and an input on which they are not the same.
 *
 *	texts --rule--> testbench --run--> the first difference --run--> the cycles before it
 *
 * All modules of a text get a suffix of its side, so that both can stand in one
 * simulation; what neither defines is the project's. The first run looks for a
 * cycle, the second one ends there, shows the last cycles and writes waves. Which
 * behaviour is meant is the person's to say, and becomes a requirement.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/check/flow_sim.h"
#include "session/check/guard.h"
#include "session/flow/differ.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/flow/spec.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/review/proposals.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/workbench/workbench.h"

#define SHOWN	   8u	      /* cycles before the difference, and its own */
#define WAVES_MAX  20000u     /* of a later difference none are written: they would be large */
#define OUTPUT_MAX (1u << 20) /* bytes of what the testbench printed */

struct differing {
	char *name[2]; /* of the two sides, for a person */
	struct str text[2];
	struct voutline o[2];
	bool read[2];
	const struct vmodule *m[2];
	char *module[2]; /* with its suffix */
	struct strv numbers;
	bool found;
	unsigned long cycle;
	char *port, *value[2]; /* of the difference, in binary */
	struct str inputs;     /* of its cycle: "en=1 d=0f" */
	char *answer;
};

static void differing_fini(void *own)
{
	struct differing *g = own;

	for (int i = 0; i < 2; i++) {
		free(g->name[i]);
		str_free(&g->text[i]);
		if (g->read[i])
			voutline_fini(&g->o[i]);
		free(g->module[i]);
		free(g->value[i]);
	}
	strv_free(&g->numbers);
	free(g->port);
	free(g->answer);
	str_free(&g->inputs);
}

/* The two sides ----------------------------------------------------------------------- */

static bool sides_of_files(struct flow *f, struct differing *g, struct err *err)
{
	for (int i = 0; i < 2; i++) {
		if (!workbench_path(f->w, f->argv[i], &g->name[i], err))
			return false;
		if (!flow_text(f, g->name[i], &g->text[i]))
			return err_set(err, ERR_NOT_FOUND, "%s cannot be read", g->name[i]);
	}
	return true;
}

static bool sides_of_suggestion(struct flow *f, struct differing *g, struct err *err)
{
	const struct state *s = session_state(f->w->session);
	const struct proposal *p = proposals_next_open(s, 0);
	const char *base;
	size_t len;

	if (!p || suggestion_is_new_file(p->s))
		return err_set(err, ERR_NOT_FOUND,
			       "differ needs two files, OLD and NEW, or a suggestion that waits "
			       "for a file that is there");
	base = suggestion_base(p->s, &len);
	g->name[0] = str_fmt("%s as it is", suggestion_path(p->s));
	g->name[1] = str_fmt("suggestion %llu", (unsigned long long)p->n);
	str_add(&g->text[0], base, len);
	suggestion_compose_rest(p->s, &g->text[1]);
	return true;
}

/* The first module of the old text that the new one has, too; or the only one of each. */
static bool choose_module(struct differing *g, struct err *err)
{
	for (size_t i = 0; i < g->o[0].n && !g->m[0]; i++) {
		const struct vmodule *b = voutline_module(&g->o[1], g->o[0].modules[i].name);

		if (b && g->o[0].modules[i].kind == VUNIT_MODULE) {
			g->m[0] = &g->o[0].modules[i];
			g->m[1] = b;
		}
	}
	if (!g->m[0] && g->o[0].n == 1 && g->o[1].n == 1) {
		g->m[0] = &g->o[0].modules[0];
		g->m[1] = &g->o[1].modules[0];
	}
	return g->m[0] || err_set(err, ERR_CONFLICT, "%s and %s have no module in common",
				  g->name[0], g->name[1]);
}

static bool sides(struct flow *f, struct str *said, struct err *err)
{
	static const char *const suffixes[] = { "__a", "__b" };
	struct differing *g = f->own;

	if (f->argc == 1)
		return err_set(err, ERR_USAGE, "differ takes two files, OLD and NEW, or none");
	if (!(f->argc == 2 ? sides_of_files(f, g, err) : sides_of_suggestion(f, g, err)))
		return false;
	for (int i = 0; i < 2; i++) {
		voutline_init(&g->o[i], str_cstr(&g->text[i]), g->text[i].len);
		g->read[i] = true;
	}
	if (!choose_module(g, err) || !differ_fit(g->m[0], g->m[1], err))
		return false;
	for (int i = 0; i < 2; i++) {
		g->module[i] = str_fmt("%s%s", g->m[i]->name, suffixes[i]);
		differ_numbers(str_cstr(&g->text[i]), g->text[i].len, &g->numbers);
	}
	str_addf(said, "%s: %s against %s, %zu ports\n", g->m[0]->name, g->name[0], g->name[1],
		 g->m[0]->n_ports);
	return true;
}

/* A run ------------------------------------------------------------------------------- */

static const struct simulator_ops *engine(struct flow *f, struct err *err)
{
	const char *name = f->w->options->engine;
	const struct simulator_ops *ops;
	char *version = NULL;

	if (strcmp(name, ENGINE_AUTO) != 0)
		return workbench_simulator(f->w, name, err);
	ops = workbench_simulator(f->w, "icarus", err);
	if (!ops || !simulator_available(ops, &version, NULL))
		ops = workbench_simulator(f->w, "verilator", err);
	free(version);
	return ops;
}

/* The testbench with both versions, and what of the project they need. */
static void make_design(struct flow *f, unsigned cycles, unsigned show, struct design *d)
{
	static const char *const paths[] = { "posedge_differ_a.sv", "posedge_differ_b.sv",
					     "posedge_differ.sv" };
	static const char *const suffixes[] = { "__a", "__b" };
	struct differing *g = f->own;
	struct differ_bench bench = {
		g->m[0], g->module[0], g->module[1], &g->numbers, cycles, show
	};
	struct str texts[3] = { STR_INIT, STR_INIT, STR_INIT };
	struct project *p = workbench_project(f->w, NULL);
	struct overlays_below *below;
	struct overlay v[3];

	for (int i = 0; i < 2; i++)
		differ_rename(str_cstr(&g->text[i]), g->text[i].len, suffixes[i], &texts[i]);
	differ_write(&bench, &texts[2]);
	for (int i = 0; i < 3; i++)
		v[i] = (struct overlay){ paths[i], { str_cstr(&texts[i]), texts[i].len } };
	below = overlay_push(p, v, 3);
	design_init(d, p, f->w->options, paths[2], DIFFER_TOP);
	overlay_pop(below);
	for (int i = 0; i < 3; i++)
		str_free(&texts[i]);
}

static bool read_output(const struct run_report *r, struct str *out, struct err *err)
{
	if (r->result.verdict == VERDICT_BUILD)
		return err_set(err, ERR_TOOL, "the two do not build together: %s", r->result.first);
	return file_read(r->output_path, OUTPUT_MAX, out, err);
}

static bool simulate(struct flow *f, unsigned cycles, unsigned show, bool trace, struct str *out,
		     struct str *wave, struct err *err)
{
	const struct simulator_ops *ops = engine(f, err);
	char *dir = str_fmt("%s/differ", session_dir(f->w->session));
	struct run_job job = { .trace = trace };
	struct run_report report = { 0 };
	struct simulator *sim = NULL;
	struct design d = { .top = NULL };
	bool ok = ops && guard_passes(f->w, ops, err) && file_make_dirs(dir, 0700, err) &&
		  (sim = simulator_open(ops, f->w->loop, err));

	if (ok) {
		make_design(f, cycles, show, &d);
		job.design = d.job;
		job.limits = sim_limits_of(f->w->options);
		job.unguarded = guard_is_off(f->w);
		job.out_dir = dir;
		design_fill_run(&d, &job);
		ok = ops->run(sim, &job, &(struct run_listener){ 0 }, &report, err) &&
		     read_output(&report, out, err);
	}
	if (ok && wave)
		str_adds(wave, report.wave_path);
	run_report_fini(&report);
	design_fini(&d);
	if (sim)
		ops->close(sim);
	free(dir);
	return ok;
}

/* What it printed --------------------------------------------------------------------- */

static struct slice word(struct slice *l)
{
	size_t n = 0;
	struct slice w;

	*l = slice_trim(*l);
	while (n < l->n && l->p[n] != ' ')
		n++;
	w = (struct slice){ l->p, n };
	*l = slice_from(*l, n);
	return w;
}

static void take_difference(struct differing *g, struct slice l)
{
	char *cycle;

	word(&l);
	cycle = slice_dup(word(&l));
	g->cycle = strtoul(cycle, NULL, 10);
	free(cycle);
	g->port = slice_dup(word(&l));
	for (int i = 0; i < 2; i++)
		g->value[i] = slice_dup(word(&l));
	g->found = true;
}

/* False: neither a difference nor an end was printed. */
static bool take_verdict(struct differing *g, const struct str *out, struct str *same)
{
	struct slice rest = { str_cstr(out), out->len };

	while (rest.n) {
		struct slice l = slice_chomp(slice_line(&rest));

		if (slice_starts(l, "DIFFER ") && !g->found)
			take_difference(g, l);
		if (slice_starts(l, "SAME ")) {
			word(&l);
			l = slice_trim(l);
			str_add(same, l.p, l.n);
		}
	}
	return g->found || same->len;
}

static bool look(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	struct str out = STR_INIT, same = STR_INIT;
	bool ok = simulate(f, DIFFER_CYCLES, DIFFER_CYCLES + 1, false, &out, NULL, err);

	if (ok && !take_verdict(g, &out, &same))
		ok = err_set(err, ERR_TOOL,
			     "the comparison ended before it came to anything "
			     "(sim.run_seconds, or the code stopped it)");
	if (ok && g->found) {
		f->out->end = FLOW_FOUND;
		str_addf(said, "they differ in cycle %lu: %s is %s, and %s\n", g->cycle, g->port,
			 g->value[0], g->value[1]);
	} else if (ok) {
		str_addf(said, "no difference in %s cycles (that proves nothing)\n",
			 str_cstr(&same));
	}
	str_add(&f->out->text, said->data, said->len);
	str_free(&out);
	str_free(&same);
	return ok;
}

/* "y=1f/1f" is y=1f. */
static void add_value(struct slice v, struct str *out, struct str *inputs)
{
	const char *eq = memchr(v.p, '=', v.n),
		   *bar = eq ? memchr(eq, '/', v.n - (size_t)(eq - v.p)) : NULL;
	size_t n = bar ? (size_t)(bar - eq - 1) : 0;
	bool same = bar && (size_t)(v.p + v.n - bar - 1) == n && memcmp(eq + 1, bar + 1, n) == 0;

	str_addc(out, ' ');
	str_add(out, v.p, same ? (size_t)(bar - v.p) : v.n);
	if (!bar)
		str_addf(inputs, "%s%.*s", inputs->len ? ", " : "", (int)v.n, v.p);
}

static void tell_rows(struct differing *g, const struct str *out, struct str *said)
{
	struct slice rest = { str_cstr(out), out->len };

	while (rest.n) {
		struct slice l = slice_chomp(slice_line(&rest)), cycle;

		if (!slice_starts(l, "ROW "))
			continue;
		word(&l);
		cycle = word(&l);
		str_clear(&g->inputs);
		str_addf(said, "  cycle %.*s:", (int)cycle.n, cycle.p);
		while (!slice_blank(l))
			add_value(word(&l), said, &g->inputs);
		str_addc(said, '\n');
	}
}

static bool show(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	struct str out = STR_INIT, rows = STR_INIT, wave = STR_INIT;
	unsigned from = g->cycle < SHOWN ? 0 : (unsigned)g->cycle + 1 - SHOWN;
	bool ok = true;

	if (!g->found)
		return true;
	ok = simulate(f, (unsigned)g->cycle + 1, from, g->cycle < WAVES_MAX, &out, &wave, err);
	if (ok) {
		tell_rows(g, &out, &rows);
		str_addf(said, "the cycles up to it, before the edge; of outputs %s/%s\n%s",
			 g->name[0], g->name[1], str_cstr(&rows));
		if (wave.len)
			report_note(&f->w->out, "waves: posedge wave %s", str_cstr(&wave));
		str_add(&f->out->text, said->data, said->len);
	}
	str_free(&out);
	str_free(&rows);
	str_free(&wave);
	return ok;
}

/* What is meant ----------------------------------------------------------------------- */

static bool meant(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	char *options[3], *question;
	struct err why = { 0 };

	if (!g->found)
		return true;
	for (int i = 0; i < 2; i++)
		options[i] = str_fmt("%s is %s, as in %s", g->port, g->value[i], g->name[i]);
	options[2] = mem_strdup("either: it is not specified");
	question =
		str_fmt("In cycle %lu, with %s: which is meant?", g->cycle, str_cstr(&g->inputs));
	g->answer = flow_person(f, question, options, 3, true, &why);
	str_addf(said, "%s\n", g->answer ? g->answer : "not answered");
	free(question);
	for (int i = 0; i < 3; i++)
		free(options[i]);
	return why.code == ERR_NONE || why.code == ERR_CONSENT ||
	       err_set(err, why.code, "%s", why.text);
}

static bool require(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	struct str text = STR_INIT, out = STR_INIT;
	struct strv lines = STRV_INIT;
	bool ok = true;

	if (g->answer) {
		flow_text(f, "spec.md", &text);
		strv_addf(&lines, "With %s, after the same inputs: %s.", str_cstr(&g->inputs),
			  g->answer);
		spec_extend(str_cstr(&text), text.len, &lines, &out);
		ok = flow_propose(f, "spec.md", str_cstr(&out), out.len, err);
		str_adds(said, "spec.md: one more requirement, to be decided in review\n");
	}
	strv_free(&lines);
	str_free(&text);
	str_free(&out);
	return ok;
}

static const struct flow_step steps[] = {
	{ "sides", "two versions of a module, with the same ports", 0, sides },
	{ "look", "an input on which they differ, by a testbench made by rule",
	  FLOW_NEEDS_SIMULATOR, look },
	{ "show", "the cycles up to it, and waves", FLOW_NEEDS_SIMULATOR, show },
	{ "meant", "which behaviour is meant, by the person", FLOW_NEEDS_PERSON, meant },
	{ "requirement", "that as a numbered requirement", 0, require },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_differ = {
	.name = "differ",
	.about = "find an input on which two versions of a module differ",
	.needs = FLOW_NEEDS_SIMULATOR,
	.steps = steps,
	.size = sizeof(struct differing),
	.fini = differing_fini,
};
