/* bench_answers.h - completions that are stored already, found by their names.
 *
 * Below a folder, or in one file:
 *
 *   PROBLEM.v .sv, PROBLEM_TopModule.v       code of sample 1
 *   PROBLEM_sampleNN.sv .v                   code, also in a folder PROBLEM/
 *   tN/PROBLEM.v                             code of sample N
 *   PROBLEM_sampleNN_response.txt .txt .md   an answer, which the rules make code of
 *   FILE.jsonl                               a line each: problem (or task_id) and
 *                                            completion (code) or response (an answer),
 *                                            maybe sample
 *
 * What is named otherwise is nobody's and is left out. No link is followed.
 */
#ifndef POSEDGE_BENCH_ANSWERS_H
#define POSEDGE_BENCH_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/bench/suite.h"

/* After a problem's name: what was asked, kept beside the answers. Nobody's. */
#define BENCH_QUESTION "_question.txt"

struct bench_answer {
	size_t problem;	 /* which */
	unsigned sample; /* from 1 */
	bool is_code;	 /* to be taken as it is */
	char *path;	 /* where it lies; NULL: text is it */
	char *text;
};

struct bench_answers {
	struct bench_answer *v; /* by problem and sample */
	size_t n, cap;
	size_t others; /* files, or lines, that belong to no problem */
};

/* problems: sorted. ERR_NOT_FOUND when there is none at all, ERR_PARSE for a line
 * that is not JSON. */
bool bench_answers_find(const char *where, const struct suite_problems *problems,
			struct bench_answers *out, struct err *err);
bool bench_answer_read(const struct bench_answer *a, struct str *out, struct err *err);
void bench_answers_fini(struct bench_answers *l);

#endif
