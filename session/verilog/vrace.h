/* vrace.h - races between clocked processes, by the text alone.
 *
 * A variable that a process assigns by `=` at a clock edge, and that another process
 * which runs at that edge reads, has its old value there or its new one, as the simulator
 * likes. What one tool makes of such a text is true of one order, so nothing that it
 * proves is true of the text. Here such variables are found; also where continuous
 * assignments, combinational processes, ports and instances lie between the two.
 *
 * By the text: of `ifdef branches all are read, macros are not expanded. So it may see a
 * race where there is none; one within a module, or by way of its ports, is seen.
 * Pure: knows no file.
 */
#ifndef POSEDGE_VRACE_H
#define POSEDGE_VRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct vrace;

struct vrace *vrace_new(void);
void vrace_free(struct vrace *r); /* NULL is fine */

/* One more text of the design; both are borrowed until vrace_free(). */
void vrace_add(struct vrace *r, const char *path, const char *text, size_t len);

/* The first one in module top and what it instantiates, or in all (NULL), as a clause: "q,
 * which rtl/a.v:5 assigns by = at a clock edge, is read at an edge in rtl/a.v:9". False:
 * there is none. Once. */
bool vrace_find(struct vrace *r, const char *top, struct str *why);

#endif
