/* trace_fst.h - an FST file as a session/trace.
 *
 * What is asked for is read when it is: opening takes the names and a table of the
 * sections, a question the chains of its nets in one section. Memory grows with
 * the nets and the sections, not with the changes: at most some 64 MB of values
 * that were read are kept.
 *
 * Of a file that its writer did not end, the sections that it wrote can be asked.
 * A damaged section has no values, and trace_problem() says that there is one.
 * Limits are those of fst_file.h and, for names, of vcd_scan.h.
 */
#ifndef POSEDGE_TRACE_FST_H
#define POSEDGE_TRACE_FST_H

#include "session/base/err.h"

struct trace;

/* Takes fd over, also when it fails: NULL then, with err as fst_file_read(). */
struct trace *trace_fst_new(int fd, const char *name, struct err *err);

/* For tests, before anything is asked: so many times of a section are read at once. */
void trace_fst_part(struct trace *t, size_t times);

#endif
