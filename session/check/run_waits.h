/* run_waits.h - waits of a testbench that the waves show to be in vain.
 *
 * `wait (done)`, `wait (!busy)`, `wait (s == 1)`, `@(posedge s)` and `@(s)` in an initial block
 * or a task of the testbench's module, for a net or a variable of one bit. Other conditions are
 * not judged. Knows nothing of whether such a statement was reached.
 */
#ifndef POSEDGE_RUN_WAITS_H
#define POSEDGE_RUN_WAITS_H

#include <stdbool.h>

struct sim_job;
struct strv;
struct trace;

/* Adds "tb.v:7 waits for `done`, which never becomes 1 in this run" for up to three of them; false:
 * none. */
bool run_waits(const struct sim_job *j, const char *testbench, struct trace *t, struct strv *notes);

#endif
