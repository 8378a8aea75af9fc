/* wave.h - signals over time, as a simulation recorded them.
 *
 * Built by a reader (sim/vcd.h), read by the tables, the viewer's layout and
 * the exports. Values are kept as the characters 0 1 x z, most significant
 * first, without leading fill; reals and strings as printed. An event has a
 * value, 1, only at the times at which it fires. Knows no file format.
 *
 * Of a long run only a part may be held: wave_from() is where it begins.
 * Before it, and after changes that did not fit, there is no value at all,
 * rather than an old one.
 */
#ifndef POSEDGE_WAVE_H
#define POSEDGE_WAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;
struct wave;

struct wave_signal {
	const char *scope; /* "tb.dut", never NULL */
	const char *name;  /* "q", without a range */
	int width;	   /* bits; 1 and no range for a single one */
	int msb, lsb;	   /* as declared; both 0 for a single bit */
	bool has_range;
	bool real; /* or a string: its values are text */
	bool event;
	bool parameter;
	size_t changes; /* how many values it has */
};

/* At most that many value changes are kept in all; what comes later is
 * counted in wave_dropped(), and from its time on there are no values.
 * 0 = no limit. */
struct wave *wave_new(size_t max_changes);
void wave_free(struct wave *w); /* NULL is fine */

/* How long a unit of time is: 10^exponent seconds (-12 = ps) times magnitude.
 * False, and 1 ns, when nobody set it. */
void wave_set_timescale(struct wave *w, int magnitude, int exponent);
bool wave_timescale(const struct wave *w, int *magnitude, int *exponent);

/* "1 ns", "100 ps", "0.001 fs", "steps (the dump names no unit)". */
void wave_unit_text(const struct wave *w, struct str *out);

/* Adds a signal; the strings are copied. same_as: the index of a signal with
 * the same changes, or -1. Returns the index. */
size_t wave_add_signal(struct wave *w, const struct wave_signal *s, long same_as);

/* Times never go down; a smaller one is taken as the last. value as above,
 * vlen characters; leading fill is cut, what is wider than the signal loses
 * its front. Of several values at one time the last one is kept, and a value
 * that changes nothing is not. */
void wave_change(struct wave *w, size_t signal, uint64_t time, const char *value, size_t vlen);
void wave_set_end(struct wave *w, uint64_t time);

/* For a reader that learns only from the values that they are text. */
void wave_make_real(struct wave *w, size_t signal);

/* For readers of a part of a long run. wave_forget drops all changes and sets
 * the time back; wave_prune drops those before time that no value at or after
 * it needs, and time becomes wave_from(); wave_begin says that the changes
 * start at time, and wave_put_first gives a signal the value that it had when
 * they did, unless it changes right then. wave_limit says that what happened
 * at time and later is not there. */
void wave_forget(struct wave *w);
void wave_prune(struct wave *w, uint64_t time);
void wave_begin(struct wave *w, uint64_t time);
void wave_limit(struct wave *w, uint64_t time);
void wave_put_first(struct wave *w, size_t signal, const char *value, size_t vlen);

size_t wave_signals(const struct wave *w);
const struct wave_signal *wave_signal_at(const struct wave *w, size_t i); /* borrowed */
uint64_t wave_from(const struct wave *w); /* changes are held from here on; 0: all */
uint64_t wave_end(const struct wave *w);  /* the last time seen */
uint64_t wave_unknown_from(
	const struct wave *w); /* from there on there are no values; UINT64_MAX: none is missing */
size_t wave_held(const struct wave *w); /* how many changes */
size_t wave_dropped(const struct wave *w);

/* By full name "tb.dut.q"; -1: none. */
long wave_find(const struct wave *w, const char *full);

/* The value that holds at time (after all changes of that time): borrowed
 * until w changes, *len characters; NULL before the first, before wave_from()
 * and from wave_unknown_from() on. */
const char *wave_value(const struct wave *w, size_t signal, uint64_t time, size_t *len);

/* The k-th change. */
void wave_change_at(const struct wave *w, size_t signal, size_t k, uint64_t *time,
		    const char **value, size_t *len);

/* How many changes lie at or before time: the value then is of change n - 1. */
size_t wave_changes_until(const struct wave *w, size_t signal, uint64_t time);

/* Signals that are the same net have the same number here, below the number
 * of signals. */
size_t wave_stream(const struct wave *w, size_t signal);

/* "8'h1f", "1", "x", "12.5": for a table; fills leading bits as VCD says. */
void wave_format(const struct wave *w, size_t signal, const char *value, size_t len,
		 struct str *out);

/* The signal that wave_set_clock() named. Where nobody did: the one-bit signal
 * that rises most often, and at least twice, under its first name; one that is
 * called a clock wins over others. -1: none. Reads all changes of such signals. */
long wave_clock(const struct wave *w);

/* What drives the clocked processes, as the sources say, and by which edge. */
#define WAVE_NO_CLOCK (-2) /* they have none */
enum wave_edge { WAVE_RISING, WAVE_FALLING, WAVE_BOTH };
struct wave_clock {
	long signal; /* -1: not known */
	enum wave_edge edge;
};
void wave_set_clock(struct wave *w, struct wave_clock clock);
long wave_clock_set(const struct wave *w);	      /* as it was set; -1: it was not */
enum wave_edge wave_clock_edge(const struct wave *w); /* the same; RISING */

/* What a reader of a long run is asked for. */
struct wave_want {
	uint64_t time;	/* the rows end here; UINT64_MAX: at the end of the run */
	int rows, cols; /* as in wave_table() */
	/* The clock among the signals, before their changes are read; as for
	 * wave_set_clock(). May be NULL. Like when, it may be called
	 * by another thread while the caller waits: ctx is to be its alone. */
	struct wave_clock (*clock)(void *ctx, const struct wave *w);
	/* The time, once w has its unit and its end; instead of time where the
	 * reader can know the end in advance. May be NULL. */
	uint64_t (*when)(void *ctx, const struct wave *w);
	void *ctx;
};

/* The one-bit signal called a reset in the outermost scope that has one; -1:
 * none. */
long wave_reset(const struct wave *w);

/* Whether w holds what a table up to time needs: rows cycles of its clock, or
 * all there is. */
bool wave_has_rows(const struct wave *w, uint64_t time, int rows);

/* A table of what the most telling signals did in the last rows clock cycles
 * before and at time: clock and reset first, then those of the testbench and
 * of the design under test that changed, or are x or z; at most cols signals. One line a
 * cycle, for people and for prompts. Cycles are the edges
 * wave_clock_edge() of wave_clock(); without any, each time something changed. */
void wave_table(const struct wave *w, uint64_t time, int rows, int cols, struct str *out);

/* The same choice for a picture: puts at most max signals into signals,
 * returns how many, and the first and the last time of the rows. */
size_t wave_choose(const struct wave *w, uint64_t time, int rows, size_t *signals, size_t max,
		   uint64_t *from, uint64_t *to);

#endif
