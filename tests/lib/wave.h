/* wave.h - a run kept completely in memory and readable as a session/trace, to verify
 * the file readers and to build small runs for other tests.
 *
 * Values are stored as the characters 0 1 x z, most significant first, without leading
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
	int width;	   /* bits; 1 and no range for a scalar */
	int msb, lsb;	   /* as declared; both 0 for a scalar */
	bool has_range;
	bool real; /* real or string: its values are text */
	bool event;
	bool parameter;
	char direction; /* as in session/trace/trace.h */
	size_t changes; /* number of changes */
};

struct wave *wave_new(void);
void wave_free(struct wave *w); /* NULL is fine */

/* Sets the time unit: magnitude times 10^exponent seconds (-12 = ps).
 * wave_timescale() gives false, and 1 ns, if it was not set. */
void wave_set_timescale(struct wave *w, int magnitude, int exponent);
bool wave_timescale(const struct wave *w, int *magnitude, int *exponent);

/* Adds a signal and returns its index; the strings are copied. same_as: index of a
 * signal with the same changes, or -1. */
size_t wave_add_signal(struct wave *w, const struct wave_signal *s, long same_as);

/* Adds a variable of width bits. */
static inline size_t wave_add(struct wave *w, const char *scope, const char *name, int width)
{
	struct wave_signal s = { .scope = scope,
				 .name = name,
				 .width = width,
				 .msb = width - 1,
				 .has_range = width > 1 };

	return wave_add_signal(w, &s, -1);
}

/* Adds a value of vlen characters, in the form described above. Time never decreases;
 * a smaller time counts as the last one. Leading fill is removed, and a value wider
 * than the signal loses its most significant end. Only the last of several values at
 * one time is kept, and a value equal to the previous one is dropped. */
void wave_change(struct wave *w, size_t signal, uint64_t time, const char *value, size_t vlen);
void wave_set_end(struct wave *w, uint64_t time);

/* Marks a signal as text, for a reader that finds out only from its values. */
void wave_make_real(struct wave *w, size_t signal);

size_t wave_signals(const struct wave *w);
const struct wave_signal *wave_signal_at(const struct wave *w, size_t i); /* borrowed */
uint64_t wave_end(const struct wave *w);				  /* the last time seen */

/* Finds a signal by full name "tb.dut.q"; -1: none. */
long wave_find(const struct wave *w, const char *full);

/* The value after all changes at that time, *len characters; borrowed until w
 * changes. NULL before the first change. */
const char *wave_value(const struct wave *w, size_t signal, uint64_t time, size_t *len);

/* Reads the k-th change. */
void wave_change_at(const struct wave *w, size_t signal, size_t k, uint64_t *time,
		    const char **value, size_t *len);

/* Number n of changes at or before time; change n - 1 has the value at that time. */
size_t wave_changes_until(const struct wave *w, size_t signal, uint64_t time);

/* The index of the signal's stream; signals of the same net have the same one. Below
 * the number of signals. */
size_t wave_stream(const struct wave *w, size_t signal);

/* Takes ownership of w. */
struct trace *trace_of_wave(struct wave *w);

#endif
