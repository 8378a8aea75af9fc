/* trace.h - the port to recorded runs of any size: what can be asked of one.
 *
 * Map of session/trace: a recorded run, and questions to it. Knows no file
 * format and no screen: formats are read in sim/, which fills in trace_ops.
 *
 *   trace       scopes, signals, the value at a time, the next change
 *   scope_list  the scopes, as a reader meets them
 *   trace_names a signal by the end of its name
 *   trace_text  values and units as people write them
 *   trace_clock the clock and the reset among the signals
 *   trace_table a few cycles of a few signals, as text
 *   bits bits_* four-state vectors and SystemVerilog's operators on them
 *   expr expr_* expressions over signals: text to tree, tree to value
 *   query       expressions at the edges of a clock
 *   trace_diff  where two runs differ
 *   latency     how many cycles lie between two signals, as a spec says it
 *
 * Signals and scopes are numbered from 0 and never change their number while a
 * trace is open. A trace may grow: of a long file, or one that is still being
 * written, only what lies before trace_end() can be asked for; trace_more()
 * reads on. Times are in the trace's own unit, see trace_timescale().
 *
 * A value of bits is exactly as many characters as its signal is wide, most
 * significant first: 0 1 x z, and u w l h - in traces of VHDL. Reals and
 * strings are as printed. An event has the value 1 where it fires.
 *
 * What a call returns is borrowed until the next call on the same trace.
 */
#ifndef POSEDGE_TRACE_H
#define POSEDGE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;
struct trace; /* each begins with it */

enum trace_kind { TRACE_BITS, TRACE_REAL, TRACE_TEXT, TRACE_EVENT };

#define TRACE_NONE SIZE_MAX

/* A module instance, a block, a struct, an array. Parents come first. */
struct trace_scope {
	const char *name; /* "dut" */
	const char *type; /* "module", "struct", "array", as the file says; "" */
	size_t parent;	  /* TRACE_NONE: it is a root */
};

struct trace_signal {
	const char *name; /* "q", without a range */
	size_t scope;	  /* TRACE_NONE: outside of all */
	enum trace_kind kind;
	int width;    /* bits; 1 unless it is a vector */
	int msb, lsb; /* as declared; both 0 without a range */
	bool has_range;
	bool parameter; /* a constant */
	char direction; /* 'i' input, 'o' output, 'b' both; 0: not told */
	/* signals that are one net have one number here, below the number of signals */
	size_t stream;
};

struct trace_point {
	uint64_t time; /* of the change that set it */
	const char *value;
	size_t len;
};

/* A change of signals[which], as trace_walk() goes. False ends the walk. */
typedef bool trace_fn(void *ctx, size_t which, const struct trace_point *p);

struct trace_ops {
	void (*close)(struct trace *t);
	size_t (*scopes)(const struct trace *t);
	const struct trace_scope *(*scope)(const struct trace *t, size_t i);
	size_t (*signals)(const struct trace *t);
	const struct trace_signal *(*signal)(const struct trace *t, size_t i);
	bool (*timescale)(const struct trace *t, int *magnitude, int *exponent);
	uint64_t (*begin)(const struct trace *t);
	uint64_t (*end)(const struct trace *t);
	bool (*at)(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
	bool (*next)(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
	bool (*prev)(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
	/* NULL: trace_walk() merges next() of each signal. */
	bool (*walk)(struct trace *t, const size_t *signals, size_t n, uint64_t from, uint64_t to,
		     trace_fn *fn, void *ctx);
	/* The names of the values of an enum; NULL: never any. */
	const char *(*name_of)(const struct trace *t, size_t signal, const char *value, size_t len);
	/* NULL: all was read when it was opened. */
	bool (*more)(struct trace *t, bool *any, struct err *err);
	const char *(*problem)(const struct trace *t);
};

struct trace {
	const struct trace_ops *ops;
};

void trace_close(struct trace *t); /* NULL is fine */

size_t trace_scopes(const struct trace *t);
const struct trace_scope *trace_scope_at(const struct trace *t, size_t i);
size_t trace_signals(const struct trace *t);
const struct trace_signal *trace_signal_at(const struct trace *t, size_t i);

/* "tb.dut.q", without a range; appended. */
void trace_full_name(const struct trace *t, size_t signal, struct str *out);
void trace_scope_name(const struct trace *t, size_t scope, struct str *out);

/* By full name; where a net of that name stands twice, the first. TRACE_NONE:
 * there is none. Takes time in proportion to the number of signals. */
size_t trace_find(const struct trace *t, const char *full);

/* By full name, or the last parts of one, "dut.q": those of one net are one.
 * ERR_NOT_FOUND: no signal has that name, or several have; some are named. */
bool trace_find_by_end(const struct trace *t, const char *name, size_t *signal, struct err *err);

/* How long a unit of time is: 10^exponent seconds times magnitude. False, and
 * 1 ns, when the file names none. */
bool trace_timescale(const struct trace *t, int *magnitude, int *exponent);

uint64_t trace_begin(const struct trace *t); /* the first time with values */
uint64_t trace_end(const struct trace *t);   /* the last one that can be asked for */

/* The change that holds at time, the first one after it, the last one before
 * it. False: there is none, or it is not known. */
bool trace_at(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
bool trace_next(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
bool trace_prev(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);

/* All changes of these signals in [from, to], in order of time and, at one
 * time, in the order in which the signals are given. False when fn ended it. */
bool trace_walk(struct trace *t, const size_t *signals, size_t n, uint64_t from, uint64_t to,
		trace_fn *fn, void *ctx);

/* The name that an enum gives a value; NULL: none is known. */
const char *trace_name_of(const struct trace *t, size_t signal, const char *value, size_t len);

/* Reads on for a bounded time: the rest of a long file, or what has been written
 * since. Touches nothing but the trace, so that loop_work() can run it, while
 * nobody asks the trace anything. *any: there was more. */
bool trace_more(struct trace *t, bool *any, struct err *err);

/* A sentence on what is wrong with the file, as far as it was read ("it ends in
 * the middle of a word, at 130 ns"); NULL: nothing. */
const char *trace_problem(const struct trace *t);

/* "8'h1f", "1", "x", "2.5"; of more than 1024 bits the lower ones. With states that
 * only VHDL has, as letters: "u", "8'huu" where all are alike, else "4'b0wl-". */
void trace_value_text(const struct trace_signal *s, const struct trace_point *p, struct str *out);

/* "1 ns", "100 ps", "0.001 fs"; "steps (the file names no unit)". */
void trace_unit_text(const struct trace *t, struct str *out);

/* The bits of a value, extended to its signal's width as VCD says: with 0 in
 * front of 1, else with what stands first; too wide ones lose their front. */
void trace_fill(const char *value, size_t len, size_t width, char *out);

#endif
