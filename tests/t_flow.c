/* What the session does with a question, a suggestion, findings and runs, with
 * ports that answer as they are told; and how commands read their arguments. */
#include "config.h"

#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backends/backends.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/cmd.h"
#include "session/design.h"
#include "session/diag.h"
#include "session/doc.h"
#include "session/edit.h"
#include "session/flow_apply.h"
#include "session/flow_ask.h"
#include "session/flow_hardware.h"
#include "session/flow_lint.h"
#include "session/flow_merge.h"
#include "session/flow_rewind.h"
#include "session/flow_sim.h"
#include "session/flow_suggest.h"
#include "session/lint_memo.h"
#include "session/opt.h"
#include "session/project.h"
#include "session/state.h"
#include "session/text.h"
#include "session/thread.h"
#include "session/text_memo.h"
#include "session/workbench.h"
#include "sim/sim.h"
#include "tests/tool.h"

static const struct backend_ops *const backends[] = { &backend_fake, NULL };
static const struct simulator_ops *const simulators[] = { &simulator_fake, NULL };
static const struct ports ports = { .backends = backends, .simulators = simulators };

struct desk {
	struct workbench w;
	struct loop *loop;
	char *root;
	struct str text, notes;
};

static void hear_text(void *ctx, const char *text, size_t len)
{
	str_add(&((struct desk *)ctx)->text, text, len);
}

static void hear_note(void *ctx, const char *line)
{
	str_addf(&((struct desk *)ctx)->notes, "%s\n", line);
}

static void hear_json(void *ctx, const char *line, size_t len)
{
}

static int set_up(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	d->loop = loop_new(NULL);
	d->root = tool_folder();
	workbench_init(&d->w, d->loop, d->root, &ports);
	d->w.out = (struct report){ hear_text, hear_note, hear_json, d, false };
	assert_true(options_set(d->w.options, "engine", "fake", NULL));
	setenv("POSEDGE_FAKE_LINT", "", 1);
	setenv("POSEDGE_FAKE_RUN", "", 1);
	setenv("POSEDGE_FAKE_ELABORATE", "", 1);
	*state = d;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *d = *state;

	/* A check that failed has left its task for good: nothing can be ended. */
	if (task_count(d->loop))
		return 0;
	workbench_fini(&d->w);
	while (task_count(d->loop))
		loop_turn(d->loop, false);
	loop_free(d->loop);
	tool_folder_remove(d->root);
	str_free(&d->text);
	str_free(&d->notes);
	free(d);
	return 0;
}

/* Everything below happens in one task, as in the program. */
struct in_task {
	void (*fn)(struct desk *d);
	struct desk *d;
	bool done;
};

static void task_body(void *ctx)
{
	struct in_task *t = ctx;

	t->fn(t->d);
	t->done = true;
}

static void in_task(struct desk *d, void (*fn)(struct desk *d))
{
	struct in_task t = { fn, d, false };

	task_start(d->loop, task_body, &t);
	loop_run_until(d->loop, &t.done);
	while (task_count(d->loop))
		loop_turn(d->loop, false);
}

