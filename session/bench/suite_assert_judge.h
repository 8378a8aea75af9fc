/* suite_assert_judge.h - what an answer's assertions of a design are worth. */
#ifndef POSEDGE_SUITE_ASSERT_JUDGE_H
#define POSEDGE_SUITE_ASSERT_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/bench/suite.h"

struct assert_design;

#define ASSERT_MS    60000u	  /* of wall time, for one answer */
#define ASSERT_MORE  2000u	  /* the same, more for each of its assertions */
#define ASSERT_DEPTH 20u	  /* steps that are looked at where there is no proof */
#define ASSERT_BYTES (2ull << 30) /* of memory, for each process */

/* The places of its figures: shares of the assertions of an answer. */
enum assert_figure { ASSERT_PARSED, ASSERT_PROVED, ASSERT_FAILED, ASSERT_VACUOUS };

/* In a task. Classes: . all are proved; f some fail, which Icarus shows; S some are not read;
 * v some hold because their condition never does; u some are not decided; C none is read, or
 * there is none. The first that fits. False: the design itself cannot be proved about, yosys
 * is not here, or it was cancelled. */
bool assert_judge(const struct suite_tools *t, const struct assert_design *d, const char *code,
		  size_t len, struct suite_judged *out, struct err *err);

#endif
