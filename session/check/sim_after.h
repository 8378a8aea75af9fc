/* sim_after.h - what follows from a run besides its verdict. */
#ifndef POSEDGE_SIM_AFTER_H
#define POSEDGE_SIM_AFTER_H

#include "session/base/err.h"

struct design;
struct project;
struct sim_result;
struct workbench;

/* Of a run that failed: when that was, in the unit of the dump, and the table
 * of the cycles before it. What cannot be read is said in the notes. */
void sim_after_cycles(struct workbench *w, const struct project *p, const struct design *d,
		      struct sim_result *r);

/* Notes: the engine's, what the simulation wrote and where it lies, the
 * language when it is not the one that was meant. */
void sim_after_tell(struct workbench *w, const struct design *d, struct sim_result *r);

/* One name for the newest waves of a testbench, so that a viewer that is open
 * can reload them; the run's own name where that cannot be made. The caller
 * frees it. */
char *sim_after_publish(const char *root, const struct sim_result *r, struct err *err);

/* For the next start: which testbench was run, its waves, the failing time. */
void sim_after_remember(const char *root, const struct sim_result *r);

#endif
