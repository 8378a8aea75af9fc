/* task_file.h - a task of the suite `tasks`: one small file beside the project it is about.
 *
 *   project counter                  # a folder beside the file
 *   question "Let it count down."    # what the model is asked
 *   check counter_tb.sv              # a testbench, as `posedge sim` takes it; one a line
 *   keep counter_tb.sv               # files put back before the checks
 *   solution counter.solved          # a folder laid over the project: the reference
 *   seconds 20                       # of each check; 10
 *   module counter                   # what the flow solve writes; else what the check has
 *
 * The lines and words are those of a posedgerc (workbench/rc.h), and nothing is run from
 * them. Pure: paths are taken by their text here; links are looked at when they are used.
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
	char *project, *question; /* cleaned and below the file's folder; never NULL once read */
	char *solution;		  /* NULL: it has none */
	char *module;		  /* NULL: none is named */
	struct strv checks, keep; /* one of each at least; relative to the project */
	unsigned seconds;
};

/* *out is to be finished in either case. ERR_PARSE names the line and what is wrong there;
 * ERR_LIMIT what is too much. */
bool task_file_read(struct task_file *out, const char *text, size_t len, struct err *err);
void task_file_fini(struct task_file *t);

#endif
