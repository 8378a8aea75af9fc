/* assert: assertions for a module from its requirements, each with a verdict.
 *
 *	spec, module --model--> requirement, signals, assertion --rule--> parsed --prover--> verdict
 *	undecided --random simulation--> failed, or undecided still
 *
 * The requirement must be in the spec, the signals in the module, and the assertion
 * in the provable subset; the model is told once about those that fail this. All
 * parsed assertions are put into one copy of the module for proving. An assertion
 * that failed with a trace or is vacuous is shown but not suggested: it does not say
 * what its requirement says, or the design is wrong. With --bind the assertions go
 * into a checker module (assert_bind.h) in a new file.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/check/sva.h"
#include "session/flow/assert_bind.h"
#include "session/flow/assert_try.h"
#include "session/flow/assertion.h"
#include "session/flow/bind_types.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/flow/spec.h"
#include "session/formal/flow_equiv.h"
#include "session/formal/flow_prove.h"
#include "session/graph/graph_project.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/verilog/vstmt.h"
#include "session/workbench/workbench.h"

#define TRIES 2u

struct asserting {
	char *module, *path;
	struct str text, spec_text;
	struct spec spec;
	struct assertions a;
	struct strv wrong;     /* sentences for the model about assertions that were rejected */
	char *checker, *bound; /* the checker module and its file; NULL: insert into the module */
	struct bind_signals signals;
};

static void asserting_fini(void *own)
{
	struct asserting *g = own;

	free(g->module);
	free(g->path);
	str_free(&g->text);
	str_free(&g->spec_text);
	spec_fini(&g->spec);
	assertions_fini(&g->a);
	strv_free(&g->wrong);
	free(g->checker);
	free(g->bound);
	bind_signals_fini(&g->signals);
}

/* Chooses "fifo_sva" in "rtl/fifo_sva.sv", or appends the first number for which
 * neither a module nor a file of that name exists. */
static void name_checker(struct asserting *g, const struct project *p)
{
	const char *slash = strrchr(g->path, '/');
	int folder = slash ? (int)(slash + 1 - g->path) : 0;

	for (unsigned i = 1; !g->bound; i++) {
		g->checker =
			i == 1 ? str_fmt("%s_sva", g->module) : str_fmt("%s_sva%u", g->module, i);
		g->bound = str_fmt("%.*s%s.sv", folder, g->path, g->checker);
		if (!project_module(p, g->checker, NULL) && !project_has(p, g->bound))
			break;
		free(g->checker);
		free(g->bound);
		g->bound = NULL;
	}
}

/* The file the assertions go into. */
static const char *place(const struct asserting *g)
{
	return g->bound ? g->bound : g->path;
}

/* Appends the whole text of that file to out. */
static bool write_all(struct asserting *g, bool all, struct str *out)
{
	if (!g->bound)
		return assertions_insert(&g->a, str_cstr(&g->text), g->text.len, g->module, all,
					 out);
	assertions_bind(&g->a, &g->signals, g->module, g->checker, all, out);
	return true;
}

static bool choose(struct flow *f, struct str *said, struct err *err)
{
	struct asserting *g = f->own;

	if (!flow_module(f, &g->module, &g->path, &g->text, err))
		return false;
	if (flow_option(f, "--bind"))
		name_checker(g, f->w->project);
	if (!flow_spec(f, &g->spec_text, err))
		return false;
	spec_read(&g->spec, str_cstr(&g->spec_text), g->spec_text.len);
	if (spec_numbered(&g->spec) == 0)
		return err_set(err, ERR_NOT_FOUND, "assert: spec.md has no numbered requirement");
	str_addf(said, "%s of %s, %zu requirements\n", g->module, g->path, spec_numbered(&g->spec));
	return true;
}

/* Checking the model's assertions ----------------------------------------------------- */

static bool has_word(const struct str *text, const char *name)
{
	struct vstmts s;
	bool there = false;

	vstmts_init(&s, str_cstr(text), text->len);
	for (size_t i = 0; i < s.n_tokens && !there; i++)
		there = s.tokens[i].kind == VTOKEN_NAME && vstmt_token_is(&s, &s.tokens[i], name);
	vstmts_fini(&s);
	return there;
}

