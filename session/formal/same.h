/* same.h - whether a change of a file leaves its modules the same at their ports. Yes is
 * a proof; no means only that none was found in time. */
#ifndef POSEDGE_SAME_H
#define POSEDGE_SAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct design;
struct workbench;

/* In a task: true if equivalence is proved, for all inputs and without a bound on time, for
 * each module that no other module of the file instantiates, and the project uses each with
 * the parameters of the proof. False: they differ, or it was not decided, because there is no
 * prover, ms (for each module) were over, or yosys could not read a text. */
bool formal_same(struct workbench *w, const char *path, const char *before, size_t before_len,
		 const char *after, size_t after_len, uint64_t ms);

/* The same for two designs, which must also be free of races. Where the earlier one gives x,
 * the later one may give any value. */
bool formal_same_designs(struct workbench *w, const struct design *before,
			 const struct design *after, uint64_t ms);

#endif
