/* told_time.h - a simulation time printed in a line of output.
 *
 * Pure. "at 30000", "t=30", "Time: 5", "@ 12.5 ns", "[400]", "30000: mismatch"
 * all name a time, each in its own unit: $time counts in the timescale of the
 * module that prints it, %t in that of $timeformat, the simulators' own lines in
 * steps. So the number is kept as printed, with what is known about its unit;
 * vprint.h finds out more from the sources, and told_time_to_dump() converts it
 * once the dump's unit is known.
 */
#ifndef POSEDGE_TOLD_TIME_H
#define POSEDGE_TOLD_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum told_unit {
	TOLD_NOTHING, /* no time in the line */
	TOLD_UNKNOWN, /* a number without a unit */
	TOLD_STEP,    /* the simulation's step, which is the dump's unit */
	TOLD_FORMAT,  /* the unit of %t: that of $timeformat, or else the step */
	TOLD_SECONDS, /* 10^exponent seconds */
};

struct told_time {
	enum told_unit unit;
	uint64_t n;   /* the digits, without the decimal point */
	int decimals; /* number of digits after the point */
	int exponent; /* for TOLD_SECONDS: -9 is ns; may be any value, -8 is 10 ns */
	bool sure;    /* recognised by a word ("time", "@", a unit), not only by position */
};

/* Removes white space at both ends of a line. */
void told_time_trim(const char **s, size_t *len);

/* Finds the time in the line by its words alone. False, with *t empty, if there is none. */
bool told_time_read(const char *line, size_t len, struct told_time *t);

/* Parses a number at the start of s, "30000", "30.25", "30 ns", "30ns". Returns
 * its length in bytes; 0 if there is none, or it has more than 19 digits. Sets
 * the unit to TOLD_UNKNOWN or TOLD_SECONDS. */
size_t told_time_number(const char *s, size_t len, struct told_time *t);

/* Converts to the dump's unit, magnitude times 10^exponent seconds, rounding
 * down. False if t's unit is still unknown, or the result does not fit in 63
 * bits. */
bool told_time_to_dump(const struct told_time *t, int magnitude, int exponent, uint64_t *time);

#endif
