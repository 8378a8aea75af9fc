/* batch.h - many runs of one build in one sandbox.
 *
 * The build learns by "+posedge_variant=N" which variant of itself to be. Each run has
 * its own folder and limits, and as many run at a time as there are processors.
 * batch_inside.c, compiled in the sandbox, starts them.
 */
#ifndef POSEDGE_BATCH_H
#define POSEDGE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/verdict/run.h"

struct counting;
struct work;

#define BATCH_FIRST "+posedge_variant=0000000" /* an argument of the simulation */

/* State of a variant in the list. */
enum batch_fate { BATCH_WAITS, BATCH_BEGUN, BATCH_DONE };

struct batch_list {
	unsigned *v;
	enum batch_fate *fate;
	size_t n;
	uint64_t least_ms; /* processor time that each is allowed at least */
	/* Limits of one run for a file and for its output, if lower than
	 * sim_limits.file_size and output. */
	uint64_t file_bytes, print_bytes;
};

/* The result of one variant. said: the verdict by the printed output alone. */
typedef void batch_fn(void *ctx, unsigned n, const struct run_result *r, enum verdict said);

/* Call in a task after a build: runs the variants that are not BATCH_DONE, and the
 * first of the list in any case. A variant left at BATCH_BEGUN was running when all
 * were ended, by a limit on the whole or a crash; which one caused it is not known.
 * fn may set *stop to end early. False: cancelled. */
bool batch_run(struct work *w, const struct counting *count, const char *rt,
	       struct batch_list *list, batch_fn *fn, void *ctx, const bool *stop, struct err *err);

/* Source of the program that runs inside, for engines that compile it. */
#define BATCH_INSIDE "batch_inside.c"
extern const char batch_inside[];

#endif
