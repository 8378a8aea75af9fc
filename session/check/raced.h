/* raced.h - whether a design has a race, so that nothing proved of it is true of it. */
#ifndef POSEDGE_RACED_H
#define POSEDGE_RACED_H

#include <stdbool.h>

struct sim_job;
struct str;

/* Reads the sources of a job, small files. Adds a clause that says why nothing is proved:
 * "a race, of which yosys looks at one order: ...". A source that cannot be read is left
 * out: the prover says that. */
bool raced(const struct sim_job *job, struct str *why);

#endif
