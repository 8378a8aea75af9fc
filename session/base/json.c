/* cJSON never gets raw text. A quick scan for a few bytes finds out whether the
 * text contains anything that cJSON would cut, refuse or overflow on; nearly all
 * text does not and is passed on as it is. Other text is copied with each such
 * place replaced by U+FFFD.
 */
#include "config.h"

#include "session/base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"

/* Value of the four hexadecimal digits at s, or -1. */
static long hex4(const char *s, size_t len)
{
	long v = 0;

	if (len < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = s[i];

		if (c >= '0' && c <= '9')
			v = v << 4 | (c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			v = v << 4 | ((c | 32) - 'a' + 10);
		else
			return -1;
	}
	return v;
}

/* Length of the escape \uXXXX at s (s points at the backslash); *bad says that it
 * must be replaced. */
static size_t u_escape(const char *s, size_t len, bool *bad)
{
	long v = len >= 6 ? hex4(s + 2, len - 2) : -1;

	*bad = false;
	if (v < 0)
		return 2; /* cJSON will refuse it */
	if (v >= 0xd800 && v <= 0xdbff) {
		long low = len >= 12 && s[6] == '\\' && s[7] == 'u' ? hex4(s + 8, len - 8) : -1;

		if (low >= 0xdc00 && low <= 0xdfff)
			return 12;
		*bad = true;
	} else if (v == 0 || (v >= 0xdc00 && v <= 0xdfff)) {
		*bad = true;
	}
	return 6;
}

static bool has_u_escape(const char *text, size_t len)
{
	const char *end = text + len, *p = text;

	while ((p = memchr(p, '\\', (size_t)(end - p))) && end - p > 1) {
		if (p[1] == 'u')
			return true;
		p += 2;
	}
	return false;
}

/* True if text can go to cJSON as it is. A backslash outside a string may hide the
 * next one here, but then cJSON refuses the text. */
static bool looks_clean(const char *text, size_t len)
{
	return !memchr(text, '\0', len) && !has_u_escape(text, len) && utf8_valid(text, len);
}

/* Number of c in text, but at most JSON_DEPTH + 1. */
static size_t count_up_to(const char *text, size_t len, char c)
{
	const char *end = text + len, *p = text;
	size_t n = 0;

	while (n <= JSON_DEPTH && (p = memchr(p, c, (size_t)(end - p)))) {
		n++;
		p++;
	}
	return n;
}

/* A cheap test that nearly all texts pass: nothing nests deeper than its number of
 * brackets. */
static bool has_few_brackets(const char *text, size_t len)
{
	size_t n;

	if (len <= 2 * JSON_DEPTH) /* each has its other half, or cJSON refuses the text */
		return true;
	n = count_up_to(text, len, '{');
	return n + count_up_to(text, len, '[') <= JSON_DEPTH;
}

/* Appends text with everything replaced that cJSON mishandles. */
static void rewrite(const char *text, size_t len, struct str *out)
{
	size_t i = 0;

	while (i < len) {
		unsigned cp;
		size_t n;
		bool bad = false;

		if (text[i] == '\\' && i + 1 < len) {
			n = text[i + 1] == 'u' ? u_escape(text + i, len - i, &bad) : 2;
			if (text[i + 1] != 'u' || !bad)
				str_add(out, text + i, n);
			else
				str_adds(out, REPLACEMENT);
			i += n;
			continue;
		}
		n = utf8_decode(text + i, len - i, &cp);
		if (n == 0 || cp == 0) {
			str_adds(out, REPLACEMENT);
			i++;
		} else {
			str_add(out, text + i, n);
			i += n;
		}
	}
}

struct nesting {
	int level; /* brackets that are open; below 0: more were closed than opened */
	bool in_string, escaped;
};

/* Counts the next byte of a text. */
static void nesting_step(struct nesting *n, char c)
{
	if (n->escaped)
		n->escaped = false;
	else if (n->in_string && c == '\\')
		n->escaped = true;
	else if (c == '"')
		n->in_string = !n->in_string;
	else if (!n->in_string && (c == '{' || c == '['))
		n->level++;
	else if (!n->in_string && (c == '}' || c == ']'))
		n->level--;
}

static int depth_of(const char *text, size_t len)
{
	struct nesting n = { 0 };
	int deepest = 0;

	for (size_t i = 0; i < len; i++) {
		nesting_step(&n, text[i]);
		deepest = n.level > deepest ? n.level : deepest;
	}
	return deepest;
}

/* Length of a number at s that is not JSON but what Python writes; 0: none. */
static size_t odd_number(const char *s, size_t len)
{
	static const char *const names[] = { "NaN", "Infinity", "-Infinity" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t n = strlen(names[i]);

		if (len >= n && memcmp(s, names[i], n) == 0)
			return n;
	}
	return 0;
}

/* Copies text with null for each such number; false: there is none. */
static bool drop_odd_numbers(const char *text, size_t len, struct str *out)
{
	bool in_string = false, some = false;

	for (size_t i = 0; i < len;) {
		size_t n = in_string ? 0 : odd_number(text + i, len - i);
		size_t step = n ? n : in_string && text[i] == '\\' && i + 1 < len ? 2 : 1;

		if (text[i] == '"')
			in_string = !in_string;
		if (n)
			str_adds(out, "null");
		else
			str_add(out, text + i, step);
		some |= n != 0;
		i += step;
	}
	return some;
}

/* Nearly no text has them, so this runs only for one that could not be parsed. */
static cJSON *parse_odd(const char *text, size_t len)
{
	struct str copy = STR_INIT;
	const char *end = NULL;
	cJSON *value = NULL;

	if (memmem(text, len, "NaN", 3) || memmem(text, len, "Infinity", 8)) {
		if (drop_odd_numbers(text, len, &copy))
			value = cJSON_ParseWithLengthOpts(str_cstr(&copy), copy.len, &end, false);
		while (value && end < str_cstr(&copy) + copy.len && strchr(" \t\r\n", *end))
			end++;
		if (value && end != str_cstr(&copy) + copy.len) {
			cJSON_Delete(value);
			value = NULL;
		}
	}
	str_free(&copy);
	return value;
}

static cJSON *parse(const char *text, size_t len, bool strict, struct err *err)
{
	struct str copy = STR_INIT;
	const char *end = NULL;
	cJSON *value = NULL;

	if (!looks_clean(text, len)) {
		rewrite(text, len, &copy);
		text = str_cstr(&copy);
		len = copy.len;
	}
	if (!has_few_brackets(text, len) && depth_of(text, len) > JSON_DEPTH) {
		err_set(err, ERR_PARSE, "JSON nested deeper than %d levels", JSON_DEPTH);
		goto out;
	}
	value = cJSON_ParseWithLengthOpts(text, len, &end, false);
	while (value && end && end < text + len && strchr(" \t\r\n", *end) && *end)
		end++;
	if (!value || (end && end != text + len)) {
		size_t at = end && end >= text && end <= text + len ? (size_t)(end - text) : 0;
		size_t show = len - at > 60 ? 60 : len - at;

		cJSON_Delete(value);
		value = strict ? NULL : parse_odd(text, len);
		if (value)
			goto out;
		err_set(err, ERR_PARSE, "not JSON at byte %zu: %.*s", at, (int)show, text + at);
	}
out:
	str_free(&copy);
	return value;
}

cJSON *json_parse(const char *text, size_t len, struct err *err)
{
	return parse(text, len, false, err);
}

cJSON *json_parse_strict(const char *text, size_t len, struct err *err)
{
	return parse(text, len, true, err);
}

/* Like cJSON_IsObject() and the others, without a call into the library. */
static bool is(const cJSON *v, int type)
{
	return v && (v->type & 0xff) == type;
}

size_t json_length(const char *text, size_t len)
{
	struct nesting n = { 0 };

	for (size_t i = 0; i < len; i++) {
		int before = n.level;

		nesting_step(&n, text[i]);
		if (before == 1 && n.level == 0)
			return i + 1;
	}
	return 0;
}

const cJSON *json_get(const cJSON *object, const char *key)
{
	/* Most members of a stream's objects are looked up in vain, so compare the
	 * first letter first. */
	if (!is(object, cJSON_Object))
		return NULL;
	for (const cJSON *m = object->child; m; m = m->next)
		if (m->string && m->string[0] == key[0] && strcmp(m->string, key) == 0)
			return m;
	return NULL;
}

const char *json_string(const cJSON *object, const char *key)
{
	const cJSON *v = json_get(object, key);

	return is(v, cJSON_String) ? v->valuestring : NULL;
}

bool json_is(const cJSON *object, const char *key, const char *value)
{
	const char *s = json_string(object, key);

	return s && strcmp(s, value) == 0;
}

const cJSON *json_array(const cJSON *object, const char *key)
{
	const cJSON *v = json_get(object, key);

	return is(v, cJSON_Array) ? v : NULL;
}

const cJSON *json_object(const cJSON *object, const char *key)
{
	const cJSON *v = json_get(object, key);

	return is(v, cJSON_Object) ? v : NULL;
}

double json_number(const cJSON *object, const char *key, double otherwise)
{
	const cJSON *v = json_get(object, key);

	return is(v, cJSON_Number) ? v->valuedouble : otherwise;
}

bool json_bool(const cJSON *object, const char *key, bool otherwise)
{
	const cJSON *v = json_get(object, key);

	return cJSON_IsBool(v) ? cJSON_IsTrue(v) : otherwise;
}

unsigned long long json_uint(const cJSON *object, const char *key, unsigned long long otherwise)
{
	double d = json_number(object, key, -1);

	if (!(d >= 0 && d <= 9007199254740992.0) || d != (double)(unsigned long long)d)
		return otherwise;
	return (unsigned long long)d;
}

bool json_quote(struct str *out, const char *text, size_t len)
{
	bool exact = true;
	size_t i = 0;

	str_add(out, "\"", 1);
	while (i < len) {
		size_t run = i;
		unsigned cp;
		size_t n;

		while (run < len && (unsigned char)text[run] >= 0x20 && text[run] != '"' &&
		       text[run] != '\\' && (unsigned char)text[run] < 0x7f)
			run++;
		if (run > i) {
			str_add(out, text + i, run - i);
			i = run;
			continue;
		}
		n = utf8_decode(text + i, len - i, &cp);
		if (n == 0) {
			str_adds(out, REPLACEMENT);
			exact = false;
			n = 1;
		} else if (cp == '"' || cp == '\\') {
			str_addf(out, "\\%c", (char)cp);
		} else if (cp == '\n') {
			str_adds(out, "\\n");
		} else if (cp == '\t') {
			str_adds(out, "\\t");
		} else if (cp > 0xffff && utf8_is_control(cp)) {
			str_addf(out, "\\u%04x\\u%04x", 0xd800 + ((cp - 0x10000) >> 10),
				 0xdc00 + ((cp - 0x10000) & 0x3ff));
		} else if (utf8_is_control(cp)) {
			str_addf(out, "\\u%04x", cp);
			exact &= cp != 0;
		} else {
			str_add(out, text + i, n);
		}
		i += n;
	}
	str_add(out, "\"", 1);
	return exact;
}

/* The shortest of the usual forms that is read as the same number: cJSON takes one that is
 * off by a unit in the last place, and the id of a request has to come back as it was. */
static void print_number(struct str *out, double d)
{
	char text[32];

	if (!isfinite(d)) {
		str_adds(out, "null");
		return;
	}
	if (d == rint(d) && fabs(d) <= 9007199254740992.0) {
		str_addf(out, "%.0f", d);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, d);
		if (strtod(text, NULL) == d)
			break;
	}
	str_adds(out, text);
}

void json_next(struct str *out)
{
	if (out->len && !strchr("{[", out->data[out->len - 1]))
		str_addc(out, ',');
}

void json_add(struct str *out, const char *name, const char *text, size_t len)
{
	json_next(out);
	str_addf(out, "\"%s\":", name);
	json_quote(out, text, len);
}

void json_add_text(struct str *out, const char *name, const char *text)
{
	json_add(out, name, text, strlen(text));
}

void json_print(struct str *out, const cJSON *value)
{
	bool object = cJSON_IsObject(value);
	const cJSON *item;
	const char *comma = "";
	char *text;

	if (cJSON_IsNumber(value)) {
		print_number(out, value->valuedouble);
	} else if (object || cJSON_IsArray(value)) {
		str_addc(out, object ? '{' : '[');
		cJSON_ArrayForEach(item, value) {
			str_adds(out, comma);
			if (object) {
				json_quote(out, item->string, strlen(item->string));
				str_addc(out, ':');
			}
			json_print(out, item);
			comma = ",";
		}
		str_addc(out, object ? '}' : ']');
	} else {
		text = cJSON_PrintUnformatted(value);
		str_adds(out, text);
		free(text);
	}
}
