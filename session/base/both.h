/* both.h - two computations at once.
 *
 * For work on the pool (loop.h) that takes seconds and falls into two parts which share
 * nothing. Knows no loop and no task.
 */
#ifndef POSEDGE_BOTH_H
#define POSEDGE_BOTH_H

/* Calls work(a) and work(b), one of them in a thread of its own, and returns when both have
 * ended; one after the other where there can be no thread. */
void work_both(void (*work)(void *ctx), void *a, void *b);

#endif
