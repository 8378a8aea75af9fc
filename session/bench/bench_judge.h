/* bench_judge.h - builds and runs one completion once and judges it twice, or lets
 * its suite judge it. */
#ifndef POSEDGE_BENCH_JUDGE_H
#define POSEDGE_BENCH_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/bench/bench_row.h"
#include "session/bench/suite.h"
#include "session/tool/simulator.h"

struct workbench;

/* The result. */
struct bench_judged {
	char class_;
	bool own; /* judged by the suite; report has only its verdict and texts */
	struct run_report report;
	double figures[SUITE_FIGURES];
	char *wave; /* absolute path, in the given folder; NULL: none */
};

void bench_judged_fini(struct bench_judged *j); /* A zeroed *j is fine. */

/* In a task. sim: NULL if the suite has its own judge. dir: an empty folder for this
 * call; the caller removes it. waves: a run that does not pass is repeated with
 * waves. False: it could not be run at all. */
bool bench_judge(struct workbench *w, struct simulator *sim, const struct suite *suite,
		 const struct suite_choice *c, const struct suite_problem *p, const char *code,
		 size_t len, const char *dir, bool waves, struct bench_judged *out,
		 struct err *err);

/* Fills in the members of the row that describe the result; strings are borrowed from j. */
void bench_judged_row(const struct bench_judged *j, struct bench_row *r);

#endif
