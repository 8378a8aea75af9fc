#include "config.h"

#include "tests/lib/case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backends/wire/sse.h"
#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

/* Server-sent events ------------------------------------------------------------- */

static bool note_event(void *ctx, const char *event, const char *data, size_t len)
{
	str_addf(ctx, "%s<%.*s>", event, (int)len, data);
	return true;
}

CASE(events_are_the_same_from_any_slices)
{
	static const char text[] =
		"\xef\xbb\xbf"
		"event:x\r\ndata: a\r:c\ndata:b\n\n: ping\n\ndata\n\ndata:  c\r\n\r\nid: 3\n\n";
	size_t len = sizeof(text) - 1;

	for (size_t a = 0; a <= len; a++) {
		for (size_t b = a; b <= len; b += 3) {
			struct sse s = { 0 };
			struct str out = STR_INIT;

			assert_true(sse_feed(&s, text, a, note_event, &out, NULL));
			assert_true(sse_feed(&s, text + a, b - a, note_event, &out, NULL));
			assert_true(sse_feed(&s, text + b, len - b, note_event, &out, NULL));
			sse_end(&s, note_event, &out);
			assert_string_equal(str_cstr(&out), "x<a\nb><>< c>");
			sse_fini(&s);
			str_free(&out);
		}
	}
}

CASE(an_event_without_its_empty_line_counts)
{
	struct sse s = { 0 };
	struct str out = STR_INIT;

	sse_feed(&s, "data: x", 7, note_event, &out, NULL);
	assert_int_equal(out.len, 0);
	sse_end(&s, note_event, &out);
	assert_string_equal(str_cstr(&out), "<x>");
	sse_fini(&s);
	str_free(&out);
}

CASE(a_line_without_end_is_an_error_not_all_memory)
{
	struct sse s = { 0 };
	struct str out = STR_INIT;
	char *block = calloc(1, 1 << 20);
	struct err err;
	int fed = 0;

	memset(block, 'x', 1 << 20);
	while (fed < 100 && sse_feed(&s, block, 1 << 20, note_event, &out, &err))
		fed++;
	assert_in_range(fed, 10, 17);
	assert_int_equal(err.code, ERR_LIMIT);
	sse_fini(&s);
	str_free(&out);
	free(block);
}

/* Streams ------------------------------------------------------------------------- */

struct heard {
	struct str text, reasoning;
	struct usage usage;
	enum finish_reason finish;
	bool finished;
	char model[32];
};

static bool hear(void *ctx, const struct piece *p)
{
	struct heard *h = ctx;

	if (p->kind == PIECE_TEXT)
		str_add(&h->text, p->text, p->len);
	else if (p->kind == PIECE_REASONING)
		str_add(&h->reasoning, p->text, p->len);
	else if (p->kind == PIECE_USAGE)
		h->usage = p->usage;
	else if (p->kind == PIECE_START)
		snprintf(h->model, sizeof(h->model), "%.*s", (int)p->len, p->text);
	else if (p->kind == PIECE_FINISH) {
		h->finish = p->finish;
		h->finished = true;
	}
	return true;
}

/* "error!" in front of a line: that is its event's name. */
static bool play(struct heard *h, const char *const *lines, struct err *err)
{
	struct wire_stream s;
	struct str bytes = STR_INIT;
	bool whole;

	memset(h, 0, sizeof(*h));
	for (; *lines; lines++) {
		bool error = strncmp(*lines, "error!", 6) == 0;

		str_addf(&bytes, "%sdata: %s\n\n", error ? "event: error\n" : "",
			 *lines + (error ? 6 : 0));
	}
	wire_begin(&s, &wire_openai, hear, h);
	wire_feed(&s, str_cstr(&bytes), bytes.len);
	whole = wire_end(&s, err);
	wire_fini(&s);
	str_free(&bytes);
	return whole;
}

static void forget(struct heard *h)
{
	str_free(&h->text);
	str_free(&h->reasoning);
}

