/* trace_vcd.h - a value change dump of any size as a session/trace.
 *
 * The file is read once, from front to back, and cut into blocks at times; of
 * each block it is kept where it begins and which nets change in it. To answer a
 * question the block concerned is read again; a few are kept. So memory grows
 * with the nets and, slowly, with the file, not with the changes.
 *
 * The file may grow: trace_more() reads on. A file that was cut is good up to
 * its last whole word, and trace_problem() says that it was. Limits are those of
 * vcd_scan.h.
 */
#ifndef POSEDGE_TRACE_VCD_H
#define POSEDGE_TRACE_VCD_H

#include <stdbool.h>

#include "session/base/err.h"

struct trace;

/* Takes fd over. Nothing is read yet: trace_more() does, until it says that there
 * is no more. */
struct trace *trace_vcd_new(int fd, const char *name);

/* Whether what was read has the header of a dump. */
bool trace_vcd_is_dump(const struct trace *t);

/* For tests, before anything is read: blocks of at least that many bytes. */
void trace_vcd_block_size(struct trace *t, size_t bytes);

#endif
