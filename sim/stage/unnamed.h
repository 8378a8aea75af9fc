/* unnamed.h - gives names to instances of primitives that have none.
 *
 * IEEE 1364-2005 8.6 allows my_and (y, a, b); for a primitive of the user's own.
 * Verilator 5.006 reports a syntax error there. In the copy for the tools a name is
 * put before the bracket, so lines stay the same and what follows in the line moves to
 * the right.
 *
 * Pure.
 */
#ifndef POSEDGE_UNNAMED_H
#define POSEDGE_UNNAMED_H

#include <stdbool.h>
#include <stddef.h>

struct str;

#define UNNAMED_MAX 100000u /* names per file; further instances stay as they are */

/* Appends the copy to out. False, with nothing appended: no instance of these
 * primitives (NULL-terminated) lacks a name. */
bool unnamed_name(const char *text, size_t len, const char *const *primitives, struct str *out);

#endif
