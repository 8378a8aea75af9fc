/* What the session does with a question and what is decided on its suggestions,
 * with ports that answer as they are told. */
#include "config.h"

#include "tests/lib/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/ask/flow_ask.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/proposal_group.h"
#include "session/journal/state.h"
#include "session/journal/thread.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_merge.h"
#include "session/review/flow_place.h"
#include "session/review/flow_rewind.h"
#include "session/review/flow_suggest.h"
#include "session/review/proposals.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "tests/lib/desk.h"

/* Asking ---------------------------------------------------------------------------- */

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

IN_TASK(the_whole_files_of_a_cut_answer_are_applied)
{
	struct ask_request r = { .question = "write both" };
	struct ask_result out;

	workbench_session(&d->w, SESSION_FULL, NULL);
	the_model_says(d,
		       "```verilog a.sv\\nmodule a;\\nendmodule\\n```\\n```verilog b.sv\\nmodule "
		       "b;\\n  wire x",
		       "finish=length");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_int_equal(out.placed.n, 2);
	assert_false(proposals_whole(d->w.session, &out.placed));
	assert_non_null(strstr(str_cstr(&out.lacking), "cut off"));
	assert_true(proposals_apply(&d->w, &out.placed, "test", NULL));
	holds(d, "a.sv", "module a;\nendmodule\n");
	holds(d, "b.sv", "(none)");
	ask_result_fini(&out);
}

