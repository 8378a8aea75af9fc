/* differ.h - generates a testbench that finds a difference between two versions of a
 * module. Pure.
 *
 * Both versions get the same inputs, cycle by cycle; their outputs are compared
 * before and after each clock edge. Each input is driven according to its
 * role (port_role.h), name and width:
 *
 *	clock	several tick together in half of the time; else each ticks or not, cycle by
 *		cycle, and is shown with the inputs
 *	reset	held first, then pulsed and random
 *	valid	with a ready of the same prefix: in half of the time it stays, with its data,
 *		until it is taken; ready comes and goes
 *	1 bit	mostly 0, mostly 1, or in between; the weight changes every few to many cycles
 *	more	corners, walking ones, small numbers, counting, holding, the value of
 *		another input, numbers in either text and their neighbours, random
 *
 * In phases at the end, bits are quiet, and words change as above or, in every other phase, not
 * at all.
 *
 * Where an output of the first version is x, any value of the second is accepted. The
 * same arguments always give the same text.
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
#define DIFFER_CYCLES_MAX  (DIFFER_CYCLES + 64 * 512) /* with those of quiet inputs */
#define DIFFER_PORTS_MAX   200u
#define DIFFER_NUMBERS_MAX 64u

/* True if both have the same ports and the width of each is known. ERR_CONFLICT names
 * the first port that differs, ERR_PARSE one whose type is not plain bits;
 * ERR_LIMIT: too many ports. */
bool differ_fit(const struct vmodule *a, const struct vmodule *b, struct err *err);

/* Copies text to out and appends suffix to the name of each module that text defines,
 * both in its definition and where it is used. */
void differ_rename(const char *text, size_t len, const char *suffix, struct str *out);

/* Adds the numbers in text above 1 as Verilog's literals, each once. */
void differ_numbers(const char *text, size_t len, struct strv *out);

struct differ_bench {
	const struct vmodule *m; /* ports of both versions */
	const char *a, *b;	 /* module names of the two versions */
	const struct strv *numbers;
	const struct strv *edges; /* of both texts: port_edges() */
	uint64_t tag;	 /* printed after DIFFER and SAME, so that no version can fake them */
	unsigned cycles; /* to run at most; without a difference the rules may end before */
	unsigned show;	 /* prints all values from this cycle on; more than cycles: never */
};

/* Appends the testbench. It prints "DIFFER tag cycle output a b" and stops at the
 * first difference, or "SAME tag cycles" at the end; shown cycles as "ROW cycle
 * name=value ...". */
void differ_write(const struct differ_bench *d, struct str *out);

#endif
