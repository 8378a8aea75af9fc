/* trace.h - the port to recorded runs of any size.
 *
 * Map of session/trace: a recorded run, and queries on it. Knows no file format and no
 * screen: sim/ reads the formats and fills in trace_ops.
 *
 *   trace       scopes, signals, the value at a time, the next change
 *   scope_list  the scopes, while a file is read
 *   trace_names a signal by the end of its name
 *   trace_text  values and units for display
 *   trace_string  what the strings of a dump stand for
 *   trace_clock the clock and the reset among the signals
 *   trace_table a few cycles of a few signals, as text
 *   bits bits_* four-state vectors and SystemVerilog's operators on them
 *   expr expr_* expressions over signals: text to tree, tree to value
 *   query       expressions at the edges of a clock
 *   trace_diff  where two runs differ
 *   latency     the number of cycles between two signals, as stated in a spec
 *
 * Signals and scopes are numbered from 0, and the numbers do not change while a trace is
 * open. A trace may grow: of a long file, or one still being written, only what is before
 * trace_end() can be queried; trace_more() reads further. Times are in the trace's own
 * unit, see trace_timescale().
 *
 * A value of bits has exactly as many characters as its signal is wide, most significant
 * first: 0 1 x z, and u w l h - in traces of VHDL. Reals and strings are as printed. An
 * event has the value 1 when it fires.
 *
 * Results are borrowed until the next call on the same trace.
 */
#ifndef POSEDGE_TRACE_H
#define POSEDGE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;
struct trace; /* first member of each implementation */

enum trace_kind { TRACE_BITS, TRACE_REAL, TRACE_TEXT, TRACE_EVENT };

#define TRACE_NONE SIZE_MAX

/* A module instance, a block, a struct, an array. Parents come first. */
struct trace_scope {
	const char *name; /* "dut" */
	const char *type; /* "module", "struct", "array", as in the file; "" */
	size_t parent;	  /* TRACE_NONE: a root */
};

struct trace_signal {
	const char *name; /* "q", without a range */
	size_t scope;	  /* TRACE_NONE: outside all scopes */
	enum trace_kind kind;
	int width;    /* bits; 1 unless it is a vector */
	int msb, lsb; /* as declared; both 0 without a range */
	bool has_range;
	bool vector;	/* viewers append a range to its name: a vector, even of one bit */
	bool parameter; /* a constant */
	bool integer;	/* declared as a number with a sign, as `integer` is, or a parameter */
	char direction; /* 'i' input, 'o' output, 'b' both; 0: not known */
	/* signals of the same net share this number; below the number of signals */
	size_t stream;
};

struct trace_point {
	uint64_t time; /* of the change that set the value */
	const char *value;
	size_t len;
};

/* A change of signals[which], in trace_walk(). False ends the walk. */
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
	/* The name of an enum's value; NULL: no names. */
	const char *(*name_of)(const struct trace *t, size_t signal, const char *value, size_t len);
	/* NULL: everything is read at opening. */
	bool (*more)(struct trace *t, size_t most, bool *any, struct err *err);
	const char *(*problem)(const struct trace *t);
};

struct trace {
	const struct trace_ops *ops;
	bool (*go_on)(void *ctx); /* see trace_watch() */
	void *go_ctx;
	unsigned asked;
	bool stopped;
};

void trace_close(struct trace *t); /* NULL is fine */

/* Makes every query on t stoppable, whatever it is part of: go_on is asked now and then, and
 * once it has returned false nothing is found any more and a walk ends. Results since then
 * are not of the whole run, so ask trace_stopped() before telling them. go_on is called from
 * the thread that asks, and must not use t. NULL: none. */
void trace_watch(struct trace *t, bool (*go_on)(void *ctx), void *ctx);
bool trace_stopped(const struct trace *t);