IN_TASK(what_is_cut_off_behind_a_file_leaves_it_whole)
{
	struct ask_request r = { .question = "write a" };
	struct ask_result out;

	workbench_session(&d->w, SESSION_FULL, NULL);
	the_model_says(d, "```verilog a.sv\\nmodule a;\\nendmodule\\n```\\nIt does noth",
		       "finish=length");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_true(proposals_whole(d->w.session, &out.placed));
	assert_true(proposals_apply(&d->w, &out.placed, "test", NULL));
	holds(d, "a.sv", "module a;\nendmodule\n");
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

/* The request's budget says which: nobody but the prompt knows. */
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

/* Deciding ---------------------------------------------------------------------------- */

static void random_text(struct str *out, unsigned *seed, int lines)
{
	for (int i = 0; i < lines; i++)
		str_addf(out, "  wire w%d;\n", (int)(rand_r(seed) % 9));
}

static void text_now(struct session *s, struct str *out)
{
	str_clear(out);
	text_get_all(edit_open(s, "r.sv", false, NULL)->text, out);
}

/* Some units are taken, some refused, some left; then the rest is taken, or
 * refused. The file must hold the base with what was taken and nothing else,
 * and one undo each gives back what was there. */
static void one_review(struct desk *d, unsigned started)
{
	unsigned seed = started;
	static const enum decision decisions[] = { DECISION_OPEN, DECISION_TAKEN,
						   DECISION_REFUSED };
	struct str base = STR_INIT, text = STR_INIT, now = STR_INIT, first = STR_INIT,
		   second = STR_INIT;
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	bool take_the_rest = rand_r(&seed) % 2;
	struct suggestion *oracle;
	struct applied a;
	struct err err;
	uint64_t n;

	random_text(&base, &seed, (int)(rand_r(&seed) % 12));
	random_text(&text, &seed, (int)(rand_r(&seed) % 12));
	tool_write(d->root, "r.sv", str_cstr(&base));
	if (state_doc(session_state(s), "r.sv"))
		assert_true(edit_reload(s, "r.sv", NULL));
	n = propose(d, str_cstr(&base), str_cstr(&text));
	oracle =
		suggestion_new("r.sv", false, str_cstr(&base), base.len, str_cstr(&text), text.len);
	for (size_t i = 0; i < suggestion_units(oracle); i++) {
		char line[24];

		if (rand_r(&seed) % 4 == 0 && suggestion_split(oracle, i))
			assert_true(flow_split(s, n, i, NULL));
		snprintf(line, sizeof(line), "  wire mine%d;", (int)(rand_r(&seed) % 9));
		if (rand_r(&seed) % 8 == 0 && suggestion_amend(oracle, i, line, strlen(line)))
			assert_true(flow_amend(s, n, i, line, strlen(line), NULL));
	}
	for (size_t i = 0; i < suggestion_units(oracle); i++) {
		int pick = (int)(rand_r(&seed) % 3);

		suggestion_decide(oracle, i, decisions[pick]);
		assert_true(flow_decide(s, n, i, i, decisions[pick], NULL));
	}
	suggestion_compose(oracle, &first);
	if (suggestion_count(oracle, DECISION_OPEN) == suggestion_units(oracle)) {
		assert_false(flow_apply_decided(s, n, &a, &err)); /* nothing is decided */
		goto out;
	}
	suggestion_decide_all(oracle, take_the_rest ? DECISION_TAKEN : DECISION_REFUSED);
	suggestion_compose(oracle, &second);

	if (!flow_apply_decided(s, n, &a, &err))
		fail_msg("seed %u: %s", started, err.text);
	assert_int_equal(a.taken + a.refused + a.open, suggestion_units(oracle));
	assert_int_equal(a.open > 0, a.rest != 0);
	text_now(s, &now);
	assert_string_equal(str_cstr(&now), str_cstr(&first));
	holds(d, "r.sv", str_cstr(&first));
	if (a.rest) {
		const struct proposal *rest = state_proposal(session_state(s), a.rest);
		size_t units = suggestion_units(rest->s);

		assert_true(flow_decide(s, a.rest, 0, units - 1,
					take_the_rest ? DECISION_TAKEN : DECISION_REFUSED, NULL));
		assert_true(flow_apply_decided(s, a.rest, &a, NULL));
		assert_int_equal(a.open, 0);
		text_now(s, &now);
		assert_string_equal(str_cstr(&now), str_cstr(&second));
	}
	holds(d, "r.sv", str_cstr(&second));
	while (strcmp(str_cstr(&now), str_cstr(&base)) != 0) {
		size_t before = state_doc(session_state(s), "r.sv")->current;

		assert_true(edit_undo(s, "r.sv", NULL));
		assert_int_not_equal(before, state_doc(session_state(s), "r.sv")->current);
		text_now(s, &now);
	}
out:
	suggestion_free(oracle);
	str_free(&base);
	str_free(&text);
	str_free(&now);
	str_free(&first);
	str_free(&second);
}

IN_TASK(only_what_was_taken_reaches_the_file)
{
	for (unsigned seed = 1; seed <= 150; seed++)
		one_review(d, seed);
}

/* A line of the answer is asked about; what comes then for that file replaces
 * what waits, and decisions on lines that are the same stay. */
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

	/* About the second line, and the answer has another text for it. */
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

	/* What the person wrote into it is not thrown away. */
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

/* Also once it is undone by a look at what was, and in what is left open. */
IN_TASK(what_was_asked_stays_with_a_line_that_is_rewritten)
{
	static const char base[] = "a\nb\nc\n", text[] = "a\nB one\nc\nB two\n";
	struct ask_request r = { .question = "Why?" };
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct ask_result out;
	struct applied done;
	struct state again;
	struct str said = STR_INIT, stored = STR_INIT, twice = STR_INIT;
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

	state_write(session_state(s), &stored);
	state_init(&again);
	assert_true(state_read(&again, str_cstr(&stored), stored.len, NULL));
	state_write(&again, &twice);
	assert_string_equal(str_cstr(&twice), str_cstr(&stored));
	state_fini(&again);
	str_free(&said);
	str_free(&stored);
	str_free(&twice);
}

/* The third file cannot be written: a folder stands in its place. */
IN_TASK(several_files_are_written_together_or_not_at_all)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	static const char *const paths[] = { "one.sv", "new.sv", "three.sv" };
	struct applied done[3];
	char *blocked = path_join(d->root, "three.sv"), *fresh = path_join(d->root, "new.sv");
	uint64_t v[3];
	struct err err;

	tool_write(d->root, "one.sv", "a\nb\n");
	for (int i = 0; i < 3; i++) {
		struct proposed p = { .path = paths[i],
				      .by = "test",
				      .new_file = i > 0,
				      .base = { "", 0 },
				      .text = { "a\nc\n", 4 } };

		if (i == 0)
			p.base = (struct bytes){ "a\nb\n", 4 };
		assert_true(flow_suggest(s, &p, &v[i], NULL));
		assert_true(flow_take_open(s, v[i], NULL));
	}
	assert_non_null(edit_open(s, "three.sv", true, NULL));
	assert_true(file_make_dirs(blocked, 0755, NULL));
	assert_false(flow_apply_together(s, v, 3, "test", NULL, done, &err));
	assert_int_equal(err.code, ERR_CONFLICT); /* it was not there when it was opened */
	holds(d, "one.sv", "a\nb\n");
	assert_false(file_exists(fresh));
	for (int i = 0; i < 3; i++) {
		const struct proposal *p = state_proposal(session_state(s), v[i]);

		assert_int_equal(p->state, PROPOSAL_OPEN);
		assert_int_equal(suggestion_count(p->s, DECISION_OPEN), 0);
		assert_false(doc_unsaved(session_doc(s, paths[i])));
	}
	assert_int_equal(rmdir(blocked), 0);
	assert_true(flow_apply_together(s, v, 3, "test", NULL, done, &err));
	for (int i = 0; i < 3; i++) {
		assert_true(done[i].saved);
		holds(d, paths[i], "a\nc\n");
	}
	free(blocked);
	free(fresh);
}

