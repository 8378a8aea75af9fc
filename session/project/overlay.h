/* overlay.h - temporary texts for files of the project.
 *
 * A project keeps the texts of open documents as overlays: see project.h. To
 * examine a hypothetical version (the file with this suggestion), push its texts
 * on top of those, build a struct design from the project, which copies them, and
 * pop. Push and pop must nest. The task must not wait in between, because other
 * tasks read the same project.
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

/* Copies the texts. The result stores the texts they hide; only overlay_pop()
 * frees it. If two entries have the same path, the last one wins. n may be 0. */
struct overlays_below *overlay_push(struct project *p, const struct overlay *v, size_t n);
void overlay_pop(struct overlays_below *below); /* restores the hidden texts; NULL is fine */

/* True if one of the texts differs from the current one, in an overlay or the file. */
bool overlay_differs(const struct project *p, const struct overlay *v, size_t n);

#endif
