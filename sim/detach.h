/* detach.h - starts a program that outlives us. */
#ifndef POSEDGE_DETACH_H
#define POSEDGE_DETACH_H

#include <stdbool.h>
#include <sys/types.h>

#include "session/base/err.h"

/* In a session of its own, in the folder cwd, as nobody's child; stdin and output are the
 * descriptors given, which stay the caller's. argv[0] is a path. env is added
 * to ours: "NAME=value" strings up to NULL. */
bool detach_start(const char *const *argv, const char *const *env, const char *cwd, int in, int out,
		  pid_t *pid, struct err *err);

/* When pid began, in ticks since boot: with it a process is told from a later
 * one of the same number. 0: there is none, or it has ended. */
unsigned long long detach_started(pid_t pid);

#endif
