/* coverage_chain.h - how often the `if`s of `else if` chains were asked.
 *
 * Verilator counts of all but the last `if` of a chain only the side that is met. How
 * often one was asked is that and how often the next of its chain was; which one that is
 * the text tells: it follows an `else`.
 */
#ifndef POSEDGE_COVERAGE_CHAIN_H
#define POSEDGE_COVERAGE_CHAIN_H

#include <stddef.h>
#include <stdint.h>

struct coverage;

/* For each point of c how often it was asked: of an `if` of a chain in that file, as far
 * as it can be told; of any other its count. The caller frees. */
uint64_t *coverage_asked(const struct coverage *c, const char *path, const char *text, size_t len);

#endif
