/* flow_bench.h - a run over a suite: each sample is asked for or looked up, made
 * code of, built and run in the sandbox, and judged twice.
 *
 * The official judge is the suite's rules on what the tools printed, with their holes;
 * the strict one is our own verdict on the same run. One build and one run serve both:
 * the sources carry our counters, which print nothing.
 *
 * Rows are appended as they come, each by one write, so a run that was killed goes on
 * where its file ends. With several jobs they come in any order; what is in them but
 * for the seconds does not depend on it (but for which waves are kept, where their bytes
 * are too few for all). A problem that cannot be judged has a row
 * with class '?' and the reason, and the others go on.
 */
#ifndef POSEDGE_FLOW_BENCH_H
#define POSEDGE_FLOW_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/bench/bench_row.h"
#include "session/bench/suite.h"

struct workbench;

#define BENCH_JOBS_MAX	  64u
#define BENCH_SAMPLES_MAX 10000u
#define BENCH_OUTPUT	  (16ull << 20) /* bytes that a run may print; more is a time-out */

struct bench_request {
	const struct suite *suite;
	struct suite_choice choice;
	const char *answers;	 /* stored completions; NULL: none */
	bench_solve_fn *solve;	 /* for the flow of that name; may be NULL */
	const char *engine;	 /* that runs what is run; NULL: icarus, as published */
	uint64_t waves;		 /* bytes, of all waves of what does not pass; 0: none are kept */
	bool references;	 /* the suite's own */
	const char *temperature; /* NULL: as the backend is configured */
	unsigned rate;		 /* requests a minute at most; 0: no limit */
	unsigned rounds;	 /* so many answers at most for one sample, each told what is
				  * wrong with the one before; 0 = 1 */
	const char *backend;	 /* asks it; NULL with neither of the above: the one that is set */
	unsigned samples;	 /* of each problem, when asked; 0 = 1 */
	const char *setup;	 /* goes into each row */
	bool own_rules;		 /* our rules make code of answers, not the published ones */
	const char *only;	 /* a glob of problems; NULL: all */
	unsigned jobs;		 /* at a time; 0 = 1 */
	uint64_t ms;		 /* of all; no sample is begun after that; 0 = no limit */
	unsigned shard, shards;	 /* this machine's part, from 1; 0 of 0: all of it */
	const char *out;	 /* rows are appended there; NULL: they are only handed on */
	bool resume;		 /* what is judged there already is left out */
	void (*row)(void *ctx, const struct bench_row *r); /* borrowed; may be NULL */
	void (*progress)(void *ctx, size_t done, size_t of, uint64_t ms_left); /* may be NULL */
	void *ctx;
};

struct bench_total {
	size_t wanted; /* samples of this shard */
	size_t before; /* of them judged before */
	size_t done;   /* now */
	size_t passed, strict;
	size_t failed; /* could not be judged */
	size_t others; /* stored files that belong to no problem */
	bool out_of_time;
};

/* ERR_CONFLICT: out is there, and resume is not asked for. ERR_CANCELLED leaves the
 * rows that are done. */
bool flow_bench(struct workbench *w, const struct bench_request *r, struct bench_total *out,
		struct err *err);

#endif
