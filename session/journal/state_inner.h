/* state_inner.h - between state.c and state_copy.c, for nobody else. */
#ifndef POSEDGE_STATE_INNER_H
#define POSEDGE_STATE_INNER_H

struct exchange;
struct proposal;
struct sim_run;

/* Before an item is changed: a shared one is replaced by a copy of its own. */
void own_exchange(struct exchange **at);
void own_proposal(struct proposal **at);
void own_run(struct sim_run **at);

#endif
