/* Accepted lines that no passing run has covered: through runs that fail, that belong
 * to other files or texts, or that started earlier; through undo, rewind and rename;
 * and after the session is read again. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/check/uncovered.h"
#include "session/journal/edit.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/review/flow_apply.h"
#include "session/review/flow_decide.h"
#include "session/review/flow_suggest.h"
#include "tests/lib/tool.h"

struct bench {
	struct loop *loop;
	char *root;
	struct session *s;
};

static void begin(struct bench *b)
{
	memset(b, 0, sizeof(*b));
	b->loop = loop_new(NULL);
	b->root = tool_folder();
	tool_write(b->root, "a.sv", "module a;\nendmodule\n");
	tool_write(b->root, "b.sv", "module b;\nendmodule\n");
	tool_write(b->root, "spec.md", "R1\n");
	b->s = session_open(b->loop, b->root, SESSION_NEW, NULL, NULL);
	assert_non_null(b->s);
}

static void end(struct bench *b)
{
	session_close(b->s);
	loop_free(b->loop);
	tool_folder_remove(b->root);
}

/* Writes are waited for, so each test is a task. */
struct in_task {
	void (*fn)(struct bench *b);
	struct bench b;
	bool done;
};

static void task_body(void *ctx)
{
	struct in_task *t = ctx;

	t->fn(&t->b);
	t->done = true;
}

static void in_task(void (*fn)(struct bench *b))
{
	struct in_task t = { .fn = fn };

	begin(&t.b);
	task_start(t.b.loop, task_body, &t);
	loop_run_until(t.b.loop, &t.done);
	while (task_count(t.b.loop))
		loop_turn(t.b.loop, false);
	end(&t.b);
}

#define UNKNOWN 1000u

/* That many lines; UNKNOWN: the count is unknown. */
static void wants(const struct bench *b, uint64_t want)
{
	struct state again;
	struct str text = STR_INIT, same = STR_INIT;
	bool unknown;
	uint64_t n = uncovered_lines(session_state(b->s), &unknown);

	assert_int_equal(unknown ? UNKNOWN : n, want);
	/* As a snapshot has it, too. */
	state_write(session_state(b->s), &text);
	state_init(&again);
	assert_true(state_read(&again, text.data, text.len, NULL));
	state_write(&again, &same);
	assert_string_equal(str_cstr(&same), str_cstr(&text));
	state_fini(&again);
	str_free(&text);
	str_free(&same);
}

static uint64_t propose(struct bench *b, const char *path, const char *base, const char *text)
{
	struct proposed p = { .path = path,
			      .by = "model m",
			      .base = { base, strlen(base) },
			      .text = { text, strlen(text) } };
	uint64_t n;

	assert_non_null(edit_open(b->s, path, false, NULL));
	assert_true(flow_suggest(b->s, &p, &n, NULL));
	return n;
}

static void take(struct bench *b, const char *path, const char *base, const char *text)
{
	assert_true(flow_apply(b->s, propose(b, path, base, text), "test", NULL));
}

static const char a0[] = "module a;\nendmodule\n";
static const char a2[] = "module a;\nwire x;\nwire y;\nendmodule\n";
static const char a3[] = "module a;\nwire x;\nwire y;\nwire z;\nendmodule\n";
static const char b0[] = "module b;\nendmodule\n";
static const char b1[] = "module b;\nwire w;\nendmodule\n";

static uint64_t starts(struct bench *b, const char *files, bool as_if, uint64_t confirms)
{
	struct event e = { .type = EVENT_RUN };
	uint64_t n;

	e.run.testbench = "tb";
	e.run.files = (struct bytes){ files, strlen(files) };
	e.run.as_if = as_if;
	e.run.confirms = confirms;
	assert_true(session_record(b->s, &e, &n, NULL));
	return n;
}

static void ends(struct bench *b, uint64_t run, const char *verdict)
{
	struct event e = { .type = EVENT_VERDICT };

	e.verdict.run = run;
	e.verdict.verdict = verdict;
	e.verdict.checks = e.verdict.first_time = -1;
	assert_true(session_record(b->s, &e, NULL, NULL));
}

static void runs(struct bench *b, const char *files, const char *verdict)
{
	ends(b, starts(b, files, false, 0), verdict);
}

