/* Google's Gemini, generateContent.
 *
 *   candidates[0].content.parts[]   text, text with thought:true, functionCall
 *   candidates[0].finishReason      the end
 *   promptFeedback.blockReason      the end without a candidate: refused
 *
 * Without ?alt=sse the stream is one JSON list of the same objects, which we accept as
 * well. A thoughtSignature belongs to the part it came with and must be sent back with
 * it: it becomes an opaque piece before that part.
 */
#include "config.h"

#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/base64.h"
#include "session/base/json.h"
#include "session/base/word_table.h"
#include "session/model/prompt.h"

#define SIGNATURE "gemini/signature"

/* The request --------------------------------------------------------------------- */

static void put_call(const char *kind, const struct prompt_part *p, struct str *out)
{
	str_addf(out, "\"%s\":{", kind);
	json_add_text(out, "name", p->name);
	if (!wire_id_is_ours(p->id))
		json_add_text(out, "id", p->id);
}

static void put_part(const struct prompt_part *p, struct str *out)
{
	switch (p->kind) {
	case PROMPT_TEXT:
		json_add(out, "text", p->text, p->len);
		break;
	case PROMPT_IMAGE:
		str_addf(out, "\"inlineData\":{\"mimeType\":\"%s\",\"data\":\"", p->name);
		base64_encode(p->text, p->len, out);
		str_adds(out, "\"}");
		break;
	case PROMPT_CALL:
		put_call("functionCall", p, out);
		str_adds(out, ",\"args\":");
		wire_arguments(p->text, p->len, out);
		str_addc(out, '}');
		break;
	case PROMPT_RESULT:
		put_call("functionResponse", p, out);
		str_adds(out, ",\"response\":{");
		json_add(out, p->failed ? "error" : "output", p->text, p->len);
		str_adds(out, "}}");
		break;
	case PROMPT_OPAQUE:
		break;
	}
}

static bool is_signature(const struct prompt_part *p)
{
	return p->kind == PROMPT_OPAQUE && strcmp(p->name, SIGNATURE) == 0;
}

static void put_parts(const struct prompt_message *m, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i], *signature = is_signature(p) ? p : NULL;

		if (p->kind == PROMPT_OPAQUE && !signature)
			continue;
		if (signature && i + 1 < m->n && m->parts[i + 1].kind != PROMPT_OPAQUE)
			p = &m->parts[++i];
		json_next(out);
		str_addc(out, '{');
		if (p == signature) /* the signature came without a part */
			str_adds(out, "\"text\":\"\"");
		else
			put_part(p, out);
		if (signature) {
			str_adds(out, ",\"thoughtSignature\":");
			str_add(out, signature->text, signature->len);
		}
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

static void put_contents(const struct prompt *p, struct str *out)
{
	str_addc(out, '[');
	for (size_t i = 0; i < p->n; i++) {
		const struct prompt_message *m = &p->messages[i];

		if (m->role == ROLE_SYSTEM || m->n == 0)
			continue;
		json_next(out);
		str_addf(out,
			 "{\"role\":\"%s\",\"parts\":", m->role == ROLE_USER ? "user" : "model");
		put_parts(m, out);
		str_addc(out, '}');
	}
	str_addc(out, ']');
}

static void put_thinking(struct wire_body *b, const char *reasoning)
{
	bool off = reasoning && wire_is_off(reasoning);

	if (!reasoning || !body_open(b, "thinkingConfig"))
		return;
	body_raw(b, "includeThoughts", off ? NULL : "true");
	if (off || wire_is_number(reasoning))
		body_raw(b, "thinkingBudget", off ? "0" : reasoning);
	else if (strcmp(reasoning, "on") != 0)
		body_text(b, "thinkingLevel", reasoning);
	body_close(b);
}

static void request(const struct prompt *p, const struct wire_settings *s, struct str *out)
{
	struct wire_body b;

	body_begin(&b, s, out);
	if (p->n && p->messages[0].role == ROLE_SYSTEM && body_key(&b, "systemInstruction")) {
		str_adds(out, "{\"parts\":");
		put_parts(&p->messages[0], out);
		str_addc(out, '}');
	}
	if (p->n_tools && body_key(&b, "tools")) {
		str_adds(out, "[{\"functionDeclarations\":");
		wire_tools(p, "{", "parametersJsonSchema", "}", out);
		str_adds(out, "}]");
	}
	if (body_key(&b, "contents"))
		put_contents(p, out);
	if (body_open(&b, "generationConfig")) {
		body_number(&b, "maxOutputTokens", wire_most(p, s));
		body_raw(&b, "temperature", s->temperature);
		body_number(&b, "seed", p->seed);
		put_thinking(&b, s->reasoning);
		body_close(&b);
	}
	body_end(&b);
}

static void caps(const cJSON *o, const char *model, struct backend_caps *out)
{
	out->context = (size_t)json_uint(o, "inputTokenLimit", 0);
	if (json_get(o, "thinking"))
		out->reasoning = json_bool(o, "thinking", false) ? CAN : CAN_NOT;
}

