/* Chat completions, defined by OpenAI and implemented by many: llama.cpp, vLLM, Ollama,
 * LM Studio, OpenRouter, DeepSeek, Mistral. Where they differ, all known forms are
 * accepted. Only the choice with index 0 counts.
 *
 *   messages  content: a string, or a list with images
 *   calls     tool_calls of an assistant's message; results: role "tool"
 *   end       [DONE], or finish_reason and the end of the stream
 */
#include "config.h"

#include <string.h>

#include "backends/wire/wire_openai.h"
#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

/* The request -------------------------------------------------------------------- */

static void put_images(const struct prompt_message *m, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind == PROMPT_TEXT || p->kind == PROMPT_IMAGE)
			json_next(out);
		if (p->kind == PROMPT_TEXT) {
			wire_text_part(p, "text", out);
		} else if (p->kind == PROMPT_IMAGE) {
			str_addf(out,
				 "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:%s;base64,",
				 p->name);
			base64_encode(p->text, p->len, out);
			str_adds(out, "\"}}");
		}
	}
	str_addc(out, ']');
}

static void put_message(const struct prompt_message *m, const char *system_role, struct str *out)
{
	static const unsigned said = 1u << PROMPT_TEXT | 1u << PROMPT_IMAGE,
			      calls = 1u << PROMPT_CALL;

	wire_results(m, "tool_call_id", false, out);
	if (!wire_has(m, said | calls))
		return;
	json_next(out);
	str_addf(out, "{\"role\":\"%s\",\"content\":", wire_role(m, system_role));
	if (wire_has(m, 1u << PROMPT_IMAGE))
		put_images(m, out);
	else if (wire_has(m, said))
		wire_joined(m, out);
	else
		str_adds(out, "null");
	wire_openai_put_calls(m, out);
	str_addc(out, '}');
}

static void request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_raw(&b, "stream", "true");
	body_text(&b, "model", s->model);
	wire_openai_usage_wanted(&b, s);
	body_number(&b, s->max_tokens_field ? s->max_tokens_field : "max_tokens", wire_most(p, s));
	body_raw(&b, "temperature", s->temperature);
	body_number(&b, "seed", p->seed);
	body_text(&b, "reasoning_effort", s->reasoning);
	if (p->n_tools && body_key(&b, "tools"))
		wire_tools(p, "{\"type\":\"function\",\"function\":{", "parameters", "}}", out);
	if (body_key(&b, "messages")) {
		str_addc(out, '[');
		for (size_t i = 0; i < p->n; i++)
			put_message(&p->messages[i], s->role ? s->role : "system", out);
		str_addc(out, ']');
	}
	body_end(&b);
}

/* Text ----------------------------------------------------------------------------- */

/* Mistral's {"type":"thinking","thinking":[{"type":"text","text":"..."}]}; the inner
 * part may also be a string. */
static void thinking_chunk(struct wire_stream *s, const cJSON *item)
{
	const cJSON *list = json_array(item, "thinking"), *inner;

	wire_reasoning(s, json_string(item, "thinking"));
	cJSON_ArrayForEach(inner, list)
		wire_reasoning(s, json_string(inner, "text"));
}

/* Content as a string, as an object, or as Mistral's list of objects. */
static void any_content(struct wire_stream *s, const cJSON *v)
{
	const cJSON *list = cJSON_IsArray(v) ? v : NULL, *item;
	const char *type = json_string(v, "type");

	if (cJSON_IsString(v))
		wire_text(s, v->valuestring);
	else if (type && strcmp(type, "thinking") == 0)
		thinking_chunk(s, v);
	else if (!type || strcmp(type, "text") == 0 || strcmp(type, "output_text") == 0)
		wire_text(s, json_string(v, "text"));
	cJSON_ArrayForEach(item, list)
		if (!cJSON_IsArray(item))
			any_content(s, item);
}

static const char *filled(const cJSON *o, const char *key)
{
	const char *text = json_string(o, key);

	return text && *text ? text : NULL;
}

/* DeepSeek and older vLLM call it reasoning_content. Some send the same text under two
 * names. */
