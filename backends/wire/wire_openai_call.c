/* Tool calls of chat completions. Servers send them in many forms:
 *
 *   tool_calls    a list, or one object; each with an index, as a number or a string, or
 *                 without; "function", or its members directly
 *   arguments     in fragments, whole, or as an object; also called "parameters"
 *
 * Three things may have to go back with the calls, else the next request is refused.
 * Each is an opaque piece before the calls, and is sent to the same backend only:
 *
 *   reasoning_content  DeepSeek, as a string
 *   reasoning_details  OpenRouter, a list; items that came in fragments are joined
 *   extra_content      Gemini, a member of each call, with its signature
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire_openai.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/model/prompt.h"

#define REASONING "openai/reasoning_content"
#define DETAILS	  "openai/reasoning_details"
#define EXTRA	  "openai/extra_content"

/* The request ------------------------------------------------------------------------ */

static const struct prompt_part *opaque(const struct prompt_part *p, const char *kind)
{
	return p->kind == PROMPT_OPAQUE && strcmp(p->name, kind) == 0 ? p : NULL;
}

static void put_member(const struct prompt_message *m, const char *kind, struct str *out)
{
	const struct prompt_part *p = NULL;

	for (size_t i = 0; i < m->n && !p; i++)
		p = opaque(&m->parts[i], kind);
	if (!p)
		return;
	str_addf(out, ",\"%s\":", strchr(kind, '/') + 1);
	str_add(out, p->text, p->len);
}

void wire_openai_put_calls(const struct prompt_message *m, struct str *out)
{
	const struct prompt_part *extra = NULL;
	bool some = wire_has(m, 1u << PROMPT_CALL);

	str_adds(out, some ? ",\"tool_calls\":[" : "");
	for (size_t i = 0; i < m->n; i++) {
		const struct prompt_part *p = &m->parts[i];

		extra = opaque(p, EXTRA) ? p : extra;
		if (p->kind != PROMPT_CALL)
			continue;
		json_next(out);
		str_addc(out, '{');
		json_add_text(out, "id", p->id);
		str_adds(out, ",\"type\":\"function\",\"function\":{");
		json_add_text(out, "name", p->name);
		str_adds(out, ",\"arguments\":");
		wire_arguments_quoted(p->text, p->len, out);
		str_addc(out, '}');
		if (extra) {
			str_adds(out, ",\"extra_content\":");
			str_add(out, extra->text, extra->len);
			extra = NULL;
		}
		str_addc(out, '}');
	}
	str_adds(out, some ? "]" : "");
	put_member(m, REASONING, out);
	put_member(m, DETAILS, out);
}

/* Reasoning ---------------------------------------------------------------------------- */

static bool same_index(const cJSON *a, const cJSON *b)
{
	return json_number(a, "index", -1) == json_number(b, "index", -1);
}

/* The member that comes in fragments; NULL: the item is whole. */
static const char *fragment_key(const cJSON *item)
{
	const char *type = json_string(item, "type");

	return !type					? NULL
	       : strcmp(type, "reasoning.text") == 0	? "text"
	       : strcmp(type, "reasoning.summary") == 0 ? "summary"
							: NULL;
}

/* Appends the item that is being joined to the list. */
static void end_detail(struct wire_stream *s)
{
	const char *key = s->detail ? fragment_key(s->detail) : NULL;

	if (!s->detail)
		return;
	if (key) {
		cJSON_DeleteItemFromObjectCaseSensitive(s->detail, key);
		cJSON_AddStringToObject(s->detail, key, str_cstr(&s->detail_text));
	}
	str_addc(&s->details, s->details.len ? ',' : '[');
	json_print(&s->details, s->detail);
	cJSON_Delete(s->detail);
	s->detail = NULL;
	str_clear(&s->detail_text);
}

/* Copies members that the first fragment lacked, such as a signature. */
static void add_members(cJSON *to, const cJSON *from)
{
	const cJSON *m;

	cJSON_ArrayForEach(m, from) {
		const cJSON *have = m->string ? json_get(to, m->string) : NULL;

		if (!m->string || cJSON_IsNull(m) || (have && !cJSON_IsNull(have)))
			continue;
		if (have)
			cJSON_DeleteItemFromObjectCaseSensitive(to, m->string);
		cJSON_AddItemToObject(to, m->string, cJSON_Duplicate(m, true));
	}
}

static void keep_detail(struct wire_stream *s, const cJSON *item)
{
	const char *key = fragment_key(item), *text = key ? json_string(item, key) : NULL,
		   *was = s->detail ? fragment_key(s->detail) : NULL;
	bool joins = key && was && strcmp(key, was) == 0 && same_index(s->detail, item);

	if (!joins) {
		end_detail(s);
		s->detail = cJSON_Duplicate(item, true);
	} else {
		add_members(s->detail, item);
	}
	str_adds(&s->detail_text, text ? text : "");
}

/* More than WIRE_ARGS_MAX is not kept. */
static bool fits(struct wire_stream *s, const cJSON *list)
{
	struct str text = STR_INIT;

	json_print(&text, list);
	s->details_bytes += text.len;
	str_free(&text);
	return s->details_bytes <= WIRE_ARGS_MAX;
}

