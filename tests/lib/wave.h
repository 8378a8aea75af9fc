/* wave.h - a run that is all in memory, as a session/trace: to judge the readers of
 * files by, and to make small runs for other tests.
 *
 * Values are kept as the characters 0 1 x z, most significant first, without leading
 * fill; reals and strings as printed. Knows no file format: slow_vcd.h reads one.
 */
#ifndef POSEDGE_TEST_WAVE_H
#define POSEDGE_TEST_WAVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct trace;
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
	char direction; /* as in session/trace/trace.h */
	size_t changes; /* how many values it has */
};

struct wave *wave_new(void);
void wave_free(struct wave *w); /* NULL is fine */

/* How long a unit of time is: 10^exponent seconds (-12 = ps) times magnitude.
 * False, and 1 ns, when nobody set it. */
void wave_set_timescale(struct wave *w, int magnitude, int exponent);
bool wave_timescale(const struct wave *w, int *magnitude, int *exponent);

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

size_t wave_signals(const struct wave *w);
const struct wave_signal *wave_signal_at(const struct wave *w, size_t i); /* borrowed */
uint64_t wave_end(const struct wave *w);				  /* the last time seen */

/* By full name "tb.dut.q"; -1: none. */
long wave_find(const struct wave *w, const char *full);

/* The value that holds at time (after all changes of that time): borrowed
 * until w changes, *len characters; NULL before the first. */
const char *wave_value(const struct wave *w, size_t signal, uint64_t time, size_t *len);

/* The k-th change. */
void wave_change_at(const struct wave *w, size_t signal, size_t k, uint64_t *time,
		    const char **value, size_t *len);

/* How many changes lie at or before time: the value then is of change n - 1. */
size_t wave_changes_until(const struct wave *w, size_t signal, uint64_t time);

/* Signals that are the same net have the same number here, below the number
 * of signals. */
size_t wave_stream(const struct wave *w, size_t signal);

/* Takes w over. */
struct trace *trace_of_wave(struct wave *w);

#endif
