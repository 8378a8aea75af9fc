/* bench_whole.h - a sample that a suite makes and judges in its own way: what it is
 * given and what comes back. */
#ifndef POSEDGE_BENCH_WHOLE_H
#define POSEDGE_BENCH_WHOLE_H

#include "session/bench/bench_ask.h"
#include "session/bench/bench_judge.h"

struct bench_whole {
	struct workbench *w;
	const struct suite_choice *choice;
	const struct suite_problem *problem;
	const struct backend_entry *backend; /* to be asked; NULL: the reference is judged */
	const char *dir;		     /* not there yet, only ours, removed by the caller */
	unsigned rounds;		     /* answers at most; 0 = 1, of the flow solve 4 */
	bench_solve_fn *solve;		     /* NULL: there is none */

	/* What came of it; finished by the caller in either case. */
	struct bench_judged judged;
	struct bench_answer_got got; /* all rounds together */
	unsigned asked;		     /* rounds that it took */
	char *said;		     /* a sentence: why nothing of an answer was judged; NULL */
};

#endif
