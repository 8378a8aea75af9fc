/* formal_bench.h - writes a counterexample as a testbench.
 *
 * It drives the inputs of the trace step by step and compares each output with
 * that of the earlier design (for an assertion it only drives). So in any
 * simulator it passes with the earlier design and fails with the later one, which
 * also serves to check a counterexample before it is reported. Verilog-2001.
 * Pure.
 */
#ifndef POSEDGE_FORMAL_BENCH_H
#define POSEDGE_FORMAL_BENCH_H

#include <stdbool.h>

#include "session/tool/prover.h"

/* parameters: "NAME=VALUE" for top; may be NULL. about: one line, for a comment. */
void formal_bench(const struct prover_trace *t, const char *name, const char *top,
		  const char *const *parameters, const char *about, bool compare, struct str *out);

/* Adds the first step whose outputs differ: "step 3: y was 4'h3 and is 4'h2";
 * adds nothing if none does. */
void formal_difference(const struct prover_trace *t, struct str *out);

#endif
