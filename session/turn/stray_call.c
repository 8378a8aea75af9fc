/* The text is tried from each place where calls may begin, the first one first: from
 * there on it has to consist of calls and of marks around them. A mark is anything in
 * <| |> or < >, a fence, a bracket of a list, or a word of the templates; any other
 * word means that the text goes on, and the next place is tried.
 *
 * A name and an object of arguments belong together in the order in which they come;
 * an object with both in it is a call by itself.
 */
#include "config.h"

#include "session/turn/stray_call.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_fence.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/call_marks.h"
#include "session/text/python_call.h"
#include "session/text/slice.h"
#include "session/turn/stray_gemma.h"

#define PLACES_MAX 200u /* tried, each in time linear in the text */
#define ARGS_MAX   64u	/* of one call, as elements */
#define NAME_MAX   64u

static const char fullwidth[] = "\xef\xbd\x9c"; /* the bar in DeepSeek's tokens */

struct found {
	char *name;
	cJSON *args;
};

struct reader {
	const struct stray_reader *r;
	struct slice rest;
	char name[NAME_MAX + 1]; /* a name whose arguments have not come yet; "" */
	size_t start;		 /* where the calls begin */
	bool marked;		 /* by a token or a tag */
	bool maybe_quoted;
	struct found v[STRAY_CALLS_MAX];
	size_t n;
};

static void drop_all(struct reader *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].name);
		cJSON_Delete(s->v[i].args);
	}
	s->n = 0;
}

/* The tool's own name, from "functions.lint:0" or "to=functions.lint"; false: it is not
 * offered. */
static bool own_name(const struct reader *s, struct slice name, char out[NAME_MAX + 1])
{
	size_t n = name.n;

	while (n && name.p[n - 1] >= '0' && name.p[n - 1] <= '9')
		n--;
	name.n = n && n < name.n && name.p[n - 1] == ':' ? n - 1 : name.n;
	for (size_t i = 0; i < name.n; i++)
		if (strchr(".:=", name.p[i])) {
			name = slice_from(name, i + 1);
			i = (size_t)-1;
		}
	if (name.n == 0 || name.n > NAME_MAX || memchr(name.p, '\0', name.n))
		return false;
	memcpy(out, name.p, name.n);
	out[name.n] = '\0';
	return s->r->schema(s->r->ctx, out) != NULL;
}

/* Takes args over. */
static bool add(struct reader *s, const char *name, cJSON *args)
{
	if (s->n == STRAY_CALLS_MAX || !cJSON_IsObject(args)) {
		cJSON_Delete(args);
		return false;
	}
	s->v[s->n++] = (struct found){ mem_strdup(name), args };
	s->name[0] = '\0';
	return true;
}

/* JSON ----------------------------------------------------------------------------------- */

/* A copy of the member with one of these names; a string of JSON is read. */
static cJSON *arguments_of(const cJSON *o)
{
	static const char *const names[] = { "arguments", "parameters", "args",	       "input",
					     "params",	  "tool_input", "action_input" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const cJSON *v = json_get(o, names[i]);

		if (cJSON_IsObject(v))
			return cJSON_Duplicate(v, true);
		if (cJSON_IsString(v))
			return json_parse(v->valuestring, strlen(v->valuestring), NULL);
	}
	return NULL;
}

