/* wave_quota.h - waves are large, so those of old runs go when all together
 * take more than the option wave.quota_mb; what goes is said a run before.
 */
#ifndef POSEDGE_WAVE_QUOTA_H
#define POSEDGE_WAVE_QUOTA_H

#include <stdint.h>

struct workbench;

/* Before a run: removes the oldest until the rest fits, and notes which. The
 * newest stays in any case. */
void wave_quota_keep(const struct workbench *w);

/* After a run: notes which would go before the next. */
void wave_quota_warn(const struct workbench *w);

#endif