static bool is_rewritten(const struct assertion *a, const char *module, struct str *why)
{
	struct str text = STR_INIT, out = STR_INIT;
	struct strv unread = STRV_INIT;
	bool ok;

	str_addf(&text, "module %s;\n%s\nendmodule\n", module, a->text);
	ok = str_starts(a->text, "assert") &&
	     sva_rewrite(str_cstr(&text), text.len, SVA_X_FAILS, &out, &unread) && unread.n == 0;
	if (unread.n) {
		const char *colon = strchr(unread.v[0], ':');

		str_adds(why, colon ? colon + 1 + strspn(colon + 1, " ") : unread.v[0]);
	} else if (!ok) {
		str_adds(why, "it is not a concurrent assertion");
	}
	strv_free(&unread);
	str_free(&text);
	str_free(&out);
	return ok;
}

/* graph NULL: the assertions are inserted, not bound. */
static bool check(struct asserting *g, struct graph *graph, const struct vstmts *s,
		  struct assertion *a, struct err *err)
{
	struct str why = STR_INIT;
	struct err failed = { 0 };

	if (!spec_find(&g->spec, a->requirement))
		str_addf(&why, "spec.md has no %s", a->requirement);
	for (size_t i = 0; i < a->signals.n && !why.len; i++)
		if (!has_word(&g->text, a->signals.v[i]))
			str_addf(&why, "%s has no signal %s", g->module, a->signals.v[i]);
	if (!why.len && is_rewritten(a, g->module, &why) && graph)
		bind_signals_add(&g->signals, graph, s, g->module, a->text, &why, &failed);
	if (why.len) {
		assertion_judge(a, ASSERTION_NOT_PARSED, str_cstr(&why));
		strv_addf(&g->wrong, "%s: %s (%s)", a->requirement, a->text, str_cstr(&why));
	}
	str_free(&why);
	return !failed.code || err_copy(err, &failed);
}

/* Appends the texts of all packages that the module imports from. */
static bool read_packages(struct flow *f, struct graph *graph, const struct vstmts *s,
			  const char *module, struct str *out, struct err *err)
{
	struct strv packages = STRV_INIT;
	bool ok = true;

	bind_packages(s, module, NULL, &packages);
	for (size_t i = 0; ok && i < packages.n; i++) {
		enum graph_ask ask = GRAPH_ASK_WHERE;
		struct graph_hits h = { 0 };
		struct str text = STR_INIT;

		ok = graph_find(graph, packages.v[i], GRAPH_HIT_MODULE, &ask, &h, err);
		if (ok && h.n && h.v[0].rank == GRAPH_RANK_PATH && flow_text(f, h.v[0].path, &text))
			str_addf(out, "%s\n", str_cstr(&text));
		str_free(&text);
		graph_hits_fini(&h);
	}
	strv_free(&packages);
	return ok;
}

static char *what_instead(const struct answer_parts *parts)
{
	struct str why = STR_INIT;

	answer_say_lack(parts, "assertion in the form that is asked for", &why);
	return str_take(&why);
}

static bool take(void *ctx, const struct flow_answer *a, struct strv *wrong, struct err *err)
{
	struct flow *f = ctx;
	struct asserting *g = f->own;
	struct graph *graph = g->bound ? graph_of(f->w, err) : NULL;
	struct answer_parts parts;
	struct str packages = STR_INIT;
	struct vstmts s, of_packages;
	bool ok = graph || !g->bound;

	assertions_fini(&g->a);
	bind_signals_fini(&g->signals);
	answer_parse(str_cstr(&a->text), a->text.len, &parts);
	/* Those without a fence are found by their comments. */
	for (size_t i = 0; i < parts.n; i++)
		if (parts.v[i].kind == PART_CODE || parts.v[i].kind == PART_PROSE)
			assertions_read(&g->a, parts.v[i].text, parts.v[i].len);
	vstmts_init(&s, str_cstr(&g->text), g->text.len);
	if (ok && graph)
		ok = read_packages(f, graph, &s, g->module, &packages, err);
	vstmts_init(&of_packages, str_cstr(&packages), packages.len);
	g->signals.packages = &of_packages;
	for (size_t i = 0; ok && i < g->a.n; i++)
		ok = check(g, graph, &s, &g->a.v[i], err);
	g->signals.packages = NULL;
	vstmts_fini(&of_packages);
	vstmts_fini(&s);
	str_free(&packages);
	if (g->a.n == 0)
		strv_give(wrong, what_instead(&parts));
	answer_parts_fini(&parts);
	return ok;
}

