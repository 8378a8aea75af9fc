/* answer_drops.h - what a module no longer does after an answer that does not say so.
 *
 * Less than answer_loss.h asks for is gone, and no mark of answer_elide.h stands in
 * its place; but what is left needs it. It may be meant, so it is no fault, only
 * nothing to be done unasked. Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_DROPS_H
#define POSEDGE_ANSWER_DROPS_H

#include <stdbool.h>

#include "session/text/slice.h"

struct str;

/* Whether a module that both texts have lost something; what: half a sentence. */
bool answer_drops(struct slice was, struct slice now, struct str *what);

#endif
