/* wave_quota.h - waves are large, so those of old runs are removed when all
 * together exceed the option wave.quota_mb; a note announces that one run earlier.
 */
#ifndef POSEDGE_WAVE_QUOTA_H
#define POSEDGE_WAVE_QUOTA_H

#include <stdint.h>

struct workbench;

/* Before a run: removes the oldest until the rest fits, and notes which. Always
 * keeps the newest. */
void wave_quota_keep(const struct workbench *w);

/* After a run: notes which would be removed before the next. */
void wave_quota_warn(const struct workbench *w);

#endif
