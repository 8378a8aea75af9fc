/* What an agent says becomes pieces of an answer; what is sent to it. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backends/acp/acp_changes.h"
#include "backends/acp/acp_update.h"
#include "backends/acp/acp_words.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/model/prompt.h"

static bool hear(void *ctx, const struct piece *p)
{
	static const char *const names[] = {
		[PIECE_TEXT] = "text", [PIECE_REASONING] = "think", [PIECE_NOTE] = "note"
	};
	struct str *out = ctx;

	assert_true(p->kind == PIECE_TEXT || p->kind == PIECE_REASONING || p->kind == PIECE_NOTE);
	assert_true(utf8_valid(p->text, p->len));
	str_addf(out, "%s|%.*s|", names[p->kind], (int)p->len, p->text);
	return true;
}

static void told(const char *const *updates, const char *want)
{
	struct acp_turn t;
	struct str out = STR_INIT;

	acp_turn_init(&t);
	for (; *updates; updates++) {
		cJSON *u = json_parse(*updates, strlen(*updates), NULL);

		assert_non_null(u);
		acp_update(&t, u, hear, &out);
		cJSON_Delete(u);
	}
	assert_string_equal(str_cstr(&out), want);
	acp_turn_fini(&t);
	str_free(&out);
}

#define CHUNK(kind, id, text)                                                               \
	"{\"sessionUpdate\":\"agent_" kind "_chunk\",\"messageId\":\"" id "\",\"content\":" \
	"{\"type\":\"text\",\"text\":\"" text "\"}}"
#define PLAIN(kind, text)                                                                      \
	"{\"sessionUpdate\":\"agent_" kind "_chunk\",\"content\":{\"type\":\"text\",\"text\":" \
	"\"" text "\"}}"

CASE(chunks_of_a_message_are_one_text)
{
	told((const char *const[]){ CHUNK("message", "1", "Hel"), CHUNK("message", "1", "lo"),
				    CHUNK("message", "2", "Next"), NULL },
	     "text|Hel|text|lo|text|\n\n|text|Next|");
	told((const char *const[]){ PLAIN("message", "a"), PLAIN("message", "b"), NULL },
	     "text|a|text|b|");
	told((const char *const[]){ PLAIN("thought", "a"), PLAIN("message", "b"), NULL },
	     "think|a|text|b|");
}

CASE(a_step_is_a_line_and_parts_paragraphs)
{
	told(
		(const char *const[]){
			PLAIN("message", "I look."),
			"{\"sessionUpdate\":\"tool_call\",\"toolCallId\":\"c\",\"title\":\"Read "
			"a.sv\",\"kind\":\"read\",\"status\":\"pending\"}",
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":"
			"\"completed\"}",
			PLAIN("message", "Done."), NULL },
		"text|I look.|think|[read] Read a.sv\n|text|\n\n|text|Done.|");
	told(
		(const char *const[]){
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"name\":"
			"\"Bash\"}",
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":"
			"\"failed\"}",
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":"
			"\"failed\"}",
			NULL },
		"think|[tool] Bash\n|think|[failed] Bash\n|");
}

/* Version 2: one whole message instead of chunks. */
CASE(a_whole_message_goes_on_where_its_chunks_ended)
{
#define WHOLE(id, text)                                                                         \
	"{\"sessionUpdate\":\"agent_message\",\"messageId\":\"" id "\",\"content\":[{\"type\":" \
	"\"text\",\"text\":\"" text "\"}]}"
	told((const char *const[]){ CHUNK("message", "1", "Hel"), WHOLE("1", "Hello"), NULL },
	     "text|Hel|text|lo|");
	told((const char *const[]){ WHOLE("1", "Hello"), WHOLE("1", "Hello"), NULL },
	     "text|Hello|");
	told((const char *const[]){ WHOLE("1", "Hello"), WHOLE("1", "Bye"), NULL },
	     "text|Hello|text|\n\n|text|Bye|");
	told((const char *const[]){ "{\"sessionUpdate\":\"agent_message\",\"messageId\":\"1\","
				    "\"content\":null}",
				    WHOLE("1", "x"), NULL },
	     "text|x|");
}

