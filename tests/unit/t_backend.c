/* The port's contract, one suite for every backend: session/model/backend.h. */
#include "config.h"

#include "tests/lib/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backends/backends.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/model/prompt.h"
#include "tests/lib/request.h"
#include "tests/lib/tool.h"

/* A server for one test ------------------------------------------------------------ */

static const char openai_says[] =
	"data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"h\xc3\xa4llo \"}}]}\n\n"
	"data: {\"choices\":[{\"delta\":{\"content\":\"world\"},\"finish_reason\":\"stop\"}]}\n\n"
	"data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}\n\n"
	"data: [DONE]\n\n";
static const char anthropic_says[] =
	"event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\"}}\n\n"
	"data: "
	"{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\","
	"\"text\":\"h\xc3\xa4llo \"}}\n\n"
	"data: "
	"{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":"
	"\"world\"}}\n\n"
	"data: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
	"data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\ndata: "
	"{\"type\":\"message_stop\"}\n\n";
static const char gemini_says[] =
	"data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"h\xc3\xa4llo "
	"\"}]}}],\"modelVersion\":\"m\"}\n\n"
	"data: "
	"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"world\"}]},\"finishReason\":"
	"\"STOP\"}]}\n\n";
static const char exec_says[] =
	"{\"model\":\"m\",\"text\":\"h\xc3\xa4llo \"}\n{\"text\":\"world\"}\n";
static const char ollama_says[] =
	"{\"model\":\"m\",\"message\":{\"content\":\"h\xc3\xa4llo \"},\"done\":false}\n"
	"{\"message\":{\"content\":\"world\"},\"done\":false}\n{\"done\":true,\"done_reason\":"
	"\"stop\"}\n";
static const char responses_says[] =
	"data: {\"type\":\"response.output_text.delta\",\"delta\":\"h\xc3\xa4llo \"}\n\n"
	"data: {\"type\":\"response.output_text.delta\",\"delta\":\"world\"}\n\n"
	"data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}\n\n";

/* Every connection gets the same answer, byte by byte; the server exits after half a
 * minute without a request. */
static void serve(int listener, const char *says)
{
	static const char head[] =
		"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
	struct pollfd p = { .fd = listener, .events = POLLIN };
	struct str text = STR_LIMIT(1 << 20);

	signal(SIGPIPE, SIG_IGN);
	while (poll(&p, 1, 30000) > 0) {
		int fd = accept(listener, NULL, NULL);

		request_read(fd, &text);
		str_clear(&text);
		if (write(fd, head, sizeof(head) - 1) < 0)
			_exit(1);
		for (const char *c = says; *c; c++)
			if (write(fd, c, 1) < 0)
				break;
		close(fd);
	}
	_exit(0);
}

static pid_t start_server(const char *says, char *url, size_t size)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	pid_t pid;

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, len) || listen(fd, 8) ||
	    getsockname(fd, (struct sockaddr *)&a, &len))
		abort();
	snprintf(url, size, "http://127.0.0.1:%d/v1", ntohs(a.sin_port));
	pid = fork();
	if (pid == 0)
		serve(fd, says);
	close(fd);
	return pid;
}

/* The backends ---------------------------------------------------------------------- */

struct kind {
	const struct backend_ops *ops;
	const char *const *options;
	const char *says; /* the server; NULL: there is none */
	const char *text; /* what the answer holds */
};

static const char *const fake_options[] = { "text=h\xc3\xa4llo world", "pieces=1", "reasoning=hm",
					    NULL };
static const char *const no_options[] = { NULL };

