/* why_kept.h - the conditions that kept a register from another value. */
#ifndef POSEDGE_WHY_KEPT_H
#define POSEDGE_WHY_KEPT_H

#include "session/why/why_making.h"

/* Adds the conditions that kept the site's process from assigning it; s->kind is
 * SITE_HELD. value: of a clocked register, if it is known since when it holds that;
 * else NULL. */
void kept_by(struct making *m, const struct site *s, const struct bits *value);

/* True if the site's process assigned it a constant that it has had since an earlier edge,
 * as a default does at each; s->kind is SITE_RUN. */
bool kept_usual(struct making *m, const struct site *s, struct bits *value, uint64_t *since);

/* For such a site: adds the last other statement since then, which gave it the same value, and
 * the conditions that kept it from another. */
void kept_at(struct making *m, const struct site *s, const struct bits *value, uint64_t since);

/* For a bit that its statement gives the same value at each edge: finds the edge since it came
 * at which fewest parts of the right side were missing for the other value, see near_to(). False:
 * that is the last one, or not known; else the caller calls site_fini(). */
bool kept_nearest(struct making *m, const struct site *s, struct site *out);

#endif
