/* differ: finds an input for which two versions of a module behave differently.
 *
 *	texts --rule--> testbench --run--> the first difference --run--> the cycles before it
 *
 * All modules of a text get the suffix of their side, so that both versions can be in
 * one simulation; modules that neither text defines come from the project. The first
 * run looks for a differing cycle. The second one stops there, shows the last cycles
 * and writes waves. The person decides which behaviour is meant, and the decision
 * becomes a requirement.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/differ_run.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/formal/flow_equiv.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/project/project.h"
#include "session/review/proposals.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/workbench/workbench.h"

#define SHOWN	  8u	 /* cycles shown, the differing one included */
#define WAVES_MAX 20000u /* no waves for a later difference: they would be large */

struct differing {
	char *name[2];	     /* names of the two sides, for display */
	uint64_t suggestion; /* the new side; 0: both are files */
	struct differ_pair pair;
	struct voutline o[2];
	bool read[2];
	const struct vmodule *m[2];
	struct differ_found at;
	struct str found;  /* what look, prove and show report, for the summary */
	struct str inputs; /* values in that cycle: "en=1, d=0f" */
	struct str before; /* of outputs in that cycle, before the clock edge */
	bool at_edge;	   /* they differ after its clock edge, not before */
	char *answer;
};

static void differing_fini(void *own)
{
	struct differing *g = own;

	for (int i = 0; i < 2; i++) {
		free(g->name[i]);
		if (g->read[i])
			voutline_fini(&g->o[i]);
	}
	differ_pair_fini(&g->pair);
	differ_found_fini(&g->at);
	free(g->answer);
	str_free(&g->found);
	str_free(&g->inputs);
	str_free(&g->before);
}

/* The two sides ----------------------------------------------------------------------- */

static bool sides_of_files(struct flow *f, struct differing *g, struct err *err)
{
	for (int i = 0; i < 2; i++) {
		if (!workplace_path(&f->w->place, f->argv[i], &g->name[i], err) ||
		    !flow_text_whole(f, g->name[i], &g->pair.text[i], err))
			return false;
	}
	return true;
}

/* The first one in the order of review that changes a source; NULL: there is none. */
static const struct proposal *pending(const struct state *s)
{
	const struct proposal *p = proposals_next_open(s, 0), *next;

	while (p && (suggestion_is_new_file(p->s) || !project_is_source(suggestion_path(p->s)))) {
		next = proposals_next_open(s, p->n);
		p = next->n > p->n ? next : NULL; /* else it began again */
	}
	return p;
}

static bool sides_of_suggestion(struct flow *f, struct differing *g, struct err *err)
{
	const struct state *s = session_state(f->w->session);
	const struct proposal *p = pending(s);
	const char *base;
	size_t len;

	if (!p)
		return err_set(err, ERR_NOT_FOUND,
			       "differ needs two files, OLD and NEW, or a suggestion that waits "
			       "for a source that is there");
	base = suggestion_base(p->s, &len);
	g->suggestion = p->n;
	g->name[0] = str_fmt("%s as it is", suggestion_path(p->s));
	g->name[1] = str_fmt("suggestion %llu", (unsigned long long)p->n);
	str_add(&g->pair.text[0], base, len);
	suggestion_compose_rest(p->s, &g->pair.text[1]);
	return true;
}

/* True if another module that both texts have instantiates it in the old one. */
static bool is_part(const struct differing *g, const char *name)
{
	for (size_t i = 0; i < g->o[0].n; i++) {
		const struct vmodule *m = &g->o[0].modules[i];

		if (strcmp(m->name, name) == 0 || !voutline_module(&g->o[1], m->name))
			continue;
		for (size_t k = 0; k < m->n_instances; k++)
			if (strcmp(m->instances[k].module, name) == 0)
				return true;
	}
	return false;
}

/* Chooses the first module that both texts have and that is a part of no other of these,
 * since its own differences show in that one; else the only one of each. *others: how many
 * more there are, which are not compared. */
