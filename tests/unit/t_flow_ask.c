/* A question and its answer: where the text goes, what is refused, what is asked
 * again. The ports give preset answers. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/ask/flow_ask.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/journal/thread.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_place.h"
#include "session/review/proposals.h"
#include "session/workbench/workbench.h"
#include "tests/lib/desk.h"

IN_TASK(a_question_ends_in_suggestions_and_writes_nothing)
{
	struct ask_request r = { .question = "write m" };
	struct ask_result out;
	struct session *s;

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	the_model_says(d, "Here:\\n```verilog m.sv\\nmodule m;\\n  wire a;\\nendmodule\\n```\\n",
		       "pieces=3");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_int_equal(out.placed.n, 1);
	assert_false(out.placed.cut);
	holds(d, "m.sv", "module m;\nendmodule\n");
	s = workbench_session(&d->w, SESSION_APPEND, NULL);
	assert_true(flow_apply(s, out.placed.suggestions[0], "test", NULL));
	holds(d, "m.sv", "module m;\n  wire a;\nendmodule\n");
	assert_false(flow_apply(s, out.placed.suggestions[0], "test", NULL));
	ask_result_fini(&out);
}

IN_TASK(a_cut_answer_is_kept_and_never_applied_by_itself)
{
	struct ask_request r = { .question = "write m" };
	struct ask_result out;
	struct err err;
	struct session *s;

	the_model_says(d, "```verilog m.sv\\nmodule m;\\n  wire a;\\n", "finish=length");
	flow_ask(&d->w, &r, &out, &err);
	assert_true(out.placed.cut);
	s = workbench_session(&d->w, SESSION_APPEND, NULL);
	for (size_t i = 0; i < out.placed.n; i++) {
		assert_false(flow_apply(s, out.placed.suggestions[i], "test", &err));
		assert_int_equal(err.code, ERR_CONFLICT);
	}
	holds(d, "m.sv", "(none)");
	ask_result_fini(&out);
}

IN_TASK(no_file_of_a_cut_answer_is_applied)
{
	struct ask_request r = { .question = "write both" };
	struct ask_result out;
	struct err err = { 0 };

	workbench_session(&d->w, SESSION_FULL, NULL);
	the_model_says(d,
		       "```verilog a.sv\\nmodule a;\\nendmodule\\n```\\n```verilog b.sv\\nmodule "
		       "b;\\n  wire x",
		       "finish=length");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_int_equal(out.placed.n, 2);
	assert_false(proposals_whole(d->w.session, &out.placed));
	assert_non_null(strstr(str_cstr(&out.lacking), "cut off"));
	assert_false(proposals_apply(&d->w, &out.placed, &err));
	assert_non_null(strstr(err.text, "b.sv: the answer was cut off here"));
	holds(d, "a.sv", "(none)");
	holds(d, "b.sv", "(none)");
	ask_result_fini(&out);
}

IN_TASK(what_is_cut_off_behind_a_file_may_have_been_more)
{
	struct ask_request r = { .question = "write a" };
	struct ask_result out;

	workbench_session(&d->w, SESSION_FULL, NULL);
	the_model_says(d, "```verilog a.sv\\nmodule a;\\nendmodule\\n```\\nIt does noth",
		       "finish=length");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_false(proposals_whole(d->w.session, &out.placed));
	assert_false(proposals_apply(&d->w, &out.placed, NULL));
	holds(d, "a.sv", "(none)");
	ask_result_fini(&out);
}

IN_TASK(an_answer_without_text_says_why)
{
	struct ask_request r = { .question = "why?" };
	struct ask_result out;

	the_model_says(d, " ", "finish=length");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_non_null(strstr(str_cstr(&out.lacking), "before it began"));
	ask_result_fini(&out);
}

IN_TASK(an_answer_in_prose_lacks_nothing)
{
	struct ask_request r = { .question = "why?" };
	struct ask_result out;

	the_model_says(d, "Because.", "");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_int_equal(out.lacking.len, 0);
	ask_result_fini(&out);
}

/* The model was sent the beginning and the end of it. */
IN_TASK(a_file_that_was_sent_in_part_takes_only_edits)
{
	static const char whole[] = "```verilog a.sv\nmodule a;\n  wire x;\nendmodule\n```\n";
	static const char edit[] =
		"a.sv\n<<<<<<< SEARCH\n  wire y;\n=======\n  wire z;\n>>>>>>> REPLACE\n";
	struct strv unseen = STRV_INIT;
	struct place_request r = {
		.by = "outside", .text = whole, .len = strlen(whole), .unseen = &unseen
	};
	struct place_result placed;

	workbench_session(&d->w, SESSION_FULL, NULL);
	tool_write(d->root, "a.sv", "module a;\n  wire x;\n  wire y;\nendmodule\n");
	strv_add(&unseen, "a.sv");
	assert_true(flow_place(&d->w, &r, &placed, NULL));
	assert_int_equal(placed.n, 0);
	assert_int_equal(placed.refused.n, 1);
	assert_non_null(strstr(placed.refused.v[0], "prompt.budget"));
	place_result_fini(&placed);
	r.text = edit;
	r.len = strlen(edit);
	assert_true(flow_place(&d->w, &r, &placed, NULL));
	assert_int_equal(placed.n, 1);
	place_result_fini(&placed);
	strv_free(&unseen);
}

