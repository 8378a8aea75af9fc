/* thread.h - questions and answers about lines of a suggestion.
 *
 * A question stores the line that it is about (event.h, ask) rather than a number,
 * so the thread follows the line when units are split, merged or replaced, and when
 * the user rewrites the line.
 */
#ifndef POSEDGE_THREAD_H
#define POSEDGE_THREAD_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;
struct state;
struct str;
struct suggestion;

/* The unit that x is about; -1: none. Among equal lines, the one whose place in the
 * base is nearest. */
long thread_unit(const struct suggestion *s, const struct exchange *x);

/* Appends everything said about a unit, oldest first, for people. False: nothing
 * was said. */
bool thread_print(const struct state *st, const struct suggestion *s, size_t unit, struct str *out);

#endif