size_t trace_scopes(const struct trace *t);
const struct trace_scope *trace_scope_at(const struct trace *t, size_t i);
size_t trace_signals(const struct trace *t);
const struct trace_signal *trace_signal_at(const struct trace *t, size_t i);

/* Appends "tb.dut.q", without a range. */
void trace_full_name(const struct trace *t, size_t signal, struct str *out);
void trace_scope_name(const struct trace *t, size_t scope, struct str *out);

/* Verilator puts a design into a scope of its own; trace_plain_name() is without it. */
#define TRACE_WRAPPER "TOP."
const char *trace_plain_name(const char *full);

/* Appends a name without what only marks it as escaped: "u.a+b" for "u.\\a+b ". Simulators
 * disagree about writing these marks. */
void trace_unescape(const char *name, struct str *out);

/* By full name, with the wrapper or without it; the first if it occurs twice. TRACE_NONE: none.
 * Linear in the number of signals. */
size_t trace_find(const struct trace *t, const char *full);

/* By full name or its last parts, "dut.q": the outermost signal that has these. Several
 * names of one net are one match. ERR_NOT_FOUND: no match, or several at that depth;
 * names some. */
bool trace_find_by_end(const struct trace *t, const char *name, size_t *signal, struct err *err);

/* The time unit: 10^exponent seconds times magnitude. False, with 1 ns, if the file
 * gives none. */
bool trace_timescale(const struct trace *t, int *magnitude, int *exponent);

uint64_t trace_begin(const struct trace *t); /* the first time with values */
uint64_t trace_end(const struct trace *t);   /* the last time that can be queried */

/* trace_at(): the last change at or before time. trace_next(): the first one after it.
 * trace_prev(): the last one before it. False: there is none, or it is not known. */
bool trace_at(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
bool trace_next(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);
bool trace_prev(struct trace *t, size_t signal, uint64_t time, struct trace_point *out);

/* All changes of these signals in [from, to], ordered by time and then by position in
 * signals. False if fn or trace_watch() ended it. */
bool trace_walk(struct trace *t, const size_t *signals, size_t n, uint64_t from, uint64_t to,
		trace_fn *fn, void *ctx);

/* False: the format, or this reader of it, has no names of values at all. t may be NULL. */
bool trace_names_values(const struct trace *t);

/* The enum name of a value; NULL: none. */
const char *trace_name_of(const struct trace *t, size_t signal, const char *value, size_t len);

/* How much of a long file is needed: reading it ends once enough() returns true, which is asked
 * now and then, on any thread. What trace_problem() says tells that the file goes on. */
struct trace_part {
	bool (*enough)(void *ctx, const struct trace *t);
	void *ctx;
};

#define TRACE_STEP (64u << 20)

/* Continues reading for about `most` bytes: the rest of a long file, or what was written
 * since. Touches only the trace, so loop_work() can run it while nobody queries the
 * trace. *any: there was more; false for a format, or an index from the cache, that cannot
 * be continued. ERR_CONFLICT: the file was cut or written anew, and has to be opened
 * again. */
bool trace_more(struct trace *t, size_t most, bool *any, struct err *err);

/* A sentence on what is wrong with the part of the file read so far ("it ends in the
 * middle of a word, at 130 ns"); NULL: nothing. */
const char *trace_problem(const struct trace *t);

/* "8'h1f", "1", "x", "2.5"; only the low 1024 bits of a wide value. VHDL's other
 * states are letters: "u", "8'huu" if a digit's bits are equal, else "4'b0wl-". */
void trace_value_text(const struct trace_signal *s, const struct trace_point *p, struct str *out);

/* "1 ns", "100 ps", "0.001 fs"; "steps (the file names no unit)". */
void trace_unit_text(const struct trace *t, struct str *out);

/* Extends a value to width as in VCD: with 0 if it starts with 1, else with its first
 * character; truncates a longer one on the left. */
void trace_fill(const char *value, size_t len, size_t width, char *out);

#endif
