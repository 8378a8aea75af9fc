/* JSON-RPC with a program: messages in both directions, and every way in which a
 * program can fail. The other side is a shell script. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/jsonrpc.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/peer.h"
#include "session/base/task.h"
#include "tests/lib/tool.h"

/* One message ------------------------------------------------------------------ */

static const struct {
	const char *line;
	int kind; /* -1: wrong */
	int code; /* when it is wrong */
} lines[] = {
	{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"}", JSONRPC_ASKS, 0 },
	{ "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"a\",\"params\":[1]}\r", JSONRPC_ASKS, 0 },
	{ "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":{}}", JSONRPC_TELLS, 0 },
	{ "{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":null}", JSONRPC_TELLS, 0 },
	{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}", JSONRPC_RESULT, 0 },
	{ "{\"id\":1,\"error\":{\"code\":-32000,\"message\":\"no\"}}", JSONRPC_ERROR, 0 },
	{ "{\"id\":null,\"error\":{\"code\":1e300}}", JSONRPC_ERROR, 0 },
	{ "", -1, JSONRPC_PARSE },
	{ "{\"id\":1,\"meth", -1, JSONRPC_PARSE },
	{ "{\"id\":1,\"method\":\"a\"} {}", -1, JSONRPC_PARSE },
	{ "[{\"id\":1,\"method\":\"a\"}]", -1, JSONRPC_REQUEST },
	{ "7", -1, JSONRPC_REQUEST },
	{ "{}", -1, JSONRPC_REQUEST },
	{ "{\"id\":{},\"method\":\"a\"}", -1, JSONRPC_REQUEST },
	{ "{\"id\":null,\"method\":\"a\"}", -1, JSONRPC_REQUEST },
	{ "{\"id\":1,\"method\":7}", -1, JSONRPC_REQUEST },
	{ "{\"id\":1,\"method\":\"a\",\"params\":\"x\"}", -1, JSONRPC_REQUEST },
	{ "{\"result\":1}", -1, JSONRPC_REQUEST },
	{ "{\"id\":1,\"error\":\"no\"}", -1, JSONRPC_REQUEST },
};

CASE(a_message_is_one_of_four_kinds_or_wrong)
{
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct jsonrpc m;
		struct err err;
		int code = 0;
		bool ok = jsonrpc_read(lines[i].line, strlen(lines[i].line), &m, &code, &err);

		if (ok != (lines[i].kind >= 0) || (ok && (int)m.kind != lines[i].kind) ||
		    (!ok && code != lines[i].code))
			fail_msg("%s: %d, kind %d, code %d", lines[i].line, ok, (int)m.kind, code);
		jsonrpc_fini(&m);
	}
}

CASE(messages_survive_the_round_trip)
{
	struct str out = STR_INIT;
	struct jsonrpc m;
	cJSON *params = cJSON_CreateObject(), *id = cJSON_CreateString("line\nfeed");

	cJSON_AddStringToObject(params, "text", "two\nlines");
	jsonrpc_request(&out, 7, "do/it", params);
	assert_int_equal(strcspn(out.data, "\n"), out.len - 1);
	assert_true(jsonrpc_read(out.data, out.len, &m, NULL, NULL));
	assert_int_equal(m.kind, JSONRPC_ASKS);
	assert_string_equal(json_string(m.params, "text"), "two\nlines");
	jsonrpc_fini(&m);
	str_clear(&out);
	jsonrpc_error(&out, id, -7, "it is \"so\"", NULL);
	assert_true(jsonrpc_read(out.data, out.len, &m, NULL, NULL));
	assert_int_equal(m.code, -7);
	assert_string_equal(m.text, "it is \"so\"");
	assert_string_equal(m.id->valuestring, "line\nfeed");
	jsonrpc_fini(&m);
	cJSON_Delete(id);
	str_free(&out);
}

