/* Anthropic's Messages API, also implemented by llama.cpp, Ollama, LM Studio, DeepSeek.
 *
 *   message_start          model, tokens of the request
 *     content_block_start  one of: text, thinking, redacted_thinking,
 *     content_block_delta ...      tool_use, others
 *     content_block_stop
 *   message_delta          finish reason, tokens (cumulative)
 *   message_stop           the end; without it the answer is incomplete
 *
 * Thinking is signed and must be sent back unchanged, before what followed it, so each
 * such block becomes an opaque piece at its end. The event's name repeats its type, and
 * some servers leave the name out.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/model/prompt.h"

#define THINKING    "anthropic/thinking"
#define MARKS	    4u	   /* cache marks allowed in one request */
#define OUTPUT	    16384u /* default tokens of an answer: the field is required */
#define OLD_VERSION "2023-06-01"

/* The request ------------------------------------------------------------------------ */

struct marks {
	size_t seen, all;
};

/* With more marks than allowed, keeps the first and the last ones. */
static void put_mark(struct marks *k, const struct prompt_part *p, struct str *out)
{
	if (!p->stable)
		return;
	if (k->seen == 0 || k->seen + MARKS > k->all)
		str_adds(out, ",\"cache_control\":{\"type\":\"ephemeral\"}");
	k->seen++;
}

static void put_block(struct marks *k, const struct prompt_part *p, struct str *out)
{
	switch (p->kind) {
	case PROMPT_TEXT:
		str_adds(out, "{\"type\":\"text\"");
		json_add(out, "text", p->text, p->len);
		break;
	case PROMPT_IMAGE:
		str_addf(out,
			 "{\"type\":\"image\",\"source\":{\"type\":\"base64\",\"media_type\":\"%"
			 "s\",\"data\":\"",
			 p->name);
		base64_encode(p->text, p->len, out);
		str_adds(out, "\"}");
		break;
	case PROMPT_CALL:
		str_adds(out, "{\"type\":\"tool_use\"");
		json_add_text(out, "id", p->id);
		json_add_text(out, "name", p->name);
		str_adds(out, ",\"input\":");
		wire_arguments(p->text, p->len, out);
		break;
	case PROMPT_RESULT:
		str_adds(out, "{\"type\":\"tool_result\"");
		json_add_text(out, "tool_use_id", p->id);
		json_add(out, "content", p->text, p->len);
		str_adds(out, p->failed ? ",\"is_error\":true" : "");
		break;
	case PROMPT_OPAQUE: /* unchanged, without a cache mark */
		str_add(out, p->text, p->len);
		return;
	}
	put_mark(k, p, out);
	str_addc(out, '}');
}

/* Skips what the server refuses: an empty text, and opaque parts of other backends. */
static bool is_block(const struct prompt_part *p)
{
	return p->kind == PROMPT_OPAQUE ? strcmp(p->name, THINKING) == 0
					: p->kind != PROMPT_TEXT || p->len > 0;
}

static void put_blocks(const struct prompt_message *m, struct marks *k, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < m->n; i++) {
		if (!is_block(&m->parts[i]))
			continue;
		json_next(out);
		put_block(k, &m->parts[i], out);
	}
	str_addc(out, ']');
}

static bool has_blocks(const struct prompt_message *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (is_block(&m->parts[i]))
			return true;
	return false;
}

