/* bench_whole.h - input and output of a sample that a suite creates and judges itself. */
#ifndef POSEDGE_BENCH_WHOLE_H
#define POSEDGE_BENCH_WHOLE_H

#include "session/bench/bench_ask.h"
#include "session/bench/bench_judge.h"

struct bench_whole {
	struct workbench *w;
	const struct suite_choice *choice;
	const struct suite_problem *problem;
	const struct backend_entry *backend; /* the backend to ask; NULL: judge the reference */
	const char *dir;		     /* does not exist yet, for this sample only; the
					      * caller removes it */
	unsigned rounds;		     /* limit of answers; 0: 1, or 4 for the flow solve */
	bench_solve_fn *solve;		     /* NULL: not available */

	/* The output; the caller finishes it in either case. */
	struct bench_judged judged;
	struct bench_answer_got got; /* sum of all rounds */
	unsigned asked;		     /* rounds used */
	char *said;		     /* a sentence: why nothing of an answer was judged; NULL */
};

#endif
