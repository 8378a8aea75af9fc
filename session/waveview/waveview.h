/* waveview.h - a recorded run as somebody looks at it: rows, a window in time,
 * a cursor and two markers.
 *
 * Map of session/waveview: a wave viewer without its screen. Knows traces, and
 * neither keys nor terminals.
 *
 *   waveview            rows, window, cursor, markers: all of it, for a trace
 *   waveview_rows       rows and groups
 *   waveview_pairs      what is expected, beside what was got
 *   waveview_time       times as text, and back
 *   waveview_value      values as text, in a radix
 *   waveview_names      signals by a part of their name
 *   waveview_first      which rows there are at first
 *   waveview_move       edges, cycles, zoom
 *   waveview_find       where an expression holds
 *   waveview_sample     what each cell of a row stands for
 *   waveview_draw       rows as lines of styled cells
 *   waveview_ruler      the lines above and below them
 *   waveview_layout     rows as TOML, kept by testbench
 *   waveview_gtkw       rows as GTKWave's save file
 *   waveview_export waveview_wavejson waveview_svg   rows for others
 *   waveview_say        rows in words and as a table
 *
 * The window begins at from; a cell stands for num/den units of the trace's
 * time, so that cell c shows [from + ceil(c*num/den), from + ceil((c+1)*num/den)).
 * Several cells may stand for one unit, several units for one cell.
 *
 * Rows are a list; what belongs to a group follows it with a larger depth. A row
 * keeps the full name of its signal, so that it outlives the trace: of another
 * trace that lacks the signal the row stays, without values.
 *
 * Limits: WAVEVIEW_ROWS rows, WAVEVIEW_COLS cells a row.
 */
#ifndef POSEDGE_WAVEVIEW_H
#define POSEDGE_WAVEVIEW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/trace/trace.h"

struct str;
struct waveview_cache;

#define WAVEVIEW_ROWS  2000
#define WAVEVIEW_COLS  2000
#define WAVEVIEW_FIRST 200 /* signals that are chosen at first */
#define WAVEVIEW_DEPTH 8   /* of groups in groups */

enum wave_radix {
	WAVE_HEX,
	WAVE_BIN,
	WAVE_DEC,
	WAVE_SIGNED,
	WAVE_ASCII,
	WAVE_ENUM,  /* the name where the trace has one, else as HEX */
	WAVE_FIXED, /* signed, with fraction bits after the point */
	WAVE_RADICES
};

struct waveview_row {
	bool group, open; /* open: what belongs to it is shown */
	int depth;
	char *name;    /* the signal's full name, or the group's */
	char *label;   /* what a person calls it; NULL: its own name */
	size_t signal; /* TRACE_NONE: not in this trace, or a group */
	enum wave_radix radix;
	int fraction;  /* WAVE_FIXED: bits */
	bool analog;   /* as a curve of steps */
	size_t beside; /* the row of the value that this one expects; TRACE_NONE */
};

enum waveview_marker { WAVEVIEW_A, WAVEVIEW_B, WAVEVIEW_MARKERS };

struct waveview {
	struct trace *t; /* borrowed; NULL: none */
	struct waveview_row *rows;
	size_t n, cap;
	size_t chosen;	   /* a row that is shown */
	size_t top;	   /* the first on the screen */
	uint64_t from;	   /* the window */
	uint64_t num, den; /* units a cell */
	uint64_t cursor;
	bool has_marker[WAVEVIEW_MARKERS];
	uint64_t marker[WAVEVIEW_MARKERS];
	size_t clock;		      /* a signal; TRACE_NONE: none is known */
	unsigned generation;	      /* larger after each change of a row */
	struct waveview_cache *cache; /* what was sampled last */
};

/* Takes no rows yet; the cursor stands at the end, the window shows all of it in
 * cols cells. */
struct waveview *waveview_new(struct trace *t, int cols);
void waveview_free(struct waveview *v); /* NULL is fine; the trace stays open */

/* Another trace, as after a run: rows, window and cursor stay as far as they fit. */
void waveview_set_trace(struct waveview *v, struct trace *t);

/* waveview_rows. Each of these keeps chosen on a row that is shown. */

/* Before row at (v->n: at the end), with that depth. False: WAVEVIEW_ROWS are there. */
bool waveview_insert(struct waveview *v, size_t at, const char *name, bool group, int depth);
/* After the chosen row, as the same group's; it is chosen then. A signal that is
 * there already is only chosen. ERR_NOT_FOUND, ERR_LIMIT. */
bool waveview_add(struct waveview *v, const char *name, struct err *err);
void waveview_remove(struct waveview *v, size_t at);	    /* a group with what belongs to it */
bool waveview_shift(struct waveview *v, size_t at, int by); /* -1, 1; false: it is at its end */
/* The chosen row and those after it of its depth become a group of that name; of a
 * group: it is dissolved. */
bool waveview_group(struct waveview *v, const char *name, struct err *err);
void waveview_rename(struct waveview *v, size_t at, const char *label); /* "" takes it away */
void waveview_open(struct waveview *v, size_t at, bool open);
void waveview_clear(struct waveview *v);
void waveview_set_radix(struct waveview *v, size_t at, enum wave_radix radix, int fraction);
void waveview_set_analog(struct waveview *v, size_t at, bool on);

