/* Recursive descent, as in python_call.c. Only a text without quotes is hard to end: in a list
 * at the next comma, in an object before the comma that a key follows, as a text may have commas.
 */
#include "config.h"

#include "session/turn/stray_gemma.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"

#define DEPTH_MAX 8
#define PAIRS_MAX 64 /* of one object: each key is looked for among those before it */

static const char quote[] = "<|\"|>";

static bool take(struct slice *s, const char *what)
{
	slice_skip_space(s);
	if (!slice_starts(*s, what))
		return false;
	*s = slice_from(*s, strlen(what));
	return true;
}

static struct slice take_bytes(struct slice *s, size_t n)
{
	struct slice taken = { s->p, n };

	*s = slice_from(*s, n);
	return taken;
}

static cJSON *text_of(struct slice s)
{
	char *copy = slice_dup(s);
	cJSON *v = cJSON_CreateString(copy);

	free(copy);
	return v;
}

/* The text up to the closing token or quote. NULL: it has none. */
static cJSON *take_quoted(struct slice *s, const char *mark)
{
	size_t n = slice_find(*s, mark);
	cJSON *v = n < s->n ? text_of((struct slice){ s->p, n }) : NULL;

	*s = slice_from(*s, v ? n + strlen(mark) : n);
	return v;
}

static bool key_follows(struct slice s)
{
	slice_skip_space(&s);
	return slice_word(s) && slice_word(s) < s.n && s.p[slice_word(s)] == ':';
}

/* A number, true, false, null, or a text without marks. */
static cJSON *take_bare(struct slice *s, bool in_list)
{
	struct slice word;
	size_t n = 0;
	cJSON *v;

	while (n < s->n && s->p[n] != '}' && s->p[n] != ']' &&
	       !(s->p[n] == ',' && (in_list || key_follows(slice_from(*s, n + 1)))))
		n++;
	word = slice_trim(take_bytes(s, n));
	v = json_parse_strict(word.p, word.n, NULL);
	return v ? v : text_of(word);
}

static bool take_pairs(struct slice *s, cJSON *to, int depth);
static bool take_list(struct slice *s, cJSON *to, int depth);

static cJSON *take_value(struct slice *s, bool in_list, int depth)
{
	cJSON *v;

	slice_skip_space(s);
	if (depth == DEPTH_MAX)
		return NULL;
	if (take(s, quote))
		return take_quoted(s, quote);
	if (take(s, "\""))
		return take_quoted(s, "\"");
	if (s->n == 0 || (s->p[0] != '{' && s->p[0] != '['))
		return take_bare(s, in_list);
	v = s->p[0] == '{' ? cJSON_CreateObject() : cJSON_CreateArray();
	*s = slice_from(*s, 1);
	if (cJSON_IsObject(v) ? take_pairs(s, v, depth + 1) : take_list(s, v, depth + 1))
		return v;
	cJSON_Delete(v);
	return NULL;
}

/* Reads a list; s is behind its "[", and then behind its "]". */
static bool take_list(struct slice *s, cJSON *to, int depth)
{
	while (!take(s, "]")) {
		cJSON *v = take_value(s, true, depth);

		if (!v || !cJSON_AddItemToArray(to, v))
			return false;
		if (!take(s, ",") && (s->n == 0 || s->p[0] != ']'))
			return false;
	}
	return true;
}

static bool take_pairs(struct slice *s, cJSON *to, int depth)
{
	for (size_t n = 0; !take(s, "}"); n++) {
		struct slice key = take_bytes(s, slice_word(*s));
		char *k = slice_dup(key);
		cJSON *v = key.n && take(s, ":") ? take_value(s, false, depth) : NULL;
		bool ok = v && n < PAIRS_MAX && !json_get(to, k) && cJSON_AddItemToObject(to, k, v);

		if (!ok)
			cJSON_Delete(v);
		free(k);
		if (!ok || (!take(s, ",") && (s->n == 0 || s->p[0] != '}')))
			return false;
		slice_skip_space(s);
	}
	return true;
}

cJSON *stray_gemma(struct slice *rest, struct slice *name)
{
	cJSON *args = cJSON_CreateObject();

	if (take(rest, "call:")) {
		*name = take_bytes(rest, slice_word(*rest));
		if (name->n && take(rest, "{") && take_pairs(rest, args, 0))
			return args;
	}
	cJSON_Delete(args);
	return NULL;
}
