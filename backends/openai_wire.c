#include "config.h"

#include "backends/openai_wire.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/prompt.h"

/* The request ------------------------------------------------------------------- */

void openai_body(const struct prompt *p, const char *model, const struct openai_quirks *q, struct str *out)
{
	str_adds(out, "{\"stream\":true");
	if (model) {
		str_adds(out, ",\"model\":");
		json_quote(out, model, strlen(model));
	}
	if (q->stream_options)
		str_adds(out, ",\"stream_options\":{\"include_usage\":true}");
	if (p->max_output_tokens)
		str_addf(out, ",\"%s\":%zu", q->max_tokens_field, p->max_output_tokens);
	if (q->temperature)
		str_addf(out, ",\"temperature\":%s", q->temperature);
	str_adds(out, ",\"messages\":[");
	for (size_t i = 0; i < p->n; i++) {
		const struct prompt_message *m = &p->messages[i];

		str_addf(out, "%s{\"role\":\"%s\",\"content\":", i ? "," : "",
			 m->role == ROLE_SYSTEM ? q->system_role : m->role == ROLE_USER ? "user" : "assistant");
		json_quote(out, m->text, m->len);
		str_addc(out, '}');
	}
	str_adds(out, "]}");
}

char *openai_url(const char *base)
{
	static const char path[] = "/chat/completions";
	char *url = mem_strdup(base), *full;
	size_t n = strlen(url);
	const char *host;

	while (n && url[n - 1] == '/')
		url[--n] = '\0';
	if (str_ends(url, path))
		return url;
	host = strstr(url, "://");
	/* A bare host has no version in its path yet. */
	full = str_fmt("%s%s%s", url, strchr(host ? host + 3 : url, '/') ? "" : "/v1", path);
	free(url);
	return full;
}

/* Pieces -------------------------------------------------------------------------- */

static void send(struct openai_stream *s, enum piece_kind kind, const char *text, size_t len)
{
	struct piece p = { .kind = kind, .text = text, .len = len, .usage = { -1, -1, -1, -1 } };

	if (len || kind == PIECE_START)
		s->to->piece(s->to->ctx, &p);
}

static bool could_become(const struct str *held, const char *mark)
{
	return held->len < strlen(mark) && strncmp(str_cstr(held), mark, held->len) == 0;
}

/* Some servers leave <think>...</think> at the very start of the content; its
 * marks may be cut anywhere. */
static void content(struct openai_stream *s, const char *text, size_t len)
{
	static const char open[] = "<think>", close[] = "</think>";
	const char *at;

	if (len)
		s->content_seen = true;
	if (s->think == THINK_OVER) {
		send(s, PIECE_TEXT, text, len);
		return;
	}
	str_add(&s->held, text, len);
	if (s->think == THINK_START) {
		size_t lead = strspn(str_cstr(&s->held), " \r\n\t");

		if (lead == s->held.len)
			return;
		if (strncmp(s->held.data + lead, open, sizeof(open) - 1) == 0) {
			str_remove(&s->held, 0, lead + sizeof(open) - 1);
			s->think = THINK_IN;
		} else if (!could_become(&(struct str){ .data = s->held.data + lead, .len = s->held.len - lead }, open)) {
			s->think = THINK_OVER;
			send(s, PIECE_TEXT, s->held.data, s->held.len);
			str_clear(&s->held);
		}
	}
	if (s->think != THINK_IN)
		return;
	at = s->held.len ? memmem(s->held.data, s->held.len, close, sizeof(close) - 1) : NULL;
	if (at) {
		size_t end = (size_t)(at - s->held.data);

		send(s, PIECE_REASONING, s->held.data, end);
		s->think = THINK_OVER;
		send(s, PIECE_TEXT, at + sizeof(close) - 1, s->held.len - end - (sizeof(close) - 1));
		str_clear(&s->held);
	} else if (s->held.len >= sizeof(close)) {
		/* All but what may be the beginning of the end mark; cut at a '<'. */
		size_t keep = sizeof(close) - 1, safe = s->held.len - keep;
		const char *lt = memchr(s->held.data + safe, '<', keep);

		safe = lt ? (size_t)(lt - s->held.data) : s->held.len;
		send(s, PIECE_REASONING, s->held.data, safe);
		str_remove(&s->held, 0, safe);
	}
}

/* Mistral sends the content as a list of chunks. */
static void any_content(struct openai_stream *s, const cJSON *v)
{
	const cJSON *list = cJSON_IsArray(v) ? v : NULL, *item;

	if (cJSON_IsString(v)) {
		content(s, v->valuestring, strlen(v->valuestring));
		return;
	}
	cJSON_ArrayForEach(item, list) {
		const char *type = json_string(item, "type"), *text = json_string(item, "text");

		if (text && (!type || strcmp(type, "text") == 0))
			content(s, text, strlen(text));
	}
}

