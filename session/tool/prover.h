/* prover.h - the port to a prover: two designs equal, or assertions true.
 *
 * A prover considers all inputs at once, not only those that somebody thought of. Its answer
 * is one of enum prover_answer; if it could not read or finish something, the answer is
 * PROVER_UNDECIDED with the reason. A counterexample is only the prover's claim: the caller
 * simulates it before believing it (check/formal_bench.h makes the testbench).
 *
 * Two designs are compared port by port, in two ways that must both hold:
 *
 *	with x	registers without a start value are x, as in a simulator. Where an
 *		output of the earlier design is 0 or 1, the later design's must be
 *		equal and not x. Where it is x anything is allowed.
 *	as bits	every x is both 0 and 1, chosen freely in each design; registers
 *		with the same name in both start with the same value. After the
 *		reset all bits of all outputs are equal.
 *
 * If both are proved the answer is PROVER_PROVED; if only the first, PROVER_KNOWN. Inputs are
 * 0 or 1, never x or z.
 *
 * With one clock or none, a step is a cycle. With several clocks, both edges of a clock, or a
 * clock that is generated or used as data, a step is any change of the inputs. Where a
 * simulator can see more edges than such steps have, or other data at them, nothing is
 * proved.
 */
#ifndef POSEDGE_PROVER_H
#define POSEDGE_PROVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/tool/simulator.h"

struct loop;

enum prover_answer {
	PROVER_UNDECIDED, /* why says what prevented an answer */
	PROVER_PROVED,	  /* for any number of steps */
	PROVER_KNOWN,	  /* for any number of steps, or bounded, where the earlier design is not
			   * x */
	PROVER_BOUNDED,	  /* for the first `steps` steps; later ones are unknown */
	PROVER_DIFFERENT, /* comes with a trace */
	PROVER_PORTS,	  /* the ports differ: why says how */
	PROVER_VACUOUS,	  /* of an assertion: its condition never holds within `steps` steps */
};

struct prover_port {
	char *name; /* as declared, without a backslash; owned */
	int width;  /* bits */
	bool input;
	bool clock, falling; /* it clocks registers; at their falling edge */
	bool reset;	     /* held at `active` during the start */
	bool active;
};

/* One step of a trace: for each port its bits, highest first, as 0, 1, x. */
struct prover_step {
	char **before; /* outputs of the earlier design, inputs of both */
	char **after;  /* outputs of the later one; inputs are NULL */
};

struct prover_trace {
	struct prover_port *ports;
	size_t n_ports;
	struct prover_step *steps;
	size_t n_steps;
	bool by_cycle; /* otherwise a step is any change of the inputs */
};

/* Limits of one question as a whole. */
struct prover_limits {
	unsigned depth;	 /* number of steps after the start to examine if there is no proof */
	uint64_t ms;	 /* wall time */
	uint64_t memory; /* bytes, of each process */
};

struct prover_equal {
	const struct sim_job *before, *after; /* each with its top */
	const char *const *resets; /* "NAME" or "NAME=0", instead of searching for resets; { NULL
				    * }: drive none; NULL: search */
	struct prover_limits limits;
};

struct prover_property {
	char *name;		   /* its place: "rtl/q.sv:12"; owned */
	enum prover_answer answer; /* PROVED, BOUNDED, DIFFERENT (it fails), VACUOUS, UNDECIDED */
	bool unread;		   /* it names something undeclared; then UNDECIDED */
	unsigned steps;
	char *why;		   /* "" if there is nothing to add; owned */
	struct prover_trace trace; /* if it fails; ports of the top and their values */
};

struct prover_prove {
	const struct sim_job *design;
	const char *const *resets;
	struct prover_limits limits;
};

/* Strings are owned and never NULL. */
struct prover_report {
	enum prover_answer answer;
	bool unread;		   /* with UNDECIDED: the design could not be read; why says what */
	unsigned steps;		   /* with BOUNDED, or KNOWN if bounded: steps after the start;
				    * otherwise 0 */
	char *why;		   /* a clause; "" if there is nothing to add */
	struct strv driven;	   /* sentences: clock, reset, start values */
	struct prover_trace trace; /* with DIFFERENT */
	struct prover_property *properties; /* results of prove() */
	size_t n_properties;
	uint64_t ms;
};

/* Size of a design synthesized to generic gates. */
struct prover_size {
	unsigned long wires; /* named, or between two cells; a bus counts as one */
	unsigned long cells; /* including flip-flops and latches */
	unsigned long flip_flops, latches;
	long path; /* longest path between registers, in gates; -1: unknown */
};

void prover_trace_fini(struct prover_trace *t); /* { 0 } is fine */
void prover_report_fini(struct prover_report *r);

struct prover_ops {
	const char *name;
	/* True if its tool is installed; ERR_TOOL says what to install. */
	bool (*here)(struct err *err);
	/* Both in a task. True: *out is the result; the caller calls
	 * prover_report_fini(). False: it could not be asked at all, or was
	 * cancelled; *out is empty. */
	bool (*equal)(struct loop *l, const struct prover_equal *j, struct prover_report *out,
		      struct err *err);
	bool (*prove)(struct loop *l, const struct prover_prove *j, struct prover_report *out,
		      struct err *err);
	/* In a task: the size of the job's top and everything below. ERR_TOOL, ERR_TIMEOUT or
	 * ERR_LIMIT with a sentence; ERR_CANCELLED. NULL: not supported. */
	bool (*measure)(struct loop *l, const struct sim_job *j, const struct prover_limits *limits,
			struct prover_size *out, struct err *err);
};

#endif
