/* task_run.h - a task of the suite `tasks`, worked on and judged.
 *
 *	project --copy--> work --ask or fix, --apply--> work --copy, keep--> judge --checks--> verdict
 *
 * Each of the two folders is a project with a workbench of its own: the flows are those of
 * `posedge ask --apply` and `posedge fix --apply`, with the person's options and backends and
 * none of the project's settings. The judge's folder has neither the model's session nor what
 * it made of the files that are kept.
 */
#ifndef POSEDGE_TASK_RUN_H
#define POSEDGE_TASK_RUN_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/bench/bench_whole.h"
#include "session/bench/task_file.h"

/* In a task. base: the folder of the task's file. False: it could not be judged; what was
 * asked for so far is in t->got. */
bool task_run(struct bench_whole *t, const struct task_file *f, const char *base, struct err *err);

#endif
