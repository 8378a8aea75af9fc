/* The request of each wire: all parts in place, its fields and addresses; the list of
 * a server's models. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define S(text_) .text = text_, .len = sizeof(text_) - 1

static const struct prompt_part system_parts[] = { { S("You write \"RTL\"."), .stable = true } };
static const struct prompt_part first_parts[] = {
	{ S("see this: ") },
	{ .kind = PROMPT_IMAGE, S("PNG!"), .name = "image/png" },
};
static const struct prompt_part answer_parts[] = {
	{ .kind = PROMPT_OPAQUE,
	  .name = "anthropic/thinking",
	  S("{\"type\":\"thinking\",\"thinking\":\"t\",\"signature\":\"S\"}") },
	{ .kind = PROMPT_OPAQUE, .name = "gemini/signature", S("\"Cg==\"") },
	{ .kind = PROMPT_OPAQUE, .name = "openai/reasoning_content", S("\"why\"") },
	{ .kind = PROMPT_OPAQUE, .name = "openai/reasoning_details", S("[{\"data\":\"D\"}]") },
	{ .kind = PROMPT_OPAQUE,
	  .name = "openai-responses/reasoning",
	  S("{\"type\":\"reasoning\",\"id\":\"rs\"}") },
	{ .kind = PROMPT_OPAQUE, .name = "exec/opaque", S("{\"x\":1}") },
	{ .kind = PROMPT_OPAQUE, .name = "ollama/thinking", S("\"hm\"") },
	{ S("I lint.") },
	{ .kind = PROMPT_OPAQUE, .name = "openai/extra_content", S("{\"google\":\"G\"}") },
	{ .kind = PROMPT_CALL, .id = "c1", .name = "lint", S("{\"f\":1}") },
	{ .kind = PROMPT_CALL,
	  .id = "posedge-call-2",
	  .name = "files",
	  S("{\"cut"),
	  .stable = true },
};
static const struct prompt_part result_parts[] = {
	{ .kind = PROMPT_RESULT, .id = "c1", .name = "lint", S("0 errors") },
	{ .kind = PROMPT_RESULT,
	  .id = "posedge-call-2",
	  .name = "files",
	  S("cancelled"),
	  .failed = true },
	{ S("and now?") },
};
static const struct prompt_message messages[] = {
	{ ROLE_SYSTEM, system_parts, 1 },
	{ ROLE_USER, first_parts, 2 },
	{ ROLE_ASSISTANT, answer_parts, sizeof(answer_parts) / sizeof(*answer_parts) },
	{ ROLE_USER, result_parts, 3 },
};
static const struct prompt_tool tools[] = {
	{ "lint", "Lints \"f\"",
	  "{\"type\":\"object\",\"properties\":{\"f\":{\"type\":\"integer\"}}}" }
};
static const struct prompt prompt = { .messages = messages,
				      .n = 4,
				      .tools = tools,
				      .n_tools = 1,
				      .question = "and now?",
				      .tokens = 9000,
				      .seed = 7 };

/* Data that a part carries for another backend is not in it. */
static void expect(const struct wire *w, const struct wire_settings *s, const char *const *want,
		   const char *const *wrong)
{
	struct str body = STR_INIT;
	struct err err;
	cJSON *o;

	w->request(&prompt, s, &body);
	o = json_parse(body.data, body.len, &err);
	if (!o)
		fail_msg("%s: %s in %s", w->protocol, err.text, body.data);
	for (; *want; want++)
		if (!strstr(body.data, *want))
			fail_msg("%s lacks %s: %s", w->protocol, *want, body.data);
	for (; *wrong; wrong++)
		if (strstr(body.data, *wrong))
			fail_msg("%s has %s: %s", w->protocol, *wrong, body.data);
	cJSON_Delete(o);
	str_free(&body);
}

#define LIST(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define SCHEMA	  "{\"type\":\"object\",\"properties\":{\"f\":{\"type\":\"integer\"}}}"

