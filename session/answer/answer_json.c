/* Edits and files in JSON, as in tool calls.
 *
 *	{"file_path":..,"old_string":..}	search and replace
 *	{"rtl/x.sv":"module ..."}		a whole file
 *	{"file":..,"lines":["module ...", ..]}	or a list of its lines
 *	write_file(path="x.sv", content="""..""")	the same, as Python calls a function
 *	<tool_call>, [TOOL_CALLS], <|tag|>	marks around one of these, dropped
 *
 * Nesting and the number of edits are limited.
 */
#include "config.h"

#include "session/answer/answer_form.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_fence.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_raw.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/text/python_call.h"

#define MAX_EDITS   200
#define MAX_LOOKS   50 /* each may cost a pass to the end */
#define MAX_NESTING 4  /* of objects that contain edits */

/* A text, or the concatenation of a list of lines. The caller frees; NULL: neither. */
static char *text_of(const cJSON *j)
{
	bool ended = true; /* every line except the last has its line ending already */
	struct str text = STR_INIT;
	const cJSON *line;

	if (cJSON_IsString(j))
		return mem_strdup(j->valuestring);
	if (!cJSON_IsArray(j) || cJSON_GetArraySize(j) == 0)
		return NULL;
	cJSON_ArrayForEach(line, j) {
		if (!cJSON_IsString(line))
			return NULL;
		ended = ended && (!line->next || str_ends(line->valuestring, "\n"));
	}
	cJSON_ArrayForEach(line, j) {
		str_adds(&text, line->valuestring);
		if (!ended || (!line->next && !str_ends(line->valuestring, "\n")))
			str_addc(&text, '\n');
	}
	return str_take(&text);
}

/* The first argument of that kind; NULL: none. The caller frees. */
static char *member(const cJSON *o, enum form_key key)
{
	const char *name;
	char *text;

	for (size_t i = 0; (name = form_key_name(key, i)) != NULL; i++)
		if ((text = text_of(json_get(o, name))) != NULL)
			return text;
	return NULL;
}

static bool flag(const cJSON *o, enum form_key key)
{
	const char *name;
	bool yes = false;

	for (size_t i = 0; (name = form_key_name(key, i)) != NULL; i++)
		yes |= cJSON_IsTrue(json_get(o, name));
	return yes;
}

/* These keys count as a path only if the value is the name of a Verilog file. */
static char *path_of(const cJSON *o)
{
	static const char *const names[] = { "name", "title", "uri", "relative_path",
					     "file_to_edit" };
	char *path = member(o, FORM_PATH);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && !path; i++)
		if (json_string(o, names[i]) && name_is_verilog(slice_of(json_string(o, names[i]))))
			path = mem_strdup(json_string(o, names[i]));
	return path;
}

/* True if it is for some lines of a file, or for its end. */
static bool is_part(const cJSON *o)
{
	static const char *const names[] = { "start_line", "startLine",	  "StartLine",
					     "line_start", "line",	  "line_number",
					     "range",	   "insert_line", "from_line",
					     "offset",	   "position",	  "start",
					     "append",	   "insert_after" };
	const char *mode = json_string(o, "mode");

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (json_get(o, names[i]) && !cJSON_IsFalse(json_get(o, names[i])) &&
		    !cJSON_IsNull(json_get(o, names[i])))
			return true;
	return mode && (strcmp(mode, "a") == 0 || strcmp(mode, "append") == 0);
}

static void add_edit(struct form_edits *out, const char *path, const char *search, const char *text,
		     bool all)
{
	if (out->n == MAX_EDITS)
		return;
	out->v = mem_realloc(out->v, (out->n + 1) * sizeof(*out->v));
	out->v[out->n++] = (struct form_edit){ .path = mem_strdup(path),
					       .search = mem_strdup(search),
					       .text = mem_strdup(text),
					       .all = all };
}

/* The text in the single fence that makes up all of text; otherwise text. */
static struct slice form_unfenced(struct slice text)
{
	struct slice rest = slice_trim(text), first = slice_line(&rest), inner = rest;
	struct fence f;

	if (!fence_opens(first, &f))
		return text;
	while (rest.n) {
		struct slice line = slice_line(&rest);

		if (fence_closes(line, &f) && rest.n == 0)
			return (struct slice){ inner.p, (size_t)(line.p - inner.p) };
		if (fence_closes(line, &f))
			return text;
	}
	return text;
}

static void drop_last(struct form_edits *out)
{
	struct form_edit *e = &out->v[--out->n];

	free(e->path);
	free(e->search);
	free(e->text);
}

static void add_whole(struct form_edits *out, const char *path, const char *whole)
{
	char *text = slice_dup(form_unfenced(slice_of(whole)));

	add_edit(out, path, NULL, text, false);
	free(text);
}

