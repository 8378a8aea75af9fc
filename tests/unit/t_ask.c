#include "config.h"

#include "tests/lib/case.h"

#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_fix.h"
#include "session/ask/ask_turns.h"
#include "session/ask/ask_words.h"
#include "session/ask/flow_ask.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/project/project.h"
#include "session/review/flow_apply.h"
#include "session/output/diag.h"
#include "session/workbench/backend_list.h"
#include "tests/lib/desk.h"

/* Words --------------------------------------------------------------------------------- */

CASE(a_name_is_a_word_of_its_own)
{
	static const struct {
		const char *text, *name;
		bool named;
	} cases[] = {
		{ "in rtl/a.sv the", "rtl/a.sv", true },
		{ "rtl/a.sv:3:1: WIDTH", "rtl/a.sv", true },
		{ "see ./rtl/a.sv.", "rtl/a.sv", true },
		{ "`a.sv`, please", "a.sv", true },
		{ "in a.svh", "a.sv", false },
		{ "in data.sv", "a.sv", false },
		{ "old/rtl/a.sv", "rtl/a.sv", false },
		{ "rtl/a.sv", "a.sv", false },
		{ "fix fifo_ctl", "fifo", false },
		{ "the fifo's flag", "fifo", true },
		{ "sync-fifo", "fifo", false },
		{ "(fifo)", "fifo", true },
		{ "", "a", false },
		{ "a", "", false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (ask_names(cases[i].text, cases[i].name) != cases[i].named)
			fail_msg("\"%s\" in \"%s\"", cases[i].name, cases[i].text);
}

CASE(a_question_about_a_testbench_is_recognised)
{
	static const char *const yes[] = { "and a testbench",	      "Write a TEST bench",
					   "make tb for it",	      "verify the FIFO",
					   "schreibe eine Testbench", "写一个测试平台",
					   "fix fifo_tb.sv" };
	static const char *const no[] = { "an 8-bit counter", "why is q wrong?",
					  "make the reset asynchronous", "a bus hub" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		assert_true(ask_wants_bench(yes[i]));
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		assert_false(ask_wants_bench(no[i]));
}

CASE(a_models_name_tells_its_size)
{
	static const char *const small[] = { "qwen2.5-coder:7b", "llama-3.2-3B-Instruct",
					     "gemma-2-9b-it", "x-1.5b" };
	static const char *const large[] = { "qwen2.5-coder-32b", "llama-3.1-405B", "gpt-4o",
					     "model-70b-8bit",	  "8bit",	    "" };

	for (size_t i = 0; i < sizeof(small) / sizeof(*small); i++)
		assert_true(ask_model_is_small(small[i]));
	for (size_t i = 0; i < sizeof(large) / sizeof(*large); i++)
		assert_false(ask_model_is_small(large[i]));
}

CASE(findings_keep_to_their_room)
{
	struct diag_list *l = diag_list_new(100);
	struct str out = STR_INIT;

	for (int i = 1; i <= 40; i++)
		diag_list_add(l,
			      &(struct diag){ .path = "a.sv",
					      .line = i,
					      .rank = i % 2 ? DIAG_RISK : DIAG_STYLE,
					      .code = "C",
					      .text = "twenty bytes of text",
					      .context = "",
					      .hint = "" },
			      NULL);
	assert_int_equal(ask_findings(l, false, 1 << 20, &out), 20);
	assert_null(strstr(str_cstr(&out), "more"));
	str_clear(&out);
	assert_int_equal(ask_findings(l, false, 100, &out), 20);
	assert_true(out.len < 250);
	assert_non_null(strstr(str_cstr(&out), " more\n"));
	str_free(&out);
	diag_list_free(l);
}

/* Context ------------------------------------------------------------------------------- */

static size_t times(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)); text++)
		n++;
	return n;
}

