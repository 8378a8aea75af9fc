/* thread.h - what was asked about the lines of a suggestion, and answered.
 *
 * A question keeps the line that it is about (event.h, ask), not a number: so
 * the thread stays with the line when units are split, merged or replaced; what
 * the person writes in its place is kept with it, too.
 */
#ifndef POSEDGE_THREAD_H
#define POSEDGE_THREAD_H

#include <stdbool.h>
#include <stddef.h>

struct exchange;
struct state;
struct str;
struct suggestion;

/* The unit that x is about; -1: none. Of several that read the same, the one
 * whose place in the base is nearest. */
long thread_unit(const struct suggestion *s, const struct exchange *x);

/* All that was said about a unit, oldest first, for people. False: nothing. */
bool thread_print(const struct state *st, const struct suggestion *s, size_t unit, struct str *out);

#endif