static void put_messages(const struct prompt *p, struct marks *k, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < p->n; i++) {
		const struct prompt_message *m = &p->messages[i];

		if (m->role == ROLE_SYSTEM || !has_blocks(m))
			continue;
		json_next(out);
		str_addf(out, "{\"role\":\"%s\",\"content\":", wire_role(m, ""));
		put_blocks(m, k, out);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

/* A number is a budget; a level requires adaptive thinking. */
static void put_thinking(struct wire_body *b, const char *reasoning)
{
	if (!reasoning)
		return;
	if (body_open(b, "thinking")) {
		body_text(b, "type",
			  wire_is_off(reasoning)      ? "disabled"
			  : wire_is_number(reasoning) ? "enabled"
						      : "adaptive");
		body_raw(b, "budget_tokens", wire_is_number(reasoning) ? reasoning : NULL);
		body_close(b);
	}
	if (!wire_is_off(reasoning) && !wire_is_number(reasoning) && strcmp(reasoning, "on") != 0 &&
	    strcmp(reasoning, "adaptive") != 0 && body_open(b, "output_config")) {
		body_text(b, "effort", reasoning);
		body_close(b);
	}
}

static bool is_old(const struct wire_settings *s)
{
	return !s->version || strcmp(s->version, OLD_VERSION) == 0;
}

static void request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	size_t most = wire_most(p, s), tokens = most ? most : OUTPUT;
	struct wire_body b;
	struct marks k = { 0 };

	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < p->messages[i].n; j++)
			k.all += p->messages[i].parts[j].stable &&
				 is_block(&p->messages[i].parts[j]);
	body_begin(&b, s, out);
	body_text(&b, "model", s->model);
	body_number(&b, "max_tokens", tokens);
	body_raw(&b, "stream", "true");
	if (is_old(s)) /* later versions do not accept it */
		body_raw(&b, "temperature", s->temperature);
	put_thinking(&b, s->reasoning);
	if (p->n_tools && body_key(&b, "tools"))
		wire_tools(p, "{", "input_schema", "}", out);
	if (p->n && p->messages[0].role == ROLE_SYSTEM && has_blocks(&p->messages[0]) &&
	    body_key(&b, "system"))
		put_blocks(&p->messages[0], &k, out);
	if (body_key(&b, "messages"))
		put_messages(p, &k, out);
	body_end(&b);
}

static void headers(const struct wire_settings *s, struct strv *out)
{
	strv_addf(out, "anthropic-version: %s", s->version ? s->version : OLD_VERSION);
}

/* The answer -------------------------------------------------------------------------- */

/* input_tokens does not include tokens read from or written to a cache. */
static void usage(struct wire_stream *s, const cJSON *u)
{
	long in = wire_count(u, "input_tokens"),
	     made = wire_count(u, "cache_creation_input_tokens"),
	     read = wire_count(u, "cache_read_input_tokens");

	if (!u)
		return;
	if (in == 0 && s->usage.in > 0)
		in = -1; /* told at the start, and not again at the end */
	if (in >= 0)
		in += (made > 0 ? made : 0) + (read > 0 ? read : 0);
	wire_usage(s, in, wire_count(u, "output_tokens"), read, -1);
	wire_written(s, made);
}

static const struct wire_reason reasons[] = {
	{ "end_turn", FINISH_STOP },	 { "stop_sequence", FINISH_STOP },
	{ "max_tokens", FINISH_LENGTH }, { "model_context_window_exceeded", FINISH_LENGTH },
	{ "tool_use", FINISH_TOOLS },	 { "refusal", FINISH_FILTER },
	{ "pause_turn", FINISH_PAUSE },	 { NULL, FINISH_OTHER },
};

static void finish(struct wire_stream *s, const cJSON *o)
{
	const char *reason = json_string(o, "stop_reason");

	if (reason)
		wire_finish(s, wire_reason_find(reasons, reason));
}

static bool block_is(const struct wire_stream *s, const char *kind)
{
	return s->block_kind && strcmp(s->block_kind, kind) == 0;
}

static void keep(struct wire_stream *s, struct str *to, const char *part)
{
	if (part && to->len + strlen(part) > WIRE_ARGS_MAX)
		s->block_cut = true;
	else if (part)
		str_adds(to, part);
}

static bool begin_block(struct wire_stream *s, const cJSON *o)
{
	const cJSON *block = json_object(o, "content_block"), *input = json_object(block, "input");
	const char *type = json_string(block, "type");

	free(s->block_kind);
	s->block_kind = mem_strdup(type ? type : "");
	str_clear(&s->block);
	str_clear(&s->signature);
	s->block_cut = false;
	if (block_is(s, "text"))
		wire_text(s, json_string(block, "text"));
	if (block_is(s, "thinking")) {
		wire_reasoning(s, json_string(block, "thinking"));
		keep(s, &s->block, json_string(block, "thinking"));
		keep(s, &s->signature, json_string(block, "signature"));
	}
	if (block_is(s, "redacted_thinking"))
		wire_opaque(s, THINKING, block);
	if (!block_is(s, "tool_use"))
		return true;
	if (!wire_call(s, wire_number(o, "index", 0), json_string(block, "id"),
		       json_string(block, "name")))
		return false;
	/* Counts if no delta with arguments follows. */
	if (cJSON_GetArraySize(input) > 0)
		json_print(&s->block, input);
	else if (json_string(block, "input"))
		str_adds(&s->block, json_string(block, "input"));
	return true;
}