static struct kind fake = { &backend_fake, fake_options, NULL, "h\xc3\xa4llo world" };
static struct kind cookbook = { &backend_cookbook, no_options, NULL, "module counter" };
static const char *replay_options[] = { "path=", NULL }; /* set by main() */
static struct kind replay = { &backend_replay, replay_options, NULL, "h\xc3\xa4llo world" };
static const char *const exec_options[] = { "cmd=cat exec.answer", NULL }; /* written by main() */
static struct kind exec = { &backend_exec, exec_options, NULL, "h\xc3\xa4llo world" };
#define SERVED(name) \
	static struct kind name = { &backend_##name, no_options, name##_says, "h\xc3\xa4llo world" }
SERVED(openai);
SERVED(responses);
SERVED(anthropic);
SERVED(gemini);
SERVED(ollama);

static char *project; /* the folder of one, see main() */

/* One question, asked in a task of its own. */
struct ear {
	struct str text;
	int starts, finishes, calls, after_end;
	bool order, whole, stop; /* stop: cancel within the first text */
	bool done;
	enum err_code code;
	struct bench *bench;
	struct task *task;
};

struct bench {
	struct loop *loop;
	struct backend *backend;
	pid_t server;
	struct ear ear;
	struct prompt_part parts[2];
	struct prompt_message messages[2];
	struct prompt prompt;
};

static bool ear_piece(void *ctx, const struct piece *p)
{
	struct ear *e = ctx;

	e->after_end += e->done;
	e->order = e->order && task_self() == e->task;
	if (p->kind == PIECE_START)
		e->order = e->order && e->starts++ == 0 && e->text.len == 0;
	else if (p->kind == PIECE_TEXT)
		e->order = e->order && e->starts == 1 && e->finishes == 0;
	else if (p->kind == PIECE_FINISH)
		e->finishes++;
	else if (p->kind == PIECE_CALL)
		e->calls += p->id && strcmp(p->name, "lint") == 0 && p->len == 2;
	if (p->kind == PIECE_TEXT)
		str_add(&e->text, p->text, p->len);
	e->whole = e->whole && utf8_valid(p->text, p->len);
	return !(e->stop && p->kind == PIECE_TEXT);
}

static void listen_to(void *ctx)
{
	struct ear *e = ctx;
	struct err err = { 0 };
	bool ok = e->bench->backend->ops->ask(e->bench->backend, &e->bench->prompt, ear_piece, e,
					      &err);

	assert_true(ok == (err.code == ERR_NONE));
	e->code = err.code;
	e->done = true;
}

static void open_bench(struct bench *t, const struct kind *k)
{
	char url[64];
	struct backend_config cfg = { .name = "x",
				      .protocol = k->ops->protocol,
				      .model = "m",
				      .root = project,
				      .options = k->options };

	memset(t, 0, sizeof(*t));
	t->loop = loop_new(NULL);
	if (k->says) {
		t->server = start_server(k->says, url, sizeof(url));
		cfg.url = url;
	}
	t->parts[0] = (struct prompt_part){ .text = "You write Verilog.", .len = 18 };
	t->parts[1] = (struct prompt_part){ .text = "8-bit counter", .len = 13 };
	t->messages[0] =
		(struct prompt_message){ .role = ROLE_SYSTEM, .parts = &t->parts[0], .n = 1 };
	t->messages[1] =
		(struct prompt_message){ .role = ROLE_USER, .parts = &t->parts[1], .n = 1 };
	t->prompt = (struct prompt){
		.messages = t->messages, .n = 2, .question = "8-bit counter", .lang = LANG_SV2017
	};
	t->backend = k->ops->open(t->loop, &cfg, NULL);
	assert_non_null(t->backend);
	assert_ptr_equal(t->backend->ops, k->ops);
}

static void close_bench(struct bench *t)
{
	if (t->backend)
		t->backend->ops->close(t->backend);
	while (task_count(t->loop))
		loop_turn(t->loop, false);
	loop_free(t->loop);
	if (t->server) {
		kill(t->server, SIGKILL);
		waitpid(t->server, NULL, 0);
	}
	str_free(&t->ear.text);
}

static void ask_into(struct bench *t, struct ear *e)
{
	*e = (struct ear){ .order = true, .whole = true, .stop = e->stop, .bench = t };
	e->task = task_start(t->loop, listen_to, e);
}

static void ask(struct bench *t)
{
	ask_into(t, &t->ear);
}

static void was_whole(const struct ear *e, const struct kind *k)
{
	assert_true(e->order);
	assert_true(e->whole);
	assert_int_equal(e->starts, 1);
	assert_int_equal(e->finishes, 1);
	assert_int_equal(e->after_end, 0);
	assert_int_equal(e->code, ERR_NONE);
	assert_non_null(strstr(str_cstr(&e->text), k->text));
}

/* The contract ---------------------------------------------------------------------- */

static void an_answer_comes_in_order_to_the_task_that_asked(void **state)
{
	struct bench t;

	open_bench(&t, *state);
	ask(&t);
	loop_run_until(t.loop, &t.ear.done);
	for (int i = 0; i < 5; i++)
		loop_turn(t.loop, false);
	was_whole(&t.ear, *state);
	close_bench(&t);
}

static void several_questions_are_answered_at_a_time(void **state)
{
	struct bench t;
	struct ear more[3] = { 0 };

	open_bench(&t, *state);
	ask(&t);
	for (int i = 0; i < 3; i++)
		ask_into(&t, &more[i]);
	loop_run_until(t.loop, &t.ear.done);
	was_whole(&t.ear, *state);
	for (int i = 0; i < 3; i++) {
		loop_run_until(t.loop, &more[i].done);
		was_whole(&more[i], *state);
		str_free(&more[i].text);
	}
	close_bench(&t);
}

static void a_question_can_follow_another(void **state)
{
	struct bench t;

	open_bench(&t, *state);
	for (int i = 0; i < 3; i++) {
		ask(&t);
		loop_run_until(t.loop, &t.ear.done);
		was_whole(&t.ear, *state);
		str_free(&t.ear.text);
	}
	close_bench(&t);
}

/* One of two questions is cancelled, after varying numbers of turns. */
static void cancelling_a_task_ends_its_question_and_no_other(void **state)
{
	struct bench t;

	open_bench(&t, *state);
	for (int turns = 0; turns < 6; turns++) {
		struct ear other = { 0 };

		ask(&t);
		ask_into(&t, &other);
		for (int i = 0; i < turns; i++)
			loop_turn(t.loop, false);
		if (!t.ear.done)
			task_cancel(t.ear.task);
		loop_run_until(t.loop, &t.ear.done);
		assert_true(t.ear.code == ERR_CANCELLED || (turns && t.ear.code == ERR_NONE));
		assert_int_equal(t.ear.finishes, t.ear.code == ERR_NONE);
		loop_run_until(t.loop, &other.done);
		was_whole(&other, *state);
		str_free(&other.text);
		str_free(&t.ear.text);
	}
	close_bench(&t);
}

static void a_piece_that_is_not_wanted_is_the_last(void **state)
{
	struct bench t;

	open_bench(&t, *state);
	t.ear.stop = true;
	ask(&t);
	loop_run_until(t.loop, &t.ear.done);
	assert_int_equal(t.ear.code, ERR_CANCELLED);
	assert_int_equal(t.ear.finishes, 0);
	assert_true(t.ear.text.len > 0);
	((const struct kind *)*state)->ops->close(NULL);
	close_bench(&t);
}

static void an_unknown_option_is_named(void **state)
{
	const struct kind *k = *state;
	static const char *const bad[] = { "colour=blue", NULL };
	struct backend_config cfg = { .name = "x", .protocol = k->ops->protocol, .options = bad };
	struct loop *l = loop_new(NULL);
	struct err err;

	assert_null(k->ops->open(l, &cfg, &err));
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "colour=blue"));
	loop_free(l);
}

