/* What is sent again with each question: compacted, switched off, repeated. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>

#include "session/ask/ask_ratio.h"
#include "session/ask/ask_sent.h"
#include "session/ask/ask_turns.h"
#include "session/ask/flow_ask.h"
#include "session/base/utf8.h"
#include "session/journal/session.h"
#include "session/project/project.h"
#include "session/review/flow_apply.h"
#include "session/text/bytes.h"
#include "session/workbench/rc.h"
#include "tests/lib/desk.h"

static uint64_t answered(struct desk *d, const char *question, const char *answer)
{
	struct ask_request r = { .question = question };
	struct ask_result out;
	struct err err;
	uint64_t n;

	the_model_says(d, answer, "");
	project_rescan(workbench_project(&d->w, NULL), NULL);
	if (!flow_ask(&d->w, &r, &out, &err))
		fail_msg("%s", err.text);
	for (size_t i = 0; i < out.placed.n; i++)
		assert_true(flow_apply(d->w.session, out.placed.suggestions[i], "test", &err));
	n = out.ask;
	ask_result_fini(&out);
	return n;
}

/* Compacted --------------------------------------------------------------------------- */

static const struct state *ask_some(struct desk *d, int n, const char *answer)
{
	assert_non_null(workbench_session(&d->w, SESSION_FULL, NULL));
	for (int i = 0; i < n; i++) {
		char q[16];

		snprintf(q, sizeof(q), "q%d", i);
		answered(d, q, answer);
	}
	return session_state(d->w.session);
}

IN_TASK(what_is_compacted_is_told_in_short)
{
	const struct state *s = ask_some(d, 11, "yes it is");
	struct ask_turns t;
	uint64_t upto;

	assert_int_equal(ask_compacted(s), 0);
	ask_turns(s, 0, &t);
	assert_int_equal(t.n, 11);
	assert_int_equal(t.digest.len, 0);
	ask_turns_fini(&t);
	upto = ask_compact_now(s);
	assert_true(ask_compact(d->w.session, upto, NULL));
	assert_int_equal(ask_compacted(s), upto);
	ask_turns(s, upto, &t);
	assert_int_equal(t.n, ASK_TURNS_KEPT);
	assert_int_equal(t.compacted, 9);
	assert_int_equal(t.before, 0);
	assert_string_equal(t.v[0].question, "q9");
	assert_non_null(
		strstr(str_cstr(&t.digest), "- asked: q0\n  answered: yes it is\n- asked: q1\n"));
	assert_null(strstr(str_cstr(&t.digest), "q9"));
	ask_turns_fini(&t);
}

IN_TASK(turns_are_compacted_when_they_take_too_much)
{
	struct str answer = STR_INIT;
	const struct state *s;
	uint64_t due;

	for (int i = 0; i < 100; i++)
		str_adds(&answer, "ten words of prose that say what was done here ");
	s = ask_some(d, 4, str_cstr(&answer)); /* about 1200 tokens each */
	assert_int_equal(ask_compact_due(s, 0, 24000, 50), 0);
	due = ask_compact_due(s, 0, 8000, 50);
	assert_int_equal(due, s->chat[1]->n);
	assert_int_equal(ask_compact_due(s, due, 8000, 50), due); /* and no further */
	assert_int_equal(ask_compact_due(s, due, 100, 50), due);  /* two stay, whatever they take */
	/* The next question compacts, and reports it. */
	assert_true(options_set(d->w.options, "prompt.budget", "8000", NULL));
	str_clear(&d->notes);
	answered(d, "q4", "yes");
	assert_int_equal(ask_compacted(s), due);
	assert_non_null(strstr(str_cstr(&d->notes), "in short from now on"));
	str_free(&answer);
}

