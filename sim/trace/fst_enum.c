/* A table is one text of words separated by blanks: its name, the number of values,
 * their names, the values. Writers may omit leading zeros of a value or add them, so
 * values are compared without them.
 */
#include "config.h"

#include "sim/trace/fst_enum.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

struct value {
	const char *bits, *name; /* into text; bits without leading 0s */
	size_t len;
};

struct fst_enum {
	uint64_t number;
	char *text;
	struct value *v; /* sorted by value */
	size_t n;
};

static void skip_zeros(const char **bits, size_t *len)
{
	while (*len > 1 && **bits == '0') {
		++*bits;
		--*len;
	}
}

static int by_value(const void *one, const void *other)
{
	const struct value *a = one, *b = other;

	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return memcmp(a->bits, b->bits, a->len);
}

/* The next word, NUL-terminated; NULL: none. */
static char *word(char **rest)
{
	char *start = *rest + strspn(*rest, " "), *end = start + strcspn(start, " ");

	if (end == start)
		return NULL;
	*rest = end + (*end != '\0');
	*end = '\0';
	for (char *p = start; *p; p++)
		if (*p <= ' ' || *p >= 127)
			*p = '?';
	return start;
}

static size_t count(char **rest)
{
	char *name = word(rest), *number = name ? word(rest) : NULL, *end;
	unsigned long n = number ? strtoul(number, &end, 10) : 0;

	return number && *end == '\0' && n <= strlen(*rest) ? n : 0;
}

static bool fill(struct fst_enum *t)
{
	char *rest = t->text;
	size_t n = count(&rest);

	t->v = mem_calloc(n + 1, sizeof(*t->v));
	for (; t->n < n; t->n++)
		if (!(t->v[t->n].name = word(&rest)))
			return false;
	for (size_t i = 0; i < n; i++) {
		const char *bits = word(&rest);

		if (!bits)
			return false;
		t->v[i].len = strlen(bits);
		skip_zeros(&bits, &t->v[i].len);
		t->v[i].bits = bits;
	}
	if (n)
		qsort(t->v, n, sizeof(*t->v), by_value);
	return n > 0;
}

static void free_table(struct fst_enum *t)
{
	free(t->text);
	free(t->v);
	free(t);
}

bool fst_enums_add(struct fst_enums *e, uint64_t number, const char *text, size_t len)
{
	struct fst_enum *t;

	if (len == 0 || e->n >= FST_ENUM_TABLES || len > FST_ENUM_BYTES - e->bytes)
		return false;
	t = mem_zalloc(sizeof(*t));
	t->number = number;
	t->text = mem_strndup(text, len);
	if (!fill(t)) {
		free_table(t);
		return false;
	}
	e->bytes += len;
	MEM_PUSH(e->v, e->n, e->cap, t);
	return true;
}

void fst_enums_free(struct fst_enums *e)
{
	for (size_t i = 0; i < e->n; i++)
		free_table(e->v[i]);
	free(e->v);
	*e = (struct fst_enums){ 0 };
}

/* Writers number them from 1 in order. */
const struct fst_enum *fst_enums_find(const struct fst_enums *e, uint64_t number)
{
	if (number > 0 && number <= e->n && e->v[number - 1]->number == number)
		return e->v[number - 1];
	for (size_t i = e->n; i-- > 0;)
		if (e->v[i]->number == number)
			return e->v[i];
	return NULL;
}

const char *fst_enum_name(const struct fst_enum *t, const char *value, size_t len)
{
	struct value key = { .bits = value, .len = len };
	const struct value *found;

	if (len == 0)
		return NULL;
	skip_zeros(&key.bits, &key.len);
	found = bsearch(&key, t->v, t->n, sizeof(*t->v), by_value);
	return found ? found->name : NULL;
}
