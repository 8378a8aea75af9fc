/* trace_keep.h - indices of large dumps in the user's cache, so that a dump is scanned
 * once.
 *
 * An index is tied to a file by size, time, inode and a hash of parts of it; if any of
 * these differs it is not used. An index read back is hostile until its checksum and
 * all its numbers are verified; otherwise it is made again. The cache folder `waves`
 * holds at most 256 MB and 200 files; the oldest are removed. Files below 8 MB get no
 * index.
 */
#ifndef POSEDGE_TRACE_KEEP_H
#define POSEDGE_TRACE_KEEP_H

#include <stdbool.h>

struct trace;

/* Restores the index of the dump open at fd into t, a new trace. False: there is
 * none; *spoilt: t must be made again. */
bool trace_keep_take(int fd, struct trace *t, bool *spoilt);

/* Saves the index of t, which was read to its end. Write errors are ignored. */
void trace_keep_put(int fd, const struct trace *t);

#endif
