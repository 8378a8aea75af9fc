/* task_run.h - works on a task of the suite `tasks` and judges the result.
 *
 *	project --copy--> work --ask or fix, --apply--> work --copy, keep--> judge --checks--> verdict
 *
 * Each of the two folders is a project with its own workbench. The flows are those of
 * `posedge ask --apply` and `posedge fix --apply`, with the user's options and
 * backends but without the project's settings. The judge's folder contains neither
 * the model's session nor its changes to the files listed by `keep`.
 */
#ifndef POSEDGE_TASK_RUN_H
#define POSEDGE_TASK_RUN_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/bench/bench_whole.h"
#include "session/bench/task_file.h"

/* In a task. base: the folder of the task's file. False: it could not be judged;
 * t->got counts what was asked so far. */
bool task_run(struct bench_whole *t, const struct task_file *f, const char *base, struct err *err);

#endif