/* A key printed by a program is fetched by several questions at once, and two outputs
 * are never joined into one key. */
static void tell_secret(void *ctx, const char *key)
{
	int *told = ctx;

	assert_string_equal(key, "key-of-a-program");
	(*told)++;
}

static void a_key_is_whole_however_many_ask_for_it(void **state)
{
	static const char *const options[] = { "header.X-Other=cmd:echo key-of-a-program", NULL };
	struct backend_config cfg = { .name = "x",
				      .protocol = "openai",
				      .model = "m",
				      .key = "cmd:echo key-of-a-program",
				      .options = options,
				      .secret = tell_secret };
	struct ear more[3] = { 0 };
	struct bench t;
	char url[64];
	int told = 0;

	open_bench(&t, &fake);
	t.backend->ops->close(t.backend);
	t.server = start_server(openai_says, url, sizeof(url));
	cfg.url = url;
	cfg.ctx = &told;
	t.backend = backend_openai.open(t.loop, &cfg, NULL);
	for (int i = 0; i < 3; i++)
		ask_into(&t, &more[i]);
	for (int i = 0; i < 3; i++) {
		loop_run_until(t.loop, &more[i].done);
		was_whole(&more[i], &openai);
		str_free(&more[i].text);
	}
	assert_true(told >= 4); /* the key at least once, the header once per question */
	close_bench(&t);
}

