/* Chat completions, defined by OpenAI and implemented by many: llama.cpp, vLLM, Ollama,
 * LM Studio, OpenRouter, DeepSeek, Mistral. Where they differ, all known forms are
 * accepted. Only the choice with index 0 counts.
 *
 *   messages  content: a string, or a list with images
 *   calls     tool_calls of an assistant's message; results: role "tool"
 *   end       [DONE], or finish_reason and the end of the stream
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define ECHO_KIND "openai/reasoning_content"

/* The request -------------------------------------------------------------------- */

static void put_images(const struct prompt_message *m, struct str *out)
{
	bool some = false;

	str_addc(out, '[');
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind != PROMPT_TEXT && p->kind != PROMPT_IMAGE)
			continue;
		str_adds(out, some ? "," : "");
		some = true;
		if (p->kind == PROMPT_TEXT) {
			str_adds(out, "{\"type\":\"text\",\"text\":");
			json_quote(out, p->text, p->len);
			str_addc(out, '}');
		} else {
			str_addf(out,
				 "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:%s;base64,",
				 p->name);
			base64_encode(p->text, p->len, out);
			str_adds(out, "\"}}");
		}
	}
	str_addc(out, ']');
}

static void put_calls(const struct prompt_message *m, struct str *out)
{
	bool some = false;

	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind != PROMPT_CALL)
			continue;
		str_adds(out, some ? ",{\"id\":" : ",\"tool_calls\":[{\"id\":");
		some = true;
		json_quote(out, p->id, strlen(p->id));
		str_adds(out, ",\"type\":\"function\",\"function\":{\"name\":");
		json_quote(out, p->name, strlen(p->name));
		str_adds(out, ",\"arguments\":");
		wire_arguments_quoted(p->text, p->len, out);
		str_adds(out, "}}");
	}
	str_adds(out, some ? "]" : "");
}

/* DeepSeek requires its reasoning back with each call. */
static void put_echo(const struct prompt_message *m, struct str *out)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->parts[i].kind == PROMPT_OPAQUE && strcmp(m->parts[i].name, ECHO_KIND) == 0) {
			str_adds(out, ",\"reasoning_content\":");
			str_add(out, m->parts[i].text, m->parts[i].len);
			return;
		}
}

static void put_results(const struct prompt_message *m, bool *some, struct str *out)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind != PROMPT_RESULT)
			continue;
		str_addf(out, "%s{\"role\":\"tool\",\"tool_call_id\":", *some ? "," : "");
		*some = true;
		json_quote(out, p->id, strlen(p->id));
		str_adds(out, ",\"content\":");
		json_quote(out, p->text, p->len);
		str_addc(out, '}');
	}
}

static void put_message(const struct prompt_message *m, const char *system_role, bool *some,
			struct str *out)
{
	static const unsigned said = 1u << PROMPT_TEXT | 1u << PROMPT_IMAGE,
			      calls = 1u << PROMPT_CALL;

	put_results(m, some, out);
	if (!wire_has(m, said | calls))
		return;
	str_addf(out, "%s{\"role\":\"%s\",\"content\":", *some ? "," : "",
		 m->role == ROLE_SYSTEM ? system_role
		 : m->role == ROLE_USER ? "user"
					: "assistant");
	*some = true;
	if (wire_has(m, 1u << PROMPT_IMAGE))
		put_images(m, out);
	else if (wire_has(m, said))
		wire_joined(m, out);
	else
		str_adds(out, "null");
	put_calls(m, out);
	put_echo(m, out);
	str_addc(out, '}');
}

static void request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;
	bool some = false;

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
			put_message(&p->messages[i], s->role ? s->role : "system", &some, out);
		str_addc(out, ']');
	}
	body_end(&b);
}

static char *url(const char *base, const char *model)
{
	return wire_url(base, "/v1", "/chat/completions", NULL);
}

static char *models_url(const char *base)
{
	char *chat = wire_url(base, "/v1", "/chat/completions", NULL),
	     *at = strstr(chat, "/chat/completions"), *list;

	list = str_fmt("%.*s/models%s", (int)(at - chat), chat, at + strlen("/chat/completions"));
	free(chat);
	return list;
}

