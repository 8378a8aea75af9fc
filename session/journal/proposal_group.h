/* proposal_group.h - which suggestions are reviewed and written together.
 *
 * A query on the state: those of one answer, or that came together without one.
 */
#ifndef POSEDGE_PROPOSAL_GROUP_H
#define POSEDGE_PROPOSAL_GROUP_H

#include <stddef.h>
#include <stdint.h>

struct proposal;
struct state;

/* The numbers of the open ones of the same answer, or without one of those that
 * came together, in order: what is reviewed and written together. One for each
 * file: others wait until that is decided. How many; *v is the caller's to free. */
size_t proposals_of_answer(const struct state *s, const struct proposal *p, uint64_t **v);

#endif
