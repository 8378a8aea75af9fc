/* processes.h - who belongs to a run: all processes below the one that was started.
 *
 * Source: proc(5). What can be read of a process that another user owns is enough.
 * For threads of the pool; knows no limits.
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

/* Those below pid, without its own; *out: a new array, the caller frees. By the parents
 * of all processes of this machine; whoever is of pid's session belongs to it as well. At
 * most 100,000 are looked at. proc: /proc, open. */
size_t processes_below(int proc, int pid, struct process **out);

/* The same from pid downward, by the lists of children that the kernel keeps, which
 * costs a tenth on a machine that does other things. A program that starts and ends many
 * may slip through, and so does one that left the tree: look at all now and then. Where
 * the kernel has no such lists, or there are more than 1000: processes_below(). */
size_t processes_listed(int proc, int pid, struct process **out);

/* A file of /proc into buf, as a string; what is longer is cut. in: AT_FDCWD, or open. */
bool processes_text(int in, const char *name, char *buf, size_t cap);

#endif
