/* tests: a testbench from requirements, which is tested before it is trusted.
 *
 *	spec, ports --model--> stimuli, reference, checks --rule--> testbench
 *	                                                      |
 *	   its own reference in the design's place <----------+----> the design
 *	        (do the checks agree with it?)                   pass: mutants, more stimuli
 *	                                                         fail: who is wrong?
 *
 * If the design fails, either side can be wrong. The flow collects evidence: the
 * requirement, the first failing cycle, and the result of a second reference that was
 * written without the first. Then the person decides. An existing testbench is judged
 * in the same way, without a model.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/flow/flow_rows.h"
#include "session/flow/tests_steps.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/workbench/workbench.h"

#define MORE_MAX 2u /* limit of questions for more stimuli */

static void testing_fini(void *own)
{
	struct testing *g = own;

	if (g->read)
		voutline_fini(&g->o);
	spec_fini(&g->spec);
	tests_parts_fini(&g->parts);
	trust_fini(&g->trust);
	str_free(&g->design);
	str_free(&g->spec_text);
	str_free(&g->text);
	str_free(&g->evidence);
	str_free(&g->second);
	str_free(&g->useless);
	free(g->name);
	free(g->path);
	free(g->module);
}

/* Choosing the module --------------------------------------------------------------------- */

static bool is_testbench(const struct project *p, const char *name)
{
	const struct vmodule *m = project_vmodule(p, name);

	return m && vmodule_is_testbench(m);
}

static bool is_taken(const struct testing *g, const struct project *p)
{
	char *full = path_join(project_root(p), g->path);
	bool taken = project_vmodule(p, g->name) || file_exists(full);

	free(full);
	return taken;
}

static void set_name(struct testing *g, const char *folder, const char *number)
{
	free(g->name);
	free(g->path);
	g->name = str_fmt("%s_tb%s", g->module, number);
	g->path = str_fmt("%s%s.sv", folder, g->name);
}

/* Chooses a new name and file, such as tb/counter_tb.sv, in the folder where other
 * testbenches are. */
static void name_it(struct testing *g, const struct project *p)
{
	const char *folder = "";
	char number[16];

	for (size_t i = 0; i < project_files(p) && !folder[0]; i++) {
		const char *path = project_file(p, i)->path;

		folder = str_starts(path, "tb/")     ? "tb/"
			 : str_starts(path, "test/") ? "test/"
			 : str_starts(path, "sim/")  ? "sim/"
						     : "";
	}
	set_name(g, folder, "");
	for (unsigned i = 2; is_taken(g, p); i++) {
		snprintf(number, sizeof(number), "%u", i);
		set_name(g, folder, number);
	}
}

static bool choose(struct flow *f, const struct project *p, struct err *err)
{
	struct testing *g = f->own;
	const char *word = flow_word(f);

	if (word && is_testbench(p, word)) {
		g->given = true;
		return design_testbench(p, f->w->options, word, &g->name, &g->path, err);
	}
	if (!flow_module_outline(f, &g->module, &g->path, &g->design, &g->o, &g->read, &g->m, err))
		return false;
	name_it(g, p);
	tests_set_up(&g->parts, g->m, str_cstr(&g->design), g->design.len);
	return tests_fit(g->m, err);
}

static bool module(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;
	const struct project *p = workbench_project(f->w, err);

	if (!p || !choose(f, p, err))
		return false;
	if (g->given) {
		str_addf(said, "%s of %s is judged\n", g->name, g->path);
		return true;
	}
	if (!flow_spec(f, &g->spec_text, err))
		return false;
	spec_read(&g->spec, str_cstr(&g->spec_text), g->spec_text.len);
	if (!spec_numbered(&g->spec))
		return err_set(err, ERR_NOT_FOUND,
			       "tests needs a spec.md with numbered requirements (R1, R2, ...); "
			       "`posedge tests TESTBENCH` judges one that is there");
	str_addf(said, "%s, %zu ports, %zu requirements: %s, a new file\n", g->module,
		 g->m->n_ports, spec_numbered(&g->spec), g->path);
	return true;
}

