/* OpenAI's Responses API, partly implemented by llama.cpp, LM Studio, Ollama, vLLM.
 *
 *   response.created                        model
 *   response.output_item.added              message, reasoning, function_call, others
 *   response.output_text.delta              text; .refusal.delta too
 *   response.reasoning_summary_text.delta   reasoning
 *   response.function_call_arguments.delta
 *   response.output_item.done               the final item: calls are taken from here
 *   response.completed / .incomplete / .failed    the end, with usage
 *
 * The server stores nothing (store:false), so each request contains all items;
 * reasoning items, encrypted, are sent back unchanged. Some servers leave out indices
 * and sequence numbers; since a call's done item is complete, fragments need not be
 * paired.
 */
#include "config.h"

#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/model/prompt.h"

#define ITEM "openai-responses/reasoning"

/* The request -------------------------------------------------------------------------- */

/* Consecutive text and images are one message. Returns the index of the last part used. */
static size_t put_content(const struct prompt_message *m, size_t i, struct str *out)
{
	const char *text = m->role == ROLE_ASSISTANT ? "output_text" : "input_text";

	str_addf(out, "{\"role\":\"%s\",\"content\":[", wire_role(m, ""));
	for (; i < m->n && (m->parts[i].kind == PROMPT_TEXT || m->parts[i].kind == PROMPT_IMAGE);
	     i++) {
		const struct prompt_part *p = &m->parts[i];

		json_next(out);
		if (p->kind == PROMPT_TEXT) {
			wire_text_part(p, text, out);
		} else {
			str_addf(out, "{\"type\":\"input_image\",\"image_url\":\"data:%s;base64,",
				 p->name);
			base64_encode(p->text, p->len, out);
			str_adds(out, "\"}");
		}
	}
	str_adds(out, "]}");
	return i - 1;
}

static void put_call(const struct prompt_part *p, struct str *out)
{
	bool call = p->kind == PROMPT_CALL;

	str_addf(out, "{\"type\":\"%s\"", call ? "function_call" : "function_call_output");
	json_add_text(out, "call_id", p->id);
	if (call) {
		json_add_text(out, "name", p->name);
		str_adds(out, ",\"arguments\":");
		wire_arguments_quoted(p->text, p->len, out);
	} else {
		json_add(out, "output", p->text, p->len);
	}
	str_addc(out, '}');
}

static void put_items(const struct prompt_message *m, struct str *out)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		if (p->kind == PROMPT_OPAQUE && strcmp(p->name, ITEM) != 0)
			continue;
		json_next(out);
		if (p->kind == PROMPT_OPAQUE)
			str_add(out, p->text, p->len);
		else if (p->kind == PROMPT_CALL || p->kind == PROMPT_RESULT)
			put_call(p, out);
		else
			i = put_content(m, i, out);
	}
}

static void put_reasoning(struct wire_body *b, const char *reasoning)
{
	if (!reasoning)
		return;
	if (!wire_is_off(reasoning))
		body_raw(b, "include", "[\"reasoning.encrypted_content\"]");
	if (!body_open(b, "reasoning"))
		return;
	body_text(b, "effort", wire_is_off(reasoning) ? "none" : reasoning);
	body_text(b, "summary", wire_is_off(reasoning) ? NULL : "auto");
	body_close(b);
}

static void request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	body_text(&b, "model", s->model);
	body_raw(&b, "stream", "true");
	body_raw(&b, "store", "false");
	body_number(&b, "max_output_tokens", wire_most(p, s));
	body_raw(&b, "temperature", s->temperature);
	put_reasoning(&b, s->reasoning);
	if (p->n_tools && body_key(&b, "tools"))
		wire_tools(p, "{\"type\":\"function\",\"strict\":false", "parameters", "}", out);
	if (p->n && p->messages[0].role == ROLE_SYSTEM && body_key(&b, "instructions"))
		wire_joined(&p->messages[0], out);
	if (body_key(&b, "input")) {
		str_addc(out, '[');
		for (size_t i = 0; i < p->n; i++)
			if (p->messages[i].role != ROLE_SYSTEM)
				put_items(&p->messages[i], out);
		str_addc(out, ']');
	}
	body_end(&b);
}