#define IN_TASK(name)                                                                                       \
	static void name##_inside(struct desk *d);                                                          \
	static void name(void **state)                                                                      \
	{                                                                                                   \
		in_task(*state, name##_inside);                                                             \
	}                                                                                                   \
	static void name##_inside(struct desk *d)

static void the_model_says(struct desk *d, const char *text, const char *more)
{
	char *option = str_fmt("text=%s", text), *second = mem_strdup(more), *options[] = { option, NULL, NULL };
	struct backend_entry b = { .name = "m", .protocol = "fake", .options = options };

	options[1] = second && *second ? second : NULL;
	assert_true(workbench_add_backend(&d->w, &b, NULL));
	assert_true(options_set(d->w.options, "backend", "m", NULL));
	free(option);
	free(second);
}

static char *on_disk(struct desk *d, const char *name)
{
	char *path = path_join(d->root, name);
	struct str s = STR_INIT;

	if (!file_read(path, 0, &s, NULL))
		str_adds(&s, "(none)");
	free(path);
	return str_take(&s);
}

static void holds(struct desk *d, const char *name, const char *want)
{
	char *now = on_disk(d, name);

	assert_string_equal(now, want);
	free(now);
}

/* Asking ---------------------------------------------------------------------------- */

IN_TASK(a_question_ends_in_suggestions_and_writes_nothing)
{
	struct ask_request r = { .question = "write m" };
	struct ask_result out;
	struct session *s;

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	the_model_says(d, "Here:\\n```verilog m.sv\\nmodule m;\\n  wire a;\\nendmodule\\n```\\n", "pieces=3");
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

static uint64_t propose(struct desk *d, const char *base, const char *text)
{
	struct proposed p = { .path = "r.sv", .by = "test", .base = { base, strlen(base) },
			      .text = { text, strlen(text) } };
	uint64_t n;

	assert_true(flow_suggest(workbench_session(&d->w, SESSION_FULL, NULL), &p, &n, NULL));
	return n;
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
	static const char *const words[] = { "open", "take", "refuse" };
	static const enum decision decisions[] = { DECISION_OPEN, DECISION_TAKEN, DECISION_REFUSED };
	struct str base = STR_INIT, text = STR_INIT, now = STR_INIT, first = STR_INIT, second = STR_INIT;
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
	oracle = suggestion_new("r.sv", false, str_cstr(&base), base.len, str_cstr(&text), text.len);
	for (size_t i = 0; i < suggestion_units(oracle); i++) {
		char line[24];

		if (rand_r(&seed) % 4 == 0 && suggestion_split(oracle, i))
			assert_true(flow_decide(s, n, i, i, "split", NULL));
		snprintf(line, sizeof(line), "  wire mine%d;", (int)(rand_r(&seed) % 9));
		if (rand_r(&seed) % 8 == 0 && suggestion_amend(oracle, i, line, strlen(line)))
			assert_true(flow_amend(s, n, i, line, strlen(line), NULL));
	}
	for (size_t i = 0; i < suggestion_units(oracle); i++) {
		int pick = (int)(rand_r(&seed) % 3);

		suggestion_decide(oracle, i, decisions[pick]);
		assert_true(flow_decide(s, n, i, i, words[pick], NULL));
	}
	suggestion_compose(oracle, &first);
	if (suggestion_count(oracle, DECISION_OPEN) == suggestion_units(oracle)) {
		assert_false(flow_apply_decided(s, n, &a, &err));	/* nothing is decided */
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

		assert_true(flow_decide(s, a.rest, 0, units - 1, take_the_rest ? "take" : "refuse", NULL));
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
	struct ask_request first = { .question = "write m" }, second = { .question = "why?" }, other = { .question = "more" };
	struct ask_result out;
	const struct state *st;
	const struct proposal *old, *fresh;
	uint64_t ask, n;
	size_t taken;

	tool_write(d->root, "m.sv", base);
	the_model_says(d, "```verilog m.sv\\nmodule m;\\n  wire aa;\\n  wire b;\\n  wire cc;\\nendmodule\\n```\\n", "");
	assert_true(flow_ask(&d->w, &first, &out, NULL));
	assert_int_equal(out.placed.n, 1);
	n = out.placed.suggestions[0];
	ask = out.ask;
	ask_result_fini(&out);
	st = session_state(d->w.session);
	old = state_proposal(st, n);
	assert_int_equal(suggestion_units(old->s), 2);
	assert_true(flow_decide(d->w.session, n, 0, 0, "take", NULL));
	assert_true(flow_decide(d->w.session, n, 1, 1, "refuse", NULL));

	/* About the second line, and the answer has another text for it. */
	the_model_says(d, "```verilog m.sv\\nmodule m;\\n  wire aa;\\n  wire b;\\n  wire ccc;\\nendmodule\\n```\\n", "");
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
	assert_int_equal(suggestion_count(state_proposal(st, out.placed.suggestions[0])->s, DECISION_TAKEN), taken);
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
	static const char base[] = "a\nb\nend one\nc\nend one\n", text[] = "A\nb\nend two\nc\nend two\n";
	static const char before[] = "x\na\nb\nend one\n", after[] = "x\na\nb\nend two\n";
	struct ask_request r = { .question = "Why?\n\nIt is about a line." };
	struct ask_result out;
	struct suggestion *s = suggestion_new("r.sv", false, base, strlen(base), text, strlen(text));
	struct suggestion *moved = suggestion_new("r.sv", false, before, strlen(before), after, strlen(after));
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
	assert_true(flow_amend(s, n, 2, "B mine", 6, NULL) && flow_amend(s, n, 2, "B yours", 7, NULL));
	assert_true(thread_print(session_state(s), state_proposal(session_state(s), n)->s, 2, &said));
	assert_string_equal(str_cstr(&said), "you: Why?\n\nm: Because.\n\n");
	assert_false(thread_print(session_state(s), state_proposal(session_state(s), n)->s, 1, &said));
	assert_true(flow_decide(s, n, 0, 1, "take", NULL) && flow_apply_decided(s, n, &done, NULL));
	assert_int_equal(done.open, 1);
	assert_true(thread_print(session_state(s), state_proposal(session_state(s), done.rest)->s, 0, &said));

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
		struct proposed p = { .path = paths[i], .by = "test", .new_file = i > 0, .base = { "", 0 },
				      .text = { "a\nc\n", 4 } };

		if (i == 0)
			p.base = (struct bytes){ "a\nb\n", 4 };
		assert_true(flow_suggest(s, &p, &v[i], NULL));
		assert_true(flow_take_open(s, v[i], NULL));
	}
	assert_non_null(edit_open(s, "three.sv", true, NULL));
	assert_true(file_make_dirs(blocked, 0755, NULL));
	assert_false(flow_apply_together(s, v, 3, "test", NULL, done, &err));
	assert_int_equal(err.code, ERR_CONFLICT);	/* it was not there when it was opened */
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
		const char *decided;	/* of the two lines that are added */
		const char *text;
		size_t taken, refused, open;
	} cases[] = {
		{ "yy", "x\na\nb\n", 2, 0, 0 }, { "yn", "x\na\n", 1, 1, 0 }, { "y?", "x\na\n", 1, 0, 1 },
		{ "nn", "x\n", 0, 2, 0 },	 { "n?", "x\n", 0, 1, 1 },	{ "??", NULL, 0, 0, 2 },
	};
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	static const char *const words[] = { ['y'] = "take", ['n'] = "refuse", ['?'] = "open" };

	for (size_t i = 0; i < 2 * sizeof(cases) / sizeof(*cases); i++) {
		bool unsaved = i & 1;
		const char *want = cases[i / 2].text, *base = unsaved ? "// t\nx\n" : "x\n";
		char *path = str_fmt("r%zu.sv", i), *whole = str_fmt("%s%s", unsaved ? "// t\n" : "", want ? want : "x\n");
		char *all = str_fmt("%sa\nb\n", base);
		struct proposed p = { .path = path, .by = "test", .base = { base, strlen(base) }, .text = { all, strlen(all) } };
		struct change typed = { 0, 0, { "// t\n", 5 } };
		struct str now = STR_INIT;
		struct applied done;
		struct err err;
		uint32_t before;
		uint64_t n;

		tool_write(d->root, path, "x\n");
		assert_non_null(edit_open(s, path, false, NULL));
		assert_true(!unsaved || edit_change(s, path, &typed, 1, "you", NULL));
		assert_true(flow_suggest(s, &p, &n, NULL));
		for (size_t k = 0; k < 2; k++)
			assert_true(flow_decide(s, n, k, k, words[(unsigned char)cases[i / 2].decided[k]], NULL));
		before = session_doc(s, path)->current;
		assert_int_equal(flow_apply_decided(s, n, &done, &err), want != NULL);
		assert_int_equal(done.taken, cases[i / 2].taken);
		assert_int_equal(done.refused, cases[i / 2].refused);
		assert_int_equal(done.open, cases[i / 2].open);
		assert_int_equal(done.saved, done.taken && !unsaved);
		assert_int_equal(done.rest != 0, want && done.open);
		assert_int_equal(state_proposal(session_state(s), n)->state,
				 !want ? PROPOSAL_OPEN : done.taken ? PROPOSAL_APPLIED : PROPOSAL_CLOSED);
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
	struct proposed p = { .path = "r.sv", .by = "outside", .in_place = true, .base = { "a\nb\n", 4 },
			      .text = { "a\nc\nd\n", 6 } };
	struct str stored = STR_INIT, twice = STR_INIT;
	struct state again;
	struct applied done;
	struct merged m;
	uint64_t n;

	tool_write(d->root, "r.sv", "a\nc\nd\n");
	assert_true(flow_suggest(s, &p, &n, NULL));
	assert_int_equal(suggestion_units(state_proposal(session_state(s), n)->s), 3);
	assert_true(flow_amend(s, n, 2, "mine", 4, NULL) && flow_decide(s, n, 2, 2, "take", NULL));
	state_write(session_state(s), &stored);
	state_init(&again);
	assert_true(state_read(&again, str_cstr(&stored), stored.len, NULL));
	state_write(&again, &twice);
	assert_string_equal(str_cstr(&twice), str_cstr(&stored));
	state_fini(&again);
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_equal(m.suggestion, n);
	assert_true(flow_decide(s, n, 0, 0, "refuse", NULL));
	assert_true(flow_apply_decided(s, n, &done, NULL));
	holds(d, "r.sv", "a\nb\nc\nmine\n");
	str_free(&stored);
	str_free(&twice);
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
	assert_true(flow_decide(s, n, 0, 0, "split", NULL));
	assert_true(flow_decide(s, n, 0, 0, "refuse", NULL) && flow_decide(s, n, 1, 1, "take", NULL));
	assert_true(flow_amend(s, n, 2, "vier", 4, NULL));
	then = st->n;
	assert_true(flow_apply_decided(s, n, &done, NULL));
	holds(d, "r.sv", "one\nthe old line\nthe new line\nthree\n");
	p = state_proposal(st, done.rest);	/* what was rewritten stays the person's in the rest */
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
	struct proposed p = { .path = "r.sv", .by = "outside", .in_place = true, .base = { "a\nb\n", 4 },
			      .text = { "a\nc\nd\n", 6 } };
	struct applied done;
	struct rewound out;
	uint64_t n, then;

	tool_write(d->root, "r.sv", "a\nc\nd\n");
	assert_true(flow_suggest(s, &p, &n, NULL));
	assert_true(flow_decide(s, n, 0, 1, "take", NULL));
	assert_true(flow_amend(s, n, 2, "mine", 4, NULL) && flow_decide(s, n, 2, 2, "take", NULL));
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
		struct proposed p = { .path = paths[i], .by = "test", .base = { "a\n", 2 }, .text = { "b\n", 2 } };

		tool_write(d->root, paths[i], "a\n");
		assert_true(flow_suggest(s, &p, &v[i], NULL) && flow_take_open(s, v[i], NULL));
	}
	assert_true(flow_apply_decided(s, v[2], done, NULL));	/* alone */
	assert_true(flow_apply_together(s, v, 2, "test", NULL, done, NULL));
	for (int i = 0; i < 2; i++) {
		assert_true(edit_same_step(s, session_doc(s, "one.sv"), session_doc(s, "two.sv")));
		assert_false(edit_same_step(s, session_doc(s, "one.sv"), session_doc(s, "three.sv")));
		assert_true(edit_undo(s, paths[i], NULL));
		for (int k = 0; k < 3; k++)
			assert_int_equal(doc_unsaved(session_doc(s, paths[k])), k < 2);
		assert_true(edit_redo(s, paths[1 - i], NULL));
		for (int k = 0; k < 3; k++)
			assert_false(doc_unsaved(session_doc(s, paths[k])));
	}
	assert_true(edit_change(s, "two.sv", &typed, 1, "you", NULL));
	assert_true(edit_undo(s, "one.sv", NULL) && edit_save(s, "one.sv", false, NULL) && edit_save(s, "two.sv", false, NULL));
	holds(d, "one.sv", "a\n");
	holds(d, "two.sv", "// mine\nb\n");
}

/* Files that get other names ----------------------------------------------------------- */

static uint64_t rename_to(struct session *s, const char *from, const char *to, const char *base, const char *text)
{
	struct proposed p = { .path = from, .moves = to, .by = "test", .base = { base, strlen(base) },
			      .text = { text, strlen(text) } };
	uint64_t n;

	assert_true(flow_suggest(s, &p, &n, NULL));
	return n;
}

/* The one before was renamed already when the second cannot be written. */
IN_TASK(a_rename_is_taken_back_with_the_rest)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct proposed p = { .path = "three.sv", .by = "test", .new_file = true, .text = { "c\n", 2 } };
	char *blocked = path_join(d->root, "three.sv"), *to = path_join(d->root, "lib/two.sv");
	struct applied done[2];
	uint64_t v[2];
	struct err err;

	tool_write(d->root, "one.sv", "a\nb\n");
	v[0] = rename_to(s, "one.sv", "lib/two.sv", "a\nb\n", "a\nc\n");
	assert_true(flow_suggest(s, &p, &v[1], NULL));
	assert_true(flow_take_open(s, v[0], NULL) && flow_take_open(s, v[1], NULL));
	assert_non_null(edit_open(s, "three.sv", true, NULL));
	assert_true(file_make_dirs(blocked, 0755, NULL));
	assert_false(flow_apply_together(s, v, 2, "test", NULL, done, &err));
	holds(d, "one.sv", "a\nb\n");
	assert_false(file_exists(to));
	assert_false(doc_unsaved(session_doc(s, "one.sv")) || doc_unsaved(session_doc(s, "lib/two.sv")));
	assert_int_equal(rmdir(blocked), 0);
	assert_true(flow_apply_together(s, v, 2, "test", NULL, done, &err));
	assert_true(done[0].moved && done[0].saved && !done[1].moved);
	holds(d, "one.sv", "(none)");
	holds(d, "lib/two.sv", "a\nc\n");
	free(blocked);
	free(to);
}

