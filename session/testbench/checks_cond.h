/* checks_cond.h - a condition of a testbench in normal form.
 *
 * Internal header, for checks*.c. A decision asks a few questions about values and joins the
 * answers, however it is written:
 *
 *     if (!(valid !== 1 || q === want))    all of: valid is not 0; q differs from want
 *     ok = ~|(q ^ want) && n == 0;         all of: q equals want; n is 0
 *     assert (^q !== 1'bx);                q has no x
 *
 * checks_read_cond() reads the text once. It removes brackets, signs, reductions and
 * comparisons with 0 or 1, and moves each negation down to the question that it inverts, by
 * De Morgan's laws. All rules about conditions ask these terms instead of the tokens:
 *
 *   expect     which values are compared with what was expected of them
 *   reports    for which value of a count or a flag the condition holds
 *   unknown    whether the condition can only hold for x
 *
 * Knows the text of the condition alone: neither the variables nor the branches.
 */
#ifndef POSEDGE_CHECKS_COND_H
#define POSEDGE_CHECKS_COND_H

#include "session/verilog/vstmt.h"

#define CHECKS_TERMS_MAX 256 /* a longer condition is one VALUE, of which nothing is known */

enum check_asks {
	ASKS_ALL, /* every one of its parts holds */
	ASKS_ANY,
	ASKS_VALUE, /* left is not 0; also whatever is not understood */
	ASKS_SAME,  /* left equals right */
	ASKS_ORDER, /* <, >, <=, >= */
	ASKS_X,	    /* left has a bit that is x */
};

struct check_term {
	enum check_asks asks;
	bool negated;		  /* it holds if that is not so; not of ALL and ANY */
	bool exact;		  /* of SAME: x is a value like others, as in === */
	bool gap;		  /* of SAME: the two are subtracted or joined by exclusive or */
	bool bare;		  /* of a gap: nothing asks whether it is 0 */
	size_t op;		  /* token of the operator; n_tokens: none */
	struct vspan left, right; /* of VALUE, right: the number in "left == 1", or empty */
	size_t end;		  /* the first term after its parts */
};

struct check_cond {
	struct check_term v[CHECKS_TERMS_MAX]; /* each before its parts; the first is the whole */
	size_t n;			       /* at least 1 */
};

void checks_read_cond(const struct vstmts *s, struct vspan text, struct check_cond *out);
/* The condition on which "case (left) right: ..." takes that branch. */
void checks_read_choice(const struct vstmts *s, struct vspan left, struct vspan right,
			struct check_cond *out);

/* The operator that an expression applies last, and its operands; n_tokens: it has none. first:
 * of several such as in "a + b - c" the first one. */
size_t checks_split(const struct vstmts *s, struct vspan in, bool first, struct vspan *left,
		    struct vspan *right);

/* A single name, possibly hierarchical or indexed; empty: something else. */
struct vspan checks_plain_name(const struct vstmts *s, struct vspan in);

#endif
