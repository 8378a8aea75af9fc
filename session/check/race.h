/* race.h - does a design have a race? If so, proofs about it are void. */
#ifndef POSEDGE_RACE_H
#define POSEDGE_RACE_H

#include <stdbool.h>

struct sim_job;
struct str;

/* Reads the sources of a job, up to 4 MB each. True if there is a race, or may be one in
 * a source that could not be read; adds a clause that says why nothing is proved: "a race,
 * of which yosys looks at one order: ...". */
bool race_in_job(const struct sim_job *job, struct str *why);

#endif