IN_TASK(a_rename_is_rewound_and_back)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct rewound out;
	struct applied done;
	uint64_t n, then, after;

	tool_write(d->root, "one.sv", "a\nb\n");
	n = rename_to(s, "one.sv", "two.sv", "a\nb\n", "a\nc\n");
	assert_true(flow_take_open(s, n, NULL));
	then = session_state(s)->n;
	assert_true(flow_apply_decided(s, n, &done, NULL));
	after = session_state(s)->n;
	for (int i = 0; i < 2; i++) {
		assert_true(flow_rewind(s, then, &out, NULL));
		assert_int_equal(out.files, 2);
		rewound_fini(&out);
		holds(d, "one.sv", "a\nb\n");
		holds(d, "two.sv", "(none)");
		assert_true(flow_rewind(s, after, &out, NULL));
		rewound_fini(&out);
		holds(d, "one.sv", "(none)");
		holds(d, "two.sv", "a\nc\n");
	}
}

/* The old file is gone only once the new one is written, whichever is saved. */
IN_TASK(a_rename_of_unsaved_text_is_saved_as_one)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	static const char *const sides[] = { "one.sv", "two.sv" };
	struct applied done;

	tool_write(d->root, "one.sv", "a\nb\n");
	for (int i = 0; i < 2; i++) {
		uint64_t n;

		assert_non_null(edit_open(s, "one.sv", false, NULL));
		assert_true(edit_change(s, "one.sv", &typed, 1, "you", NULL));
		n = rename_to(s, "one.sv", "two.sv", "// mine\na\nb\n", "// mine\na\nc\n");
		assert_true(flow_take_open(s, n, NULL) && flow_apply_decided(s, n, &done, NULL));
		assert_true(done.moved && !done.saved);
		holds(d, "one.sv", "a\nb\n");
		holds(d, "two.sv", "(none)");
		assert_true(edit_save(s, sides[i], false, NULL));
		holds(d, "one.sv", "(none)");
		holds(d, "two.sv", "// mine\na\nc\n");
		assert_true(edit_undo(s, sides[1 - i], NULL));
		assert_true(edit_save(s, sides[i], false, NULL));
		holds(d, "one.sv", "// mine\na\nb\n");
		holds(d, "two.sv", "(none)");
		assert_false(doc_unsaved(session_doc(s, "one.sv")) || doc_unsaved(session_doc(s, "two.sv")));
		assert_true(edit_redo(s, sides[i], NULL) && edit_undo(s, sides[i], NULL));
		assert_false(doc_unsaved(session_doc(s, "one.sv")) || doc_unsaved(session_doc(s, "two.sv")));
		assert_true(edit_undo(s, "one.sv", NULL) && edit_save(s, "one.sv", false, NULL));
		holds(d, "one.sv", "a\nb\n");
	}
}

