/* detach.h - starts a program that outlives posedge. */
#ifndef POSEDGE_DETACH_H
#define POSEDGE_DETACH_H

#include <stdbool.h>
#include <sys/types.h>

#include "session/base/err.h"

/* Starts it in a new session in folder cwd, reparented away from us. in and out
 * become its stdin and output, and remain the caller's. argv[0] is a path. env:
 * "NAME=value" strings up to NULL, added to ours. */
bool detach_start(const char *const *argv, const char *const *env, const char *cwd, int in, int out,
		  pid_t *pid, struct err *err);

/* Start time of pid in ticks since boot, which distinguishes it from a later
 * process with the same number. 0: no such process. */
unsigned long long detach_started(pid_t pid);

#endif
