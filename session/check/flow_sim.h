/* flow_sim.h - builds and runs a testbench in the calling task.
 *
 * Map of session/check: testbenches run on texts as they are or could be. Knows
 * no tool: it calls the port.
 *
 *   flow_sim sim_*                      one run: a task; its record, and its consequences
 *   guard                               has the user agreed to a run without a sandbox?
 *   engine_choice run_time wave_source  the engine, the time of failure, which signal is the clock
 *   wave_source_ports                   ports and files of a dump's modules
 *   run_words                           the line that the failing check printed
 *   run_waits run_calls                 waits in vain; calls that can explain a result
 *   data_states                         data files with x, which two states cannot hold
 *   flow_rerun                          a recorded session repeated with today's tools
 *   flow_smallest ddmin                 the fewest hunks with which a testbench still passes
 *   flow_hardware                       what changes in hardware
 *   flow_why why_time source_line       why a signal has its value, and at which time; its source
 *   evidence                            which of those steps are sent with a question
 *   counterexample formal_bench         simulates a prover's counterexample before it is reported
 *   skipped_include                     `include lines in text that only yosys skips
 *   race                                does a design have a race?
 *   sva sva_sample                      concurrent assertions as clocked immediate ones
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
	uint64_t run;	     /* number of the run */
	char *testbench;     /* module; owned */
	char *path;	     /* its file; owned */
	const char *engine;  /* engine that ran it; constant */
	const char *version; /* the engine's version; borrowed, see tool_version.h; NULL: unknown */
	unsigned seeds;	     /* other sets of initial values that it was to be repeated with */
	struct run_report report;
	char *wave_path;   /* absolute path for the viewer, one name per testbench; "": none */
	struct str cycles; /* the table of cycles before the first failure; empty: none */
	struct strv notes;
	struct strv files; /* of the design, relative */
	bool as_if;	   /* run with overlays (flow_sim_if) */
	bool alone;	   /* the other engine was asked first, and could not build or run it */
};

/* name: see design_testbench(). engine: for auto see engine_choice.h; if the
 * first engine cannot build the design and the other can, the result is the
 * other's and a note says so. line: receives the simulation's output as it is
 * printed; may be NULL. Waves are kept with the run; wave_path is a second name
 * for this testbench's newest waves, replaced atomically. */
bool flow_sim(struct workbench *w, const char *name, const char *engine, bool trace,
	      void (*line)(void *ctx, const char *line, size_t len), void *ctx,
	      struct sim_result *out, struct err *err);
void sim_result_fini(struct sim_result *r);

/* The same with overlays for n files, and with waves. The run belongs to the
 * session like any other; a note before its verdict says whose texts they are:
 * about. */
bool flow_sim_if(struct workbench *w, const char *name, const char *engine, const struct overlay *v,
		 size_t n, const char *about, void (*line)(void *ctx, const char *line, size_t len),
		 void *ctx, struct sim_result *out, struct err *err);

/* Runs first's testbench with the other engine, as a run of its own that refers
 * to the first. *differs: a sentence, see engine_differ(); empty if they agree or
 * out did not run. Fails with ERR_NOT_FOUND if there is no other engine. */
bool flow_sim_confirm(struct workbench *w, const struct sim_result *first, struct sim_result *out,
		      struct str *differs, struct err *err);

/* True if confirming is worthwhile: the engine was auto, sim.confirm is on, and
 * the first run had a verdict, or compared something and had none. */
bool flow_sim_confirms(const struct workbench *w, const char *engine,
		       const struct sim_result *first);

/* Limits of a run, from the options. */
struct sim_limits sim_limits_of(const struct options *o);

#endif
