/* answer_loss.h - how much of a file a new text removes.
 *
 * A model that forgets half of a file leaves no mark. Only the effect shows: few of
 * many lines are left, and little replaced them. That may be a rewrite, so it is
 * not refused, but not applied without asking. Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_LOSS_H
#define POSEDGE_ANSWER_LOSS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/slice.h"

struct loss {
	size_t had, left; /* lines of code before and after, without blank lines and comments */
	size_t lost;	  /* number of earlier lines that are gone */
	char what[64];	  /* the module that loses them; "": the whole file */
};

/* True if now, or a module in it, has lost most of its former lines and has at most
 * a third as many. Verilog is compared module by module. For other texts losing
 * half is enough, because a part of one cannot be told from the whole. */
bool answer_loses_most(const char *path, struct slice was, struct slice now, struct loss *out);

/* Appends the sentence for a person, who has to decide. */
void answer_loss_say(const char *path, const struct loss *l, struct str *out);

#endif