/* The whole request for these pieces and this question. */
static char *request_of(struct desk *d, struct ask_request *r, const char *option,
			struct strv *unseen)
{
	char *options[] = { (char *)option, NULL };
	struct backend_entry e = { .name = "m", .protocol = "fake", .options = options };
	struct err err;
	struct str view = STR_INIT;
	struct prompt *p;

	assert_true(workbench_session(&d->w, SESSION_FULL, NULL) != NULL);
	project_rescan(workbench_project(&d->w, NULL), NULL);
	p = ask_context(&d->w, r, &e, unseen, &err);
	if (!p)
		fail_msg("%s", err.text);
	prompt_view(p, &view);
	prompt_free(p);
	return str_take(&view);
}

IN_TASK(an_attached_file_is_sent_once)
{
	struct prompt_piece pieces[] = {
		{ .title = "m.sv", .text = "module m;\n  wire heron;\nendmodule\n", .len = 34 },
		{ .title = "m.sv:1-40",
		  .text = "module m;\n  wire heron;\n  wire x;\nendmodule\n",
		  .len = 44 },
		{ .title = "lint", .text = "m.sv:2: plover\n", .len = 15 }
	};
	struct ask_request r = { .question = "why @m.sv and @m.sv:1-40 with @lint?",
				 .pieces = pieces,
				 .n_pieces = 3 };
	struct strv unseen = STRV_INIT;
	char *sent;

	tool_write(d->root, "m.sv", "module m;\n  wire heron;\nendmodule\n");
	sent = request_of(d, &r, NULL, &unseen);
	assert_int_equal(times(sent, "heron"), 1);
	assert_int_equal(times(sent, "plover"), 1);
	assert_non_null(
		strstr(sent, "m.sv:1-40:\n```\nmodule m;\n(... up to ...)\nendmodule\n```"));
	assert_int_equal(unseen.n, 0);
	free(sent);
	strv_free(&unseen);
}

IN_TASK(what_a_named_module_instantiates_comes_before_the_rest)
{
	struct ask_request r = { .question = "what does top do?" };
	struct strv unseen = STRV_INIT;
	struct str filler = STR_INIT;
	char *sent, *near;

	for (int i = 0; i < 60; i++)
		str_addf(&filler, "  wire [7:0] filler_%d = 8'd%d;\n", i, i);
	near = str_fmt("module zz;\n  wire plover;\n%sendmodule\n", str_cstr(&filler));
	sent = str_fmt("module aa;\n%sendmodule\n", str_cstr(&filler));
	tool_write(d->root, "aa.sv", sent);
	tool_write(d->root, "zz.sv", near);
	tool_write(d->root, "top.sv", "module top;\n  zz u_zz ();\nendmodule\n");
	free(sent);
	sent = request_of(d, &r, "budget=2300", &unseen);
	assert_non_null(strstr(sent, "zz u_zz"));
	assert_non_null(strstr(sent, "wire plover"));
	assert_true(strv_has(&unseen, "aa.sv"));
	assert_false(strv_has(&unseen, "zz.sv") || strv_has(&unseen, "top.sv"));
	free(sent);
	free(near);
	strv_free(&unseen);
	str_free(&filler);
}

/* Turns --------------------------------------------------------------------------------- */

static uint64_t answered(struct desk *d, const char *question, const char *answer, const char *more)
{
	struct ask_request r = { .question = question };
	struct ask_result out;
	struct err err;
	uint64_t n;

	the_model_says(d, answer, more);
	flow_ask(&d->w, &r, &out, &err);
	n = out.ask;
	ask_result_fini(&out);
	return n;
}

/* What the next request contains of the first exchange. */
static char *told(struct desk *d)
{
	struct ask_turns t;
	char *text;

	ask_turns(session_state(d->w.session), 0, &t);
	assert_true(t.n > 0);
	text = mem_strdup(t.v[0].answer);
	ask_turns_fini(&t);
	return text;
}

#define PROPOSES "Two lines.\\n```verilog m.sv\\nmodule m;\\n  wire added;\\nendmodule\\n```\\n"

