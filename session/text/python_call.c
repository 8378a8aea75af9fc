/* Recursive descent over what Python's grammar has of literals. Each take_*() function removes
 * what it read from the slice; the first one that finds something else ends all.
 */
#include "config.h"

#include "session/text/python_call.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"

#define DEPTH_MAX 8 /* of lists and dictionaries in a value */

/* The character behind blanks is c, and taken. */
static bool take(struct slice *s, char c)
{
	slice_skip_space(s);
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = slice_from(*s, 1);
	return true;
}

/* Bytes of an identifier, with dots in it (functions.lint). */
static size_t name_length(struct slice s)
{
	size_t n = 0;

	while (n < s.n && (isalnum((unsigned char)s.p[n]) || s.p[n] == '_' || s.p[n] == '.'))
		n++;
	return n;
}

static struct slice take_name(struct slice *s)
{
	struct slice name;

	slice_skip_space(s);
	name = (struct slice){ s->p, name_length(*s) };
	*s = slice_from(*s, name.n);
	return name;
}

bool python_call_begins(struct slice s)
{
	size_t n = name_length(s);

	return n && n < s.n && s.p[n] == '(';
}

/* The string at s, in one or three quotes of either kind. Escapes of one letter are read,
 * others stay as they are. NULL: there is none, or it has no end. */
static cJSON *take_string(struct slice *s)
{
	static const char from[] = "nrt0'\"\\", to[] = "\n\r\t\0'\"\\";
	const char mark = s->p[0];
	size_t width = slice_run(*s, mark) >= 3 ? 3 : 1, i = width;
	struct str text = STR_INIT;
	cJSON *v = NULL;

	while (i < s->n && slice_run(slice_from(*s, i), mark) < width) {
		const char *at = NULL;

		if (slice_starts(slice_from(*s, i), "\\\n")) { /* the line goes on */
			i += 2;
			continue;
		}
		if (width == 1 && s->p[i] == '\n')
			break;
		if (s->p[i] == '\\' && i + 1 < s->n)
			at = memchr(from, s->p[i + 1], sizeof(from) - 1);
		if (at && s->p[i + 1] != '0')
			str_addc(&text, to[at - from]);
		else if (!at)
			str_addc(&text, s->p[i]);
		i += at ? 2 : 1;
	}
	if (i < s->n && slice_run(slice_from(*s, i), mark) >= width) {
		v = cJSON_CreateString(str_cstr(&text));
		*s = slice_from(*s, i + width);
	}
	str_free(&text);
	return v;
}

/* A number, True, False or None. */
static cJSON *take_word(struct slice *s)
{
	struct slice word = { s->p, 0 };
	cJSON *v;

	while (word.n < s->n && !strchr(" \t\r\n,)]}:", s->p[word.n]))
		word.n++;
	*s = slice_from(*s, word.n);
	if (slice_is(word, "True") || slice_is(word, "true"))
		return cJSON_CreateTrue();
	if (slice_is(word, "False") || slice_is(word, "false"))
		return cJSON_CreateFalse();
	if (slice_is(word, "None") || slice_is(word, "null"))
		return cJSON_CreateNull();
	v = json_parse_strict(word.p, word.n, NULL);
	if (cJSON_IsNumber(v))
		return v;
	cJSON_Delete(v);
	return NULL;
}

static cJSON *take_value(struct slice *s, int depth);

/* Reads the contents of a list or a dictionary, up to close. */
static bool take_items(struct slice *s, cJSON *to, char close, int depth)
{
	while (!take(s, close)) {
		cJSON *key = NULL, *item = NULL;
		bool ok = true;

		if (cJSON_IsObject(to)) {
			slice_skip_space(s);
			key = s->n && strchr("'\"", s->p[0]) ? take_string(s) : NULL;
			ok = key && take(s, ':');
		}
		item = ok ? take_value(s, depth) : NULL;
		ok = item && (key ? cJSON_AddItemToObject(to, key->valuestring, item)
				  : cJSON_AddItemToArray(to, item));
		cJSON_Delete(key);
		slice_skip_space(s);
		if (!ok || (!take(s, ',') && (s->n == 0 || s->p[0] != close)))
			return false;
	}
	return true;
}

static cJSON *take_value(struct slice *s, int depth)
{
	cJSON *v;

	slice_skip_space(s);
	if (s->n == 0 || depth == DEPTH_MAX)
		return NULL;
	if (s->p[0] == '\'' || s->p[0] == '"')
		return take_string(s);
	if (s->p[0] != '[' && s->p[0] != '{')
		return take_word(s);
	v = s->p[0] == '{' ? cJSON_CreateObject() : cJSON_CreateArray();
	*s = slice_from(*s, 1);
	if (take_items(s, v, cJSON_IsObject(v) ? '}' : ']', depth + 1))
		return v;
	cJSON_Delete(v);
	return NULL;
}

cJSON *python_call(struct slice *rest, struct slice *name)
{
	cJSON *args;
	bool ok = true, printed;

	*name = take_name(rest);
	printed = slice_is(*name, "print") && take(rest, '(');
	if (printed)
		*name = take_name(rest);
	if (name->n == 0 || !take(rest, '('))
		return NULL;
	args = cJSON_CreateObject();
	while (ok && !take(rest, ')')) {
		struct slice key = take_name(rest);
		cJSON *v = key.n && take(rest, '=') ? take_value(rest, 0) : NULL;
		char *k = slice_dup(key);

		ok = v && !json_get(args, k) && cJSON_AddItemToObject(args, k, v);
		if (!ok)
			cJSON_Delete(v);
		ok = ok && (take(rest, ',') || (rest->n && rest->p[0] == ')'));
		free(k);
	}
	if (ok && (!printed || take(rest, ')')))
		return args;
	cJSON_Delete(args);
	return NULL;
}