/* What Enter does: taken lines are written, refused ones closed, undecided ones
 * wait; one undo step; saved only where nothing was unsaved. */
IN_TASK(enter_does_with_each_decision_what_was_said)
{
	static const struct {
		const char *decided; /* of the two lines that are added */
		const char *text;
		size_t taken, refused, open;
	} cases[] = {
		{ "yy", "x\na\nb\n", 2, 0, 0 }, { "yn", "x\na\n", 1, 1, 0 },
		{ "y?", "x\na\n", 1, 0, 1 },	{ "nn", "x\n", 0, 2, 0 },
		{ "n?", "x\n", 0, 1, 1 },	{ "??", NULL, 0, 0, 2 },
	};
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	static const enum decision words[] = {
		['y'] = DECISION_TAKEN, ['n'] = DECISION_REFUSED, ['?'] = DECISION_OPEN
	};

	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(*cases); i++) {
		bool unsaved = i & 1;
		const char *want = cases[i / 2].text, *base = unsaved ? "// t\nx\n" : "x\n";
		char *path = str_fmt("r%zu.sv", i),
		     *whole = str_fmt("%s%s", unsaved ? "// t\n" : "", want ? want : "x\n");
		char *all = str_fmt("%sa\nb\n", base);
		struct proposed p = { .path = path,
				      .by = "test",
				      .base = { base, strlen(base) },
				      .text = { all, strlen(all) } };
		struct change typed = { 0, 0, { "// t\n", 5 } };
		struct str now = STR_INIT;
		struct applied done;
		struct err err;
		uint32_t before;
		uint64_t n;

		tool_write(d->root, path, "x\n");
		assert_non_null(edit_open(s, path, false, NULL));
		assert_true(!unsaved || edit_change(s, path, &typed, 1, BY_YOU, NULL));
		assert_true(flow_suggest(s, &p, &n, NULL));
		for (size_t k = 0; k < 2; k++)
			assert_true(flow_decide(
				s, n, k, k, words[(unsigned char)cases[i / 2].decided[k]], NULL));
		before = session_doc(s, path)->current;
		assert_int_equal(flow_apply_decided(s, n, &done, &err), want != NULL);
		assert_int_equal(done.taken, cases[i / 2].taken);
		assert_int_equal(done.refused, cases[i / 2].refused);
		assert_int_equal(done.open, cases[i / 2].open);
		assert_int_equal(done.saved, done.taken && !unsaved);
		assert_int_equal(done.rest != 0, want && done.open);
		assert_int_equal(state_proposal(session_state(s), n)->state,
				 !want	      ? PROPOSAL_OPEN
				 : done.taken ? PROPOSAL_APPLIED
					      : PROPOSAL_CLOSED);
		text_get_all(session_doc(s, path)->text, &now);
		assert_string_equal(str_cstr(&now), whole);
		holds(d, path, done.saved ? whole : "x\n");
		if (done.taken)
			assert_true(edit_undo(s, path, NULL));
		assert_int_equal(session_doc(s, path)->current, before);
		str_free(&now);
		free(path);
		free(whole);
		free(all);
	}
}

