/* told_time.h - a simulation time as a line of output tells it.
 *
 * Pure. "at 30000", "t=30", "Time: 5", "@ 12.5 ns", "[400]", "30000: mismatch"
 * all name a moment, each in a unit of its own: $time counts in the timescale
 * of the module that prints it, %t in that of $timeformat, the simulators'
 * own lines in steps. So the number is kept as printed, with what is known of
 * its unit; vprint.h finds out more from the sources, and told_time_to_dump()
 * converts it once the dump's unit is known.
 */
#ifndef POSEDGE_TOLD_TIME_H
#define POSEDGE_TOLD_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum told_unit {
	TOLD_NOTHING, /* no time was told */
	TOLD_UNKNOWN, /* a number without a unit */
	TOLD_STEP,    /* the simulation's step, which is the dump's unit */
	TOLD_FORMAT,  /* that of %t: $timeformat's, or else the step */
	TOLD_SECONDS, /* 10^exponent seconds */
};

struct told_time {
	enum told_unit unit;
	uint64_t n;   /* the digits, without the point */
	int decimals; /* how many of them followed the point */
	int exponent; /* of TOLD_SECONDS: -9 = ns; may be any, -8 = 10 ns */
	bool sure;    /* a word said that it is a time: "time", "@", a unit; not only its place */
};

/* The time that line tells, by its words alone. False, and *t empty: none. */
bool told_time_read(const char *line, size_t len, struct told_time *t);

/* A number at the start of s, "30000", "30.25", "30 ns", "30ns": how many bytes
 * it takes, 0: there is none, or one of more than 19 digits. The unit becomes
 * TOLD_UNKNOWN or TOLD_SECONDS. */
size_t told_time_number(const char *s, size_t len, struct told_time *t);

/* In the dump's unit, magnitude times 10^exponent seconds, rounded down.
 * False when t's unit must be found out first, or it does not fit in 63 bits. */
bool told_time_to_dump(const struct told_time *t, int magnitude, int exponent, uint64_t *time);

#endif
