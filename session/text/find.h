/* find.h - searches and replaces in a text. Only find.c uses PCRE2.
 *
 * A pattern is a regular expression that matches within one line. It is
 * case-sensitive only if it contains a capital letter. Matching has a limit of
 * steps, so no pattern takes for ever.
 */
#ifndef POSEDGE_FIND_H
#define POSEDGE_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct find;
struct str;
struct text;

struct find *find_new(const char *pattern, struct err *err); /* ERR_PARSE: where and why */
void find_free(struct find *f);				     /* NULL is fine */
const char *find_pattern(const struct find *f);

/* The first match at or after from in s; never an empty one. */
bool find_in(const struct find *f, const char *s, size_t len, size_t from, size_t *start,
	     size_t *end);

/* find_next: the first match that starts at or after off; find_before: the last one
 * that ends at or before off. Neither wraps around. */
bool find_next(const struct find *f, const struct text *t, size_t off, size_t *start, size_t *end);
bool find_before(const struct find *f, const struct text *t, size_t off, size_t *start,
		 size_t *end);

/* Appends s with all its matches replaced; $1 in `with` is what the first group matched.
 * *n is the number of replacements. */
bool find_replace(const struct find *f, const char *s, size_t len, const char *with,
		  struct str *out, size_t *n, struct err *err);

#endif
