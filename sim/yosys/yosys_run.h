/* yosys_run.h - a staged design, and yosys scripts run on it in the sandbox.
 *
 * Map of sim/yosys: the prover behind session/tool/prover.h.
 *
 *   yosys_run      yosys scripts on a staged design
 *   yosys_netlist yosys_cells
 *                  ports, clocks, resets and registers of its netlist
 *   yosys_order    whether steps with several clocks are those of a simulator
 *   yosys_harness  the module that states what must hold, and its traces
 *   yosys_steps    a query to its `sat`
 *   yosys_undeclared
 *                  assertions that use a name which nothing declares
 *   yosys_smt      the same query to z3
 *   yosys_pdr      a proof by ABC, where induction finds none
 *   yosys_equal    compares two designs
 *   yosys_prove    assertions, one at a time
 *   yosys_text     what yosys reads differently
 *   yosys_size     cells and the longest path
 *
 * Knows how to start and bound yosys and how to interpret its failures; yosys_equal.c
 * and yosys_prove.c decide what to ask. Its output is hostile: a design may print
 * anything while it is read. So a result is only read from a file written by one
 * command (`tee -o`) after all sources were read, and there only from whole lines.
 */
#ifndef POSEDGE_YOSYS_RUN_H
#define POSEDGE_YOSYS_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/prover.h"
#include "sim/engine/engine.h"
#include "sim/yosys/yosys_text.h"

#define YOSYS_LABELS   "labels.v"
#define YOSYS_FILE_MAX (256u << 20) /* bytes read back at most */

struct yosys {
	struct engine_job j;
	const char *root_top; /* name of the module; borrowed */
	uint64_t until;	      /* deadline, by loop_now_ms() */
	uint64_t ms;	      /* the time limit, for messages */
};

bool yosys_here(struct err *err);

/* Call in a task: stages the design. ERR_USAGE: its names cannot be passed to yosys.
 * The job must stay valid until yosys_end(). */
bool yosys_begin(struct yosys *y, struct loop *l, const struct sim_job *job,
		 const struct prover_limits *limits, uint64_t until, struct err *err);
void yosys_end(struct yosys *y); /* { 0 } is fine */

/* Appends the commands that read the sources and set the top's parameters. formal:
 * keeps assertions, and yosys' output goes to YOSYS_READ_LOG; else assertions are
 * dropped. */
#define YOSYS_READ_LOG "read.log"
bool yosys_add_sources(const struct yosys *y, bool formal, struct str *script, struct err *err);

/* Call in a task: runs the script in the mirror; its files must be named YOSYS_OUT
 * "name". ERR_TOOL, ERR_TIMEOUT, ERR_LIMIT say in one sentence why it did not
 * finish; ERR_CANCELLED. */
#define YOSYS_OUT "../../../../"
bool yosys_run(struct yosys *y, const char *script, struct err *err);

/* The commands that turn processes into registers and logic. */
#define YOSYS_PROCESSES \
	"proc -noopt\ntechmap -map " YOSYS_OUT YOSYS_LABELS " " YOSYS_TEXT_LABELS "\n"

/* Reads a file written by a script; ERR_TOOL if it is missing. */
bool yosys_file(const struct yosys *y, const char *name, struct str *out, struct err *err);

/* True if text has exactly that line. */
bool yosys_says(const struct str *text, const char *line);

/* The largest n in a line of the form before, n, after; 0: none. */
unsigned yosys_counts(const struct str *text, const char *before, const char *after);

#endif