/* A message that is too long or too deep is refused, whatever it is. */
CASE(a_message_has_a_limit_of_length_and_of_depth)
{
	size_t len = JSONRPC_LINE_MAX + 1;
	char *text = mem_alloc(len);
	struct jsonrpc m;
	struct err err;

	memset(text, 'x', len);
	assert_false(jsonrpc_read(text, len, &m, NULL, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	jsonrpc_fini(&m);
	memset(text, '[', len);
	assert_false(jsonrpc_read(text, len - 1, &m, NULL, &err));
	assert_int_equal(err.code, ERR_PARSE);
	jsonrpc_fini(&m);
	free(text);
}

/* The id of what is refused, so that nobody waits for its answer. */
CASE(a_message_that_is_too_deep_has_its_id)
{
	static const char *const before[] = {
		"{\"jsonrpc\":\"2.0\",\"result\":{\"a\":[\"]}\\\"\"],\"b\":",
		"{\"id\":7,\"method\":\"m\",\"params\":{\"id\":8,\"b\":",
		"{\"id\":{\"id\":8},\"result\":{\"a\":",
	};
	static const char *const behind[] = { "},\"id\":\"x\"}", "}}", "}}" };
	char deep[201] = "";

	memset(deep, '[', 100);
	memset(deep + 100, ']', 100);
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
		struct str line = STR_INIT;
		struct jsonrpc m;
		struct err err;
		int code = 0;

		str_addf(&line, "%s%s%s", before[i], deep, behind[i]);
		assert_false(jsonrpc_read(line.data, line.len, &m, &code, &err));
		assert_int_equal(code, JSONRPC_PARSE);
		assert_non_null(strstr(err.text, "nested deeper"));
		if (i == 0)
			assert_string_equal(m.id->valuestring, "x");
		else if (i == 1)
			assert_true(m.id->valuedouble == 7 && strcmp(m.method, "m") == 0);
		else
			assert_null(m.id);
		jsonrpc_fini(&m);
		str_free(&line);
	}
}

/* A program ----------------------------------------------------------------------- */

struct talk {
	struct loop *loop;
	struct peer *peer;
	struct str log; /* what came, in order */
	bool done;
	void (*story)(struct talk *t);
};

static void on_request(void *ctx, struct peer *p, const cJSON *id, const char *method,
		       const cJSON *params)
{
	struct talk *t = ctx;

	str_addf(&t->log, "asked %s; ", method);
	if (strcmp(method, "good") == 0)
		peer_answer(p, id, cJSON_CreateString("yes"));
	else
		peer_refuse(p, id, "no such thing");
}

static void on_notification(void *ctx, struct peer *p, const char *method, const cJSON *params)
{
	struct talk *t = ctx;

	str_addf(&t->log, "told %s; ", method);
}

static void run_story(void *ctx)
{
	struct talk *t = ctx;

	t->story(t);
	peer_close(t->peer);
	t->done = true;
}

static struct task *begin_talk(struct talk *t, const char *script, void (*story)(struct talk *t))
{
	const char *const argv[] = { "sh", "-c", script, NULL };
	struct child_spec spec = { .argv = argv };
	struct peer_events ev = { on_request, on_notification, t };
	struct err err;

	*t = (struct talk){ .loop = loop_new(NULL), .story = story };
	t->peer = peer_start(t->loop, "backend a: sh", &spec, &ev, &err);
	assert_non_null(t->peer);
	return task_start(t->loop, run_story, t);
}

static void end_talk(struct talk *t)
{
	alarm(60); /* a story that never ends is a failure, not a hang */
	loop_run_until(t->loop, &t->done);
	alarm(0);
	while (task_count(t->loop))
		loop_turn(t->loop, false);
	loop_free(t->loop);
	str_free(&t->log);
}

static void tell(const char *script, void (*story)(struct talk *t))
{
	struct talk t;

	begin_talk(&t, script, story);
	end_talk(&t);
}

static void expect_failure(struct talk *t, const struct peer_wait *wait, enum err_code code,
			   const char *text)
{
	struct err err = { 0 };
	cJSON *r = peer_call(t->peer, "x", NULL, wait, NULL, &err);

	assert_null(r);
	assert_int_equal(err.code, code);
	if (!strstr(err.text, text))
		fail_msg("'%s' does not say '%s'", err.text, text);
}

static void both_ways(struct talk *t)
{
	struct err err;
	int code;
	cJSON *r = peer_call(t->peer, "x", cJSON_CreateObject(), NULL, &code, &err);

	assert_non_null(r);
	assert_string_equal(r->valuestring, "fine");
	cJSON_Delete(r);
	assert_string_equal(str_cstr(&t->log), "told note; asked good; asked bad; ");
	r = peer_call(t->peer, "y", NULL, NULL, &code, &err);
	assert_null(r);
	assert_int_equal(code, -32000);
	assert_string_equal(err.text, "backend a: sh: log in");
}

CASE(requests_and_notifications_go_both_ways)
{
	tell("read -r a; case $a in *'\"id\":1'*'\"method\":\"x\"'*) ;; *) exit 9;; esac\n"
	     "echo '{\"jsonrpc\":\"2.0\",\"method\":\"note\"}'\n"
	     "echo '{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"good\"}'\n"
	     "read -r b; [ \"$b\" = '{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"result\":\"yes\"}' ] || "
	     "exit 8\n"
	     "echo '{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"bad\"}'\n"
	     "read -r c; case $c in *'\"id\":5'*-32601*) ;; *) exit 7;; esac\n"
	     "echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"fine\"}'\n"
	     "read -r d; echo '{\"id\":2,\"error\":{\"code\":-32000,\"message\":\"log in\"}}'\n"
	     "read -r e",
	     both_ways);
}

static void in_vain(struct talk *t)
{
	expect_failure(t, NULL, ERR_TOOL, "backend a: sh failed (status 3): cannot find it");
	expect_failure(t, NULL, ERR_TOOL, "backend a: sh failed (status 3): cannot find it");
	assert_false(peer_alive(t->peer));
	assert_int_equal(peer_pid(t->peer), 0);
}

CASE(a_program_that_dies_tells_why)
{
	tell("read -r a; echo noise >&2; echo 'cannot find it' >&2; exit 3", in_vain);
}

static void half(struct talk *t)
{
	expect_failure(t, NULL, ERR_TOOL,
		       "ended (it had printed '{\"jsonrpc\":\"2.0\",\"id\":1,\"res'");
}

CASE(half_a_line_is_shown_when_it_ends)
{
	tell("read -r a; printf '%s' '{\"jsonrpc\":\"2.0\",\"id\":1,\"res'", half);
}

static void greeted(struct talk *t)
{
	struct err err;
	cJSON *r = peer_call(t->peer, "x", NULL, NULL, NULL, &err);

	assert_non_null(r);
	cJSON_Delete(r);
}

CASE(a_greeting_and_a_line_without_end_do_no_harm)
{
	tell("echo 'Welcome to agent 1.0'; echo; read -r a; printf '%s' '{\"id\":1,\"result\":1}'",
	     greeted);
}

CASE(a_number_that_comes_back_as_a_string_is_the_same_id)
{
	tell("read -r a; echo '{\"id\":\"1\",\"result\":1}'; read -r b", greeted);
}

static void unread(struct talk *t)
{
	expect_failure(t, NULL, ERR_TOOL, "backend a: sh: no JSON");
}

CASE(an_error_without_an_id_is_for_the_only_call)
{
	tell("read -r a; echo '{\"id\":null,\"error\":{\"code\":-32700,\"message\":\"no JSON\"}}'; "
	     "read -r b",
	     unread);
}

static void beside(struct talk *t)
{
	static const struct peer_wait wall = { .wall_ms = 200 };

	while (!strstr(str_cstr(&t->log), "told said"))
		task_rest(NULL);
	expect_failure(t, &wall, ERR_TIMEOUT, "(it had answered \"one\", which was not asked)");
}

CASE(an_answer_to_nothing_is_named_when_none_comes)
{
	tell("echo '{\"id\":\"one\",\"result\":1}'; echo '{\"id\":\"1x\",\"result\":1}'; "
	     "echo '{\"method\":\"said\"}'; while read -r b; do :; done",
	     beside);
}

static void too_deep(struct talk *t)
{
	expect_failure(t, NULL, ERR_PARSE, "backend a: sh: JSON nested deeper than");
	expect_failure(t, NULL, ERR_TOOL, "refused");
}

/* The first call fails at once; the request of the program is refused by its id. */
CASE(an_answer_that_is_too_deep_fails_its_call)
{
	tell("deep=$(printf '%0100d' 0 | tr 0 '['; printf '%0100d' 0 | tr 0 ']')\n"
	     "read -r a; echo \"{\\\"id\\\":1,\\\"result\\\":$deep}\"\n"
	     "read -r a; echo "
	     "\"{\\\"id\\\":\\\"q\\\",\\\"method\\\":\\\"good\\\",\\\"params\\\":$deep}\"\n"
	     "read -r b; case $b in *'\"id\":\"q\"'*-32600*) ;; *) exit 9;; esac\n"
	     "echo '{\"id\":2,\"error\":{\"message\":\"refused\"}}'; read -r c",
	     too_deep);
}

static void rubbish(struct talk *t)
{
	expect_failure(t, NULL, ERR_PARSE, "prints lines that are not messages: 'y'");
}

CASE(rubbish_without_end_ends_it)
{
	tell("exec yes", rubbish);
}

static void too_long(struct talk *t)
{
	expect_failure(t, NULL, ERR_LIMIT, "backend a: sh sent a line that is too long");
}

CASE(a_line_without_end_ends_it)
{
	tell("exec tr '\\0' x </dev/zero", too_long);
}

static void never(struct talk *t)
{
	static const struct peer_wait quiet = { .quiet_ms = 30 };
	static const struct peer_wait wall = { .wall_ms = 30 };

	expect_failure(t, &quiet, ERR_TIMEOUT, "backend a: sh said nothing for");
	expect_failure(t, &wall, ERR_TIMEOUT, "backend a: sh has not answered within");
	assert_true(peer_alive(t->peer));
}

CASE(one_that_never_answers_is_given_up)
{
	tell("while read -r a; do :; done", never);
}

/* The limit is on silence, not on the total: a program that keeps sending is waited for. */
static void talks(struct talk *t)
{
	static const struct peer_wait wall = { .quiet_ms = 60000, .wall_ms = 200 };

	while (!strstr(str_cstr(&t->log), "told tick"))
		task_rest(NULL);
	expect_failure(t, &wall, ERR_TIMEOUT, "has not answered within");
}

CASE(one_that_only_talks_is_given_up_in_the_end)
{
	tell("while echo '{\"method\":\"tick\"}'; do :; done", talks);
}

static void deaf(struct talk *t)
{
	struct err err = { 0 };
	cJSON *r;
	char *mega = mem_alloc(1 << 20);

	memset(mega, 'm', (1 << 20) - 1);
	mega[(1 << 20) - 1] = '\0';
	for (int i = 0; i < 33; i++)
		peer_notify(t->peer, mega, NULL);
	free(mega);
	r = peer_call(t->peer, "x", NULL, NULL, NULL, &err);
	assert_null(r);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(err.text, "backend a: sh does not read its input");
}

CASE(one_that_does_not_read_is_ended)
{
	tell("exec sleep 1000", deaf);
}

static void on_cancel(void *ctx, struct peer *p, double id)
{
	cJSON *params = cJSON_CreateObject();

	str_adds(&((struct talk *)ctx)->log, "cancels; ");
	cJSON_AddNumberToObject(params, "id", id);
	peer_notify(p, "stop", params);
}

static void stopped(struct talk *t)
{
	struct peer_wait wait = { .cancel = on_cancel, .grace_ms = 60000, .ctx = t };

	expect_failure(t, &wait, ERR_CANCELLED, "cancelled");
	assert_string_equal(str_cstr(&t->log), "cancels; told stopping; ");
}

static void cancel_it(void *ctx)
{
	task_cancel(ctx);
}

CASE(a_cancelled_call_is_announced_and_awaited)
{
	struct talk t;
	struct task *task = begin_talk(
		&t,
		"read -r a; read -r b; case $b in *stop*'\"id\":1'*) ;; *) exit 9;; esac\n"
		"echo '{\"method\":\"stopping\"}'; echo '{\"id\":1,\"result\":1}'; read -r c",
		stopped);
	struct loop_timer *timer = loop_timer_new(t.loop, cancel_it, task);

	loop_timer_set(timer, 20);
	while (!strstr(str_cstr(&t.log), "cancels"))
		loop_turn(t.loop, true);
	loop_timer_free(timer);
	end_talk(&t);
}

/* Each ends only once the other's input has ended. */
CASE(programs_that_are_hung_up_on_end_together)
{
	static const char *const scripts[] = {
		"while read -r a; do :; done; echo >there; read -r a <back; echo >met",
		"while read -r a; do :; done; read -r a <there; echo >back",
	};
	char *dir = tool_folder(), *met = path_join(dir, "met");
	struct loop *loop = loop_new(NULL);
	struct peer *p[2];
	struct err err;

	for (int i = 0; i < 2; i++) {
		const char *const argv[] = { "sh", "-c", scripts[i], NULL };
		const struct child_spec spec = { .argv = argv, .cwd = dir, .grace_ms = 60000 };
		char *fifo = path_join(dir, i ? "back" : "there");

		assert_int_equal(mkfifo(fifo, 0600), 0);
		free(fifo);
		p[i] = peer_start(loop, "backend a: sh", &spec, NULL, &err);
		assert_non_null(p[i]);
	}
	for (int i = 0; i < 2; i++)
		peer_hang_up(p[i]);
	for (int i = 0; i < 2; i++)
		peer_close(p[i]);
	assert_int_equal(access(met, F_OK), 0);
	loop_free(loop);
	tool_folder_remove(dir);
	free(met);
}

/* Many answers out of order, each matched with its request. */
struct asker {
	struct talk *t;
	size_t done;
};

static void ask_one(void *ctx)
{
	struct asker *a = ctx;
	struct str method = STR_INIT;
	struct err err;
	cJSON *r;
	double n = (double)a->done++;

	str_addf(&method, "m%g", n);
	r = peer_call(a->t->peer, str_cstr(&method), NULL, NULL, NULL, &err);
	if (!r)
		fail_msg("%s", err.text);
	if (strcmp(r->valuestring, str_cstr(&method)) != 0)
		fail_msg("%s got the answer of %s", str_cstr(&method), r->valuestring);
	cJSON_Delete(r);
	str_free(&method);
	str_adds(&a->t->log, ".");
}

static void all_of_them(struct talk *t)
{
	struct asker a = { t, 0 };

	for (int i = 0; i < 5; i++)
		task_start(t->loop, ask_one, &a);
	while (t->log.len < 5)
		task_rest(NULL);
}

CASE(answers_in_another_order_find_their_calls)
{
	tell("read -r a; read -r b; read -r c; read -r d; read -r e\n"
	     "for i in 3 5 1 2 4; do echo \"{\\\"id\\\":$i,\\\"result\\\":\\\"m$((i - 1))\\\"}\"; "
	     "done\n"
	     "echo '{\"id\":99,\"result\":1}'; echo '{\"id\":3,\"result\":\"late\"}'; read -r f",
	     all_of_them);
}

CASE(a_missing_program_is_said)
{
	const char *const argv[] = { "posedge-no-such-program", NULL };
	struct child_spec spec = { .argv = argv };
	struct loop *l = loop_new(NULL);
	struct err err;

	assert_null(peer_start(l, "backend a", &spec, NULL, &err));
	assert_string_equal(err.text, "backend a: start posedge-no-such-program: not installed, or "
				      "not in PATH");
	while (loop_turn(l, false))
		;
	loop_free(l);
}
