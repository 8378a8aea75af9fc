/* Growing strings and lists of strings. The data is always terminated, so
 * str_cstr() costs nothing, and the length allows NUL bytes. With a limit, what
 * does not fit is dropped and `full` is set; callers that read from outside check
 * that once at the end instead of after each piece.
 */
#include "config.h"

#include "session/base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

void str_free(struct str *s)
{
	free(s->data);
	*s = (struct str){ .limit = s->limit };
}

void str_clear(struct str *s)
{
	s->len = 0;
	s->full = false;
	if (s->data)
		s->data[0] = '\0';
}

const char *str_cstr(const struct str *s)
{
	return s->data ? s->data : "";
}

char *str_take(struct str *s)
{
	char *data = s->data ? s->data : mem_strdup("");

	s->data = NULL;
	str_free(s);
	return data;
}

static void reserve(struct str *s, size_t more)
{
	if (s->cap - s->len <= more) /* else there is room: the usual case */
		s->cap = mem_grow((void **)&s->data, s->cap, s->len + more + 1, 1);
}

void str_add(struct str *s, const void *data, size_t len)
{
	if (s->limit && len > s->limit - s->len) {
		len = s->limit - s->len;
		s->full = true;
	}
	reserve(s, len);
	if (len)
		memcpy(s->data + s->len, data, len);
	s->len += len;
	s->data[s->len] = '\0';
}

void str_adds(struct str *s, const char *text)
{
	if (text)
		str_add(s, text, strlen(text));
}

void str_addc(struct str *s, char c)
{
	str_add(s, &c, 1);
}

void str_vaddf(struct str *s, const char *fmt, va_list ap)
{
	char small[256];
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	if (n >= 0 && (size_t)n < sizeof(small)) {
		str_add(s, small, (size_t)n);
	} else if (n >= 0) {
		char *large = mem_alloc((size_t)n + 1);

		vsnprintf(large, (size_t)n + 1, fmt, again);
		str_add(s, large, (size_t)n);
		free(large);
	}
	va_end(again);
}

void str_addf(struct str *s, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(s, fmt, ap);
	va_end(ap);
}

void str_cut(struct str *s, size_t len)
{
	if (len < s->len) {
		s->len = len;
		s->data[len] = '\0';
	}
}

void str_remove(struct str *s, size_t off, size_t len)
{
	if (len == 0)
		return;
	memmove(s->data + off, s->data + off + len, s->len - off - len + 1);
	s->len -= len;
}

char *str_fmt(const char *fmt, ...)
{
	struct str s = STR_INIT;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	return str_take(&s);
}

bool str_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);

	return n >= m && memcmp(s + n - m, suffix, m) == 0;
}

size_t str_count(const char *s, char c)
{
	size_t n = 0;

	for (; *s; s++)
		n += *s == c;
	return n;
}

void strv_free(struct strv *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	*l = STRV_INIT;
}

void strv_give(struct strv *l, char *s)
{
	l->cap = mem_grow((void **)&l->v, l->cap, l->n + 2, sizeof(*l->v));
	l->v[l->n++] = s;
	l->v[l->n] = NULL;
}

void strv_add(struct strv *l, const char *s)
{
	strv_give(l, mem_strdup(s));
}

void strv_add_once(struct strv *l, const char *s)
{
	if (!strv_has(l, s))
		strv_add(l, s);
}

void strv_set(struct strv *l, const char *pair)
{
	size_t n = strcspn(pair, "=");

	for (size_t i = 0; i < l->n; i++) {
		if (strcspn(l->v[i], "=") == n && strncmp(l->v[i], pair, n) == 0) {
			free(l->v[i]);
			l->v[i] = mem_strdup(pair);
			return;
		}
	}
	strv_add(l, pair);
}

void strv_addn(struct strv *l, const char *s, size_t len)
{
	strv_give(l, mem_strndup(s, len));
}

void strv_split(struct strv *l, const char *text, const char *between)
{
	for (size_t n; *(text += strspn(text, between)); text += n) {
		n = strcspn(text, between);
		strv_addn(l, text, n);
	}
}

void strv_addf(struct strv *l, const char *fmt, ...)
{
	struct str s = STR_INIT;
	va_list ap;

	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	strv_give(l, str_take(&s));
}

void strv_addv(struct strv *l, const char *const *v)
{
	while (*v)
		strv_add(l, *v++);
}

void strv_addall(struct strv *l, const struct strv *from)
{
	for (size_t i = 0; i < from->n; i++)
		strv_add(l, from->v[i]);
}

void strv_drop(struct strv *l, size_t i)
{
	free(l->v[i]);
	memmove(l->v + i, l->v + i + 1, (l->n - i) * sizeof(*l->v));
	l->n--;
}

bool strv_has(const struct strv *l, const char *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i], s) == 0)
			return true;
	return false;
}

bool strv_equal(const struct strv *a, const struct strv *b)
{
	size_t i = 0;

	while (i < a->n && i < b->n && strcmp(a->v[i], b->v[i]) == 0)
		i++;
	return i == a->n && i == b->n;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void strv_sort(struct strv *l)
{
	if (l->n > 1)
		qsort(l->v, l->n, sizeof(*l->v), by_bytes);
}
