/* assertion.h - assertions of an answer: requirement, signals, text. Pure.
 *
 *	// R3: full, push
 *	assert property (@(posedge clk) disable iff (rst) full |-> !push);
 *
 * A comment names the requirement and the signals, the statement after it is the
 * assertion. Anything else is skipped.
 */
#ifndef POSEDGE_ASSERTION_H
#define POSEDGE_ASSERTION_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"

#define ASSERTIONS_MAX	    40u
#define ASSERTION_BYTES_MAX 2000u /* of one */

enum assertion_verdict {
	ASSERTION_NOT_PARSED,
	ASSERTION_NOT_RUN, /* it is in the subset that can be proved, and was not asked */
	ASSERTION_PROVED,
	ASSERTION_BOUNDED,
	ASSERTION_VACUOUS,
	ASSERTION_FAILED,
	ASSERTION_UNDECIDED,
};

struct assertion {
	char *requirement;   /* "R3" */
	struct strv signals; /* as the comment names them */
	char *text;	     /* on one line */
	enum assertion_verdict verdict;
	char *why;  /* a clause after the verdict; "" */
	int line;   /* where it stands in assertions_insert()'s text */
	char *wave; /* of one that fails, absolute; "" */
};

struct assertions { /* a zeroed one is empty */
	struct assertion *v;
	size_t n, cap;
	bool full; /* ASSERTIONS_MAX was met */
};

/* Adds those that a block of code has. */
void assertions_read(struct assertions *a, const char *code, size_t len);
void assertions_fini(struct assertions *a);

/* Sets why to a new clause. */
void assertion_judge(struct assertion *a, enum assertion_verdict v, const char *why);

/* "proved", "failed with trace", ... */
const char *assertion_word(enum assertion_verdict v);

/* Whether it is to be suggested: what holds, and what nothing has shown to be wrong. */
bool assertion_holds(const struct assertion *a);

/* Its comment, and the indentation of the line that follows. */
void assertion_head(const struct assertion *a, struct str *out);

/* Adds text with the assertions before the end of the module, each after a comment with
 * its requirement, and sets their lines. all: also those that are not to be suggested, but
 * for what is not parsed. False: the module's end is not in text. */
bool assertions_insert(struct assertions *a, const char *text, size_t len, const char *module,
		       bool all, struct str *out);

#endif
