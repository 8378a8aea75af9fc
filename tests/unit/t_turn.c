#include "config.h"

#include "tests/lib/test.h"

#include <stdio.h>

#include "session/ask/flow_ask.h"
#include "session/journal/session.h"
#include "session/journal/suggestion.h"
#include "session/toolbox/toolbox.h"
#include "session/turn/flow_turn.h"
#include "session/turn/text_call.h"
#include "tests/lib/desk.h"
#include "tests/lib/script_backend.h"

static const char design[] = "module q(input clk, output reg o);\n"
			     "  always @(posedge clk) o <= ~o;\n"
			     "endmodule\n";
#define EDIT(id, from, to)                                                                        \
	"c " id " propose_edit {\"path\":\"q.v\",\"search\":\"  always @(posedge clk) o <= " from \
	";\",\"replace\":\"  always @(posedge clk) o <= " to ";\",\"reason\":\"r\"}"

static const char bench[] = "module q_tb;\n  reg clk;\n  wire o;\n  q dut(clk, o);\n"
			    "  initial begin\n    #5 if (o !== 1) $error(\"no\");\n    $finish;\n"
			    "  end\nendmodule\n";

struct outcome {
	struct ask_result r;
	const struct exchange *x;
	struct err err;
	enum turn_end end;
	bool ok;
};

static void put_file(struct desk *d, const char *name, const char *text)
{
	char *path = path_join(d->root, name);

	assert_true(file_save(path, text, strlen(text), 0644, NULL));
	free(path);
}

static void project(struct desk *d)
{
	put_file(d, "q.v", design);
	put_file(d, "q_tb.v", bench);
}

static void begin(struct desk *d, const char *const *rounds, const char *mode)
{
	project(d);
	script_begin(d, rounds, mode);
}

/* Each call has one result, behind it and before the next call's. */
static void assert_paired(const struct exchange *x)
{
	struct strv open = STRV_INIT;

	for (size_t i = 0; i < x->n_parts; i++) {
		const struct exchange_part *p = &x->parts[i];

		if (p->kind == EXCHANGE_CALL)
			strv_add(&open, p->id);
		if (p->kind != EXCHANGE_RESULT)
			continue;
		assert_true(open.n > 0);
		assert_string_equal(open.v[0], p->id);
		strv_drop(&open, 0);
	}
	assert_int_equal(open.n, 0);
	strv_free(&open);
}

static void turn(struct desk *d, const struct turn_request *r, struct outcome *o)
{
	memset(o, 0, sizeof(*o));
	o->ok = flow_turn(&d->w, r, &o->r, &o->end, &o->err);
	o->x = o->r.ask ? state_exchange(session_state(d->w.session), o->r.ask) : NULL;
	if (o->x)
		assert_paired(o->x);
	assert_true(script.paired);
}

static void ask(struct desk *d, const char *question, struct outcome *o)
{
	turn(d, &(struct turn_request){ .ask = { .question = question } }, o);
}

/* The k-th result of the turn. */
static const struct exchange_part *result(const struct outcome *o, size_t k)
{
	for (size_t i = 0; i < o->x->n_parts; i++)
		if (o->x->parts[i].kind == EXCHANGE_RESULT && k-- == 0)
			return &o->x->parts[i];
	fail_msg("there are not so many results");
	return NULL;
}

static void assert_result(const struct outcome *o, size_t k, bool failed, const char *text)
{
	const struct exchange_part *p = result(o, k);

	if (p->failed != failed || !strstr(str_cstr(&p->text), text))
		fail_msg("result %zu, %s: %s\nlacks: %s", k, p->failed ? "failed" : "done",
			 str_cstr(&p->text), text);
}

#define ROUNDS(...)                                                \
	static const char *const rounds[] = { __VA_ARGS__, NULL }; \
	struct outcome o
#define OVER ask_result_fini(&o.r)

/* States ------------------------------------------------------------------------------ */

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
	ROUNDS("e 400: this model does not support tools", "t It toggles.");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_non_null(strstr(str_cstr(&d->notes), "takes no tools"));
	assert_null(strstr(str_cstr(&script.seen), "[tool "));
	assert_null(strstr(str_cstr(&script.seen), "propose_edit"));
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

/* Proposing --------------------------------------------------------------------------- */