static bool has_module(const char *text)
{
	return strstr(text, "module ") && strstr(text, "endmodule");
}

/* True, whatever its key, for a text that is a module and nothing else. */
static bool is_module(const char *text)
{
	struct slice s = slice_of(text);

	if (slice_starts(s, "%%"))
		slice_line(&s); /* first line of a notebook cell */
	return has_module(text) && !strstr(text, "```") && raw_begins(s);
}

/* Texts under keys that no tool uses, {"verilog": ["module f(", ...]}: with a path
 * only one is taken, otherwise all. */
static void read_others(const cJSON *o, const char *path, struct form_edits *out)
{
	const cJSON *child;
	size_t n = 0, before = out->n;

	cJSON_ArrayForEach(child, o) {
		struct slice name = slice_of(child->string ? child->string : "");
		char *text = name_is_verilog(name) ? NULL : text_of(child);

		if (text && is_module(text)) {
			add_whole(out, path, text);
			n++;
		}
		free(text);
	}
	while (path && n > 1 && out->n > before)
		drop_last(out);
}

/* Whole files without a name are taken only if they are modules. */
static void read_edit(const cJSON *o, const char *path, struct form_edits *out)
{
	char *before = member(o, FORM_OLD), *after = member(o, FORM_NEW),
	     *whole = member(o, FORM_WHOLE);

	if (before && after)
		add_edit(out, path, before, after, flag(o, FORM_ALL));
	else if (whole && !is_part(o) && (path || (has_module(whole) && !strstr(whole, "```"))))
		add_whole(out, path, whole);
	else if (!whole && !before && !after && !is_part(o))
		read_others(o, path, out);
	free(before);
	free(after);
	free(whole);
}

/* {"rtl/x.sv": "module x ..."} */
static void read_named(const cJSON *child, struct form_edits *out)
{
	struct slice name = slice_of(child->string ? child->string : "");
	char *text = name_is_verilog(name) ? text_of(child) : NULL;

	if (text && (has_module(text) || name_is_header(name)))
		add_whole(out, child->string, text);
	free(text);
}

static cJSON *nested(const cJSON *child)
{
	bool holds =
		cJSON_IsString(child) && child->string &&
		(strcmp(child->string, "arguments") == 0 || strcmp(child->string, "input") == 0);

	return holds ? json_parse(child->valuestring, strlen(child->valuestring), NULL) : NULL;
}

/* Reads an object or a list of them; depth is limited, so the recursion ends. */
static void read_json(const cJSON *j, const char *path, int depth, struct form_edits *out)
{
	const cJSON *child;
	char *own = NULL;

	if (depth > MAX_NESTING || !(cJSON_IsObject(j) || cJSON_IsArray(j)))
		return;
	if (cJSON_IsObject(j)) {
		own = path_of(j);
		path = own ? own : path;
		read_edit(j, path, out);
	}
	cJSON_ArrayForEach(child, j) {
		cJSON *arguments = nested(child);
		bool named = child->string && name_is_verilog(slice_of(child->string));

		read_named(child, out);
		read_json(arguments ? arguments : child, named ? child->string : path, depth + 1,
			  out);
		cJSON_Delete(arguments);
	}
	free(own);
}

/* A string that is a module, or a single fence with one. */
static void read_module(const char *text, struct form_edits *out)
{
	struct slice inner = form_unfenced(slice_of(text));

	if (has_module(text) && slice_find(inner, "```") == inner.n)
		add_whole(out, NULL, text);
}

/* The arguments of the calls at the start of *s, with the brackets of a list around them or
 * not; *s is moved behind them. NULL: there are none, and *s is undefined. */
static cJSON *take_calls(struct slice *s)
{
	bool list = slice_starts(*s, "[");
	cJSON *calls = cJSON_CreateArray(), *args;
	struct slice rest = slice_from(*s, list), name;

	for (slice_skip_space(&rest); python_call_begins(rest); slice_skip_space(&rest)) {
		args = python_call(&rest, &name);
		if (!args)
			break;
		cJSON_AddItemToArray(calls, args);
		*s = rest;
		slice_skip_space(&rest);
		if (list && slice_starts(rest, ","))
			rest = slice_from(rest, 1);
	}
	if (list && cJSON_GetArraySize(calls) && slice_starts(rest, "]"))
		*s = slice_from(rest, 1);
	else if (list || cJSON_GetArraySize(calls) == 0) {
		cJSON_Delete(calls);
		calls = NULL;
	}
	return calls;
}

/* NULL: neither JSON nor calls. */
static cJSON *parse(struct slice s)
{
	cJSON *j = s.n && strchr("{[\"", s.p[0]) ? json_parse(s.p, s.n, NULL) : NULL;

	if (!j && s.n && s.p[0] != '{' && (j = take_calls(&s)) != NULL && !slice_blank(s)) {
		cJSON_Delete(j);
		j = NULL;
	}
	return j;
}

