/* ask_files.h - files that a backend changed in its own copy, as suggestions.
 *
 * Also the other direction: unsaved texts, so that the copy is of the project as on the
 * screen.
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

#define ASK_FILES_MAX	200u	    /* per answer */
#define ASK_FILES_BYTES (16u << 20) /* bytes of their texts, before and after */

struct ask_files { /* { 0 }: none */
	struct ask_file *v;
	size_t n, cap, bytes;
	struct strv refused; /* sentences: what was refused, and why */
};

/* Copies a PIECE_FILE. Refuses what exceeds the limits, is not text, or holds a
 * secret. */
void ask_files_take(struct ask_files *f, const struct workbench *w, const struct piece *p);
void ask_files_fini(struct ask_files *f);

/* Makes one suggestion per file, in one group; refused files go into out->refused. */
bool ask_files_suggest(struct session *session, const struct ask_files *f, uint64_t ask,
		       const char *by, struct place_result *out, struct err *err);

/* Copies of the texts of open documents; free with ask_texts_free(). */
struct prompt_unsaved *ask_texts(struct session *session, size_t *n);
void ask_texts_free(struct prompt_unsaved *v, size_t n);

#endif
