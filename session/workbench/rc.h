/* rc.h - reads posedgerc files: one command per line.
 *
 * Lines are split as in words.h; a backslash at the end of a line joins the next
 * line to it.
 *
 * Order: the system's file (a course's), the user's, the project's .posedgerc. A
 * project's file may only use commands marked CMD_SAFE, and options within opt.h's
 * rules, until the user has trusted that very file (by path and content): a cloned
 * exercise must not run code, take a key or change the rules of a review.
 */
#ifndef POSEDGE_RC_H
#define POSEDGE_RC_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct strv;
struct workbench;

#define RC_MAX_BYTES (256u << 10)

/* Calls fn for each logical line that contains words, with its first physical line
 * number; fn returning false stops. Pure. */
bool rc_parse(const char *text, size_t len,
	      bool (*fn)(void *ctx, int line, const struct strv *words, struct err *err), void *ctx,
	      struct err *err);

/* ROOT/.posedgerc, which need not exist; the caller frees. NULL: a link leads
 * outside the project; such settings are not read. */
char *rc_project_path(const char *root, struct err *err);

/* The user's own file; the caller frees. NULL: the user has no home. */
char *rc_user_path(void);

/* Runs all three, in order. If an untrusted project's file needs more rights, one
 * note says how to trust it. */
void rc_run_all(struct workbench *w, struct str *notes);

/* A missing file counts as an empty text: a project without one can be trusted too. */
bool rc_trusted(const char *path);
/* Trusts path with this text, which the user has seen or provided. */
bool rc_trust(const char *path, const char *text, size_t len, struct err *err);

#endif