/* Whatever is typed before the new file is saved, the old one goes with that. */
IN_TASK(a_rename_is_saved_as_one_with_what_was_typed_since)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "// mine\n", 8 } };
	struct applied done;
	uint64_t n;

	tool_write(d->root, "one.sv", "a\n");
	n = rename_to(s, "one.sv", "two.sv", "a\n", "a\n");
	assert_true(flow_take_open(s, n, NULL) && flow_apply_decided(s, n, &done, NULL));
	assert_true(edit_undo(s, "two.sv", NULL) && edit_save(s, "one.sv", false, NULL));
	holds(d, "one.sv", "a\n");
	holds(d, "two.sv", "(none)");
	assert_true(edit_redo(s, "two.sv", NULL) && edit_change(s, "two.sv", &typed, 1, "you", NULL));
	assert_true(edit_save(s, "two.sv", false, NULL));
	holds(d, "one.sv", "(none)");
	holds(d, "two.sv", "// mine\na\n");
}

/* A journal may say anything. */
IN_TASK(a_move_to_no_path_of_the_project_is_refused)
{
	static const char *const to[] = { "../two.sv", "rtl/x/../two.sv", "/two.sv", "./two.sv" };
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);

	for (size_t i = 0; i < sizeof(to) / sizeof(*to); i++) {
		struct proposed p = { .path = "one.sv", .moves = to[i], .by = "test", .base = { "a\n", 2 }, .text = { "a\n", 2 } };
		struct err err;

		assert_false(flow_suggest(s, &p, NULL, &err));
		assert_int_equal(err.code, ERR_PARSE);
	}
}

