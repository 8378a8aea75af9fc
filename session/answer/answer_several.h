/* answer_several.h - several files in one block, each below a line with its name.
 * Part of answer_parse(); pure.
 */
#ifndef POSEDGE_ANSWER_SEVERAL_H
#define POSEDGE_ANSWER_SEVERAL_H

#include "session/text/slice.h"

/* Takes the first file off *rest, up to the next such line. *head: the name of the file;
 * empty: the text does not begin with one. A name in a comment stays in the text. */
struct slice several_take_file(struct slice *rest, struct slice *head);

#endif
