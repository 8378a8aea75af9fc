/* walk.h - expected values, cycle by cycle, as a person or a model stated them before a run;
 * checked against it. Pure.
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
 * A cycle is a rising edge of the clock, counted from 0; a value is what the signal is just
 * before that edge, as a clocked process sees it; a name that several signals have is that of
 * the testbench itself. Values are Verilog's numbers, 0xff, x for
 * any unknown bit; "-" or nothing: not stated. Clock is "clk" where nothing says it.
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

enum walk_mark { WALK_UNSTATED, WALK_RIGHT, WALK_WRONG, WALK_NOT_REACHED };

struct walk_cell {
	char *text; /* as stated */
	char *is;   /* in the run, once it was checked; NULL: not known */
	enum walk_mark mark;
};

struct walk_row {
	uint64_t cycle;
	int line; /* of the file, 1-based */
	struct walk_cell cell[WALK_SIGNALS_MAX];
};

struct walk {			 /* a zeroed one is empty */
	char *testbench, *clock; /* NULL: not said */
	struct strv signals;
	struct walk_row *rows;
	size_t n;
	size_t right, wrong, not_reached; /* cells, once it was checked */
};

/* ERR_PARSE names the line; *w is to be finished in any case. */
bool walk_read(struct walk *w, const char *text, size_t len, struct err *err);
void walk_fini(struct walk *w);

/* Marks each cell by what the run has. ERR_NOT_FOUND: a signal or the clock is not in it, or
 * several are called so. */
bool walk_check(struct walk *w, struct trace *t, struct err *err);

/* The table with a mark before each row that is wrong: "! | 5 | 1 | 6 (is 5) |". */
void walk_print(const struct walk *w, bool only_wrong, struct str *out);

/* As a file, with each cell of fixed[row * WALK_SIGNALS_MAX + column] as the run has it;
 * fixed NULL: as it was stated. */
void walk_write(const struct walk *w, const bool *fixed, struct str *out);

/* The text that w was read from, with these cells as the run has them and nothing else
 * changed. */
void walk_fix(const struct walk *w, const bool *fixed, const char *text, size_t len,
	      struct str *out);

#endif