static void reasoning(struct wire_stream *s, const cJSON *delta)
{
	static const char *const names[] = { "reasoning_content", "reasoning", "thinking" };
	const char *text = NULL;
	const cJSON *list = json_array(delta, "reasoning_details"), *item;

	wire_openai_keep_reasoning(s, delta);
	for (size_t i = 0; !text && i < sizeof(names) / sizeof(*names); i++)
		text = filled(delta, names[i]);
	wire_reasoning(s, text);
	if (!text)
		cJSON_ArrayForEach(item, list)
			wire_reasoning(s, filled(item, "text") ? filled(item, "text")
							       : filled(item, "summary"));
}

/* Events ------------------------------------------------------------------------------ */

/* Some servers stream "message" instead of "delta"; others end a stream of deltas with
 * a message that repeats everything. */
static const cJSON *choice_text(struct wire_stream *s, const cJSON *choice)
{
	const cJSON *delta = json_object(choice, "delta"),
		    *message = json_object(choice, "message");

	if (delta && (!message || cJSON_GetArraySize(delta) > 0)) {
		s->delta_seen |= cJSON_GetArraySize(delta) > 0;
		return delta;
	}
	return s->delta_seen ? NULL : message;
}

static bool is_failure(const char *reason)
{
	return strcmp(reason, "error") == 0 || strcmp(reason, "network_error") == 0 ||
	       strcmp(reason, "insufficient_system_resource") == 0;
}

/* "" and "null" stand for null in each chunk of some servers. A router passes on that
 * its provider failed only as the native reason. */
static const char *reason_of(const cJSON *choice)
{
	const char *native = filled(choice, "native_finish_reason"),
		   *reason = filled(choice, "finish_reason");

	if (!reason || strcmp(reason, "null") == 0)
		return NULL;
	return native && is_failure(native) ? native : reason;
}

static enum wire_state take_choice(struct wire_stream *s, const cJSON *choice, struct err *err)
{
	const cJSON *text = choice_text(s, choice);
	const char *reason = reason_of(choice);

	reasoning(s, text);
	any_content(s, json_get(text, "content"));
	if (!text) /* a server that answers as if to its older interface */
		wire_text(s, json_string(choice, "text"));
	wire_text(s, json_string(text, "refusal"));
	s->refused |= filled(text, "refusal") != NULL;
	if (!wire_openai_take_calls(s, text))
		return WIRE_FAILED;
	if (reason && is_failure(reason)) {
		wire_finish(s, FINISH_ERROR);
		err_set(err, ERR_NET,
			"the server reports that the model failed (finish reason %s); ask again",
			reason);
		return WIRE_FAILED;
	}
	if (reason)
		wire_finish(s, wire_openai_finish(reason));
	return WIRE_MORE;
}

/* An error of DashScope's or MiniMax's own shape, which has no "error" in it. */
static const char *own_error(const cJSON *o)
{
	const cJSON *base = json_object(o, "base_resp");

	if (json_number(base, "status_code", 0) != 0)
		return json_string(base, "status_msg") ? json_string(base, "status_msg")
						       : "an error without a message";
	return wire_code_fails(json_get(o, "code")) ? filled(o, "message") : NULL;
}

/* A missing index means 0, and a choice that is in no list is the only one. */
static enum wire_state event(struct wire_stream *s, const char *name, const cJSON *o,
			     struct err *err)
{
	const cJSON *choices = json_array(o, "choices"), *only = json_object(o, "choices"), *c;
	enum wire_state state = WIRE_MORE;

	if (!cJSON_GetArraySize(choices) && own_error(o))
		return wire_fail(s, own_error(o), err);

	wire_start(s, json_string(o, "model"));
	if (only)
		state = take_choice(s, only, err);
	cJSON_ArrayForEach(c, choices)
		if (state == WIRE_MORE && json_number(c, "index", 0) == 0)
			state = take_choice(s, c, err);
	if (json_object(o, "usage"))
		wire_openai_usage(s, o);
	else /* Moonshot's, Groq's */
		wire_openai_usage(s, json_object(o, "x_groq") ? json_object(o, "x_groq")
							      : cJSON_GetArrayItem(choices, 0));
	wire_openai_echo(s);
	return state;
}

const struct wire wire_openai = {
	.protocol = "openai",
	.base = "https://api.openai.com/v1",
	.key_header = "Authorization: Bearer ",
	.accept = "text/event-stream",
	.thinks = true,
	.done_mark = true,
	.version = "/v1",
	.ask_path = "/chat/completions",
	.models_path = "/models",
	.caps_path = "/models",
	.request = request,
	.event = event,
	.fill = &wire_openai_fill,
	.models = wire_models_data,
	.caps = wire_caps_data,
};