CASE(plans_notices_and_others)
{
	told(
		(const char *const[]){
			"{\"sessionUpdate\":\"plan\",\"entries\":[{\"content\":\"read\",\"status\":"
			"\"completed\"},{\"content\":\"write\",\"status\":\"pending\"}]}",
			"{\"sessionUpdate\":\"plan_update\",\"plan\":{\"type\":\"items\","
			"\"planId\":"
			"\"p\",\"entries\":[{\"content\":\"test\"}]}}",
			"{\"sessionUpdate\":\"notice\",\"severity\":\"warning\",\"title\":\"limit "
			"near\",\"description\":\"80 %\"}",
			"{\"sessionUpdate\":\"available_commands_update\",\"availableCommands\":[]"
			"}",
			"{\"sessionUpdate\":\"user_message_chunk\",\"content\":{\"type\":\"text\","
			"\"text\":\"mine\"}}",
			"{\"sessionUpdate\":\"_own\",\"content\":1}", "{}", "7", NULL },
		"think|[x] read\n|think|[ ] write\n|think|[ ] test\n|"
		"note|the agent says: limit near: 80 %|");
}

static struct acp_turn after(const char *const *updates)
{
	struct acp_turn t;
	struct str out = STR_INIT;

	acp_turn_init(&t);
	for (; *updates; updates++) {
		cJSON *u = json_parse(*updates, strlen(*updates), NULL);

		acp_update(&t, u, hear, &out);
		cJSON_Delete(u);
	}
	str_free(&out);
	return t;
}

static void goes_on(struct acp_turn *t, const char *update)
{
	cJSON *u = json_parse(update, strlen(update), NULL);
	struct str out = STR_INIT;

	acp_update(t, u, hear, &out);
	cJSON_Delete(u);
	str_free(&out);
}

#define STATE(more) "{\"sessionUpdate\":\"state_update\"," more "}"

CASE(a_turn_is_over_once_and_not_before_it_ran)
{
	struct acp_turn t = after((const char *const[]){ STATE("\"state\":\"idle\""), NULL });

	assert_false(t.idle); /* the earlier behaviour */
	acp_turn_fini(&t);
	t = after((const char *const[]){ STATE("\"state\":\"idle\",\"stopReason\":\"end_turn\""),
					 NULL });
	assert_false(t.idle); /* the previous turn, sent twice: this prompt is still unanswered */
	t.accepted = true;
	goes_on(&t, STATE("\"state\":\"idle\",\"stopReason\":\"refusal\""));
	assert_true(t.idle);
	assert_string_equal(t.stop, "refusal");
	acp_turn_fini(&t);
	t = after((const char *const[]){ STATE("\"state\":\"running\""),
					 STATE("\"state\":\"requires_action\""), NULL });
	assert_false(t.idle);
	acp_turn_fini(&t);
	t = after((const char *const[]){ STATE("\"state\":\"running\""),
					 STATE("\"state\":\"idle\""), NULL });
	assert_true(t.idle);
	assert_null(t.stop);
	acp_turn_fini(&t);
	t = after((const char *const[]){ STATE("\"state\":\"running\""),
					 STATE("\"state\":\"idle\",\"stopReason\":\"max_tokens\""),
					 STATE("\"state\":\"idle\",\"stopReason\":\"end_turn\""),
					 NULL });
	assert_true(t.idle);
	assert_string_equal(t.stop, "max_tokens");
	acp_turn_fini(&t);
	assert_int_equal(acp_finish("max_tokens"), FINISH_LENGTH);
	assert_int_equal(acp_finish("max_turn_requests"), FINISH_PAUSE);
	assert_int_equal(acp_finish("refusal"), FINISH_FILTER);
	assert_int_equal(acp_finish("of its own"), FINISH_OTHER);
	assert_int_equal(acp_finish(NULL), FINISH_STOP);
}

