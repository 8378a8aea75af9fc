/* wave.h - signals over time, as a simulation recorded them.
 *
 * Built by a reader (sim/vcd.h), read by the tables, the viewer's layout and
 * the exports. Values are kept as the characters 0 1 x z, most significant
 * first, without leading fill; reals as printed. Knows no file format.
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
	const char *scope;	/* "tb.dut", never NULL */
	const char *name;	/* "q", without a range */
	int width;		/* bits; 1 and no range for a single one */
	int msb, lsb;		/* as declared; both 0 for a single bit */
	bool has_range;
	bool real;
	size_t changes;		/* how many values it has */
};

/* At most that many value changes are kept in all; what comes later is
 * counted in wave_dropped(). 0 = no limit. */
struct wave *wave_new(size_t max_changes);
void wave_free(struct wave *w);	/* NULL is fine */

/* How long a unit of time is: 10^exponent seconds (-12 = ps) times magnitude. */
void wave_set_timescale(struct wave *w, int magnitude, int exponent);
void wave_timescale(const struct wave *w, int *magnitude, int *exponent);

/* Adds a signal; the strings are copied. same_as: the index of a signal with
 * the same changes, or -1. Returns the index. */
size_t wave_add_signal(struct wave *w, const struct wave_signal *s, long same_as);

/* Times never go down; a smaller one is taken as the last. value as above,
 * vlen characters; leading fill is cut, what is wider than the signal loses
 * its front. Of several values at one time the last one is kept, and a value
 * that changes nothing is not. */
void wave_change(struct wave *w, size_t signal, uint64_t time, const char *value, size_t vlen);
void wave_set_end(struct wave *w, uint64_t time);

size_t wave_signals(const struct wave *w);
const struct wave_signal *wave_signal_at(const struct wave *w, size_t i);	/* borrowed */
uint64_t wave_end(const struct wave *w);	/* the last time seen */
size_t wave_dropped(const struct wave *w);

/* By full name "tb.dut.q"; -1: none. */
long wave_find(const struct wave *w, const char *full);

/* The value that holds at time (after all changes of that time): borrowed
 * until w changes, *len characters; NULL before the first. */
const char *wave_value(const struct wave *w, size_t signal, uint64_t time, size_t *len);

/* The k-th change. */
void wave_change_at(const struct wave *w, size_t signal, size_t k,
		    uint64_t *time, const char **value, size_t *len);

/* How many changes lie at or before time: the value then is of change n - 1. */
size_t wave_changes_until(const struct wave *w, size_t signal, uint64_t time);

/* Signals that are the same net have the same number here, below the number
 * of signals. */
size_t wave_stream(const struct wave *w, size_t signal);

/* "8'h1f", "1", "x", "12.5": for a table; fills leading bits as VCD says. */
void wave_format(const struct wave *w, size_t signal, const char *value, size_t len,
		 struct str *out);

/* The one-bit signal that rises most often, and at least twice, under its
 * first name; -1: none. Reads all changes of such signals. */
long wave_clock(const struct wave *w);

/* The one-bit signal called a reset in the outermost scope that has one; -1:
 * none. */
long wave_reset(const struct wave *w);

/* A table of what the most telling signals did in the last rows clock cycles
 * before and at time: clock and reset first, then those of the testbench and
 * of the design under test that changed; at most cols signals. One line a
 * cycle, for people and for prompts. Cycles are the rising edges of the most
 * frequently rising one-bit signal; without any, each time something changed. */
void wave_table(const struct wave *w, uint64_t time, int rows, int cols, struct str *out);

/* The same choice for a picture: puts at most max signals into signals,
 * returns how many, and the first and the last time of the rows. */
size_t wave_choose(const struct wave *w, uint64_t time, int rows, size_t *signals, size_t max, uint64_t *from,
		   uint64_t *to);

#endif
