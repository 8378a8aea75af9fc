/* bench_answers.h - finds stored completions by their file names.
 *
 * In a folder, or in one file:
 *
 *   PROBLEM.v .sv, PROBLEM_TopModule.v       code of sample 1
 *   PROBLEM_sampleNN.sv .v                   code, also in a folder PROBLEM/
 *   tN/PROBLEM.v                             code of sample N
 *   PROBLEM_sampleNN_response.txt .txt .md   an answer, from which the rules extract code
 *   FILE.jsonl                               on each line: problem (or task_id) and
 *                                            completion (code) or response (an answer),
 *                                            optionally sample
 *
 * Files with other names belong to no problem and are skipped. Links are not followed.
 */
#ifndef POSEDGE_BENCH_ANSWERS_H
#define POSEDGE_BENCH_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/bench/suite.h"

/* Suffix of a stored question; such a file is not an answer. */
#define BENCH_QUESTION "_question.txt"

struct bench_answer {
	size_t problem;	 /* index of the problem */
	unsigned sample; /* 1-based */
	bool is_code;	 /* use it unchanged */
	char *path;	 /* path of the file; NULL: see text */
	char *text;
};

struct bench_answers {
	struct bench_answer *v; /* sorted by problem and sample */
	size_t n, cap;
	size_t others; /* files, or lines, without a problem */
};

/* problems must be sorted. ERR_NOT_FOUND: no completion at all. ERR_PARSE: a line is
 * not JSON. */
bool bench_answers_find(const char *where, const struct suite_problems *problems,
			struct bench_answers *out, struct err *err);
bool bench_answer_read(const struct bench_answer *a, struct str *out, struct err *err);
void bench_answers_fini(struct bench_answers *l);

#endif
