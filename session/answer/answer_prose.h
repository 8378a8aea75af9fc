/* answer_prose.h - sentences that stand in a block of code.
 *
 * Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_PROSE_H
#define POSEDGE_ANSWER_PROSE_H

#include <stdbool.h>

#include "session/text/slice.h"

/* The first line of Verilog that no compiler takes since it is a sentence, and that
 * known does not have; empty: there is none. */
struct slice prose_within(struct slice verilog, struct slice known);

/* The sentences above its first line of code, with what is blank between them; empty
 * when there are none, or nothing else. */
struct slice prose_above(struct slice verilog);

/* Whether what follows modules is sentences, and no directive or the like. */
bool prose_follows(struct slice behind);

#endif