IN_TASK(an_open_proposal_is_told_whole_and_a_decided_one_by_its_fate)
{
	const struct state *s;
	char *text;

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	workbench_session(&d->w, SESSION_FULL, NULL);
	answered(d, "add a wire", PROPOSES, "");
	s = session_state(d->w.session);
	text = told(d);
	assert_non_null(strstr(text, "wire added"));
	assert_non_null(strstr(text, "[m.sv: proposed, not decided yet]"));
	free(text);
	assert_true(flow_apply(d->w.session, s->proposals[0]->n, "test", NULL));
	text = told(d);
	assert_null(strstr(text, "wire added"));
	assert_string_equal(text, "Two lines.\n[m.sv: all of it was taken]\n");
	free(text);
}

IN_TASK(a_refused_proposal_is_told)
{
	struct event refuse = { .type = EVENT_DECIDE }, close = { .type = EVENT_APPLY };
	const struct proposal *p;
	char *text;

	tool_write(d->root, "m.sv", "module m;\nendmodule\n");
	workbench_session(&d->w, SESSION_FULL, NULL);
	answered(d, "add a wire", PROPOSES, "");
	p = session_state(d->w.session)->proposals[0];
	refuse.decide.suggestion = close.apply.suggestion = p->n;
	refuse.decide.decision = DECISION_REFUSED;
	close.apply.refused = 1;
	close.apply.how = "test";
	assert_true(session_record(d->w.session, &refuse, NULL, NULL));
	assert_true(session_record(d->w.session, &close, NULL, NULL));
	text = told(d);
	if (!strstr(text, "[m.sv: refused; the designer refused `+ "))
		fail_msg("%s", text);
	free(text);
}

IN_TASK(how_an_answer_ended_is_told)
{
	char *text;

	workbench_session(&d->w, SESSION_FULL, NULL);
	answered(d, "q", "It wraps beca", "error=no line");
	text = told(d);
	assert_non_null(strstr(text, "It wraps beca\n[this answer broke off: "));
	assert_non_null(strstr(text, "no line"));
	free(text);
}

static void recorded(struct desk *d, const char *backend, uint64_t estimated, int64_t counted)
{
	struct event ask = { .type = EVENT_ASK }, answer = { .type = EVENT_ANSWER };
	uint64_t n;

	ask.ask.backend = backend;
	ask.ask.tokens = estimated;
	assert_true(session_record(d->w.session, &ask, &n, NULL));
	answer.answer.ask = n;
	answer.answer.in = counted;
	answer.answer.out = answer.answer.cached = answer.answer.reasoning = -1;
	assert_true(session_record(d->w.session, &answer, NULL, NULL));
}

IN_TASK(estimates_are_corrected_by_what_the_server_counted)
{
	const struct state *s;

	workbench_session(&d->w, SESSION_FULL, NULL);
	s = session_state(d->w.session);
	assert_int_equal(ask_percent(s, "a"), 0);
	recorded(d, "a", 1000, 1300);
	recorded(d, "b", 1000, 700);
	recorded(d, "a", 3000, 3700);
	recorded(d, "a", 9000, 2048); /* truncated: it says nothing */
	recorded(d, "a", 100, 250);   /* too few */
	recorded(d, "a", 1000, -1);
	assert_int_equal(ask_percent(s, "a"), 125);
	assert_int_equal(ask_percent(s, "b"), 70);
	assert_true(ask_was_cut(9000, 2048));
	assert_false(ask_was_cut(9000, 6000));
	assert_false(ask_was_cut(700, 10));
	assert_false(ask_was_cut(9000, -1));
}

/* The stream ------------------------------------------------------------------------------ */

struct watching {
	struct str last;
	size_t calls, words;
};

static void on_live(void *ctx, uint64_t ask, const char *text, size_t len, size_t words)
{
	struct watching *v = ctx;

	v->calls++;
	v->words = words;
	str_clear(&v->last);
	str_add(&v->last, text, len);
}

