/* why.h - why a signal has its value: from an elaborated design and the trace of
 * a run, statement by statement, back to where the value came from.
 *
 * Map of session/why: questions to a design and a trace together. Knows no tool,
 * no file format, no model and no screen.
 *
 *   why         the chain: which step comes next, and where it ends
 *   why_step    one step: the statement that drove a signal
 *   why_fold    steps that are one row: a register and its next value, a counter
 *   why_kept    what has kept a register from another value
 *   why_making  its lines and its reads
 *   why_site    what one driver did to a variable until a time
 *   why_drivers who assigns a variable, from its own instance or another
 *   why_edge    when a process ran
 *   why_pass     a process carried out with the values of one time
 *   why_needs   what a value depended on
 *   why_call    and what came back from a function
 *   why_eval    the value of an expression
 *   why_place   from a variable to a signal of the trace
 *   why_fail    from a failing check to the signals that it compared
 *   why_list    the design's outputs, its clock
 *   why_words   expressions as text
 *   why_tell    chains as text, and as JSON
 *   why_inner   what these share
 *
 * A step is found by carrying out the process that drives the signal, with the
 * values that the trace has just before its clock edge (for one without a clock:
 * at that time), and looking at what was assigned last. What comes out is
 * compared with the trace: where they differ the step says so, and is not to be
 * taken for the cause.
 */
#ifndef POSEDGE_WHY_H
#define POSEDGE_WHY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct circuit;
struct trace;
struct why;

#define WHY_STEPS_MAX 200u /* of a chain */

enum why_kind {
	WHY_ASSIGNED, /* a statement assigned it */
	WHY_HELD,     /* a register or latch that nothing assigned then */
	/* ends */
	WHY_CONSTANT,  /* assigned, from nothing that changes */
	WHY_INPUT,     /* an input of the top module */
	WHY_TESTBENCH, /* by code that waits for time: no more is known */
	WHY_INITIAL,   /* as it was at first, by its declaration or an initial block */
	WHY_NO_RESET,  /* a register that nothing has assigned yet */
	WHY_UNDRIVEN,  /* nothing drives it */
	WHY_CONFLICT,  /* several drive it, with different values */
	WHY_BLACK_BOX, /* a module without a source */
	WHY_LOOP,      /* it depends on itself, without a clock */
	WHY_UNKNOWN,   /* note says why */
};

/* A variable of an instance, or an element of it; of those bits. */
struct why_signal {
	uint32_t instance, var;
	char element[64];
	uint32_t low, bits; /* bits 0: all */
};

struct why_line {
	char *path; /* relative to the project; "": not known */
	uint32_t line;
	char *text; /* what stands there: a statement, a condition with its value */
};

struct why_read {
	char *signal; /* full name */
	struct why_signal at;
	char *value;	/* in binary; "": not known */
	uint64_t time;	/* at which it had that value */
	bool before;	/* just before an edge, at time + 1 */
	bool condition; /* of a guard; false: of the value */
	size_t step;	/* of the chain, that goes on with it; SIZE_MAX: none does */
};

struct why_step {
	enum why_kind kind;
	char *signal;	/* full name, with a part: "tb.dut.q[3:0]" */
	uint64_t time;	/* at which it has the value */
	bool before;	/* that is the moment before something happens, at time + 1 */
	char *value;	/* in binary; "": not in the trace */
	char *driven;	/* after the ports: the net or register itself */
	uint64_t since; /* when the statement was carried out: its clock edge */
	bool clocked;	/* since is an edge */
	bool differs;	/* the statement gives another value than the trace has: see note */
	bool plain;	/* the statement gives it one signal as it is */
	bool race;	/* it saw values from after its edge: they changed in the same moment */
	struct why_line *lines; /* the statement, its conditions from the inside out, ports */
	size_t n_lines, cap_lines;
	struct why_read *reads;
	size_t n_reads, cap_reads;
	char *note;  /* a sentence; "" */
	size_t from; /* the step that led here; SIZE_MAX: it is the first */
};

struct why_chain {
	struct why_step *steps;
	size_t n, cap;
	bool cut; /* it goes on */
};

/* Both are borrowed. ERR_NOT_FOUND: the trace is that of another design, or has
 * next to nothing of this one. */
struct why *why_new(const struct circuit *c, struct trace *t, struct err *err);
void why_free(struct why *w); /* NULL is fine */

/* By full name or any end of one, "dut.q", "mem[3]", "q[7:4]". ERR_NOT_FOUND: none,
 * ERR_USAGE: several that are not one net; the sentence names candidates. */
bool why_find(struct why *w, const char *name, struct why_signal *out, struct err *err);

/* One step; its read's signals are what to ask next. only_x: follow what brings an
 * x. The caller calls why_step_fini(). */
void why_step(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
	      struct why_step *out);
void why_step_fini(struct why_step *s);

/* From n signals back, each with its own time: at most max steps, the nearest and
 * the most telling first. */
struct why_from {
	struct why_signal signal;
	uint64_t time;
	bool before; /* the moment before something happens, to be shown as that */
};
void why_chain(struct why *w, const struct why_from *from, size_t n, size_t max,
	       struct why_chain *out);
void why_chain_fini(struct why_chain *c);

/* Which signals of the design the failing check on that line of a testbench
 * compared, at the time it failed, those first that it found wrong. Their number;
 * 0: the line holds no check that can be understood. line 0: any check that fails
 * at that time. The caller frees *out. */
size_t why_failing(struct why *w, const char *path, uint32_t line, uint64_t time,
		   struct why_from **out);

/* The outputs of the instances nearest to the top, and then all that the top itself
 * holds; at that time. The caller frees *out. */
size_t why_signals(struct why *w, uint64_t time, struct why_from **out);

/* The clock that most processes of the design wait for, as a signal of the trace. */
bool why_clock(struct why *w, size_t *signal);

/* The value of a signal; false: it is not known. */
bool why_value(struct why *w, const struct why_signal *s, uint64_t time, struct str *out);

/* A step as lines for a person: "rtl/q.sv:12  q <= d", one a place. unit: after a
 * time, " ns". */
struct why_unit {
	double scale; /* a tick of the trace in unit */
	const char *unit;
};
void why_print_step(const struct why_step *s, size_t number, const struct why_unit *u,
		    struct str *out);
void why_print(const struct why_chain *c, const struct why_unit *u, size_t max_bytes,
	       struct str *out);
void why_json_step(const struct why_step *s, size_t number, struct str *out); /* one line */

#endif
