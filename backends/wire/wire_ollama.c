/* Ollama's own API: one JSON object a line.
 *
 *   {"message":{"content","thinking","tool_calls"},"done":false}
 *   {"done":true,"done_reason","prompt_eval_count","eval_count"}    the end
 *   {"error":"..."}                                                 also the end
 *
 * The server silently drops the beginning of a request that exceeds its context
 * (num_ctx), and the default is small; so each request sets it: to context=, or to a
 * power of two that holds the request and its answer, since the server reloads the
 * model for each new value. Calls come whole; older servers send no ids, so calls and
 * results are paired by order. What a model thought before its calls goes back with them:
 * its template puts it there.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define THINKING "ollama/thinking"

/* The request ------------------------------------------------------------------------ */

static void put_images(const struct prompt_message *m, struct str *out)
{
	bool some = wire_has(m, 1u << PROMPT_IMAGE);

	str_adds(out, some ? ",\"images\":[" : "");
	for (size_t i = 0; i < m->n; i++) {
		if (m->parts[i].kind != PROMPT_IMAGE)
			continue;
		json_next(out);
		str_addc(out, '"');
		base64_encode(m->parts[i].text, m->parts[i].len, out);
		str_addc(out, '"');
	}
	str_adds(out, some ? "]" : "");
}

static void put_calls(const struct prompt_message *m, struct str *out)
{
	bool some = wire_has(m, 1u << PROMPT_CALL);

	str_adds(out, some ? ",\"tool_calls\":[" : "");
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind != PROMPT_CALL)
			continue;
		json_next(out);
		str_adds(out, "{\"function\":{");
		json_add_text(out, "name", p->name);
		str_adds(out, ",\"arguments\":");
		wire_arguments(p->text, p->len, out);
		str_adds(out, "}}");
	}
	str_adds(out, some ? "]" : "");
}

static void put_thoughts(const struct prompt_message *m, struct str *out)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind != PROMPT_OPAQUE || strcmp(p->name, THINKING) != 0)
			continue;
		str_adds(out, ",\"thinking\":");
		str_add(out, p->text, p->len);
		return;
	}
}

static void put_message(const struct prompt_message *m, struct str *out)
{
	wire_results(m, "tool_name", true, out);
	if (!wire_has(m, 1u << PROMPT_TEXT | 1u << PROMPT_IMAGE | 1u << PROMPT_CALL))
		return;
	json_next(out);
	str_addf(out, "{\"role\":\"%s\",\"content\":", wire_role(m, "system"));
	wire_joined(m, out);
	put_images(m, out);
	put_calls(m, out);
	put_thoughts(m, out);
	str_addc(out, '}');
}

static void put_thinking(struct wire_body *b, const char *reasoning, struct str *out)
{
	if (!reasoning || !body_key(b, "think"))
		return;
	if (wire_is_off(reasoning))
		str_adds(out, "false");
	else if (strcmp(reasoning, "on") == 0 || wire_is_number(reasoning))
		str_adds(out, "true");
	else
		json_quote(out, reasoning, strlen(reasoning));
}

static void request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_text(&b, "model", s->model);
	body_raw(&b, "stream", "true");
	put_thinking(&b, s->reasoning, out);
	if (p->n_tools && body_key(&b, "tools"))
		wire_tools(p, "{\"type\":\"function\",\"function\":{", "parameters", "}}", out);
	wire_ollama_options(&b, p, s, wire_most(p, s));
	if (body_key(&b, "messages")) {
		str_addc(out, '[');
		for (size_t i = 0; i < p->n; i++)
			put_message(&p->messages[i], out);
		str_addc(out, ']');
	}
	body_end(&b);
}

static void models(const cJSON *o, struct strv *names)
{
	const cJSON *list = json_array(o, "models"), *m;

	cJSON_ArrayForEach(m, list)
		if (json_string(m, "name"))
			strv_add(names, json_string(m, "name"));
}

static void caps_request(const char *model, struct str *out)
{
	str_addc(out, '{');
	json_add_text(out, "model", model ? model : "");
	str_addc(out, '}');
}

