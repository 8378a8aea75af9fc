/* bench_row.h - one judged sample, as one line of JSON.
 *
 * A row says by itself what it is of: files of several machines are put together
 * with cat, and a run goes on where its file ends. Pure.
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

/* Strings are owned by who made the row; NULL is "" when written. Hashes are
 * SHA-256 in hexadecimal, "" = there was none. */
struct bench_row {
	const char *suite, *task, *problem, *category;
	unsigned sample;	     /* from 1 */
	const char *backend, *model; /* "" = stored answers, or the references */
	const char *setup;	     /* what else was chosen: "extract=official temperature=0.8" */
	uint64_t seed;		     /* of the choice of this sample */
	char class_;		     /* of the official judge; '?': could not be judged */
	const char *verdict;	     /* of the strict one: pass, fail, none, build, limit, tool */
	long checks, failures;	     /* made and failed; -1: not counted */
	long mismatches, samples;    /* printed; -1: none */
	const char *first;	     /* the first failure, or why there is no verdict */
	const char *first_path;
	int first_line;
	double figures[SUITE_FIGURES]; /* as its suite has them; negative: none */
	const char *stage;  /* how far it came: answer, code, build, run; judge: its suite's own */
	const char *beside; /* sentences beside the strict verdict */
	double ask_s, build_s, run_s;
	long tokens_in, tokens_out, tokens_cached; /* -1: not told */
	double cost;				   /* as the price table counts; -1: not known */
	unsigned rounds;			   /* answers it took */
	bool cut;				   /* the answer ended at its limit of tokens */
	bool code;				   /* there was code in it */
	char request_hash[HASH_HEX + 1], answer_hash[HASH_HEX + 1], code_hash[HASH_HEX + 1];
	const char *answer_path;   /* beside the rows, in ROWS.answers; "" = none was kept */
	const char *question_path; /* the same, of what was asked */
	const char *wave_path;	   /* in ROWS.waves; "" = none was kept */
	const char *tools;	   /* versions: "posedge 0.4, Icarus Verilog 11.0" */
	const char *error;	   /* what kept it from being judged; "" = nothing */
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

/* With its newline. */
void bench_row_print(const struct bench_row *r, struct str *out);

bool bench_row_passes(const struct bench_row *r); /* for the official judge */
bool bench_row_strict(const struct bench_row *r); /* for the strict one */

/* All rows of files ---------------------------------------------------------------- */

#define BENCH_ROWS_MAX 2000000u

struct bench_rows {
	struct bench_row *v; /* strings are the pool's */
	size_t n, cap;
	struct bench_pool *pool; /* each string once */
};

/* Adds those of a file. A last line that a kill cut is left out, and *whole (which
 * may be NULL) tells how many bytes come before it. Any other line that is no row is
 * ERR_PARSE with its number. Two rows of one sample: the first one counts, unless it
 * could not be judged. */
bool bench_rows_read(struct bench_rows *l, const char *path, uint64_t *whole, struct err *err);
void bench_rows_fini(struct bench_rows *l);

/* By problem and sample. NULL: there is none. */
const struct bench_row *bench_rows_find(const struct bench_rows *l, const char *problem,
					unsigned sample);

#endif
