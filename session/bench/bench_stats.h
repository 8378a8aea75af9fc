/* bench_stats.h - what counts of passes say, and how sure that is. Pure.
 *
 * pass@k: the unbiased estimator of Chen et al., "Evaluating Large Language Models
 * Trained on Code" (2021): of n samples c pass, 1 - C(n-c, k) / C(n, k).
 * Intervals: the percentile bootstrap over problems. Whether two runs differ by more
 * than chance: with one sample a problem McNemar's exact test, else the paired
 * randomization test over problems. Random numbers have a fixed seed: the same rows
 * give the same figures.
 */
#ifndef POSEDGE_BENCH_STATS_H
#define POSEDGE_BENCH_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BENCH_RESAMPLES 4000u

struct bench_count {   /* of one problem */
	unsigned n, c; /* samples; of them passed */
};

/* From 0 to 1; n < k: all n are tried. */
double bench_pass_at(struct bench_count one, unsigned k);

struct bench_rate {
	double mean, low, high; /* 0 to 1; low to high: 95 % */
	size_t problems;
};
void bench_rate_of(const struct bench_count *v, size_t n, unsigned k, struct bench_rate *out);

struct bench_test {
	double difference;	    /* of the means of pass rates, a - b */
	double p;		    /* two-sided */
	size_t better, worse, same; /* problems */
	bool exact;		    /* McNemar's; else randomization */
};
/* a[i] and b[i] are of the same problem; n of either may be 0: it is left out. */
void bench_compare_counts(const struct bench_count *a, const struct bench_count *b, size_t n,
			  struct bench_test *out);

#endif