IN_TASK(a_digest_has_a_limit)
{
	struct str answer = STR_INIT;
	struct ask_turns t;

	for (int i = 0; i < 60; i++)
		str_adds(&answer, "\xc3\xa4\xc3\xb6 ");
	ask_turns(ask_some(d, 60, str_cstr(&answer)), UINT64_MAX, &t);
	assert_int_equal(t.n, 0);
	assert_int_equal(t.compacted + t.before, 60);
	assert_true(t.before > 0 && t.digest.len > ASK_DIGEST_MAX / 2);
	assert_true(t.digest.len < ASK_DIGEST_MAX + 100);
	assert_true(utf8_valid(t.digest.data, t.digest.len));
	ask_turns_fini(&t);
	str_free(&answer);
}

/* One request after the other --------------------------------------------------------- */

/* What the newest question sent, as it is in the journal. */
static void sent_last(struct desk *d, struct ask_sent *out)
{
	const struct state *s = session_state(d->w.session);

	assert_true(ask_sent(d->w.session, s->chat[s->n_chat - 1], out));
}

static size_t common(const struct str *a, const struct str *b)
{
	size_t n = 0;

	while (n < a->len && n < b->len && a->data[n] == b->data[n])
		n++;
	return n;
}

/* A module of about 40 lines, so that one of them changes with each version. */
static void module_text(const char *name, int version, struct str *out)
{
	str_addf(out, "module %s (input clk, input rst, input [7:0] d, output reg [7:0] q);\\n",
		 name);
	for (int i = 0; i < 36; i++)
		str_addf(out, "  wire [7:0] stage_%d = d + 8'd%d; // one of the steps\\n", i,
			 i == 7 ? version : i);
	str_adds(out, "  always @(posedge clk) q <= rst ? 8'd0 : stage_7;\\nendmodule\\n");
}

static void write_module(struct desk *d, const char *path, const char *name)
{
	struct str text = STR_INIT, real = STR_INIT;

	module_text(name, 0, &text);
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] == '\\' && text.data[++i] == 'n')
			str_addc(&real, '\n');
		else
			str_addc(&real, text.data[i]);
	tool_write(d->root, path, str_cstr(&real));
	str_free(&text);
	str_free(&real);
}

/* A typical session: of twelve questions eight change one of four files, four are
 * answered in prose. */
static void twelve(struct desk *d, int i, struct str *question, struct str *answer)
{
	static const char *const names[] = { "front", "core", "back", "top" };
	const char *name = names[i % 4];

	if (i % 3 == 2) {
		str_addf(question, "why does %s register its output, question %d?", name, i);
		str_adds(answer, "Because the stage behind it reads at the same edge. Without the "
				 "register the path would run through two modules.\\n");
		return;
	}
	str_addf(question, "make step 7 of %s larger, change %d", name, i);
	str_addf(answer, "Step 7 of %s adds %d now. Nothing else changes.\\n```verilog rtl/%s.v\\n",
		 name, 100 + i, name);
	module_text(name, 100 + i, answer);
	str_adds(answer, "```\\n");
}

static double repeated(struct desk *d, bool (*disturb)(struct desk *d, int i))
{
	size_t all = 0, again = 0;
	struct str before = STR_INIT;

	for (int i = 0; i < 12; i++) {
		struct str question = STR_INIT, answer = STR_INIT;
		struct ask_sent sent;

		if (disturb && !disturb(d, i))
			break;
		twelve(d, i, &question, &answer);
		answered(d, str_cstr(&question), str_cstr(&answer));
		sent_last(d, &sent);
		if (getenv("POSEDGE_TEST_SHOW"))
			print_message("%2d: %6zu bytes, %6zu again, %zu messages\n", i + 1,
				      sent.text.len, common(&before, &sent.text), sent.request.n);
		all += sent.text.len;
		again += common(&before, &sent.text);
		str_clear(&before);
		str_add(&before, sent.text.data, sent.text.len);
		ask_sent_fini(&sent);
		str_free(&question);
		str_free(&answer);
	}
	str_free(&before);
	return (double)again / (double)all;
}

static void make_folder(struct desk *d, const char *name)
{
	char *path = path_join(d->root, name);

	assert_true(file_make_dirs(path, 0700, NULL));
	free(path);
}

