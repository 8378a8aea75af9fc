/* mutants_names.h - declared names of a text and their types, as written: which of them could be
 * one another. A type with a name of its own is that name; what it stands for is not known. The
 * constants of an enum are alike.
 */
#ifndef POSEDGE_MUTANTS_NAMES_H
#define POSEDGE_MUTANTS_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/verilog/vstmt.h"

#define MUTANTS_NAMES_MAX 2000u /* per text; later ones are left out */

struct mutants_name {
	size_t token; /* its index */
	int unit;     /* node of its module */
	/* "[7:0]" or "state_t" as the tokens from..to, in which "signed" counts; none: one bit */
	size_t from, to;
	bool constant;	/* a parameter, whatever its type, or of an enum */
	size_t set;	/* of an enum's constant: the index of `enum`; else 0 */
	bool edge;	/* something waits for its edge: a clock, or a reset like one */
	bool typed;	/* its type has a name */
	bool driven;	/* an assignment gives it a value, or its declaration */
	char direction; /* of a port: 'i', 'o', 'b'; else 0 */
};

struct mutants_names {
	struct mutants_name *v;
	size_t n, cap;
	size_t *of; /* for each token: 1 + the index of the name that it is; 0: none */
};

/* Names of nets, variables without unpacked dimensions and parameters that a unit declares for all
 * of it, not those of a block, a function or a type in it. */
void mutants_names_find(const struct vstmts *s, struct mutants_names *out);
void mutants_names_fini(struct mutants_names *m);

/* True if they are of one module and of the same type. */
bool mutants_names_alike(const struct vstmts *s, const struct mutants_name *a,
			 const struct mutants_name *b);

/* Its bits, if it is one bit or "[7:0]" as written, without a sign; 0: something else. */
unsigned mutants_names_width(const struct vstmts *s, const struct mutants_name *name);

/* True if it is one bit, without a range. */
bool mutants_names_is_bit(const struct vstmts *s, const struct mutants_name *name);

/* The declaration of the name at a token; NULL: not a name, or a name of another scope. */
const struct mutants_name *mutants_names_at(const struct mutants_names *m, size_t token);
/* The unit's declaration of that name; NULL: none. */
const struct mutants_name *mutants_names_in(const struct vstmts *s, const struct mutants_names *m,
					    int unit, size_t token);

#endif
