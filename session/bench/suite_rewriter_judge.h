/* suite_rewriter_judge.h - whether a rewritten design does the same, and how large it is. */
#ifndef POSEDGE_SUITE_REWRITER_JUDGE_H
#define POSEDGE_SUITE_REWRITER_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/bench/suite.h"

struct str;

#define REWRITER_MS    60000u	    /* of wall time, for the proof, and for each size */
#define REWRITER_DEPTH 20u	    /* steps that are looked at where there is no proof */
#define REWRITER_BYTES (2ull << 30) /* of memory, for each process */

/* The places of its figures: each later over earlier. */
enum rewriter_figure { REWRITER_WIRES, REWRITER_CELLS, REWRITER_FLIP_FLOPS, REWRITER_PATH };

/* In a task. The classes are . proved for ever, d, i, b, u as suite_class_means() has them,
 * and C where yosys does not read code. Figures only of what is proved. False: the
 * original cannot be read, yosys is not here, or it was cancelled. */
bool rewriter_judge(const struct suite_tools *t, const struct str *original, const char *code,
		    size_t len, struct suite_judged *out, struct err *err);

#endif