static bool choose_module(struct differing *g, size_t *others, struct err *err)
{
	*others = 0;
	for (size_t i = 0; i < g->o[0].n; i++) {
		const struct vmodule *a = &g->o[0].modules[i];
		const struct vmodule *b = voutline_module(&g->o[1], a->name);

		if (!b || a->kind != VUNIT_MODULE || is_part(g, a->name))
			continue;
		*others += g->m[0] != NULL;
		if (!g->m[0])
			g->m[0] = a, g->m[1] = b;
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
	struct differing *g = f->own;
	size_t others;

	if (f->argc == 1)
		return err_set(err, ERR_USAGE, "differ takes two files, OLD and NEW, or none");
	if (!(f->argc == 2 ? sides_of_files(f, g, err) : sides_of_suggestion(f, g, err)))
		return false;
	for (int i = 0; i < 2; i++) {
		voutline_init(&g->o[i], str_cstr(&g->pair.text[i]), g->pair.text[i].len);
		g->read[i] = true;
	}
	if (!choose_module(g, &others, err) || !differ_pair_set(&g->pair, g->m[0], g->m[1], err))
		return false;
	str_addf(said, "%s: %s against %s, %zu ports\n", g->m[0]->name, g->name[0], g->name[1],
		 g->m[0]->n_ports);
	if (others) {
		str_addf(&g->found, "only %s was compared, of %zu modules that both have\n",
			 g->m[0]->name, others + 1);
		str_add(said, g->found.data, g->found.len);
	}
	return true;
}

/* Searching for a difference ----------------------------------------------------------- */

static bool look(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;

	if (!differ_look(f, &g->pair, &g->at, err))
		return false;
	if (g->at.found) {
		f->out->end = FLOW_FOUND;
		str_addf(said, "they differ in cycle %lu: %s is %s in %s, and %s in %s\n",
			 g->at.cycle, g->at.port, g->at.value[0], g->name[0], g->at.value[1],
			 g->name[1]);
	} else {
		str_addf(said, "no difference in %s cycles (that proves nothing)\n", g->at.cycles);
	}
	str_add(&g->found, said->data, said->len);
	return true;
}

/* Prints "y=1f/1f" as y=1f. before: the outputs that both sides agree on. */
static void add_value(struct slice v, struct str *out, struct str *inputs, struct str *before)
{
	const char *eq = memrchr(v.p, '=', v.n), /* an escaped name may hold another */
		*bar = eq ? memchr(eq, '/', v.n - (size_t)(eq - v.p)) : NULL;
	size_t n = bar ? (size_t)(bar - eq - 1) : 0;
	bool same = bar && (size_t)(v.p + v.n - bar - 1) == n && memcmp(eq + 1, bar + 1, n) == 0;

	str_addc(out, ' ');
	str_add(out, v.p, same ? (size_t)(bar - v.p) : v.n);
	if (!bar)
		str_addf(inputs, "%s%.*s", inputs->len ? ", " : "", (int)v.n, v.p);
	else if (same)
		str_addf(before, "%s%.*s", before->len ? ", " : "", (int)(bar - v.p), v.p);
}

static void tell_rows(struct differing *g, const struct str *out, struct str *said)
{
	struct slice rest = { str_cstr(out), out->len };

	while (rest.n) {
		struct slice l = slice_chomp(slice_line(&rest)), cycle;
		struct str after = STR_INIT;
		bool edge = slice_starts(l, "EDGE ");

		if (!edge && !slice_starts(l, "ROW "))
			continue;
		slice_token(&l);
		cycle = slice_token(&l);
		str_clear(&g->inputs);
		if (!edge)
			str_clear(&g->before);
		if (edge)
			str_adds(said, "  after its edge:");
		else
			str_addf(said, "  cycle %.*s:", (int)cycle.n, cycle.p);
		while (!slice_blank(l))
			add_value(slice_token(&l), said, &g->inputs, edge ? &after : &g->before);
		str_addc(said, '\n');
		g->at_edge = edge;
		str_free(&after);
	}
}

static bool show(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	struct str out = STR_INIT, rows = STR_INIT, wave = STR_INIT;
	unsigned from = g->at.cycle < SHOWN ? 0 : (unsigned)g->at.cycle + 1 - SHOWN;
	bool ok = true;

	if (!g->at.found)
		return true;
	ok = differ_run(f, &g->pair, (unsigned)g->at.cycle + 1, from, &out,
			g->at.cycle < WAVES_MAX ? &wave : NULL, err);
	if (ok) {
		tell_rows(g, &out, &rows);
		str_addf(said,
			 "the cycles up to it, before their clock edges; of outputs %s/%s where "
			 "they "
			 "differ\n%s",
			 g->name[0], g->name[1], str_cstr(&rows));
		if (wave.len)
			report_note(&f->w->out, "waves: posedge wave %s", str_cstr(&wave));
		str_add(&g->found, said->data, said->len);
	}
	str_free(&out);
	str_free(&rows);
	str_free(&wave);
	return ok;
}

/* Proving -------------------------------------------------------------------------------- */

/* Reports the result for the compared module only, because the file's other modules
 * were not compared. */
static void take_proof(struct flow *f, const struct equiv_results *all, struct str *said)
{
	struct differing *g = f->own;

	for (size_t i = 0; i < all->n; i++) {
		const struct equiv_result *r = &all->v[i];

		if (strcmp(r->module, g->m[1]->name) != 0)
			continue;
		str_addf(said, "%s: ", r->module);
		equiv_say(r, said);
		str_addc(said, '\n');
		for (size_t k = 0; k < r->report.driven.n; k++)
			if (str_starts(r->report.driven.v[k], "parameters are "))
				str_addf(said, "  %s\n", r->report.driven.v[k]);
		if (r->report.answer == PROVER_DIFFERENT)
			f->out->end = FLOW_FOUND;
		if (r->wave[0])
			report_note(&f->w->out, "waves: posedge wave %s", r->wave);
	}
	if (said->len == 0)
		str_addf(said, "%s: not decided: it is a part of another module of the file\n",
			 g->m[1]->name);
}

static bool ask_prover(struct flow *f, struct equiv_results *all, struct err *err)
{
	struct differing *g = f->own;
	struct equiv_sides sides;
	struct equiv_request r = { .sides = &sides,
				   .depth = FORMAL_DEPTH_DEFAULT,
				   .ms = FORMAL_SECONDS_DEFAULT * 1000,
				   .keep = true };
	bool ok = g->suggestion
			  ? equiv_sides_suggestion(f->w->session, g->suggestion, NULL, &sides, err)
			  : equiv_sides_of(f->w, g->name[1], g->name[0], &sides, err);

	if (!ok)
		return false;
	ok = flow_equiv(f->w, &r, all, err);
	equiv_sides_fini(&sides);
	return ok;
}

/* Skipped if the testbench has found a difference. */
static bool prove(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	struct equiv_results all;
	struct err why = { 0 };

	if (g->at.found)
		return true;
	if (ask_prover(f, &all, &why)) {
		take_proof(f, &all, said);
		equiv_results_fini(&all);
	} else {
		str_addf(said, "%s: not decided: %s\n", g->m[1]->name, why.text);
	}
	str_add(&g->found, said->data, said->len);
	return err_pass_cancel(err, &why);
}

/* The intended behaviour -------------------------------------------------------------- */

#define BEFORE_MAX 120u /* bytes of outputs that a requirement names */

/* "rst=0, en=1, and before the clock edge n=9"; "no inputs" */
static void add_situation(const struct differing *g, struct str *out)
{
	str_adds(out, g->inputs.len ? str_cstr(&g->inputs) : "no inputs");
	if (g->at_edge && g->before.len && g->before.len <= BEFORE_MAX)
		str_addf(out, ", and before the clock edge %s", str_cstr(&g->before));
}

static bool meant(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	char *options[3], *question;
	struct person_question q = { .options = options, .n = 3, .free_text = true };
	struct str with = STR_INIT;
	bool ok;

	if (!g->at.found)
		return true;
	for (int i = 0; i < 2; i++)
		options[i] = str_fmt("%s is %s, as in %s", g->at.port, g->at.value[i], g->name[i]);
	options[2] = mem_strdup("either: it is not specified");
	add_situation(g, &with);
	question = str_fmt("In cycle %lu, with %s: which is meant?", g->at.cycle, str_cstr(&with));
	str_free(&with);
	q.text = question;
	ok = flow_person(f, &q, &g->answer, err);
	str_addf(said, "%s\n", g->answer ? g->answer : "not answered");
	/* A requirement knows nothing of the files. */
	for (int i = 0; i < 2; i++)
		if (g->answer && strcmp(g->answer, options[i]) == 0) {
			free(g->answer);
			g->answer = str_fmt("%s is %s", g->at.port, g->at.value[i]);
		}
	free(question);
	for (int i = 0; i < 3; i++)
		free(options[i]);
	return ok;
}

static bool require(struct flow *f, struct str *said, struct err *err)
{
	struct differing *g = f->own;
	struct strv lines = STRV_INIT;
	bool ok = true;

	if (g->answer) {
		struct str with = STR_INIT;

		add_situation(g, &with);
		strv_addf(&lines, "With %s: %s.", str_cstr(&with), g->answer);
		str_free(&with);
		ok = flow_require(f, &lines, err);
		str_adds(said,
			 ok ? "spec.md: one more requirement, to be decided in review\n" : "");
	}
	strv_free(&lines);
	return ok;
}

static void tell(const struct flow *f, struct str *out)
{
	const struct differing *g = f->own;

	str_add(out, g->found.data, g->found.len);
}

static const struct flow_step steps[] = {
	{ "sides", "two versions of a module, with the same ports", 0, sides },
	{ "look", "an input on which they differ, by a testbench made by rule",
	  FLOW_NEEDS_SIMULATOR, look },
	{ "prove", "that there is none, where the prover can", FLOW_NEEDS_SIMULATOR, prove },
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
	.tell = tell,
};