IN_TASK(a_second_proposal_goes_on_from_the_first)
{
	ROUNDS(EDIT("a", "~o", "!o"), EDIT("b", "!o", "o + 1"),
	       "c c propose_edit {\"path\":\"new.v\",\"text\":\"module n; endmodule\\n\","
	       "\"reason\":\"r\"}");
	const struct proposal *p;
	struct str now = STR_INIT;

	begin(d, rounds, "assist");
	ask(d, "change it", &o);
	assert_true(o.ok);
	assert_int_equal(o.r.placed.n, 2);
	p = state_proposal(session_state(d->w.session), o.r.placed.suggestions[0]);
	assert_int_equal(p->state, PROPOSAL_OPEN);
	suggestion_compose_rest(p->s, &now);
	assert_non_null(strstr(str_cstr(&now), "o <= o + 1;"));
	assert_int_equal(p->ask, o.r.ask);
	assert_string_equal(p->by, "s");
	str_free(&now);
	holds(d, "q.v", design);
	holds(d, "new.v", "(none)");
	OVER;
}

IN_TASK(code_in_text_is_proposed_where_nothing_else_was)
{
	static const char code[] = "t ```verilog n.v\nn\nt module n; endmodule\nn\nt ```\nn\n";
	static char with_call[200];
	static const char *const late[] = { "c a search {\"regex\":\"a\"}", code, NULL },
				 *const both[] = { "c a propose_edit {\"path\":\"m.v\",\"text\":"
						   "\"module m; endmodule\\n\",\"reason\":\"r\"}",
						   code, NULL },
				 *const early[] = { with_call, "t that is all", NULL };
	struct outcome o;

	snprintf(with_call, sizeof(with_call), "%sc a search {\"regex\":\"b\"}", code);
	begin(d, late, "assist");
	ask(d, "make n", &o);
	assert_int_equal(o.r.placed.n, 1);
	OVER;
	begin(d, both, "assist");
	ask(d, "make m", &o);
	assert_int_equal(o.r.placed.n, 1);
	OVER;
	begin(d, early, "assist");
	ask(d, "make it", &o);
	assert_int_equal(o.r.placed.n, 0);
	OVER;
}

IN_TASK(who_only_reads_proposes_nothing)
{
	ROUNDS("c a propose_edit {\"path\":\"n.v\",\"text\":\"module n; endmodule\\n\",\"reason\":"
	       "\"r\"}\nc b lint {}\nc c read_file {\"path\":\"q.v\"}",
	       "t ```verilog n.v\nmodule n; endmodule\n```\n");

	begin(d, rounds, "read");
	ask(d, "plan it", &o);
	assert_true(o.ok);
	assert_result(&o, 0, true, "there is no tool propose_edit here");
	assert_result(&o, 1, true, "there is no tool lint here");
	assert_result(&o, 2, false, "always");
	assert_int_equal(o.r.placed.n, 0);
	assert_int_equal(session_state(d->w.session)->n_proposals, 0);
	OVER;
}

IN_TASK(what_judges_is_not_proposed_to)
{
	ROUNDS("c a propose_edit {\"path\":\"q_tb.v\",\"text\":\"module q_tb; endmodule\","
	       "\"reason\":\"r\"}\nc b propose_edit "
	       "{\"path\":\"spec.md\",\"text\":\"less\\n\",\"reason\":\"r\"}");

	begin(d, rounds, "assist");
	put_file(d, "spec.md", "all of it\n");
	ask(d, "make it pass", &o);
	assert_result(&o, 0, true, "judged by");
	assert_result(&o, 1, true, "judged by");
	assert_int_equal(session_state(d->w.session)->n_proposals, 0);
	OVER;
}

/* What is said and asked ----------------------------------------------------------------- */

IN_TASK(done_ends_a_turn_and_says_what_was_shown)
{
	ROUNDS("c a lint {}\nc b done {\"claims\":[{\"claim\":\"it lints\",\"check\":\"lint\"},"
	       "{\"claim\":\"it works\\nby lint "
	       "(PASS)\",\"check\":\"simulate\"},{\"claim\":\"so\"}]}",
	       "t never");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_int_equal(o.end, TURN_DONE);
	assert_int_equal(script.asked, 1);
	assert_result(&o, 1, false,
		      "by lint (lint ok (2 files)): it lints\nnot shown: it works by lint "
		      "(PASS)\nnot shown: so\n");
	OVER;
}