static void a_pass_covers_what_it_was_given_inside(struct bench *b)
{

	wants(b, 0);
	take(b, "a.sv", a0, a2);
	wants(b, 2);
	take(b, "b.sv", b0, b1);
	wants(b, 3);
	runs(b, "tb.sv\na.sv", "fail");
	wants(b, 3);
	runs(b, "tb.sv\na.sv", "none");
	wants(b, 3);
	runs(b, "tb.sv\nc/a.sv\na.svh", "pass"); /* others of nearly that name */
	wants(b, 3);
	runs(b, "tb.sv\na.sv", "pass");
	wants(b, 1);
	runs(b, "b.sv", "pass");
	wants(b, 0);
}

CASE(a_pass_covers_what_it_was_given)
{
	in_task(a_pass_covers_what_it_was_given_inside);
}

static void a_run_that_began_before_covers_nothing_new_inside(struct bench *b)
{
	uint64_t first, second;

	take(b, "a.sv", a0, a2);
	first = starts(b, "a.sv", false, 0);
	take(b, "a.sv", a2, a3);
	wants(b, 3);
	ends(b, first, "pass");
	wants(b, 1);
	first = starts(b, "a.sv", true, 0); /* of what is only proposed */
	ends(b, first, "pass");
	wants(b, 1);
	assert_true(state_last_run(session_state(b->s))->as_if);
	assert_false(state_last_run_of_files(session_state(b->s))->as_if);
	first = starts(b, "a.sv", false, 0);
	second = starts(b, "a.sv", false, first);
	ends(b, second, "pass");
	wants(b, 1);
	ends(b, first, "pass");
	wants(b, 0);
}

CASE(a_run_that_began_before_covers_nothing_new)
{
	in_task(a_run_that_began_before_covers_nothing_new_inside);
}

static void what_is_undone_is_not_there_inside(struct bench *b)
{

	take(b, "a.sv", a0, a2);
	assert_true(edit_undo(b->s, "a.sv", NULL));
	wants(b, 0);
	runs(b, "a.sv", "pass"); /* of the text without them */
	assert_true(edit_redo(b->s, "a.sv", NULL));
	wants(b, 2);
	runs(b, "a.sv", "pass");
	wants(b, 0);
}

CASE(what_is_undone_is_not_there)
{
	in_task(what_is_undone_is_not_there_inside);
}

static void what_was_refused_or_is_no_source_does_not_count_inside(struct bench *b)
{
	struct applied out;
	uint64_t n;

	n = propose(b, "a.sv", a0, a2);
	assert_true(flow_decide(b->s, n, 0, 0, DECISION_TAKEN, NULL));
	assert_true(flow_decide(b->s, n, 1, 1, DECISION_REFUSED, NULL));
	assert_true(flow_apply_decided(b->s, n, &out, NULL));
	wants(b, 1);
	take(b, "spec.md", "R1\n", "R1\nR2\n");
	wants(b, 1);
}

CASE(what_was_refused_or_is_no_source_does_not_count)
{
	in_task(what_was_refused_or_is_no_source_does_not_count_inside);
}

static void what_came_between_makes_it_unknown_inside(struct bench *b)
{
	static const struct edit_by rewound = { EDIT_BY_REWIND, 0 };
	struct change c = { 0, 0, { "// then\n", 8 } };

	take(b, "a.sv", a0, a2);
	assert_true(edit_change(b->s, "a.sv", &c, 1, rewound, NULL));
	wants(b, UNKNOWN);
	runs(b, "b.sv", "pass");
	wants(b, UNKNOWN);
	runs(b, "a.sv", "pass");
	wants(b, 0);
	take(b, "b.sv", b0, b1);
	assert_true(edit_close(b->s, "b.sv", NULL));
	tool_write(b->root, "b.sv", "module b;\n// another program\nwire w;\nendmodule\n");
	assert_non_null(edit_open(b->s, "b.sv", false, NULL));
	wants(b, UNKNOWN);
	runs(b, "b.sv", "pass");
	wants(b, 0);
}

CASE(what_came_between_makes_it_unknown)
{
	in_task(what_came_between_makes_it_unknown_inside);
}

static void it_is_there_when_the_session_is_read_again_inside(struct bench *b)
{

	take(b, "a.sv", a0, a2);
	runs(b, "a.sv", "fail");
	session_close(b->s);
	b->s = session_open(b->loop, b->root, SESSION_FULL, NULL, NULL);
	assert_non_null(b->s);
	wants(b, 2);
	assert_non_null(edit_open(b->s, "a.sv", false, NULL)); /* as it was left */
	wants(b, 2);
	runs(b, "a.sv", "pass");
	wants(b, 0);
}

CASE(it_is_there_when_the_session_is_read_again)
{
	in_task(it_is_there_when_the_session_is_read_again_inside);
}