/* What came to the new place, on disk or only typed, is not written over. */
IN_TASK(nothing_is_moved_over_what_is_there)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct change typed = { 0, 0, { "mine\n", 5 } };
	struct applied done;
	struct err err;
	uint64_t n;

	tool_write(d->root, "one.sv", "");
	n = rename_to(s, "one.sv", "two.sv", "", "");
	assert_true(flow_take_open(s, n, NULL));
	assert_non_null(edit_open(s, "two.sv", true, NULL));
	assert_true(edit_change(s, "two.sv", &typed, 1, "you", NULL));
	assert_false(flow_apply_decided(s, n, &done, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_true(edit_undo(s, "two.sv", NULL));
	tool_write(d->root, "two.sv", "theirs\n");
	assert_false(flow_apply_decided(s, n, &done, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	holds(d, "two.sv", "theirs\n");
	holds(d, "one.sv", "");
}

/* A file that is changed on disk while it is renamed stays. */
IN_TASK(a_file_that_changed_on_disk_is_not_removed)
{
	struct session *s = workbench_session(&d->w, SESSION_FULL, NULL);
	struct applied done;
	struct err err;
	uint64_t n;

	tool_write(d->root, "one.sv", "a\n");
	assert_non_null(edit_open(s, "one.sv", false, NULL));
	n = rename_to(s, "one.sv", "two.sv", "a\n", "a\n");
	assert_true(flow_take_open(s, n, NULL));
	tool_write(d->root, "one.sv", "from another program\n");
	assert_false(flow_apply_decided(s, n, &done, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	holds(d, "one.sv", "from another program\n");
	holds(d, "two.sv", "(none)");
	assert_int_equal(state_proposal(session_state(s), n)->state, PROPOSAL_OPEN);
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
	assert_true(flow_decide(s, n, 0, 0, "take", NULL));
	assert_non_null(edit_open(s, "r.sv", false, NULL));
	assert_true(edit_change(s, "r.sv", &typed, 1, "you", NULL));
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
	assert_true(edit_change(s, "r.sv", &c, 1, "you", NULL));
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
	assert_true(flow_decide(s, n, 0, 0, "take", NULL));
	type_into(s, 0, 0, "mine\n");
	assert_true(flow_merge(s, n, &m, NULL));
	assert_int_not_equal(m.suggestion, n);
	assert_int_equal(m.overlaps, 0);
	assert_int_equal(state_proposal(session_state(s), n)->state, PROPOSAL_CLOSED);
	assert_false(flow_merge(s, n, &m, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	n = session_state(s)->proposals[session_state(s)->n_proposals - 1]->n;
	assert_int_equal(suggestion_count(state_proposal(session_state(s), n)->s, DECISION_TAKEN), 1);
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
	assert_true(flow_decide(s, m.suggestion, 0, suggestion_units(state_proposal(session_state(s), m.suggestion)->s) - 1,
				"refuse", NULL));
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

	assert_false(flow_decide(s, n, 0, units, "take", &err));
	assert_false(flow_decide(s, n + 1000, 0, 0, "take", &err));
	assert_false(flow_decide(s, n, 0, 0, "perhaps", &err));
	assert_false(flow_amend(s, n, units, "x", 1, &err));
	assert_false(flow_amend(s, n, units - 1, "two\nlines", 9, &err));
	assert_int_equal(suggestion_count(state_proposal(session_state(s), n)->s, DECISION_OPEN), units);
}

/* Findings and runs --------------------------------------------------------------------- */

IN_TASK(findings_are_recorded_once_each)
{
	struct lint_result out;
	const char *const paths[] = { "m.sv", "m.sv" };

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	setenv("POSEDGE_FAKE_LINT", "%Warning-WIDTH: m.sv:1:1: wide\n%Warning-WIDTH: m.sv:1:1: wide\n", 1);
	assert_true(flow_lint(&d->w, paths, 2, &out, NULL));
	assert_int_equal(diag_list_len(out.found), 1);
	assert_int_equal(diag_list_len(session_state(d->w.session)->found), 1);
	assert_true(lint_counts(&d->w, out.found));
	lint_result_fini(&out);
}

IN_TASK(what_could_be_is_linted_and_not_recorded)
{
	struct diag_list *found = NULL;
	struct project *p;
	size_t len;

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	p = workbench_project(&d->w, NULL);
	setenv("POSEDGE_FAKE_LINT", "%Warning-WIDTH: m.sv:1:1: wide\n", 1);
	assert_true(flow_lint_if(&d->w, &(struct text_if){ "m.sv", { "module other;\nendmodule\n", 24 } }, 1, &found, NULL));
	assert_int_equal(diag_list_len(found), 1);
	diag_list_free(found);
	assert_null(d->w.session);
	/* The project is as before: also where an edit stood, or no file. */
	assert_non_null(project_vmodule(p, "m"));
	assert_null(project_vmodule(p, "other"));
	project_overlay(p, "m.sv", "module mine;\nendmodule\n", 23);
	assert_true(flow_lint_if(&d->w, &(struct text_if){ "m.sv", { "", 0 } }, 1, &found, NULL));
	diag_list_free(found);
	assert_string_equal(project_overlay_text(p, "m.sv", &len), "module mine;\nendmodule\n");
	assert_non_null(project_vmodule(p, "mine"));
	assert_true(flow_lint_if(&d->w, &(struct text_if){ "new.sv", { "module n;\nendmodule\n", 20 } }, 1, &found, NULL));
	diag_list_free(found);
	assert_null(project_find(p, "new.sv"));
}

struct asker {
	struct desk *d;
	struct text_memo *memo;
	const struct diag_list *found;
	bool done;
	struct task *waits;
};

static void ask_the_same(void *ctx)
{
	struct asker *a = ctx;
	struct text_if v = { "one.sv", { "module one;\nendmodule\n", 22 } };

	a->found = lint_memo_ask(a->memo, &a->d->w, &v, 1, NULL);
	a->done = true;
	if (a->waits)
		task_wake(a->waits);
}

IN_TASK(two_that_ask_the_same_start_one_tool)
{
	struct text_memo *memo = lint_memo_new();
	struct asker a = { d, memo }, b = { d, memo, .waits = task_self() };

	setenv("POSEDGE_FAKE_LINT", "%Warning-WIDTH: one.sv:1:1: wide\n", 1);
	tool_write(d->root, "one.sv", "module one;\nendmodule\n");
	task_start(d->loop, ask_the_same, &b);
	ask_the_same(&a);
	while (!b.done)
		task_wait_uncancelled();
	assert_non_null(a.found);
	assert_int_equal(diag_list_len(a.found), 1);
	assert_ptr_equal(a.found, b.found);
	text_memo_free(memo);
}

static void changes(struct desk *d, struct text_memo *memo, uint64_t n, const char *want)
{
	struct strv lines = STRV_INIT;
	struct str all = STR_INIT;
	struct err err = { 0 };

	if (!flow_hardware(&d->w, memo, n, &lines, &err))
		strv_add(&lines, err.text);
	for (size_t i = 0; i < lines.n; i++)
		str_addf(&all, "%s\n", lines.v[i]);
	assert_string_equal(str_cstr(&all), want);
	str_free(&all);
	strv_free(&lines);
}

/* The fake makes a design of what the texts outline. */
IN_TASK(a_suggestion_is_compared_as_hardware)
{
	static const char base[] = "module r(input a);\nendmodule\n";
	static const char same[] = "the same hardware: ports, registers and instances do not change\n";
	struct text_memo *memo = hardware_memo_new();
	struct session *s;
	uint64_t n;

	tool_write(d->root, "r.sv", base);
	n = propose(d, base, "module r(input a, input b);\n  wire c;\nendmodule\n");
	s = workbench_session(&d->w, SESSION_FULL, NULL);
	changes(d, NULL, n, "r: port b added (input, 1 bit)\n");
	changes(d, memo, n, "r: port b added (input, 1 bit)\n");
	/* Once something is decided, only that counts. */
	assert_true(flow_decide(s, n, 1, 1, "take", NULL));
	changes(d, memo, n, same);
	assert_true(flow_decide(s, n, 0, 0, "take", NULL));
	changes(d, memo, n, "r: port b added (input, 1 bit)\n");

	/* What is known is not asked again, until it is forgotten. */
	setenv("POSEDGE_FAKE_ELABORATE", "r.sv:1:1 no", 1);
	changes(d, memo, n, "r: port b added (input, 1 bit)\n");
	text_memo_clear(memo);
	changes(d, memo, n, "the base does not elaborate: r.sv:1:1 no\n");
	/* Nor that it could not be done. */
	setenv("POSEDGE_FAKE_ELABORATE", "", 1);
	changes(d, memo, n, "the base does not elaborate: r.sv:1:1 no\n");
	text_memo_free(memo);
	holds(d, "r.sv", base);
}

IN_TASK(a_new_module_is_compared_with_nothing)
{
	changes(d, NULL, propose(d, "", "module r(input a);\nendmodule\n"), "r: module added (1 port)\n");
}

/* What is in another file already was not made by this one. */
IN_TASK(a_module_of_another_file_is_not_added)
{
	tool_write(d->root, "other.sv", "module other(input a);\nendmodule\n");
	changes(d, NULL, propose(d, "", "module r(input a);\n  other u(a);\nendmodule\n"), "r: module added (1 port)\n");
}

IN_TASK(a_text_without_a_module_is_no_hardware)
{
	changes(d, NULL, propose(d, "", "package p;\nendpackage\n"),
		"r.sv: by what is decided so far it holds no module, so there is no hardware to compare\n");
}

IN_TASK(the_testbench_is_found_asked_for_and_remembered)
{
	struct project *p;
	struct err err;
	char *tb = NULL;

	tool_write(d->root, "m.sv", "module m(input a);\nendmodule\n");
	tool_write(d->root, "one_tb.sv", "module one_tb;\n  reg a;\n  m dut(.a(a));\n  initial $finish;\nendmodule\n");
	p = workbench_project(&d->w, NULL);
	assert_true(design_testbench(p, d->w.options, NULL, &tb, NULL));
	assert_string_equal(tb, "one_tb");
	free(tb);
	tool_write(d->root, "two_tb.sv", "module two_tb;\n  reg a;\n  m dut(.a(a));\n  initial $finish;\nendmodule\n");
	assert_true(project_rescan(p, NULL));
	assert_false(design_testbench(p, d->w.options, "m", &tb, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "one_tb"));
	assert_non_null(strstr(err.text, "two_tb"));
	assert_true(design_testbench(p, d->w.options, "two_tb.sv", &tb, NULL));
	assert_string_equal(tb, "two_tb");
	free(tb);
	assert_true(options_set(d->w.options, "testbench", "one_tb", NULL));
	assert_true(design_testbench(p, d->w.options, NULL, &tb, NULL));
	assert_string_equal(tb, "one_tb");
	free(tb);
	assert_false(design_testbench(p, d->w.options, "nothing", &tb, &err));
	assert_non_null(strstr(err.text, "nothing"));
}

IN_TASK(a_design_is_what_the_module_needs)
{
	struct design x;
	struct project *p;

	tool_write(d->root, "top.sv", "module top;\n  leaf l();\nendmodule\n");
	tool_write(d->root, "leaf.sv", "module leaf;\nendmodule\n");
	tool_write(d->root, "zeta.sv", "module leaf;\nendmodule\n");
	tool_write(d->root, "other.sv", "module other;\nendmodule\n");
	p = workbench_project(&d->w, NULL);
	design_init(&x, p, d->w.options, "top.sv", "top");
	assert_int_equal(x.files.n, 2);
	assert_true(strv_has(&x.files, "top.sv"));
	assert_true(strv_has(&x.files, "leaf.sv"));
	assert_int_equal(x.notes.n, 1);
	assert_non_null(strstr(x.notes.v[0], "leaf.sv"));
	assert_non_null(strstr(x.notes.v[0], "zeta.sv"));
	assert_string_equal(x.job.top, "top");
	design_fini(&x);
}

IN_TASK(a_run_is_recorded_with_its_verdict)
{
	struct sim_result out;
	const struct state *st;
	struct err err;

	tool_write(d->root, "m_tb.sv", "module m_tb;\n  initial begin\n    if (1) $error(\"x\");\n    $finish;\n  end\nendmodule\n");
	setenv("POSEDGE_FAKE_RUN", "PASS 3 checks\n", 1);
	if (!flow_sim(&d->w, NULL, "fake", false, NULL, NULL, &out, &err))
		fail_msg("%s", err.text);
	assert_string_equal(out.testbench, "m_tb");
	assert_int_equal(out.report.result.verdict, VERDICT_PASS);
	st = session_state(d->w.session);
	assert_int_equal(st->n_runs, 1);
	assert_string_equal(st->runs[0]->verdict, "pass");
	assert_true(st->runs[0]->ended);
	sim_result_fini(&out);
	setenv("POSEDGE_FAKE_RUN", "FAIL 1 of 3 checks\n", 1);
	assert_true(flow_sim(&d->w, NULL, "fake", false, NULL, NULL, &out, NULL));
	assert_int_equal(out.report.result.verdict, VERDICT_FAIL);
	assert_int_equal(session_state(d->w.session)->n_runs, 2);
	sim_result_fini(&out);
}

/* Commands ------------------------------------------------------------------------------ */

static enum cmd_status run(struct desk *d, struct err *err, const char *name, ...)
{
	const struct cmd *c = cmd_find(d->w.commands, name, err);
	enum cmd_status status = CMD_FINE;
	char *argv[8];
	size_t n = 0;
	va_list ap;

	if (!c)
		return CMD_TROUBLE;
	va_start(ap, name);
	while ((argv[n] = va_arg(ap, char *)) != NULL)
		n++;
	va_end(ap);
	str_clear(&d->text);
	return cmd_run(&d->w, c, argv, n, "", true, &status, err) ? status : CMD_TROUBLE;
}

IN_TASK(arguments_are_checked_against_the_table)
{
	struct err err;

	assert_int_equal(run(d, &err, "version", NULL), CMD_FINE);
	assert_int_equal(run(d, &err, "version", "x", NULL), CMD_TROUBLE);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(run(d, &err, "instance", NULL), CMD_TROUBLE);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(run(d, &err, "sim", "--colour", NULL), CMD_TROUBLE);
	assert_non_null(strstr(err.text, "--colour"));
	assert_int_equal(run(d, &err, "sim", "--engine", NULL), CMD_TROUBLE);
	assert_non_null(strstr(err.text, "--engine"));
	assert_int_equal(run(d, &err, "lnit", NULL), CMD_TROUBLE);
	assert_non_null(strstr(err.text, "lint"));
	/* Behind "--" everything is an argument. */
	assert_int_equal(run(d, &err, "instance", "--", "--colour", NULL), CMD_TROUBLE);
	assert_int_equal(err.code, ERR_NOT_FOUND);
}

IN_TASK(every_command_has_its_help_and_its_place_in_the_manual)
{
	struct str manual = STR_INIT, help = STR_INIT;

	cmd_manual(d->w.commands, &manual);
	for (size_t i = 0; i < cmd_table_len(d->w.commands); i++) {
		const struct cmd *c = cmd_table_at(d->w.commands, i);

		str_clear(&help);
		cmd_help(c, &help);
		assert_non_null(strstr(str_cstr(&help), c->name));
		assert_non_null(strstr(str_cstr(&help), c->help));
		assert_true(c->min_args <= c->max_args);
		if (i)
			assert_true(strcmp(cmd_table_at(d->w.commands, i - 1)->name, c->name) < 0);
	}
	assert_non_null(strstr(str_cstr(&manual), ".TH"));
	str_free(&manual);
	str_free(&help);
}

static void options_take_what_they_can_have(void **state)
{
	struct options *o = options_new();
	struct err err;

	for (size_t i = 0; i < opt_count(); i++) {
		const struct opt *p = opt_at(i);

		assert_ptr_equal(opt_find(p->name), p);
		assert_true(options_set(o, p->name, p->initial, NULL));
	}
	assert_false(options_set(o, "sim.memory_mb", "much", &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_false(options_set(o, "lint.style", "perhaps", &err));
	assert_false(options_set(o, "lint.stlye", "on", &err));
	assert_non_null(strstr(err.text, "lint.style"));
	assert_true(options_set(o, "lint.style", "on", NULL));
	assert_true(options_flag(o, "lint.style"));
	assert_int_equal(word_distance("lint", "lnit", 3), 2);
	assert_int_equal(word_distance("lint", "simulate", 2), 3);
	options_free(o);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_question_ends_in_suggestions_and_writes_nothing),
		TEST(a_cut_answer_is_kept_and_never_applied_by_itself),
		TEST(an_answer_that_breaks_off_leaves_what_came),
		TEST(a_later_answer_replaces_what_waits_and_keeps_decisions),
		TEST(what_was_asked_stays_with_its_line),
		TEST(what_was_asked_stays_with_a_line_that_is_rewritten),
		TEST(several_files_are_written_together_or_not_at_all),
		TEST(enter_does_with_each_decision_what_was_said),
		TEST(a_line_can_be_rewritten_where_it_is_in_place),
		TEST(an_application_is_undone_as_one),
		TEST(a_rewind_brings_decisions_back_as_they_were),
		TEST(a_rewind_rewrites_again_what_stands_in_the_file),
		TEST(a_rename_is_saved_as_one_with_what_was_typed_since),
		TEST(a_move_to_no_path_of_the_project_is_refused),
		TEST(a_rename_is_rewound_and_back),
		TEST(a_rename_is_taken_back_with_the_rest),
		TEST(a_rename_of_unsaved_text_is_saved_as_one),
		TEST(nothing_is_moved_over_what_is_there),
		TEST(a_file_that_changed_on_disk_is_not_removed),
		TEST(a_file_without_a_decision_is_left_alone),
		TEST(only_what_was_taken_reaches_the_file),
		TEST(a_text_that_changed_since_is_not_overwritten),
		TEST(what_was_typed_and_what_is_proposed_are_merged),
		TEST(a_decision_on_what_is_not_there_is_refused),
		TEST(findings_are_recorded_once_each),
		TEST(what_could_be_is_linted_and_not_recorded),
		TEST(two_that_ask_the_same_start_one_tool),
		TEST(a_suggestion_is_compared_as_hardware),
		TEST(a_new_module_is_compared_with_nothing),
		TEST(a_module_of_another_file_is_not_added),
		TEST(a_text_without_a_module_is_no_hardware),
		TEST(the_testbench_is_found_asked_for_and_remembered),
		TEST(a_design_is_what_the_module_needs),
		TEST(a_run_is_recorded_with_its_verdict),
		TEST(arguments_are_checked_against_the_table),
		TEST(every_command_has_its_help_and_its_place_in_the_manual),
		cmocka_unit_test(options_take_what_they_can_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
