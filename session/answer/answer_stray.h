/* answer_stray.h - what an answer left in code that is none: the marks of a diff, a gutter,
 * a note. Part of answer_parse() and answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_STRAY_H
#define POSEDGE_ANSWER_STRAY_H

#include <stdbool.h>

#include "session/text/slice.h"

/* The first token that can begin nothing where something has to begin: behind the end of a
 * statement, or at the start. included: the code is put into other code, so it may start
 * within a list or the items of a case. Empty: there is none. */
struct slice stray_token(struct slice code, bool included);

/* True for a diff that is not marked as one: changed lines have a sign in the first column.
 * In a block with a whole module one of them has to be a stray token. */
bool stray_makes_diff(struct slice code);

#endif