/* In place the file holds what was proposed, not what was rewritten in review. */
IN_TASK(a_line_can_be_rewritten_where_it_is_in_place)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct proposed p = { .path = "r.sv",
			      .by = "outside",
			      .in_place = true,
			      .base = { "a\nb\n", 4 },
			      .text = { "a\nc\nd\n", 6 } };
	struct str stored = STR_INIT, twice = STR_INIT;
	struct state again;
	struct applied done;
	struct merged m;
	uint64_t n;

	tool_write(d->root, "r.sv", "a\nc\nd\n");
	assert_true(flow_suggest(s, &p, &n, NULL));
	assert_int_equal(suggestion_units(state_proposal(session_state(s), n)->s), 3);
	assert_true(flow_amend(s, n, 2, "mine", 4, NULL) &&
		    flow_decide(s, n, 2, 2, DECISION_TAKEN, NULL));
	state_write(session_state(s), &stored);
	state_init(&again);
	assert_true(state_read(&again, str_cstr(&stored), stored.len, NULL));
	state_write(&again, &twice);
	assert_string_equal(str_cstr(&twice), str_cstr(&stored));
	state_fini(&again);
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_equal(m.suggestion, n);
	assert_true(flow_decide(s, n, 0, 0, DECISION_REFUSED, NULL));
	assert_true(flow_apply_decided(s, n, &done, NULL));
	holds(d, "r.sv", "a\nb\nc\nmine\n");
	str_free(&stored);
	str_free(&twice);
}