static void reasoning(struct openai_stream *s, const cJSON *delta)
{
	const char *text = json_string(delta, "reasoning_content");

	if (!text)
		text = json_string(delta, "reasoning");
	if (text && *text) {
		s->content_seen = true;
		send(s, PIECE_REASONING, text, strlen(text));
	}
}

static void usage(struct openai_stream *s, const cJSON *o)
{
	const cJSON *u = json_object(o, "usage");
	struct piece p = { .kind = PIECE_USAGE, .text = "" };

	if (!u)
		return;
	p.usage.in = (long)json_number(u, "prompt_tokens", -1);
	p.usage.out = (long)json_number(u, "completion_tokens", -1);
	p.usage.cached = (long)json_number(json_object(u, "prompt_tokens_details"), "cached_tokens", -1);
	p.usage.reasoning = (long)json_number(json_object(u, "completion_tokens_details"), "reasoning_tokens", -1);
	s->to->piece(s->to->ctx, &p);
}

static enum finish_reason finish_of(const char *reason)
{
	static const struct { const char *name; enum finish_reason f; } all[] = {
		{ "stop", FINISH_STOP },	   { "length", FINISH_LENGTH },
		{ "tool_calls", FINISH_TOOLS },	   { "function_call", FINISH_TOOLS },
		{ "content_filter", FINISH_FILTER },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(all[i].name, reason) == 0)
			return all[i].f;
	return FINISH_OTHER;
}

/* Errors ------------------------------------------------------------------------------- */

/* The message of an error object in any of the shapes seen; NULL: it is none. */
static const char *error_text(const cJSON *o)
{
	const cJSON *e = json_get(o, "error");
	const char *object = json_string(o, "object");

	if (cJSON_IsString(e))
		return e->valuestring;
	if (cJSON_IsObject(e))
		return json_string(e, "message") ? json_string(e, "message") : "an error without a message";
	if (object && strcmp(object, "error") == 0)
		return json_string(o, "message") ? json_string(o, "message") : "an error without a message";
	return NULL;
}

static bool mentions(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcasestr(text, *words))
			return true;
	return false;
}

void openai_explain(long status, const char *body, size_t len, bool *retry, struct err *err)
{
	static const char *const money[] = { "insufficient_quota", "credit_balance_exhausted", "spend_limit_exceeded",
					     "usage_limit_exceeded", NULL };
	static const char *const context[] = { "context_length_exceeded", "exceed_context_size", "context length",
					       "too many tokens", "prompt is too long", NULL };
	cJSON *o = json_parse(body, len, NULL);
	const char *text = error_text(o);
	char *raw = mem_strndup(body, len > 4000 ? 4000 : len);

	if (!text)
		text = json_string(o, "message");
	if (!text)
		text = json_string(o, "detail");
	if (!text)
		text = o || strstr(raw, "<html") || strstr(raw, "<!DOCTYPE") ? "" : raw;
	*retry = status == 408 || status == 409 || status == 429 || status == 500 || (status >= 502 && status <= 504) ||
		 status == 529;
	if (status == 401 || status == 403) {
		err_set(err, ERR_AUTH, "the server refused the key (%ld): %.200s; see key= of the backend", status, text);
	} else if (status == 402 || (status == 429 && mentions(raw, money))) {
		*retry = false;
		err_set(err, ERR_AUTH, "the account has no credit left (%ld): %.200s", status, text);
	} else if (status == 400 && mentions(raw, context)) {
		err_set(err, ERR_LIMIT, "the request is too long for the model (400): %.200s; lower prompt.budget", text);
	} else if (status == 404) {
		err_set(err, ERR_NOT_FOUND, "the server has no such model or address (404): %.200s", text);
	} else if (status == 429) {
		err_set(err, ERR_BUSY, "too many requests (429): %.200s", text);
	} else if (status == 503 || status == 529) {
		err_set(err, ERR_BUSY, "the server is overloaded or loading (%ld): %.200s", status, text);
	} else {
		err_set(err, ERR_NET, "the server answered %ld%s%.200s", status, text[0] ? ": " : "", text);
	}
	cJSON_Delete(o);
	free(raw);
}

/* Reading a stream ----------------------------------------------------------------------- */

static long hex4(const char *s)
{
	char digits[5] = { 0 };
	char *end;
	long v;

	memcpy(digits, s, 4);
	v = strtol(digits, &end, 16);
	return end == digits + 4 ? v : -1;
}

/* Whether an escape of a surrogate may be there: \\uD or \\ud. */
static bool escapes_surrogate(const char *data, size_t len)
{
	const char *end = data + len;

	for (const char *p = data; (p = memchr(p, '\\', (size_t)(end - p))) && end - p > 2; p += 2)
		if (p[1] == 'u' && (p[2] | 32) == 'd')
			return true;
	return false;
}