size_t waveview_end(const struct waveview *v, size_t at); /* after it and what belongs to it */
bool waveview_shown(const struct waveview *v, size_t at); /* each group around it is open */
size_t waveview_next(const struct waveview *v, size_t at, int by); /* by rows that are shown */
/* What stands in front of it: the label, or the name as short as the others let it be. */
void waveview_label(const struct waveview *v, size_t at, struct str *out);
/* The same where no group says where it belongs, and without its range. */
void waveview_word(const struct waveview *v, size_t at, struct str *out);
const char *wave_radix_name(enum wave_radix r);
bool wave_radix_parse(const char *name, enum wave_radix *r);

/* waveview_pairs: sets beside, by names. */
void waveview_find_pairs(struct waveview *v);
/* What "expected_q", "q_exp", "ref_q" expect: "q"; "" when it is no such name. */
void waveview_expects(const char *name, struct str *out);

/* waveview_time: "30 ns", "1.5 us"; without a unit in a trace that names none.
 * Reads "30ns", "1.5 us", "30" (units of the trace), "#3" (rising edge of the
 * clock, from 0). ERR_USAGE says what is read. */
void waveview_time_text(const struct trace *t, uint64_t time, struct str *out);
bool waveview_time_parse(struct waveview *v, const char *text, uint64_t *time, struct err *err);

/* waveview_value: a value as the row shows it, at most limit bytes, what is not
 * printable ASCII as escapes. Of what is longer, the low digits of a number after a
 * "+", the start of a text before one. p NULL: nothing is known, "". */
void waveview_value_text(const struct waveview *v, size_t row, const struct trace_point *p,
			 size_t limit, struct str *out);
/* The same of a signal without a row. */
void wave_value_text(const struct trace *t, size_t signal, enum wave_radix radix, int fraction,
		     const struct trace_point *p, size_t limit, struct str *out);
/* As a number, for curves; false: it has x, z, or is text. */
bool wave_value_number(const struct trace_signal *s, enum wave_radix radix, int fraction,
		       const struct trace_point *p, double *out);
enum wave_radix wave_radix_of(const struct trace *t, size_t signal); /* at first */

/* waveview_names: by the end of its full name, "dut.q"; the outermost of that name,
 * where that is one net.
 * ERR_NOT_FOUND; ERR_USAGE names those that it may be. */
bool waveview_resolve(const struct trace *t, const char *name, size_t *signal, struct err *err);

/* waveview_first: clock and reset, the testbench's signals, then those of each module as a group. */
void waveview_choose(struct waveview *v);

/* waveview_move. cols: cells of the window. */
uint64_t waveview_cell_start(const struct waveview *v, int cell);
int waveview_cell_of(const struct waveview *v, uint64_t time, int cols); /* -1: not in it */
void waveview_see(struct waveview *v, int cols); /* the cursor comes into the window */
void waveview_set_cursor(struct waveview *v, uint64_t time, int cols);
void waveview_step(struct waveview *v, int cells, int cols); /* the cursor */
void waveview_zoom(struct waveview *v, int by, int cols);    /* 1: in, -1: out, around the cursor */
void waveview_zoom_all(struct waveview *v, int cols);
void waveview_zoom_range(struct waveview *v, uint64_t from, uint64_t to, int cols);
bool waveview_zoom_cycle(struct waveview *v, int cols, struct err *err);
bool waveview_zoom_markers(struct waveview *v, int cols, struct err *err);
/* The next (1) or previous (-1) change of the chosen signal. */
bool waveview_edge(struct waveview *v, int by, int cols, struct err *err);
/* The same to where the chosen signal has that value, as its row shows it or in bits. */
bool waveview_value(struct waveview *v, const char *value, int by, int cols, struct err *err);
/* waveview_find: to where an expression (trace/expr.h) holds, after a rising edge of
 * the clock; ERR_PARSE names the column. Reads the trace up to there. */
bool waveview_is_expression(const char *text); /* and not only a value */
bool waveview_holds(struct waveview *v, const char *text, int by, int cols, struct err *err);

/* The same in pieces, for a run that is long: init asks the view where it stands, run
 * asks any trace of that run, on any thread, until stop is set. */
struct waveview_search {
	char *text, *on; /* on: the clock's edge; NULL: there is none */
	uint64_t from, to;
	bool last; /* the last one is wanted, not the first */
	atomic_bool stop;
	bool any;
	uint64_t time; /* where it holds */
};

void waveview_search_init(struct waveview_search *s, const struct waveview *v, const char *text,
			  int by);
bool waveview_search_run(struct waveview_search *s, struct trace *t, struct err *err);
void waveview_search_fini(struct waveview_search *s);

/* Rising edges of the clock in (from, to]; *more: counting ended at WAVEVIEW_CYCLES. */
#define WAVEVIEW_CYCLES 1000000
size_t waveview_cycles(struct waveview *v, uint64_t from, uint64_t to, bool *more);

/* waveview_say. Rows of groups that are closed are left out. At most
 * WAVEVIEW_TIMES lines, and one that says that there is more. */
#define WAVEVIEW_TIMES 400
/* "t=30 ns: rst 1->0; q 0->1", one line for each time at which something changed. */
void waveview_say(struct waveview *v, uint64_t from, uint64_t to, struct str *out);
/* The values at from, and at each later time at which a signal other than the clock
 * changed, one line each, after all changes of that time. */
void waveview_table(struct waveview *v, uint64_t from, uint64_t to, struct str *out);

#endif
