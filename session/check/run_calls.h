/* run_calls.h - which calls and constructs in the sources of a run can explain its result.
 *
 * Reads tokens, so code that an `ifdef leaves out counts as well. Owns what it found. A source
 * that cannot be read, or is longer than a megabyte, has nothing.
 */
#ifndef POSEDGE_RUN_CALLS_H
#define POSEDGE_RUN_CALLS_H

#include <stdbool.h>

#include "session/base/str.h"

struct sim_job;

struct run_calls {
	bool random;	/* $random, $urandom, $urandom_range, $dist_*, randomize() */
	bool annotates; /* $sdf_annotate */
	/* All in the order of the sources. */
	struct strv ends;   /* "$finish in tb.v:9" for each $finish and $stop */
	struct strv paths;  /* "d.v:2" for each specify block with the delay of a path */
	struct strv fatals; /* likewise for each $fatal whose first argument is a text */
};

void run_calls_read(const struct sim_job *j, struct run_calls *out);
/* For a run that failed, or that a tool refused: adds what is wrong with a $fatal, and that the
 * delays of paths are left out. */
void run_calls_tell(const struct run_calls *c, struct strv *notes);

void run_calls_fini(struct run_calls *c); /* the zero value is fine */

#endif
