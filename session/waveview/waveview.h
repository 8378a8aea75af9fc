/* waveview.h - a view of a recorded run: rows, a time window, a cursor and two markers.
 *
 * Map of session/waveview: a wave viewer without its screen. Knows traces, but neither
 * keys nor terminals.
 *
 *   waveview            rows, window, cursor, markers, for a trace
 *   waveview_rows       rows and groups
 *   waveview_pairs      expected values next to actual ones
 *   waveview_time       times to text, and back
 *   waveview_value      values to text, in a radix
 *   waveview_first      the initial rows
 *   waveview_move       edges, cycles, zoom
 *   waveview_find       where an expression holds
 *   waveview_sample     the content of each cell of a row
 *   waveview_draw       rows as lines of styled cells
 *   waveview_ruler      the lines above and below the rows
 *   waveview_layout     rows as TOML, saved per testbench
 *   waveview_gtkw       rows as GTKWave's save file
 *   waveview_export waveview_wavejson waveview_svg   rows in other formats
 *   waveview_say        rows in words and as a table
 *
 * The window begins at from; a cell is num/den units of the trace's time, so cell c shows
 * [from + ceil(c*num/den), from + ceil((c+1)*num/den)). Several cells may share a unit,
 * or several units a cell.
 *
 * Rows are a list; the members of a group follow it with a larger depth. A row has the
 * full name of its signal, so it outlives the trace: if another trace lacks the signal,
 * the row stays without values.
 *
 * Limits: WAVEVIEW_ROWS rows, WAVEVIEW_COLS cells per row.
 */
#ifndef POSEDGE_WAVEVIEW_H
#define POSEDGE_WAVEVIEW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "session/base/err.h"
#include "session/trace/trace.h"

struct str;
struct waveview_cache;

#define WAVEVIEW_ROWS  2000
#define WAVEVIEW_COLS  2000
#define WAVEVIEW_FIRST 200 /* signals chosen initially */
#define WAVEVIEW_DEPTH 8   /* of nested groups */

enum wave_radix {
	WAVE_HEX,
	WAVE_BIN,
	WAVE_DEC,
	WAVE_SIGNED,
	WAVE_ASCII,
	WAVE_ENUM,  /* the enum name if the trace has one, else HEX */
	WAVE_FIXED, /* signed fixed point with fraction bits */
	WAVE_RADICES
};

struct waveview_row {
	bool group, open; /* open: the members are shown */
	int depth;
	char *name;    /* full name of the signal, or the group's name */
	char *label;   /* the user's name for it; NULL: none */
	size_t signal; /* TRACE_NONE: a group, or not in this trace */
	enum wave_radix radix;
	int fraction;  /* WAVE_FIXED: bits */
	bool analog;   /* draw as a curve of steps */
	size_t beside; /* row with the actual value that this one expects; TRACE_NONE */
};

enum waveview_marker { WAVEVIEW_A, WAVEVIEW_B, WAVEVIEW_MARKERS };

struct waveview {
	struct trace *t; /* borrowed; NULL: none */
	struct waveview_row *rows;
	size_t n, cap;
	size_t chosen;	   /* a visible row */
	size_t top;	   /* first row on the screen */
	uint64_t from;	   /* the window */
	uint64_t num, den; /* units per cell */
	uint64_t cursor;
	bool has_marker[WAVEVIEW_MARKERS];
	uint64_t marker[WAVEVIEW_MARKERS];
	size_t clock;		      /* a signal; TRACE_NONE: not known */
	unsigned generation;	      /* incremented by each change of a row */
	struct waveview_cache *cache; /* the last samples */
};

/* Has no rows yet; the cursor is at the end, and the window shows the whole run in
 * cols cells. */
struct waveview *waveview_new(struct trace *t, int cols);
void waveview_free(struct waveview *v); /* NULL is fine; t stays open */

/* Switches to another trace, as after a run; rows, window and cursor stay as far as
 * they fit. */
void waveview_set_trace(struct waveview *v, struct trace *t);

/* The trace has grown: draws it again. The second function, when all that was written is
 * read: looks for a clock if there was none yet, which takes a pass over all signals. */
void waveview_grew(struct waveview *v);
void waveview_caught_up(struct waveview *v);

/* waveview_rows. Each of these keeps chosen on a visible row. */

/* Inserts before row at (v->n: at the end). False: there are WAVEVIEW_ROWS already. */
bool waveview_insert(struct waveview *v, size_t at, const char *name, bool group, int depth);
/* Inserts after the chosen row, in the same group, and chooses it. A signal that is
 * there already is only chosen. ERR_NOT_FOUND, ERR_LIMIT. */
bool waveview_add(struct waveview *v, const char *name, struct err *err);
void waveview_remove(struct waveview *v, size_t at);	    /* a group with its members */
bool waveview_shift(struct waveview *v, size_t at, int by); /* -1, 1; false: already at the end */
/* Makes a group of the chosen row and those after it of its depth; a chosen group is
 * dissolved instead. */
bool waveview_group(struct waveview *v, const char *name, struct err *err);
void waveview_rename(struct waveview *v, size_t at, const char *label); /* "" removes the label */
void waveview_open(struct waveview *v, size_t at, bool open);
void waveview_clear(struct waveview *v);
/* How many rows are signals, and how many of these the trace lacks. */
size_t waveview_signals(const struct waveview *v, size_t *missing);
void waveview_set_radix(struct waveview *v, size_t at, enum wave_radix radix, int fraction);
void waveview_set_analog(struct waveview *v, size_t at, bool on);

