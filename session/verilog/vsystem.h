/* vsystem.h - what the value of a system function depends on.
 *
 * IEEE 1800-2017, clause 20, and 18.13 for random numbers. Knows no arguments: a call may still
 * read what changes, as in $countones(q). Pure.
 */
#ifndef POSEDGE_VSYSTEM_H
#define POSEDGE_VSYSTEM_H

#include <stdbool.h>
#include <stddef.h>

struct vstmts;

enum vsystem {
	VSYSTEM_OTHER = 0,	 /* not known; or a task, a file, an earlier moment */
	VSYSTEM_VALUE = 1u << 0, /* its arguments alone, or their types: $clog2, $bits */
	VSYSTEM_TIME = 1u << 1,	 /* $time and the like */
	VSYSTEM_RANDOM = 1u << 2 /* numbers before it; $random(seed) writes its seed */
};

/* Of a name with its $. */
enum vsystem vsystem_of(const char *name, size_t len);

/* True if token i is a system function of one of these kinds, ORed. */
bool vsystem_is(const struct vstmts *s, size_t i, unsigned kinds);

#endif
