/* bench_report.h - what files of rows say: a table, CSV, a page. Pure but for reading
 * the files.
 *
 * Each file is a set: a model, a prompt, a set-up. A file of references is no set: it is
 * what the same judge lets through at all, and stands beside the scores. Two sets are
 * compared over the problems that both have.
 */
#ifndef POSEDGE_BENCH_REPORT_H
#define POSEDGE_BENCH_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/bench/bench_row.h"
#include "session/bench/bench_stats.h"

struct bench_set {
	char *name; /* of the file, without .jsonl */
	char *dir;  /* where it lies: answers are named relative to it */
	struct bench_rows rows;
	struct bench_count *official, *strict; /* of each problem of the report */
	const struct bench_row **first;	       /* its first row; NULL: none */
};

struct bench_report {
	struct bench_set *sets;
	size_t n;
	const char **problems;	 /* of all sets, sorted; borrowed from them */
	const char **categories; /* of each */
	size_t n_problems;
	bool has_most; /* a file of references was given */
	struct bench_set most;
};

void bench_report_init(struct bench_report *r);
/* One file. ERR_CONFLICT: it is of another suite than the others. */
bool bench_report_add(struct bench_report *r, const char *path, struct err *err);
void bench_report_count(struct bench_report *r); /* once, after the last one */
void bench_report_fini(struct bench_report *r);

void bench_report_text(const struct bench_report *r, struct str *out);
/* A line each: set, problem, category, samples, passed, passed by the strict judge,
 * classes. A head line first. */
void bench_report_csv(const struct bench_report *r, struct str *out);
/* One object. */
void bench_report_json(const struct bench_report *r, struct str *out);
/* One page that needs no other file. */
void bench_report_html(const struct bench_report *r, struct str *out);

/* What a set cost and how its answers ended, over its rows. */
struct bench_sums {
	size_t rows, passed, strict, unjudged, cut, no_code, cut_no_code;
	long in, out, cached; /* tokens; -1: not told of all */
	double cost;	      /* -1: not known of all */
	double ask_s, judge_s;
	double rounds; /* mean of those that pass; 0: none */
	size_t letters[128];
	double figures[SUITE_FIGURES];	 /* means, as the suite wants them; negative: none */
	size_t n_figures[SUITE_FIGURES]; /* over so many rows */
};
void bench_sums_of(const struct bench_rows *rows, struct bench_sums *out);

/* Fills in the figures of *out; the others add what it says of them, nothing where the
 * suite has none. */
void bench_figures_sum(const struct bench_rows *rows, struct bench_sums *out);
void bench_figures_text(const struct bench_rows *rows, const struct bench_sums *s, struct str *out);
void bench_figures_html(const struct bench_rows *rows, const struct bench_sums *s, struct str *out);
void bench_figures_json(const struct bench_rows *rows, const struct bench_sums *s, struct str *out);

/* The largest k of 1, 5, 10, 20, 50, 100 that each problem has samples for; 0: none. */
unsigned bench_most_k(const struct bench_count *v, size_t n);

#endif
