/* bench_stats.h - statistics on numbers of passes. Pure.
 *
 * pass@k: the unbiased estimator of Chen et al., "Evaluating Large Language Models
 * Trained on Code" (2021): if c of n samples pass, 1 - C(n-c, k) / C(n, k).
 * Intervals: the percentile bootstrap over problems. Significance of the difference
 * between two runs: McNemar's exact test with one sample per problem, else the paired
 * randomization test over problems. Random numbers have a fixed seed, so the same
 * rows give the same figures.
 */
#ifndef POSEDGE_BENCH_STATS_H
#define POSEDGE_BENCH_STATS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

#define BENCH_RESAMPLES 4000u

struct bench_count {   /* for one problem */
	unsigned n, c; /* samples; those that passed */
};

/* From 0 to 1. If n < k, all n are used. */
double bench_pass_at(struct bench_count one, unsigned k);

struct bench_rate {
	double mean, low, high; /* 0 to 1; low to high is the 95 % interval */
	size_t problems;
};
void bench_rate_of(const struct bench_count *v, size_t n, unsigned k, struct bench_rate *out);

struct bench_test {
	double difference;	    /* of the mean pass rates, a - b */
	double p;		    /* two-sided */
	size_t better, worse, same; /* numbers of problems */
	bool exact;		    /* McNemar's test; else randomization */
};
/* a[i] and b[i] belong to the same problem; it is skipped if either n is 0. */
void bench_compare_counts(const struct bench_count *a, const struct bench_count *b, size_t n,
			  struct bench_test *out);

#define BENCH_LARGER_THAN_CHANCE 0.05

/* "+2.5 points; better on 13 problems, ...; p = 0.049 (...): larger than chance" */
void bench_test_text(const struct bench_test *t, struct str *out);

#endif
