/* same.h - whether a file means the same with another text, at the ports of its modules. */
#ifndef POSEDGE_SAME_H
#define POSEDGE_SAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct design;
struct workbench;

/* In a task: true where it is proved for all inputs and for ever, of each module that no
 * other of the file instantiates, and the project uses each with the parameters of the proof.
 * False: it is not, or nobody can tell: no prover is here, the time is over, the text is not
 * read. ms: for each module. */
bool formal_same(struct workbench *w, const char *path, const char *before, size_t before_len,
		 const char *after, size_t after_len, uint64_t ms);

/* In a task: true where two designs are proved the same at their ports for all inputs and for
 * ever, and nothing in them races. Where the earlier one is not known any value will do. False:
 * as above. */
bool formal_same_designs(struct workbench *w, const struct design *before,
			 const struct design *after, uint64_t ms);

#endif