/* The models that can generate, without the "models/" prefix. */
static void models(const cJSON *o, struct strv *names)
{
	const cJSON *list = json_array(o, "models"), *m, *method;

	cJSON_ArrayForEach(m, list) {
		const char *name = json_string(m, "name");
		const cJSON *methods = json_array(m, "supportedGenerationMethods");
		bool generates = methods == NULL;

		cJSON_ArrayForEach(method, methods)
			generates |= cJSON_IsString(method) &&
				     strcmp(method->valuestring, "generateContent") == 0;
		if (name && generates)
			strv_add(names, str_starts(name, "models/") ? name + 7 : name);
	}
}

/* The answer ----------------------------------------------------------------------- */

static void usage(struct wire_stream *s, const cJSON *u)
{
	long out = wire_count(u, "candidatesTokenCount"),
	     thoughts = wire_count(u, "thoughtsTokenCount");

	if (u) /* thoughts count as output, and may be all of it */
		wire_usage(s, wire_count(u, "promptTokenCount"),
			   thoughts > 0 ? (out > 0 ? out : 0) + thoughts : out,
			   wire_count(u, "cachedContentTokenCount"), thoughts);
}

static bool take_part(struct wire_stream *s, const cJSON *part)
{
	const cJSON *call = json_object(part, "functionCall"),
		    *signature = json_get(part, "thoughtSignature");
	const char *text = json_string(part, "text");

	if (cJSON_IsString(signature))
		wire_opaque(s, SIGNATURE, signature);
	if (json_bool(part, "thought", false))
		wire_reasoning(s, text);
	else
		wire_text(s, text);
	return !call || wire_call_whole(s, json_string(call, "id"), json_string(call, "name"),
					json_get(call, "args"));
}

static const struct wire_reason reasons[] = {
	{ "STOP", FINISH_STOP },
	{ "MAX_TOKENS", FINISH_LENGTH },
	{ "SAFETY", FINISH_FILTER },
	{ "BLOCKLIST", FINISH_FILTER },
	{ "PROHIBITED_CONTENT", FINISH_FILTER },
	{ "SPII", FINISH_FILTER },
	{ "RECITATION", FINISH_FILTER },
	{ "IMAGE_SAFETY", FINISH_FILTER },
	{ NULL, FINISH_OTHER },
};

static bool is_failure(const char *reason)
{
	static const char *const all[] = { "MALFORMED_FUNCTION_CALL",	"MALFORMED_RESPONSE",
					   "MISSING_THOUGHT_SIGNATURE", "TOO_MANY_TOOL_CALLS",
					   "UNEXPECTED_TOOL_CALL",	NULL };

	return words_has(all, reason);
}

static enum wire_state take_finish(struct wire_stream *s, const char *reason, const char *message,
				   struct err *err)
{
	if (is_failure(reason)) {
		wire_finish(s, FINISH_ERROR);
		err_set(err, ERR_NET,
			"the server reports that the model failed (finish reason %s)%s%.200s; ask "
			"again",
			reason, message ? ": " : "", message ? message : "");
		return WIRE_FAILED;
	}
	wire_finish(s, wire_reason_find(reasons, reason));
	return WIRE_MORE;
}

/* The candidate with the index 0, which may be missing in it; NULL: it is not in this event. */
static const cJSON *first_candidate(const cJSON *o)
{
	const cJSON *list = json_array(o, "candidates"), *c;

	cJSON_ArrayForEach(c, list)
		if (json_number(c, "index", 0) == 0)
			return c;
	return NULL;
}

static enum wire_state event(struct wire_stream *s, const char *name, const cJSON *o,
			     struct err *err)
{
	const cJSON *candidate = first_candidate(o), *part;
	const cJSON *content = json_object(candidate, "content"),
		    *parts = json_array(content, "parts"), *one = json_object(content, "parts");
	const char *reason = json_string(candidate, "finishReason");

	wire_start(s, json_string(o, "modelVersion"));
	cJSON_ArrayForEach(part, parts)
		if (!take_part(s, part))
			return WIRE_FAILED;
	if (one && !take_part(s, one))
		return WIRE_FAILED;
	usage(s, json_object(o, "usageMetadata"));
	if (json_string(json_object(o, "promptFeedback"), "blockReason"))
		wire_finish(s, FINISH_FILTER);
	/* An unspecified reason is none: some proxies send it with each chunk. */
	return reason && *reason && strcmp(reason, "FINISH_REASON_UNSPECIFIED") != 0
		       ? take_finish(s, reason, json_string(candidate, "finishMessage"), err)
		       : WIRE_MORE;
}

const struct wire wire_gemini = {
	.protocol = "gemini",
	.base = "https://generativelanguage.googleapis.com/v1beta",
	.key_header = "x-goog-api-key: ",
	.accept = "text/event-stream",
	.needs_model = true,
	.version = "/v1beta",
	.ask_path = "/models/*:streamGenerateContent?alt=sse",
	.models_path = "/models?pageSize=1000",
	.caps_path = "/models/*",
	.request = request,
	.event = event,
	.models = models,
	.caps = caps,
};
