/* why_check.h - finds the checks of a testbench in its elaborated text; for session/why only.
 *
 * A check is an if that reads something, and that prints, itself or through the tasks that it
 * calls. Knows nothing of the trace.
 */
#ifndef POSEDGE_WHY_CHECK_H
#define POSEDGE_WHY_CHECK_H

#include <stdbool.h>
#include <stdint.h>

struct circuit;

bool check_is(const struct circuit *c, uint32_t node);

/* True if the node, or one below it, is on that line. path NULL: of any file. */
bool check_is_on_line(const struct circuit *c, uint32_t node, const char *path, uint32_t line);

struct check_loop {
	uint32_t counter;   /* a variable */
	uint32_t condition; /* of the loop */
	bool waits;	    /* for time */
};

/* The innermost counting loop around a check, below top. False: there is none. */
bool check_loop(const struct circuit *c, uint32_t top, uint32_t check, struct check_loop *out);

#endif