#define DELTA(content)                                                               \
	"{\"model\":\"M\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" content \
	"},\"finish_reason\":null}]}"

CASE(a_stream_of_text_is_heard_whole)
{
	const char *const lines[] = {
		"{\"id\":\"c1\",\"model\":\"M\",\"choices\":[{\"index\":0,\"delta\":{\"role\":"
		"\"assistant\",\"content\":null}}]}",
		DELTA("\"logic [1:0]\""),
		DELTA("\" q;\""),
		"{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}",
		"{\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":6,\"prompt_"
		"tokens_details\":{\"cached_tokens\":3}}}",
		"[DONE]",
		NULL
	};
	struct heard h;
	struct err err;

	assert_true(play(&h, lines, &err));
	assert_string_equal(str_cstr(&h.text), "logic [1:0] q;");
	assert_string_equal(h.model, "M");
	assert_int_equal(h.finish, FINISH_LENGTH);
	assert_int_equal(h.usage.in, 20);
	assert_int_equal(h.usage.cached, 3);
	assert_int_equal(h.usage.reasoning, -1);
	forget(&h);
}

CASE(thinking_is_told_apart_wherever_it_is_cut)
{
	static const char text[] = "<think>a < b</think>answer <think>";

	for (size_t cut = 1; cut < sizeof(text) - 1; cut++) {
		char *first = str_fmt(DELTA("\"%.*s\""), (int)cut, text),
		     *second = str_fmt(DELTA("\"%s\""), text + cut);
		const char *const lines[] = { first, second, "[DONE]", NULL };
		struct heard h;

		assert_true(play(&h, lines, NULL));
		assert_string_equal(str_cstr(&h.reasoning), "a < b");
		assert_string_equal(str_cstr(&h.text), "answer <think>");
		forget(&h);
		free(first);
		free(second);
	}
}

CASE(a_pair_cut_in_half_is_joined)
{
	const char *const lines[] = { DELTA("\"x\\ud83d\""), DELTA("\"\\ude00y\""), "[DONE]",
				      NULL };
	const char *const alone[] = { DELTA("\"x\\ud83d\""), "[DONE]", NULL };
	struct heard h;

	assert_true(play(&h, lines, NULL));
	assert_string_equal(str_cstr(&h.text), "x\xf0\x9f\x98\x80y");
	forget(&h);
	assert_true(play(&h, alone, NULL));
	assert_string_equal(str_cstr(&h.text), "x\xef\xbf\xbd");
	forget(&h);
}

CASE(half_a_pair_is_replaced_where_it_stood)
{
	const char *const high[] = { DELTA("\"a\\ud83d\""), "{\"choices\":[]}", DELTA("\"b\""),
				     DELTA("\"c\""),	    "[DONE]",		NULL };
	const char *const inside[] = { DELTA("\"a\\ud83db\\ude00c\""), DELTA("\"\\ude00d\""),
				       "[DONE]", NULL };
	const char *const twice[] = { "{\"choices\":[{\"delta\":{\"reasoning_content\":"
				      "\"a\\ud83d\",\"reasoning\":\"a\\ud83d\"}}]}",
				      "{\"choices\":[{\"delta\":{\"reasoning\":\"\\ude00b\","
				      "\"reasoning_content\":\"\\ude00b\"}}]}",
				      "[DONE]", NULL };
	struct heard h;

	assert_true(play(&h, high, NULL));
	assert_string_equal(str_cstr(&h.text), "a\xef\xbf\xbd"
					       "bc");
	forget(&h);
	assert_true(play(&h, inside, NULL));
	assert_string_equal(str_cstr(&h.text), "a\xef\xbf\xbd"
					       "b\xef\xbf\xbd"
					       "c\xef\xbf\xbd"
					       "d");
	forget(&h);
	assert_true(play(&h, twice, NULL));
	assert_string_equal(str_cstr(&h.reasoning), "a\xf0\x9f\x98\x80"
						    "b");
	forget(&h);
}