bool form_json(struct slice text, struct form_edits *out)
{
	cJSON *j = parse(slice_trim(text));

	*out = (struct form_edits){ 0 };
	if (cJSON_IsString(j) && strchr("{[", j->valuestring[0])) { /* encoded twice */
		cJSON *inner = json_parse(j->valuestring, strlen(j->valuestring), NULL);

		cJSON_Delete(j);
		j = inner;
	}
	if (cJSON_IsString(j))
		read_module(j->valuestring, out);
	else if (j)
		read_json(j, NULL, 0, out);
	cJSON_Delete(j);
	if (out->n == 0)
		form_edits_fini(out);
	return out->n > 0;
}

bool form_edits_in(struct slice text)
{
	struct form_edits edits;

	if (!form_json(text, &edits))
		return false;
	form_edits_fini(&edits);
	return true;
}

bool form_string(struct slice s, struct str *out)
{
	bool yes, quoted = s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"';
	struct str json = STR_INIT;
	cJSON *j;

	if (memchr(s.p, '\n', s.n) || slice_find(s, "\\n") == s.n)
		return false;
	str_adds(&json, quoted ? "" : "\"");
	str_add(&json, s.p, s.n);
	str_adds(&json, quoted ? "" : "\"");
	j = json_parse(str_cstr(&json), json.len, NULL);
	yes = cJSON_IsString(j) && j->valuestring[0];
	if (yes)
		str_adds(out, j->valuestring);
	cJSON_Delete(j);
	str_free(&json);
	return yes;
}

size_t form_calls_length(struct slice text)
{
	struct slice rest = text;
	cJSON *calls = take_calls(&rest);
	size_t n = calls ? text.n - rest.n : 0;

	cJSON_Delete(calls);
	return n;
}

/* True if the object or list at the start of s has no end, and is JSON so far. */
static bool has_no_end(struct slice s)
{
	/* outside of strings: also the bytes of numbers, true, false and null */
	static const char known[] = "{}[]:, \t\r\n+-.0123456789aeflnrstuE";
	size_t depth = 0;
	bool string = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (string) {
			i += c == '\\';
			string = c != '"';
			continue;
		}
		string = c == '"';
		if (!string && (c == '\0' || !strchr(known, c)))
			return false;
		depth += c == '{' || c == '[';
		depth -= c == '}' || c == ']';
		if (depth == 0)
			return false;
	}
	return s.n > 0;
}

/* {"key or [{ or ["text: what opens JSON and nothing else that is written. */
static bool opens_json(struct slice s)
{
	struct slice inner = slice_from(s, 1);

	while (inner.n && slice_space(inner.p[0]))
		inner = slice_from(inner, 1);
	return slice_starts(inner, "\"") || (s.p[0] == '[' && slice_starts(inner, "{"));
}

/* An opening bracket within a string of its line belongs to some other language: $write("[{"); */
bool form_json_breaks_off(struct slice text)
{
	bool string = false;
	int looks = 0;

	for (; text.n && looks < MAX_LOOKS; text = slice_from(text, 1)) {
		string = text.p[0] != '\n' && string != (text.p[0] == '"');
		if (string || (text.p[0] != '{' && text.p[0] != '[') || !opens_json(text))
			continue;
		if (has_no_end(text))
			return true;
		looks++;
	}
	return false;
}

/* True for a string that is an answer itself: it has a fence, a module or a patch. */
static bool is_said(const char *text)
{
	return strstr(text, "```") || has_module(text) || strstr(text, "*** Begin Patch");
}

/* Number of such strings; *said is the first. */
static size_t said_in(const cJSON *j, int depth, const char **said)
{
	const cJSON *child;
	size_t n = 0;

	if (cJSON_IsString(j) && is_said(j->valuestring)) {
		*said = *said ? *said : j->valuestring;
		return 1;
	}
	if (depth > MAX_NESTING)
		return 0;
	cJSON_ArrayForEach(child, j)
		n += said_in(child, depth + 1, said);
	return n;
}

bool form_answer(struct slice text, struct str *out)
{
	struct slice s = slice_trim(text);
	const char *said = NULL;
	cJSON *j;

	if (s.n == 0 || !strchr("{[\"", s.p[0]))
		return false;
	j = json_parse(s.p, s.n, NULL);
	if (j && said_in(j, 0, &said) == 1)
		str_adds(out, said);
	cJSON_Delete(j);
	return out->len > 0;
}

void form_edits_fini(struct form_edits *e)
{
	while (e->n)
		drop_last(e);
	free(e->v);
	*e = (struct form_edits){ 0 };
}
