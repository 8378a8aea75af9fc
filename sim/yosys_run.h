/* yosys_run.h - one staged design, and scripts of yosys run on it in the sandbox.
 *
 * Knows how yosys is started, bounded and understood when it fails; what it is
 * asked is the business of yosys_equal.c and yosys_prove.c. What it prints is
 * hostile: a design may print anything while it is read. So a result is only read
 * from a file that one command wrote (`tee -o`), after all sources were read, and
 * there only from whole lines.
 */
#ifndef POSEDGE_YOSYS_RUN_H
#define POSEDGE_YOSYS_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/prover.h"
#include "sim/engine.h"
#include "sim/yosys_text.h"

#define YOSYS_LABELS   "labels.v"
#define YOSYS_FILE_MAX (256u << 20) /* bytes of what is read back */

struct yosys {
	struct engine_job j;
	const char *root_top; /* the module; borrowed */
	uint64_t until;	      /* loop_now_ms() at which all has to be over */
	uint64_t ms;	      /* that were given; for the sentence */
};

bool yosys_here(struct err *err);

/* In a task: stages the design. ERR_USAGE: its names cannot be given to yosys. The job
 * must stay until yosys_end(). */
bool yosys_begin(struct yosys *y, struct loop *l, const struct sim_job *job,
		 const struct prover_limits *limits, uint64_t until, struct err *err);
void yosys_end(struct yosys *y); /* { 0 } is fine */

/* The commands that read the sources and set the top's parameters. Of formal, assertions
 * are kept, and what yosys says meanwhile goes to YOSYS_READ_LOG; else they are left out. */
#define YOSYS_READ_LOG "read.log"
bool yosys_add_sources(const struct yosys *y, bool formal, struct str *script, struct err *err);

/* In a task: runs the script, in the folder of the mirror; what it writes is to go to
 * YOSYS_OUT "name". ERR_TOOL, ERR_TIMEOUT, ERR_LIMIT: in one sentence why it did not come
 * to its end; ERR_CANCELLED. */
#define YOSYS_OUT "../../../../"
bool yosys_run(struct yosys *y, const char *script, struct err *err);

/* The commands that make registers and logic of processes. */
#define YOSYS_PROCESSES \
	"proc -noopt\ntechmap -map " YOSYS_OUT YOSYS_LABELS " " YOSYS_TEXT_LABELS "\n"

/* A file that a script wrote; ERR_TOOL when there is none. */
bool yosys_file(const struct yosys *y, const char *name, struct str *out, struct err *err);

/* Whether a line of text is exactly that one. */
bool yosys_says(const struct str *text, const char *line);

/* The largest n for which a line is before, n, after; 0: there is none. */
unsigned yosys_counts(const struct str *text, const char *before, const char *after);

#endif
