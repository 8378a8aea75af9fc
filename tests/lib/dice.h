/* dice.h - random numbers for a test, the same in every run from the same seed. A test sets
 * the seed, and prints it if it is not always the same. */
#ifndef POSEDGE_DICE_H
#define POSEDGE_DICE_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static unsigned long seed __attribute__((unused)) = 1;

/* From 0 to n - 1. */
static inline unsigned roll(unsigned n)
{
	seed = seed * 6364136223846793005ul + 1442695040888963407ul;
	return (unsigned)(seed >> 33) % n;
}

/* Takes the seed from TEST_SEED, else from the clock, and prints it. */
static inline void seed_from_clock(void)
{
	const char *set = getenv("TEST_SEED");

	seed = set ? strtoul(set, NULL, 10) : (unsigned long)time(NULL);
	printf("seed %lu\n", seed);
}

#endif
