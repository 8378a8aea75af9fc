/* suite_rewriter_judge.h - checks that a rewritten design is equivalent, and compares sizes. */
#ifndef POSEDGE_SUITE_REWRITER_JUDGE_H
#define POSEDGE_SUITE_REWRITER_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/bench/suite.h"

struct str;

#define REWRITER_MS    60000u	    /* wall time for the proof, and for each size */
#define REWRITER_DEPTH 20u	    /* steps of the bounded check if there is no proof */
#define REWRITER_BYTES (2ull << 30) /* memory per process */

/* Indices of the figures, each the new value divided by the old one. */
enum rewriter_figure { REWRITER_WIRES, REWRITER_CELLS, REWRITER_FLIP_FLOPS, REWRITER_PATH };

/* In a task. Classes: . proved for all time; d, i, b, u as in suite_class_means(); C
 * yosys cannot read code. Figures exist only if equivalence is proved. False: the
 * original cannot be read, yosys is missing, or cancelled. */
bool rewriter_judge(const struct suite_tools *t, const struct str *original, const char *code,
		    size_t len, struct suite_judged *out, struct err *err);

#endif
