/* bench_row.h - one judged sample, as one line of JSON.
 *
 * A row is self-contained: files of several machines can be joined with cat, and a
 * run resumes where its file ends. Pure.
 */
#ifndef POSEDGE_BENCH_ROW_H
#define POSEDGE_BENCH_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/bench/suite.h"

/* Strings are owned by the creator of the row; NULL is written as "". Hashes are
 * SHA-256 in hexadecimal; "": nothing to hash. */
struct bench_row {
	const char *suite, *task, *problem, *category;
	unsigned sample;	     /* 1-based */
	const char *backend, *model; /* "": stored answers, or the references */
	const char *setup;	     /* other settings: "extract=official temperature=0.8" */
	uint64_t seed;		     /* sent for the model's random choices; 0: none */
	char class_;		     /* by the official judge; '?': could not be judged */
	const char *verdict;	     /* of the strict judge: pass, fail, none, build, limit,
				      * tool */
	long checks, failures;	     /* numbers made and failed; -1: not counted */
	long mismatches, samples;    /* as printed by the testbench; -1: none */
	const char *first;	     /* the first failure, or why there is no verdict */
	const char *first_path;
	int first_line;
	double figures[SUITE_FIGURES]; /* as defined by the suite; negative: none */
	const char *stage;	       /* last stage reached: answer, code, build, run; judge: the
			     * suite's own judge */
	const char *beside;	       /* sentences in addition to the strict verdict */
	double ask_s, build_s, run_s;
	long tokens_in, tokens_out, tokens_cached; /* -1: not reported */
	double cost;				   /* from the price table; -1: unknown */
	unsigned rounds;			   /* answers needed */
	bool cut;				   /* the answer reached its token limit */
	bool code;				   /* the answer contained code */
	char request_hash[HASH_HEX + 1], answer_hash[HASH_HEX + 1], code_hash[HASH_HEX + 1];
	const char *answer_path;   /* in ROWS.answers next to the rows; ""; not kept */
	const char *question_path; /* the same for the question */
	const char *wave_path;	   /* in ROWS.waves; "": not kept */
	const char *tools;	   /* versions: "posedge 0.4, Icarus Verilog 11.0" */
	const char *error;	   /* why it could not be judged; "": it was */
};

_Static_assert(SUITE_FIGURES == 4, "BENCH_ROW_INIT has so many");
#define BENCH_ROW_INIT                                      \
	((struct bench_row){ .class_ = '?',                 \
			     .checks = -1,                  \
			     .failures = -1,                \
			     .mismatches = -1,              \
			     .samples = -1,                 \
			     .figures = { -1, -1, -1, -1 }, \
			     .tokens_in = -1,               \
			     .tokens_out = -1,              \
			     .tokens_cached = -1,           \
			     .cost = -1 })

/* Appends the row and a newline. */
void bench_row_print(const struct bench_row *r, struct str *out);

bool bench_row_passes(const struct bench_row *r); /* by the official judge */
bool bench_row_strict(const struct bench_row *r); /* by the strict judge */

/* All rows of files ---------------------------------------------------------------- */

#define BENCH_ROWS_MAX 2000000u

struct bench_rows {
	struct bench_row *v; /* strings belong to the pool */
	size_t n, cap;
	struct bench_pool *pool; /* stores each string once */
};

/* Adds the rows of a file. A last line without a newline, as a kill leaves it, is
 * ignored; *whole (may be NULL) is the number of bytes before it. Any other malformed
 * line is ERR_PARSE with its number. If a sample has two rows, the first one counts,
 * unless it could not be judged. */
bool bench_rows_read(struct bench_rows *l, const char *path, uint64_t *whole, struct err *err);
void bench_rows_fini(struct bench_rows *l);

/* Looks up a row by problem and sample; NULL: there is none. */
const struct bench_row *bench_rows_find(const struct bench_rows *l, const char *problem,
					unsigned sample);

#endif
