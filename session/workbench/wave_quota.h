/* wave_quota.h - waves are large, so those of old runs are removed when all
 * together exceed the option wave.quota_mb; a note announces that one run earlier.
 */
#ifndef POSEDGE_WAVE_QUOTA_H
#define POSEDGE_WAVE_QUOTA_H

struct wave_quota;
struct workbench;

/* Before a run: removes the oldest until the rest fits, in the pool, so that the run
 * need not wait. Always keeps the newest. */
struct wave_quota *wave_quota_begin(const struct workbench *w);

/* In a task, after the run: notes which waves were removed, and which are removed
 * before the next run. wave: the waves of this run, absolute; "": none. Frees q;
 * NULL is fine. */
void wave_quota_end(struct wave_quota *q, const struct workbench *w, const char *wave);

#endif
