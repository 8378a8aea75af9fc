/* mutants_names.h - declared names of a text and their types, as written: which of them could be
 * one another. Knows declarations with a range only, no typedefs.
 */
#ifndef POSEDGE_MUTANTS_NAMES_H
#define POSEDGE_MUTANTS_NAMES_H

#include <stddef.h>

#include "session/verilog/vstmt.h"

#define MUTANTS_NAMES_MAX 2000u /* per text; later ones are left out */

struct mutants_name {
	size_t token; /* its index */
	int unit;     /* node of its module */
	/* "[7:0]" as the tokens from..to, in which "signed" counts; none: one bit */
	size_t from, to;
	bool constant; /* a parameter, whatever its type */
	bool edge;     /* something waits for its edge: a clock, or a reset like one */
};

struct mutants_names {
	struct mutants_name *v;
	size_t n, cap;
};

/* Names of nets, variables without unpacked dimensions and parameters that a unit declares for all
 * of it, not those of a block, a function or a type in it. */
void mutants_names_find(const struct vstmts *s, struct mutants_names *out);
void mutants_names_fini(struct mutants_names *m);

/* True if they are of one module and of the same type. */
bool mutants_names_alike(const struct vstmts *s, const struct mutants_name *a,
			 const struct mutants_name *b);

#endif
