/* trace_keep.h - the indices of large dumps, kept in the person's cache, so that a dump
 * is gone through once.
 *
 * An index belongs to a file by its size, its time, its number on its disk and a hash
 * of parts of it; of a file that is another one in any of these it is not used. What
 * is read back is hostile until its checksum and each of its numbers are right; else
 * the index is made anew. A folder `waves` in the cache, at most 256 MB and 200
 * files, the oldest of which go; files below 8 MB are not worth one.
 */
#ifndef POSEDGE_TRACE_KEEP_H
#define POSEDGE_TRACE_KEEP_H

#include <stdbool.h>

struct trace;

/* Of a dump that is open at fd, in t, of which nothing was read. False: there is
 * none; *spoilt: t has to be made anew. */
bool trace_keep_take(int fd, struct trace *t, bool *spoilt);

/* Of t, which was read to its end. What cannot be written is not kept. */
void trace_keep_put(int fd, const struct trace *t);

#endif