/* Only for openai: failures without a connection. */
static void nobody_there_is_a_sentence(void **state)
{
	static const char *const options[] = { "retries=0", NULL };
	struct backend_config cfg = { .name = "x",
				      .protocol = "openai",
				      .url = "http://127.0.0.1:1/v1",
				      .model = "m",
				      .options = options };
	struct bench t;

	open_bench(&t, &fake);
	t.backend->ops->close(t.backend);
	t.backend = backend_openai.open(t.loop, &cfg, NULL);
	ask(&t);
	loop_run_until(t.loop, &t.ear.done);
	assert_int_equal(t.ear.code, ERR_NET);
	close_bench(&t);
}

/* replay alone ------------------------------------------------------------------------- */

static void record(struct session *s, struct event e, uint64_t *n)
{
	struct err err;

	if (!session_record(s, &e, n, &err))
		fail_msg("%s", err.text);
}

static void record_answer(struct session *s, const char *question, const char *prompt,
			  const char *first, const char *second, const char *error)
{
	struct event ask = { .type = EVENT_ASK,
			     .ask = { .backend = "m",
				      .question = { question, strlen(question) } } };
	uint64_t n;

	ask.ask.prompt = (struct kept){ .data = prompt, .len = strlen(prompt) };
	record(s, ask, &n);
	record(s, (struct event){ .type = EVENT_PIECE, .piece = { n, "reasoning", { "hm", 2 } } },
	       NULL);
	record(s,
	       (struct event){ .type = EVENT_PIECE,
			       .piece = { n, "text", { first, strlen(first) } } },
	       NULL);
	record(s,
	       (struct event){ .type = EVENT_PIECE,
			       .piece = { n, "text", { second, strlen(second) } } },
	       NULL);
	record(s, (struct event){ .type = EVENT_CALL, .call = { n, "c1", "lint", { "{}", 2 } } },
	       NULL);
	record(s,
	       (struct event){ .type = EVENT_ANSWER,
			       .answer = { .ask = n,
					   .finish = "stop",
					   .model = "m",
					   .error = error,
					   .in = 3,
					   .out = 2,
					   .cached = -1,
					   .reasoning = -1 } },
	       NULL);
}

/* Returns the folder of a session; *root is its project's. */
static char *recorded_session(char **root)
{
	struct loop *l = loop_new(NULL);
	struct session *s;
	struct event ask = { .type = EVENT_ASK,
			     .ask = { .backend = "m", .question = { "no answer", 9 } } };
	char *dir;

	*root = tool_folder();
	s = session_open(l, *root, SESSION_NEW, NULL, NULL);
	if (!s)
		abort();
	record_answer(s, "8-bit  counter", "p", "h\xc3\xa4llo ", "world", "");
	record_answer(s, "go on", "one", "first ", "answer", "");
	record_answer(s, "go on", "two", "second ", "answer", "");
	record_answer(s, "break", "p", "a piece ", "came", "the server hung up");
	record(s, ask, NULL);
	dir = strdup(session_dir(s));
	session_close(s);
	loop_free(l);
	return dir;
}

/* Asks and waits; the answer is in t->ear. */
static void ask_for(struct bench *t, const char *question)
{
	str_free(&t->ear.text);
	t->prompt.question = question;
	ask(t);
	loop_run_until(t->loop, &t->ear.done);
}

static void a_question_asked_again_gets_the_next_answer(void **state)
{
	static const char *const want[] = { "first answer", "second answer", "second answer" };
	struct bench t;

	open_bench(&t, &replay);
	for (int i = 0; i < 3; i++) {
		ask_for(&t, " go\n on ");
		assert_int_equal(t.ear.calls, 1);
		assert_string_equal(str_cstr(&t.ear.text), want[i]);
	}
	close_bench(&t);
}

static void another_question_gets_what_differs_and_no_answer(void **state)
{
	struct bench t;

	open_bench(&t, &replay);
	ask_for(&t, "16-bit counter with enable");
	assert_int_equal(t.ear.code, ERR_NONE);
	assert_null(strstr(str_cstr(&t.ear.text), "world"));
	assert_non_null(strstr(str_cstr(&t.ear.text), "not a model"));
	assert_non_null(strstr(str_cstr(&t.ear.text), "> 8-bit counter\n"));
	assert_non_null(strstr(str_cstr(&t.ear.text),
			       "only there \"8\", only in yours \"16\", \"with enable\"."));
	/* A recorded question that was never answered is not one that it knows. */
	ask_for(&t, "no answer");
	assert_non_null(strstr(str_cstr(&t.ear.text), "not a model"));
	close_bench(&t);
}

