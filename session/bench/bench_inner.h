/* bench_inner.h - a run under way, for flow_bench, bench_sample and bench_out. */
#ifndef POSEDGE_BENCH_INNER_H
#define POSEDGE_BENCH_INNER_H

#include "session/base/task.h"
#include "session/bench/bench_answers.h"
#include "session/bench/bench_ask.h"
#include "session/bench/flow_bench.h"

struct bench_item {
	size_t problem;
	unsigned sample;
	const struct bench_answer *answer; /* NULL: asked for, or the reference */
};

struct bench_run {
	struct workbench *w;
	const struct bench_request *r;
	struct bench_total *total;
	struct suite_problems problems;
	struct bench_answers answers;
	struct bench_item *items;
	size_t n, next;
	struct simulator *sim;
	struct bench_backend *backend; /* NULL: nobody is asked */
	struct bench_pace pace;
	char *kept;	     /* the folder of answers, beside the rows; NULL: they are not kept */
	char *waves;	     /* that of waves; NULL: they are not kept */
	uint64_t waves_left; /* bytes that they may still have */
	char *scratch;
	char *tools;
	int fd; /* of the rows; -1: none */
	uint64_t began;
	struct bench_worker {
		struct bench_run *run;
		struct task *task; /* NULL: it has ended */
		char *dir;
	} * workers;
	size_t n_workers, running;
	struct task_queue ended;
	bool failed; /* why: the run cannot go on */
	struct err why;
};

/* In a task: one sample asked for or looked up, judged, and its row handed to
 * bench_add_row(). False: the run cannot go on. */
bool bench_sample(struct bench_worker *wk, const struct bench_item *it, struct err *err);

/* The file of rows, and the folder of answers beside it. */
bool bench_rows_open(struct bench_run *k, struct err *err);
bool bench_add_row(struct bench_run *k, const struct bench_row *r, struct err *err);

#endif
