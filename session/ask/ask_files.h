/* ask_files.h - files that a backend changed in a copy of its own, as suggestions.
 *
 * Also the other way round: what the person sees and the disk does not have, so
 * that the copy is of the project as it is on the screen.
 */
#ifndef POSEDGE_ASK_FILES_H
#define POSEDGE_ASK_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct piece;
struct place_result;
struct prompt_unsaved;
struct session;
struct workbench;

#define ASK_FILES_MAX	200u	    /* of one answer */
#define ASK_FILES_BYTES (16u << 20) /* of their texts, before and after */

struct ask_files { /* { 0 }: none */
	struct ask_file *v;
	size_t n, cap, bytes;
	struct strv refused; /* sentences: what is not taken, and why */
};

/* Copies a PIECE_FILE. What is too much, no text, or holds a secret is refused. */
void ask_files_take(struct ask_files *f, const struct workbench *w, const struct piece *p);
void ask_files_fini(struct ask_files *f);

/* A suggestion each, in one group; what was refused goes into out->refused. */
bool ask_files_suggest(struct session *session, const struct ask_files *f, uint64_t ask,
		       const char *by, struct place_result *out, struct err *err);

/* Texts of open documents, copied; the caller frees with ask_texts_free(). */
struct prompt_unsaved *ask_texts(struct session *session, size_t *n);
void ask_texts_free(struct prompt_unsaved *v, size_t n);

#endif
