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

/* True for an if that reads something: a check, if its line is known to have one. It may only
 * count: `if (q !== want) errors = errors + 1;`. */
bool check_may_be(const struct circuit *c, uint32_t node);

/* The value of its condition with which a check fails: '1', or '0', which an x stands for, too.
 * If one of its branches prints, it is that one. Else the equality passes, as in
 * `if (q == want) $display("ok"); else $display("wrong");`. 'x': not known. */
char check_fails_with(const struct circuit *c, uint32_t check);

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