/* What nobody decided on stays. */
IN_TASK(a_file_without_a_decision_is_left_alone)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct applied done[2];
	uint64_t v[2];
	struct err err;

	tool_write(d->root, "r.sv", "a\nb\n");
	v[0] = propose(d, "a\nb\n", "a\nc\n");
	v[1] = propose(d, "a\nb\n", "a\nx\n");
	assert_false(flow_apply_together(s, v, 2, "test", NULL, done, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_true(flow_take_open(s, v[1], NULL));
	assert_true(flow_apply_together(s, v, 2, "test", NULL, done, &err));
	assert_int_equal(done[0].taken + done[0].refused, 0);
	assert_int_equal(state_proposal(session_state(s), v[0])->state, PROPOSAL_OPEN);
	holds(d, "r.sv", "a\nx\n");
}

IN_TASK(a_text_that_changed_since_is_not_overwritten)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	struct applied a;
	struct err err;
	uint64_t n;

	tool_write(d->root, "r.sv", "a\nb\n");
	n = propose(d, "a\nb\n", "a\nc\n");
	assert_true(flow_decide(s, n, 0, 0, DECISION_TAKEN, NULL));
	assert_non_null(edit_open(s, "r.sv", false, NULL));
	assert_true(edit_change(s, "r.sv", &typed, 1, BY_YOU, NULL));
	assert_false(flow_apply_decided(s, n, &a, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_false(flow_apply(s, n, "test", &err));
	holds(d, "r.sv", "a\nb\n");
	assert_int_equal(state_proposal(session_state(s), n)->state, PROPOSAL_OPEN);
}

static void type_into(struct session *s, size_t off, size_t removed, const char *text)
{
	struct change c = { off, removed, { text, strlen(text) } };

	assert_non_null(edit_open(s, "r.sv", false, NULL));
	assert_true(edit_change(s, "r.sv", &c, 1, BY_YOU, NULL));
}

IN_TASK(what_was_typed_and_what_is_proposed_are_merged)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct str now = STR_INIT;
	struct applied a;
	struct merged m;
	struct err err;
	uint64_t n;

	tool_write(d->root, "r.sv", "a\nb\nc\nd\n");
	n = propose(d, "a\nb\nc\nd\n", "a\nb!\nc\nd!\n");
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_equal(m.suggestion, n);
	assert_true(flow_decide(s, n, 0, 0, DECISION_TAKEN, NULL));
	type_into(s, 0, 0, "mine\n");
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_not_equal(m.suggestion, n);
	assert_int_equal(m.overlaps, 0);
	assert_int_equal(state_proposal(session_state(s), n)->state, PROPOSAL_CLOSED);
	assert_false(flow_merge(s, n, &m, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	n = session_state(s)->proposals[session_state(s)->n_proposals - 1]->n;
	assert_int_equal(suggestion_count(state_proposal(session_state(s), n)->s, DECISION_TAKEN),
			 1);
	assert_true(flow_apply_decided(s, n, &a, NULL));
	text_now(s, &now);
	assert_string_equal(str_cstr(&now), "mine\na\nb!\nc\nd\n");

	/* The same line, typed and proposed: the person's stands until they decide. */
	n = a.rest;
	type_into(s, 12, 1, "other");
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_equal(m.overlaps, 1);
	text_now(s, &now);
	assert_string_equal(str_cstr(&now), "mine\na\nb!\nc\nother\n");
	assert_true(
		flow_decide(s, m.suggestion, 0,
			    suggestion_units(state_proposal(session_state(s), m.suggestion)->s) - 1,
			    DECISION_REFUSED, NULL));
	assert_true(flow_apply_decided(s, m.suggestion, &a, NULL));
	text_now(s, &now);
	assert_string_equal(str_cstr(&now), "mine\na\nb!\nc\nother\n");

	/* Typed as proposed: nothing is left to decide. */
	n = propose(d, str_cstr(&now), "mine\na\nb!\nc\nother\nend\n");
	type_into(s, now.len, 0, "end\n");
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_equal(m.suggestion, 0);
	assert_int_equal(state_proposal(session_state(s), n)->state, PROPOSAL_CLOSED);
	str_free(&now);
}

IN_TASK(a_decision_on_what_is_not_there_is_refused)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct err err;
	uint64_t n = propose(d, "a\n", "b\n");

	size_t units = suggestion_units(state_proposal(session_state(s), n)->s);

	assert_false(flow_decide(s, n, 0, units, DECISION_TAKEN, &err));
	assert_false(flow_decide(s, n + 1000, 0, 0, DECISION_TAKEN, &err));
	assert_false(flow_amend(s, n, units, "x", 1, &err));
	assert_false(flow_amend(s, n, units - 1, "two\nlines", 9, &err));
	assert_int_equal(suggestion_count(state_proposal(session_state(s), n)->s, DECISION_OPEN),
			 units);
}

/* Rewinding ---------------------------------------------------------------------------- */

/* A pair that was split, a line that was rewritten, a name: open again as they
 * were, and so is what is taken of them. */
IN_TASK(a_rewind_brings_decisions_back_as_they_were)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	static const char base[] = "one\nthe old line\nthree\n";
	const struct state *st = session_state(s);
	const struct proposal *p;
	struct rewound out;
	struct applied done;
	uint64_t n, then;

	tool_write(d->root, "r.sv", base);
	n = propose(d, base, "one\nthe new line\nthree\nfour\n");
	p = state_proposal(st, n);
	assert_int_equal(suggestion_units(p->s), 2);
	assert_true(flow_split(s, n, 0, NULL));
	assert_true(flow_decide(s, n, 0, 0, DECISION_REFUSED, NULL) &&
		    flow_decide(s, n, 1, 1, DECISION_TAKEN, NULL));
	assert_true(flow_amend(s, n, 2, "vier", 4, NULL));
	then = st->n;
	assert_true(flow_apply_decided(s, n, &done, NULL));
	holds(d, "r.sv", "one\nthe old line\nthe new line\nthree\n");
	p = state_proposal(st, done.rest); /* what was rewritten stays the person's in the rest */
	assert_int_equal(p->amended.n, 1);

	assert_true(flow_rewind(s, then, &out, NULL));
	assert_int_equal(out.suggestions, 2);
	rewound_fini(&out);
	holds(d, "r.sv", base);
	p = st->proposals[st->n_proposals - 1];
	assert_int_equal(p->state, PROPOSAL_OPEN);
	assert_int_equal(suggestion_units(p->s), 3);
	assert_int_equal(suggestion_unit(p->s, 0)->kind, UNIT_REMOVED);
	assert_int_equal(suggestion_unit(p->s, 0)->decision, DECISION_REFUSED);
	assert_int_equal(suggestion_unit(p->s, 1)->kind, UNIT_ADDED);
	assert_int_equal(suggestion_unit(p->s, 1)->decision, DECISION_TAKEN);
	assert_int_equal(suggestion_unit(p->s, 2)->decision, DECISION_OPEN);
	assert_int_equal(p->amended.n, 1);
	assert_string_equal(p->amended.v[0], "vier");
	assert_true(flow_apply_decided(s, p->n, &done, NULL));
	holds(d, "r.sv", "one\nthe old line\nthe new line\nthree\n");
}

/* In place the file holds what was proposed first, not what it was rewritten to. */
IN_TASK(a_rewind_rewrites_again_what_stands_in_the_file)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	const struct state *st = session_state(s);
	struct proposed p = { .path = "r.sv",
			      .by = "outside",
			      .in_place = true,
			      .base = { "a\nb\n", 4 },
			      .text = { "a\nc\nd\n", 6 } };
	struct applied done;
	struct rewound out;
	uint64_t n, then;

	tool_write(d->root, "r.sv", "a\nc\nd\n");
	assert_true(flow_suggest(s, &p, &n, NULL));
	assert_true(flow_decide(s, n, 0, 1, DECISION_TAKEN, NULL));
	assert_true(flow_amend(s, n, 2, "mine", 4, NULL) &&
		    flow_decide(s, n, 2, 2, DECISION_TAKEN, NULL));
	then = st->n;
	assert_true(flow_apply_decided(s, n, &done, NULL));
	holds(d, "r.sv", "a\nc\nmine\n");
	assert_true(flow_rewind(s, then, &out, NULL));
	rewound_fini(&out);
	holds(d, "r.sv", "a\nc\nd\n");
	n = st->proposals[st->n_proposals - 1]->n;
	assert_true(flow_apply_check(s, n, NULL));
	assert_true(flow_apply_decided(s, n, &done, NULL));
	holds(d, "r.sv", "a\nc\nmine\n");
}

