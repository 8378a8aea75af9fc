/* Records for training: pairs, scores and completions reflect the decisions. */
#include "config.h"

#include "tests/lib/case.h"

#include <math.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/journal/edit.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "tests/lib/tool.h"
#include "tests/lib/recorded.h"

static cJSON *only_record(const struct str *out)
{
	const char *lf = strchr(str_cstr(out), '\n');
	cJSON *v;

	assert_non_null(lf);
	assert_int_equal(lf[1], '\0');
	v = json_parse(str_cstr(out), (size_t)(lf - str_cstr(out)), NULL);
	assert_non_null(v);
	return v;
}

/* Unit 0: a line in place of one; unit 1: one more. */
CASE(pairs_are_what_was_written_against_what_was_proposed)
{
	struct bench b;
	struct str out = STR_INIT;
	struct event e = { .type = EVENT_AMEND };
	const cJSON *lines;
	uint64_t s;
	cJSON *v;

	begin(&b);
	s = suggest(&b, ask(&b, "two wires", "here"), "a.sv", BASE, PROPOSED);
	e.amend.suggestion = s;
	e.amend.unit = 0;
	e.amend.line = (struct bytes){ "  wire mine;", 12 };
	record(&b, &e);
	decide(&b, s, 0, 0, DECISION_TAKEN);
	decide(&b, s, 1, 1, DECISION_REFUSED);
	apply(&b, s);
	lint(&b, "b.sv\na.sv", "wide");
	assert_int_equal(train(&b, export_pairs, &out), 0); /* nobody consented */
	assert_int_equal(out.len, 0);
	consent(&b, "yes");
	assert_int_equal(train(&b, export_pairs, &out), 1);
	v = only_record(&out);
	assert_string_equal(json_string(v, "prompt"), "the whole request");
	assert_string_equal(json_string(v, "question"), "two wires");
	assert_string_equal(json_string(v, "base"), BASE);
	assert_string_equal(json_string(v, "rejected"), PROPOSED);
	assert_string_equal(json_string(v, "chosen"), "module a;\n  wire mine;\nendmodule\n");
	assert_true(json_bool(v, "consent", false));
	assert_int_equal(json_uint(json_object(v, "lint"), "risks", 9), 1);
	assert_true(cJSON_IsNull(json_get(v, "simulation")));
	assert_int_equal(json_uint(v, "rewritten", 9), 1);
	lines = json_array(v, "lines");
	assert_int_equal(cJSON_GetArraySize(lines), 3);
	assert_string_equal(json_string(cJSON_GetArrayItem(lines, 1), "decision"), "rewritten");
	assert_string_equal(json_string(cJSON_GetArrayItem(lines, 1), "was"), "  wire one_too;");
	assert_string_equal(json_string(cJSON_GetArrayItem(lines, 2), "decision"), "refused");
	cJSON_Delete(v);
	assert_int_equal(train(&b, export_sft, &out), 0); /* not taken whole */
	consent(&b, "no");
	assert_int_equal(train(&b, export_pairs, &out), 0);
	str_free(&out);
	end(&b);
}

CASE(an_open_suggestion_continues_its_pair)
{
	struct bench b;
	struct str out = STR_INIT;
	uint64_t a, s;
	cJSON *v;

	begin(&b);
	consent(&b, "yes");
	a = ask(&b, "q", "here");
	s = suggest(&b, a, "a.sv", BASE, PROPOSED);
	decide(&b, s, 0, 0, DECISION_TAKEN);
	apply(&b, s);
	s = suggest(&b, a, "a.sv", "module a;\n  wire one_too;\nendmodule\n", PROPOSED);
	assert_int_equal(train(&b, export_pairs, &out), 0); /* nothing refused so far */
	assert_int_equal(train(&b, export_sft, &out), 0);   /* and not all of it taken */
	decide(&b, s, 0, 0, DECISION_REFUSED);
	apply(&b, s);
	assert_int_equal(train(&b, export_pairs, &out), 1);
	v = only_record(&out);
	assert_string_equal(json_string(v, "base"), BASE);
	assert_string_equal(json_string(v, "rejected"), PROPOSED);
	assert_string_equal(json_string(v, "chosen"), "module a;\n  wire one_too;\nendmodule\n");
	assert_int_equal(cJSON_GetArraySize(json_array(v, "lines")), 3);
	cJSON_Delete(v);
	str_free(&out);
	end(&b);
}