static void a_replayed_failure_comes_after_its_pieces(void **state)
{
	struct bench t;

	open_bench(&t, &replay);
	ask_for(&t, "break");
	assert_int_equal(t.ear.code, ERR_NET);
	assert_string_equal(str_cstr(&t.ear.text), "a piece came");
	assert_int_equal(t.ear.finishes, 0);
	close_bench(&t);
}

static void expect_refusal(const char *const *options, const char *root, enum err_code code,
			   const char *why)
{
	struct backend_config cfg = {
		.name = "x", .protocol = "replay", .options = options, .root = root
	};
	struct loop *l = loop_new(NULL);
	struct err err = { 0 };

	assert_null(backend_replay.open(l, &cfg, &err));
	assert_int_equal(err.code, code);
	if (!strstr(err.text, why))
		fail_msg("%s", err.text);
	loop_free(l);
}

static void a_recording_that_is_not_there_is_a_sentence(void **state)
{
	static const char *const none[] = { NULL },
				 *const gone[] = { "path=/nonexistent/journal.jsonl", NULL },
				 *const other[] = { "path=/nonexistent/rec.jsonl", NULL },
				 *const climbing[] = { "session=../x", NULL },
				 *const missing[] = { "session=x", NULL };

	expect_refusal(none, "/tmp", ERR_USAGE, "which recording");
	expect_refusal(gone, NULL, ERR_NOT_FOUND, "/nonexistent/journal.jsonl");
	expect_refusal(other, NULL, ERR_USAGE, "nor called journal.jsonl");
	expect_refusal(climbing, "/tmp", ERR_USAGE, "not the name of a session");
	expect_refusal(missing, NULL, ERR_USAGE, "needs a project");
}

static void a_torn_recording_serves_what_is_whole(void **state)
{
	const char *dir = replay_options[0] + 5;
	char *path = path_join(dir, "journal.jsonl");
	struct str all = STR_INIT;
	struct bench t;

	assert_true(file_read(path, 0, &all, NULL));
	assert_true(file_save(path, all.data, all.len - 3, 0600, NULL));
	open_bench(&t, &replay);
	ask_for(&t, "go on");
	assert_string_equal(str_cstr(&t.ear.text), "first answer");
	close_bench(&t);
	assert_true(file_save(path, all.data, 100, 0600, NULL));
	expect_refusal(replay_options, NULL, ERR_PARSE, "damaged at line 1");
	assert_true(file_save(path, all.data, all.len, 0600, NULL));
	str_free(&all);
	free(path);
}

#define CONTRACT(kind)                                                                      \
	cmocka_unit_test_prestate(an_answer_comes_in_order_to_the_task_that_asked, &kind),  \
		cmocka_unit_test_prestate(several_questions_are_answered_at_a_time, &kind), \
		cmocka_unit_test_prestate(a_question_can_follow_another, &kind),            \
		cmocka_unit_test_prestate(cancelling_a_task_ends_its_question_and_no_other, \
					  &kind),                                           \
		cmocka_unit_test_prestate(a_piece_that_is_not_wanted_is_the_last, &kind),   \
		cmocka_unit_test_prestate(an_unknown_option_is_named, &kind)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONTRACT(fake),
		CONTRACT(cookbook),
		CONTRACT(openai),
		CONTRACT(replay),
		CONTRACT(responses),
		CONTRACT(anthropic),
		CONTRACT(gemini),
		CONTRACT(ollama),
		CONTRACT(exec),
		cmocka_unit_test(a_key_is_whole_however_many_ask_for_it),
		cmocka_unit_test(nobody_there_is_a_sentence),
		cmocka_unit_test(a_question_asked_again_gets_the_next_answer),
		cmocka_unit_test(another_question_gets_what_differs_and_no_answer),
		cmocka_unit_test(a_replayed_failure_comes_after_its_pieces),
		cmocka_unit_test(a_recording_that_is_not_there_is_a_sentence),
		cmocka_unit_test(a_torn_recording_serves_what_is_whole),
	};

	char *root, *dir = recorded_session(&root), *option = str_fmt("path=%s", dir);
	int failed;

	char *answer = path_join(root, "exec.answer");

	replay_options[0] = option;
	project = root;
	file_save(answer, exec_says, sizeof(exec_says) - 1, 0600, NULL);
	free(answer);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	file_remove_tree(root, NULL);
	free(option);
	free(dir);
	free(root);
	return failed;
}
