/* vcd.h - a value change dump as a session/wave: the whole of it, or the rows
 * before a time of one that may have any size.
 *
 * What dumps look like is vcd_scan's business; a file that is still being
 * written, or was cut, is good up to its last whole word. Keeps a leading "TOP"
 * scope of Verilator's.
 */
#ifndef POSEDGE_VCD_H
#define POSEDGE_VCD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/tool/wave.h"

struct loop;
struct vcd;

/* max_changes as in wave_new(). */
struct vcd *vcd_new(size_t max_changes);

/* For any size: keeps what want's rows need, in memory that does not grow with
 * the dump. want is copied. */
struct vcd *vcd_new_rows(const struct wave_want *want);

/* Any slices of the file, in order. */
void vcd_feed(struct vcd *v, const char *data, size_t len);

/* Frees v; the caller frees *out. ERR_PARSE when it was no dump: *out is NULL
 * then. */
bool vcd_end(struct vcd *v, struct wave **out, struct err *err);

/* Reads a whole file. Takes about a second for 100 MB and touches nothing
 * shared: for large files call it with loop_work(). */
bool vcd_read(const char *path, size_t max_changes, struct wave **out, struct err *err);

/* Reads what want's rows need: of a large file the end of the run, the window
 * before the time, and backwards the last values of the signals in the rows.
 * FST and GHW files, and compressed ones, are read through the tool that turns
 * them into VCD: in a task of l, which may be NULL where none will come.
 * ERR_TOOL names the format and that tool when it is missing. */
bool wave_read(struct loop *l, const char *path, const struct wave_want *want, struct wave **out,
	       struct err *err);

#endif