IN_TASK(claims_that_are_too_many_are_counted)
{
	struct str round = STR_INIT;
	const char *rounds[] = { NULL, "t never", NULL };
	struct outcome o;

	str_adds(&round, "c a done {\"claims\":[");
	for (int i = 0; i < 23; i++)
		str_addf(&round, "%s{\"claim\":\"so\"}", i ? "," : "");
	str_adds(&round, "]}");
	rounds[0] = str_cstr(&round);
	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, false, "not shown: so\n[cut: 3 more claims]\n");
	str_free(&round);
	OVER;
}

IN_TASK(a_proposal_makes_checks_old)
{
	ROUNDS("c a lint {}\n" EDIT(
		"b", "~o",
		"!o") "\nc c done "
		      "{\"claims\":[{\"claim\":\"it lints\",\"check\":\"lint\"},{\"claim\":\"it is "
		      "good\",\"check\":\"propose_edit\"}]}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 2, false, "not shown: it lints\nnot shown: it is good\n");
	OVER;
}

static struct str asked;

static char *answers_second(void *ctx, const struct person_question *q, struct err *err)
{
	str_addf(&asked, "%s: %s [%zu] ", q->from, q->text, q->n);
	if (q->n > 1)
		return mem_strdup(q->options[1]);
	err_set(err, ERR_CONSENT, "the person does not answer");
	return NULL;
}

IN_TASK(the_person_is_asked)
{
	ROUNDS("c a ask_person {\"question\":\"Which\\nreset?\",\"options\":[\"sync\",\"async\"]}\n"
	       "c b ask_person {\"question\":\"Width?\"}\nc c ask_person {\"question\":\"x\","
	       "\"options\":\"yes\"}",
	       "c d ask_person {\"question\":\"Again?\"}");

	begin(d, rounds, "assist");
	d->w.out.question = answers_second;
	ask(d, "look", &o);
	assert_string_equal(str_cstr(&asked), "s: Which reset? [2] s: Width? [0] s: Again? [0] ");
	assert_result(&o, 0, false, "async");
	assert_result(&o, 1, true, "does not answer");
	assert_result(&o, 2, true, "must be a list of strings");
	str_free(&asked);
	OVER;
}

IN_TASK(where_nobody_is_the_model_decides)
{
	ROUNDS("c a ask_person {\"question\":\"Width?\"}\nc b simulate {}");

	begin(d, rounds, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, true, "nobody is there");
	assert_result(&o, 1, true, "set tools.policy simulate=allow");
	assert_int_equal(session_state(d->w.session)->n_runs, 0);
	OVER;
}

static unsigned yeses;

static bool says_yes(void *ctx, const char *question)
{
	yeses++;
	return true;
}

IN_TASK(policies_hold_and_are_asked_about_once)
{
	ROUNDS("c a simulate {}\nc b simulate {\"testbench\":\"q_tb\"}\nc c lint {}");
	struct err refused;

	begin(d, rounds, "assist");
	d->w.out.ask = says_yes;
	yeses = 0;
	assert_true(options_set(d->w.options, "tools.policy", "lint=deny", NULL));
	ask(d, "look", &o);
	assert_int_equal(yeses, 1);
	assert_result(&o, 0, false, "run ");
	assert_result(&o, 1, false, "run ");
	assert_result(&o, 2, true, "does not allow it");
	OVER;
	/* A word that is none is refused, and what held before does. */
	assert_false(options_set(d->w.options, "tools.policy", "lint=allow search=yes", &refused));
	assert_int_equal(refused.code, ERR_USAGE);
	script_begin(d, (const char *const[]){ "c a lint {}", NULL }, "assist");
	ask(d, "look", &o);
	assert_result(&o, 0, true, "does not allow it");
	OVER;
}

/* Anything ------------------------------------------------------------------------------ */

static uint32_t seed = 20261128;

static size_t roll(size_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void random_call(struct str *out, size_t k)
{
	static const char *const names[] = {
		"read_file", "search",	      "design",	     "lint",	 "propose_edit",
		"wave",	     "ask_person",    "done",	     "simulate", "shell",
		"",	     "read_file\x01", "PROPOSE_EDIT"
	};
	static const char *const args[] = {
		"{}",
		"",
		"[]",
		"null",
		"7",
		"\"x\"",
		"{\"path\":\"q.v\"}",
		"{\"path\":\"../../../etc/passwd\"}",
		"{\"path\":\"/etc/passwd\"}",
		"{\"path\":\".posedge/x\",\"text\":\"y\",\"reason\":\"z\"}",
		"{\"path\":\"q.v\",\"text\":\"module q; endmodule\\n\",\"reason\":\"r\"}",
		"{\"path\":\"n.v\",\"text\":\"\",\"reason\":\"r\"}",
		"{\"path\":\"q_tb.v\",\"text\":\"\",\"reason\":\"r\"}",
		"{\"path\":\"q.v\",\"search\":\"endmodule\",\"replace\":\"endmodule // "
		"x\",\"reason\":"
		"\"r\"}",
		"{\"regex\":\"(\"}",
		"{\"regex\":\"q\"}",
		"{\"what\":\"hierarchy\"}",
		"{\"what\":\"ports\",\"module\":\"q\"}",
		"{\"op\":\"table\"}",
		"{\"claims\":[{\"claim\":\"all\",\"check\":\"lint\"},7]}",
		"{\"claims\":{}}",
		"{\"question\":\"what\",\"options\":[1]}",
		"{\"path\":1e999}",
		"{\"from\":-1,\"path\":\"q.v\"}",
		"{\"path\":\"\\u0000\\ud800\"}",
		"{\"proposal\":true}",
		"{\"proposal\":\"yes\"}",
	};
	char *text = mem_strdup(args[roll(sizeof(args) / sizeof(*args))]);

	if (roll(5) == 0)
		text[roll(strlen(text) + 1)] = '\0';
	str_addf(out, "c %zu %s %s\n", roll(4) ? k : 0, names[roll(sizeof(names) / sizeof(*names))],
		 text);
	free(text);
}

static char *random_round(void)
{
	static const char *const ends[] = { "f stop",	"f length", "f tools", "f pause",
					    "f filter", "e broken", "" };
	struct str s = STR_INIT;
	size_t calls = roll(4) ? roll(4) : roll(24);
	char *text;

	if (roll(2))
		str_adds(&s, "t some text\n");
	for (size_t i = 0; i < calls; i++) {
		random_call(&s, i + 1);
		if (roll(8) == 0)
			str_adds(&s, "o {\"k\":[1]}\n");
	}
	if (roll(6) == 0)
		str_adds(&s, ends[roll(sizeof(ends) / sizeof(*ends))]);
	text = mem_strdup(str_cstr(&s));
	str_free(&s);
	return text;
}

#define TRANSCRIPTS 1000

/* In each: no crash, calls and results paired (turn() looks), and no file of the project
 * is another one or new. */
IN_TASK(a_thousand_transcripts_write_nothing)
{
	size_t n = test_rounds(TRANSCRIPTS);

	project(d);
	put_file(d, "spec.md", "all of it\n");
	for (size_t i = 0; i < n; i++) {
		char *rounds[7] = { NULL };
		struct outcome o;

		for (size_t k = 0, all = 1 + roll(6); k < all; k++)
			rounds[k] = random_round();
		script_begin(d, (const char *const *)rounds, roll(4) ? "assist" : "read");
		ask(d, "go", &o);
		OVER;
		for (size_t k = 0; rounds[k]; k++)
			free(rounds[k]);
	}
	holds(d, "q.v", design);
	holds(d, "q_tb.v", bench);
	holds(d, "spec.md", "all of it\n");
	holds(d, "n.v", "(none)");
}

/* In text ----------------------------------------------------------------------------- */

/* Of eight turns, two of them without a call, what is sent twice; the files are as large as
 * small designs are. */
static double part_repeated(struct desk *d)
{
	static const char look[] = "c a read_file {\"path\":\"q.v\"}",
			  find[] = "t It is there.\nc b search {\"regex\":\"posedge\"}";
	static const char *const rounds[] = { look,   "t One.",	 find, "t I see.", "t Three.", look,
					      find,   "t Four.", look, "t Five.",  "t Six.",   look,
					      "t 7.", find,	 look, "t Eight.", NULL };
	struct str long_file = STR_INIT;
	struct outcome o;

	begin(d, rounds, "assist");
	for (int i = 0; i < 60; i++)
		str_addf(&long_file, "// line %d of a file that goes along with each question\n",
			 i);
	str_adds(&long_file, "module other;\nendmodule\n");
	put_file(d, "other.v", str_cstr(&long_file));
	str_free(&long_file);
	for (int i = 0; i < 8; i++) {
		char *question = str_fmt("question %d about q", i);
		char *changed = str_fmt("%s// version %d\n", design, i);

		put_file(d, "q.v", changed); /* what changes would part requests laid out anew */
		free(changed);
		ask(d, question, &o);
		assert_true(o.ok);
		ask_result_fini(&o.r);
		free(question);
	}
	return (double)script.again / (double)script.bytes;
}

IN_TASK(a_turn_is_gone_on_from)
{
	double part = part_repeated(d);
	const char *rules = strstr(str_cstr(&script.seen), "You have tools.");

	print_message("%.1f %% of %zu bytes were sent before\n", part * 100, script.bytes);
	assert_true(part > 0.905); /* laid out anew: 0.898 */
	/* Once, and in the instructions. */
	assert_non_null(rules);
	assert_null(strstr(rules + 1, "You have tools."));
	assert_non_null(strstr(str_cstr(&script.seen), "question 0 about q"));
	assert_non_null(strstr(str_cstr(&script.seen), "Three."));
}

IN_TASK(calls_in_text_are_calls)
{
	ROUNDS("t I look.\nn\nt ```tool\nn\nt {\"name\":\"read_file\",\"arguments\":{\"path\":"
	       "\"q.v\"}}\nn\nt ```\nn",
	       "t It toggles.");

	begin(d, rounds, "assist");
	assert_true(options_set(d->w.options, "tools", "text", NULL));
	ask(d, "look", &o);
	assert_true(o.ok);
	assert_int_equal(script.asked, 2);
	assert_result(&o, 0, false, "always");
	assert_non_null(strstr(str_cstr(&script.seen), "Result of read_file:\n"));
	assert_non_null(strstr(str_cstr(&script.seen), "tool propose_edit: "));
	assert_null(strstr(str_cstr(&script.seen), "[tool "));
	OVER;
}

struct told {
	struct str all;
};

static void tell(void *ctx, const char *name, const char *args, size_t len)
{
	str_addf(&((struct told *)ctx)->all, "%s(%.*s) ", name, (int)len, args);
}

static void blocks_of_a_text_are_calls(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "a\n```tool\n{\"name\":\"x\",\"arguments\":{\"a\":1}}\n```\nb", "x({\"a\":1}) " },
		{ "```tool\n{\"name\":\"x\"}\n```\n```tool\n{\"name\":\"y\"}\n", "x() y() " },
		{ "```tool\nno JSON\n```", "(no JSON\n) " },
		{ "```tool\n{\"name\":\"x\",\"argu", "({\"name\":\"x\",\"argu) " },
		{ "```json\n{\"name\":\"x\"}\n```", "" },
		{ "```toolbox\n{\"name\":\"x\"}\n```", "" },
		{ "```tool", "" },
		{ "", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct told t = { STR_INIT };

		text_calls(cases[i].text, strlen(cases[i].text), tell, &t);
		assert_string_equal(str_cstr(&t.all), cases[i].want);
		str_free(&t.all);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(calls_are_run_and_answered_until_the_model_is_done),
		TEST(without_tools_it_is_a_question_like_any_other),
		TEST(calls_at_a_time_are_answered_in_their_order),
		TEST(ids_that_come_again_are_others),
		TEST(arguments_that_are_none_are_told),
		TEST(the_same_again_is_not_done_again),
		TEST(rounds_are_bounded),
		TEST(tokens_are_bounded),
		TEST(simulations_are_bounded),
		TEST(time_is_bounded_and_what_came_stays),
		TEST(a_cancel_while_the_model_speaks_answers_its_calls),
		TEST(a_cancel_while_a_tool_runs_answers_the_others),
		TEST(a_tool_that_never_ends_is_ended),
		TEST(a_cut_answer_runs_nothing),
		TEST(a_failure_answers_what_was_called),
		TEST(a_paused_model_goes_on),
		TEST(who_takes_no_tools_is_asked_without),
		TEST(an_answer_with_too_many_calls_is_no_sign_of_no_tools),
		TEST(a_call_that_is_not_run_is_noted_with_the_reason),
		TEST(what_is_said_meanwhile_stands_behind_the_results),
		TEST(a_second_proposal_goes_on_from_the_first),
		TEST(code_in_text_is_proposed_where_nothing_else_was),
		TEST(who_only_reads_proposes_nothing),
		TEST(what_judges_is_not_proposed_to),
		TEST(done_ends_a_turn_and_says_what_was_shown),
		TEST(claims_that_are_too_many_are_counted),
		TEST(a_proposal_makes_checks_old),
		TEST(the_person_is_asked),
		TEST(where_nobody_is_the_model_decides),
		TEST(policies_hold_and_are_asked_about_once),
		TEST(a_thousand_transcripts_write_nothing),
		TEST(a_turn_is_gone_on_from),
		TEST(calls_in_text_are_calls),
		cmocka_unit_test(blocks_of_a_text_are_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