CASE(blanks_around_the_end_mark_do_not_matter)
{
	static const char *const marks[] = { "[DONE] ", " [DONE]", "[DONE]\t ", "\t[DONE]" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *const lines[] = { DELTA("\"all\""), marks[i], NULL };
		struct heard h;

		assert_true(play(&h, lines, NULL));
		assert_string_equal(str_cstr(&h.text), "all");
		assert_true(h.finished);
		forget(&h);
	}
}

#define CHOICE(index, content, finish) \
	"{\"index\":" index ",\"delta\":{\"content\":\"" content "\"},\"finish_reason\":" finish "}"

CASE(the_first_of_several_choices_is_used)
{
	const char *const lines[] = { "{\"choices\":[" CHOICE("1", "OTHER", "null") "," CHOICE(
					      "0", "one ", "null") "]}",
				      "{\"choices\":[" CHOICE("1", "OTHER", "\"length\"") "]}",
				      "{\"choices\":[" CHOICE("0", "two", "null") "]}",
				      "{\"choices\":[" CHOICE("0", "", "\"stop\"") "]}",
				      "{\"choices\":[" CHOICE("2", "", "\"content_filter\"") "]}",
				      "[DONE]",
				      NULL };
	struct heard h;

	assert_true(play(&h, lines, NULL));
	assert_string_equal(str_cstr(&h.text), "one two");
	assert_int_equal(h.finish, FINISH_STOP);
	forget(&h);
}

CASE(a_message_in_place_of_a_delta_is_heard_once)
{
	const char *const whole[] = { "{\"choices\":[{\"message\":{\"content\":\"all of "
				      "it\"},\"finish_reason\":\"stop\"}]}",
				      "[DONE]", NULL };
	const char *const both[] = { DELTA("\"all \""), DELTA("\"of it\""),
				     "{\"choices\":[{\"delta\":{},\"message\":{\"content\":\"all "
				     "of it\"},\"finish_reason\":\"stop\"}]}",
				     "[DONE]", NULL };
	struct heard h;

	assert_true(play(&h, whole, NULL));
	assert_string_equal(str_cstr(&h.text), "all of it");
	assert_int_equal(h.finish, FINISH_STOP);
	forget(&h);
	assert_true(play(&h, both, NULL));
	assert_string_equal(str_cstr(&h.text), "all of it");
	forget(&h);
}

CASE(thinking_chunks_are_reasoning)
{
	const char *const lines[] = { DELTA("[{\"type\":\"thinking\",\"thinking\":[{\"type\":"
					    "\"text\",\"text\":\"hm \"}]}]"),
				      DELTA("[{\"type\":\"thinking\",\"thinking\":\"so\"},{"
					    "\"type\":\"text\",\"text\":\"yes\"}]"),
				      DELTA("\" it is\""), "[DONE]", NULL };
	struct heard h;

	assert_true(play(&h, lines, NULL));
	assert_string_equal(str_cstr(&h.reasoning), "hm so");
	assert_string_equal(str_cstr(&h.text), "yes it is");
	forget(&h);
}

CASE(a_call_of_a_tool_is_told_whatever_ends_it)
{
	const char *const lines[] = { "{\"choices\":[{\"delta\":{\"content\":\"\",\"tool_calls\":[{"
				      "\"index\":0,\"function\":{\"name\":\"read\"}}]}}]}",
				      "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
				      "[DONE]", NULL };
	struct heard h;

	assert_true(play(&h, lines, NULL));
	assert_int_equal(h.finish, FINISH_TOOLS);
	forget(&h);
}

CASE(a_failed_answer_is_not_complete)
{
	const char *const lines[] = {
		DELTA("\"part\""),
		"{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}", "[DONE]",
		NULL
	};
	struct heard h;
	struct err err = { 0 };

	assert_false(play(&h, lines, &err));
	assert_non_null(strstr(err.text, "the model failed"));
	assert_string_equal(str_cstr(&h.text), "part");
	forget(&h);
}

