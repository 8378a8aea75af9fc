/* mouse_report.h - mouse reports of a terminal as keys; for keys.c only.
 *
 * Ignores buttons and wheels that have no key_code, and positions outside the screen.
 */
#ifndef POSEDGE_MOUSE_REPORT_H
#define POSEDGE_MOUSE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/terminal/keys.h"

/* SGR's numbers; up: the report ended with m. */
void mouse_report(key_fn *fn, void *ctx, int button, int col, int row, bool up);

/* The numbers of the other forms, where the button says if it was released. */
void mouse_report_old(key_fn *fn, void *ctx, int button, int col, int row);

/* X10 and UTF-8: s begins with ESC [ M. Returns the bytes used; 0: more are needed.
 * A byte that cannot be part of a report is dropped with it, except an ESC, which
 * begins a new sequence. */
size_t mouse_report_x10(const char *s, size_t len, key_fn *fn, void *ctx);

#endif
