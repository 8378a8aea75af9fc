/* suite_assert_judge.h - judges an answer's assertions about a design. */
#ifndef POSEDGE_SUITE_ASSERT_JUDGE_H
#define POSEDGE_SUITE_ASSERT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/bench/suite.h"

struct assert_design;

#define ASSERT_MS    60000u	  /* wall time per answer */
#define ASSERT_MORE  2000u	  /* additional time per assertion */
#define ASSERT_DEPTH 20u	  /* steps of the bounded check if there is no proof */
#define ASSERT_BYTES (2ull << 30) /* memory per process */

/* Indices of the figures, which are shares of an answer's assertions. */
enum assert_figure { ASSERT_PARSED, ASSERT_PROVED, ASSERT_FAILED, ASSERT_VACUOUS };

/* In a task. The class is the first that fits: . all are proved; f some fail,
 * confirmed by Icarus; S some cannot be read; v some are vacuous; u some are
 * undecided; C none can be read, or there is none. False: the prover cannot handle
 * the design, yosys is missing, or cancelled. */
bool assert_judge(const struct suite_tools *t, const struct assert_design *d, const char *code,
		  size_t len, struct suite_judged *out, struct err *err);

#endif
