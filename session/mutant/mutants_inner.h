/* mutants_inner.h - shared by the files that find the changes of a text, from low to high: tokens,
 * expressions, what would undo a slip, and mutants.c, which walks through the statements.
 */
#ifndef POSEDGE_MUTANTS_INNER_H
#define POSEDGE_MUTANTS_INNER_H

#include "session/mutant/mutants.h"
#include "session/mutant/mutants_names.h"
#include "session/verilog/vstmt.h"

struct finder {
	const struct vstmts *s;
	struct mutants *out;
	bool mends;
	struct mutants_names names;
	int function; /* the last one that mends_runs() was asked about; 0: none */
	bool runs;    /* its answer */
	bool late;    /* only what is late is added, else only what is not */
	/* The assignment that the added text is in, replaced as a whole: text added next to the
	 * unchanged expression might change its width, sign or type. NULL: it is in none. */
	const struct vstmt *whole;
	int *near, near_line; /* of each name the line around which it was last seen */
};

#define MUTANTS_OTHERS 16 /* other names that are tried in a place */

/* mutants_token */

/* Adds a change of `what`, a part of holder, and takes the text that it becomes. Returns it, valid
 * until the next one; NULL: it was not added. */
struct mutant *mutants_add(struct finder *f, const char *kind, int line, struct vspan holder,
			   struct vspan what, char *becomes);

bool mutants_is(const struct finder *f, size_t token, const char *word);
/* True if the token ends an operand, so that a following operator is binary. */
bool mutants_ends_operand(const struct finder *f, size_t token);
/* True if an expression can be an operand of ?:, or a statement one of `if`, as it is: no delay,
 * pattern, string or macro. */
bool mutants_fits(const struct finder *f, struct vspan span);
/* True if the innermost brackets around a token are a range, or choose an instance: v[W-1:0],
 * lane[2].q. */
bool mutants_is_bound(const struct finder *f, size_t token);
/* The only token of a span; n_tokens: there are several. */
size_t mutants_only_token(const struct finder *f, struct vspan span);

enum other { OTHER_UP, OTHER_DOWN, OTHER_TWICE, OTHER_HALF, OTHER_ZERO, OTHER_FOURFOLD, OTHERS };
/* Another number as a literal, or NULL if there is none or the digits are not a number. */
char *mutants_other_literal(const char *s, size_t len, enum other which);

typedef bool mutants_name_fn(const struct finder *f, const struct mutants_name *own,
			     const struct mutants_name *x);
bool mutants_is_alike(const struct finder *f, const struct mutants_name *own,
		      const struct mutants_name *x);
/* The names seen at an offset for which is() holds, without own, those used nearby first; at most
 * max. */
size_t mutants_names_near(struct finder *f, size_t off, mutants_name_fn *is,
			  const struct mutants_name *own, const struct mutants_name **out,
			  size_t max);

/* mutants_expression */

/* All changes in an expression. */
void mutants_in_expression(struct finder *f, struct vspan span);
/* False: it is a member of another name, a function, or of a type that is not known. */
bool mutants_may_be_another(const struct finder *f, size_t token, const struct mutants_name *own);
/* Names like own in the place of `what`. */
void mutants_add_names(struct finder *f, struct vspan span, struct vspan what, int line,
		       const struct mutants_name *own);
char *mutants_word_of(const struct finder *f, const struct mutants_name *name);

/* mutants_stuck */

/* True if there is an operator outside of brackets, and no choice between operands. */
bool mutants_computes(const struct finder *f, struct vspan span);
/* The value of an assignment, n->rhs, as 0 and as all ones. */
void mutants_stuck(struct finder *f, const struct vstmt *n);

/* mutants_mend */

void mends_in_condition(struct finder *f, struct vspan head, int line);
/* Of n->rhs, in a statement of that process, or in a continuous assignment (-1). */
void mends_in_assignment(struct finder *f, const struct vstmt *n, int process);
void mends_in_choice(struct finder *f, int node);
/* Inputs of an instance; for a score only those that an operator tells from outputs. */
void mutants_in_instance(struct finder *f, int node);
/* True if only processes and assignments call a function, directly or by others: then it runs in a
 * simulation and not in elaboration. */
bool mends_runs(const struct finder *f, int function);

/* mutants_weave: the text between two offsets, on one line and without its // comments. */
void mutants_flat(const char *text, size_t from, size_t to, struct str *out);

#endif