static void write_question(void *ctx, const struct strv *wrong, struct str *out)
{
	const struct asserting *g = ((struct flow *)ctx)->own;

	str_addf(out,
		 "Write assertions for the module %s, from its requirements: those that can be "
		 "stated about its signals. One fenced block, and for each a comment with the "
		 "requirement's number and the signals that it is about, then the assertion:\n\n"
		 "// R1: full, push\n"
		 "assert property (@(posedge clk) disable iff (rst) full && push |=> full);\n\n"
		 "Allowed are one clock, disable iff, expressions, ## with a number, |-> and |=>. "
		 "No names of properties, no ranges, no variables. That Icarus cannot read them "
		 "does not matter here.\n",
		 g->module);
	if (wrong->n)
		str_adds(out,
			 "\nOf your last answer this was not taken; write all of them again:\n");
	for (size_t i = 0; i < wrong->n; i++)
		str_addf(out, "- %s\n", wrong->v[i]);
	str_adds(out, "\nThe requirements:\n");
	for (size_t i = 0; i < g->spec.n; i++)
		if (g->spec.v[i].id[0])
			str_addf(out, "%s: %s\n", g->spec.v[i].id, g->spec.v[i].text);
	str_addf(out, "\n```verilog\n%s\n```\n", str_cstr(&g->text));
}

static bool propose(struct flow *f, struct str *said, struct err *err)
{
	struct asserting *g = f->own;
	const struct flow_form form = { TRIES, write_question, take, f };
	bool ok = flow_model_form(f, &form, &g->wrong, err);

	if (ok && g->a.n == 0)
		ok = err_set(err, ERR_PARSE, "no assertion came of %u answers: %s", TRIES,
			     g->wrong.v[0]);
	if (ok)
		str_addf(said, "%zu assertion%s, %zu not taken\n", g->a.n, count_s(g->a.n),
			 g->wrong.n);
	return ok;
}

/* Verdicts ----------------------------------------------------------------------------------- */

static void take_verdict(struct asserting *g, const struct prove_result *r, size_t i)
{
	static const enum assertion_verdict verdicts[] = {
		[PROVER_UNDECIDED] = ASSERTION_UNDECIDED, [PROVER_PROVED] = ASSERTION_PROVED,
		[PROVER_KNOWN] = ASSERTION_UNDECIDED,	  [PROVER_BOUNDED] = ASSERTION_BOUNDED,
		[PROVER_DIFFERENT] = ASSERTION_FAILED,	  [PROVER_PORTS] = ASSERTION_UNDECIDED,
		[PROVER_VACUOUS] = ASSERTION_VACUOUS,
	};
	const struct prover_property *p = &r->report.properties[i];
	const char *colon = strrchr(p->name, ':');
	size_t n = strlen(place(g));
	struct str why = STR_INIT;

	for (size_t k = 0; colon && k < g->a.n; k++) {
		struct assertion *a = &g->a.v[k];

		if (a->line == 0 || strncmp(p->name, place(g), n) != 0 || p->name[n] != ':' ||
		    atol(p->name + n + 1) != a->line)
			continue;
		prove_say(p, &why);
		if (p->answer == PROVER_UNDECIDED && !p->why[0] && r->report.why[0])
			str_addf(&why, ": %s", r->report.why);
		assertion_judge(a, verdicts[p->answer], str_cstr(&why));
		if (p->answer == PROVER_DIFFERENT && i < r->waves.n) {
			free(a->wave);
			a->wave = mem_strdup(r->waves.v[i]);
		}
	}
	str_free(&why);
}

static bool ask_prover(struct flow *f, const struct str *text, struct err *why)
{
	struct asserting *g = f->own;
	struct overlay o = { .path = place(g), .text = { str_cstr(text), text->len } };
	struct prove_request r = { .path = g->path,
				   .module = g->module,
				   .texts = &o,
				   .n_texts = 1,
				   .depth = FORMAL_DEPTH_DEFAULT,
				   .ms = FORMAL_SECONDS_DEFAULT * 1000 };
	struct prove_result out;

	if (!flow_prove(f->w, &r, &out, why))
		return false;
	for (size_t i = 0; i < out.report.n_properties; i++)
		take_verdict(g, &out, i);
	/* If the prover cannot read the design, it reports no properties, only a reason. */
	for (size_t i = 0; i < g->a.n && out.report.why[0]; i++)
		if (g->a.v[i].verdict == ASSERTION_NOT_RUN)
			assertion_judge(&g->a.v[i], ASSERTION_NOT_RUN, out.report.why);
	prove_result_fini(&out);
	return true;
}

/* "1 not parsed; 2 proved; 1 failed with trace" */
static void count_verdicts(const struct asserting *g, struct str *out)
{
	for (enum assertion_verdict v = 0; v <= ASSERTION_UNDECIDED; v++) {
		size_t n = 0;

		for (size_t i = 0; i < g->a.n; i++)
			n += g->a.v[i].verdict == v;
		if (n)
			str_addf(out, "%s%zu %s", out->len ? "; " : "", n, assertion_word(v));
	}
	str_addc(out, '\n');
}

