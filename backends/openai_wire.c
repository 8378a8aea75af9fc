#include "config.h"

#include "backends/openai_wire.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/model/prompt.h"

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
		json_quote(out, m->parts->text, m->parts->len);
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

static void give(struct openai_stream *s, const struct piece *p)
{
	s->stopped = s->stopped || !s->piece(s->ctx, p);
}

static void send(struct openai_stream *s, enum piece_kind kind, const char *text, size_t len)
{
	struct piece p = { .kind = kind, .text = text, .len = len, .usage = { -1, -1, -1, -1 } };

	if (len || kind == PIECE_START)
		give(s, &p);
}

static bool could_become(const struct str *held, const char *mark)
{
	return held->len < strlen(mark) && strncmp(str_cstr(held), mark, held->len) == 0;
}

static const char lost_half[] = "\xef\xbf\xbd";

/* Some servers leave <think>...</think> at the very start of the content; its
 * marks may be cut anywhere. */
static void content(struct openai_stream *s, const char *text, size_t len)
{
	static const char open[] = "<think>", close[] = "</think>";
	const char *at;

	if (len)
		s->content_seen = true;
	if (len && s->lost) {
		s->lost = false;
		content(s, lost_half, strlen(lost_half));
	}
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

static void think_aloud(struct openai_stream *s, const char *text)
{
	if (!*text)
		return;
	s->content_seen = true;
	if (s->lost)
		send(s, PIECE_REASONING, lost_half, strlen(lost_half));
	s->lost = false;
	send(s, PIECE_REASONING, text, strlen(text));
}

/* Mistral's {"type":"thinking","thinking":[{"type":"text","text":"..."}]}; the
 * inner part may be a string, too. */
static void thinking_chunk(struct openai_stream *s, const cJSON *item)
{
	const cJSON *list = json_array(item, "thinking"), *inner;
	const char *text = json_string(item, "thinking");

	if (text)
		think_aloud(s, text);
	cJSON_ArrayForEach(inner, list)
		if (json_string(inner, "text"))
			think_aloud(s, json_string(inner, "text"));
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

		if (type && strcmp(type, "thinking") == 0)
			thinking_chunk(s, item);
		else if (text && (!type || strcmp(type, "text") == 0))
			content(s, text, strlen(text));
	}
}

static void reasoning(struct openai_stream *s, const cJSON *delta)
{
	const char *text = json_string(delta, "reasoning_content");

	if (!text)
		text = json_string(delta, "reasoning");
	if (text)
		think_aloud(s, text);
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
	give(s, &p);
}

static enum finish_reason finish_of(const char *reason)
{
	static const struct { const char *name; enum finish_reason f; } all[] = {
		{ "stop", FINISH_STOP },	   { "length", FINISH_LENGTH },
		{ "tool_calls", FINISH_TOOLS },	   { "function_call", FINISH_TOOLS },
		{ "content_filter", FINISH_FILTER }, { "max_tokens", FINISH_LENGTH },
		{ "model_length", FINISH_LENGTH },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(all[i].name, reason) == 0)
			return all[i].f;
	return FINISH_OTHER;
}

/* Errors ------------------------------------------------------------------------------- */

static const char no_message[] = "an error without a message";

/* The words of what stands for an error: a string, an object, or a list of
 * either, whose first one counts; FastAPI's have "msg". */
static const char *error_words(const cJSON *e)
{
	static const char *const names[] = { "message", "msg", "detail", "error", "title" };

	if (cJSON_IsArray(e))
		e = cJSON_GetArrayItem(e, 0);
	if (cJSON_IsString(e))
		return e->valuestring;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (json_string(e, names[i]))
			return json_string(e, names[i]);
	return no_message;
}

/* The message of an error object in any of the shapes seen; NULL: it is none. */
static const char *error_text(const cJSON *o)
{
	static const char *const names[] = { "error", "errors", "detail" };
	const char *object;

	if (cJSON_IsArray(o))	/* Gemini puts its error into a list */
		o = cJSON_GetArrayItem(o, 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const cJSON *e = json_get(o, names[i]);

		/* Some chunks carry an empty one beside their choices. */
		if (cJSON_IsObject(e) || (cJSON_IsString(e) && e->valuestring[0]) ||
		    (cJSON_IsArray(e) && cJSON_GetArraySize(e) > 0))
			return error_words(e);
	}
	object = json_string(o, "object");
	return object && strcmp(object, "error") == 0 ? error_words(o) : NULL;
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
 * this one and is kept, the low half begins one of the next and is joined.
 * Some servers say a text twice in a chunk, so each low half gets the same high
 * one. Halves without the other one become U+FFFD: json_parse() sees to those
 * inside a chunk, s->lost to one at the end. */
static bool mend_surrogates(struct openai_stream *s, const char *data, size_t len, struct str *out)
{
	unsigned before = s->high;
	bool changed = false, joined = false;
	size_t done = 0;

	s->lost |= before != 0;
	s->high = 0;
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
		} else if (v >= 0xdc00 && v <= 0xdfff && before && i && data[i - 1] == '"') {
			str_add(out, data + done, i - done);
			str_addf(out, "\\u%04x", before);
			done = i;
			changed = joined = true;
		}
		i += data[i + 1] == 'u' ? 5 : 1;
	}
	if (joined)
		s->lost = false;
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

static enum openai_state failed(const char *text, struct err *err)
{
	err_set(err, ERR_NET, "the server reports: %.300s", text);
	return OPENAI_FAILED;
}

