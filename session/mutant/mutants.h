/* mutants.h - small changes to a design that a good testbench notices.
 *
 * Map of session/mutant: how good is a testbench? Knows no tool and no screen.
 *
 *   active        which tokens of the files a compiler reads
 *   mutants       the possible changes of a text
 *   mutants_names the names that another one could stand for
 *   mutants_mend  what would undo a slip, beside changes of expressions
 *   mutants_expression  the changes of an expression
 *   mutants_stuck a value that never changes
 *   mutants_token what a token is, and what could be in its place
 *   mutants_inner shared by these
 *   mutants_weave a text with all of them in it
 *   flow_mutants  runs a testbench against each of them: a task
 *   score         the result, shown with a verdict while the texts are the same
 *   coverage      what a simulation reached, as counted by Verilator
 *   coverage_chain how often each `if` of an `else if` chain was evaluated
 *   kept          the last results of both, for the gutter and for questions
 *   flow_coverage runs testbenches to get these counts: a task
 *
 * A mutant changes one operator, number, condition or assignment in a process,
 * a continuous assignment, a function of a module, or what an instance's input
 * computes, or makes what is assigned 0 or all ones. Left alone is what elaboration
 * reads (parameters, ranges, generate, functions called there), bodies of macros,
 * and text under `ifdef and the like unless it is known to be
 * read: a mutant there would survive for no reason. A guard around a whole file is
 * ignored. The list is deterministic.
 *
 * All mutants are put into one text, so that a design is built once. An
 * expression E becomes
 *
 *     (posedge_variant::n == 7 ? (E with change 7) : E)
 *
 * and a statement S that a mutant removes, or replaces with T, becomes
 *
 *     begin if (posedge_variant::n != 8) S end
 *     begin if (posedge_variant::n != 8) S else begin T end end
 *
 * on the same lines as before. posedge_variant is a package that reads its number
 * from the command line of the simulation.
 */
#ifndef POSEDGE_MUTANTS_H
#define POSEDGE_MUTANTS_H

#include <stdbool.h>
#include <stddef.h>

struct active;
struct str;

#define MUTANTS_MAX	 10000	    /* per text; further ones are not listed */
#define MUTANTS_TEXT_MAX (1u << 20) /* bytes; longer texts have no mutants */

struct mutant {
	const char *kind; /* "operator", "number", "condition", "never", "left out", "stuck", ... */
	int line;
	size_t off, len;	       /* the bytes that change */
	char *becomes;		       /* owned; ";" if the statement is removed */
	size_t holder_off, holder_end; /* the enclosing expression or statement */
	bool statement;		       /* all of it becomes another one */
	bool late;		       /* one of very many that are rarely right */
};

struct mutants {
	struct mutant *v; /* sorted by place */
	size_t n, cap;
};

/* read: which tokens a compiler reads; NULL: unknown. mends: also changes of kinds that would undo
 * a slip, of which far too many are equivalent to count as mutants:
 *
 *   name    another one of the same type    turned  operands swapped
 *   target  another one is assigned         term    a condition with one part more (late)
 *   operator, number: more of them          guard   a statement under a condition (late)
 *
 * also in labels of cases, all inputs of instances, and functions of packages that no parameter of
 * this text needs. */
void mutants_find(const char *text, size_t len, const struct active *read, bool mends,
		  struct mutants *out);
void mutants_fini(struct mutants *m);

/* Writes the text with every mutant i whose numbers[i] is above 0. */
void mutants_weave(const char *text, size_t len, const struct mutants *m, const unsigned *numbers,
		   struct str *out);

/* The source of the package. The simulation takes the number as
 * "+posedge_variant=N"; without it the design is unchanged. */
#define MUTANTS_PACKAGE_PATH "posedge_variant.sv"
const char *mutants_package(void);

#endif