CASE(what_it_used_is_kept)
{
	struct acp_turn t = after((const char *const[]){
		"{\"sessionUpdate\":\"usage_update\",\"used\":4000,\"size\":200000,\"cost\":{"
		"\"amount\":0.5,\"currency\":\"USD\"}}",
		"{\"sessionUpdate\":\"usage_update\",\"used\":-1,\"size\":\"x\",\"cost\":{"
		"\"amount\":9,\"currency\":\"far too long\"}}",
		NULL });

	assert_int_equal(t.used.in, 4000);
	assert_int_equal(t.window, 200000);
	assert_string_equal(t.currency, "USD");
	assert_true(t.cost == 0.5);
	acp_turn_fini(&t);
}

/* No misplaced or mistyped part of an update is mistaken for something else. */
CASE(anything_at_all_is_an_update)
{
	static const char *const keys[] = { "sessionUpdate", "content",	   "text",  "type",
					    "messageId",     "toolCallId", "title", "status",
					    "entries",	     "plan",	   "state", "stopReason",
					    "cost",	     "error",	   "used",  "message" };
	static const char *const values[] = { "null",
					      "7",
					      "\"text\"",
					      "[]",
					      "{}",
					      "true",
					      "\"agent_message\"",
					      "\"agent_thought_chunk\"",
					      "\"tool_call\"",
					      "\"state_update\"",
					      "\"idle\"",
					      "\"plan_update\"",
					      "\"usage_update\"",
					      "\"notice\"",
					      "[{\"type\":\"text\",\"text\":\"x\"}]",
					      "{\"type\":\"text\",\"text\":\"y\"}",
					      "{\"entries\":[1,{\"content\":2}]}",
					      "1e300" };
	struct acp_turn t;
	struct str out = STR_INIT;

	srand(11);
	acp_turn_init(&t);
	for (int i = 0; i < 20000; i++) {
		struct str u = STR_INIT;
		cJSON *parsed;

		str_addf(&u, "{\"sessionUpdate\":%s", values[6 + rand() % 8]);
		for (int k = 0; k < 4; k++)
			str_addf(&u, ",\"%s\":%s", keys[rand() % 16], values[rand() % 18]);
		str_addc(&u, '}');
		parsed = json_parse(u.data, u.len, NULL);
		assert_non_null(parsed);
		acp_update(&t, parsed, hear, &out);
		cJSON_Delete(parsed);
		str_free(&u);
	}
	assert_true(t.n_tools <= ACP_TOOLS_MAX);
	acp_turn_fini(&t);
	str_free(&out);
}

CASE(tools_and_titles_have_limits)
{
	struct acp_turn t;
	struct str out = STR_INIT, u = STR_INIT;

	acp_turn_init(&t);
	for (unsigned i = 0; i < ACP_TOOLS_MAX + 50; i++) {
		cJSON *o = cJSON_CreateObject();
		char id[20];

		snprintf(id, sizeof(id), "%u", i);
		str_clear(&u);
		for (unsigned k = 0; k < ACP_TITLE_MAX; k++)
			str_adds(&u, "\xc3\xa4\n");
		cJSON_AddStringToObject(o, "sessionUpdate", "tool_call");
		cJSON_AddStringToObject(o, "toolCallId", id);
		cJSON_AddStringToObject(o, "title", str_cstr(&u));
		acp_update(&t, o, hear, &out);
		cJSON_Delete(o);
	}
	assert_int_equal(t.n_tools, ACP_TOOLS_MAX);
	assert_true(out.len < (ACP_TOOLS_MAX + 50) * (ACP_TITLE_MAX + 40));
	acp_turn_fini(&t);
	str_free(&out);
	str_free(&u);
}

/* What it is told --------------------------------------------------------------------- */

struct today {
	const char *path, *text; /* NULL text: the file does not exist */
};

static bool now(void *ctx, const char *path, struct str *out)
{
	for (const struct today *t = ctx; t->path; t++)
		if (strcmp(t->path, path) == 0 && t->text) {
			str_adds(out, t->text);
			return true;
		}
	return false;
}