CASE(a_request_holds_every_part_in_its_place)
{
	struct wire_settings s = { .model = "M", .temperature = "0.5", .max_output = 100 };

	expect(&wire_openai, &s,
	       LIST("\"messages\":[{\"role\":\"system\",\"content\":\"You write \\\"RTL\\\".\"},"
		    "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"see this: "
		    "\"},{\"type\":\"image_url\","
		    "\"image_url\":{\"url\":\"data:image/png;base64,UE5HIQ==\"}}]},"
		    "{\"role\":\"assistant\",\"content\":\"I "
		    "lint.\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
		    "\"function\":{\"name\":\"lint\",\"arguments\":\"{\\\"f\\\":1}\"},"
		    "\"extra_content\":{\"google\":\"G\"}},",
		    "\"arguments\":\"{}\"}}],\"reasoning_content\":\"why\","
		    "\"reasoning_details\":[{\"data\":\"D\"}]},{\"role\":\"tool\",\"tool_call_id\":"
		    "\"c1\","
		    "\"content\":\"0 errors\"},",
		    "{\"role\":\"user\",\"content\":\"and now?\"}]",
		    "\"temperature\":0.5,\"seed\":7", "\"max_tokens\":100",
		    "{\"type\":\"function\",\"function\":{\"name\":\"lint\",\"description\":"
		    "\"Lints \\\"f\\\"\",\"parameters\":" SCHEMA "}}"),
	       LIST("signature", "Cg==", "\"x\"", "\"rs\"", "{\\\"cut"));
	expect(&wire_anthropic, &s,
	       LIST("\"system\":[{\"type\":\"text\",\"text\":\"You write "
		    "\\\"RTL\\\".\",\"cache_control\":{\"type\":\"ephemeral\"}}]",
		    "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"image/"
		    "png\",\"data\":\"UE5HIQ==\"}}",
		    "{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":"
		    "\"t\",\"signature\":\"S\"},"
		    "{\"type\":\"text\",\"text\":\"I "
		    "lint.\"},{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"lint\",\"input\":{"
		    "\"f\":1}},",
		    "\"input\":{},\"cache_control\":{\"type\":\"ephemeral\"}}]},",
		    "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":"
		    "\"c1\",\"content\":\"0 errors\"},",
		    "\"is_error\":true},{\"type\":\"text\",\"text\":\"and now?\"}]}",
		    "\"max_tokens\":100", "\"temperature\":0.5",
		    "{\"name\":\"lint\",\"description\":\"Lints "
		    "\\\"f\\\"\",\"input_schema\":" SCHEMA "}"),
	       LIST("Cg==", "\"why\"", "\"rs\"", "\"x\""));
	expect(&wire_gemini, &s,
	       LIST("\"systemInstruction\":{\"parts\":[{\"text\":\"You write \\\"RTL\\\".\"}]}",
		    "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"UE5HIQ==\"}}",
		    "{\"functionCall\":{\"name\":\"lint\",\"id\":\"c1\",\"args\":{\"f\":1}}},{"
		    "\"functionCall\":{\"name\":\"files\",\"args\":{}}}",
		    "{\"functionResponse\":{\"name\":\"lint\",\"id\":\"c1\",\"response\":{"
		    "\"output\":\"0 errors\"}}}",
		    "{\"functionResponse\":{\"name\":\"files\",\"response\":{\"error\":"
		    "\"cancelled\"}}}",
		    "\"thoughtSignature\":\"Cg==\"",
		    "\"generationConfig\":{\"maxOutputTokens\":100,\"temperature\":0.5,\"seed\":"
		    "7}"),
	       LIST("posedge-call", "\"S\"", "\"why\"", "\"rs\"", "hm"));
	expect(&wire_ollama, &s,
	       LIST("\"images\":[\"UE5HIQ==\"]",
		    "\"tool_calls\":[{\"function\":{\"name\":\"lint\",\"arguments\":{\"f\":1}}},",
		    "{\"role\":\"tool\",\"tool_name\":\"lint\",\"content\":\"0 errors\"}",
		    "],\"thinking\":\"hm\"}",
		    "\"options\":{\"num_ctx\":16384,\"num_predict\":100,\"temperature\":0.5,"
		    "\"seed\":7}"),
	       LIST("\"S\"", "Cg==", "\"rs\""));
	expect(&wire_responses, &s,
	       LIST("\"instructions\":\"You write \\\"RTL\\\".\"", "\"store\":false",
		    "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"see this: "
		    "\"},{\"type\":\"input_image\","
		    "\"image_url\":\"data:image/"
		    "png;base64,UE5HIQ==\"}]},{\"type\":\"reasoning\",\"id\":\"rs\"},"
		    "{\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"I "
		    "lint.\"}]},"
		    "{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"lint\","
		    "\"arguments\":\"{\\\"f\\\":1}\"},",
		    "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"0 "
		    "errors\"},",
		    "\"max_output_tokens\":100"),
	       LIST("\"S\"", "Cg==", "\"why\"", "\"x\""));
	expect(&wire_exec, &s,
	       LIST("\"question\":\"and now?\"",
		    "{\"role\":\"user\",\"content\":\"and "
		    "now?\",\"results\":[{\"id\":\"c1\",\"name\":\"lint\",\"text\":\"0 errors\"},",
		    "\"opaque\":[{\"x\":1}]",
		    "\"images\":[{\"type\":\"image/png\",\"base64\":\"UE5HIQ==\"}]"),
	       LIST("Cg==", "\"rs\""));
}