/* A pair that a server cut between two chunks: the high half ends a string of
 * this one and is kept, the low half begins one of the next and is joined. */
static bool mend_surrogates(struct openai_stream *s, const char *data, size_t len, struct str *out)
{
	bool changed = false;
	size_t done = 0;

	if (!escapes_surrogate(data, len))
		return false;
	for (size_t i = 0; i + 6 < len; i++) {
		long v;

		if (data[i] != '\\')
			continue;
		v = data[i + 1] == 'u' ? hex4(data + i + 2) : -1;
		if (v >= 0xd800 && v <= 0xdbff && data[i + 6] == '"') {
			str_add(out, data + done, i - done);
			s->high = (unsigned)v;
			done = i + 6;
			changed = true;
		} else if (v >= 0xdc00 && v <= 0xdfff && s->high && i && data[i - 1] == '"') {
			str_add(out, data + done, i - done);
			str_addf(out, "\\u%04x", s->high);
			s->high = 0;
			done = i;
			changed = true;
		}
		i += data[i + 1] == 'u' ? 5 : 1;
	}
	if (changed)
		str_add(out, data + done, len - done);
	return changed;
}

static void start(struct openai_stream *s, const cJSON *o)
{
	const char *model;

	if (s->started)
		return;
	s->started = true;
	model = json_string(o, "model");
	send(s, PIECE_START, model ? model : "", model ? strlen(model) : 0);
}

static enum openai_state failed(const cJSON *o, struct err *err)
{
	err_set(err, ERR_NET, "the server reports: %.300s", error_text(o));
	return OPENAI_FAILED;
}

static void take_choice(struct openai_stream *s, const cJSON *choice, const char *member)
{
	const cJSON *delta = json_object(choice, member);
	const char *refusal = json_string(delta, "refusal"), *reason = json_string(choice, "finish_reason");

	reasoning(s, delta);
	any_content(s, json_get(delta, "content"));
	if (refusal)
		content(s, refusal, strlen(refusal));
	if (reason) {
		s->finished = true;
		s->finish = finish_of(reason);
	}
}

static enum openai_state take_object(struct openai_stream *s, const char *json, size_t len, const char *member,
				     struct err *err)
{
	cJSON *o = json_parse(json, len, err);
	const cJSON *choices;
	enum openai_state state = OPENAI_MORE;

	if (!o) {
		err_prefix(err, "the server sent something that is no JSON");
		return OPENAI_FAILED;
	}
	if (error_text(o)) {
		state = failed(o, err);
	} else {
		start(s, o);
		choices = json_array(o, "choices");
		if (choices && cJSON_GetArraySize(choices) > 0)
			take_choice(s, cJSON_GetArrayItem(choices, 0), member);
		usage(s, o);
	}
	cJSON_Delete(o);
	return state;
}

enum openai_state openai_stream_data(struct openai_stream *s, const char *data, size_t len, struct err *err)
{
	struct str mended = STR_INIT;
	enum openai_state state;

	if (len == 6 && memcmp(data, "[DONE]", 6) == 0)
		return OPENAI_WHOLE;
	if (len == 0)
		return OPENAI_MORE;
	if (mend_surrogates(s, data, len, &mended)) {
		data = mended.data;
		len = mended.len;
	}
	state = take_object(s, data, len, "delta", err);
	str_free(&mended);
	return state;
}

enum openai_state openai_whole_answer(struct openai_stream *s, const char *json, size_t len, struct err *err)
{
	enum openai_state state = take_object(s, json, len, "message", err);

	if (state == OPENAI_MORE && !s->finished && !s->content_seen) {
		err_set(err, ERR_NET, "the server sent one JSON object instead of a stream, and no answer in it");
		return OPENAI_FAILED;
	}
	s->finished |= state == OPENAI_MORE;
	return state == OPENAI_MORE ? OPENAI_WHOLE : state;
}

bool openai_stream_end(struct openai_stream *s, bool done_seen, struct err *err)
{
	struct piece p = { .kind = PIECE_FINISH, .text = "", .finish = s->finish };

	if (s->high) {
		s->high = 0;
		content(s, "\xef\xbf\xbd", 3);
	}
	send(s, s->think == THINK_IN ? PIECE_REASONING : PIECE_TEXT, str_cstr(&s->held), s->held.len);
	str_clear(&s->held);
	if (!done_seen && !s->finished)
		return err_set(err, ERR_NET, "the connection was lost before the answer ended");
	s->to->piece(s->to->ctx, &p);
	return true;
}

void openai_stream_fini(struct openai_stream *s)
{
	str_free(&s->held);
}
