/* walk.h - expected values per cycle, stated by a person or a model before a run, and
 * checked against the run. Pure.
 *
 * walk.md is Markdown with one table:
 *
 *	Testbench: counter_tb
 *	Clock: clk
 *
 *	| cycle | en | count |
 *	| --- | --- | --- |
 *	| 0 | 0 | x |
 *	| 1 | 1 | 8'h00 |
 *
 * A cycle is a rising edge of the clock, counted from 0. A value is that of the
 * signal just before the edge, as a clocked process sees it. A name that several
 * signals share means the one in the testbench itself. Values are Verilog numbers or
 * 0xff; x stands for any unknown bit; "-" or an empty cell states nothing. Clock
 * defaults to "clk".
 */
#ifndef POSEDGE_WALK_H
#define POSEDGE_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct trace;

#define WALK_ROWS_MAX	 2000u
#define WALK_SIGNALS_MAX 15u

enum walk_mark { WALK_UNSTATED, WALK_RIGHT, WALK_WRONG, WALK_NOT_REACHED, WALK_NO_SIGNAL };

struct walk_cell {
	char *text; /* as stated */
	char *is;   /* value in the run, after the check; NULL: unknown */
	enum walk_mark mark;
};

struct walk_row {
	uint64_t cycle;
	uint64_t time; /* of its edge, in units of the trace; after the check */
	int line;      /* of the file, 1-based */
	struct walk_cell cell[WALK_SIGNALS_MAX];
};

struct walk {			 /* a zeroed one is empty */
	char *testbench, *clock; /* NULL: not said */
	struct strv signals;
	struct walk_row *rows;
	size_t n;
	size_t right, wrong, not_reached; /* numbers of cells, after the check */
	size_t no_signal;		  /* cells of columns that the run does not have */
	struct strv missing;		  /* one sentence for each of these columns */
};

/* ERR_PARSE names the line. The caller finishes *w in any case. */
bool walk_read(struct walk *w, const char *text, size_t len, struct err *err);
void walk_fini(struct walk *w);

/* Marks each cell by the value in the run. A column is missing where the run has no
 * such signal or several of that name. ERR_NOT_FOUND: this holds for the clock or for
 * all columns. */
bool walk_check(struct walk *w, struct trace *t, struct err *err);

/* "3 right, 1 wrong, 0 not reached", then a line for each column that is missing. */
void walk_count(const struct walk *w, struct str *out);

/* The table with a mark before each wrong row: "! | 5 | 1 | 6 (is 5) |". */
void walk_print(const struct walk *w, bool only_wrong, struct str *out);

/* Writes the file; each cell with fixed[row * WALK_SIGNALS_MAX + column] gets the
 * value of the run. fixed NULL: all as stated. */
void walk_write(const struct walk *w, const bool *fixed, struct str *out);

/* The text that w was read from, with only the marked cells replaced by the values of
 * the run. */
void walk_fix(const struct walk *w, const bool *fixed, const char *text, size_t len,
	      struct str *out);

#endif
