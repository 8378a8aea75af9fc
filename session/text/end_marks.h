/* end_marks.h - the tokens with which chat templates end an answer. Pure.
 *
 * A server that does not know a model's template leaves them in the text: "endmodule<|im_end|>".
 */
#ifndef POSEDGE_END_MARKS_H
#define POSEDGE_END_MARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

/* Offset of the first <s> that is an HTML tag, as in "<s>old</s>": a </s> after it
 * is not an end token. An <s> at the start of the text may be the token that begins
 * an answer. text.n: there is none. */
size_t end_marks_strike(struct slice text);

/* Length of line without end tokens at its end and the blanks around them; line.n:
 * it has none. struck: the line is after end_marks_strike(). */
size_t end_marks_before(struct slice line, bool struck);

/* True if one begins at that offset of line. */
bool end_marks_at(struct slice line, size_t at, bool struck);

/* True if s begins with <|word|>: a token of some template, which no language has. */
bool end_marks_token(struct slice s);

#endif
