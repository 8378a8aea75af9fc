/* answer_drops.h - what a module loses in an answer that does not mention it.
 *
 * The loss is smaller than answer_loss.h looks for and has no mark of answer_elide.h, but the
 * remaining code needs what was lost. It may be intended, so it is not refused, only not
 * applied without asking. Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_DROPS_H
#define POSEDGE_ANSWER_DROPS_H

#include <stdbool.h>

#include "session/text/slice.h"

struct str;

/* True if a module in both texts has lost something; what: half a sentence. */
bool answer_drops(struct slice was, struct slice now, struct str *what);

#endif