static void body_of(const struct wire *w, const struct prompt *p, const struct wire_settings *s,
		    const char *want)
{
	struct str body = STR_INIT;

	w->request(p, s, &body);
	assert_string_equal(str_cstr(&body), want);
	str_free(&body);
}

/* Ollama's context is that of a chat with the same prompt, and fewer options are sent
 * than with a chat. */
CASE(a_gap_is_sent_as_its_two_sides)
{
	static const struct prompt_fill fill = { "a\n", 2, "b\n", 2 };
	struct prompt p = prompt;
	struct wire_settings s = { .model = "M", .temperature = "0.5", .max_output = 100 };

	p.fill = &fill;
	p.seed = 0;
	body_of(wire_openai.fill, &p, &s,
		"{\"model\":\"M\",\"prompt\":\"a\\n\",\"suffix\":\"b\\n\",\"stream\":true,"
		"\"stream_options\":{\"include_usage\":true},\"max_tokens\":100,\"temperature\":0."
		"5}");
	body_of(wire_ollama.fill, &p, &s,
		"{\"model\":\"M\",\"prompt\":\"a\\n\",\"suffix\":\"b\\n\",\"stream\":true,"
		"\"options\":{\"num_ctx\":16384,\"num_predict\":100,\"temperature\":0.5}}");
	s.no_stream_options = true;
	body_of(wire_openai.fill, &p, &s,
		"{\"model\":\"M\",\"prompt\":\"a\\n\",\"suffix\":\"b\\n\",\"stream\":true,"
		"\"max_tokens\":100,\"temperature\":0.5}");
	p.max_output_tokens = 7;
	s.context = 4096;
	body_of(wire_ollama.fill, &p, &s,
		"{\"model\":\"M\",\"prompt\":\"a\\n\",\"suffix\":\"b\\n\",\"stream\":true,"
		"\"options\":{\"num_ctx\":4096,\"num_predict\":7,\"temperature\":0.5}}");
}

CASE(reasoning_is_asked_for_as_each_wants_it)
{
	struct wire_settings level = { .model = "M", .reasoning = "high" },
			     number = { .model = "M", .reasoning = "2048" },
			     off = { .model = "M", .reasoning = "off" },
			     later = { .model = "M",
				       .version = "2026-10-21",
				       .temperature = "0.5" };

	expect(&wire_openai, &level, LIST("\"reasoning_effort\":\"high\""), LIST("thinkingConfig"));
	expect(&wire_anthropic, &level,
	       LIST("\"thinking\":{\"type\":\"adaptive\"}",
		    "\"output_config\":{\"effort\":\"high\"}"),
	       LIST("budget"));
	expect(&wire_anthropic, &number,
	       LIST("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2048}"), LIST("effort"));
	expect(&wire_anthropic, &off, LIST("\"thinking\":{\"type\":\"disabled\"}"), LIST("effort"));
	expect(&wire_anthropic, &later, LIST("\"max_tokens\":"), LIST("temperature"));
	expect(&wire_gemini, &level,
	       LIST("\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingLevel\":\"high\"}"),
	       LIST("Budget"));
	expect(&wire_gemini, &off, LIST("\"thinkingBudget\":0"), LIST("includeThoughts"));
	expect(&wire_ollama, &level, LIST("\"think\":\"high\""), LIST("reasoning\""));
	expect(&wire_ollama, &off, LIST("\"think\":false"), LIST("reasoning\""));
	expect(&wire_responses, &level,
	       LIST("\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"}",
		    "\"include\":[\"reasoning.encrypted_content\"]"),
	       LIST("thinking"));
	expect(&wire_responses, &off, LIST("\"reasoning\":{\"effort\":\"none\"}"), LIST("include"));
}