void wire_openai_keep_reasoning(struct wire_stream *s, const cJSON *delta)
{
	const char *echo = json_string(delta, "reasoning_content");
	const cJSON *list = json_array(delta, "reasoning_details"), *item;

	if (echo) {
		s->echo = true;
		if (s->block.len + strlen(echo) <= WIRE_ARGS_MAX)
			str_adds(&s->block, echo);
	}
	if (cJSON_GetArraySize(list) == 0 || !fits(s, list))
		return;
	cJSON_ArrayForEach(item, list)
		if (cJSON_IsObject(item))
			keep_detail(s, item);
}

static void give(struct wire_stream *s, const char *kind, const struct str *json)
{
	struct piece p = { .kind = PIECE_OPAQUE,
			   .name = kind,
			   .text = str_cstr(json),
			   .len = json->len,
			   .usage = { -1, -1, -1, -1 } };

	wire_give(s, &p);
}

void wire_openai_echo(struct wire_stream *s)
{
	struct str text = STR_INIT;

	if (!s->n_calls || !s->finished)
		return;
	if (s->echo) {
		json_quote(&text, str_cstr(&s->block), s->block.len);
		give(s, REASONING, &text);
		str_free(&text);
	}
	s->echo = false;
	end_detail(s);
	if (s->details.len && s->details_bytes <= WIRE_ARGS_MAX) {
		str_addc(&s->details, ']');
		give(s, DETAILS, &s->details);
	}
	str_clear(&s->details);
}

/* Calls -------------------------------------------------------------------------------- */

static const cJSON *args_of(const cJSON *function)
{
	const cJSON *args = json_get(function, "arguments");

	return args ? args : json_get(function, "parameters");
}

static bool take_args(struct wire_stream *s, struct wire_call *c, const cJSON *function)
{
	const cJSON *args = args_of(function);
	struct str text = STR_INIT;
	bool ok;

	if (cJSON_IsString(args))
		return wire_call_args(s, c, args->valuestring, strlen(args->valuestring));
	if (cJSON_IsObject(args) || cJSON_GetArraySize(args) > 0) /* [] is PHP's {} */
		json_print(&text, args);
	ok = wire_call_args(s, c, str_cstr(&text), text.len);
	str_free(&text);
	return ok;
}

/* The index of a call; -1: it has none. */
static long given_index(const cJSON *call)
{
	const char *text = json_string(call, "index");

	if (text && *text && strlen(text) < 4 && strspn(text, "0123456789") == strlen(text))
		return strtol(text, NULL, 10);
	return wire_number(call, "index", -1);
}

/* Without an index, a new id opens a call, and so does a name behind another call of the
 * same list; otherwise the fragment belongs to the last one. */
static long index_of(const struct wire_stream *s, const cJSON *call, const char *name, bool first)
{
	const char *id = json_string(call, "id");
	long index = given_index(call);
	bool opens = (id && *id) || (name && *name && !first);

	return index >= 0 ? index : (long)s->n_calls - (s->n_calls && !opens ? 1 : 0);
}

/* Some repeat the name with each fragment, also with an empty one after the last. */
static const char *name_of(const struct wire_stream *s, long index, const char *name,
			   const cJSON *function)
{
	const cJSON *args = args_of(function);
	const struct wire_call *last = s->n_calls ? &s->calls[s->n_calls - 1] : NULL;
	bool says_more = cJSON_IsObject(args) || (cJSON_IsString(args) && *args->valuestring);

	return last && name && last->index == index && last->name && !says_more &&
			       strcmp(last->name, name) == 0
		       ? NULL
		       : name;
}

static void keep_extra(struct wire_call *c, const cJSON *call)
{
	const cJSON *extra = json_object(call, "extra_content");
	struct str text = STR_INIT;

	if (!extra)
		return;
	json_print(&text, extra);
	free(c->opaque);
	c->opaque = mem_strndup(str_cstr(&text), text.len);
	c->opaque_kind = EXTRA;
	str_free(&text);
}

static bool take_call(struct wire_stream *s, const cJSON *call, bool first)
{
	const cJSON *function = json_object(call, "function");
	const char *name;
	struct wire_call *c;
	long index;

	if (!cJSON_IsObject(call))
		return true;
	function = function ? function : call;
	name = json_string(function, "name");
	index = index_of(s, call, name, first);
	c = wire_call(s, index, json_string(call, "id"), name_of(s, index, name, function));
	if (c)
		keep_extra(c, call);
	return c && take_args(s, c, function);
}

bool wire_openai_take_calls(struct wire_stream *s, const cJSON *delta)
{
	const cJSON *calls = json_get(delta, "tool_calls"),
		    *old = json_object(delta, "function_call"), *call;
	bool ok = true, first = true;

	if (cJSON_IsObject(calls))
		ok = take_call(s, calls, true);
	else if (cJSON_IsArray(calls))
		cJSON_ArrayForEach(call, calls) {
			ok = ok && take_call(s, call, first);
			first = false;
		}
	if (ok && old) {
		struct wire_call *c = wire_call(s, 0, NULL, json_string(old, "name"));

		ok = c && take_args(s, c, old);
	}
	return ok;
}
