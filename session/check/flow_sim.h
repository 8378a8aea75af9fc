/* flow_sim.h - building and running a testbench: one task.
 *
 * Map of session/check: testbenches run on texts as they are or could be.
 * Knows no tool: it asks the port.
 *
 *   flow_sim sim_*                      one run: a task; its record, and what follows from it
 *   guard                               whether a run without a sandbox was agreed to
 *   engine_choice run_time wave_source  the engine, when it failed, which signal is the clock
 *   wave_source_ports                   ports and files of a dump's modules
 *   run_words                           the line that the failing check has printed
 *   flow_rerun                          what today's tools say of a recorded session
 *   flow_smallest ddmin                 the fewest places with which a testbench still passes
 *   flow_hardware                       what changes as hardware
 *   flow_why why_time                   why a signal has its value, and at which time
 *   evidence                            which steps of that go along with a question
 *   believe formal_bench                a prover's counterexample, simulated before it is believed
 *   raced                               whether a design has a race
 *   sva                                 concurrent assertions as clocked immediate ones
 *   composite                           the files of an answer as they would be
 *   uncovered                           taken lines that no PASS has covered since
 */
#ifndef POSEDGE_FLOW_SIM_H
#define POSEDGE_FLOW_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"

struct options;
struct overlay;
struct workbench;

struct sim_result {
	uint64_t run;	    /* the run's number */
	char *testbench;    /* module; owned */
	char *path;	    /* its file; owned */
	const char *engine; /* that ran it; constant */
	const char *
		version; /* what that says of itself; borrowed, see tool_version.h; NULL: not known */
	unsigned seeds; /* other sets of initial values that it was to be repeated with */
	struct run_report report;
	char *wave_path;   /* absolute, kept for the viewer: one name for each testbench; "" */
	struct str cycles; /* the table before the first failure; empty: none */
	struct strv notes;
	struct strv files; /* the design's, relative */
	bool as_if;	   /* of files as they could be */
};

/* name: as design_testbench() takes it. engine: of auto see engine_choice.h;
 * when the first cannot build what the other can, the result is the other's
 * and a note says so. line: what the simulation prints, as
 * it prints it; may be NULL. Waves lie next to the run; wave_path is another
 * name for the newest of this testbench, replaced in one step. */
bool flow_sim(struct workbench *w, const char *name, const char *engine, bool trace,
	      void (*line)(void *ctx, const char *line, size_t len), void *ctx,
	      struct sim_result *out, struct err *err);
void sim_result_fini(struct sim_result *r);

/* The same with n files as they could be, and with waves. The run is one of the session like any
 * other; a note before its verdict says whose texts those are: about. */
bool flow_sim_if(struct workbench *w, const char *name, const char *engine, const struct overlay *v,
		 size_t n, const char *about, void (*line)(void *ctx, const char *line, size_t len),
		 void *ctx, struct sim_result *out, struct err *err);

/* Runs first's testbench with the other engine, as a run of its own that names
 * the first. *differs: a sentence, see engine_differ(); empty: they agree, or
 * out did not run. False and ERR_NOT_FOUND when there is no other engine. */
bool flow_sim_confirm(struct workbench *w, const struct sim_result *first, struct sim_result *out,
		      struct str *differs, struct err *err);

/* Whether that is worth its time: the engine was auto, sim.confirm is on, and
 * the first run came to a verdict. */
bool flow_sim_confirms(const struct workbench *w, const char *engine,
		       const struct sim_result *first);

/* What the options allow a run. */
struct sim_limits sim_limits_of(const struct options *o);

/* Waves of more changes than that are read in part. */
#define SIM_WAVE_CHANGES (4u << 20)

#endif
