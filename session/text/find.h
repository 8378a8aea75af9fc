/* find.h - searching and replacing in a text: the one home of PCRE2.
 *
 * A pattern is a regular expression that matches within a line; case counts
 * only when the pattern has a capital. Matching has a limit, so that no
 * pattern takes for ever.
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

/* The first match that starts at or after off; the last one that ends at or
 * before it. Neither goes around the end. */
bool find_next(const struct find *f, const struct text *t, size_t off, size_t *start, size_t *end);
bool find_before(const struct find *f, const struct text *t, size_t off, size_t *start,
		 size_t *end);

/* All of s with up to most matches replaced ($1 is what the first group
 * matched); *n is how many. */
bool find_replace(const struct find *f, const char *s, size_t len, const char *with, bool all,
		  struct str *out, size_t *n, struct err *err);

#endif
