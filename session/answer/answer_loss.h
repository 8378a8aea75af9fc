/* answer_loss.h - how much of a file a new text for it takes away.
 *
 * A model that forgets half of a file leaves no mark. What can be seen is the
 * effect: of many lines few are left, and little came in their place. That may
 * be a rewrite, so it is no fault; but it is nothing to be done unasked. Part of
 * answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_LOSS_H
#define POSEDGE_ANSWER_LOSS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

struct loss {
	size_t had, left; /* lines of code before and after; blank ones and comments do not count */
	size_t lost;	  /* of those before, how many are gone */
	char what[64];	  /* the module that loses them; "": the file as a whole */
};

/* Whether now, or a module of it, has lost most of what was there, and no more
 * than a third is there afterwards. Verilog is read module by module. In what has
 * no modules a half is enough, for a piece of it cannot be told from a whole. */
bool answer_loses_most(const char *path, struct slice was, struct slice now, struct loss *out);

#endif