/* Testing the testbench --------------------------------------------------------------------- */

static struct overlay overlay_of(const struct testing *g)
{
	return (struct overlay){ g->path, { str_cstr(&g->text), g->text.len } };
}

/* Runs the checks with the testbench's own reference as the design. Any failure is a
 * fault of the testbench. */
static bool itself(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;
	struct str text = STR_INIT;
	struct overlay v = { g->path, { NULL, 0 } };
	struct trust t = { .checks = 0 };
	bool ok;

	if (!g->whole)
		return true;
	tests_write(&g->parts, g->m, g->name, true, &text);
	v.text = (struct bytes){ str_cstr(&text), text.len };
	ok = trust_run(f, g->name, &v, 1, "the next run is of a testbench with its own reference",
		       &t, err);
	if (ok && t.verdict == VERDICT_FAIL) {
		g->whole = false;
		str_addf(said, "the checks contradict their own reference: %s\n",
			 str_cstr(&t.first));
		str_addf(&g->useless, "its checks contradict its own reference model: %s",
			 str_cstr(&t.first));
		f->out->end = FLOW_FOUND;
	} else if (ok) {
		str_addf(said, "with its own reference: %s\n", str_cstr(&t.first));
	}
	trust_fini(&t);
	str_free(&text);
	return ok;
}

static bool look(struct flow *f, struct trust *out, struct err *err)
{
	const struct testing *g = f->own;
	const struct overlay v = overlay_of(g);

	return trust_look(f, g->name, &v, g->given ? 0 : 1, out, err);
}

static bool judge(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;

	if (!g->given && !g->whole)
		return true;
	trust_fini(&g->trust);
	g->judged = look(f, &g->trust, err);
	if (!g->judged)
		return false;
	trust_print(&g->trust, g->name, said);
	if (g->trust.verdict != VERDICT_PASS && g->trust.verdict != VERDICT_FAIL)
		return true;
	/* From here on the testbench is kept whatever ends the flow. */
	return g->given || flow_propose(f, g->path, NULL, str_cstr(&g->text), g->text.len, err);
}

/* True if t notices more mutants and is not worse otherwise. */
static bool is_stronger(const struct trust *t, const struct trust *than)
{
	return t->verdict == VERDICT_PASS && t->mutants &&
	       (!than->mutants || t->noticed * than->mutants > than->noticed * t->mutants);
}

static bool one_more(struct flow *f, bool *any, struct str *said, struct err *err)
{
	struct testing *g = f->own;
	struct trust t = { .checks = 0 };
	struct str before = STR_INIT, stimuli = STR_INIT;
	bool ok;

	str_add(&before, g->text.data, g->text.len);
	str_add(&stimuli, g->parts.stimuli.data, g->parts.stimuli.len);
	ok = testing_more(f, any, err);
	if (ok && *any) {
		testing_write(g);
		ok = look(f, &t, err);
		*any = ok && is_stronger(&t, &g->trust);
	}
	if (*any) {
		struct trust old = g->trust;

		str_addf(said, "more stimuli: %zu of %zu noticed\n", t.noticed, t.mutants);
		g->trust = t;
		t = old;
		ok = flow_propose(f, g->path, NULL, str_cstr(&g->text), g->text.len, err);
	} else {
		str_clear(&g->text);
		str_add(&g->text, before.data, before.len);
		str_clear(&g->parts.stimuli);
		str_add(&g->parts.stimuli, stimuli.data, stimuli.len);
	}
	trust_fini(&t);
	str_free(&before);
	str_free(&stimuli);
	return ok;
}