/* Without a question it is what came together that is one review, also when the
 * first of it is merged meanwhile; two diffs are two. */
IN_TASK(what_came_together_is_one_review)
{
	static const char one[] = "--- a/one.sv\n+++ b/one.sv\n@@ -1 +1 @@\n-a\n+b\n--- "
				  "a/two.sv\n+++ b/two.sv\n@@ -1 +1 @@\n-a\n+b\n";
	static const char other[] = "--- a/three.sv\n+++ b/three.sv\n@@ -1 +1 @@\n-a\n+b\n";
	static const char *const paths[] = { "one.sv", "two.sv", "three.sv" };
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	const struct state *st = session_state(s);
	struct place_request r = { .by = "outside", .text = one, .len = strlen(one) };
	struct place_result placed;
	struct merged m;
	uint64_t first, *group;

	for (int i = 0; i < 3; i++)
		tool_write(d->root, paths[i], "a\n");
	assert_true(flow_place(&d->w, &r, &placed, NULL));
	assert_int_equal(placed.n, 2);
	first = placed.suggestions[0];
	place_result_fini(&placed);
	r.text = other;
	r.len = strlen(other);
	assert_true(flow_place(&d->w, &r, &placed, NULL));
	assert_int_equal(proposals_of_answer(st, state_proposal(st, placed.suggestions[0]), &group),
			 1);
	free(group);
	assert_int_equal(proposals_of_answer(st, state_proposal(st, first), &group), 2);
	free(group);
	place_result_fini(&placed);
	assert_non_null(edit_open(s, "one.sv", false, NULL));
	assert_true(edit_change(s, "one.sv", &typed, 1, BY_YOU, NULL));
	assert_true(flow_merge(s, first, &m, NULL));
	assert_int_not_equal(m.suggestion, first);
	assert_int_equal(proposals_of_answer(st, state_proposal(st, m.suggestion), &group), 2);
	free(group);
}

