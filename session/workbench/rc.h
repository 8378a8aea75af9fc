/* rc.h - the posedgerc reader: a file of commands, one a line.
 *
 * A line's words are those of words.h; a backslash at the end of a line joins
 * the next to it.
 *
 * Order: the system's (a course's), the user's, the project's .posedgerc. A
 * project's may only use commands marked CMD_SAFE, and options as opt.h lets it,
 * until the person has trusted that very file (by path and content): a cloned
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

/* Hands on each logical line that holds words, with its first physical line
 * number; fn returning false stops. Pure. */
bool rc_parse(const char *text, size_t len,
	      bool (*fn)(void *ctx, int line, const struct strv *words, struct err *err), void *ctx,
	      struct err *err);

/* ROOT/.posedgerc, which need not exist; the caller frees. NULL: a link
 * leads outside of the project, where no project's settings are read from. */
char *rc_project_path(const char *root, struct err *err);

/* The person's own; the caller frees. NULL: they have no home. */
char *rc_user_path(void);

/* All three, in order. A project's rc that is not trusted and wants more gives
 * one note that says how to trust it. */
void rc_run_all(struct workbench *w, struct str *notes);

/* A file that is not there is the empty text: a project without one can be trusted, too. */
bool rc_trusted(const char *path);
/* With this text, which the person has seen or given. */
bool rc_trust(const char *path, const char *text, size_t len, struct err *err);

#endif
