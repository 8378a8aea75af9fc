/* waveview_draw.h - the view as lines of styled cells: a ruler, the rows, one line
 * with cursor and markers.
 *
 *                           0         |100 ns
 *   clk            1  __/~~\__/~~\__/~~\__      (ASCII; else ▁╱▔╲)
 *   count[7:0]    05  |04   |05   |06
 *
 * Levels lie at the bottom or the top of their cell. x is drawn as x, z as a line in
 * the middle that begins with z; a cell with several changes is hatched. A value
 * stands in its bus as far as it fits, with a mark where it was cut. Whatever is
 * painted differently has a sign of its own, too.
 */
#ifndef POSEDGE_WAVEVIEW_DRAW_H
#define POSEDGE_WAVEVIEW_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;
struct waveview;

enum wave_style {
	WAVE_PLAIN,
	WAVE_DIM,   /* hatched, the ruler's line, what is not in this trace */
	WAVE_HEAD,  /* a group's name */
	WAVE_LEVEL, /* of one bit */
	WAVE_BUS,
	WAVE_UNKNOWN, /* x */
	WAVE_FLOAT,   /* z */
	WAVE_WRONG,   /* expected, and another than was got */
};

struct wave_cell {
	uint32_t cp; /* one column wide */
	uint8_t style;
	bool cursor; /* the cursor's column */
};

struct wave_shape {
	int rows, cols; /* rows 1 and 2: only rows of signals */
	bool utf8;
	bool still; /* nobody looks at one row */
};

struct wave_lines {
	int rows, cols;
	int wave_col;		 /* where the waves begin */
	struct wave_cell *cells; /* row by row; free() */
	size_t *row;		 /* of each line the row of the view; TRACE_NONE; free() */
};

/* Scrolls so that the chosen row is among them. */
void waveview_draw(struct waveview *v, const struct wave_shape *shape, struct wave_lines *out);
void wave_lines_fini(struct wave_lines *l);

/* As text, blanks at the ends cut. */
void wave_lines_print(const struct wave_lines *l, struct str *out);

/* The lines above and below the rows: waveview_ruler; and so many units between two
 * times, 1, 2 or 5 times a power of ten, as are at least so many cells. */
uint64_t waveview_label_step(const struct waveview *v, int cells);
void wave_draw_ruler(struct waveview *v, bool utf8, struct wave_lines *l);
void wave_draw_state(struct waveview *v, bool utf8, struct wave_lines *l);

/* How many cells the waves of such a drawing get. */
int waveview_wave_cols(struct waveview *v, const struct wave_shape *shape);
/* How many rows of signals. */
int waveview_wave_rows(const struct wave_shape *shape);

#endif
