/* redact.h - removes secrets from text before it is recorded or sent.
 *
 * A secret is a configured key; the value (8 bytes or more) of an environment variable
 * whose name contains KEY, TOKEN, SECRET or PASS; such a value in the query of a
 * configured URL; text that looks like a key of a known kind, also in a header; and the
 * name:password before the @ of a URL. Each is replaced by "[redacted]", and the path of
 * the home folder by "~". Pure after redact_new().
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
void redact_free(struct redact *r);		       /* NULL is fine; wipes the secrets */
void redact_add(struct redact *r, const char *secret); /* ignored if shorter than 8 bytes */
/* Adds the values in the query of a URL whose names tell that they are secrets. */
void redact_add_url(struct redact *r, const char *url);

/* A fingerprint of what is searched for: equal for equal sets of secrets, changes when
 * one is added. Never 0. r may be NULL. */
uint64_t redact_stamp(const struct redact *r);

/* Appends text to out without its secrets; returns how many were removed (the home
 * folder does not count). r may be NULL: then only what looks like a key is removed. */
size_t redact_text(const struct redact *r, const char *text, size_t len, struct str *out);

/* The same, but a secret that spans lines is replaced by as many lines, so that line
 * numbers stay the same. */
size_t redact_lines(const struct redact *r, const char *text, size_t len, struct str *out);

/* Finds the first secret, or home folder, at or after *at: it is [*at, *end). False: none. */
bool redact_next(const struct redact *r, const char *text, size_t len, size_t *at, size_t *end,
		 bool *home);

/* Redacts err's text. */
void redact_err(const struct redact *r, struct err *err);

/* The 1-based line of the first secret in text; 0: there is none. */
size_t redact_line(const struct redact *r, const char *text, size_t len);

/* Redacts a file, which is rewritten only if something was removed; *len (may be NULL)
 * is set to its new length. */
bool redact_file(const struct redact *r, const char *path, uint64_t *len, struct err *err);

#endif
