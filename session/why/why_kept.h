/* why_kept.h - the conditions that kept a register from another value. */
#ifndef POSEDGE_WHY_KEPT_H
#define POSEDGE_WHY_KEPT_H

#include "session/why/why_making.h"

/* Adds the conditions that kept the site's process from assigning it; s->kind is
 * SITE_HELD. value: of a clocked register, if it is known since when it holds that;
 * else NULL. */
void kept_by(struct making *m, const struct site *s, const struct bits *value);

#endif
