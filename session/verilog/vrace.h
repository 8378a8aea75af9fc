/* vrace.h - finds races between clocked processes, from the text alone.
 *
 * If a process assigns a variable with `=` at a clock edge, and another process
 * that runs at the same edge reads it, the reader gets the old or the new value,
 * depending on the simulator. A tool sees such a text in one order only, so its
 * proofs do not hold for the text. This finds such variables, also if continuous
 * assignments, combinational processes, ports and instances are between the two.
 *
 * As it works on text, all `ifdef branches are read and macros are not expanded.
 * So it may report a race where there is none; one within a module, or through
 * its ports, is found. Pure: knows no file.
 */
#ifndef POSEDGE_VRACE_H
#define POSEDGE_VRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

struct vrace;

struct vrace *vrace_new(void);
void vrace_free(struct vrace *r); /* NULL is fine */

/* Adds a text of the design; both strings are borrowed until vrace_free(). */
void vrace_add(struct vrace *r, const char *path, const char *text, size_t len);

/* Finds the first race in module top and what it instantiates, or in all modules
 * (NULL), and adds a clause: "q, which rtl/a.v:5 assigns by = at a clock edge, is
 * read at an edge in rtl/a.v:9". False if there is none. Call only once. */
bool vrace_find(struct vrace *r, const char *top, struct str *why);

#endif