static void add_change(struct acp_changes *c, const char *path, const char *base, const char *text,
		       bool fresh, bool gone)
{
	MEM_ROOM(c->v, c->n, c->cap);
	c->v[c->n] = (struct acp_change){ .path = mem_strdup(path), .fresh = fresh, .gone = gone };
	str_adds(&c->v[c->n].base, base);
	str_adds(&c->v[c->n++].text, text);
}

CASE(a_prompt_tells_what_became_of_the_last_changes)
{
	static const struct prompt_part parts[] = { { .text = "rules", .len = 5 },
						    { .text = "before", .len = 6 },
						    { .text = "said", .len = 4 },
						    { .text = "the question", .len = 12 } };
	static const struct prompt_message messages[] = { { ROLE_SYSTEM, &parts[0], 1 },
							  { ROLE_USER, &parts[1], 1 },
							  { ROLE_ASSISTANT, &parts[2], 1 },
							  { ROLE_USER, &parts[3], 1 } };
	const struct prompt p = { .messages = messages, .n = 4, .question = "the question" };
	struct today today[] = { { "all.sv", "new\n" },	  { "none.sv", "old\n" },
				 { "some.sv", "1\n3\n" }, { "made.sv", NULL },
				 { "kept.sv", "k\n" },	  { NULL, NULL } };
	struct acp_changes was = { 0 };
	struct str out = STR_INIT;

	acp_words(&p, true, &was, now, today, &out);
	assert_string_equal(str_cstr(&out),
			    "rules\n\nThe designer asked:\nbefore\n\nYou answered:\n"
			    "said\n\nThe designer asks now:\nthe question\n");
	str_clear(&out);
	acp_words(&p, false, &was, now, today, &out);
	assert_string_equal(str_cstr(&out), "the question\n");
	str_clear(&out);
	add_change(&was, "all.sv", "old\n", "new\n", false, false);
	add_change(&was, "none.sv", "old\n", "new\n", false, false);
	add_change(&was, "some.sv", "1\n", "1\n2\n3\n", false, false);
	add_change(&was, "made.sv", "", "m\n", true, false);
	add_change(&was, "kept.sv", "k\n", "", false, true);
	add_change(&was, "went.sv", "w\n", "", false, true);
	acp_words(&p, false, &was, now, today, &out);
	assert_non_null(strstr(out.data, "all.sv: all of it was taken.\n"));
	assert_non_null(
		strstr(out.data, "none.sv: nothing of it was taken; it is as it was before.\n"));
	assert_non_null(strstr(out.data,
			       "some.sv: taken in part, or changed since (- yours, + now):\n"
			       "@@ line 2\n-2\n"));
	assert_non_null(strstr(out.data, "made.sv: not taken; there is no such file.\n"));
	assert_non_null(
		strstr(out.data, "kept.sv: nothing of it was taken; it is as it was before.\n"));
	assert_non_null(strstr(out.data, "went.sv: all of it was taken.\n"));
	assert_null(strstr(out.data, "rules"));
	acp_changes_fini(&was);
	str_free(&out);
}

CASE(a_login_is_a_command)
{
	static const struct {
		const char *methods, *want;
	} cases[] = {
		{ "[]",
		  "it wants a login first: run `agent x` once in a terminal and log in there" },
		{ "[{\"id\":\"a\",\"name\":\"Account\",\"description\":\"Run /login \\nand "
		  "more\"}]",
		  "it wants a login first: run `agent x` once in a terminal and log in there (Run "
		  "/login)" },
		{ "[{\"id\":\"a\",\"name\":\"A\"},{\"type\":\"terminal\",\"id\":\"t\",\"name\":"
		  "\"Setup\",\"args\":[\"--login\",7]}]",
		  "it wants a login first: run `agent x --login` once in a terminal and log in "
		  "there (Setup)" },
		{ "7",
		  "it wants a login first: run `agent x` once in a terminal and log in there" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cJSON *m = json_parse(cases[i].methods, strlen(cases[i].methods), NULL);
		struct str out = STR_INIT;

		acp_login(m, "agent x", &out);
		assert_string_equal(str_cstr(&out), cases[i].want);
		str_free(&out);
		cJSON_Delete(m);
	}
}