static void make_project(struct desk *d)
{
	make_folder(d, "rtl");
	tool_write(d->root, "spec.md", "# A pipeline\n\nR1  Each stage adds to its input.\n");
	write_module(d, "rtl/front.v", "front");
	write_module(d, "rtl/core.v", "core");
	write_module(d, "rtl/back.v", "back");
	write_module(d, "rtl/top.v", "top");
	assert_non_null(workbench_session(&d->w, SESSION_FULL, NULL));
}

IN_TASK(of_twelve_questions_85_percent_is_a_repeated_beginning)
{
	double part;

	make_project(d);
	part = repeated(d, NULL);
	print_message("%.1f %% of the bytes were sent before\n", part * 100);
	if (part < 0.85)
		fail_msg("only %.1f %% is repeated", part * 100);
}

/* The last text of each file in the request equals the one on disk. */
IN_TASK(the_last_text_of_a_file_is_the_true_one)
{
	static const char *const paths[] = { "rtl/front.v", "rtl/core.v", "rtl/back.v",
					     "rtl/top.v" };

	make_project(d);
	for (int i = 0; i < 12; i++) {
		struct str question = STR_INIT, answer = STR_INIT;
		char *texts[4];
		struct ask_sent sent;

		for (int k = 0; k < 4; k++)
			texts[k] = on_disk(d, paths[k]);
		twelve(d, i, &question, &answer);
		answered(d, str_cstr(&question), str_cstr(&answer));
		sent_last(d, &sent);
		for (int k = 0; k < 4; k++) {
			const struct prompt_entry *last = NULL;
			const struct entries *l = &sent.request.entries;

			for (size_t j = 0; j < l->n; j++)
				if (l->v[j].kind == ENTRY_FILE &&
				    strcmp(l->v[j].name, paths[k]) == 0)
					last = &l->v[j];
			assert_true(last && last->state == ENTRY_WHOLE);
			if (!memmem(sent.request.messages[last->message].text + last->from,
				    last->len, texts[k], strlen(texts[k])))
				fail_msg("question %d: %s is not as it is on the disk", i,
					 paths[k]);
			free(texts[k]);
		}
		ask_sent_fini(&sent);
		str_free(&question);
		str_free(&answer);
	}
}

static void a_request(struct desk *d, const char *question, struct str *out)
{
	struct ask_sent sent;

	answered(d, question, "Fine.");
	sent_last(d, &sent);
	str_clear(out);
	str_add(out, sent.text.data, sent.text.len);
	ask_sent_fini(&sent);
}

IN_TASK(what_is_switched_off_is_not_sent)
{
	struct str text = STR_INIT;
	struct ask_sent sent;
	bool off = false;

	make_project(d);
	a_request(d, "q1", &text);
	assert_non_null(strstr(str_cstr(&text), "module core"));
	assert_non_null(strstr(str_cstr(&text), "Each stage adds"));
	assert_true(ask_switch(d->w.session, "rtl/core.v", false, NULL));
	assert_true(ask_switch(d->w.session, "spec.md", false, NULL));
	a_request(d, "q2", &text);
	assert_null(strstr(str_cstr(&text), "module core"));
	assert_null(strstr(str_cstr(&text), "Each stage adds"));
	assert_non_null(strstr(str_cstr(&text), "module back"));
	assert_non_null(strstr(str_cstr(&text), "\nq1\n"));
	sent_last(d, &sent);
	for (size_t i = 0; i < sent.request.entries.n; i++)
		off |= sent.request.entries.v[i].state == ENTRY_OFF &&
		       strcmp(sent.request.entries.v[i].name, "rtl/core.v") == 0;
	assert_true(off);
	ask_sent_fini(&sent);
	assert_true(ask_switch(d->w.session, ASK_OFF_TURNS, false, NULL));
	assert_true(ask_switch(d->w.session, "rtl/core.v", true, NULL));
	a_request(d, "q3", &text);
	assert_non_null(strstr(str_cstr(&text), "module core"));
	assert_null(strstr(str_cstr(&text), "\nq1\n"));
	str_free(&text);
}