CASE(the_first_bytes_tell_a_stream_from_json)
{
	static const struct {
		const char *start;
		int kind;
	} cases[] = {
		{ "", WIRE_UNKNOWN },
		{ " \r\n", WIRE_UNKNOWN },
		{ "data: {", WIRE_STREAM },
		{ ": ping\n", WIRE_STREAM },
		{ "\n\nevent: x", WIRE_STREAM },
		{ "\n {\"id\"", WIRE_JSON },
		{ "[{\"error\"", WIRE_JSON },
		{ "<!DOCTYPE html>", WIRE_PAGE },
		{ "\xef\xbb", WIRE_UNKNOWN },
		{ "\xef\xbb\xbf", WIRE_UNKNOWN },
		{ "\xef\xbb\xbf"
		  "data",
		  WIRE_STREAM },
		{ "\xef\xbb\xbf{", WIRE_JSON },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct wire_stream s;

		wire_begin(&s, &wire_openai, hear, NULL);
		for (const char *c = cases[i].start; *c; c++)
			wire_feed(&s, c, 1);
		assert_int_equal(s.kind, cases[i].kind);
		wire_fini(&s);
	}
}

CASE(errors_inside_a_stream_are_errors)
{
	static const char *const errors[] = {
		"{\"error\":{\"message\":\"no room\",\"code\":500}}",
		"{\"error\":\"no room\"}",
		"{\"object\":\"error\",\"message\":\"no room\"}",
		("{\"id\":\"x\",\"error\":{\"code\":502,\"message\":\"no "
		 "room\"},\"choices\":[{\"delta\":{\"content\":\"\"}}]}"),
		"[{\"error\":{\"code\":400,\"message\":\"no room\"}}]",
		"{\"errors\":[{\"message\":\"no room\"}]}",
		"{\"detail\":\"no room\"}",
		"{\"detail\":[{\"loc\":[\"body\"],\"msg\":\"no room\"}]}",
		"error!{\"message\":\"no room\"}",
		"error!no room",
		"error!{\"detail\":{\"error\":\"no room\"}}",
		"error!\"no room\""
	};

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		const char *const lines[] = { DELTA("\"part\""), errors[i], "[DONE]", NULL };
		struct heard h;
		struct err err = { 0 };

		assert_false(play(&h, lines, &err));
		assert_non_null(strstr(err.text, "no room"));
		assert_string_equal(str_cstr(&h.text), "part");
		forget(&h);
	}
}

CASE(a_stream_without_an_end_is_lost)
{
	const char *const cut[] = { DELTA("\"part\""), NULL };
	const char *const ended[] = { DELTA("\"all\""),
				      "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}",
				      NULL };
	struct heard h;
	struct err err = { 0 };

	assert_false(play(&h, cut, &err));
	assert_false(h.finished);
	assert_non_null(strstr(err.text, "lost"));
	forget(&h);
	assert_true(play(&h, ended, &err));
	assert_true(h.finished);
	forget(&h);
}

CASE(odd_shapes_do_no_harm)
{
	static const char *const odd[] = {
		"{}",
		"[]",
		"3",
		"{\"choices\":null}",
		"{\"choices\":[]}",
		"{\"choices\":[3]}",
		"{\"choices\":[{\"delta\":3}]}",
		("{\"choices\":[{\"delta\":{\"content\":[{\"type\":"
		 "\"text\",\"text\":\"t\"},{\"type\":\"thinking\"}]}}]}"),
		"{\"usage\":null,\"choices\":[{\"finish_reason\":7}]}"
	};

	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		const char *const lines[] = { odd[i], "[DONE]", NULL };
		struct heard h;

		assert_true(play(&h, lines, NULL));
		forget(&h);
	}
}

/* Requests and errors --------------------------------------------------------------- */