static bool stronger(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;
	bool ok = true, any = true;

	if (!g->whole || g->trust.verdict != VERDICT_PASS)
		return true;
	for (unsigned i = 0; ok && any && i < MORE_MAX && !g->trust.trusted; i++)
		ok = one_more(f, &any, said, err);
	if (ok && !g->trust.trusted && !any)
		str_adds(said, "more stimuli brought nothing\n");
	return ok;
}

/* Finding which side is wrong -------------------------------------------------------------- */

/* Runs the second reference in the design's place. */
static bool ask_second(struct flow *f, struct err *err)
{
	struct testing *g = f->own;
	struct str text = STR_INIT, first = g->parts.reference;
	struct overlay v = { g->path, { NULL, 0 } };
	struct trust t = { .checks = 0 };
	bool ok = testing_second(f, err);

	if (!ok || !g->second.len) {
		if (ok)
			str_adds(&g->evidence, "  a second reference could not be had\n");
		return ok;
	}
	/* Runs the design against the second reference, in an otherwise identical testbench. */
	g->parts.reference = g->second;
	tests_write(&g->parts, g->m, g->name, false, &text);
	g->parts.reference = first;
	v.text = (struct bytes){ str_cstr(&text), text.len };
	ok = trust_run(f, g->name, &v, 1, "the next run is of a testbench with a second reference",
		       &t, err);
	g->second_as_design = ok && t.verdict == VERDICT_PASS;
	if (ok && t.verdict != VERDICT_PASS && t.verdict != VERDICT_FAIL)
		str_adds(&g->evidence,
			 "  a second reference was made, and its run gave no verdict\n");
	else if (ok)
		str_addf(&g->evidence,
			 "  a sign of a wrong %s: a second reference, made without the first, %s\n",
			 g->second_as_design ? "testbench" : "design",
			 g->second_as_design ? "agrees with the design"
					     : "does not agree with the design either");
	trust_fini(&t);
	str_free(&text);
	return ok;
}

/* The requirements in a failure line: R1 and R2 in "FAIL tb.sv:12 R1, R2: q === ref_q". */
static void add_items(const struct testing *g, const char *line, struct str *out)
{
	for (size_t i = 0; i < g->spec.n; i++) {
		const char *id = g->spec.v[i].id;
		char *last = str_fmt(" %s:", id), *one = str_fmt(" %s,", id);

		if (id[0] && (strstr(line, last) || strstr(line, one)))
			str_addf(out, "  %s  %s\n", id, g->spec.v[i].text);
		free(last);
		free(one);
	}
}

static bool evidence(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;

	if (!g->whole || !g->judged || g->trust.verdict != VERDICT_FAIL)
		return true;
	str_addf(&g->evidence, "%s\n  in brackets: what the reference has\n",
		 str_cstr(&g->trust.first));
	add_items(g, str_cstr(&g->trust.first), &g->evidence);
	if (!ask_second(f, err))
		return false;
	str_addf(said, "%s%s", str_cstr(&g->evidence), str_cstr(&g->trust.cycles));
	return true;
}

/* Replaces the first reference with the second if the first is the wrong one. */
static bool exchange(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;

	if (g->second_as_design) {
		str_clear(&g->parts.reference);
		str_add(&g->parts.reference, g->second.data, g->second.len);
		testing_write(g);
		g->replaced = true;
		str_adds(said, "the second reference takes the place of the first\n");
		return judge(f, said, err);
	}
	g->withdrawn = true;
	str_adds(said, "the testbench is withdrawn\n");
	return flow_withdraw(f, "the testbench is wrong", err);
}