static bool take_delta(struct wire_stream *s, const cJSON *o)
{
	const cJSON *delta = json_object(o, "delta");
	const char *text = json_string(delta, "text"), *thinking, *part;
	struct wire_call *c;

	if (text) { /* nearly all deltas have only this */
		wire_text(s, text);
		return true;
	}
	thinking = json_string(delta, "thinking");
	part = json_string(delta, "partial_json");
	wire_reasoning(s, thinking);
	keep(s, &s->block, thinking);
	keep(s, &s->signature, json_string(delta, "signature"));
	if (!part || !*part || !block_is(s, "tool_use"))
		return true;
	c = wire_call(s, wire_number(o, "index", 0), NULL, NULL);
	return c && wire_call_args(s, c, part, strlen(part));
}

/* Thinking is sent back complete or not at all: the server would refuse a request with
 * a part of it or of its signature. */
static void end_thinking(struct wire_stream *s)
{
	cJSON *block;

	if (!s->signature.len || s->block_cut)
		return;
	block = cJSON_CreateObject();
	cJSON_AddStringToObject(block, "type", "thinking");
	cJSON_AddStringToObject(block, "thinking", str_cstr(&s->block));
	cJSON_AddStringToObject(block, "signature", str_cstr(&s->signature));
	wire_opaque(s, THINKING, block);
	cJSON_Delete(block);
}

static bool end_block(struct wire_stream *s, const cJSON *o)
{
	struct wire_call *c;
	bool ok = true;

	if (block_is(s, "thinking"))
		end_thinking(s);
	if (block_is(s, "tool_use")) {
		c = wire_call(s, wire_number(o, "index", 0), NULL, NULL);
		ok = c && (c->args.len || wire_call_args(s, c, str_cstr(&s->block), s->block.len));
		if (ok)
			wire_call_end(s, c);
	}
	free(s->block_kind);
	s->block_kind = NULL;
	return ok;
}

/* A complete message although a stream was requested. */
static bool take_message(struct wire_stream *s, const cJSON *o)
{
	const cJSON *content = json_array(o, "content"), *block;
	bool ok = true;

	wire_start(s, json_string(o, "model"));
	cJSON_ArrayForEach(block, content) {
		cJSON *event = cJSON_CreateObject();

		cJSON_AddItemReferenceToObject(event, "content_block", (cJSON *)block);
		ok = ok && begin_block(s, event) && end_block(s, event);
		cJSON_Delete(event);
	}
	usage(s, json_object(o, "usage"));
	finish(s, o);
	return ok;
}

static enum wire_state event(struct wire_stream *s, const char *name, const cJSON *o,
			     struct err *err)
{
	const char *type = json_string(o, "type");
	const cJSON *message;
	bool ok = true;

	if (!type)
		type = name;
	if (strcmp(type, "content_block_delta") == 0) {
		ok = take_delta(s, o);
	} else if (strcmp(type, "message_start") == 0) {
		message = json_object(o, "message");
		wire_start(s, json_string(message, "model"));
		usage(s, json_object(message, "usage"));
	} else if (strcmp(type, "content_block_start") == 0) {
		ok = begin_block(s, o);
	} else if (strcmp(type, "content_block_stop") == 0) {
		ok = end_block(s, o);
	} else if (strcmp(type, "message_delta") == 0) {
		usage(s, json_object(o, "usage"));
		finish(s, json_object(o, "delta"));
	} else if (strcmp(type, "message_stop") == 0) {
		return WIRE_WHOLE;
	} else if (strcmp(type, "message") == 0) {
		ok = take_message(s, o);
	} else if (json_get(o, "code") && json_string(o, "message")) {
		return wire_fail(s, json_string(o, "message"), err); /* llama.cpp's error */
	}
	return ok ? WIRE_MORE : WIRE_FAILED;
}

const struct wire wire_anthropic = {
	.protocol = "anthropic",
	.base = "https://api.anthropic.com/v1",
	.key_header = "x-api-key: ",
	.accept = "text/event-stream",
	.thinks = true,
	.needs_model = true,
	.strict_end = true,
	.version = "/v1",
	.ask_path = "/messages",
	.models_path = "/models?limit=1000",
	.request = request,
	.event = event,
	.headers = headers,
	.models = wire_models_data,
};
