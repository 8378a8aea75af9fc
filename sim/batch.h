/* batch.h - many runs of one build in one sandbox.
 *
 * Of what was built in a stage and is told by "+posedge_variant=N" which variant
 * of itself it is. Each run has a folder of its own and limits of its own, as many at
 * a time as there are processors; batch_inside.c starts them, compiled there.
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

#define BATCH_TOOL  "gcc"		       /* is needed */
#define BATCH_FIRST "+posedge_variant=0000000" /* an argument of the simulation */

/* What became of a number of the list. */
enum batch_fate { BATCH_WAITS, BATCH_BEGUN, BATCH_DONE };

struct batch_list {
	unsigned *v;
	enum batch_fate *fate;
	size_t n;
	uint64_t least_ms; /* of processor time, that each may take at least */
	/* Bytes that each may write into a file, and print, where that is less than
	 * sim_limits.file_size and output. */
	uint64_t file_bytes, print_bytes;
};

/* What one came to. said: the verdict by what was printed alone. */
typedef void batch_fn(void *ctx, unsigned n, const struct run_result *r, enum verdict said);

/* In a task, after a build: runs those of the list that are not BATCH_DONE, the
 * first of the list first, and again if it was done. Who is BATCH_BEGUN afterwards
 * was under way when something ended all of them, a limit of the whole or a
 * crash: which of those it was is not known. *stop: fn may set it.
 * False: cancelled. */
bool batch_run(struct work *w, const struct counting *count, const char *rt,
	       struct batch_list *list, batch_fn *fn, void *ctx, const bool *stop, struct err *err);

/* The source of the program inside, for an engine that compiles it. */
#define BATCH_INSIDE "batch_inside.c"
extern const char batch_inside[];

#endif
