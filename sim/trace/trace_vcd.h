/* trace_vcd.h - a value change dump of any size as a session/trace.
 *
 * The file is read once from front to back and cut into blocks at times; of each block
 * the offset and the set of nets that change are kept. A query reads the block again; a
 * few are cached. So memory grows with the nets and, slowly, with the file, but not
 * with the changes.
 *
 * The file may grow: trace_more() continues reading. A truncated file is valid up to
 * its last whole word, and trace_problem() reports it. Limits are those of vcd_scan.h.
 */
#ifndef POSEDGE_TRACE_VCD_H
#define POSEDGE_TRACE_VCD_H

#include <stdbool.h>

#include "session/base/err.h"

struct trace;

/* Takes ownership of fd. Reads nothing yet: call trace_more() until it says that
 * there is no more. */
struct trace *trace_vcd_new(int fd, const char *name);

/* True if the data read so far has the header of a dump. */
bool trace_vcd_is_dump(const struct trace *t);

/* Before anything is read: the file may not be read to its end, so no second reader begins in
 * its middle. */
void trace_vcd_from_front(struct trace *t);

/* Nothing more will be read: if there is more, trace_problem() says so, and not that the file
 * ends there. */
void trace_vcd_leave_rest(struct trace *t);

/* For tests, before anything is read: minimum size of blocks in bytes. */
void trace_vcd_block_size(struct trace *t, size_t bytes);

#endif
