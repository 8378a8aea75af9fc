/* late.h - libraries that are loaded when they are first needed, not linked.
 *
 * Loading a library takes 0.2 to 5 ms, before main() if the program is linked with it, and
 * most runs need none of the large ones. The header of such a library's home lists its
 * functions with the types of the library's own header, so the compiler still checks
 * each call.
 */
#ifndef POSEDGE_LATE_H
#define POSEDGE_LATE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct late_call {
	const char *name; /* of the library's function */
	size_t at;	  /* the pointer to it, from the start of the struct */
};

/* Sets the n pointers in *out. The library stays loaded until the program ends. ERR_TOOL:
 * it is not installed or lacks a function; purpose ends the sentence: "which servers are
 * asked with". */
bool late_load(const char *soname, const char *purpose, const struct late_call *calls, size_t n,
	       void *out, struct err *err);

#endif
