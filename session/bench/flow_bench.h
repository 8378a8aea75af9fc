/* flow_bench.h - runs a suite: each sample is asked for or looked up, converted to
 * code, built and run in the sandbox, and judged twice.
 *
 * The official judge applies the suite's rules to the tools' output, including their
 * flaws. The strict judge is our own verdict on the same run. One build and one run
 * serve both: the sources contain our counters, which print nothing.
 *
 * Each row is appended with a single write, so a killed run can resume where its file
 * ends. With several jobs the order of rows varies. Their contents do not, except for the
 * times, and for which waves are kept when there is not enough room for all. A problem
 * that cannot be judged gets a row with class '?' and the reason, and the run goes on.
 */
#ifndef POSEDGE_FLOW_BENCH_H
#define POSEDGE_FLOW_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/bench/bench_row.h"
#include "session/bench/suite.h"

struct str;
struct workbench;

#define BENCH_JOBS_MAX	  64u
#define BENCH_SAMPLES_MAX 10000u
#define BENCH_OUTPUT	  (16ull << 20) /* bytes a run may print; more counts as a time-out */

struct bench_request {
	const struct suite *suite;
	struct suite_choice choice;
	const char *answers;	 /* stored completions; NULL: none */
	bench_solve_fn *solve;	 /* for the flow `solve`; may be NULL */
	const char *engine;	 /* for simulations; NULL: icarus, as published */
	uint64_t waves;		 /* limit in bytes for the waves of failing samples; 0: keep
				  * none */
	bool references;	 /* judge the suite's reference solutions */
	const char *temperature; /* NULL: as configured for the backend */
	unsigned rate;		 /* requests per minute; 0: no limit */
	unsigned rounds;	 /* limit of answers per sample, each told what is wrong with
				  * the previous one; 0: 1 */
	const char *backend;	 /* the backend to ask; NULL with neither of the above: the
				  * configured one */
	unsigned samples;	 /* per problem, when asking; 0: 1 */
	unsigned seed;		 /* sent with the first sample of each problem, the next number
				  * with the second, and so on; 0: none */
	const char *setup;	 /* copied to each row */
	bool own_rules;		 /* extract code by our rules instead of the published ones */
	const char *only;	 /* a glob for problem names; NULL: all */
	unsigned jobs;		 /* concurrent; 0: 1 */
	uint64_t ms;		 /* for the whole run: no sample starts after that; 0: no limit */
	unsigned shard, shards;	 /* this machine's part, 1-based; 0 of 0: everything */
	const char *out;	 /* rows are appended to this file; NULL: only passed to row() */
	bool resume;		 /* skip samples already judged in that file */
	void (*row)(void *ctx, const struct bench_row *r); /* borrowed; may be NULL */
	void (*progress)(void *ctx, size_t done, size_t of, uint64_t ms_left); /* may be NULL */
	void *ctx;
};

struct bench_total {
	size_t wanted; /* samples of this shard */
	size_t before; /* judged in an earlier run */
	size_t done;   /* judged in this run */
	size_t passed, strict;
	size_t failed; /* could not be judged */
	size_t others; /* stored files without a problem */
	bool out_of_time;
};

/* Appends what influences the results of r besides problem and backend, as NAME=VALUE
 * separated by blanks: rows of different settings belong in different files. */
void bench_setup(const struct workbench *w, const struct bench_request *r, struct str *out);

/* ERR_CONFLICT: the file out exists and resume is false. ERR_CANCELLED keeps the
 * finished rows. */
bool flow_bench(struct workbench *w, const struct bench_request *r, struct bench_total *out,
		struct err *err);

#endif
