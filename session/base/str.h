/* str.h - a growing string with an optional limit; a list of strings.
 *
 * data is always a C string (NUL after len bytes), even when empty, and may contain
 * NUL bytes. What exceeds the limit is cut and `full` is set; a caller that sets a
 * limit checks it once, at the end.
 */
#ifndef POSEDGE_STR_H
#define POSEDGE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
	char *data; /* NULL until something is added; use str_cstr() */
	size_t len; /* bytes, without the NUL */
	size_t cap;
	size_t limit; /* in bytes; 0 = none */
	bool full;    /* something was cut */
};

#define STR_INIT     ((struct str){ 0 })
#define STR_LIMIT(n) ((struct str){ .limit = (n) })

void str_free(struct str *s);		   /* empty again; keeps the limit */
void str_clear(struct str *s);		   /* empty; keeps the memory */
const char *str_cstr(const struct str *s); /* never NULL; borrowed until s changes */
char *str_take(struct str *s);		   /* the caller frees; s is empty then */

void str_add(struct str *s, const void *data, size_t len);
void str_adds(struct str *s, const char *text); /* NULL adds nothing */
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void str_cut(struct str *s, size_t len);		/* shortens to len bytes, if longer */
void str_remove(struct str *s, size_t off, size_t len); /* the range must lie inside */

char *str_fmt(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
size_t str_count(const char *s, char c); /* how often c is in s */

/* A list that owns its strings. v[n] is NULL once something was added, so v serves
 * as an argv. */
struct strv {
	char **v;
	size_t n, cap;
};

#define STRV_INIT ((struct strv){ 0 })

void strv_free(struct strv *l);
void strv_add(struct strv *l, const char *s);
void strv_add_once(struct strv *l, const char *s); /* unless it is in l */
/* Adds "NAME=VALUE", or "NAME", in place of one with that name. */
void strv_set(struct strv *l, const char *pair);
void strv_addn(struct strv *l, const char *s, size_t len);
/* Adds the parts of text between characters of `between`; no empty ones. */
void strv_split(struct strv *l, const char *text, const char *between);
void strv_addf(struct strv *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void strv_addv(struct strv *l, const char *const *v); /* up to NULL */
void strv_addall(struct strv *l, const struct strv *from);
void strv_give(struct strv *l, char *s);  /* takes over s */
void strv_drop(struct strv *l, size_t i); /* later ones move up */
bool strv_has(const struct strv *l, const char *s);
bool strv_equal(const struct strv *a, const struct strv *b);
void strv_sort(struct strv *l); /* by bytes */

#endif
