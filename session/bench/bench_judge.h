/* bench_judge.h - one completion built and run once, and judged twice; or judged by its
 * suite. */
#ifndef POSEDGE_BENCH_JUDGE_H
#define POSEDGE_BENCH_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/bench/bench_row.h"
#include "session/bench/suite.h"
#include "session/tool/simulator.h"

struct workbench;

/* What it found. */
struct bench_judged {
	char class_;
	bool own; /* by the suite's own judge; then report has its verdict and words alone */
	struct run_report report;
	double figures[SUITE_FIGURES];
	char *wave; /* absolute, in the folder that it was given; NULL: none */
};

void bench_judged_fini(struct bench_judged *j); /* { 0 } is fine */

/* In a task. sim: NULL where the suite has a judge of its own. dir: empty, only ours,
 * removed by the caller. waves: what ran and does not pass is run once more, with them. False: it could not be run at all. */
bool bench_judge(struct workbench *w, struct simulator *sim, const struct suite *suite,
		 const struct suite_choice *c, const struct suite_problem *p, const char *code,
		 size_t len, const char *dir, bool waves, struct bench_judged *out,
		 struct err *err);

/* The row's members that tell of it; strings are out's. */
void bench_judged_row(const struct bench_judged *j, struct bench_row *r);

#endif
