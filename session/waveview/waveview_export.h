/* waveview_export.h - exports rows: WaveJSON for WaveDrom, and a picture as SVG.
 *
 * Leaves out members of closed groups, and signals that the trace lacks. Pure.
 */
#ifndef POSEDGE_WAVEVIEW_EXPORT_H
#define POSEDGE_WAVEVIEW_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;
struct waveview;

#define WAVEJSON_COLUMNS 2000

/* One column for from and for each later time with a change: nothing is lost, but
 * columns differ in length; "posedge" has the time of each. ERR_LIMIT: more than
 * WAVEJSON_COLUMNS. Source: WaveDrom's WaveJSON, as plain JSON. */
bool waveview_wavejson(struct waveview *v, uint64_t from, uint64_t to, struct str *out,
		       struct err *err);

/* The range from to to, 1000 pixels wide, one pixel per cell: several changes in one
 * are hatched. */
void waveview_svg(struct waveview *v, uint64_t from, uint64_t to, struct str *out);

#endif
