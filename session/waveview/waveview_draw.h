/* waveview_draw.h - draws the view as lines of styled cells: a ruler, the rows, a line
 * with cursor and markers.
 *
 *                           0         |100 ns
 *   clk            1  __/~~\__/~~\__/~~\__      (ASCII; else ▁╱▔╲)
 *   count[7:0]    05  |04   |05   |06
 *
 * Levels are at the bottom or top of their cell. x is drawn as x, z as a line in the
 * middle that begins with z; a cell with several changes is hatched. A value is written
 * into its bus as far as it fits, with a mark if it was cut. Every style also has its own
 * character.
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
	WAVE_DIM,   /* hatched, the ruler's line, signals not in this trace */
	WAVE_HEAD,  /* name of a group */
	WAVE_LEVEL, /* of one bit */
	WAVE_BUS,
	WAVE_UNKNOWN, /* x */
	WAVE_FLOAT,   /* z */
	WAVE_WRONG,   /* expected value that differs from the actual one */
};

struct wave_cell {
	uint32_t cp; /* one column wide */
	uint8_t style;
	bool cursor; /* in the cursor's column */
};

struct wave_shape {
	int rows, cols; /* with 1 or 2 rows: signals only */
	bool utf8;
	bool still; /* no row is highlighted */
};

struct wave_lines {
	int rows, cols;
	int wave_col;		 /* column where the waves begin */
	struct wave_cell *cells; /* row by row; free() it */
	size_t *row;		 /* row of the view for each line; TRACE_NONE; free() it */
};

/* Scrolls so that the chosen row is visible. */
void waveview_draw(struct waveview *v, const struct wave_shape *shape, struct wave_lines *out);
void wave_lines_fini(struct wave_lines *l);

/* As text without trailing blanks. */
void wave_lines_print(const struct wave_lines *l, struct str *out);

/* waveview_ruler: the lines above and below the rows. waveview_label_step(): the
 * smallest distance of 1, 2 or 5 times a power of ten units that takes at least
 * `cells` cells. */
uint64_t waveview_label_step(const struct waveview *v, int cells);
void wave_draw_ruler(struct waveview *v, bool utf8, struct wave_lines *l);
void wave_draw_state(struct waveview *v, struct wave_lines *l);

/* Number of cells for the waves in such a drawing. */
int waveview_wave_cols(struct waveview *v, const struct wave_shape *shape);
/* Number of rows of signals. */
int waveview_wave_rows(const struct wave_shape *shape);

#endif