size_t waveview_end(const struct waveview *v, size_t at); /* index after the row and its members */
bool waveview_shown(const struct waveview *v, size_t at); /* all enclosing groups are open */
size_t waveview_next(const struct waveview *v, size_t at, int by); /* moves by visible rows */
/* The text at the left of a row: its label, or its name, shortened as far as it stays
 * unique. */
void waveview_label(const struct waveview *v, size_t at, struct str *out);
/* Like waveview_label(), but useful without the enclosing group, and without the
 * range. */
void waveview_word(const struct waveview *v, size_t at, struct str *out);
const char *wave_radix_name(enum wave_radix r);
bool wave_radix_parse(const char *name, enum wave_radix *r);

/* waveview_pairs: sets beside, by names. */
void waveview_find_pairs(struct waveview *v);
/* "q" of "tb.dut.q"; an escaped name is not divided. Borrowed. */
static inline const char *waveview_last_name(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot && name[0] != '\\' ? dot + 1 : name;
}

/* The name that "expected_q", "q_exp" or "ref_q" refers to: "q"; "" if it is no such
 * name. */
void waveview_expects(const char *name, struct str *out);

/* waveview_time: "30 ns", "1.5 us"; without a unit if the trace has none. Parses
 * "30ns", "1.5 us", "30" (units of the trace), "#3" (rising edge of the clock, from
 * 0). ERR_USAGE lists these forms; check reports it before there is a trace. */
void waveview_time_text(const struct trace *t, uint64_t time, struct str *out);
bool waveview_time_check(const char *text, struct err *err);
/* Of a text that was checked and names no edge; needs only the header of the trace. */
bool waveview_time_in(const struct trace *t, const char *text, uint64_t *time, struct err *err);
bool waveview_time_parse(struct waveview *v, const char *text, uint64_t *time, struct err *err);

/* waveview_value: a value as shown in the row, at most limit bytes, unprintable
 * characters escaped. A longer number is cut to "+" and its low digits, a longer text
 * to its start and "+". p NULL: not known, "". */
void waveview_value_text(const struct waveview *v, size_t row, const struct trace_point *p,
			 size_t limit, struct str *out);
/* Likewise for a signal without a row. */
void wave_value_text(const struct trace *t, size_t signal, enum wave_radix radix, int fraction,
		     const struct trace_point *p, size_t limit, struct str *out);
/* As a number, for curves; false: it has x or z, or is text. */
bool wave_value_number(const struct trace_signal *s, enum wave_radix radix, int fraction,
		       const struct trace_point *p, double *out);
enum wave_radix wave_radix_of(const struct trace *t, size_t signal); /* the initial radix */

/* waveview_first: clock and reset, the testbench's signals, then a group for each
 * module. */
void waveview_choose(struct waveview *v);

/* waveview_move. cols: cells of the window. */
uint64_t waveview_cell_start(const struct waveview *v, int cell);
/* -1: outside the window */
int waveview_cell_of(const struct waveview *v, uint64_t time, int cols);
void waveview_see(struct waveview *v, int cols); /* scrolls to the cursor */
void waveview_set_cursor(struct waveview *v, uint64_t time, int cols);
void waveview_step(struct waveview *v, int cells, int cols); /* moves the cursor */
void waveview_zoom(struct waveview *v, int by, int cols);    /* 1: in, -1: out, around the cursor */
void waveview_zoom_at(struct waveview *v, int by, int cell, int cols); /* around that cell */
void waveview_pan(struct waveview *v, int cells, int cols);	       /* the cursor stays */
void waveview_zoom_all(struct waveview *v, int cols);
void waveview_zoom_range(struct waveview *v, uint64_t from, uint64_t to, int cols);
bool waveview_zoom_cycle(struct waveview *v, int cols, struct err *err);
bool waveview_zoom_markers(struct waveview *v, int cols, struct err *err);
/* Moves to the next (1) or previous (-1) change of the chosen signal. */
bool waveview_edge(struct waveview *v, int by, int cols, struct err *err);
/* Likewise to where the chosen signal has that value, as shown in its row or in bits. */
bool waveview_value(struct waveview *v, const char *value, int by, int cols, struct err *err);
/* waveview_find: moves to where an expression (trace/expr.h) holds, after a rising
 * edge of the clock; ERR_PARSE names the column. Reads the trace up to there. */
bool waveview_is_expression(const char *text); /* and not just a value */
bool waveview_holds(struct waveview *v, const char *text, int by, int cols, struct err *err);

/* The same in steps, for long runs: init reads the position from the view; run
 * searches any trace of that run, on any thread, until stop is set. */
struct waveview_search {
	char *text, *on; /* on: the clock's edge; NULL: none */
	uint64_t from, to;
	bool last; /* find the last instead of the first */
	atomic_bool stop;
	bool any;
	uint64_t time; /* where it holds */
};

void waveview_search_init(struct waveview_search *s, const struct waveview *v, const char *text,
			  int by);
bool waveview_search_run(struct waveview_search *s, struct trace *t, struct err *err);
void waveview_search_fini(struct waveview_search *s);

/* Counts rising edges of the clock in (from, to]; *more: stopped at WAVEVIEW_CYCLES. */
#define WAVEVIEW_CYCLES 1000000
size_t waveview_cycles(struct waveview *v, uint64_t from, uint64_t to, bool *more);

/* waveview_say. Members of closed groups are left out. At most WAVEVIEW_TIMES lines,
 * and one that says that there are more. */
#define WAVEVIEW_TIMES 400
/* "t=30 ns: rst 1->0; q 0->1", one line for each time with a change. */
void waveview_say(struct waveview *v, uint64_t from, uint64_t to, struct str *out);
/* The values at from, and at each later time at which a signal other than the clock
 * changed: one line each, after all changes of that time. */
void waveview_table(struct waveview *v, uint64_t from, uint64_t to, struct str *out);

#endif