static char *caps_url(const char *base, const char *model)
{
	return models_url(base);
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

/* Content as a string, or as Mistral's list of chunks. */
static void any_content(struct wire_stream *s, const cJSON *v)
{
	const cJSON *list = cJSON_IsArray(v) ? v : NULL, *item;

	if (cJSON_IsString(v))
		wire_text(s, v->valuestring);
	cJSON_ArrayForEach(item, list) {
		const char *type = json_string(item, "type");

		if (type && strcmp(type, "thinking") == 0)
			thinking_chunk(s, item);
		else if (!type || strcmp(type, "text") == 0)
			wire_text(s, json_string(item, "text"));
	}
}

static const char *filled(const cJSON *o, const char *key)
{
	const char *text = json_string(o, key);

	return text && *text ? text : NULL;
}

/* DeepSeek and older vLLM call it reasoning_content; only they need it back. Some send
 * the same text under two names. */
static void reasoning(struct wire_stream *s, const cJSON *delta)
{
	static const char *const names[] = { "reasoning_content", "reasoning", "thinking" };
	const char *echo = json_string(delta, names[0]), *text = NULL;
	const cJSON *list = json_array(delta, "reasoning_details"), *item;

	if (echo) {
		s->echo = true;
		if (s->block.len + strlen(echo) <= WIRE_ARGS_MAX)
			str_adds(&s->block, echo);
	}
	for (size_t i = 0; !text && i < sizeof(names) / sizeof(*names); i++)
		text = filled(delta, names[i]);
	wire_reasoning(s, text);
	if (!text)
		cJSON_ArrayForEach(item, list)
			wire_reasoning(s, filled(item, "text") ? filled(item, "text")
							       : filled(item, "summary"));
}

/* Calls ------------------------------------------------------------------------------ */

/* Arguments come in fragments; some servers send them whole, some even as an object. */
static bool take_args(struct wire_stream *s, struct wire_call *c, const cJSON *function)
{
	const cJSON *args = json_get(function, "arguments");
	struct str text = STR_INIT;
	bool ok;

	if (cJSON_IsString(args))
		return wire_call_args(s, c, args->valuestring, strlen(args->valuestring));
	if (cJSON_IsObject(args))
		json_print(&text, args);
	ok = wire_call_args(s, c, str_cstr(&text), text.len);
	str_free(&text);
	return ok;
}

/* Without an index, a new id opens a call; otherwise the fragment belongs to the last one. */
static long index_of(const struct wire_stream *s, const cJSON *call)
{
	const char *id = json_string(call, "id");
	long index = wire_number(call, "index", -1);

	if (index >= 0)
		return index;
	return (long)s->n_calls - (s->n_calls && !(id && *id) ? 1 : 0);
}

/* Some repeat the name with each fragment, also with an empty one after the last. */
static const char *name_of(const struct wire_stream *s, long index, const cJSON *function)
{
	const char *name = json_string(function, "name"),
		   *args = json_string(function, "arguments");
	const struct wire_call *last = s->n_calls ? &s->calls[s->n_calls - 1] : NULL;
	bool says_more = (args && *args) || json_object(function, "arguments");

	return last && name && last->index == index && last->name && !says_more &&
			       strcmp(last->name, name) == 0
		       ? NULL
		       : name;
}

static bool take_calls(struct wire_stream *s, const cJSON *delta)
{
	const cJSON *list = json_array(delta, "tool_calls"),
		    *old = json_object(delta, "function_call"), *call;
	bool ok = true;

	cJSON_ArrayForEach(call, list) {
		const cJSON *function = json_object(call, "function");
		long index = index_of(s, call);
		struct wire_call *c = !ok || !cJSON_IsObject(call)
					      ? NULL
					      : wire_call(s, index, json_string(call, "id"),
							  name_of(s, index, function));

		ok = ok && (!cJSON_IsObject(call) || (c && take_args(s, c, function)));
	}
	if (ok && old) {
		struct wire_call *c = wire_call(s, 0, NULL, json_string(old, "name"));

		ok = c && take_args(s, c, old);
	}
	return ok;
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
	wire_text(s, json_string(text, "refusal"));
	s->refused |= filled(text, "refusal") != NULL;
	if (!take_calls(s, text))
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

/* Sent before the first call, since it belongs to that turn. */
static void echo_reasoning(struct wire_stream *s)
{
	cJSON *text;

	if (!s->echo || !s->n_calls || !s->finished)
		return;
	s->echo = false;
	text = cJSON_CreateString(str_cstr(&s->block));
	wire_opaque(s, ECHO_KIND, text);
	cJSON_Delete(text);
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

/* A missing index means 0. */
static enum wire_state event(struct wire_stream *s, const char *name, const cJSON *o,
			     struct err *err)
{
	const cJSON *choices = json_array(o, "choices"), *c;
	enum wire_state state = WIRE_MORE;

	if (!cJSON_GetArraySize(choices) && own_error(o))
		return wire_fail(s, own_error(o), err);

	wire_start(s, json_string(o, "model"));
	cJSON_ArrayForEach(c, choices)
		if (state == WIRE_MORE && json_number(c, "index", 0) == 0)
			state = take_choice(s, c, err);
	if (json_object(o, "usage"))
		wire_openai_usage(s, o);
	else /* Moonshot's, Groq's */
		wire_openai_usage(s, json_object(o, "x_groq") ? json_object(o, "x_groq")
							      : cJSON_GetArrayItem(choices, 0));
	echo_reasoning(s);
	return state;
}

const struct wire wire_openai = {
	.protocol = "openai",
	.base = "https://api.openai.com/v1",
	.key_header = "Authorization: Bearer ",
	.accept = "text/event-stream",
	.thinks = true,
	.done_mark = true,
	.url = url,
	.request = request,
	.event = event,
	.fill = &wire_openai_fill,
	.models_url = models_url,
	.models = wire_models_data,
	.caps_url = caps_url,
	.caps = wire_caps_data,
};