CASE(a_base_url_may_be_written_in_many_ways)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1/chat/completions" },
		{ "http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1/chat/completions" },
		{ "http://h/v1", "http://h/v1/chat/completions" },
		{ "http://h/v1/", "http://h/v1/chat/completions" },
		{ "http://h/v1/chat/completions", "http://h/v1/chat/completions" },
		{ "https://h/api/v1", "https://h/api/v1/chat/completions" },
		{ "https://h/openai/deployments/d?api-version=2026-01-01",
		  "https://h/openai/deployments/d/chat/completions?api-version=2026-01-01" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *url = wire_url(&wire_openai, wire_openai.ask_path, cases[i].in, NULL);

		assert_string_equal(url, cases[i].out);
		free(url);
	}
}

CASE(the_body_is_json_with_every_byte_of_the_text)
{
	struct prompt_part parts[] = { { .text = "be \"brief\"", .len = 10 },
				       { .text = "a\\b\n\xff", .len = 5 } };
	struct prompt_message m[] = { { ROLE_SYSTEM, &parts[0], 1 }, { ROLE_USER, &parts[1], 1 } };
	struct prompt p = { .messages = m, .n = 2, .max_output_tokens = 9 };
	struct wire_settings q = { .model = "M",
				   .max_tokens_field = "max_completion_tokens",
				   .role = "developer",
				   .temperature = "0.2" };
	struct str body = STR_INIT;
	cJSON *o;

	wire_openai.request(&p, &q, &body);
	o = json_parse(body.data, body.len, NULL);
	assert_non_null(o);
	assert_string_equal(json_string(o, "model"), "M");
	assert_int_equal(json_uint(o, "max_completion_tokens", 0), 9);
	assert_string_equal(json_string(cJSON_GetArrayItem(json_array(o, "messages"), 0), "role"),
			    "developer");
	assert_string_equal(
		json_string(cJSON_GetArrayItem(json_array(o, "messages"), 1), "content"),
		"a\\b\n\xef\xbf\xbd");
	cJSON_Delete(o);
	str_free(&body);
}

CASE(error_bodies_of_all_kinds_give_a_sentence)
{
	static const struct {
		long status;
		const char *body, *words;
		enum err_code code;
		bool retry;
	} cases[] = {
		{ 401, "{\"error\":{\"message\":\"bad key\"}}", "bad key", ERR_AUTH, false },
		{ 404, "{\"error\":\"model not found\"}", "model not found", ERR_NOT_FOUND, false },
		{ 429, "{\"error\":{\"message\":\"slow\",\"code\":\"rate_limit_exceeded\"}}",
		  "slow", ERR_BUSY, true },
		{ 429, "{\"error\":{\"message\":\"pay\",\"type\":\"insufficient_quota\"}}",
		  "no credit", ERR_AUTH, false },
		{ 400, "{\"error\":{\"message\":\"x\",\"code\":\"context_length_exceeded\"}}",
		  "too long", ERR_LIMIT, false },
		{ 500, "<html><body>oops</body></html>", "500: its answer is a web page", ERR_NET,
		  true },
		{ 404, "<!DOCTYPE html><p>no</p>", "(404): its answer is a web page", ERR_NOT_FOUND,
		  false },
		{ 404, " \n", "(404): it gives no reason", ERR_NOT_FOUND, false },
		{ 401, "{\"a\":1}", "(401): it gives no reason; see key=", ERR_AUTH, false },
		{ 403, "<html><h1>Blocked</h1>", "or a proxy before it, refused access (403)",
		  ERR_AUTH, false },
		{ 503, "{\"error\":{\"code\":503,\"message\":\"Loading model\"}}", "Loading",
		  ERR_BUSY, true },
		{ 422, "{\"detail\":\"unknown field\"}", "unknown field", ERR_NET, false },
		{ 422, "{\"detail\":[{\"loc\":[\"body\",\"model\"],\"msg\":\"not loaded\"}]}",
		  "not loaded", ERR_NET, false },
		{ 400, "[{\"error\":{\"code\":400,\"message\":\"bad field\"}}]", "bad field",
		  ERR_NET, false },
		{ 400, "{\"errors\":[{\"code\":7,\"message\":\"bad field\"}]}", "bad field",
		  ERR_NET, false },
		{ 418, "", "418", ERR_NET, false },
		{ 407, "<html>no", "the proxy wants a name and a password", ERR_AUTH, false },
		{ 500, "a\033[2Jb", "a?[2Jb", ERR_NET, true },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err;
		double after = -1;
		bool retry;

		wire_explain(cases[i].status, cases[i].body, strlen(cases[i].body), &retry, &after,
			     &err);
		if (!strstr(err.text, cases[i].words))
			fail_msg("%ld: %s", cases[i].status, err.text);
		assert_int_equal(err.code, cases[i].code);
		assert_int_equal(retry, cases[i].retry);
	}
}

