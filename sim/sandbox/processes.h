/* processes.h - the processes of a run: all descendants of the one that was started.
 *
 * Source: proc(5). Works for processes of another user, too. For threads of the pool;
 * knows no limits.
 */
#ifndef POSEDGE_PROCESSES_H
#define POSEDGE_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct process {
	int pid, parent, session;
	unsigned threads;
	uint64_t rss; /* bytes */
};

/* Descendants of pid, without pid itself; *out is a new array freed by the caller.
 * Follows the parents of all processes of this machine; members of pid's session
 * count as well. Looks at 100,000 at most. proc: /proc, open. */
size_t processes_below(int proc, int pid, struct process **out);

/* Like processes_below(), but uses the kernel's lists of children, which costs a
 * tenth on a busy machine. It may miss a program that keeps starting others, or one
 * that left the tree: call processes_below() now and then. Falls back to that
 * without such lists, or with more than 1000 processes. */
size_t processes_listed(int proc, int pid, struct process **out);

/* Reads a file of /proc into buf as a string, truncated to cap. in: AT_FDCWD, or an
 * open folder. */
bool processes_text(int in, const char *name, char *buf, size_t cap);

#endif
