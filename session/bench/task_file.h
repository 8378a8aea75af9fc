/* task_file.h - a task of the suite `tasks`: a small file next to the project it is about.
 *
 *   project counter                  # a folder next to the file
 *   question "Let it count down."    # the question to the model
 *   check counter_tb.sv              # a testbench, as `posedge sim` takes it; one per line
 *   keep counter_tb.sv               # files restored before the checks
 *   solution counter.solved          # a folder copied over the project: the reference
 *   seconds 20                       # for each check; default 10
 *   module counter                   # what the flow solve writes; default: from the check
 *
 * Lines are split into words as in a posedgerc (workbench/rc.h); nothing is executed.
 * Pure: paths are checked as text here, links when the paths are used.
 */
#ifndef POSEDGE_TASK_FILE_H
#define POSEDGE_TASK_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define TASK_FILE_MAX	  (64u << 10) /* bytes */
#define TASK_QUESTION_MAX 16000u      /* bytes */
#define TASK_CHECKS_MAX	  16u
#define TASK_KEEP_MAX	  64u
#define TASK_SECONDS_MAX  600u

struct task_file {
	char *project, *question; /* normalised, below the file's folder; never NULL after
				   * reading */
	char *solution;		  /* NULL: none */
	char *module;		  /* NULL: not named */
	struct strv checks, keep; /* at least one each; relative to the project */
	unsigned seconds;
};

/* The caller finishes *out in either case. ERR_PARSE names the line and what is wrong
 * with it; ERR_LIMIT what is too large. */
bool task_file_read(struct task_file *out, const char *text, size_t len, struct err *err);
void task_file_fini(struct task_file *t);

#endif