/* Only the request knows which, by its budget. */
IN_TASK(what_the_budget_cut_is_not_replaced)
{
	struct ask_request r = { .question = "shorter" };
	struct ask_result out;
	struct str text = STR_INIT;

	str_adds(&text, "module big;\n");
	for (int i = 0; i < 2000; i++)
		str_addf(&text, "  wire [7:0] wire_number_%d;\n", i);
	str_adds(&text, "endmodule\n");
	tool_write(d->root, "big.sv", str_cstr(&text));
	assert_true(options_set(d->w.options, "prompt.budget", "3000", NULL));
	the_model_says(d, "```verilog big.sv\\nmodule big;\\nendmodule\\n```\\n", "");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_int_equal(out.placed.n, 0);
	assert_int_equal(out.placed.refused.n, 1);
	ask_result_fini(&out);
	str_free(&text);
}

IN_TASK(an_answer_that_breaks_off_leaves_what_came)
{
	struct ask_request r = { .question = "write m" };
	struct ask_result out;
	struct err err;
	const struct exchange *e;

	the_model_says(d, "so far", "error=the line went dead");
	assert_false(flow_ask(&d->w, &r, &out, &err));
	assert_int_equal(err.code, ERR_NET);
	e = state_exchange(session_state(d->w.session), out.ask);
	assert_string_equal(str_cstr(&((struct exchange *)e)->answer), "so far");
	assert_int_equal(e->state, EXCHANGE_FAILED);
	ask_result_fini(&out);
}

/* A question about one line of a proposal: a new proposal for that file replaces the
 * waiting one, and decisions on unchanged lines are kept. */
IN_TASK(a_later_answer_replaces_what_waits_and_keeps_decisions)
{
	static const char base[] = "module m;\n  wire a;\n  wire b;\n  wire c;\nendmodule\n";
	struct ask_request first = { .question = "write m" }, second = { .question = "why?" },
			   other = { .question = "more" };
	struct ask_result out;
	const struct state *st;
	const struct proposal *old, *fresh;
	uint64_t ask, n;
	size_t taken;

	tool_write(d->root, "m.sv", base);
	the_model_says(d,
		       "```verilog m.sv\\nmodule m;\\n  wire aa;\\n  wire b;\\n  wire "
		       "cc;\\nendmodule\\n```\\n",
		       "");
	assert_true(flow_ask(&d->w, &first, &out, NULL));
	assert_int_equal(out.placed.n, 1);
	n = out.placed.suggestions[0];
	ask = out.ask;
	ask_result_fini(&out);
	st = session_state(d->w.session);
	old = state_proposal(st, n);
	assert_int_equal(suggestion_units(old->s), 2);
	assert_true(flow_decide(d->w.session, n, 0, 0, DECISION_TAKEN, NULL));
	assert_true(flow_decide(d->w.session, n, 1, 1, DECISION_REFUSED, NULL));

	/* It is about the second line, for which the answer has another text. */
	the_model_says(d,
		       "```verilog m.sv\\nmodule m;\\n  wire aa;\\n  wire b;\\n  wire "
		       "ccc;\\nendmodule\\n```\\n",
		       "");
	second.about = (struct ask_about){ ask, "m.sv", { "  wire cc;", 10 }, 4 };
	assert_true(flow_ask(&d->w, &second, &out, NULL));
	assert_int_equal(state_proposal(st, n)->state, PROPOSAL_CLOSED);
	fresh = state_proposal(st, out.placed.suggestions[0]);
	assert_int_equal(fresh->state, PROPOSAL_OPEN);
	assert_int_equal(suggestion_unit(fresh->s, 0)->decision, DECISION_TAKEN);
	assert_int_equal(suggestion_unit(fresh->s, 1)->decision, DECISION_OPEN);
	n = fresh->n;
	taken = suggestion_count(fresh->s, DECISION_TAKEN);
	ask_result_fini(&out);

	/* Another question: both wait. The same question again takes the first up. */
	assert_true(flow_ask(&d->w, &other, &out, NULL));
	assert_int_equal(state_proposal(st, n)->state, PROPOSAL_OPEN);
	ask_result_fini(&out);
	assert_true(flow_ask(&d->w, &second, &out, NULL));
	assert_int_equal(state_proposal(st, n)->state, PROPOSAL_CLOSED);
	assert_int_equal(
		suggestion_count(state_proposal(st, out.placed.suggestions[0])->s, DECISION_TAKEN),
		taken);
	n = out.placed.suggestions[0];
	ask_result_fini(&out);

	/* What the user wrote into it is kept. */
	assert_true(flow_amend(d->w.session, n, 1, "  wire mine;", 12, NULL));
	assert_true(flow_ask(&d->w, &second, &out, NULL));
	assert_int_equal(state_proposal(st, n)->state, PROPOSAL_OPEN);
	ask_result_fini(&out);
}

