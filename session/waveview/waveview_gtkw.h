/* waveview_gtkw.h - GTKWave's save files: a view as one, and one as a view.
 *
 * The format in short: "@HEX" sets the flags of the lines that follow, a line that
 * begins with "-" is a group's name or a comment, any other the name of a signal as
 * the dump has it, with its range. "[timestart] T" is where the window begins, and of
 * "*ZOOM MARKER A B ..." the cursor, the named markers, -1 where one is not set.
 * Source: GTKWave 3.3, src/savefile.c and analyzer.h (TR_*).
 *
 * Read are groups, comments as groups without rows, signals, radix, curves, aliases,
 * cursor, markers A and B, begin of the window. Signals that the trace lacks stay
 * without values. Of what only GTKWave can do (filters, colours, bits taken out of a
 * bus) nothing is kept, and it is counted.
 */
#ifndef POSEDGE_WAVEVIEW_GTKW_H
#define POSEDGE_WAVEVIEW_GTKW_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct waveview;

enum gtkw_flags {
	GTKW_HEX = 0x2,
	GTKW_DECIMAL = 0x4,
	GTKW_BINARY = 0x8,
	GTKW_RIGHT = 0x20,
	GTKW_BLANK = 0x200,
	GTKW_SIGNED = 0x400, /* decimal, by itself */
	GTKW_ASCII = 0x800,
	GTKW_ANALOG_STEP = 0x8000,
	GTKW_CLOSED = 0x400000,
	GTKW_GROUP_BEGIN = 0x800000,
	GTKW_GROUP_END = 0x1000000,
};

#define GTKW_BYTES (4u << 20) /* that are read of one */

/* GTKWave's zoom for so many units in 200 pixels: it shows 2^-zoom of them. */
int gtkw_zoom(unsigned long long units);

/* dump: the path of the waves; NULL: it is not named. */
void waveview_gtkw_write(const struct waveview *v, const char *dump, int cols, struct str *out);

/* In place of the rows of v. *left_out: lines that were not understood. ERR_LIMIT:
 * above GTKW_BYTES or WAVEVIEW_ROWS; ERR_PARSE: it is no save file. Then v is as it was. */
bool waveview_gtkw_read(struct waveview *v, const char *text, size_t len, int cols,
			size_t *left_out, struct err *err);

#endif
