/* race.h - does a design have a race? If so, proofs about it are void. */
#ifndef POSEDGE_RACE_H
#define POSEDGE_RACE_H

#include <stdbool.h>

struct sim_job;
struct str;

/* Reads the sources of a job, up to a few MB each. Adds a clause that says why
 * nothing is proved: "a race, of which yosys looks at one order: ...". A source
 * that cannot be read is skipped; the prover reports that. */
bool race_in_job(const struct sim_job *job, struct str *why);

#endif
