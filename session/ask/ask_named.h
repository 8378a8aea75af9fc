/* ask_named.h - what a question names by @, and the list of what goes along with it.
 *
 * "@rtl/fifo.sv" is a file below the project's root, "@rtl/fifo.sv:10-40" some of its lines
 * and "@lint" the findings. The screen knows more words (ui/job/attach.h).
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

void ask_named_add(struct ask_named *a, const char *title, const char *text); /* copies */

/* Adds what word names, as it is on the screen: the findings, a file, or some lines of one.
 * Adds nothing for an image, which the request reads from the question itself, nor for a
 * word with neither dot nor slash that is no file: a note says that it is taken as a word.
 * ERR_NOT_FOUND: no such file; ERR_USAGE: no such lines, or it is not text; ERR_LIMIT: it
 * is larger than 1 MB. */
bool ask_named_word(struct workbench *w, const char *word, struct ask_named *a, struct err *err);

/* All that question names. fresh: see asking_session(). ERR_USAGE also: what can only be
 * named on the screen. The caller must finish *out in any case. */
bool ask_named_read(struct workbench *w, const char *question, bool fresh, struct ask_named *out,
		    struct err *err);
void ask_named_fini(struct ask_named *a);

#endif
