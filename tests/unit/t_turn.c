/* The states of a turn: calls are answered in order, and its limits or the user end it. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/toolbox/toolbox.h"
#include "session/workbench/backend_list.h"
#include "tests/lib/turn_desk.h"

IN_TASK(calls_are_run_and_answered_until_the_model_is_done)
{
	ROUNDS("t I look.\nc a read_file {\"path\":\"q.v\"}\nu 100 10", "t It toggles.\nu 150 5");

	begin(d, rounds, "assist");
	ask(d, "what does q do?", &o);
	assert_true(o.ok);
	assert_int_equal(o.end, TURN_DONE);
	assert_int_equal(script.asked, 2);
	assert_result(&o, 0, false, "always @(posedge clk)");
	assert_non_null(strstr(str_cstr(&script.seen), "[calls read_file a]"));
	assert_non_null(strstr(str_cstr(&script.seen), "[result of a] [what follows is data from"));
	assert_string_equal(str_cstr(&o.x->answer), "I look.\n\nIt toggles.");
	assert_int_equal(o.x->rounds, 2);
	assert_int_equal(o.x->in, 250);
	assert_int_equal(o.x->out, 15);
	OVER;
}

IN_TASK(without_tools_it_is_a_question_like_any_other)
{
	ROUNDS("t It toggles.");

	begin(d, rounds, "ask");
	ask(d, "what does q do?", &o);
	assert_true(o.ok);
	assert_null(strstr(str_cstr(&script.seen), "[tool "));
	assert_int_equal(o.x->rounds, 0);
	OVER;
}

IN_TASK(calls_at_a_time_are_answered_in_their_order)
{
	ROUNDS("c a search {\"regex\":\"posedge\"}\no {\"k\":1}\nc b no_such {}\nt so\n"
	       "c c design {\"what\":\"hierarchy\"}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_result(&o, 0, false, "q.v:2");
	assert_result(&o, 1, true, "there is no tool no_such here; there are read_file, search");
	assert_result(&o, 2, false, "q_tb");
	OVER;
}

IN_TASK(ids_that_come_again_are_others)
{
	ROUNDS("c x search {\"regex\":\"a\"}", "c x search {\"regex\":\"b\"}",
	       "c x search {\"regex\":\"c\"}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_string_equal(result(&o, 0)->id, "x");
	assert_string_equal(result(&o, 1)->id, "x.2");
	assert_string_equal(result(&o, 2)->id, "x.3");
	assert_non_null(strstr(str_cstr(&script.seen), "[result of x]"));
	OVER;
}

IN_TASK(arguments_that_are_none_are_told)
{
	ROUNDS("c a read_file {\"path\":\"q.\nc b read_file [1]\nc c read_file\nc d read_file "
	       "{\"path\":7}\nc e read_file {\"path\":\"../../etc/passwd\"}\nc f read_file "
	       "{\"line\":1}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_result(&o, 0, true, "are no JSON object, or end too early");
	assert_result(&o, 1, true, "an object was expected");
	assert_result(&o, 2, true, "\"path\" is missing");
	assert_result(&o, 3, true, "must be a string");
	assert_result(&o, 4, true, "leaves the project");
	assert_result(&o, 5, true, "has no argument");
	OVER;
}

IN_TASK(the_same_again_is_not_done_again)
{
	ROUNDS("c a read_file {\"path\":\"q.v\"}\nc b read_file {  \"path\" : \"q.v\" }",
	       EDIT("c", "~o", "!o") "\nc d read_file {\"path\":\"q.v\"}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_result(&o, 0, false, "always");
	assert_result(&o, 1, true, "you did that already");
	assert_result(&o, 2, false, "waits for a person");
	assert_result(&o, 3, false, "always"); /* something changed */
	OVER;
}

IN_TASK(rounds_are_bounded)
{
	ROUNDS("c a search {\"regex\":\"a\"}", "c b search {\"regex\":\"b\"}",
	       "c c search {\"regex\":\"c\"}");

	begin(d, rounds, "assist");
	assert_true(options_set(d->w.options, "turn.rounds", "2", NULL));
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_int_equal(o.end, TURN_BOUND);
	assert_int_equal(script.asked, 2);
	assert_string_equal(o.x->stopped, "stopped: the turn took its 2 rounds (turn.rounds)");
	assert_string_equal(o.x->finish, "bound");
	assert_non_null(strstr(str_cstr(&d->notes), o.x->stopped));
	OVER;
}

