/* run_beside.h - warnings of a build that change what its verdict means.
 *
 * Most warnings are for a lint. These belong beside the verdict: an always @*
 * that never runs, a clock that is not connected. What the run itself said
 * (a data file with too few words) run.h has put there already.
 */
#ifndef POSEDGE_RUN_BESIDE_H
#define POSEDGE_RUN_BESIDE_H

struct diag_list;
struct run_result;

/* Adds to r->beside; at most 5 of them. found: NULL is fine. */
void run_beside(const struct diag_list *found, struct run_result *r);

#endif
