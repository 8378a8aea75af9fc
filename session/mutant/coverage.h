/* coverage.h - what a simulation reached, as Verilator counts it.
 *
 * Reads coverage.dat and adds it up: several files are several testbenches. Owns
 * its strings. Pure: knows the format and the numbers, no file and no tool.
 *
 * Format (Verilator 5.006, include/verilated_cov.cpp and what it writes): a first
 * line "# SystemC::Coverage-3", then lines C 'KEY' COUNT where KEY is a run of
 * \001NAME\002VALUE: f the file, l and n its line and column, page "v_line/MODULE",
 * "v_branch/MODULE", "v_toggle/MODULE" or "v_user/MODULE", o what it is ("if",
 * "else", "case", "block", or a bit), S the lines of the block ("4,10-12"), h the
 * instance. Counts of one place in several instances, and in several modules that a tool
 * makes of one for its parameters, are one here.
 */
#ifndef POSEDGE_COVERAGE_H
#define POSEDGE_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

#define COVERAGE_BYTES_MAX  (64u << 20) /* of one file; a longer one is refused */
#define COVERAGE_POINTS_MAX 200000u	/* of all; more are refused */
#define COVERAGE_LINE_MAX   1000000	/* a line number above is refused */
#define COVERAGE_SPREAD_MAX 5000000u	/* lines that all points stand for; more are refused */

enum cover_kind { COVER_LINE, COVER_BRANCH, COVER_TOGGLE };

struct cover_point {
	enum cover_kind kind;
	char *path, *what;
	char *module; /* as Verilator calls it; the first, where several are one */
	char *lines;  /* "4,10-12"; "" = none: an else that is not written, a bit */
	int line, col;
	uint64_t count; /* how often; stays at UINT64_MAX */
};

struct coverage {
	struct cover_point *v; /* by path, line, column, kind, what */
	size_t n, cap;
	size_t spread; /* the sum of the lengths of all `lines` */
};

/* Adds a file's counts. ERR_PARSE when it is not one, names a place that cannot be, or
 * is cut; ERR_LIMIT above a limit. *c is unchanged then. v_user is left out. */
bool coverage_read(struct coverage *c, const char *text, size_t len, struct err *err);
void coverage_fini(struct coverage *c); /* { 0 } is fine */

/* Drops the points of which keep() says no. What they add to the limits stays added. */
void coverage_keep(struct coverage *c, bool (*keep)(void *ctx, const struct cover_point *p),
		   void *ctx);

/* Of a file: how many there are, and how many were reached. text: the file's, as it was
 * run; without it (len 0) the `if` of an `else if` chain is only reached when it is true. */
struct cover_sum {
	size_t lines, lines_hit, branches, branches_hit, bits, bits_hit;
};
void coverage_sum(const struct coverage *c, const char *path, const char *text, size_t len,
		  struct cover_sum *out);

/* How often each line of a file ran, from 1 on to *n; -1: it is nothing that runs.
 * The caller frees; NULL: none of the file is known. */
int64_t *coverage_lines(const struct coverage *c, const char *path, const char *text, size_t len,
			int *n);

/* The state that a point is the case item of: its label in the text of its file, when
 * that is one name; the caller frees. NULL: it is not one. */
char *coverage_state(const struct cover_point *p, const char *text, size_t len);

#endif
