/* Resampled are problems, not answers: answers to one problem are correlated, and treating
 * them as independent would make the interval too narrow. Above MANY problems the normal
 * distribution replaces resampling.
 */
#include "config.h"

#include "session/bench/bench_stats.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "session/base/mem.h"

#define SEED 20240607u
#define MANY 2000 /* problems; above, the normal distribution replaces resampling */
#define FEW  14	  /* problems that differ; up to it all swaps are tried */
#define Z95  1.959964

/* SplitMix64 (Steele, Lea, Flood 2014): small, and good enough for resampling. */
static uint64_t next(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15ull);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

/* Computed as a product to avoid overflowing factorials. */
double bench_pass_at(struct bench_count one, unsigned k)
{
	double miss = 1;

	if (one.n == 0 || k == 0)
		return 0;
	if (k > one.n)
		k = one.n;
	if (one.n - one.c < k)
		return 1;
	for (unsigned i = 0; i < k; i++)
		miss *= (double)(one.n - one.c - i) / (double)(one.n - i);
	return 1 - miss;
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void interval(const double *each, size_t n, struct bench_rate *out)
{
	double *means = mem_calloc(BENCH_RESAMPLES, sizeof(*means));
	uint64_t state = SEED;

	for (unsigned i = 0; i < BENCH_RESAMPLES; i++) {
		for (size_t k = 0; k < n; k++)
			means[i] += each[next(&state) % n];
		means[i] /= (double)n;
	}
	qsort(means, BENCH_RESAMPLES, sizeof(*means), by_value);
	out->low = means[BENCH_RESAMPLES / 40];
	out->high = means[BENCH_RESAMPLES - 1 - BENCH_RESAMPLES / 40];
	free(means);
}

static void normal_interval(const double *each, size_t n, struct bench_rate *out)
{
	double squares = 0, half;

	for (size_t i = 0; i < n; i++)
		squares += (each[i] - out->mean) * (each[i] - out->mean);
	half = Z95 * sqrt(squares) / (double)n;
	out->low = fmax(0, out->mean - half);
	out->high = fmin(1, out->mean + half);
}

void bench_rate_of(const struct bench_count *v, size_t n, unsigned k, struct bench_rate *out)
{
	double *each = mem_calloc(n + 1, sizeof(*each));
	size_t used = 0;

	*out = (struct bench_rate){ 0 };
	for (size_t i = 0; i < n; i++)
		if (v[i].n)
			each[used++] = bench_pass_at(v[i], k);
	for (size_t i = 0; i < used; i++)
		out->mean += each[i];
	out->mean /= used ? (double)used : 1;
	out->problems = used;
	if (used > MANY)
		normal_interval(each, used, out);
	else if (used)
		interval(each, used, out);
	free(each);
}

/* Two-sided binomial test: twice the smaller tail for a fair coin. */
static double coin(size_t heads, size_t tails)
{
	size_t n = heads + tails, few = heads < tails ? heads : tails;
	double sum = 0;

	for (size_t i = 0; i <= few; i++)
		sum += exp(lgamma((double)n + 1) - lgamma((double)i + 1) -
			   lgamma((double)(n - i) + 1) - (double)n * log(2));
	return n == 0 || 2 * sum > 1 ? 1 : 2 * sum;
}

static bool is_as_large(const double *d, size_t n, const uint64_t *signs, double seen)
{
	double sum = 0;

	for (size_t k = 0; k < n; k++)
		sum += signs[k / 64] >> k % 64 & 1 ? d[k] : -d[k];
	return fabs(sum) >= fabs(seen) - 1e-9;
}

/* The frequency of a difference at least as large if each problem's two rates are swapped
 * or not: of all ways if there are few, else of some at random. n: without differences
 * of 0, which change nothing. many: problems, by the normal distribution. */
static double randomize(const double *d, size_t n, bool many, double seen)
{
	uint64_t state = SEED, signs[MANY / 64 + 1];
	size_t as_large = 0;
	double squares = 0;

	for (size_t k = 0; many && k < n; k++)
		squares += d[k] * d[k];
	if (many)
		return squares > 0 ? erfc(fabs(seen) / sqrt(2 * squares)) : 1;
	if (n <= FEW) {
		for (signs[0] = 0; signs[0] < (uint64_t)1 << n; signs[0]++)
			as_large += is_as_large(d, n, signs, seen);
		return (double)as_large / (double)((uint64_t)1 << n);
	}
	for (unsigned i = 0; i < BENCH_RESAMPLES; i++) {
		for (size_t k = 0; k * 64 < n; k++)
			signs[k] = next(&state);
		as_large += is_as_large(d, n, signs, seen);
	}
	return (double)(as_large + 1) / (BENCH_RESAMPLES + 1);
}

void bench_compare_counts(const struct bench_count *a, const struct bench_count *b, size_t n,
			  struct bench_test *out)
{
	double *d = mem_calloc(n + 1, sizeof(*d));
	double sum = 0;
	size_t both = 0, used = 0;

	*out = (struct bench_test){ .exact = true, .p = 1 };
	for (size_t i = 0; i < n; i++) {
		if (!a[i].n || !b[i].n)
			continue;
		d[used] = (double)a[i].c / a[i].n - (double)b[i].c / b[i].n;
		out->exact &= a[i].n == 1 && b[i].n == 1;
		out->better += d[used] > 0;
		out->worse += d[used] < 0;
		out->same += d[used] == 0;
		sum += d[used];
		both++;
		used += d[used] != 0;
	}
	if (both)
		out->difference = sum / (double)both;
	if (used)
		out->p = out->exact ? coin(out->better, out->worse)
				    : randomize(d, used, both > MANY, sum);
	free(d);
}

void bench_test_text(const struct bench_test *t, struct str *out)
{
	str_addf(out, "%+.1f points; better on %zu problem%s, worse on %zu, the same on %zu; ",
		 100 * t->difference, t->better, t->better == 1 ? "" : "s", t->worse, t->same);
	if (t->p < 0.001)
		str_adds(out, "p < 0.001");
	else
		str_addf(out, "p = %.3f", t->p);
	str_addf(out, " (%s): %s", t->exact ? "McNemar's exact test" : "paired randomization test",
		 t->p < BENCH_LARGER_THAN_CHANCE ? "larger than chance" : "this may be chance");
}
