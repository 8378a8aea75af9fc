/* Edits and files in JSON, as tools are called with them.
 *
 *	{"file_path":..,"old_string":..}	search and replace
 *	{"rtl/x.sv":"module ..."}		a whole file
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
#include "session/base/json.h"
#include "session/base/mem.h"

#define MAX_EDITS   200
#define MAX_NESTING 4 /* of objects that hold edits */

static const char *member(const cJSON *o, enum form_key key)
{
	const char *name;

	for (size_t i = 0; (name = form_key_name(key, i)) != NULL; i++)
		if (json_string(o, name))
			return json_string(o, name);
	return NULL;
}

static void add_edit(struct form_edits *out, const char *path, const char *search, const char *text)
{
	if (out->n == MAX_EDITS)
		return;
	out->v = mem_realloc(out->v, (out->n + 1) * sizeof(*out->v));
	out->v[out->n++] = (struct form_edit){ .path = path ? mem_strdup(path) : NULL,
					       .search = search ? mem_strdup(search) : NULL,
					       .text = mem_strdup(text) };
}

struct slice form_unfenced(struct slice text)
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

static void add_whole(struct form_edits *out, const char *path, const char *whole)
{
	char *text = slice_dup(form_unfenced(slice_of(whole)));

	add_edit(out, path, NULL, text);
	free(text);
}

static bool has_module(const char *text)
{
	return strstr(text, "module ") && strstr(text, "endmodule");
}

/* Whole files without a name are taken when they are modules. */
static void read_edit(const cJSON *o, const char *path, struct form_edits *out)
{
	const char *before = member(o, FORM_OLD), *after = member(o, FORM_NEW),
		   *whole = member(o, FORM_WHOLE);

	if (before && after)
		add_edit(out, path, before, after);
	else if (whole && (path || (has_module(whole) && !strstr(whole, "```"))))
		add_whole(out, path, whole);
}

/* {"rtl/x.sv": "module x ..."} */
static void read_named(const cJSON *child, struct form_edits *out)
{
	struct slice name = slice_of(child->string ? child->string : "");

	if (cJSON_IsString(child) && name_is_verilog(name) &&
	    (has_module(child->valuestring) || name_is_header(name)))
		add_edit(out, child->string, NULL, child->valuestring);
}

static cJSON *nested(const cJSON *child)
{
	bool holds =
		cJSON_IsString(child) && child->string &&
		(strcmp(child->string, "arguments") == 0 || strcmp(child->string, "input") == 0);

	return holds ? json_parse(child->valuestring, strlen(child->valuestring), NULL) : NULL;
}

/* An object or a list of them; depth is limited, so this ends. */
static void read_json(const cJSON *j, const char *path, int depth, struct form_edits *out)
{
	const cJSON *child;

	if (depth > MAX_NESTING)
		return;
	if (cJSON_IsObject(j)) {
		path = member(j, FORM_PATH) ? member(j, FORM_PATH) : path;
		read_edit(j, path, out);
	} else if (!cJSON_IsArray(j)) {
		return;
	}
	cJSON_ArrayForEach(child, j)
	{
		cJSON *arguments = nested(child);

		read_named(child, out);
		read_json(arguments ? arguments : child, path, depth + 1, out);
		cJSON_Delete(arguments);
	}
}

/* A string that is a module, or one fence with it. */
static void read_module(const char *text, struct form_edits *out)
{
	struct slice inner = form_unfenced(slice_of(text));

	if (has_module(text) && slice_find(inner, "```") == inner.n)
		add_whole(out, NULL, text);
}

bool form_json(struct slice text, struct form_edits *out)
{
	struct slice s = slice_trim(text);
	cJSON *j;

	*out = (struct form_edits){ 0 };
	if (s.n == 0 || !strchr("{[\"", s.p[0]))
		return false;
	j = json_parse(s.p, s.n, NULL);
	if (cJSON_IsString(j))
		read_module(j->valuestring, out);
	else if (j)
		read_json(j, NULL, 0, out);
	cJSON_Delete(j);
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
	bool quoted = s.n > 1 && s.p[0] == '"' && s.p[s.n - 1] == '"';
	struct str json = STR_INIT;
	cJSON *j;

	if (memchr(s.p, '\n', s.n) || slice_find(s, "\\n") == s.n)
		return false;
	str_adds(&json, quoted ? "" : "\"");
	str_add(&json, s.p, s.n);
	str_adds(&json, quoted ? "" : "\"");
	j = json_parse(str_cstr(&json), json.len, NULL);
	if (cJSON_IsString(j))
		str_adds(out, j->valuestring);
	cJSON_Delete(j);
	str_free(&json);
	return out->len > 0;
}

size_t form_json_length(struct slice text)
{
	char closing[JSON_DEPTH];
	size_t depth = 0;
	bool string = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (string) {
			i += c == '\\';
			string = c != '"';
		} else if (c == '"') {
			string = true;
		} else if (c == '{' || c == '[') {
			if (depth == JSON_DEPTH)
				return 0;
			closing[depth++] = c == '{' ? '}' : ']';
		} else if (depth == 0 || ((c == '}' || c == ']') && c != closing[--depth])) {
			return 0;
		} else if (depth == 0) {
			return i + 1;
		}
	}
	return 0;
}

/* The first string that is an answer itself: it has a fence, a module or a patch. */
static const char *said_in(const cJSON *j, int depth)
{
	const cJSON *child;
	const char *said = cJSON_IsString(j) ? j->valuestring : NULL;

	if (said)
		return strstr(said, "```") || has_module(said) || strstr(said, "*** Begin Patch")
			       ? said
			       : NULL;
	if (depth > MAX_NESTING)
		return NULL;
	cJSON_ArrayForEach(child, j) if ((said = said_in(child, depth + 1)) != NULL) return said;
	return NULL;
}

bool form_answer(struct slice text, struct str *out)
{
	struct slice s = slice_trim(text);
	cJSON *j;

	if (s.n == 0 || !strchr("{[\"", s.p[0]))
		return false;
	j = json_parse(s.p, s.n, NULL);
	if (j)
		str_adds(out, said_in(j, 0));
	cJSON_Delete(j);
	return out->len > 0;
}

/* "<|python_tag|>{...}<|eom_id|>", "[TOOL_CALLS][{...}]": special tokens around a call
 * that the server took for text. */
struct slice form_bare(struct slice text)
{
	struct slice s = slice_trim(text);
	size_t open = 0, end = s.n;

	if (slice_starts(s, "[TOOL_CALLS]"))
		return slice_trim(slice_from(s, 12));
	if (!slice_starts(s, "<|"))
		return s;
	while (open < s.n && s.p[open] != '{' && s.p[open] != '[')
		open++;
	while (end > open && s.p[end - 1] != '}' && s.p[end - 1] != ']')
		end--;
	return open < 200 && end > open ? (struct slice){ s.p + open, end - open } : s;
}

void form_edits_fini(struct form_edits *e)
{
	for (size_t i = 0; i < e->n; i++) {
		free(e->v[i].path);
		free(e->v[i].search);
		free(e->v[i].text);
	}
	free(e->v);
	*e = (struct form_edits){ 0 };
}
