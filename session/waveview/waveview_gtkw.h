/* waveview_gtkw.h - converts a view to a GTKWave save file, and back.
 *
 * The format in short: "@HEX" sets the flags of the lines after it, a line that begins
 * with "-" is a group's name or a comment, any other is the name of a signal as in the
 * dump, with its range. "[timestart] T" is the start of the window, and "*ZOOM MARKER A B
 * ..." has the cursor and the named markers, -1 if not set. Source: GTKWave 3.3,
 * src/savefile.c and analyzer.h (TR_*).
 *
 * Reads groups, comments (as groups without rows), signals, radix, curves, aliases,
 * cursor, markers A and B, start of the window. Signals that the trace lacks stay without
 * values. What only GTKWave can do is dropped: colours, and, counted, filters, inverted or
 * reversed values, bits extracted from a bus.
 */
#ifndef POSEDGE_WAVEVIEW_GTKW_H
#define POSEDGE_WAVEVIEW_GTKW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;
struct trace_signal;
struct waveview;

/* More than an unsigned int holds. */
#define GTKW_FIXED (UINT64_C(1) << 30) /* "[fpshift_count] N" before the name: N bits */
#define GTKW_ENUM  (UINT64_C(1) << 32)

enum gtkw_flags {
	GTKW_HEX = 0x2,
	GTKW_DECIMAL = 0x4,
	GTKW_BINARY = 0x8,
	GTKW_RIGHT = 0x20,
	GTKW_INVERTED = 0x40,
	GTKW_REVERSED = 0x80,
	GTKW_BLANK = 0x200,
	GTKW_SIGNED = 0x400, /* signed decimal; without GTKW_DECIMAL */
	GTKW_ASCII = 0x800,
	GTKW_ANALOG_STEP = 0x8000,
	GTKW_CLOSED = 0x400000,
	GTKW_GROUP_BEGIN = 0x800000,
	GTKW_GROUP_END = 0x1000000,
};

#define GTKW_BYTES (4u << 20) /* maximum size of a file */

/* Appends the range with which GTKWave ends the signal's name, if it does. It drops lines with
 * another one. */
void gtkw_add_range(const struct trace_signal *s, struct str *out);

/* GTKWave's zoom to show that many units in 200 pixels: it shows 2^-zoom of them. */
int gtkw_zoom(unsigned long long units);

/* dump: path of the waves; NULL: not given. */
void waveview_gtkw_write(const struct waveview *v, const char *dump, int cols, struct str *out);

/* Replaces the rows of v. *left_out: number of lines not understood. ERR_LIMIT: above
 * GTKW_BYTES or WAVEVIEW_ROWS; ERR_PARSE: not a save file. On failure v is unchanged. */
bool waveview_gtkw_read(struct waveview *v, const char *text, size_t len, int cols,
			size_t *left_out, struct err *err);

#endif
