/* Decisions on suggestions reach the file, and nothing else does; text typed meanwhile
 * is merged. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/edit.h"
#include "session/journal/state.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_merge.h"
#include "session/review/flow_suggest.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "tests/lib/desk.h"

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

/* Some units are taken, some refused, some left open; then the rest is taken or refused.
 * The file must hold the base with the taken units and nothing else, and each undo
 * restores what was there before. */
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
	for (size_t i = 0; i < suggestion_units(oracle); i++)
		if (suggestion_unit(oracle, i)->decision == DECISION_OPEN)
			suggestion_decide(oracle, i,
					  take_the_rest ? DECISION_TAKEN : DECISION_REFUSED);
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

/* The third file cannot be written: there is a folder in its place. */
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

/* In place, the file holds the proposed text, not the one rewritten in review. */
IN_TASK(a_line_can_be_rewritten_where_it_is_in_place)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct proposed p = { .path = "r.sv",
			      .by = "outside",
			      .in_place = true,
			      .base = { "a\nb\n", 4 },
			      .text = { "a\nc\nd\n", 6 } };
	struct applied done;
	struct merged m;
	uint64_t n;

	tool_write(d->root, "r.sv", "a\nc\nd\n");
	assert_true(flow_suggest(s, &p, &n, NULL));
	assert_int_equal(suggestion_units(state_proposal(session_state(s), n)->s), 3);
	assert_true(flow_amend(s, n, 2, "mine", 4, NULL) &&
		    flow_decide(s, n, 2, 2, DECISION_TAKEN, NULL));
	state_is_kept(session_state(s));
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_equal(m.suggestion, n);
	assert_true(flow_decide(s, n, 0, 0, DECISION_REFUSED, NULL));
	assert_true(flow_apply_decided(s, n, &done, NULL));
	holds(d, "r.sv", "a\nb\nc\nmine\n");
}

/* Undecided lines stay. */
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

	/* The same line was typed and proposed: the user's version stays until they
	 * decide. */
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

	/* The user typed what was proposed: nothing is left to decide. */
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
