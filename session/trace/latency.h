/* latency.h - how many cycles lie between two signals, as a spec says it, and as a
 * trace shows it.
 *
 *	R4: out_valid 2 cycles after in_valid
 *	R5: ack within 4 cycles of req
 *	R6: done 3..10 cycles after start of clk
 *
 * In words: in each cycle in which the second is true, the first is true so many cycles
 * later; "within" and a range leave open in which of them. Cycles are rising edges of
 * the clock, values those that a clocked process sees there. "of clk" names the clock;
 * else it is the one-bit signal called clk or clock nearest to the second.
 * Signals are named by the end of their full name; of several of that name it is the
 * one of the design under test, which is the outermost instance in the testbench, else
 * the testbench's. They may be expressions (expr.h) between backticks. Knows no file.
 */
#ifndef POSEDGE_LATENCY_H
#define POSEDGE_LATENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct trace;

#define LATENCY_RULES_MAX  200u /* of a spec; later ones are counted, not read */
#define LATENCY_CYCLES_MAX 1000u

struct latency_rule {
	char *id;     /* "R4"; "" where the line has no number */
	int line;     /* of the spec, from 1 */
	char *effect; /* what comes, */
	char *cause;  /* after what */
	char *clock;  /* "": not said */
	unsigned min, max;
};

struct latency_rules { /* a zeroed one is empty */
	struct latency_rule *v;
	size_t n, cap;
	size_t left; /* rules after the first LATENCY_RULES_MAX */
};

void latency_read(struct latency_rules *r, const char *spec, size_t len);
void latency_fini(struct latency_rules *r);

struct latency_result {
	uint64_t causes;      /* cycles with one */
	uint64_t held;	      /* after which it came in time */
	uint64_t open;	      /* after which the run ended too early */
	uint64_t late;	      /* after which it did not come */
	uint64_t time;	      /* of the first of those causes */
	uint64_t unknown;     /* cycles in which the cause is x; they count for nothing */
	unsigned least, most; /* cycles that it took, where it held */
};

/* ERR_NOT_FOUND, ERR_PARSE: a name that is no signal's; ERR_USAGE: no clock is known. */
bool latency_check(const struct latency_rule *r, struct trace *t, struct latency_result *out,
		   struct err *err);

/* "2 cycles after", "within 4 cycles of", "3..10 cycles after". */
void latency_words(const struct latency_rule *r, struct str *out);

#endif
