/* latency.h - the number of cycles between two signals, as stated in a spec and as found
 * in a trace.
 *
 *	R4: out_valid 2 cycles after in_valid
 *	R5: ack within 4 cycles of req
 *	R6: done 3..10 cycles after start of clk
 *
 * Meaning: for each cycle in which the second is true, the first is true that many cycles
 * later; "within" and a range leave open in which of them. Cycles are rising edges of the
 * clock; values are those that a clocked process sees there. "of clk" names the clock;
 * the default is the one-bit signal named clk or clock nearest to the second. Signals are
 * named by the end of their full name; among several, that of the design under test, the
 * outermost instance in the testbench, is preferred, then the testbench's. Expressions
 * (expr.h) are allowed between backticks. Knows no file.
 */
#ifndef POSEDGE_LATENCY_H
#define POSEDGE_LATENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct trace;

#define LATENCY_RULES_MAX  200u /* per spec; later ones are only counted */
#define LATENCY_CYCLES_MAX 1000u

struct latency_rule {
	char *id;     /* "R4"; "" without a number */
	int line;     /* in the spec, from 1 */
	char *effect; /* what must come, */
	char *cause;  /* and after what */
	char *clock;  /* "": not given */
	unsigned min, max;
};

struct latency_rules { /* zeroed: empty */
	struct latency_rule *v;
	size_t n, cap;
	size_t left; /* number of rules after the first LATENCY_RULES_MAX */
};

void latency_read(struct latency_rules *r, const char *spec, size_t len);
void latency_fini(struct latency_rules *r);

struct latency_result {
	uint64_t causes;      /* cycles in which the cause is true */
	uint64_t held;	      /* of these, with the effect in time */
	uint64_t open;	      /* of these, too near the end of the run */
	uint64_t late;	      /* of these, without the effect in time */
	uint64_t time;	      /* of the first late one */
	uint64_t unknown;     /* cycles in which the cause is x; not counted */
	unsigned least, most; /* cycles it took, where it held */
};

/* ERR_NOT_FOUND, ERR_PARSE: an unknown signal name; ERR_USAGE: no clock is known. */
bool latency_check(const struct latency_rule *r, struct trace *t, struct latency_result *out,
		   struct err *err);

/* "2 cycles after", "within 4 cycles of", "3..10 cycles after". */
void latency_words(const struct latency_rule *r, struct str *out);

#endif