/* The file changed meanwhile: the decisions continued in another suggestion. */
CASE(replaced_suggestions_do_not_count)
{
	struct bench b;
	struct str out = STR_INIT;
	struct event e = { .type = EVENT_APPLY };
	struct story *s;
	uint64_t a, n;

	begin(&b);
	consent(&b, "yes");
	a = ask(&b, "q", "here");
	n = suggest(&b, a, "a.sv", BASE, PROPOSED);
	decide(&b, n, 0, 0, DECISION_TAKEN);
	decide(&b, n, 1, 1, DECISION_REFUSED);
	e.apply.suggestion = n;
	e.apply.open = 2;
	e.apply.how = "merged with what changed since";
	record(&b, &e);
	n = suggest(&b, a, "a.sv", "// mine\n" BASE, "// mine\n" PROPOSED);
	decide(&b, n, 0, 0, DECISION_TAKEN);
	decide(&b, n, 1, 1, DECISION_REFUSED);
	apply(&b, n);
	assert_int_equal(train(&b, export_pairs, &out), 1);
	s = tell(&b);
	assert_int_equal(s->suggestions[0].taken + s->suggestions[0].refused, 0);
	assert_int_equal(s->suggestions[1].taken, 1);
	assert_true(s->suggestions[1].rest_of == STORY_NONE);
	story_free(s);
	str_free(&out);
	end(&b);
}

/* Taken whole, linted with one risk or none, and run: this many of 10 checks failed. */
static void a_step(struct bench *b, const char *path, const char *base, const char *text,
		   const char *risk, const char *word, uint64_t failures)
{
	uint64_t s = suggest(b, ask(b, "q", "here"), path, base, text);
	struct change c = { .removed = strlen(base), .ins = { text, strlen(text) } };
	struct event e = { .type = EVENT_VERDICT };
	struct suggestion *units = state_proposal(session_state(b->s), s)->s;

	decide(b, s, 0, suggestion_count(units, DECISION_OPEN) - 1, DECISION_TAKEN);
	assert_non_null(edit_open(b->s, path, false, NULL));
	assert_true(
		edit_change(b->s, path, &c, 1, (struct edit_by){ EDIT_BY_SUGGESTION, s }, NULL));
	apply(b, s);
	lint(b, path, risk);
	e.verdict.run = run(b, path);
	e.verdict.verdict = word;
	e.verdict.first_time = -1;
	e.verdict.checks = failures < 10 ? 10 : -1;
	e.verdict.failures = failures;
	record(b, &e);
}

