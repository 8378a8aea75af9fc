/* sva_sample.h - $past, $rose, $fell, $stable and $changed as registers, for a simulator that
 * lacks them.
 *
 *	always @(posedge clk) if (!rst) assert (q == $past(d));
 *
 * gets a register before it that takes d at each edge, and compares with that. Only in a
 * process that waits for one edge, with a constant number of edges up to SVA_SAMPLE_MAX; all
 * else stays as it is, and so do lines. A register has no sign. Pure; IEEE 1800-2017 16.9.3.
 */
#ifndef POSEDGE_SVA_SAMPLE_H
#define POSEDGE_SVA_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

struct str;

#define SVA_SAMPLE_MAX 64 /* edges ago */

/* Adds the text to out. False: there was nothing to do, and nothing is added. */
bool sva_sample(const char *text, size_t len, struct str *out);

#endif
