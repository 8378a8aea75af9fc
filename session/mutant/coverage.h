/* coverage.h - what a simulation reached, as counted by Verilator.
 *
 * Reads coverage.dat files and adds them up, one per testbench. Owns its strings.
 * Pure: knows the format and the numbers, no file and no tool.
 *
 * Format (Verilator 5.006, include/verilated_cov.cpp and its output): a first
 * line "# SystemC::Coverage-3", then lines C 'KEY' COUNT where KEY is a sequence
 * of \001NAME\002VALUE: f the file, l and n its line and column, page
 * "v_line/MODULE", "v_branch/MODULE", "v_toggle/MODULE" or "v_user/MODULE", o
 * what it is ("if", "else", "case", "block", or a bit), S the lines of the block
 * ("4,10-12"), h the instance. Counts of one place are added up over instances,
 * and over the modules that a tool derives from one for different parameters.
 */
#ifndef POSEDGE_COVERAGE_H
#define POSEDGE_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

#define COVERAGE_BYTES_MAX  (64u << 20) /* per file; longer ones are refused */
#define COVERAGE_POINTS_MAX 200000u	/* in all; more are refused */
#define COVERAGE_LINE_MAX   1000000	/* larger line numbers are refused */
#define COVERAGE_SPREAD_MAX 5000000u	/* lines covered by all points; more are refused */

enum cover_kind { COVER_LINE, COVER_BRANCH, COVER_TOGGLE };

struct cover_point {
	enum cover_kind kind;
	char *path, *what;
	char *module; /* Verilator's name; the first one if several were merged */
	char *lines;  /* "4,10-12"; "": none (an implicit else, a bit) */
	int line, col;
	uint64_t count; /* saturates at UINT64_MAX */
};

struct coverage {
	struct cover_point *v; /* sorted by path, line, column, kind, what */
	size_t n, cap;
	size_t spread; /* sum of the lengths of all `lines` */
};

/* The sum of two counts; UINT64_MAX is the largest. */
static inline uint64_t coverage_add(uint64_t a, uint64_t b)
{
	return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

/* Adds the counts of a file. Fails with ERR_PARSE if the text is no such file, is
 * truncated or names an impossible place, with ERR_LIMIT above a limit; *c is
 * unchanged then. v_user is ignored. */
bool coverage_read(struct coverage *c, const char *text, size_t len, struct err *err);
void coverage_fini(struct coverage *c); /* { 0 } is fine */

/* Drops the points that keep() rejects. They still count towards the limits. */
void coverage_keep(struct coverage *c, bool (*keep)(void *ctx, const struct cover_point *p),
		   void *ctx);

/* Totals of a file, and how many of them were reached. text: the file's text in
 * the run; without it (len 0) the `if` of an `else if` chain only counts as
 * reached if it was true. */
struct cover_sum {
	size_t lines, lines_hit, branches, branches_hit, bits, bits_hit;
};
void coverage_sum(const struct coverage *c, const char *path, const char *text, size_t len,
		  struct cover_sum *out);

/* Run counts of the lines 1..*n of a file; -1: not executable. The caller frees;
 * NULL if nothing is known about the file. */
int64_t *coverage_lines(const struct coverage *c, const char *path, const char *text, size_t len,
			int *n);

/* The `if` of branch i with its condition, "if (m == 3)", where its line has others; NULL:
 * it is the only one, or it is not found in the text, or too long. The caller frees. */
char *coverage_if(const struct coverage *c, size_t i, const char *text, size_t len);

/* If the point is a case item with a single name as its label, that name, the
 * state; else NULL. The caller frees. text: of the point's file. */
char *coverage_state(const struct cover_point *p, const char *text, size_t len);

#endif
