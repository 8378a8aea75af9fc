/* seccomp.h - the system calls that a sandbox refuses, as a BPF program.
 *
 * Simulators, compilers and their children compute, read, write, start programs and
 * wait. Refused are calls that inspect other processes, change mounts or namespaces,
 * load something into the kernel, or hold memory that no limit counts. A refused call
 * fails and the program continues: EPERM, or ENOSYS or EAFNOSUPPORT where programs then
 * have a fallback.
 */
#ifndef POSEDGE_SECCOMP_H
#define POSEDGE_SECCOMP_H

#include <stdbool.h>

#include "session/base/err.h"

/* True if there is a program for this architecture. */
bool seccomp_known(void);

/* The program in a pipe, for bubblewrap's --seccomp; returns the read end, which the
 * caller closes; -1 on failure. network: allow queries for addresses and routes, as
 * resolvers make. */
int seccomp_open(bool network, struct err *err);

#endif
