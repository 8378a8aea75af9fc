/* Keys typed ahead of what a command opens: see ui/turn/turn_ahead.c. */
#include "config.h"

#include "tests/lib/case.h"
#include "tests/lib/painted.h"

#include "session/base/task.h"
#include "session/option/opt.h"
#include "session/workbench/cmd.h"
#include "sim/sim.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui_chat.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_panes.h"
#include "ui/widget/popup.h"

#define HOUR_MS 3600000
#define HANG_MS 60000

static struct task *waiting;
static bool go;
static struct popup *asks; /* where slow() asks a question before it prints; NULL: it does not */

/* Prints two lines, which opens a text, once it may. */
static bool slow(struct cmd_call *c, struct err *err)
{
	bool ok = true;

	waiting = task_self();
	while (ok && !go)
		ok = task_wait(err);
	waiting = NULL;
	if (ok && asks) {
		popup_open(asks, POPUP_CHOICE, "delete all?");
		popup_add(asks, "y", "yes", "quit");
	} else if (ok)
		c->w->out.text(c->w->out.ctx, "one\ntwo\n", 8);
	return ok;
}

static const struct cmd command = {
	.name = "slow", .args = "", .flags = CMD_SHELL | CMD_RC, .help = "opens a text", .run = slow
};

static int set_up(void **state)
{
	struct stand *p = painted_begin(24, 80, 1, "m.v", "module m;\nendmodule\n");

	assert_true(cmd_table_add(p->w.commands, &command, NULL));
	go = false;
	asks = NULL;
	ui_focus(p->u, PANE_CHAT);
	ui_run_line(p->u, "slow");
	loop_turn(p->loop, false);
	assert_non_null(waiting);
	ui_jobs(p->u)->opens_ms += HOUR_MS; /* however slow the machine is, no wait is over */
	*state = p;
	return 0;
}

static void type(struct stand *p, const char *bytes)
{
	ui_input(p->u, bytes, strlen(bytes));
}

static void finish(struct stand *p)
{
	go = true;
	task_wake(waiting);
	while (ui_jobs(p->u)->job[JOB_OTHER].task || ui_keys(p->u)->n_ahead)
		loop_turn(p->loop, true);
}

static const char *typed(const struct stand *p)
{
	return str_cstr(&ui_popup(p->u)->input.text);
}

CASE_WITH(keys_go_to_what_the_command_opens, set_up, painted_end)
{
	struct stand *p = *state;

	type(p, "tw");
	type(p, "o");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	finish(p);
	assert_int_equal(ui_popup(p->u)->kind, POPUP_PAGER);
	assert_string_equal(typed(p), "two");
}

CASE_WITH(a_key_may_close_it_again, set_up, painted_end)
{
	struct stand *p = *state;

	type(p, "x\rabc");
	finish(p);
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), "abc");
}

CASE_WITH(what_takes_long_delays_no_key, set_up, painted_end)
{
	struct stand *p = *state;

	type(p, "ab");
	assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), "");
	ui_jobs(p->u)->opens_ms -= HOUR_MS + 60000; /* it began a minute ago */
	type(p, "c");
	assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), "abc");
	finish(p);
}

static void end(void *ctx)
{
	job_end(ctx, true, NULL);
}

static void hung(void *ctx)
{
	fail_msg("the keys still wait");
}

/* The command has half a second left when a job of another kind ends. */
CASE_WITH(another_job_that_ends_prolongs_no_wait, set_up, painted_end)
{
	struct stand *p = *state;
	struct loop_timer *limit = loop_timer_new(p->loop, hung, NULL);

	type(p, "ab");
	ui_jobs(p->u)->opens_ms = loop_now_ms(p->loop) - 500;
	assert_true(job_begin(&ui_jobs(p->u)->job[JOB_LINT], end, NULL));
	loop_timer_set(limit, HANG_MS);
	while (ui_keys(p->u)->n_ahead)
		loop_turn(p->loop, true);
	loop_timer_free(limit);
	assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), "ab");
	assert_non_null(waiting);
	finish(p);
}