IN_TASK(a_secret_is_not_live_either)
{
	struct watching v = { .last = STR_INIT };
	struct ask_request r = { .question = "q", .live = on_live, .ctx = &v };
	struct ask_result out;

	the_model_says(d, "use sk-ant-REDACTED here", "");
	redact_add(d->w.redact, "sk-ant-REDACTED");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	assert_true(v.calls > 0);
	assert_int_equal(v.last.len, 0);
	assert_int_equal(v.words, 3);
	assert_null(strstr(str_cstr(&state_exchange(session_state(d->w.session), out.ask)->answer),
			   "abcdefghij"));
	ask_result_fini(&out);
	str_free(&v.last);
}

IN_TASK(an_answer_has_an_end)
{
	char *path = path_join(d->root, "long.md");
	char *option = str_fmt("file=%s", path), *options[] = { option, NULL };
	struct backend_entry b = { .name = "m", .protocol = "fake", .options = options };
	struct ask_request r = { .question = "q" };
	struct ask_result out;
	struct err err;
	struct str text = STR_INIT;

	while (text.len <= ASK_ANSWER_MAX)
		str_adds(&text, "prose without an end, line by line\n");
	assert_true(file_save(path, text.data, text.len, 0600, NULL));
	workbench_add_backend(&d->w, &b);
	assert_true(options_set(d->w.options, "backend", "m", NULL));
	assert_false(flow_ask(&d->w, &r, &out, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	assert_non_null(strstr(err.text, "longer than 4 MB"));
	ask_result_fini(&out);
	str_free(&text);
	free(option);
	free(path);
}

IN_TASK(a_call_is_recorded_where_it_came)
{
	char *options[] = { "text=I lint it.", "call=lint:{\"file\":\"a.sv\"}", NULL };
	struct backend_entry b = { .name = "m", .protocol = "fake", .options = options };
	struct ask_request r = { .question = "q" };
	struct ask_result out;
	const struct exchange *x;

	workbench_add_backend(&d->w, &b);
	assert_true(options_set(d->w.options, "backend", "m", NULL));
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	x = state_exchange(session_state(d->w.session), out.ask);
	assert_string_equal(x->finish, "tools");
	assert_int_equal(x->n_parts, 1);
	assert_int_equal(x->parts[0].at, x->answer.len);
	assert_string_equal(x->parts[0].name, "lint");
	assert_string_equal(str_cstr(&x->parts[0].text), "{\"file\":\"a.sv\"}");
	ask_result_fini(&out);
}

/* Options of a backend --------------------------------------------------------------------- */

IN_TASK(wrong_options_are_refused)
{
	static const char *const wrong[] = { "budget=", "budget=many", "context=5", "answer=maybe",
					     "model_size=huge" };
	static const char *const right[] = { "budget=9000", "context=8192", "answer=edit",
					     "answer=whole", "model_size=small" };
	char *unknown[] = { "reasonning=x", NULL }, *far[] = { "colour=blue", NULL };
	struct err err;

	for (size_t i = 0; i < 5; i++) {
		char *bad[] = { (char *)wrong[i], NULL }, *good[] = { (char *)right[i], NULL };

		assert_false(ask_options_check(
			&d->w,
			&(struct backend_entry){ .name = "m", .protocol = "fake", .options = bad },
			&err));
		assert_int_equal(err.code, ERR_USAGE);
		assert_true(ask_options_check(
			&d->w,
			&(struct backend_entry){ .name = "m", .protocol = "fake", .options = good },
			&err));
	}
	assert_false(ask_options_check(
		&d->w,
		&(struct backend_entry){ .name = "m", .protocol = "fake", .options = unknown },
		&err));
	assert_non_null(strstr(err.text, "did you mean reasoning=?"));
	assert_false(ask_options_check(
		&d->w, &(struct backend_entry){ .name = "m", .protocol = "fake", .options = far },
		&err));
	assert_non_null(strstr(err.text, "posedge help backend"));
}
