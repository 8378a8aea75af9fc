/* ask_named.h - what a question names by @: files, lines of them, findings.
 *
 * "@rtl/fifo.sv" is a file below the project's root, "@rtl/fifo.sv:10-40" some of its lines
 * and "@lint" the findings.
 */
#ifndef POSEDGE_ASK_NAMED_H
#define POSEDGE_ASK_NAMED_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct prompt_piece;
struct workbench;

struct ask_named { /* zeroed: nothing */
	struct prompt_piece *v;
	size_t n, cap;
	struct strv texts; /* owns titles and texts of v */
};

/* Appends the text of the file or the lines that word names, as they are on the screen.
 * *title: word with the file's name in the project; the caller frees it. ERR_NOT_FOUND,
 * ERR_LIMIT: none, or larger than 1 MB. */
bool ask_named_file(struct workbench *w, const char *word, char **title, struct str *out,
		    struct err *err);

/* Appends the findings, as many as fit into a question; or that there are none. */
void ask_named_findings(struct workbench *w, struct str *out);

/* All that question names, except images. Other words are left alone if they cannot be a
 * file: no dot and no slash is in them. fresh: see asking_session(). ERR_USAGE: what can
 * only be named on the screen.
 * The caller must finish *out in any case. */
bool ask_named_read(struct workbench *w, const char *question, bool fresh, struct ask_named *out,
		    struct err *err);
void ask_named_fini(struct ask_named *a);

#endif
