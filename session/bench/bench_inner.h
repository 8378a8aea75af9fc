/* bench_inner.h - the state of a run, for flow_bench, bench_sample, bench_scratch and
 * bench_out. */
#ifndef POSEDGE_BENCH_INNER_H
#define POSEDGE_BENCH_INNER_H

#include "session/base/task.h"
#include "session/bench/bench_answers.h"
#include "session/bench/bench_ask.h"
#include "session/bench/flow_bench.h"

struct bench_item {
	size_t problem;
	unsigned sample;
	const struct bench_answer *answer; /* NULL: ask the model, or use the reference */
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
	struct bench_backend *backend; /* NULL: no model is asked */
	struct bench_pace pace;
	char *kept;	     /* folder of kept answers, next to the rows; NULL: not kept */
	char *waves;	     /* folder of kept waves; NULL: not kept */
	uint64_t waves_left; /* bytes left for waves */
	char *scratch;
	int scratch_lock; /* -1: none */
	char *tools;
	int fd; /* of the file of rows; -1: none */
	uint64_t began;
	struct bench_worker {
		struct bench_run *run;
		struct task *task; /* NULL: ended */
		char *dir;
	} * workers;
	size_t n_workers, running;
	struct task_queue ended;
	bool failed; /* the run cannot go on; see why */
	struct err why;
};

/* In a task: asks for or looks up one sample, judges it and passes its row to
 * bench_add_row(). False: the run cannot go on. */
bool bench_sample(struct bench_worker *wk, const struct bench_item *it, struct err *err);

/* Makes the folder scratch, and removes those that killed runs left. close: removes it. */
bool bench_scratch_open(struct bench_run *k, struct err *err);
void bench_scratch_close(struct bench_run *k);

/* Opens the file of rows and the folder of answers next to it. */
bool bench_rows_open(struct bench_run *k, struct err *err);
bool bench_add_row(struct bench_run *k, const struct bench_row *r, struct err *err);

#endif
