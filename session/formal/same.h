/* same.h - does an edit leave the modules of a file unchanged at their ports?
 * True means proved; false only means that no proof was found in time. */
#ifndef POSEDGE_SAME_H
#define POSEDGE_SAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct design;
struct err;
struct workbench;

/* Waits in the calling task. True if equivalence is proved, for all inputs and
 * unbounded time, for each module that no other module of the file instantiates,
 * and the project uses each with the parameters of the proof. False if they
 * differ or if it was not decided: no prover, more than ms per module, or a text
 * yosys cannot read. */
bool formal_same(struct workbench *w, const char *path, const char *before, size_t before_len,
		 const char *after, size_t after_len, uint64_t ms);

/* The same for two designs, which must also be free of races. Where the earlier
 * one gives x, the later one may give any value. With false, why says what prevented
 * an answer and is unchanged if there is one; may be NULL. */
bool formal_same_designs(struct workbench *w, const struct design *before,
			 const struct design *after, uint64_t ms, struct err *why);

#endif