static const char *name_in(const cJSON *o)
{
	static const char *const names[] = { "name",	 "tool",   "tool_name",
					     "function", "method", "action" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (json_string(o, names[i]))
			return json_string(o, names[i]);
	return NULL;
}

static bool take_object(struct reader *s)
{
	size_t n = json_length(s->rest.p, s->rest.n);
	cJSON *o = n ? json_parse(s->rest.p, n, NULL) : NULL;
	const cJSON *call = json_object(o, "function") ? json_object(o, "function") : o;
	const char *name = name_in(call);
	cJSON *args = name ? arguments_of(call) : NULL;
	char own[NAME_MAX + 1];
	bool ok = false;

	if (args && own_name(s, slice_of(name), own)) {
		ok = add(s, own, args);
	} else {
		cJSON_Delete(args);
		if (cJSON_IsObject(o) && s->name[0]) {
			ok = add(s, s->name, o);
			o = NULL;
		}
	}
	cJSON_Delete(o);
	s->rest = slice_from(s->rest, n);
	return ok;
}

/* Elements --------------------------------------------------------------------------------- */

/* The text up to the mark, which is taken with it; false: there is none. */
static bool take_until(struct reader *s, const char *mark, struct slice *text)
{
	size_t at = slice_find(s->rest, mark);

	*text = (struct slice){ s->rest.p, at };
	if (at == s->rest.n)
		return false;
	s->rest = slice_from(s->rest, at + strlen(mark));
	return true;
}

/* A value as the schema wants it: nothing is quoted in elements. */
static cJSON *value_of(const cJSON *schema, const char *key, struct slice text)
{
	const char *type = json_string(json_object(json_object(schema, "properties"), key), "type");
	struct slice bare = slice_trim(text);
	cJSON *v = type && strcmp(type, "string") == 0 ? NULL : json_parse(bare.p, bare.n, NULL);
	char *copy;

	if (v)
		return v;
	if (slice_starts(text, "\n"))
		text = slice_from(text, 1);
	if (text.n && text.p[text.n - 1] == '\n')
		text.n--;
	copy = slice_dup(text);
	v = cJSON_CreateString(copy);
	free(copy);
	return v;
}

/* The name in `<parameter=path>` or `<parameter name="path">`, from behind "<parameter". */
static bool take_key(struct reader *s, struct slice *key)
{
	if (!take_until(s, ">", key))
		return false;
	*key = slice_trim(*key);
	if (slice_starts(*key, "name="))
		*key = slice_from(*key, 5);
	else if (slice_starts(*key, "="))
		*key = slice_from(*key, 1);
	while (key->n && strchr("\"' ", key->p[0])) {
		struct slice in = slice_from(*key, 1);
		const char *end = in.n ? memchr(in.p, key->p[0], in.n) : NULL;

		/* other attributes may follow a quoted name */
		*key = end && key->p[0] != ' ' ? (struct slice){ in.p, (size_t)(end - in.p) } : in;
	}
	while (key->n && strchr("\"' ", key->p[key->n - 1]))
		key->n--;
	return key->n > 0;
}

static bool skip(struct reader *s, const char *mark)
{
	bool is = slice_starts(s->rest, mark);

	if (is)
		s->rest = slice_from(s->rest, strlen(mark));
	return is;
}

static void skip_blanks(struct reader *s)
{
	while (s->rest.n && slice_space(s->rest.p[0]))
		s->rest = slice_from(s->rest, 1);
}

/* <path>a.v</path>, an element named as an argument of the tool is. */
static bool take_named(struct reader *s, const cJSON *types, struct slice *key, struct slice *text)
{
	struct slice inner = slice_from(s->rest, slice_starts(s->rest, "<"));
	char *name = slice_dup((struct slice){ inner.p, slice_word(inner) });
	char *open = str_fmt("<%s>", name), *close = str_fmt("</%s>", name);
	bool ok = json_get(json_object(types, "properties"), name) && skip(s, open) &&
		  take_until(s, close, text);

	*key = (struct slice){ inner.p, slice_word(inner) };
	free(name);
	free(open);
	free(close);
	return ok;
}

/* One argument in one of the forms; false: there is none here. */
static bool take_argument(struct reader *s, const cJSON *types, struct slice *key,
			  struct slice *text)
{
	skip_blanks(s);
	if (skip(s, "<parameter"))
		return take_key(s, key) && take_until(s, "</parameter>", text);
	if (!skip(s, "<arg_key>"))
		return take_named(s, types, key, text);
	if (!take_until(s, "</arg_key>", key))
		return false;
	skip_blanks(s);
	return skip(s, "<arg_value>") && take_until(s, "</arg_value>", text);
}

static bool take_arguments(struct reader *s, const char *name)
{
	const char *schema = s->r->schema(s->r->ctx, name);
	cJSON *types = json_parse(schema, strlen(schema), NULL), *args = cJSON_CreateObject();
	struct slice key, text;
	size_t n = 0;

	while (n++ < ARGS_MAX && take_argument(s, types, &key, &text)) {
		char *k = slice_dup(slice_trim(key));

		if (!json_get(args, k))
			cJSON_AddItemToObject(args, k, value_of(types, k, text));
		free(k);
	}
	cJSON_Delete(types);
	return add(s, name, args);
}

/* The text --------------------------------------------------------------------------------- */

/* <function=lint>, <invoke name="lint">, else a mark. */
static bool take_element(struct reader *s)
{
	char name[NAME_MAX + 1];
	struct slice key;
	bool calls = skip(s, "<function=") || skip(s, "<invoke") || skip(s, "<tool_call name=") ||
		     skip(s, "<function_call name=");

	if (!calls)
		return take_until(s, ">", &key) && key.n < 100 && !memchr(key.p, '\n', key.n);
	if (!take_key(s, &key) || !own_name(s, key, name))
		return false;
	skip_blanks(s);
	if (!slice_starts(s->rest, "{"))
		return take_arguments(s, name);
	memcpy(s->name, name, sizeof(name)); /* the arguments follow as JSON */
	return true;
}

static bool take_word(struct reader *s)
{
	static const char *const marks[] = { "json",   "function",  "functions", "commentary",
					     "tool",   "tool_call", "xml",	 "tool_code",
					     "python", "Action:",   "Action",	 "Input:" };
	static const char ends[] = " \t\r\n<>{}[]`,";
	struct slice word = s->rest;

	word.n = 0;
	while (word.n < s->rest.n && !strchr(ends, s->rest.p[word.n]))
		word.n++;
	if (slice_find(word, fullwidth) < word.n)
		word.n = slice_find(word, fullwidth);
	if (word.n == 0)
		return false;
	s->rest = slice_from(s->rest, word.n);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (slice_is(word, marks[i]))
			return true;
	if (s->name[0] || !own_name(s, word, s->name)) {
		s->name[0] = '\0';
		return false;
	}
	skip_blanks(s);
	if (slice_starts(s->rest, "<arg_key>")) {
		char *name = mem_strdup(s->name);
		bool ok = take_arguments(s, name);

		free(name);
		return ok;
	}
	return true;
}

static bool take_foreign(struct reader *s, cJSON *(*read)(struct slice *rest, struct slice *name))
{
	struct slice name;
	cJSON *args = read(&s->rest, &name);
	char own[NAME_MAX + 1];

	if (args && own_name(s, name, own))
		return add(s, own, args);
	cJSON_Delete(args);
	return false;
}

/* A special token: <|name|>, or with DeepSeek's bars. */
static bool take_token(struct reader *s)
{
	struct slice inner;

	if (skip(s, "<|")) {
		struct slice end = slice_from(s->rest, slice_word(s->rest));

		if (slice_starts(end, ">")) { /* Gemma's <|tool_call> */
			s->rest = slice_from(end, 1);
			return true;
		}
		return take_until(s, "|>", &inner) && inner.n < 60;
	}
	s->rest = slice_from(s->rest, 1 + strlen(fullwidth));
	if (!take_until(s, fullwidth, &inner) || inner.n >= 60)
		return false;
	return skip(s, ">");
}

static bool take_next(struct reader *s)
{
	bool token = slice_starts(s->rest, "<|") ||
		     (s->rest.p[0] == '<' && slice_starts(slice_from(s->rest, 1), fullwidth));

	s->marked |= s->rest.p[0] == '<' || slice_starts(s->rest, "[TOOL_CALLS]");
	if (skip(s, "[TOOL_CALLS]") || skip(s, "[ARGS]"))
		return true;
	if (s->rest.p[0] == '{')
		return take_object(s);
	if (token)
		return take_token(s);
	if (s->rest.p[0] == '<')
		return take_element(s);
	if (strchr("[],`", s->rest.p[0])) {
		s->rest = slice_from(s->rest, 1);
		return true;
	}
	if (slice_starts(s->rest, "call:"))
		return take_foreign(s, stray_gemma);
	return python_call_begins(s->rest) ? take_foreign(s, python_call) : take_word(s);
}

static bool reads(struct reader *s, struct slice from)
{
	s->rest = from;
	s->name[0] = '\0';
	s->marked = false;
	while (skip_blanks(s), s->rest.n)
		if (!take_next(s)) {
			drop_all(s);
			return false;
		}
	return s->n > 0;
}

/* True if calls may begin at p: at a token anywhere, at a tag behind blanks, else at the
 * start of a line. */
static bool may_begin(struct slice all, struct slice line, const char *p)
{
	struct slice rest = slice_from(all, (size_t)(p - all.p));

	if (slice_starts(rest, "<|") || slice_starts(rest, "[TOOL_CALLS]") ||
	    slice_starts(rest, "<\xef\xbd\x9c"))
		return true;
	if (slice_starts(rest, "<tool") || slice_starts(rest, "<func") ||
	    slice_starts(rest, "<invoke"))
		return (size_t)(p - line.p) == slice_indent(line);
	return p == line.p &&
	       (*p == '{' || *p == '[' || slice_starts(rest, "```") ||
		slice_starts(rest, "call:") || slice_starts(rest, "Action:") || p == all.p);
}

/* Tries the places of a line that are not quoted in it. */
static bool reads_from_line(struct reader *s, struct slice all, struct slice line, size_t *tried)
{
	bool quoted = slice_starts(slice_trim(line), ">");

	for (const char *p = line.p; p < line.p + line.n && *tried < PLACES_MAX; p++) {
		if (!quoted && may_begin(all, line, p)) {
			struct slice from = slice_from(all, (size_t)(p - all.p));

			(*tried)++;
			s->maybe_quoted = p > all.p;
			if (reads(s, from)) {
				s->start = (size_t)(p - all.p);
				s->maybe_quoted &= !s->marked || slice_starts(from, "```");
				return true;
			}
		}
		quoted ^= *p == '`';
	}
	return false;
}

/* Text in a fenced block is a quotation: a file may have a call in it. */
static bool reads_any(struct reader *s, struct slice all)
{
	struct slice rest = all;
	struct fence f;
	bool fenced = false;
	size_t tried = 0;

	while (rest.n && tried < PLACES_MAX) {
		struct slice line = slice_line(&rest);

		if (fenced)
			fenced = !fence_closes(line, &f);
		else if (reads_from_line(s, all, line, &tried))
			return true;
		else
			fenced = fence_opens(line, &f);
	}
	return false;
}

size_t stray_calls(const char *text, size_t len, const struct stray_reader *r, size_t *start)
{
	struct reader *s = mem_zalloc(sizeof(*s));
	struct slice all = slice_trim((struct slice){ text, len });
	struct str plain = STR_INIT, before = STR_INIT;
	bool found;
	size_t n = 0;

	s->r = r;
	call_marks_drop(all, 0, &plain);
	found = reads_any(s, (struct slice){ str_cstr(&plain), plain.len });
	if (found && start)
		*start = (size_t)(all.p - text) + call_marks_drop(all, s->start, &before);
	for (; found && n < s->n; n++) {
		struct str args = STR_INIT;

		json_print(&args, s->v[n].args);
		r->call(r->ctx, s->v[n].name, str_cstr(&args), args.len, s->maybe_quoted);
		str_free(&args);
	}
	drop_all(s);
	free(s);
	str_free(&plain);
	str_free(&before);
	return n;
}
