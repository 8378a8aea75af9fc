/* prover.h - the port to what proves: two designs equal, or assertions true.
 *
 * A prover looks at all inputs at once, not at those that somebody thought of.
 * It answers in one of the ways of enum prover_answer and no other; what it could
 * not read, or not finish, is PROVER_UNDECIDED with the reason, never an answer.
 * A counterexample is the prover's word alone: who asks simulates it before
 * believing it (check/formal_bench.h makes the testbench).
 *
 * Two designs are compared port by port, twice, and both have to hold:
 *
 *	with x	registers without a start value are x, as in a simulator. Where the
 *		earlier design's output is 0 or 1, the later one's has to be the same,
 *		and not x. Where it is x anything is right.
 *	as bits	every x is both 0 and 1, chosen freely in each design; registers that
 *		have one name in both start with one value. From the end of the reset
 *		on all bits of all outputs are the same.
 *
 * Both proved is PROVER_PROVED; only the first is PROVER_KNOWN. Inputs are 0 or 1,
 * never x or z.
 *
 * With one clock, or none, a step is a cycle. With several, both edges of one, or
 * a clock that is made or used as data, a step is any change of the inputs.
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
	PROVER_UNDECIDED, /* why says what stood in the way */
	PROVER_PROVED,	  /* for ever */
	PROVER_KNOWN,	  /* for ever, or bounded, where the earlier design is not x */
	PROVER_BOUNDED,	  /* for steps steps from the start; nothing is known of later ones */
	PROVER_DIFFERENT, /* there is a trace */
	PROVER_PORTS,	  /* the ports differ: why says which */
	PROVER_VACUOUS,	  /* of an assertion: its condition never holds within steps steps */
};

struct prover_port {
	char *name; /* as declared, without a backslash; owned */
	int width;  /* bits */
	bool input;
	bool clock, falling; /* it clocks registers; their edge */
	bool reset;	     /* held at active while the start lasts */
	bool active;
};

/* What one step of a trace has: for each port its bits, the highest first, of
 * 0, 1, x. */
struct prover_step {
	char **before; /* outputs of the earlier design, inputs of both */
	char **after;  /* outputs of the later one; inputs are NULL */
};

struct prover_trace {
	struct prover_port *ports;
	size_t n_ports;
	struct prover_step *steps;
	size_t n_steps;
	bool by_cycle; /* else a step is any change of the inputs */
};

/* What bounds one question, all of it together. */
struct prover_limits {
	unsigned depth;	 /* steps after the start that are looked at where there is no proof */
	uint64_t ms;	 /* wall time */
	uint64_t memory; /* bytes, of each process */
};

struct prover_equal {
	const struct sim_job *before, *after; /* each with its top */
	const char *const *resets; /* "NAME" or "NAME=0", instead of those found; { NULL }: none
				      is driven; NULL: find them */
	struct prover_limits limits;
};

struct prover_property {
	char *name;		   /* where it stands: "rtl/q.sv:12"; owned */
	enum prover_answer answer; /* PROVED, BOUNDED, DIFFERENT (it fails), VACUOUS, UNDECIDED */
	bool unread;		   /* it names what is declared nowhere; UNDECIDED */
	unsigned steps;
	char *why;		   /* "" = nothing to add; owned */
	struct prover_trace trace; /* of one that fails; ports of the top and their values */
};

struct prover_prove {
	const struct sim_job *design;
	const char *const *resets;
	struct prover_limits limits;
};

/* Strings are owned, none is NULL. */
struct prover_report {
	enum prover_answer answer;
	bool unread;	    /* of UNDECIDED: the design could not be read; why says what not */
	unsigned steps;	    /* of BOUNDED, and of KNOWN when bounded: steps after the start; 0 */
	char *why;	    /* a clause; "" = nothing to add */
	struct strv driven; /* sentences: clock, reset, start values */
	struct prover_trace trace;	    /* of DIFFERENT */
	struct prover_property *properties; /* of prove() */
	size_t n_properties;
	uint64_t ms;
};

/* What a design is made of once it is synthesized to generic gates. */
struct prover_size {
	unsigned long wires; /* with a name, or between two cells; a bus is one */
	unsigned long cells; /* flip-flops and latches among them */
	unsigned long flip_flops, latches;
	long path; /* gates between registers, the longest; -1: not known */
};

void prover_trace_fini(struct prover_trace *t); /* { 0 } is fine */
void prover_report_fini(struct prover_report *r);

struct prover_ops {
	const char *name;
	/* Whether its tool is here: ERR_TOOL says what to install. */
	bool (*here)(struct err *err);
	/* In a task, both. True: *out tells what came of it; the caller calls
	 * prover_report_fini(). False: it could not be asked at all, or was cancelled;
	 * *out is empty. */
	bool (*equal)(struct loop *l, const struct prover_equal *j, struct prover_report *out,
		      struct err *err);
	bool (*prove)(struct loop *l, const struct prover_prove *j, struct prover_report *out,
		      struct err *err);
	/* In a task: the size of the job's top and all below. ERR_TOOL, ERR_TIMEOUT,
	 * ERR_LIMIT: in one sentence why not; ERR_CANCELLED. NULL: it never can. */
	bool (*measure)(struct loop *l, const struct sim_job *j, const struct prover_limits *limits,
			struct prover_size *out, struct err *err);
};

#endif
