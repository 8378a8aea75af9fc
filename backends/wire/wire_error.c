/* Errors as servers write them, in a stream or as the body of an error status. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"

static const char no_message[] = "an error without a message";

/* The text of an error value: a string, an object, or a list of either, of which the
 * first counts; FastAPI's objects have "msg". */
const char *wire_error_words(const cJSON *e)
{
	static const char *const names[] = { "message", "msg",	 "detail",
					     "error",	"title", "error_msg" };

	if (cJSON_IsArray(e))
		e = cJSON_GetArrayItem(e, 0);
	if (cJSON_IsString(e))
		return e->valuestring;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (json_string(e, names[i]))
			return json_string(e, names[i]);
	return no_message;
}

bool wire_code_fails(const cJSON *code)
{
	double n = cJSON_IsNumber(code) ? code->valuedouble : 0;

	if (cJSON_IsString(code)) {
		const char *text = code->valuestring;
		char *end;

		n = strtod(text, &end);
		if (end == text || *end)
			return *text && strcasecmp(text, "ok") != 0 &&
			       strcasecmp(text, "success") != 0;
	}
	return n != 0 && !(n >= 200 && n < 300);
}

/* One quick walk, since every event is checked and hardly any is an error. */
static bool may_be_error(const cJSON *o)
{
	for (const cJSON *c = o ? o->child : NULL; c; c = c->next)
		if (c->string && ((c->string[0] == 'e' && str_starts(c->string, "error")) ||
				  (c->string[0] == 'd' && strcmp(c->string, "detail") == 0) ||
				  (cJSON_IsString(c) && strcmp(c->valuestring, "error") == 0)))
			return true;
	return false;
}

const char *wire_error_text(const cJSON *o)
{
	static const char *const names[] = { "error", "errors", "detail" };
	const char *object;

	if (cJSON_IsArray(o)) /* Gemini wraps its error in a list */
		o = cJSON_GetArrayItem(o, 0);
	if (!may_be_error(o))
		return NULL;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const cJSON *e = json_get(o, names[i]);

		/* Some chunks have an empty error next to their choices. */
		if (cJSON_IsObject(e) || (cJSON_IsString(e) && e->valuestring[0]) ||
		    (cJSON_IsArray(e) && cJSON_GetArraySize(e) > 0))
			return wire_error_words(e);
	}
	if (json_string(o, "error_msg") && wire_code_fails(json_get(o, "error_code")))
		return wire_error_words(o); /* Baidu */
	object = json_string(o, "object");
	if (!object || strcmp(object, "error") != 0)
		object = json_string(o, "type");
	return object && strcmp(object, "error") == 0 ? wire_error_words(o) : NULL;
}

static bool mentions(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcasestr(text, *words))
			return true;
	return false;
}

static bool looks_like_page(const char *text)
{
	static const char *const marks[] = { "<html", "<!doctype", NULL };

	return mentions(text, marks);
}

/* Google's {"@type":".../google.rpc.RetryInfo","retryDelay":"34s"}. */
static void retry_info(const cJSON *o, double *after_s)
{
	const cJSON *details = json_array(json_object(o, "error"), "details"), *d;

	cJSON_ArrayForEach(d, details) {
		const char *delay = json_string(d, "retryDelay");
		char *end;
		double v = delay ? strtod(delay, &end) : -1;

		if (delay && end != delay && strcmp(end, "s") == 0 && v >= 0 && v < 1e6)
			*after_s = v;
	}
}

void wire_explain(long status, const char *body, size_t len, bool *retry, double *after_s,
		  struct err *err)
{
	static const char *const money[] = { "insufficient_quota", "credit_balance_exhausted",
					     "spend_limit_exceeded", "usage_limit_exceeded", NULL };
	static const char *const context[] = { "context_length_exceeded", "exceed_context_size",
					       "context length",	  "too many tokens",
					       "prompt is too long",	  NULL };
	cJSON *o = json_parse(body, len, NULL);
	const char *text = wire_error_text(o);
	char *raw = mem_strndup(body, len > 4000 ? 4000 : len);

