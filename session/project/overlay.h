/* overlay.h - texts that files of the project could have, for a moment.
 *
 * A project keeps the texts of open documents as overlays: see project.h. A
 * what-if (the file as it would be with this suggestion) pushes its texts on
 * top of those, builds a struct design from the project, which copies them,
 * and pops. Push and pop nest like brackets. The task must not wait in
 * between, because other tasks read the same project.
 */
#ifndef POSEDGE_OVERLAY_H
#define POSEDGE_OVERLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/bytes.h"

struct project;
struct overlays_below;

struct overlay {
	const char *path; /* relative to the root */
	struct bytes text;
};

/* Copies the texts. The result keeps those that they hide; only overlay_pop()
 * frees it. The last of two entries with one path wins. */
struct overlays_below *overlay_push(struct project *p, const struct overlay *v, size_t n);
void overlay_pop(struct overlays_below *below); /* puts the hidden texts back */

/* Whether one of them is another text than what stands there: an overlay, or the file. */
bool overlay_differs(const struct project *p, const struct overlay *v, size_t n);

#endif