CASE(a_field_of_the_person_stands_in_place_of_ours)
{
	const char *const fields[] = {
		"temperature=1",   "stream_options=null",     "seed=7", "options.num_ctx=4096",
		"options.top_k=3", "generationConfig.topK=3", NULL
	};
	struct wire_settings s = { .model = "M", .temperature = "0.5", .fields = fields };

	expect(&wire_openai, &s, LIST("\"temperature\":1", "\"seed\":7"),
	       LIST("0.5", "stream_options"));
	expect(&wire_ollama, &s, LIST("\"num_ctx\":4096", "\"top_k\":3", "\"seed\":7"),
	       LIST("16384"));
	expect(&wire_gemini, &s,
	       LIST("\"generationConfig\":{\"temperature\":0.5,\"seed\":7,\"topK\":3}"),
	       LIST("0,5"));
}

/* What is not ours gets its objects; what is ours stays in one object. */
CASE(a_field_may_lie_in_objects_that_only_the_person_has)
{
	const char *const fields[] = { "chat_template_kwargs.enable_thinking=false",
				       "a.b.c=1",
				       "a.d=[2]",
				       "a.b.e=null",
				       "gone.f=null",
				       "provider={\"sort\":\"price\"}",
				       "provider.only=3",
				       "stream_options.x=4",
				       "thinking.display=\"omitted\"",
				       "reasoning.summary=\"detailed\"",
				       "generationConfig.thinkingConfig.thinkingBudget=9",
				       NULL };
	struct wire_settings s = { .model = "M", .reasoning = "high", .fields = fields };

	expect(&wire_openai, &s,
	       LIST("\"chat_template_kwargs\":{\"enable_thinking\":false}",
		    "\"a\":{\"b\":{\"c\":1},\"d\":[2]}", "\"provider\":{\"sort\":\"price\"}",
		    "\"stream_options\":{\"include_usage\":true,\"x\":4}"),
	       LIST("gone", "only", "\"e\""));
	expect(&wire_anthropic, &s,
	       LIST("\"thinking\":{\"type\":\"adaptive\",\"display\":\"omitted\"}"), LIST("gone"));
	expect(&wire_responses, &s,
	       LIST("\"reasoning\":{\"effort\":\"high\",\"summary\":\"detailed\"}"), LIST("auto"));
	expect(&wire_gemini, &s,
	       LIST("\"thinkingConfig\":{\"includeThoughts\":true,\"thinkingLevel\":\"high\","
		    "\"thinkingBudget\":9}"),
	       LIST("gone"));
}

CASE(an_object_of_the_person_replaces_our_value)
{
	const char *const fields[] = { "temperature.x=1", "think.y=2", NULL };
	struct wire_settings s = {
		.model = "M", .temperature = "0.5", .reasoning = "high", .fields = fields
	};

	expect(&wire_openai, &s, LIST("\"temperature\":{\"x\":1}"), LIST("0.5"));
	expect(&wire_ollama, &s, LIST("\"think\":{\"y\":2}"), LIST("high"));
}

