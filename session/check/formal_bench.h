/* formal_bench.h - a counterexample as a testbench.
 *
 * It drives what the trace drives, step by step, and compares each output with what the
 * earlier design gave there, or, of an assertion, only drives. So it passes with the
 * earlier design and fails with the later one, in any simulator, which is also how a
 * counterexample is checked before anyone is told of it. Verilog-2001. Pure.
 */
#ifndef POSEDGE_FORMAL_BENCH_H
#define POSEDGE_FORMAL_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "session/tool/prover.h"

struct str;

/* parameters: "NAME=VALUE" of top; may be NULL. about: a line for the comment. */
void formal_bench(const struct prover_trace *t, const char *name, const char *top,
		  const char *const *parameters, const char *about, bool compare, struct str *out);

/* The first step whose outputs differ, as words: "step 3: y was 4'h3 and is 4'h2"; adds
 * nothing when none does. */
void formal_difference(const struct prover_trace *t, struct str *out);

#endif
