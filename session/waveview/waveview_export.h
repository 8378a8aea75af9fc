/* waveview_export.h - rows for others: WaveJSON for WaveDrom, and a picture as SVG.
 *
 * Rows of closed groups are left out, and signals that the trace lacks. Pure.
 */
#ifndef POSEDGE_WAVEVIEW_EXPORT_H
#define POSEDGE_WAVEVIEW_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;
struct waveview;

#define WAVEJSON_COLUMNS 2000

/* A column for from and for each later time at which one of them changed: nothing is
 * lost, but columns are not all as long; "posedge" has the time of each. ERR_LIMIT: more
 * than WAVEJSON_COLUMNS. Source: WaveDrom's WaveJSON, as plain JSON. */
bool waveview_wavejson(struct waveview *v, uint64_t from, uint64_t to, struct str *out,
		       struct err *err);

/* All of from to to, 1000 pixels wide, one for a cell: where several changes share one
 * it is hatched. */
void waveview_svg(struct waveview *v, uint64_t from, uint64_t to, struct str *out);

#endif
