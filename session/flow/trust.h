/* trust.h - whether a testbench is worth believing; for session/flow only.
 *
 * A testbench says PASS or FAIL of a design, and nobody says that of the testbench. So it
 * is tested itself before it is trusted: it compiles with each engine that is here, ends by
 * itself, makes checks that can be counted, and not just a few, passes the design, and notices
 * two of three small changes of it; where it notices fewer, those that yosys proves to make no
 * difference do not count. What was not looked at is said, and is no reason to trust.
 */
#ifndef POSEDGE_TRUST_H
#define POSEDGE_TRUST_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/verdict/run.h"

#define TRUST_PERCENT 66u /* of the mutants that it has to notice */
#define TRUST_CHECKS  16u /* that it makes at least, or as many as the inputs have values */
#define TRUST_MUTANTS 40u /* of more, chosen evenly */

struct flow;
struct overlay;

struct trust { /* a zeroed one is nothing */
	bool trusted;
	enum verdict verdict; /* with the design */
	long checks;
	size_t mutants, noticed; /* that count; 0: none were run */
	size_t same;		 /* that make no difference, as was proved */
	struct strv why;	 /* clauses: why it is not trusted */
	struct strv grey;	 /* clauses: what was not looked at, and why */
	struct str first;	 /* the verdict as a line */
	struct str cycles;	 /* before the first failure; "" */
	struct strv survivors;	 /* changes that it does not notice: "q.v:4: a + b as a - b" */
};

/* One run: the verdict, with n files as they could be. engine: NULL: the usual one. False:
 * cancelled; where it cannot be run that stands in why. */
bool trust_run(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
	       const char *about, struct trust *out, struct err *err);

/* All of it. False: cancelled. */
bool trust_look(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		struct trust *out, struct err *err);

/* Whether the design with that line of path in place of its own is the same circuit, proved
 * in a few seconds. False where that is not known. */
bool trust_same(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		const char *path, int line, const char *after);

void trust_print(const struct trust *t, const char *testbench, struct str *out);
void trust_fini(struct trust *t);

#endif
