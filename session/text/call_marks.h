/* call_marks.h - marks that models put at the tags of their tool calls. Pure.
 *
 * MiniMax M3 writes one in front of each tag, DeepSeek one behind the bracket of each:
 * <|DSML|invoke name="lint">, with wide bars. A server that does not know the model's
 * template leaves them in the text.
 */
#ifndef POSEDGE_CALL_MARKS_H
#define POSEDGE_CALL_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/slice.h"

bool call_marks_in(struct slice text); /* true: there may be some */

/* Adds the text without them to out, which is empty. Leaving one out leaves none that its
 * halves would make. Returns the bytes of text that the first `most` bytes of out take. */
size_t call_marks_drop(struct slice text, size_t most, struct str *out);

#endif
