/* trace_fst.h - an FST file as a session/trace.
 *
 * Data is read on demand: opening reads the names and a table of sections, a query the
 * chains of its nets in one section. Memory grows with nets and sections, not with
 * changes: about 64 MB of values are cached at most.
 *
 * In an unfinished file the sections written so far can be queried. A damaged section
 * has no values, and trace_problem() reports it. Limits are those of fst_file.h and,
 * for names, of vcd_scan.h.
 */
#ifndef POSEDGE_TRACE_FST_H
#define POSEDGE_TRACE_FST_H

#include "session/base/err.h"

struct trace;

/* Takes ownership of fd, even on failure: NULL with err as fst_file_read(). */
struct trace *trace_fst_new(int fd, const char *name, struct err *err);

/* For tests, before the first query: times of a section that are read at once. */
void trace_fst_part(struct trace *t, size_t times);

#endif