/* The fate of an answer decided after the next request is reported once. */
IN_TASK(a_late_decision_is_told_later)
{
	struct ask_request r = { .question = "change core" };
	struct ask_result out;
	struct str text = STR_INIT, answer = STR_INIT;
	const char *at;

	make_project(d);
	str_adds(&answer, "Larger.\\n```verilog rtl/core.v\\n");
	module_text("core", 99, &answer);
	str_adds(&answer, "```\\n");
	the_model_says(d, str_cstr(&answer), "");
	assert_true(flow_ask(&d->w, &r, &out, NULL));
	a_request(d, "q2", &text);
	assert_non_null(strstr(str_cstr(&text), "[rtl/core.v: proposed, not decided yet]"));
	assert_true(flow_apply(d->w.session, out.placed.suggestions[0], "test", NULL));
	a_request(d, "q3", &text);
	at = strstr(str_cstr(&text), "What became by now of your answer to \"change core\":\n"
				     "[rtl/core.v: all of it was taken]\n");
	assert_non_null(at);
	a_request(d, "q4", &text);
	at = strstr(str_cstr(&text), "What became by now");
	assert_non_null(at);
	assert_null(strstr(at + 1, "What became by now"));
	ask_result_fini(&out);
	str_free(&text);
	str_free(&answer);
}

/* Another spec, a deleted file: nothing of the old text may remain. */
IN_TASK(what_is_gone_is_not_sent_again)
{
	struct str text = STR_INIT;
	char *path = path_join(d->root, "rtl/back.v");

	make_project(d);
	a_request(d, "q1", &text);
	a_request(d, "q2", &text);
	tool_write(d->root, "spec.md", "R1  Each stage subtracts.\n");
	a_request(d, "q3", &text);
	assert_null(strstr(str_cstr(&text), "Each stage adds"));
	assert_non_null(strstr(str_cstr(&text), "Each stage subtracts"));
	assert_true(file_remove_tree(path, NULL));
	a_request(d, "q4", &text);
	assert_null(strstr(str_cstr(&text), "module back"));
	free(path);
	str_free(&text);
}

/* A server that counts prose as 1.2 and code as 1.6 of the estimates. */
static void counted(struct desk *d, size_t prose, size_t code)
{
	struct event ask = { .type = EVENT_ASK }, answer = { .type = EVENT_ANSWER };
	char *sent = str_fmt("m 0 10\nm 1 10\n"
			     "e instructions whole 0 0 10 %zu 0 0 instructions\n"
			     "e file whole 1 0 10 %zu 0 0 a.v\n"
			     "e file no-room 0 0 999 9999 0 0 b.v\n",
			     prose, code);
	uint64_t n;

	ask.ask.backend = "m";
	ask.ask.tokens = prose + code;
	ask.ask.sent = (struct bytes){ sent, strlen(sent) };
	assert_true(session_record(d->w.session, &ask, &n, NULL));
	answer.answer.ask = n;
	answer.answer.in = (int64_t)(prose * 12 / 10 + code * 16 / 10);
	answer.answer.out = answer.answer.cached = answer.answer.reasoning = -1;
	assert_true(session_record(d->w.session, &answer, NULL, NULL));
	free(sent);
}

IN_TASK(a_servers_idea_of_code_is_found_out)
{
	struct prompt_entry file = { .kind = ENTRY_FILE }, spec = { .kind = ENTRY_SPEC };
	struct ask_ratio r;

	assert_non_null(workbench_session(&d->w, SESSION_FULL, NULL));
	ask_ratio(session_state(d->w.session), "m", &r);
	assert_int_equal(ask_ratio_of(&r, &file), 100);
	/* A single sample gives only the combined ratio. */
	counted(d, 1000, 1000);
	ask_ratio(session_state(d->w.session), "m", &r);
	assert_in_range(r.prose, 138, 142);
	assert_in_range(r.code, 138, 142);
	counted(d, 1000, 200);
	counted(d, 900, 2500);
	counted(d, 1500, 600);
	ask_ratio(session_state(d->w.session), "m", &r);
	assert_in_range(ask_ratio_of(&r, &spec), 117, 128);
	assert_in_range(ask_ratio_of(&r, &file), 154, 163);
	ask_ratio(session_state(d->w.session), "another", &r);
	assert_int_equal(r.prose, 0);
}