CASE(a_score_is_traced_back_from_the_end)
{
	static const char *const texts[] = { BASE, "module a;\n  wire two;\nendmodule\n",
					     "module a;\n  wire three;\nendmodule\n",
					     ("module a; // SPDX-License-Identifier: MIT\n"
					      "  wire three;\nendmodule\n") };
	static const double score[] = { 0.29, 0.72, 1 }, traced[] = { 0.575, 0.86, 1 };
	struct bench b;
	struct str out = STR_INIT;
	const cJSON *steps;
	cJSON *v;

	begin(&b);
	tool_write(b.root, "b.sv", BASE);
	a_step(&b, "a.sv", texts[0], texts[1], "wide", "fail", 10);
	consent(&b, "yes");
	assert_int_equal(train(&b, export_repairs, &out), 0); /* a single step is not a repair */
	a_step(&b, "b.sv", texts[0], texts[1], NULL, "fail", 10); /* another file's */
	a_step(&b, "a.sv", texts[1], texts[2], NULL, "fail", 4);
	assert_int_equal(train(&b, export_repairs, &out), 1);
	v = only_record(&out);
	assert_false(json_bool(v, "repaired", true));
	cJSON_Delete(v);
	a_step(&b, "a.sv", texts[2], texts[3], NULL, "pass", 0);
	a_step(&b, "a.sv", texts[3], texts[1], NULL, "fail",
	       10); /* after it passed: another chain begins */
	assert_int_equal(train(&b, export_repairs, &out), 1);
	v = only_record(&out);
	assert_true(json_bool(v, "repaired", false));
	assert_string_equal(json_string(v, "base"), texts[0]);
	assert_string_equal(json_string(v, "licence"), "MIT");
	assert_string_equal(json_string(json_object(v, "tools"), "simulator"), "fake");
	steps = json_array(v, "steps");
	assert_int_equal(cJSON_GetArraySize(steps), 3);
	for (int i = 0; i < 3; i++) {
		const cJSON *x = cJSON_GetArrayItem(steps, i);

		assert_string_equal(json_string(x, "written"), texts[i + 1]);
		assert_true(fabs(json_get(x, "score")->valuedouble - score[i]) < 1e-9);
		assert_true(fabs(json_get(x, "traced")->valuedouble - traced[i]) < 1e-9);
	}
	cJSON_Delete(v);
	consent(&b, "no");
	assert_int_equal(train(&b, export_repairs, &out), 0);
	str_free(&out);
	end(&b);
}

CASE(a_confirming_run_that_was_cancelled_changes_no_verdict)
{
	struct event begins = { .type = EVENT_RUN }, e = { .type = EVENT_VERDICT };
	struct bench b;
	struct story *s;

	begin(&b);
	a_step(&b, "a.sv", BASE, "module a;\n  wire two;\nendmodule\n", NULL, "pass", 0);
	begins.run.testbench = "tb";
	begins.run.engine = "verilator";
	begins.run.files = (struct bytes){ "a.sv", 4 };
	begins.run.confirms = state_last_run(session_state(b.s))->n;
	e.verdict.run = record(&b, &begins);
	e.verdict.verdict = "tool";
	e.verdict.error = "cancelled";
	e.verdict.first_time = -1;
	record(&b, &e);
	s = tell(&b);
	assert_int_equal(s->n_runs, 2);
	assert_int_equal(s->suggestions[0].run, 0);
	story_free(s);
	end(&b);
}

/* The reward of a later run of the same text, in pairs. */
static double function_of_run(struct bench *b, int64_t checks, int64_t failures)
{
	struct event e = { .type = EVENT_VERDICT };
	struct str out = STR_INIT;
	double function;
	cJSON *v;

	e.verdict.run = run(b, "a.sv");
	e.verdict.verdict = "fail";
	e.verdict.first_time = -1;
	e.verdict.checks = checks;
	e.verdict.failures = failures;
	record(b, &e);
	assert_int_equal(train(b, export_repairs, &out), 1);
	v = only_record(&out);
	function = json_get(json_object(cJSON_GetArrayItem(json_array(v, "steps"), 1), "rewards"),
			    "function")
			   ->valuedouble;
	cJSON_Delete(v);
	str_free(&out);
	return function;
}

CASE(a_run_that_failed_has_no_whole_reward)
{
	static const char two[] = "module a;\n  wire two;\nendmodule\n",
			  three[] = "module a;\n  wire three;\nendmodule\n";
	struct bench b;

	begin(&b);
	consent(&b, "yes");
	a_step(&b, "a.sv", BASE, two, NULL, "fail", 4);
	a_step(&b, "a.sv", two, three, NULL, "fail", 4);
	assert_true(fabs(function_of_run(&b, 600, 289) - 0.518) < 1e-9);
	assert_true(fabs(function_of_run(&b, 2000, 1) - 0.999) < 1e-9);
	assert_true(fabs(function_of_run(&b, 10, 0)) < 1e-9); /* the failure has another cause */
	end(&b);
}

