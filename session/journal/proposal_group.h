/* proposal_group.h - which suggestions are reviewed and applied together.
 *
 * A query on the state: suggestions of one answer, or of one group without an
 * answer.
 */
#ifndef POSEDGE_PROPOSAL_GROUP_H
#define POSEDGE_PROPOSAL_GROUP_H

#include <stddef.h>
#include <stdint.h>

struct proposal;
struct state;

/* Numbers, in order, of the open suggestions of the same answer or group as p, at
 * most one per file: others wait until that one is decided. Returns how many; the
 * caller frees *v. */
size_t proposals_of_answer(const struct state *s, const struct proposal *p, uint64_t **v);

#endif
