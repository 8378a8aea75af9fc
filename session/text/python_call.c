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

/* Adds the character that a backslash at the start of s stands for, or both bytes. Returns how
 * many were read. known: only the first so many escapes are read. */
static size_t take_escape(struct slice s, size_t known, struct str *out)
{
	static const char from[] = "\\'\"nrt0\n", to[] = "\\'\"\n\r\t";
	const char *at = s.n > 1 && known ? memchr(from, s.p[1], known) : NULL;
	size_t i = at ? (size_t)(at - from) : sizeof(to);

	if (!at)
		str_add(out, s.p, s.n > 1 ? 2 : 1);
	else if (i < sizeof(to) - 1)
		str_addc(out, to[i]); /* else NUL, or a line that goes on: no character */
	return s.n > 1 ? 2 : 1;
}

/* Number of the escapes to read in a string. In one of several lines the model wrote a file as
 * it is: a \n in it, or a backslash at the end of a line, is Verilog's, and so is \" if there
 * are quotes without a backslash, too. */
static size_t escapes_of(struct slice body, size_t width)
{
	if (width < 3 || !memchr(body.p, '\n', body.n))
		return 8;
	for (size_t i = 0; i < body.n; i += body.p[i] == '\\' ? 2 : 1)
		if (body.p[i] == '"')
			return 1;
	return 3;
}

/* Offset of the quotes that end the string; s.n: there are none. */
static size_t string_end(struct slice s, char mark, size_t width)
{
	size_t i = width;

	while (i < s.n && slice_run(slice_from(s, i), mark) < width) {
		if (width == 1 && s.p[i] == '\n')
			return s.n;
		i += s.p[i] == '\\' ? 2 : 1;
	}
	return i < s.n ? i : s.n;
}

/* The string at s, in one or three quotes of either kind. Escapes of one letter are read,
 * others stay as they are. NULL: there is none, or it has no end. */
static cJSON *take_string(struct slice *s)
{
	size_t width = slice_run(*s, s->p[0]) >= 3 ? 3 : 1, end = string_end(*s, s->p[0], width);
	struct slice body = { s->p + width, end - width };
	struct str text = STR_INIT;
	cJSON *v = NULL;
	size_t known;

	if (end == s->n)
		return NULL;
	if (width == 3 && slice_starts(body, "\\\n"))
		body = slice_from(body, 2); /* usual in Python: the text begins on the next line */
	known = escapes_of(body, width);
	while (body.n) {
		size_t n = body.p[0] == '\\' ? take_escape(body, known, &text) : 1;

		if (body.p[0] != '\\')
			str_addc(&text, body.p[0]);
		body = slice_from(body, n);
	}
	v = cJSON_CreateString(str_cstr(&text));
	*s = slice_from(*s, end + width);
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
