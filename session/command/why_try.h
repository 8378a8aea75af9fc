/* why_try.h - lists small changes of the design with which a testbench passes. */
#ifndef POSEDGE_WHY_TRY_H
#define POSEDGE_WHY_TRY_H

struct cmd_call;
struct why_chain;

/* In a task: runs the testbench of the last run with changes of the design, those on lines
 * that the chain names first, and prints those that make it pass. What keeps it from
 * that is a note, since the chain is an answer without it. */
void why_try(struct cmd_call *c, const struct why_chain *k);

#endif