/* What was applied together is one step of undo, wherever that is asked for; a
 * file in which something else was done since stays as it is. */
IN_TASK(an_application_is_undone_as_one)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	static const char *const paths[] = { "one.sv", "two.sv", "three.sv" };
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	struct applied done[3];
	uint64_t v[3];

	for (int i = 0; i < 3; i++) {
		struct proposed p = {
			.path = paths[i], .by = "test", .base = { "a\n", 2 }, .text = { "b\n", 2 }
		};

		tool_write(d->root, paths[i], "a\n");
		assert_true(flow_suggest(s, &p, &v[i], NULL) && flow_take_open(s, v[i], NULL));
	}
	assert_true(flow_apply_decided(s, v[2], done, NULL)); /* alone */
	assert_true(flow_apply_together(s, v, 2, "test", NULL, done, NULL));
	for (int i = 0; i < 2; i++) {
		assert_true(edit_same_step(s, session_doc(s, "one.sv"), session_doc(s, "two.sv")));
		assert_false(
			edit_same_step(s, session_doc(s, "one.sv"), session_doc(s, "three.sv")));
		assert_true(edit_undo(s, paths[i], NULL));
		for (int k = 0; k < 3; k++)
			assert_int_equal(doc_unsaved(session_doc(s, paths[k])), k < 2);
		assert_true(edit_redo(s, paths[1 - i], NULL));
		for (int k = 0; k < 3; k++)
			assert_false(doc_unsaved(session_doc(s, paths[k])));
	}
	assert_true(edit_change(s, "two.sv", &typed, 1, BY_YOU, NULL));
	assert_true(edit_undo(s, "one.sv", NULL) && edit_save(s, "one.sv", false, NULL) &&
		    edit_save(s, "two.sv", false, NULL));
	holds(d, "one.sv", "a\n");
	holds(d, "two.sv", "// mine\nb\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_question_ends_in_suggestions_and_writes_nothing),
		TEST(a_cut_answer_is_kept_and_never_applied_by_itself),
		TEST(the_whole_files_of_a_cut_answer_are_applied),
		TEST(what_is_cut_off_behind_a_file_leaves_it_whole),
		TEST(an_answer_without_text_says_why),
		TEST(an_answer_in_prose_lacks_nothing),
		TEST(a_file_that_was_sent_in_part_takes_only_edits),
		TEST(what_the_budget_cut_is_not_replaced),
		TEST(an_answer_that_breaks_off_leaves_what_came),
		TEST(a_later_answer_replaces_what_waits_and_keeps_decisions),
		TEST(what_was_asked_stays_with_its_line),
		TEST(what_was_asked_stays_with_a_line_that_is_rewritten),
		TEST(several_files_are_written_together_or_not_at_all),
		TEST(enter_does_with_each_decision_what_was_said),
		TEST(a_line_can_be_rewritten_where_it_is_in_place),
		TEST(what_came_together_is_one_review),
		TEST(an_application_is_undone_as_one),
		TEST(a_rewind_brings_decisions_back_as_they_were),
		TEST(a_rewind_rewrites_again_what_stands_in_the_file),
		TEST(a_file_without_a_decision_is_left_alone),
		TEST(only_what_was_taken_reaches_the_file),
		TEST(a_text_that_changed_since_is_not_overwritten),
		TEST(what_was_typed_and_what_is_proposed_are_merged),
		TEST(a_decision_on_what_is_not_there_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
