/* coverage_chain.h - how often each `if` of an `else if` chain was evaluated.
 *
 * For all but the last `if` of a chain Verilator only counts the branch taken. An
 * `if` was evaluated as often as that plus the evaluations of the next one in its
 * chain, which the text identifies: it follows an `else`.
 */
#ifndef POSEDGE_COVERAGE_CHAIN_H
#define POSEDGE_COVERAGE_CHAIN_H

#include <stddef.h>
#include <stdint.h>

struct coverage;

/* For each point of c its evaluations: for an `if` of a chain in that file as
 * above, as far as it is known; for any other point its count. The caller frees. */
uint64_t *coverage_asked(const struct coverage *c, const char *path, const char *text, size_t len);

#endif