static bool side(struct flow *f, struct str *said, struct err *err)
{
	static char *const sides[] = { (char *)"the design", (char *)"the testbench",
				       (char *)"leave it open" };
	struct testing *g = f->own;
	struct person_question q = { .options = sides, .n = 3 };
	struct str text = STR_INIT;
	char *answer;
	bool ok;

	if (!g->evidence.len)
		return true;
	str_addf(&text, "%s\nWhich side is wrong?", str_cstr(&g->evidence));
	q.text = str_cstr(&text);
	ok = flow_person(f, &q, &answer, err);
	str_addf(said, "%s\n", answer ? answer : "not answered");
	g->design_wrong = answer && strcmp(answer, sides[0]) == 0;
	if (ok && answer && strcmp(answer, sides[1]) == 0)
		ok = exchange(f, said, err);
	free(answer);
	str_free(&text);
	return ok;
}

/* The summary -------------------------------------------------------------------------------- */

/* Reports the requirements that no check covers. */
static void add_unchecked(const struct testing *g, struct str *out)
{
	bool any = false;

	for (size_t i = 0; g->whole && i < g->spec.n; i++) {
		bool named = !g->spec.v[i].id[0];

		for (size_t k = 0; k < g->parts.n_checks && !named; k++)
			named = tests_names(&g->parts.checks[k], g->spec.v[i].id);
		if (!named)
			str_addf(out, "%s%s", any ? ", " : "  no check names ", g->spec.v[i].id);
		any |= !named;
	}
	if (any)
		str_addc(out, '\n');
}

static void tell(const struct flow *f, struct str *out)
{
	const struct testing *g = f->own;

	if (g->design_wrong)
		str_addf(out,
			 "the design is wrong: take the testbench, then `posedge sim "
			 "%s` and `posedge fix`\n",
			 g->name);
	if (g->withdrawn)
		str_addf(out, "%s is withdrawn\n", g->name);
	else if (g->judged)
		trust_print(&g->trust, g->name, out);
	else if (g->whole)
		str_addf(out, "%s is not judged, so do not trust it\n", g->name);
	else if (spec_numbered(&g->spec))
		str_addf(out, "no testbench came of it%s%s\n", g->useless.len ? ": " : "",
			 str_cstr(&g->useless));
	if (!g->withdrawn)
		add_unchecked(g, out);
	if (g->replaced)
		str_adds(out, "With its first reference, which you took out:\n");
	if (g->evidence.len)
		str_addf(out, "%s%s", str_cstr(&g->evidence), str_cstr(&g->trust.cycles));
}

/* A testbench that was not judged is suggested, too: the model was asked for it. */
static bool verdict(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;

	tell(f, said);
	if (!g->judged || !g->trust.trusted || g->withdrawn)
		f->out->end = FLOW_FOUND;
	return g->judged || !g->whole ||
	       flow_propose(f, g->path, NULL, str_cstr(&g->text), g->text.len, err);
}

static const struct flow_step steps[] = {
	{ "module", "which one, and its requirements; or which testbench is judged", 0, module },
	{ "stimuli", "what is driven, by the model", FLOW_NEEDS_MODEL, testing_stimuli },
	{ "reference", "a model of the requirements, which does not see the design",
	  FLOW_NEEDS_MODEL, testing_reference },
	{ "checks", "what has to hold, with the requirement it is for", FLOW_NEEDS_MODEL,
	  testing_checks },
	{ "itself", "the checks against their own reference", FLOW_NEEDS_SIMULATOR, itself },
	{ "judge", "compiled, run on the design, and held against mutants of it",
	  FLOW_NEEDS_SIMULATOR, judge },
	{ "stronger", "more stimuli where too little is noticed", FLOW_NEEDS_MODEL, stronger },
	{ "evidence", "for either side, where the design fails", FLOW_NEEDS_MODEL, evidence },
	{ "side", "which one is wrong, by the person", FLOW_NEEDS_PERSON, side },
	{ "verdict", "whether it can be trusted", FLOW_KEEPS, verdict },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_tests = {
	.name = "tests",
	.about = "a testbench from requirements, tested itself before it is trusted",
	.needs = FLOW_NEEDS_SIMULATOR,
	.steps = steps,
	.size = sizeof(struct testing),
	.fini = testing_fini,
	.tell = tell,
};