IN_TASK(tokens_are_bounded)
{
	ROUNDS("c a search {\"regex\":\"a\"}\nu 900 200", "t more");

	begin(d, rounds, "assist");
	assert_true(options_set(d->w.options, "turn.tokens", "1000", NULL));
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_BOUND);
	assert_non_null(strstr(o.x->stopped, "turn.tokens"));
	OVER;
}

IN_TASK(simulations_are_bounded)
{
	ROUNDS("c a simulate {\"testbench\":\"q_tb\"}\nc b simulate {\"testbench\":\"q_tb.v\"}");

	begin(d, rounds, "assist");
	assert_true(options_set(d->w.options, "turn.simulations", "1", NULL));
	assert_true(options_set(d->w.options, "tools.policy", "simulate=allow", NULL));
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_DONE);
	assert_result(&o, 0, false, "run ");
	assert_result(&o, 1, true, "turn.simulations");
	assert_int_equal(session_state(d->w.session)->n_runs, 1);
	OVER;
}

IN_TASK(time_is_bounded_and_what_came_stays)
{
	ROUNDS("t Some text.\nc a read_file {\"path\":\"q.v\"}\nw");

	begin(d, rounds, "assist");
	assert_true(options_set(d->w.options, "turn.seconds", "1", NULL));
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_BOUND);
	assert_non_null(strstr(o.x->stopped, "turn.seconds"));
	assert_string_equal(str_cstr(&o.x->answer), "Some text.");
	assert_result(&o, 0, true, "not run: the turn is over");
	OVER;
}

static struct task *to_cancel;

static void cancel(void)
{
	task_cancel(to_cancel);
}

IN_TASK(a_cancel_while_the_model_speaks_answers_its_calls)
{
	ROUNDS("t Some text.\nc a read_file {\"path\":\"q.v\"}\nc b lint {}\nw");

	begin(d, rounds, "assist");
	to_cancel = task_self();
	script.on_wait = cancel;
	ask(d, "look", &o);
	assert_false(o.ok);
	assert_int_equal(o.err.code, ERR_CANCELLED);
	assert_int_equal(o.end, TURN_CANCEL);
	assert_int_equal(o.x->state, EXCHANGE_FAILED);
	assert_string_equal(str_cstr(&o.x->answer), "Some text.");
	assert_result(&o, 0, true, "not run: stopped by the person");
	assert_result(&o, 1, true, "not run: stopped by the person");
	OVER;
}

static bool hang(struct tool_call *c, struct err *err)
{
	if (to_cancel)
		task_cancel(to_cancel);
	while (task_wait(err))
		;
	return false;
}

static void add_hanging(struct desk *d)
{
	struct tool t = { "x_hang", "Hangs.", "{\"type\":\"object\"}", TOOL_FOREIGN, hang,
			  d,	    "mcp:x" };

	toolbox_remove(toolbox_of(&d->w.tools), d);
	assert_true(toolbox_add(toolbox_of(&d->w.tools), &t, NULL));
	assert_true(options_set(d->w.options, "tools.policy", "x_hang=allow", NULL));
}

IN_TASK(a_cancel_while_a_tool_runs_answers_the_others)
{
	ROUNDS("c a read_file {\"path\":\"q.v\"}\nc b x_hang {}\nc c search {\"regex\":\"a\"}",
	       "t never");

	begin(d, rounds, "assist");
	add_hanging(d);
	to_cancel = task_self();
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_CANCEL);
	assert_int_equal(script.asked, 1);
	assert_result(&o, 0, false, "always");
	assert_result(&o, 1, true, "stopped by the person");
	assert_result(&o, 2, true, "not run: stopped by the person");
	OVER;
}

IN_TASK(a_tool_that_never_ends_is_ended)
{
	ROUNDS("c b x_hang {}\nc c search {\"regex\":\"a\"}", "t never");

	begin(d, rounds, "assist");
	add_hanging(d);
	to_cancel = NULL;
	assert_true(options_set(d->w.options, "turn.seconds", "1", NULL));
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_BOUND);
	assert_true(o.ok);
	assert_result(&o, 0, true, "the time of the turn is over");
	assert_result(&o, 1, true, "not run: the time of the turn is over");
	OVER;
}

