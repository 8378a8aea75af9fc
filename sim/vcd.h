/* vcd.h - reads a value change dump, as Icarus and Verilator write it.
 *
 * One pass, in time and memory linear in the file; a file that is still being
 * written or was cut is good up to its last whole word. Wrong words are passed
 * over; only a file without $enddefinitions is no dump. Limits: a million
 * signals, 65536 bits each, scopes 256 deep, identifiers of 9 characters;
 * what goes beyond is left out (of a wider signal: its upper bits).
 *
 * Keeps names as they stand in the file, with '?' for bytes that could steer
 * a terminal, and a leading "TOP" scope of Verilator's.
 */
#ifndef POSEDGE_VCD_H
#define POSEDGE_VCD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct wave;
struct vcd;

/* max_changes as in wave_new(). */
struct vcd *vcd_new(size_t max_changes);

/* Any slices of the file, in order. */
void vcd_feed(struct vcd *v, const char *data, size_t len);

/* Frees v; the caller frees *out. ERR_PARSE when it was no dump: *out is NULL
 * then. */
bool vcd_end(struct vcd *v, struct wave **out, struct err *err);

/* Reads a whole file. Takes about a second for 100 MB and touches nothing
 * shared: for large files call it with loop_work(). */
bool vcd_read(const char *path, size_t max_changes, struct wave **out, struct err *err);

#endif
