/* mouse_report.h - what a terminal reports of the mouse, as keys; for keys.c only.
 *
 * Buttons and wheels that we have no key for, and places outside of the screen, give nothing.
 */
#ifndef POSEDGE_MOUSE_REPORT_H
#define POSEDGE_MOUSE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/terminal/keys.h"

/* SGR's numbers; up: the report ended with m. */
void mouse_report(key_fn *fn, void *ctx, int button, int col, int row, bool up);

/* The numbers of the other forms, where the button tells whether it was let go. */
void mouse_report_old(key_fn *fn, void *ctx, int button, int col, int row);

/* X10 and UTF-8: s begins with ESC [ M. How many bytes were used; 0: more are needed. A byte
 * that cannot be part of a report is dropped with it, but an ESC begins something new. */
size_t mouse_report_x10(const char *s, size_t len, key_fn *fn, void *ctx);

#endif
