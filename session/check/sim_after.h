/* sim_after.h - what a run yields besides its verdict. */
#ifndef POSEDGE_SIM_AFTER_H
#define POSEDGE_SIM_AFTER_H

#include <stdbool.h>

#include "session/base/err.h"

struct design;
struct project;
struct sim_result;
struct workbench;

/* For a failed run: the failing time in the unit of the dump, and the table of
 * the cycles before it. Problems are reported in the notes. */
void sim_after_cycles(struct workbench *w, const struct project *p, const struct design *d,
		      struct sim_result *r);

/* Adds notes: the engine's, files the simulation wrote and where they are, the
 * language if it is not the intended one. */
void sim_after_tell(struct workbench *w, const struct design *d, struct sim_result *r);

/* Gives the newest waves of a testbench a fixed path below .posedge/waves, by the folder and the
 * name of the testbench, so that an open viewer can reload them; returns the run's own path if
 * that fails. The caller frees. */
char *sim_after_publish(const char *root, const struct sim_result *r, struct err *err);

/* Stores for the next start which testbench was run, its waves or why it kept none, and
 * the failing time. trace: it was to write waves; kept: its files are. */
void sim_after_remember(const char *root, const struct sim_result *r, bool trace, bool kept);

/* The path of the last run's waves; the caller frees. NULL: it kept none, or none was run,
 * then make says what makes some. */
char *sim_after_waves(const struct workbench *w, const char *make, struct err *err);

#endif