static bool prove(struct flow *f, struct str *said, struct err *err)
{
	struct asserting *g = f->own;
	struct str text = STR_INIT;
	struct err why = { 0 };
	bool ok = write_all(g, true, &text) ||
		  err_set(err, ERR_PARSE, "%s: the end of %s is not in it", g->path, g->module);

	if (ok && !ask_prover(f, &text, &why)) {
		ok = err_pass_cancel(err, &why);
		for (size_t i = 0; i < g->a.n; i++)
			if (g->a.v[i].verdict == ASSERTION_NOT_RUN)
				assertion_judge(&g->a.v[i], ASSERTION_NOT_RUN, why.text);
	}
	if (ok && why.code)
		str_addf(said, "not run: %s\n", why.text);
	else if (ok)
		count_verdicts(g, said);
	str_free(&text);
	return ok;
}

/* The assertions stand in the module for this, also those that will be bound to it. */
static bool try_open(struct flow *f, struct str *said, struct err *err)
{
	struct asserting *g = f->own;
	struct str text = STR_INIT;
	bool ok = !assertions_insert(&g->a, str_cstr(&g->text), g->text.len, g->module, true,
				     &text) ||
		  assert_try(f, g->module, &text, &g->a, said, err);

	str_free(&text);
	return ok;
}

/* "R1 -> full, push -> assert ...: proved" */
static void tell(const struct flow *f, struct str *out)
{
	const struct asserting *g = f->own;

	for (size_t i = 0; i < g->a.n; i++) {
		const struct assertion *a = &g->a.v[i];

		str_addf(out, "%s ->", a->requirement);
		for (size_t k = 0; k < a->signals.n; k++)
			str_addf(out, "%s %s", k ? "," : "", a->signals.v[k]);
		str_addf(out, " -> %s\n    ", a->text);
		/* Unless it has another, the prover's clause begins with this word. */
		if (!str_starts(a->why, assertion_word(a->verdict)))
			str_addf(out, "%s%s", assertion_word(a->verdict), a->why[0] ? ": " : "");
		str_adds(out, a->why);
		if (a->wave[0])
			str_addf(out, "\n    waves: posedge wave %s", a->wave);
		str_addc(out, '\n');
	}
	if (g->a.full)
		str_addf(out, "[cut: the answer has more than %u assertions]\n", ASSERTIONS_MAX);
	for (size_t i = 0; g->a.n && i < g->spec.n; i++) {
		bool some = !g->spec.v[i].id[0];

		for (size_t k = 0; k < g->a.n && !some; k++)
			some = strcmp(g->a.v[k].requirement, g->spec.v[i].id) == 0;
		if (!some)
			str_addf(out, "%s has no assertion\n", g->spec.v[i].id);
	}
}

static bool suggest(struct flow *f, struct str *said, struct err *err)
{
	struct asserting *g = f->own;
	struct str text = STR_INIT;
	size_t some = 0, proved = 0;
	bool ok = true;

	for (size_t i = 0; i < g->a.n; i++) {
		some += assertion_holds(&g->a.v[i]);
		proved += g->a.v[i].verdict == ASSERTION_PROVED;
		if (g->a.v[i].verdict != ASSERTION_PROVED)
			f->out->end = FLOW_FOUND;
	}
	if (some && write_all(g, false, &text))
		ok = flow_propose(f, place(g), g->bound ? NULL : &g->text, str_cstr(&text),
				  text.len, err);
	if (some)
		str_addf(said, "%s: %zu of %zu assertions, %zu of them proved; `review` decides\n",
			 place(g), some, g->a.n, proved);
	else if (g->a.n)
		str_addf(said, "none of %zu assertions can be suggested\n", g->a.n);
	str_free(&text);
	return ok;
}

static const struct flow_step steps[] = {
	{ "module", "which one, and the requirements", 0, choose },
	{ "assert", "requirement, signals, assertion, by the model", FLOW_NEEDS_MODEL, propose },
	{ "prove", "each of them, by the prover", 0, prove },
	{ "try", "with random inputs, those that are not decided", FLOW_NEEDS_SIMULATOR, try_open },
	{ "suggest", "what is not shown to be wrong, as a suggestion", FLOW_KEEPS, suggest },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_assert = {
	.name = "assert",
	.about = "assertions for a module from its requirements, each with a verdict",
	.needs = FLOW_NEEDS_MODEL | FLOW_NEEDS_SPEC,
	.steps = steps,
	.size = sizeof(struct asserting),
	.fini = asserting_fini,
	.tell = tell,
};