/* The answer ------------------------------------------------------------------------------ */

static void usage(struct wire_stream *s, const cJSON *u)
{
	const cJSON *in = json_object(u, "input_tokens_details");

	if (!u)
		return;
	wire_usage(s, wire_count(u, "input_tokens"), wire_count(u, "output_tokens"),
		   wire_count(in, "cached_tokens"),
		   wire_count(json_object(u, "output_tokens_details"), "reasoning_tokens"));
	wire_written(s, wire_count(in, "cache_write_tokens"));
}

static bool is(const char *type, const char *name)
{
	return strcmp(type, name) == 0;
}

/* A message for which no delta came. */
static void whole_message(struct wire_stream *s, const cJSON *item)
{
	const cJSON *content = json_array(item, "content"), *part;

	cJSON_ArrayForEach(part, content) {
		wire_text(s, json_string(part, "text"));
		wire_text(s, json_string(part, "refusal"));
		s->refused |= json_string(part, "refusal") && *json_string(part, "refusal");
	}
}

/* True if the item is that call once more. Some servers give all calls the same id. */
static bool is_same_call(const struct wire_call *c, const cJSON *item)
{
	const char *id = json_string(item, "call_id"), *name = json_string(item, "name");
	const cJSON *args = json_get(item, "arguments");
	struct str text = STR_INIT;
	bool same = id && *id && c->id && is(c->id, id) && name && c->name && is(c->name, name);

	if (cJSON_IsString(args))
		str_adds(&text, args->valuestring);
	else if (same && args)
		json_print(&text, args);
	same = same && is(str_cstr(&text), str_cstr(&c->args));
	str_free(&text);
	return same;
}

/* The item is complete, whatever deltas came before. */
static bool whole_call(struct wire_stream *s, const cJSON *item)
{
	for (size_t i = 0; i < s->n_calls; i++)
		if (is_same_call(&s->calls[i], item))
			return true;
	return wire_call_whole(s, json_string(item, "call_id"), json_string(item, "name"),
			       json_get(item, "arguments"));
}

/* A summary, or the thoughts themselves. */
static void whole_reasoning(struct wire_stream *s, const cJSON *item)
{
	static const char *const lists[] = { "summary", "content" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const cJSON *list = json_array(item, lists[i]), *part;

		cJSON_ArrayForEach(part, list)
			wire_reasoning(s, json_string(part, "text"));
		if (cJSON_GetArraySize(list))
			return;
	}
}

static bool item_done(struct wire_stream *s, const cJSON *item)
{
	const char *type = json_string(item, "type");

	if (!type)
		return true;
	s->item_seen = true;
	if (is(type, "reasoning") && !s->thoughts_seen)
		whole_reasoning(s, item);
	if (is(type, "reasoning") && json_string(item, "encrypted_content"))
		wire_opaque(s, ITEM, item);
	if (is(type, "message") && !s->delta_seen && !s->text_done)
		whole_message(s, item);
	return !is(type, "function_call") || whole_call(s, item);
}

/* Takes the items of a response that was not streamed. */
static bool whole_response(struct wire_stream *s, const cJSON *r)
{
	const cJSON *output = json_array(r, "output"), *item;

	cJSON_ArrayForEach(item, output)
		if (!item_done(s, item))
			return false;
	return true;
}

static bool is_call_of(const cJSON *item, const char *id)
{
	const char *type = json_string(item, "type"), *its = json_string(item, "call_id");

	return type && is(type, "function_call") && its && is(its, id);
}

/* Adds the calls that only the last event lists. If it lists an id more often than calls with
 * that id were streamed, its last ones are the missing calls. */
