/* seccomp.h - which system calls a sandbox refuses, as a program for the kernel.
 *
 * Simulators, compilers and what they run compute, read, write, start programs
 * and wait. Refused is what looks into other processes, changes mounts or
 * namespaces, loads something into the kernel, or holds memory that no limit
 * counts. Refused calls fail, the program goes on: EPERM, and ENOSYS or
 * EAFNOSUPPORT where programs try something else then.
 */
#ifndef POSEDGE_SECCOMP_H
#define POSEDGE_SECCOMP_H

#include <stdbool.h>

#include "session/base/err.h"

/* Whether there is such a program for this kind of processor. */
bool seccomp_known(void);

/* The program in a pipe, as bubblewrap's --seccomp reads it: the end to read,
 * the caller's to close; -1 when it cannot be had. network: the kernel may be
 * asked for addresses and routes, as resolvers do. */
int seccomp_open(bool network, struct err *err);

#endif