	retry_info(cJSON_IsArray(o) ? cJSON_GetArrayItem(o, 0) : o, after_s);
	if (!text)
		text = json_string(o, "message");
	if (!text)
		text = o ? "" : looks_like_page(raw) ? "its answer is a web page" : raw;
	if (!text[strspn(text, " \t\r\n")])
		text = "it gives no reason";
	*retry = status == 408 || status == 409 || status == 429 || status == 500 ||
		 (status >= 502 && status <= 504) || status == 529;
	if (status == 401 || status == 403) {
		/* No model API answers with an HTML page; a proxy or a login portal does. */
		err_set(err, ERR_AUTH,
			"the server%s refused access (%ld): %.200s; see key= of the backend",
			!o && looks_like_page(raw) ? ", or a proxy before it," : "", status, text);
	} else if (status == 407) {
		err_set(err, ERR_AUTH,
			"the proxy wants a name and a password (407): they stand before its host "
			"in http_proxy");
	} else if (status == 402 || (status == 429 && mentions(raw, money))) {
		*retry = false;
		err_set(err, ERR_AUTH, "the account has no credit left (%ld): %.200s", status,
			text);
	} else if (status == 400 && mentions(raw, context)) {
		err_set(err, ERR_LIMIT,
			"the request is too long for the model (400): %.200s; lower prompt.budget",
			text);
	} else if (status != 429 && status != 503 && wire_takes_no_tools(o, text)) {
		*retry = false;
		err_set(err, ERR_NO_TOOLS, "the server takes no tools for this model (%ld): %.200s",
			status, text);
	} else if (status == 404) {
		err_set(err, ERR_NOT_FOUND, "the server has no such model or address (404): %.200s",
			text);
	} else if (status == 429) {
		err_set(err, ERR_BUSY, "too many requests (429): %.200s", text);
	} else if (status == 503 || status == 529) {
		err_set(err, ERR_BUSY, "the server is overloaded or loading (%ld): %.200s", status,
			text);
	} else {
		err_set(err, ERR_NET, "the server answered %ld: %.200s", status, text);
	}
	cJSON_Delete(o);
	free(raw);
}

/* True if a body that had no event does not begin like a stream; *line is then its first
 * line, which may hold any bytes. */
static bool is_no_stream(const struct wire_stream *s, const char **line, size_t *len)
{
	static const char *const fields[] = { "data", "event", "id", "retry", ":" };
	const char *p = str_cstr(&s->first), *end = p + s->first.len, *lf;

	if (s->any_event || s->wire->lines || s->kind != WIRE_STREAM)
		return false;
	p += str_starts(p, "\xef\xbb\xbf") ? 3 : 0;
	p += strspn(p, "\r\n");
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		size_t n = strlen(fields[i]), here = (size_t)(end - p);

		if (memcmp(p, fields[i], here < n ? here : n) == 0)
			return false;
	}
	for (lf = p; lf < end && *lf != '\n' && *lf != '\r';)
		lf++;
	*line = p;
	*len = (size_t)(lf - p);
	return true;
}

void wire_broken(struct wire_stream *s)
{
	const char *line;
	size_t len;
	struct str shown = STR_INIT;

	if (is_no_stream(s, &line, &len)) {
		utf8_show(line, len - utf8_partial_tail(line, len), &shown);
		err_set(&s->err, ERR_NET,
			"%s sent something that is not an answer of this protocol: '%s'",
			s->wire->who ? s->wire->who : "the server", str_cstr(&shown));
	} else if (s->wire->who) {
		err_set(&s->err, ERR_NET, "%s ended before its answer did", s->wire->who);
	} else {
		err_set(&s->err, ERR_NET, "the connection was lost before the answer ended");
	}
	str_free(&shown);
}