/* Real messages of servers, and text that only contains the word. */
CASE(a_model_without_tools_says_so)
{
	static const struct {
		long status;
		bool none;
		const char *body;
	} cases[] = {
		{ 400, true,
		  "{\"error\":{\"message\":\"Unsupported "
		  "parameter\",\"type\":\"invalid_request_error\","
		  "\"param\":\"tools\",\"code\":\"unsupported_parameter\"}}" },
		{ 400, true,
		  "{\"error\":\"registry.ollama.ai/library/gemma:2b does not support tools\"}" },
		{ 404, true,
		  "{\"error\":{\"message\":\"No endpoints found that support tool "
		  "use.\",\"code\":404}}" },
		{ 500, true,
		  "{\"error\":{\"code\":500,\"message\":\"tools param requires --jinja flag\"}}" },
		{ 400, true,
		  "{\"object\":\"error\",\"message\":\"\\\"auto\\\" tool choice requires "
		  "--enable-auto-tool-choice and --tool-call-parser to be set\",\"param\":null}" },
		{ 400, true,
		  "[{\"error\":{\"code\":400,\"message\":\"Function calling is not enabled for "
		  "models/x\",\"status\":\"INVALID_ARGUMENT\"}}]" },
		{ 400, true,
		  "{\"error\":{\"message\":\"`tool calling` is not supported with this model\","
		  "\"type\":\"invalid_request_error\"}}" },
		{ 400, true, "{\"message\":\"This model doesn't support tool use.\"}" },
		{ 422, true,
		  "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"tools\"],\"msg\":"
		  "\"Extra inputs are not permitted\"}]}" },
		{ 400, false,
		  "{\"error\":{\"message\":\"Invalid schema for function 'x': tools are not "
		  "supported "
		  "there\",\"param\":\"tools[0].function.parameters\",\"code\":"
		  "\"invalid_function_parameters\"}}" },
		{ 400, false,
		  "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
		  "\"messages.2: `tool_use` ids were found without `tool_result` blocks\"}}" },
		{ 400, false,
		  "{\"error\":{\"message\":\"Failed to call a "
		  "function.\",\"code\":\"tool_use_failed\","
		  "\"failed_generation\":\"the tool does not support tools\"}}" },
		{ 400, false,
		  "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support "
		  "tools\","
		  "\"param\":\"temperature\"}}" },
		{ 422, false,
		  "{\"detail\":[{\"loc\":[\"body\",\"tools\",0,\"name\"],\"msg\":\"too long\"}]}" },
		{ 429, false,
		  "{\"error\":{\"message\":\"too many tools used: does not support tools\"}}" },
		{ 404, false, "{\"error\":{\"message\":\"the model toolbox-7b is not here\"}}" },
		{ 400, false, "{\"param\":7,\"detail\":[7],\"error\":{\"param\":{},\"code\":[]}}" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err;
		double after = -1;
		bool retry;

		wire_explain(cases[i].status, cases[i].body, strlen(cases[i].body), &retry, &after,
			     &err);
		if ((err.code == ERR_NO_TOOLS) != cases[i].none)
			fail_msg("%s: %s", cases[i].body, err.text);
		assert_false(cases[i].none && retry);
	}
}
