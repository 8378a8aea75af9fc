/* totals.h - what a run uses in all, measured from outside while it goes on.
 *
 * The kernel's limits are for one process or one file each, and a program may
 * have many of both. These sums are over all of them. They are samples: what
 * comes and goes between two looks is not seen, so limits of the kernel stay
 * in place beneath. Knows no limit itself.
 *
 * Sources: proc(5) for processes, statvfs(3) for the sandbox's own /tmp.
 */
#ifndef POSEDGE_TOTALS_H
#define POSEDGE_TOTALS_H

#include <stdbool.h>
#include <stdint.h>

struct totals {
	unsigned processes; /* with their threads */
	/* bytes in memory or swapped out; shared pages count once when it matters */
	uint64_t memory;
	uint64_t disk;	/* bytes below the folder, in /tmp, in files that are open but removed */
	uint64_t files; /* files and folders below the folder and in /tmp */
	uint64_t memory_left; /* bytes that this machine has left; UINT64_MAX: unknown */
	uint64_t disk_left;   /* the same of the folder's file system */
};

/* For the pool: reads /proc and walks dir, of which at most `most.files` entries
 * are looked at; links are not followed. pid: what was started, without its own
 * process; 0: only dir. A part that cannot be read counts nothing. */
void totals_measure(const char *dir, int pid, const struct totals *most, struct totals *out);

/* The same for less, but a process may be missed, see processes_listed(). */
void totals_glance(const char *dir, int pid, const struct totals *most, struct totals *out);

#endif
