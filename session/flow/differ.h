/* differ.h - a testbench, made by rule, that tells two versions of a module apart. Pure.
 *
 * Both versions get the same inputs, cycle by cycle; their outputs are compared before and
 * after each edge of the clock. Inputs are driven by kind:
 *
 *	clock	told by its name, else by edges that are waited for; all clocks of the module are one
 *	reset	told by its name, also its level: held first, then swept and random
 *	valid	with a ready of the same prefix: stays, with its data, until it is taken, in
 *		half of the time; ready comes and goes
 *	1 bit	mostly 0, mostly 1, or between, changed every few cycles to many
 *	more	corners, walking ones, small numbers, counting, holding, the value of
 *		another input, numbers that stand in either text and those beside them, random
 *
 * Where the first version's output has an x, any value of the second is as good. A text
 * that is made twice is the same.
 */
#ifndef POSEDGE_DIFFER_H
#define POSEDGE_DIFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct vmodule;

#define DIFFER_TOP	   "posedge_differ"
#define DIFFER_CYCLES	   60000u
#define DIFFER_PORTS_MAX   200u
#define DIFFER_WIDTH_MAX   4096 /* bits of a port */
#define DIFFER_NUMBERS_MAX 64u

/* Whether the two have the same ports, each of a width that can be told. ERR_CONFLICT names
 * the first that differs; ERR_PARSE one of a type that is no plain bits. */
bool differ_fit(const struct vmodule *a, const struct vmodule *b, struct err *err);

/* A copy in which each module that text defines is called NAME and suffix, where it is
 * defined and where it is used. */
void differ_rename(const char *text, size_t len, const char *suffix, struct str *out);

/* Adds the numbers that stand in text, in decimal, each once. */
void differ_numbers(const char *text, size_t len, struct strv *out);

/* Whether an input is a clock by its name alone. */
bool differ_is_clock(const char *name);
int differ_is_reset(const char *name); /* the same: 1 active high, -1 low, 0 none */

/* Adds the names whose edges text waits for and that are no resets, each once: the clocks of
 * a module that has none by its name. */
void differ_edges(const char *text, size_t len, struct strv *out);

struct differ_bench {
	const struct vmodule *m; /* the ports of both */
	const char *a, *b;	 /* the modules' names */
	const struct strv *numbers;
	const struct strv *edges; /* of both texts */
	uint64_t tag;	 /* after DIFFER and SAME, so that no version can say these itself */
	unsigned cycles; /* ends after so many */
	unsigned show;	 /* prints all values from that cycle on; above cycles: never */
};

/* The testbench prints "DIFFER tag cycle output a b" and ends at the first difference, and
 * "SAME tag cycles" where there is none; shown cycles as "ROW cycle name=value ...". */
void differ_write(const struct differ_bench *d, struct str *out);

#endif
