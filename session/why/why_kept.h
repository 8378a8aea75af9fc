/* why_kept.h - what has kept a register from another value. */
#ifndef POSEDGE_WHY_KEPT_H
#define POSEDGE_WHY_KEPT_H

#include "session/why/why_making.h"

/* Adds the conditions that kept the site's process from assigning it, s->kind being SITE_HELD.
 * value: what a clocked register holds, and from when it did is known; NULL: not so. */
void kept_by(struct making *m, const struct site *s, const struct bits *value);

#endif
