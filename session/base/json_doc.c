/* cJSON asks malloc() for each value, key and string: forty times for a chunk of three
 * words, which costs more than reading it. Here they lie in two arrays of fixed size.
 *
 * This reader takes only what needs no thought: whole numbers, strings of valid UTF-8
 * without control characters, no half of a surrogate pair, some values, some bytes. It
 * never fails: what it does not take, a broken text too, is left to json_parse(), whose
 * verdict and values count (tests/fuzz/fuzz_json.c compares the two).
 */
#include "config.h"

#include "session/base/json_doc.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"

#define VALUES_MAX 256u
#define BYTES_MAX  16384u /* of a text; its strings need no more, each quote becomes a NUL */
#define DIGITS_MAX 15	  /* a double holds as many exactly */

struct json_doc {
	cJSON values[VALUES_MAX];
	size_t n;
	char strings[BYTES_MAX];
	char *out;	     /* the end of the strings so far */
	const char *p, *end; /* what is left of the text */
	cJSON *other;	     /* the last text's, if json_parse() read it; owned */
};

struct json_doc *json_doc_new(void)
{
	struct json_doc *d = mem_alloc(sizeof(*d));

	d->other = NULL;
	return d;
}

void json_doc_free(struct json_doc *d)
{
	if (!d)
		return;
	cJSON_Delete(d->other);
	free(d);
}

static void skip_blanks(struct json_doc *d)
{
	while (d->p < d->end && (*d->p == ' ' || *d->p == '\n' || *d->p == '\r' || *d->p == '\t'))
		d->p++;
}

static bool take(struct json_doc *d, char c)
{
	if (d->p == d->end || *d->p != c)
		return false;
	d->p++;
	return true;
}

static bool take_word(struct json_doc *d, const char *word, size_t len)
{
	if ((size_t)(d->end - d->p) < len || memcmp(d->p, word, len) != 0)
		return false;
	d->p += len;
	return true;
}

/* The character of \uXXXX, d->p being behind the u; 0: not for us. */
static unsigned code_point(struct json_doc *d)
{
	unsigned v = 0;

	if (d->end - d->p < 4)
		return 0;
	for (int i = 0; i < 4; i++) {
		char c = *d->p++;

		if (c >= '0' && c <= '9')
			v = v << 4 | (unsigned)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			v = v << 4 | (unsigned)((c | 32) - 'a' + 10);
		else
			return 0;
	}
	return v >= 0xd800 && v <= 0xdfff ? 0 : v;
}

/* d->p is behind the backslash. */
static bool escape(struct json_doc *d)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at = d->p < d->end && *d->p ? strchr(from, *d->p) : NULL;
	unsigned cp;

	if (at) {
		*d->out++ = to[at - from];
		d->p++;
		return true;
	}
	if (!take(d, 'u') || (cp = code_point(d)) == 0)
		return false;
	d->out += utf8_encode(cp, d->out);
	return true;
}

static bool string(struct json_doc *d, char **out)
{
	char *start = d->out;
	bool ascii = true;

	if (!take(d, '"'))
		return false;
	while (d->p < d->end && *d->p != '"') {
		unsigned char c = (unsigned char)*d->p++;

		if (c < 0x20 || (c == '\\' && !escape(d)))
			return false;
		if (c == '\\')
			continue;
		ascii &= c < 0x80;
		*d->out++ = (char)c;
	}
	if (!take(d, '"') || (!ascii && !utf8_valid(start, (size_t)(d->out - start))))
		return false;
	*d->out++ = '\0';
	*out = start;
	return true;
}

static bool number(struct json_doc *d, cJSON *v)
{
	bool minus = take(d, '-');
	const char *start = d->p;
	long long n = 0;

	while (d->p < d->end && *d->p >= '0' && *d->p <= '9' && d->p - start < DIGITS_MAX)
		n = 10 * n + (*d->p++ - '0');
	if (d->p == start || d->p == d->end || strchr("0123456789.eE+-", *d->p))
		return false;
	v->type = cJSON_Number;
	v->valuedouble = minus ? -(double)n : (double)n;
	n = minus ? -n : n;
	v->valueint = n >= INT_MAX ? INT_MAX : n <= INT_MIN ? INT_MIN : (int)n;
	return true;
}

static cJSON *value(struct json_doc *d, int depth);

/* The members of an object, or the items of a list, up to `close`. The first one's
 * `prev` is the last, as cJSON has it. */
static bool members(struct json_doc *d, cJSON *v, char close, int depth)
{
	cJSON *last = NULL;

	skip_blanks(d);
	if (take(d, close))
		return true;
	do {
		char *key = NULL;
		cJSON *m;

		skip_blanks(d);
		if (close == '}') {
			if (!string(d, &key))
				return false;
			skip_blanks(d);
			if (!take(d, ':'))
				return false;
			skip_blanks(d);
		}
		m = value(d, depth);
		if (!m)
			return false;
		m->string = key;
		m->prev = last;
		*(last ? &last->next : &v->child) = m;
		last = m;
		skip_blanks(d);
	} while (take(d, ','));
	v->child->prev = last;
	return take(d, close);
}

/* NULL: not for us. */
static cJSON *value(struct json_doc *d, int depth)
{
	cJSON *v = d->values + d->n;
	bool ok;

	if (d->n == VALUES_MAX || d->p == d->end)
		return NULL;
	d->n++;
	memset(v, 0, sizeof(*v));
	switch (*d->p) {
	case '"':
		v->type = cJSON_String;
		ok = string(d, &v->valuestring);
		break;
	case '{':
	case '[':
		v->type = *d->p == '{' ? cJSON_Object : cJSON_Array;
		d->p++;
		ok = depth < JSON_DEPTH &&
		     members(d, v, v->type == cJSON_Object ? '}' : ']', depth + 1);
		break;
	case 'n':
		v->type = cJSON_NULL;
		ok = take_word(d, "null", 4);
		break;
	case 't':
		v->type = cJSON_True;
		v->valueint = 1;
		ok = take_word(d, "true", 4);
		break;
	case 'f':
		v->type = cJSON_False;
		ok = take_word(d, "false", 5);
		break;
	default:
		ok = number(d, v);
	}
	return ok ? v : NULL;
}

const cJSON *json_doc_parse(struct json_doc *d, const char *text, size_t len, struct err *err)
{
	cJSON *v = NULL;

	cJSON_Delete(d->other);
	d->other = NULL;
	d->n = 0;
	d->out = d->strings;
	d->p = text;
	d->end = text + len;
	if (len <= BYTES_MAX) {
		skip_blanks(d);
		v = value(d, 0);
		skip_blanks(d);
	}
	if (v && d->p == d->end)
		return v;
	d->other = json_parse(text, len, err);
	return d->other;
}