/* Some servers stream with message in place of delta; others end a stream of
 * deltas with a message that says all of it again. */
static const cJSON *choice_text(struct openai_stream *s, const cJSON *choice)
{
	const cJSON *delta = json_object(choice, "delta"), *message = json_object(choice, "message");

	if (delta && (!message || cJSON_GetArraySize(delta) > 0)) {
		s->delta_seen |= cJSON_GetArraySize(delta) > 0;
		return delta;
	}
	return s->delta_seen ? NULL : message;
}

static bool is_failure(const char *reason)
{
	return strcmp(reason, "error") == 0 || strcmp(reason, "insufficient_system_resource") == 0;
}

static enum openai_state take_choice(struct openai_stream *s, const cJSON *choice, struct err *err)
{
	const cJSON *text = choice_text(s, choice);
	const char *refusal = json_string(text, "refusal"), *reason = json_string(choice, "finish_reason");

	reasoning(s, text);
	any_content(s, json_get(text, "content"));
	if (refusal)
		content(s, refusal, strlen(refusal));
	s->tools_seen |= json_array(text, "tool_calls") != NULL || json_object(text, "function_call") != NULL;
	if (reason && is_failure(reason)) {
		err_set(err, ERR_NET, "the server reports that the model failed (finish reason %s); ask again", reason);
		return OPENAI_FAILED;
	}
	if (reason) {
		s->finished = true;
		s->finish = finish_of(reason);
	}
	return OPENAI_MORE;
}

/* One without an index is the only one. */
static enum openai_state take_choices(struct openai_stream *s, const cJSON *o, struct err *err)
{
	const cJSON *choices = json_array(o, "choices"), *c;
	enum openai_state state = OPENAI_MORE;

	cJSON_ArrayForEach(c, choices)
		if (state == OPENAI_MORE && json_number(c, "index", 0) == 0)
			state = take_choice(s, c, err);
	return state;
}

static enum openai_state take_object(struct openai_stream *s, const char *json, size_t len, struct err *err)
{
	cJSON *o = json_parse(json, len, err);
	enum openai_state state = OPENAI_MORE;

	if (!o) {
		err_prefix(err, "the server sent something that is no JSON");
		return OPENAI_FAILED;
	}
	if (error_text(o)) {
		state = failed(error_text(o), err);
	} else {
		start(s, o);
		state = take_choices(s, o, err);
		usage(s, o);
	}
	cJSON_Delete(o);
	return state;
}

/* The data of an event that is named "error": JSON of any shape, or words. */
static enum openai_state take_error(const char *data, size_t len, struct err *err)
{
	cJSON *o = json_parse(data, len, NULL);
	const char *text = len == 0 ? no_message : !o ? data : error_text(o) ? error_text(o) : error_words(o);

	failed(text, err);
	cJSON_Delete(o);
	return OPENAI_FAILED;
}

enum openai_state openai_stream_data(struct openai_stream *s, const char *event, const char *data, size_t len,
				     struct err *err)
{
	struct str mended = STR_INIT;
	enum openai_state state;

	while (len && isspace((unsigned char)*data))
		data++, len--;
	while (len && isspace((unsigned char)data[len - 1]))
		len--;
	if (len == 6 && memcmp(data, "[DONE]", 6) == 0)
		return OPENAI_WHOLE;
	if (strcmp(event, "error") == 0)
		return take_error(data, len, err);
	if (len == 0)
		return OPENAI_MORE;
	if (mend_surrogates(s, data, len, &mended)) {
		data = mended.data;
		len = mended.len;
	}
	state = take_object(s, data, len, err);
	str_free(&mended);
	if (s->stopped) {
		err_set(err, ERR_CANCELLED, "cancelled");
		return OPENAI_FAILED;
	}
	return state;
}

enum openai_state openai_whole_answer(struct openai_stream *s, const char *json, size_t len, struct err *err)
{
	enum openai_state state = take_object(s, json, len, err);

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

	if (s->high || s->lost) {
		s->high = 0;
		s->lost = false;
		content(s, lost_half, strlen(lost_half));
	}
	send(s, s->think == THINK_IN ? PIECE_REASONING : PIECE_TEXT, str_cstr(&s->held), s->held.len);
	str_clear(&s->held);
	if (!done_seen && !s->finished)
		return err_set(err, ERR_NET, "the connection was lost before the answer ended");
	/* Some servers end a call with "stop". */
	if (s->tools_seen && !s->content_seen && p.finish == FINISH_STOP)
		p.finish = FINISH_TOOLS;
	give(s, &p);
	return true;
}

enum openai_body_kind openai_body_kind(const char *start, size_t len)
{
	static const char bom[] = "\xef\xbb\xbf";
	size_t i = 0;

	/* A BOM that is cut is not judged yet. */
	while (i < 3 && i < len && start[i] == bom[i])
		i++;
	if (i < 3 && i == len)
		return OPENAI_BODY_UNKNOWN;
	i = i == 3 ? 3 : 0;
	while (i < len && isspace((unsigned char)start[i]))
		i++;
	if (i == len)
		return OPENAI_BODY_UNKNOWN;
	return start[i] == '{' || start[i] == '[' ? OPENAI_BODY_JSON :
	       start[i] == '<' ? OPENAI_BODY_PAGE : OPENAI_BODY_STREAM;
}

void openai_stream_fini(struct openai_stream *s)
{
	str_free(&s->held);
}
