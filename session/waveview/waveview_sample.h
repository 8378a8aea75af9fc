/* waveview_sample.h - the content of each cell in the window, for the visible rows: read
 * from the trace once, and cached until window or rows change.
 *
 * A cell is empty if nothing is known, holds one value, has one change, or several. No
 * level is shown for a cell with several changes.
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
	/* For one bit its value; else 'b' all known, 'x' none known, 'z' all z, 'X'
	 * some unknown; 0: nothing is known. after: at the end of the cell. */
	char before, after;
	bool has_number;
	uint32_t text; /* offset of the value that holds from this cell on; 0: none begins here */
	uint64_t sum;  /* hash of the value after: equal values have equal sums */
	double number; /* for a row drawn as a curve */
};

struct waveview_cache {
	/* The key of the cache. */
	const void *trace;
	uint64_t end, from, num, den;
	unsigned generation;
	size_t top;
	int lines, cols;
	bool valid;
	/* Row rows[i] has the cells from bins[i * cols] on. The first n_shown are the
	 * visible lines from top on; the others are rows compared with these. */
	size_t *rows, n_rows, n_shown, cap_rows;
	struct wave_bin *bins;
	size_t cap_bins;
	struct str texts;
	/* Per row, for a generation: finding a label takes a search. */
	struct strv labels;
	int label_cols;
	unsigned labels_of;
	bool has_labels;
	/* Number of cycles between the markers. */
	uint64_t from_marker, to_marker;
	size_t clock, cycles;
	bool has_cycles, more_cycles;
};

struct waveview_cache *waveview_cache_new(void);
void waveview_cache_free(struct waveview_cache *c);

/* Samples `lines` visible rows from v->top on, in cols cells. */
const struct waveview_cache *waveview_sample(struct waveview *v, int lines, int cols);
const char *waveview_bin_text(const struct waveview_cache *c, const struct wave_bin *b);
/* The cells of a row; NULL: not sampled. */
const struct wave_bin *waveview_bins_of(const struct waveview_cache *c, size_t row);

#endif
