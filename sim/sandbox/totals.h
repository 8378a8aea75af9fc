/* totals.h - the total resource use of a run, measured from outside while it runs.
 *
 * The kernel's limits are per process or per file, and a program may have many of both.
 * These are sums over all of them. They are samples: what comes and goes between two
 * samples is missed, so the kernel's limits stay in place as well. Knows no limit
 * itself.
 *
 * Sources: proc(5) for processes, statvfs(3) for the sandbox's own /tmp.
 */
#ifndef POSEDGE_TOTALS_H
#define POSEDGE_TOTALS_H

#include <stdint.h>

struct totals {
	unsigned processes; /* including threads */
	/* bytes in memory or swapped out; shared pages are counted once where it
	 * matters */
	uint64_t memory;
	uint64_t disk;	/* bytes below the folder, in /tmp, and in open files that were removed */
	uint64_t files; /* files and folders, below the folder and in /tmp */
	uint64_t memory_left; /* bytes available on this machine; UINT64_MAX: unknown */
	uint64_t disk_left;   /* likewise on the folder's file system */
};

/* For the pool: reads /proc and walks dir, at most `most.files` entries; does not
 * follow links. pid: the started process, which is not counted itself; 0: only dir.
 * A part that cannot be read counts as 0. */
void totals_measure(const char *dir, int pid, const struct totals *most, struct totals *out);

/* A cheaper totals_measure(), which may miss a process, see processes_listed(). */
void totals_glance(const char *dir, int pid, const struct totals *most, struct totals *out);

#endif
