/* uncovered.h - how many taken lines of the design no PASS has covered since.
 *
 * A PASS covers the lines that stood, as its run began, in the files that it was
 * given. What is no source (a spec, a README) is in no run, so it does not count.
 * Knows no screen.
 */
#ifndef POSEDGE_UNCOVERED_H
#define POSEDGE_UNCOVERED_H

#include <stdbool.h>
#include <stdint.h>

struct state;

/* *unknown: there may be others, or fewer: a rewind or another program came between,
 * or this session goes on from another one and nothing has passed in it yet. */
uint64_t uncovered_lines(const struct state *s, bool *unknown);

#endif
