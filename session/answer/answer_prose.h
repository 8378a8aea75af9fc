/* answer_prose.h - finds sentences in a block of code.
 *
 * Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_PROSE_H
#define POSEDGE_ANSWER_PROSE_H

#include <stdbool.h>

#include "session/text/slice.h"

/* The first line of Verilog that is a sentence, so no compiler accepts it, and that
 * does not occur in known; empty: none. */
struct slice prose_within(struct slice verilog, struct slice known);

/* The sentences above the first line of code, with blank lines between them; empty
 * if there are none, or nothing else. */
struct slice prose_above(struct slice verilog);

/* True if the text after the modules is sentences rather than directives or similar. */
bool prose_follows(struct slice after);

#endif
