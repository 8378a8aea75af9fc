/* answer_several.h - several files in one block, each under a line with its name.
 * Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_SEVERAL_H
#define POSEDGE_ANSWER_SEVERAL_H

#include "session/text/slice.h"

/* Takes the first file off *rest, up to the next such line. *head: what the file is
 * called; empty: the text does not begin with its name. A name that is a comment
 * stays in the text. */
struct slice several_take(struct slice *rest, struct slice *head);

#endif
