/* why_memo.h - computed values of what is not in the trace, such as memories; for session/why
 * only.
 *
 * A value is computed from those of the edge before, and each of these from several others:
 * without a memory the work doubles with each edge. A value does not change as long as the
 * design and the trace are the same. At most MEMO_MAX values of MEMO_BYTES in all; then
 * all are forgotten.
 */
#ifndef POSEDGE_WHY_MEMO_H
#define POSEDGE_WHY_MEMO_H

#include "session/why/why_inner.h"

#define MEMO_MAX   65536u
#define MEMO_BYTES (64u << 20)

struct why_memo;

void memo_free(struct why_memo *m); /* NULL is fine */

/* False: nothing is known of it. *ok: it has a value; false: it was computed, and has none.
 * out is in the pool. *m may be NULL. */
bool memo_get(const struct why_memo *m, const struct place *p, uint64_t time,
	      struct bits_pool *pool, struct bits *out, bool *ok);

/* value NULL: it has none. Makes *m if it is NULL. */
void memo_put(struct why_memo **m, const struct place *p, uint64_t time, const struct bits *value);

#endif
