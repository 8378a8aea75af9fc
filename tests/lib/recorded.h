/* recorded.h - a session for export tests, with hand-written events, some of them hostile. */
#ifndef POSEDGE_TESTS_RECORDED_H
#define POSEDGE_TESTS_RECORDED_H

#include "tests/lib/test.h"

#include <string.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/export/export.h"
#include "session/export/story.h"
#include "session/journal/edit.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/redact.h"
#include "session/review/flow_suggest.h"
#include "session/output/diag.h"
#include "tests/lib/tool.h"

#define BASE	 "module a;\n  wire one;\nendmodule\n"
#define PROPOSED "module a;\n  wire one_too;\n  assign b = c;\nendmodule\n"
/* The key is assembled here, so that scanners do not report this file as a leak. */
#define SECRET \
	"ghp"  \
	"_0123456789abcdefghijABCDEFGHIJ012345"

/* Text that tries to inject markup, escape sequences and links. */
#define HOSTILE                                                                        \
	"</script><script>alert(1)</script><img src=x onerror=alert(1)> \" "           \
	"onmouseover=\"alert(1)\" ' <b>b</b> "                                         \
	"<!-- ]]> &lt; ![p](http://evil/p.png) [l](http://evil/) \xe2\x80\xaegnp.exe " \
	"\x1b]0;title\x07 \x1b[2J \xff "                                               \
	"\xc2\x9b"                                                                     \
	"31m ``` \n# injected\n```\n# injected\n</pre></table></title></style>"

struct bench {
	struct loop *loop;
	char *root;
	struct session *s;
	uint64_t now_ms; /* time of the next event */
	struct redact *redact;
};

static inline void begin(struct bench *b)
{
	memset(b, 0, sizeof(*b));
	b->loop = loop_new(NULL);
	b->root = tool_folder();
	tool_write(b->root, "a.sv", BASE);
	b->s = session_open(b->loop, b->root, SESSION_NEW, NULL, NULL);
	assert_non_null(b->s);
	b->now_ms = session_state(b->s)->started_ms + 1000;
	b->redact = redact_new(NULL, "/home/somebody");
}

static inline void end(struct bench *b)
{
	session_close(b->s);
	loop_free(b->loop);
	redact_free(b->redact);
	tool_folder_remove(b->root);
}

static inline uint64_t record(struct bench *b, struct event *e)
{
	struct err err = { 0 };
	uint64_t n = 0;

	b->now_ms += 100;
	e->t_ms = b->now_ms;
	if (!session_record(b->s, e, &n, &err))
		fail_msg("%s", err.text);
	return n;
}

/* The whole answer to question n, in one piece. */
static inline void answered(struct bench *b, uint64_t n, const char *model, const char *answer)
{
	struct event e = { .type = EVENT_PIECE };

	e.piece.ask = n;
	e.piece.kind = "text";
	e.piece.text = (struct bytes){ answer, strlen(answer) };
	record(b, &e);
	e = (struct event){ .type = EVENT_ANSWER };
	e.answer.ask = n;
	e.answer.finish = "stop";
	e.answer.model = model;
	e.answer.in = e.answer.out = e.answer.cached = e.answer.reasoning = -1;
	record(b, &e);
}

static inline uint64_t ask(struct bench *b, const char *question, const char *answer)
{
	struct event e = { .type = EVENT_ASK };
	uint64_t n;

	e.ask.backend = "fake";
	e.ask.question = (struct bytes){ question, strlen(question) };
	e.ask.prompt = (struct kept){ .data = "the whole request", .len = 17 };
	n = record(b, &e);
	answered(b, n, "gpt", answer);
	return n;
}

static inline uint64_t suggest(struct bench *b, uint64_t of, const char *path, const char *base,
			       const char *proposed)
{
	struct proposed p = { .ask = of,
			      .path = path,
			      .by = "gpt",
			      .base = { base, strlen(base) },
			      .text = { proposed, strlen(proposed) } };
	uint64_t n;

	assert_true(flow_suggest(b->s, &p, &n, NULL));
	return n;
}

static inline void decide(struct bench *b, uint64_t n, uint64_t first, uint64_t last,
			  enum decision what)
{
	struct event e = { .type = EVENT_DECIDE };

	e.decide.suggestion = n;
	e.decide.first = first;
	e.decide.last = last;
	e.decide.decision = what;
	record(b, &e);
}

/* Applies a suggestion with the events that flow_apply() records. */
static inline void apply(struct bench *b, uint64_t n)
{
	struct proposal *p = state_proposal(session_state(b->s), n);
	struct event e = { .type = EVENT_APPLY };

	e.apply.suggestion = n;
	e.apply.taken = suggestion_count(p->s, DECISION_TAKEN);
	e.apply.refused = suggestion_count(p->s, DECISION_REFUSED);
	e.apply.open = suggestion_count(p->s, DECISION_OPEN);
	e.apply.how = "review";
	record(b, &e);
}