static const char *tool_of(const cJSON *row, const char *member)
{
	const cJSON *v = json_get(json_object(row, "tools"), member);

	assert_non_null(v);
	return cJSON_IsNull(v) ? "null" : v->valuestring;
}

/* The first two verdicts are in the format of an earlier version. */
CASE(versions_are_those_that_were_recorded)
{
	struct event e = { .type = EVENT_VERDICT };
	struct event l = { .type = EVENT_LINT };
	struct bench b;
	struct str out = STR_INIT;
	cJSON *v;

	begin(&b);
	consent(&b, "yes");
	a_step(&b, "a.sv", BASE, PROPOSED, NULL, "pass", 0);
	assert_int_equal(train(&b, export_sft, &out), 1);
	v = only_record(&out);
	assert_string_equal(tool_of(v, "lint"), "fake");
	assert_string_equal(tool_of(v, "lint_version"), "unknown");
	assert_string_equal(tool_of(v, "simulator_version"), "unknown");
	assert_true(cJSON_IsNull(json_get(v, "seeds")));
	cJSON_Delete(v);
	l.lint.tool = "fake";
	l.lint.files = (struct bytes){ "a.sv", 4 };
	l.lint.version = "Fake 1.2";
	record(&b, &l);
	e.verdict.run = run(&b, "a.sv");
	e.verdict.verdict = "pass";
	e.verdict.first_time = e.verdict.checks = -1;
	e.verdict.version = "Fake 3";
	e.verdict.seeds = 1; /* none */
	record(&b, &e);
	assert_int_equal(train(&b, export_sft, &out), 1);
	v = only_record(&out);
	assert_string_equal(tool_of(v, "lint_version"), "Fake 1.2");
	assert_string_equal(tool_of(v, "simulator_version"), "Fake 3");
	assert_int_equal(json_uint(v, "seeds", 9), 0);
	cJSON_Delete(v);
	str_free(&out);
	end(&b);
}

CASE(a_tool_that_was_not_asked_is_null)
{
	struct bench b;
	struct str out = STR_INIT;
	uint64_t s;
	cJSON *v;

	begin(&b);
	consent(&b, "yes");
	s = suggest(&b, ask(&b, "q", "here"), "a.sv", BASE, PROPOSED);
	decide(&b, s, 0, 0, DECISION_TAKEN);
	decide(&b, s, 1, 1, DECISION_REFUSED);
	apply(&b, s);
	assert_int_equal(train(&b, export_pairs, &out), 1);
	v = only_record(&out);
	assert_string_equal(tool_of(v, "lint"), "null");
	assert_string_equal(tool_of(v, "lint_version"), "null");
	assert_string_equal(tool_of(v, "simulator"), "null");
	cJSON_Delete(v);
	str_free(&out);
	end(&b);
}

static uint64_t taken_whole(struct bench *b)
{
	uint64_t s = suggest(b, ask(b, "q", "here"), "a.sv", BASE, PROPOSED);

	decide(b, s, 0, 1, DECISION_TAKEN);
	apply(b, s);
	return s;
}