CASE_WITH(keys_that_wait_for_nothing_end_the_wait, set_up, painted_end)
{
	static const char *const all[] = { "\003", "\033[200~d\033[201~", "\033[<0;9;9M" };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct stand *p = *state;

		type(p, "ab");
		assert_int_equal(ui_keys(p->u)->n_ahead, 2);
		type(p, "\033[I"); /* a report of the terminal is no key */
		assert_int_equal(ui_keys(p->u)->n_ahead, 2);
		type(p, all[i]);
		assert_int_equal(ui_keys(p->u)->n_ahead, 0);
		assert_non_null(strstr(str_cstr(&ui_chat(p->u)->question.text), "ab"));
		if (waiting)
			finish(p);
		while (ui_jobs(p->u)->job[JOB_OTHER].task)
			loop_turn(p->loop, true);
		painted_end(state);
		set_up(state);
	}
}

CASE_WITH(as_many_as_fit_wait, set_up, painted_end)
{
	struct stand *p = *state;
	char all[2 * KEYS_AHEAD_MAX + 1];

	memset(all, 'a', sizeof(all));
	for (size_t i = 0; i < KEYS_AHEAD_MAX; i++)
		ui_input(p->u, all, 1);
	assert_int_equal(ui_keys(p->u)->n_ahead, KEYS_AHEAD_MAX);
	ui_input(p->u, all, 1);
	assert_int_equal(ui_keys(p->u)->n_ahead, 0);
	assert_int_equal(ui_chat(p->u)->question.text.len, KEYS_AHEAD_MAX + 1);
	finish(p);
}

/* Nobody has read it when they are typed. */
CASE_WITH(no_key_typed_ahead_answers_a_question, set_up, painted_end)
{
	struct stand *p = *state;

	asks = ui_popup(p->u);
	type(p, "y");
	finish(p);
	assert_int_equal(ui_popup(p->u)->kind, POPUP_CHOICE);
	type(p, "y");
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
}

static int set_up_testbenches(void **state)
{
	static const struct simulator_ops *const simulators[] = { &simulator_fake, NULL };
	static const struct ports ports = { .simulators = simulators };
	struct stand *p = painted_begin(24, 80, 1, "t.v",
					"module ant;\ninitial $finish;\nendmodule\n"
					"module bee;\ninitial $finish;\nendmodule\n");

	p->w.ports = &ports;
	options_engines(p->w.options, simulators);
	assert_true(options_set(p->w.options, "engine", "fake", NULL));
	ui_focus(p->u, PANE_CHAT);
	assert_true(ui_sim(p->u, NULL, NULL));
	assert_non_null(ui_jobs(p->u)->job[JOB_SIM].task);
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	*state = p;
	return 0;
}

static void end_of_the_run(struct stand *p)
{
	while (ui_jobs(p->u)->job[JOB_SIM].task || ui_keys(p->u)->n_ahead)
		loop_turn(p->loop, true);
}

CASE_WITH(keys_after_a_run_go_to_its_list_of_testbenches, set_up_testbenches, painted_end)
{
	struct stand *p = *state;

	ui_jobs(p->u)->opens_ms += HOUR_MS;
	type(p, "be");
	end_of_the_run(p);
	assert_int_equal(ui_popup(p->u)->kind, POPUP_PICKER);
	assert_string_equal(typed(p), "be");
	assert_int_equal(ui_popup(p->u)->n_match, 1);
}

/* The message has the names. */
CASE_WITH(a_late_list_of_testbenches_takes_no_keys, set_up_testbenches, painted_end)
{
	struct stand *p = *state;

	ui_jobs(p->u)->opens_ms -= HOUR_MS;
	type(p, "be");
	end_of_the_run(p);
	assert_int_equal(ui_popup(p->u)->kind, POPUP_NONE);
	assert_string_equal(str_cstr(&ui_chat(p->u)->question.text), "be");
	assert_non_null(strstr(str_cstr(&ui_words(p->u)->message), "ant, bee"));
}