static bool late_calls(struct wire_stream *s, const cJSON *r)
{
	const cJSON *output = json_array(r, "output"), *item, *other;
	bool ok = true;

	cJSON_ArrayForEach(item, output) {
		const char *id = json_string(item, "call_id");
		size_t listed = 0, came = 0;

		if (!ok || !id || !*id || !is_call_of(item, id))
			continue;
		for (other = output->child; other != item->next; other = other->next)
			listed += is_call_of(other, id);
		for (size_t i = 0; i < s->n_calls; i++)
			came += s->calls[i].id && is(s->calls[i].id, id);
		ok = listed <= came ||
		     wire_call_whole(s, id, json_string(item, "name"), json_get(item, "arguments"));
	}
	return ok;
}

static enum wire_state take_end(struct wire_stream *s, const char *status, const cJSON *r,
				struct err *err)
{
	const char *why = json_string(json_object(r, "incomplete_details"), "reason");

	usage(s, json_object(r, "usage"));
	if (is(status, "failed")) {
		wire_finish(s, FINISH_ERROR);
		return wire_fail(s,
				 json_object(r, "error") ? wire_error_words(json_object(r, "error"))
							 : "the response failed",
				 err);
	}
	if (is(status, "incomplete")) /* treat an unknown reason as cut */
		wire_finish(s, why && is(why, "content_filter") ? FINISH_FILTER : FINISH_LENGTH);
	else
		wire_finish(s, FINISH_STOP);
	if (s->item_seen ? !late_calls(s, r) : !whole_response(s, r))
		return WIRE_FAILED;
	return WIRE_WHOLE;
}

/* The status in the last event's name; some servers call every end "completed" and have
 * the real status only in the response. */
static const char *end_status(const char *type, const cJSON *r)
{
	const char *named = type + strlen("response."), *told = json_string(r, "status");

	return told && is(named, "completed") && (is(told, "incomplete") || is(told, "failed"))
		       ? told
		       : named;
}

static void take_delta(struct wire_stream *s, const char *type, const char *delta)
{
	if (is(type, "response.output_text.delta") || is(type, "response.refusal.delta")) {
		s->delta_seen = true;
		s->refused |= is(type, "response.refusal.delta");
		wire_text(s, delta);
	} else if (is(type, "response.reasoning_summary_text.delta") ||
		   is(type, "response.reasoning_text.delta")) {
		s->thoughts_seen = true;
		wire_reasoning(s, delta);
	}
}

static enum wire_state event(struct wire_stream *s, const char *name, const cJSON *o,
			     struct err *err)
{
	const cJSON *r = json_object(o, "response");
	const char *type = json_string(o, "type"), *object = json_string(o, "object");

	if (!type)
		type = name;
	if (r)
		wire_start(s, json_string(r, "model"));
	if (object && is(object, "response")) { /* not a stream */
		wire_start(s, json_string(o, "model"));
		return take_end(s,
				json_string(o, "status") ? json_string(o, "status") : "completed",
				o, err);
	}
	if (is(type, "response.completed") || is(type, "response.incomplete") ||
	    is(type, "response.failed"))
		return take_end(s, end_status(type, r), r, err);
	if (is(type, "response.output_item.done"))
		return item_done(s, json_object(o, "item")) ? WIRE_MORE : WIRE_FAILED;
	if (is(type, "response.output_text.done") && !s->delta_seen) {
		s->text_done = true;
		wire_text(s, json_string(o, "text"));
	}
	take_delta(s, type, json_string(o, "delta"));
	return WIRE_MORE;
}

const struct wire wire_responses = {
	.protocol = "openai-responses",
	.base = "https://api.openai.com/v1",
	.key_header = "Authorization: Bearer ",
	.accept = "text/event-stream",
	.thinks = true,
	.needs_model = true,
	.version = "/v1",
	.ask_path = "/responses",
	.models_path = "/models",
	.caps_path = "/models",
	.request = request,
	.event = event,
	.models = wire_models_data,
	.caps = wire_caps_data,
};
