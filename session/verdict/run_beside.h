/* run_beside.h - warnings of a build that qualify its verdict.
 *
 * Most warnings belong to a lint. These are shown with the verdict: an always @*
 * that never runs, an unconnected clock. Remarks from the run itself (a data file
 * with too few words) have already been added by run.h. An undefined macro, which
 * Icarus takes for nothing, turns a FAIL into "did not run": the design is not at fault.
 */
#ifndef POSEDGE_RUN_BESIDE_H
#define POSEDGE_RUN_BESIDE_H

struct diag_list;
struct run_result;

/* Adds at most 5 warnings to r->beside. found may be NULL. */
void run_beside(const struct diag_list *found, struct run_result *r);

#endif