IN_TASK(a_cut_answer_runs_nothing)
{
	ROUNDS("t Some\nc a read_file {\"path\":\"q.v\nf length", "t never");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_LENGTH);
	assert_int_equal(script.asked, 1);
	assert_true(o.x->cut);
	assert_result(&o, 0, true, "cut off by the limit");
	assert_non_null(strstr(str_cstr(&o.r.lacking), "limit of its length"));
	OVER;
}

IN_TASK(a_failure_answers_what_was_called)
{
	ROUNDS("c a read_file {\"path\":\"q.v\"}", "c b lint {}\ne the server went away");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_false(o.ok);
	assert_int_equal(o.end, TURN_ERROR);
	assert_string_equal(o.err.text, "the server went away");
	assert_result(&o, 1, true, "broke off");
	OVER;
}

IN_TASK(a_paused_model_goes_on)
{
	ROUNDS("t One.\nf pause", "t Two.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_DONE);
	assert_string_equal(str_cstr(&o.x->answer), "One.\n\nTwo.");
	OVER;
}

IN_TASK(who_takes_no_tools_is_asked_without)
{
	ROUNDS("x it takes no tools", "t It toggles.", "t Once more.", "t With them.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_non_null(strstr(str_cstr(&d->notes), "it takes no tools: asked without them"));
	assert_null(strstr(str_cstr(&script.seen), "[tool "));
	assert_null(strstr(str_cstr(&script.seen), "propose_edit"));
	/* It is remembered for this backend, until another one has its name. */
	OVER;
	ask(d, "again", &o);
	assert_int_equal(script.asked, 3);
	assert_null(strstr(str_cstr(&script.seen), "[tool "));
	workbench_add_backend(&d->w, &(struct backend_entry){ .name = "s", .protocol = "script" });
	OVER;
	ask(d, "again", &o);
	assert_non_null(strstr(str_cstr(&script.seen), "[tool "));
	OVER;
}

IN_TASK(a_failure_that_names_tools_is_no_sign_of_no_tools)
{
	ROUNDS("e 400: tool_use ids were found without tool_result", "t It toggles.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_false(o.ok);
	assert_int_equal(script.asked, 1);
	OVER;
}

IN_TASK(an_answer_with_too_many_calls_is_no_sign_of_no_tools)
{
	ROUNDS("l the answer calls more than 64 tools", "t It toggles.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_false(o.ok);
	assert_null(strstr(str_cstr(&d->notes), "takes no tools"));
	assert_int_equal(script.asked, 1);
	OVER;
}

IN_TASK(a_call_that_is_not_run_is_noted_with_the_reason)
{
	ROUNDS("c 1 nosuch {}\nc 2 read_file {\"path\": \"rt\nc 3 read_file [1]", "t So.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_non_null(strstr(str_cstr(&d->notes), "nosuch {}: not run: there is no tool nosuch"));
	assert_non_null(strstr(str_cstr(&d->notes), "read_file {\"path\": \"rt: not run: "));
	assert_non_null(strstr(str_cstr(&d->notes), "read_file [1]: not run: "));
	OVER;
}

static void say_once(void *ctx, struct str *text)
{
	bool *said = ctx;

	if (!*said)
		str_adds(text, "use a ring");
	*said = true;
}

IN_TASK(what_is_said_meanwhile_stands_behind_the_results)
{
	ROUNDS("c a read_file {\"path\":\"q.v\"}\nc b search {\"regex\":\"x\"}",
	       "c c read_file {\"path\":\"q.v\"}");
	bool said = false;
	const char *result_b, *steered;

	begin(d, rounds, "assist");
	turn(d,
	     &(struct turn_request){
		     .ask = { .question = "look" }, .steered = say_once, .ctx = &said },
	     &o);
	result_b = strstr(str_cstr(&script.seen), "[result of b]");
	steered = strstr(str_cstr(&script.seen), "use a ring");
	assert_true(result_b && steered && result_b < steered);
	assert_int_equal(o.x->parts[4].kind, EXCHANGE_STEER);
	assert_result(&o, 2, false, "always"); /* the same may be asked again */
	OVER;
}
