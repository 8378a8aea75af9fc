/* mutants.h - small changes to a design that a good testbench notices.
 *
 * Map of session/mutant: what a testbench is worth. Knows no tool and no screen.
 *
 *   active        which tokens of the files a compiler reads
 *   mutants       the changes that a text has
 *   mutants_weave the text with all of them in it
 *   flow_mutants  a testbench run against each of them: a task
 *   score         what came of it, beside a verdict as long as the texts are the same
 *   coverage      what a simulation reached, as Verilator counts it
 *   coverage_chain how often each `if` of an `else if` chain was asked
 *   kept          what both found last, for the gutter and for questions
 *   flow_coverage testbenches run to see that: a task
 *
 * A mutant is a change of one operator, number, condition or assignment in a
 * process or a continuous assignment: what elaboration reads (parameters,
 * ranges, generate, functions, instances) is left alone, and so are bodies of
 * macros, and what stands under `ifdef and its like when it is not read, or nobody
 * knows whether it is: it would survive for nothing. A guard around a
 * whole file does not count. The list is the same each time.
 *
 * All of them go into one text, so that a design is built once: where some are,
 * the expression E becomes
 *
 *	(posedge_variant::n == 7 ? (E with change 7) : E)
 *
 * and a statement S that one leaves out becomes
 *
 *	begin if (posedge_variant::n != 8) S end
 *
 * on the lines on which they stood. posedge_variant is a package that reads its
 * number from the command line of the simulation.
 */
#ifndef POSEDGE_MUTANTS_H
#define POSEDGE_MUTANTS_H

#include <stdbool.h>
#include <stddef.h>

struct active;
struct str;

#define MUTANTS_MAX	 10000	    /* of a text; others are not listed */
#define MUTANTS_TEXT_MAX (1u << 20) /* bytes; a longer text has none */

struct mutant {
	const char *kind; /* "operator", "number", "condition", "never", "left out" */
	int line;
	size_t off, len;	       /* what changes */
	char *becomes;		       /* owned; ";" for what is left out */
	size_t holder_off, holder_end; /* the expression, or statement, around it */
	bool statement;
};

struct mutants {
	struct mutant *v; /* by place */
	size_t n, cap;
};

/* read: what of it a compiler reads; NULL: not known. */
void mutants_find(const char *text, size_t len, const struct active *read, struct mutants *out);
void mutants_fini(struct mutants *m);

/* The text with those in it that numbers[i] gives a number above 0. */
void mutants_weave(const char *text, size_t len, const struct mutants *m, const unsigned *numbers,
		   struct str *out);

/* The source of the package; the simulation takes its number as
 * "+posedge_variant=N", and is as it was without. */
#define MUTANTS_PACKAGE_PATH "posedge_variant.sv"
const char *mutants_package(void);

#endif