CASE(addresses_may_be_written_in_many_ways)
{
	static const struct {
		const struct wire *w;
		const char *base, *url, *list, *gap;
	} cases[] = {
		{ &wire_openai, "http://h:1/v1/?api-version=3",
		  "http://h:1/v1/chat/completions?api-version=3",
		  "http://h:1/v1/models?api-version=3", "http://h:1/v1/completions?api-version=3" },
		{ &wire_openai, "http://h:1/v1/chat/completions", "http://h:1/v1/chat/completions",
		  "http://h:1/v1/models", "http://h:1/v1/completions" },
		{ &wire_openai, "http://h:1/v1/completions/?a=b",
		  "http://h:1/v1/chat/completions?a=b", "http://h:1/v1/models?a=b",
		  "http://h:1/v1/completions?a=b" },
		{ &wire_openai, "http://h:1", "http://h:1/v1/chat/completions",
		  "http://h:1/v1/models", "http://h:1/v1/completions" },
		{ &wire_responses, "http://h:1", "http://h:1/v1/responses",
		  "http://h:1/v1/models" },
		{ &wire_anthropic, "http://h:1", "http://h:1/v1/messages",
		  "http://h:1/v1/models?limit=1000" },
		{ &wire_anthropic, "http://h:1/v1/messages?a=b", "http://h:1/v1/messages?a=b",
		  "http://h:1/v1/models?limit=1000&a=b" },
		{ &wire_gemini, "http://h:1",
		  "http://h:1/v1beta/models/m%201:streamGenerateContent?alt=sse",
		  "http://h:1/v1beta/models?pageSize=1000" },
		{ &wire_ollama, "http://h:1/", "http://h:1/api/chat", "http://h:1/api/tags",
		  "http://h:1/api/generate" },
		{ &wire_ollama, "http://h:1/api/chat", "http://h:1/api/chat", "http://h:1/api/tags",
		  "http://h:1/api/generate" },
		{ &wire_ollama, "http://h:1/api/generate", "http://h:1/api/chat",
		  "http://h:1/api/tags", "http://h:1/api/generate" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct wire *w = cases[i].w;
		char *url = wire_url(w, w->ask_path, cases[i].base, "m 1"),
		     *list = wire_url(w, w->models_path, cases[i].base, "m 1"),
		     *gap = w->fill ? wire_url(w, w->fill->ask_path, cases[i].base, "m 1") : NULL;

		assert_string_equal(url, cases[i].url);
		assert_string_equal(list, cases[i].list);
		assert_true(!gap == !cases[i].gap);
		if (gap)
			assert_string_equal(gap, cases[i].gap);
		free(url);
		free(list);
		free(gap);
	}
}

CASE(a_list_of_models_gives_their_names)
{
	static const struct {
		const struct wire *w;
		const char *json, *names;
	} cases[] = {
		{ &wire_openai,
		  "{\"object\":\"list\",\"data\":[{\"id\":\"a\"},{\"id\":\"b\"},{},3]}", "a b " },
		{ &wire_anthropic, "{\"data\":[{\"id\":\"s\",\"display_name\":\"S\"}]}", "s " },
		{ &wire_gemini,
		  "{\"models\":[{\"name\":\"models/"
		  "g\",\"supportedGenerationMethods\":[\"generateContent\"]},"
		  "{\"name\":\"models/e\",\"supportedGenerationMethods\":[\"embedContent\"]}]}",
		  "g " },
		{ &wire_ollama, "{\"models\":[{\"name\":\"q:8b\"}]}", "q:8b " },
		{ &wire_ollama, "{\"models\":3}", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strv names = STRV_INIT;
		struct str all = STR_INIT;
		cJSON *o = cJSON_Parse(cases[i].json);

		cases[i].w->models(o, &names);
		for (size_t k = 0; k < names.n; k++)
			str_addf(&all, "%s ", names.v[k]);
		assert_string_equal(str_cstr(&all), cases[i].names);
		cJSON_Delete(o);
		str_free(&all);
		strv_free(&names);
	}
}

CASE(a_server_tells_what_a_model_can)
{
	static const struct {
		const struct wire *w;
		const char *json;
		size_t context;
		int tools, images, reasoning;
	} cases[] = {
		{ &wire_openai,
		  "{\"data\":[{\"id\":\"x\",\"max_model_len\":1},{\"id\":\"m\",\"max_model_len\":"
		  "32768}]}",
		  32768, 0, 0, 0 },
		{ &wire_openai, "{\"data\":[{\"id\":\"a.gguf\",\"meta\":{\"n_ctx\":4096}}]}", 4096,
		  0, 0, 0 },
		{ &wire_responses, "{\"data\":[{\"id\":\"m\",\"context_length\":9}]}", 9, 0, 0, 0 },
		{ &wire_openai, "{\"data\":[{\"id\":\"x\"},{\"id\":\"y\",\"max_model_len\":-4}]}",
		  0, 0, 0, 0 },
		{ &wire_gemini,
		  "{\"inputTokenLimit\":1048576,\"outputTokenLimit\":8192,\"thinking\":true}",
		  1048576, 0, 0, CAN },
		{ &wire_ollama,
		  "{\"capabilities\":[\"completion\",\"tools\"],\"model_info\":{\"qwen3.context_"
		  "length\":40960}}",
		  40960, CAN, CAN_NOT, CAN_NOT },
		{ &wire_ollama, "{\"capabilities\":3,\"model_info\":[]}", 0, 0, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct backend_caps c = { 0 };
		cJSON *o = cJSON_Parse(cases[i].json);

		cases[i].w->caps(o, "m", &c);
		assert_int_equal(c.context, cases[i].context);
		assert_int_equal(c.tools, cases[i].tools);
		assert_int_equal(c.images, cases[i].images);
		assert_int_equal(c.reasoning, cases[i].reasoning);
		cJSON_Delete(o);
	}
}