CASE(completions_passed_or_were_linted_clean)
{
	static const struct {
		const char *lint_of, *finding, *run_of, *verdict, *because;
	} cases[] = {
		{ NULL, NULL, NULL, NULL, NULL },
		{ "a.sv", NULL, NULL, NULL, "lint clean" },
		{ "b.sv", NULL, NULL, NULL, NULL },
		{ "a.sv", "wide", NULL, NULL, NULL },
		{ "a.sv", "wide", "a.sv", "pass", "simulation passed" },
		{ "a.sv", NULL, "a.sv", "fail", NULL },
		{ "a.sv", NULL, "a.sv", "none", "lint clean" },
		{ NULL, NULL, "b.sv", "pass", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct bench b;
		struct str out = STR_INIT;

		begin(&b);
		consent(&b, "yes");
		taken_whole(&b);
		if (cases[i].lint_of)
			lint(&b, cases[i].lint_of, cases[i].finding);
		if (cases[i].run_of)
			verdict(&b, run(&b, cases[i].run_of), cases[i].verdict, "", "");
		assert_int_equal(train(&b, export_sft, &out), cases[i].because ? 1 : 0);
		if (cases[i].because) {
			cJSON *v = only_record(&out);

			assert_string_equal(json_string(v, "because"), cases[i].because);
			assert_string_equal(json_string(v, "completion"), PROPOSED);
			cJSON_Delete(v);
		}
		str_free(&out);
		end(&b);
	}
}

CASE(a_verdict_on_another_text_is_not_its)
{
	struct bench b;
	struct change c = { 0, 0, { "// mine\n", 8 } };
	struct story *s;
	uint64_t early;

	begin(&b);
	early = run(&b, "a.sv"); /* began before the text was written */
	taken_whole(&b);
	verdict(&b, early, "pass", "", "");
	assert_non_null(edit_open(b.s, "a.sv", false, NULL));
	assert_true(edit_change(b.s, "a.sv", &c, 1, BY_YOU, NULL));
	verdict(&b, run(&b, "a.sv"), "pass", "", "");
	lint(&b, "a.sv", NULL);
	s = tell(&b);
	assert_true(s->suggestions[0].run == STORY_NONE);
	assert_true(s->suggestions[0].lint == STORY_NONE);
	story_free(s);
	end(&b);
}

static uint64_t ask_of_flow(struct bench *b, bool beside, const char *backend, const char *question)
{
	struct event e = { .type = EVENT_ASK };

	e.ask.backend = backend;
	e.ask.beside = beside;
	e.ask.question = (struct bytes){ question, strlen(question) };
	if (beside)
		e.ask.prompt = (struct kept){ .data = "its request", .len = 11 };
	return record(b, &e);
}

/* A row of a flow has the question that the text answered and the model that answered;
 * what the flow generated by rule is nobody's answer. */
CASE(a_flow_proposes_what_its_model_said)
{
	static const char *const paths[] = { "a.sv", "b.sv" };
	static const char *const texts[] = { PROPOSED, "module b;\n  wire made;\nendmodule\n" };
	struct bench b;
	struct str out = STR_INIT;
	uint64_t flow;
	cJSON *v;

	begin(&b);
	consent(&b, "yes");
	tool_write(b.root, "b.sv", BASE);
	flow = ask_of_flow(&b, false, EXCHANGE_FLOW, "/plan");
	answered(&b, ask_of_flow(&b, true, "fake", "write another"), "small",
		 "```\nmodule c;\n```\n");
	answered(&b, ask_of_flow(&b, true, "fake", "write a"), "small",
		 "Here:\n```\n" PROPOSED "```\n");
	for (int i = 0; i < 2; i++) {
		uint64_t n = suggest(&b, flow, paths[i], BASE, texts[i]);
		struct suggestion *units = state_proposal(session_state(b.s), n)->s;
		struct change c = { .removed = strlen(BASE),
				    .ins = { texts[i], strlen(texts[i]) } };

		decide(&b, n, 0, suggestion_count(units, DECISION_OPEN) - 1, DECISION_TAKEN);
		assert_non_null(edit_open(b.s, paths[i], false, NULL));
		assert_true(edit_change(b.s, paths[i], &c, 1,
					(struct edit_by){ EDIT_BY_SUGGESTION, n }, NULL));
		apply(&b, n);
		lint(&b, paths[i], NULL);
	}
	assert_int_equal(train(&b, export_sft, &out), 1);
	v = only_record(&out);
	assert_string_equal(json_string(v, "path"), "a.sv");
	assert_string_equal(json_string(v, "backend"), "fake");
	assert_string_equal(json_string(v, "model"), "small");
	assert_string_equal(json_string(v, "question"), "write a");
	assert_string_equal(json_string(v, "prompt"), "its request");
	cJSON_Delete(v);
	str_free(&out);
	end(&b);
}