IN_TASK(what_was_asked_stays_with_its_line)
{
	static const char base[] = "a\nb\nend one\nc\nend one\n",
			  text[] = "A\nb\nend two\nc\nend two\n";
	static const char before[] = "x\na\nb\nend one\n", after[] = "x\na\nb\nend two\n";
	struct ask_request r = { .question = "Why?\n\nIt is about a line." };
	struct ask_result out;
	struct suggestion *s =
		suggestion_new("r.sv", false, base, strlen(base), text, strlen(text));
	struct suggestion *moved =
		suggestion_new("r.sv", false, before, strlen(before), after, strlen(after));
	struct str said = STR_INIT;

	the_model_says(d, "Because.", "");
	r.about = (struct ask_about){ 0, "r.sv", { "end two", 7 }, 5 };
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	ask_result_fini(&out);
	for (size_t i = 0; i + 1 < suggestion_units(s); i++)
		assert_false(thread_print(session_state(d->w.session), s, i, &said));
	assert_true(thread_print(session_state(d->w.session), s, suggestion_units(s) - 1, &said));
	assert_string_equal(str_cstr(&said), "you: Why?\n\nm: Because.\n\n");
	assert_true(thread_print(session_state(d->w.session), moved, 0, &said));
	suggestion_free(s);
	suggestion_free(moved);
	str_free(&said);
}

/* Also after it was undone by visiting an earlier moment, and in what is left open. */
IN_TASK(what_was_asked_stays_with_a_line_that_is_rewritten)
{
	static const char base[] = "a\nb\nc\n", text[] = "a\nB one\nc\nB two\n";
	struct ask_request r = { .question = "Why?" };
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct ask_result out;
	struct applied done;
	struct str said = STR_INIT;
	uint64_t n;

	tool_write(d->root, "r.sv", base);
	the_model_says(d, "Because.", "");
	n = propose(d, base, text);
	r.about = (struct ask_about){ 0, "r.sv", { "B two", 5 }, 4 };
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	ask_result_fini(&out);
	assert_true(flow_amend(s, n, 2, "B mine", 6, NULL) &&
		    flow_amend(s, n, 2, "B yours", 7, NULL));
	assert_true(
		thread_print(session_state(s), state_proposal(session_state(s), n)->s, 2, &said));
	assert_string_equal(str_cstr(&said), "you: Why?\n\nm: Because.\n\n");
	assert_false(
		thread_print(session_state(s), state_proposal(session_state(s), n)->s, 1, &said));
	assert_true(flow_decide(s, n, 0, 1, DECISION_TAKEN, NULL) &&
		    flow_apply_decided(s, n, &done, NULL));
	assert_int_equal(done.open, 1);
	assert_true(thread_print(session_state(s), state_proposal(session_state(s), done.rest)->s,
				 0, &said));
	state_is_kept(session_state(s));
	str_free(&said);
}
