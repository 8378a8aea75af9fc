/* bench_report.h - reports on files of rows: a table, CSV, JSON, a page. Pure except
 * for reading the files.
 *
 * Each file is a set: one model, prompt and set-up. A file of references is not a
 * set: it shows the best score this judge allows, and is printed next to the scores.
 * Two sets are compared over the problems that both contain.
 */
#ifndef POSEDGE_BENCH_REPORT_H
#define POSEDGE_BENCH_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/bench/bench_row.h"
#include "session/bench/bench_stats.h"

struct bench_set {
	char *name; /* file name without .jsonl */
	char *dir;  /* its folder; paths of answers are relative to it */
	struct bench_rows rows;
	struct bench_count *official, *strict; /* for each problem of the report */
	const struct bench_row **first;	       /* first row of each problem; NULL: none */
};

struct bench_report {
	struct bench_set *sets;
	size_t n;
	const char **problems;	 /* of all sets, sorted; borrowed from them */
	const char **categories; /* one per problem */
	size_t n_problems;
	bool has_most; /* a file of references was given */
	struct bench_set most;
};

void bench_report_init(struct bench_report *r);
/* Adds one file, which may have no rows. ERR_CONFLICT: it belongs to another suite. */
bool bench_report_add(struct bench_report *r, const char *path, struct err *err);
void bench_report_count(struct bench_report *r); /* call once, after the last file */
void bench_report_fini(struct bench_report *r);

void bench_report_text(const struct bench_report *r, struct str *out);
/* A header line, then one line per set and problem: set, problem, category, samples,
 * passed, passed by the strict judge, classes. */
void bench_report_csv(const struct bench_report *r, struct str *out);
/* One JSON object. */
void bench_report_json(const struct bench_report *r, struct str *out);
/* A self-contained page, which will be in the folder `where`: its links to answers lead
 * from there. */
void bench_report_html(const struct bench_report *r, const char *where, struct str *out);
extern const char bench_head[]; /* head.html, as the build embeds it: its first lines */

/* Called for each category of which the set has problems, in order of appearance. */
typedef void bench_category_fn(void *ctx, const char *name, double rate, size_t problems);
void bench_categories(const struct bench_report *r, const struct bench_set *s,
		      bench_category_fn *each, void *ctx);

/* Totals over the rows of a set. */
struct bench_sums {
	size_t rows, passed, strict, unjudged, cut, no_code, cut_no_code;
	long in, out, cached; /* tokens; -1: some are not reported */
	double cost;	      /* -1: some are unknown */
	double ask_s;
	double rounds; /* mean over those that pass; 0: none */
	size_t letters[128];
	double figures[SUITE_FIGURES];	 /* means, geometric or arithmetic as the suite says;
					  * negative: none */
	size_t n_figures[SUITE_FIGURES]; /* number of rows with that figure */
};
void bench_sums_of(const struct bench_rows *rows, struct bench_sums *out);
/* Passed over judged, 0 to 1; negative: none was judged. */
double bench_sums_rate(const struct bench_sums *s);

/* Fills in the figures of *out. The other functions format them; they write nothing
 * if the suite has none. */
void bench_figures_sum(const struct bench_rows *rows, struct bench_sums *out);
void bench_figures_text(const struct bench_rows *rows, const struct bench_sums *s, struct str *out);
void bench_figures_html(const struct bench_rows *rows, const struct bench_sums *s, struct str *out);
void bench_figures_json(const struct bench_rows *rows, const struct bench_sums *s, struct str *out);

/* The largest of 1, 5, 10, 20, 50, 100 for which each problem has enough samples; 0: none. */
unsigned bench_most_k(const struct bench_count *v, size_t n);

#endif
