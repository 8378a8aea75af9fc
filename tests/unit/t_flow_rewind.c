/* Reviews of several files: suggestions that arrived together are undone together and
 * restored by a rewind. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/proposal_group.h"
#include "session/journal/state.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_merge.h"
#include "session/review/flow_place.h"
#include "session/review/flow_rewind.h"
#include "session/review/flow_suggest.h"
#include "session/workbench/workbench.h"
#include "tests/lib/desk.h"

/* A pair that was split, a line that was rewritten, a name: open again in their old
 * state, and so is what is taken of them. */
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

/* In place, the file holds the first proposal, not its rewritten text. */
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

/* Without a question, proposals that arrived together form one review, also if the first
 * of them is merged meanwhile; two diffs form two. */
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

/* What was applied together is undone in one step, wherever undo is called; a file that
 * was changed since is left alone. */
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
