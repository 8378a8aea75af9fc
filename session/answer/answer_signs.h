/* answer_signs.h - lines of code that begin with the + or - of a diff. Part of
 * answer_parse() and answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_SIGNS_H
#define POSEDGE_ANSWER_SIGNS_H

#include <stdbool.h>

#include "session/text/slice.h"

/* True for a diff that is not marked as one: changed lines have a sign in the first column.
 * In a block with a whole module one of them has to be no operator. */
bool signs_make_diff(struct slice code);

/* The first line whose sign can be no operator, since a statement ends before it; empty:
 * there is none. */
struct slice signs_line(struct slice code);

#endif
