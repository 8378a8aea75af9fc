/* uncovered.h - counts taken lines of the design that no PASS has covered since.
 *
 * A PASS covers the lines that its input files had when the run started. Files
 * that are not source code (a spec, a README) are part of no run and do not
 * count. Knows no screen.
 */
#ifndef POSEDGE_UNCOVERED_H
#define POSEDGE_UNCOVERED_H

#include <stdbool.h>
#include <stdint.h>

struct state;

/* *unknown: the count may be too low or too high, because of a rewind or a change
 * by another program, or because this session continues another one and nothing
 * has passed in it yet. */
uint64_t uncovered_lines(const struct state *s, bool *unknown);

#endif