static inline void lint(struct bench *b, const char *files, const char *finding)
{
	struct event e = { .type = EVENT_LINT };
	struct diag_list *l = diag_list_new(4);

	if (finding)
		diag_list_add(l,
			      &(struct diag){ .rank = DIAG_RISK,
					      .path = "a.sv",
					      .line = 2,
					      .code = "WIDTH",
					      .text = finding },
			      NULL);
	e.lint.tool = "fake";
	e.lint.files = (struct bytes){ files, strlen(files) };
	e.lint.found = l;
	record(b, &e);
	diag_list_free(l);
}

static inline uint64_t run(struct bench *b, const char *files)
{
	struct event e = { .type = EVENT_RUN };

	e.run.testbench = "a_tb";
	e.run.engine = "fake";
	e.run.files = (struct bytes){ files, strlen(files) };
	return record(b, &e);
}

static inline void verdict(struct bench *b, uint64_t n, const char *word, const char *first,
			   const char *wave)
{
	struct event e = { .type = EVENT_VERDICT };

	e.verdict.run = n;
	e.verdict.verdict = word;
	e.verdict.first = (struct bytes){ first, strlen(first) };
	e.verdict.wave = wave;
	e.verdict.first_time = -1;
	e.verdict.checks = strcmp(word, "pass") == 0 ? 7 : -1;
	record(b, &e);
}

static inline void note(struct bench *b, const char *text)
{
	struct event e = { .type = EVENT_NOTE };

	e.note.text = (struct bytes){ text, strlen(text) };
	record(b, &e);
}

static inline void consent(struct bench *b, const char *value)
{
	struct event e = { .type = EVENT_SET };

	e.set.name = "consent";
	e.set.value = value;
	record(b, &e);
}

static inline struct story *tell(struct bench *b)
{
	struct err err = { 0 };
	struct story *s;

	session_flush(b->s);
	s = story_read(session_dir(b->s), b->redact, &err);
	if (!s)
		fail_msg("%s", err.text);
	return s;
}

static const struct export_context plain = { .title = "a project" };

typedef void printer(const struct story *s, const struct export_context *c, struct str *out);

static inline void print(struct bench *b, printer *p, struct str *out)
{
	struct story *s = tell(b);

	str_clear(out);
	p(s, &plain, out);
	assert_false(memchr(str_cstr(out), '\0', out->len));
	assert_true(utf8_valid(str_cstr(out), out->len));
	story_free(s);
}

static inline void has(const struct str *out, const char *text)
{
	if (!strstr(str_cstr(out), text))
		fail_msg("it lacks: %s", text);
}

static inline void lacks(const struct str *out, const char *text)
{
	if (strstr(str_cstr(out), text))
		fail_msg("it holds: %s", text);
}

/* A session in which every possible text is hostile. */
static inline void hostile(struct bench *b)
{
	static const char answer[] =
		"Before " HOSTILE "\n```sv\ncode " HOSTILE "\n````\nafter `" HOSTILE;
	uint64_t a = ask(b, HOSTILE, answer), s;
	struct event e = { .type = EVENT_AMEND };
	struct change c = { 0, 0, { "// \0" HOSTILE "\n", sizeof(HOSTILE) + 4 } };

	s = suggest(b, a, "<img src=x onerror=alert(1)>\"'`.sv", BASE,
		    "module a;\n" HOSTILE "\nendmodule\n");
	decide(b, s, 0, 0, DECISION_REFUSED);
	decide(b, s, 1, 1, DECISION_TAKEN);
	e.amend.suggestion = s;
	e.amend.unit = 1;
	e.amend.line = (struct bytes){ "</script><img src=x onerror=alert(2)>", 37 };
	record(b, &e);
	apply(b, s);
	lint(b, "a.sv", HOSTILE);
	verdict(b, run(b, "a.sv"), "fail", HOSTILE, "");
	note(b, HOSTILE);
	e = (struct event){ .type = EVENT_MARK };
	e.mark.name = HOSTILE;
	record(b, &e);
	assert_non_null(edit_open(b->s, "a.sv", false, NULL));
	assert_true(edit_change(b->s, "a.sv", &c, 1, BY_YOU, NULL));
	session_close(b->s); /* waits until the base is stored */
	b->s = session_open(b->loop, b->root, SESSION_FULL, NULL, NULL);
}

static inline size_t train(struct bench *b,
			   size_t (*p)(const struct story *, const struct export_context *,
				       struct str *),
			   struct str *out)
{
	struct story *s = tell(b);
	size_t n;

	str_clear(out);
	n = p(s, &plain, out);
	story_free(s);
	return n;
}

#endif