/* The key has the model's architecture as a prefix: "qwen3.context_length". */
static void caps(const cJSON *o, const char *model, struct backend_caps *out)
{
	const cJSON *info = json_object(o, "model_info"), *list = json_array(o, "capabilities"), *c;

	for (c = info ? info->child : NULL; c; c = c->next)
		if (c->string && str_ends(c->string, ".context_length") && cJSON_IsNumber(c) &&
		    c->valuedouble > 0 && c->valuedouble < 1e9)
			out->context = (size_t)c->valuedouble;
	if (list)
		out->tools = out->images = out->reasoning = CAN_NOT;
	cJSON_ArrayForEach(c, list) {
		const char *can = cJSON_IsString(c) ? c->valuestring : "";

		out->tools = strcmp(can, "tools") == 0 ? CAN : out->tools;
		out->images = strcmp(can, "vision") == 0 ? CAN : out->images;
		out->reasoning = strcmp(can, "thinking") == 0 ? CAN : out->reasoning;
	}
}

/* A name without a tag is that of the tag "latest". */
static bool loaded(const cJSON *o, const char *model)
{
	const cJSON *list = json_array(o, "models"), *m;
	char *full = str_fmt("%s%s", model, strchr(model, ':') ? "" : ":latest");
	/* It does not tell, or runs elsewhere: gpt-oss:120b-cloud. */
	bool yes = list == NULL || str_ends(model, "cloud");

	cJSON_ArrayForEach(m, list)
		yes |= json_string(m, "name") && strcmp(json_string(m, "name"), full) == 0;
	free(full);
	return yes;
}

/* The answer ------------------------------------------------------------------------- */

static void keep_thoughts(struct wire_stream *s, const char *text)
{
	if (text && s->block.len + strlen(text) <= WIRE_ARGS_MAX)
		str_adds(&s->block, text);
	else if (text)
		s->block_cut = true;
}

/* Before the first call. */
static void give_thoughts(struct wire_stream *s)
{
	cJSON *text =
		s->block.len && !s->block_cut ? cJSON_CreateString(str_cstr(&s->block)) : NULL;

	if (text)
		wire_opaque(s, THINKING, text);
	cJSON_Delete(text);
	str_clear(&s->block);
}

static bool take_calls(struct wire_stream *s, const cJSON *message)
{
	const cJSON *list = json_array(message, "tool_calls"), *call;

	if (cJSON_GetArraySize(list) > 0)
		give_thoughts(s);
	cJSON_ArrayForEach(call, list) {
		const cJSON *f = json_object(call, "function");

		if (f && !wire_call_whole(s, json_string(call, "id"), json_string(f, "name"),
					  json_get(f, "arguments")))
			return false;
	}
	return true;
}

static enum wire_state event(struct wire_stream *s, const char *name, const cJSON *o,
			     struct err *err)
{
	const cJSON *message = json_object(o, "message");

	wire_start(s, json_string(o, "model"));
	wire_reasoning(s, json_string(message, "thinking"));
	keep_thoughts(s, json_string(message, "thinking"));
	wire_text(s, json_string(message, "content"));
	if (!message) /* a proxy that asks by /api/generate */
		wire_text(s, json_string(o, "response"));
	if (!take_calls(s, message))
		return WIRE_FAILED;
	return wire_ollama_end(s, o);
}

const struct wire wire_ollama = {
	.protocol = "ollama",
	.base = "http://127.0.0.1:11434",
	.key_header = "Authorization: Bearer ",
	.accept = "application/x-ndjson",
	.lines = true,
	.thinks = true,
	.needs_model = true,
	.version = "",
	.ask_path = "/api/chat",
	.models_path = "/api/tags",
	.caps_path = "/api/show",
	.loaded_path = "/api/ps",
	.request = request,
	.event = event,
	.fill = &wire_ollama_fill,
	.models = models,
	.caps_request = caps_request,
	.caps = caps,
	.loaded = loaded,
};
