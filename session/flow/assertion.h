/* assertion.h - the assertions in an answer: requirement, signals, text. Pure.
 *
 *	// R3: full, push
 *	assert property (@(posedge clk) disable iff (rst) full |-> !push);
 *
 * A comment names the requirement and the signals; the statement after it is the
 * assertion. Everything else is skipped.
 */
#ifndef POSEDGE_ASSERTION_H
#define POSEDGE_ASSERTION_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

#define ASSERTIONS_MAX	    40u
#define ASSERTION_BYTES_MAX 2000u /* of one assertion */

enum assertion_verdict {
	ASSERTION_NOT_PARSED,
	ASSERTION_NOT_RUN, /* in the provable subset, but the prover did not run */
	ASSERTION_PROVED,
	ASSERTION_BOUNDED,
	ASSERTION_VACUOUS,
	ASSERTION_FAILED,
	ASSERTION_UNDECIDED,
};

struct assertion {
	char *requirement;   /* "R3" */
	struct strv signals; /* as listed in the comment */
	char *text;	     /* on one line */
	enum assertion_verdict verdict;
	char *why;  /* clause that follows the verdict; may be "" */
	int line;   /* 1-based line in the text written by assertions_insert(); 0: not written */
	char *wave; /* absolute path of the failing trace; "": none */
};

struct assertions { /* a zeroed one is empty */
	struct assertion *v;
	size_t n, cap;
	bool full; /* ASSERTIONS_MAX was reached */
};

/* Appends the assertions found in a block of code. */
void assertions_read(struct assertions *a, const char *code, size_t len);
void assertions_fini(struct assertions *a);

/* Sets the verdict and replaces why. */
void assertion_judge(struct assertion *a, enum assertion_verdict v, const char *why);

/* "proved", "failed with trace", ... */
const char *assertion_word(enum assertion_verdict v);

/* True if the assertion is to be suggested: it holds, or nothing has shown it to be wrong. */
bool assertion_holds(const struct assertion *a);

/* Appends the assertion's comment and the indentation of the line after it. */
void assertion_head(const struct assertion *a, struct str *out);

/* Copies text to out with the assertions inserted before the end of the module, each
 * below a comment with its requirement, and sets their lines. all: include those that
 * are not to be suggested; unparsed ones are always left out. False: text does not
 * contain the module's end. */
bool assertions_insert(struct assertions *a, const char *text, size_t len, const char *module,
		       bool all, struct str *out);

#endif