/* The journal is not trusted: implausible values are ignored. */
CASE(parts_of_a_request_must_fit_its_text)
{
	static const char view[] = "[system]\nabc\n\n[user]\nq\n";
	static const char *const bad[] = {
		"",
		"m 0 3\nm 1 1",
		"m 0 5\nm 1 1\n",
		"m 0 3\n",
		"m 1 3\nm 0 1\n",
		"m 0 3\nm 1 1\nm 2 0\n",
		"m 0 3\nm 1 1\ne file whole 1 0 2 1 0 0 a.v\n",
		"m 0 3\nm 1 1\ne file whole 2 0 1 1 0 0 a.v\n",
		"m 0 3\nm 1 1\ne file whole 1 18446744073709551615 2 1 0 0 a.v\n",
		"m 0 3\nm 1 1\ne nothing whole 1 0 1 1 0 0 a.v\n",
		"m 0 3\nm 1 1\ne file whole 1 0 1 1 0 2 a.v\n",
		"m 0 3\nm 1 1\nx file whole 1 0 1 1 0 0 a.v\n",
		"m 0 -3\nm 1 1\n",
	};
	static const char rules[] = "m 0 3\nm 1 1\ne instructions whole 0 0 2 1 0 0 i\n";
	static const char good[] = "m 0 3\nm 1 1\ne question whole 1 0 1 1 0 0 the question\n";
	struct prompt_before b;

	assert_true(prompt_before_read(view, sizeof(view) - 1, good, sizeof(good) - 1, &b));
	assert_int_equal(b.entries.n, 1);
	prompt_before_fini(&b);
	assert_true(prompt_before_read(view, sizeof(view) - 1, rules, sizeof(rules) - 1, &b));
	assert_int_equal(b.messages[0].len, 2); /* text after them was appended by others */
	prompt_before_fini(&b);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (prompt_before_read(view, sizeof(view) - 1, bad[i], strlen(bad[i]), &b))
			fail_msg("taken: %s", bad[i]);
	for (size_t cut = 0; cut < sizeof(view) - 1; cut++)
		assert_false(prompt_before_read(view, cut, good, sizeof(good) - 1, &b));
}

/* A project of one's own -------------------------------------------------------------- */

IN_TASK(only_a_trusted_project_instructs_a_model)
{
	struct str text = STR_INIT;
	char *rc = path_join(d->root, ".posedgerc");

	setenv("HOME", d->root, 1);
	setenv("XDG_DATA_HOME", d->root, 1);
	tool_write(d->root, "AGENTS.md", "Write each port on a line of its own.\n");
	make_folder(d, "own");
	tool_write(d->root, "own/manners.md", "- Say heron to {language} in .{ext} {files}.\n");
	tool_write(d->root, ".posedgerc", "set prompt.folder own\n");
	assert_true(options_set(d->w.options, "prompt.folder", "own", NULL));
	make_project(d);
	a_request(d, "q1", &text);
	assert_null(strstr(str_cstr(&text), "heron"));
	assert_null(strstr(str_cstr(&text), "port on a line"));
	assert_true(rc_trust(rc, "set prompt.folder own\n", 22, NULL));
	a_request(d, "q2", &text);
	assert_non_null(strstr(str_cstr(&text), "- Say heron to Verilog"));
	assert_non_null(strstr(str_cstr(&text), " in .v {files}.\n"));
	assert_null(strstr(str_cstr(&text), "Leave out files that do not change"));
	assert_non_null(strstr(str_cstr(&text), "port on a line"));
	free(rc);
	str_free(&text);
}
