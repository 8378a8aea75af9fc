/* waveview_sample.h - what each cell of the window stands for, of the rows that are
 * on the screen: read from the trace once, kept until window or rows change.
 *
 * A cell is empty where nothing is known, holds one value, has one change in it, or
 * several. Of a cell with several changes no level is ever claimed.
 */
#ifndef POSEDGE_WAVEVIEW_SAMPLE_H
#define POSEDGE_WAVEVIEW_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

struct waveview;

enum wave_bin_kind { BIN_NONE, BIN_HOLD, BIN_EDGE, BIN_MANY };

struct wave_bin {
	uint8_t kind;
	/* Of one bit the value; else 'b' all known, 'x' none, 'z' all floating, 'X' some
	 * unknown; 0: nothing is known. after: at the end of the cell. */
	char before, after;
	bool has_number;
	uint32_t text; /* of the value that the cells from here on hold; 0: none begins here */
	uint64_t sum;  /* of the value after: equal values have equal ones */
	double number; /* of a row that is a curve */
};

struct waveview_cache {
	/* The key. */
	const void *trace;
	uint64_t end, from, num, den;
	unsigned generation;
	size_t top;
	int lines, cols;
	bool valid;
	/* Of rows[i] the cells bins[i * cols] and on; the first n_shown are the lines from
	 * top on, after them rows that those are compared with. */
	size_t *rows, n_rows, n_shown, cap_rows;
	struct wave_bin *bins;
	size_t cap_bins;
	struct str texts;
	/* Of each row, by generation: as there is a search after each. */
	struct strv labels;
	int label_cols;
	unsigned labels_of;
	bool has_labels;
	/* The cycles between the markers. */
	uint64_t from_marker, to_marker;
	size_t clock, cycles;
	bool has_cycles, more_cycles;
};

struct waveview_cache *waveview_cache_new(void);
void waveview_cache_free(struct waveview_cache *c);

/* For lines rows from v->top on, those of closed groups left out, in cols cells. */
const struct waveview_cache *waveview_sample(struct waveview *v, int lines, int cols);
const char *waveview_bin_text(const struct waveview_cache *c, const struct wave_bin *b);
/* The cells of a row; NULL: it was not sampled. */
const struct wave_bin *waveview_bins_of(const struct waveview_cache *c, size_t row);

#endif
