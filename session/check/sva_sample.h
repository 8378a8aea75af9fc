/* sva_sample.h - turns $past, $rose, $fell, $stable and $changed into registers,
 * for a simulator that lacks them.
 *
 *     always @(posedge clk) if (!rst) assert (q == $past(d));
 *
 * gets a register before the process that samples d at each edge, and compares
 * with it. Only in processes that wait for a single edge, and with a constant
 * number of edges up to SVA_SAMPLE_MAX; everything else is unchanged, and so are
 * line numbers. The registers are unsigned. Pure; IEEE 1800-2017 16.9.3.
 */
#ifndef POSEDGE_SVA_SAMPLE_H
#define POSEDGE_SVA_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

struct str;

#define SVA_SAMPLE_MAX 64 /* edges back */

/* Adds the rewritten text to out. False if there was nothing to rewrite; nothing
 * is added then. */
bool sva_sample(const char *text, size_t len, struct str *out);

#endif
