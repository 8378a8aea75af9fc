/* redact.h - secrets taken out of text before it is recorded or sent.
 *
 * A secret is a configured key, the value (8 bytes or more) of an environment
 * variable whose name contains KEY, TOKEN, SECRET or PASS, or text that looks
 * like a key of a known kind, also in a header, and what stands before the @
 * of a URL. Each is replaced by "[redacted]"; the home
 * folder's name by "~". Pure after redact_new().
 */
#ifndef POSEDGE_REDACT_H
#define POSEDGE_REDACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;
struct redact;

/* environ: "NAME=value" strings, NULL-terminated; NULL = none. home: NULL = none. */
struct redact *redact_new(const char *const *environ, const char *home);
void redact_free(struct redact *r);		       /* NULL is fine; wipes */
void redact_add(struct redact *r, const char *secret); /* below 8 bytes: ignored */

/* What is looked for, in a number: the same for two that look for the same, another
 * one once a secret was added. Never 0. r may be NULL. */
uint64_t redact_stamp(const struct redact *r);

/* Adds text to out without its secrets; returns how many were taken out (the
 * home folder's name does not count). r may be NULL: only what looks like a
 * key. */
size_t redact_text(const struct redact *r, const char *text, size_t len, struct str *out);

/* The same, but a secret of several lines stays as many, so that lines keep
 * their numbers. */
size_t redact_lines(const struct redact *r, const char *text, size_t len, struct str *out);

/* The first secret, or the home folder's name, from *at on: it is [*at, *end). False: none. */
bool redact_next(const struct redact *r, const char *text, size_t len, size_t *at, size_t *end,
		 bool *home);

/* The same within err's text. */
void redact_err(const struct redact *r, struct err *err);

/* The 1-based line of the first secret in text; 0: there is none. */
size_t redact_line(const struct redact *r, const char *text, size_t len);

/* In a file, which is written anew if there was something to take out; *len
 * (may be NULL) becomes its length. */
bool redact_file(const struct redact *r, const char *path, uint64_t *len, struct err *err);

#endif
