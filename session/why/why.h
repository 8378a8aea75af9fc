/* why.h - why a signal has its value: from an elaborated design and the trace of a run,
 * statement by statement, back to where the value came from.
 *
 * Map of session/why: queries on a design and a trace together. Knows no tool, no file
 * format, no model and no screen.
 *
 *   why         the chain: the next step, and where it ends
 *   why_step    one step: the statement that drove a signal
 *   why_fold    merges steps into one row: a register and its next value, a counter
 *   why_kept    the conditions that kept a register from another value
 *   why_near    how near a condition came to another value
 *   why_making  lines and reads of a step
 *   why_wanted  the value that a check wanted, and ways on which it would have come
 *   why_back    what a read should have been for that
 *   why_site    what one driver did to a variable up to a time
 *   why_drivers the drivers of a variable, in its own instance or another
 *   why_edge    when a process ran
 *   why_pass    executes a process with the values of one time
 *   why_needs   what a value depended on
 *   why_call    likewise for the result of a function
 *   why_eval    the value of an expression
 *   why_since   since when a signal has its value, or an x
 *   why_place   from a variable to a signal of the trace
 *   why_unnamed variables of blocks without a name
 *   why_memo    computed values of what is not in the trace
 *   why_find    a signal by its name
 *   why_fail    from a failing check to the signals it compared
 *   why_check   which ifs of a testbench are checks
 *   why_given   which call of a task it was
 *   why_narrow  which bits of a compared vector were wrong
 *   why_behind  the design's signals behind what a testbench computed
 *   why_said    from what the check printed to what it wanted
 *   why_odd     a constant that is not quite the testbench's
 *   why_list    the design's outputs, its clock
 *   why_constants  the parameters that the statements name
 *   why_words   expressions as text
 *   why_tell    chains as text, and as JSON
 *   why_inner   shared by these
 *
 * A step is found by executing the process that drives the signal, with the values in the
 * trace just before its clock edge (without a clock: at that time), and taking the last
 * assignment. The result is compared with the trace: if they differ the step says so, and
 * must not be taken for the cause.
 */
#ifndef POSEDGE_WHY_H
#define POSEDGE_WHY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct circuit;
struct trace;
struct why;

#define WHY_STEPS_MAX 200u /* per chain */
#define WHY_WANTED    65   /* bytes of a value that a check wanted, with its end */

enum why_kind {
	WHY_ASSIGNED, /* by a statement */
	WHY_HELD,     /* a register or latch that was not assigned at that time */
	/* the kinds below end a chain */
	WHY_CONSTANT,  /* assigned, and depends on nothing that changes */
	WHY_INPUT,     /* an input of the top module */
	WHY_TESTBENCH, /* assigned by code that waits for time: nothing more is known */
	WHY_INITIAL,   /* initial value, from its declaration or an initial block */
	WHY_NO_RESET,  /* a register that has not been assigned yet */
	WHY_UNDRIVEN,  /* nothing drives it */
	WHY_CONFLICT,  /* several drivers with different values */
	WHY_BLACK_BOX, /* a module without source */
	WHY_LOOP,      /* depends on itself without a clock */
	WHY_UNKNOWN,   /* note has the reason */
};

/* A variable of an instance, or an element of it; and a range of bits. */
struct why_signal {
	uint32_t instance, var;
	char element[64];
	uint32_t low, bits; /* bits 0: all */
};

struct why_line {
	char *path; /* relative to the project; "": not known */
	uint32_t line;
	char *text; /* source text: a statement, or a condition with its value */
};

struct why_read {
	char *signal; /* full name */
	struct why_signal at;
	char *value;	/* in binary; "": not known */
	uint64_t time;	/* when it had that value */
	bool before;	/* just before an edge, at time + 1 */
	bool condition; /* read by a guard; false: by the value */
	bool index;	/* it only chose the element or the bits that gave the value */
	unsigned depth; /* statements of the row between it and the signal of the step */
	bool here;	/* this step continues it: its statement is among the lines */
	size_t step;	/* the step of the chain that continues it; SIZE_MAX: none */
	/* A value, in binary, that in its place would have given the signal of the step what
	 * it should have been; "": not known. */
	char wanted[WHY_WANTED];
	bool cleared; /* no value would have */
};

struct why_also { /* a signal that a step tells besides its own */
	char *driven;
	uint64_t since;
	bool clocked;
	char *path; /* of its statement; NULL: it has none */
	uint32_t line;
};

struct why_step {
	enum why_kind kind;
	char *signal;	/* full name with range: "tb.dut.q[3:0]" */
	uint64_t time;	/* when it has the value */
	bool before;	/* the moment before something happens, at time + 1 */
	char *value;	/* in binary; "": not in the trace */
	char *driven;	/* the net or register itself, behind the ports */
	uint64_t since; /* when the statement was executed: its clock edge */
	bool clocked;	/* since is an edge */
	bool differs;	/* the statement gives another value than the trace: see note */
	bool plain;	/* the statement assigns one signal unchanged */
	bool race;	/* it saw values from after its edge, which changed in the same moment */
	struct why_line *lines; /* the statement, its conditions from the inside out, ports */
	size_t n_lines, cap_lines;
	struct why_read *reads;
	size_t n_reads, cap_reads;
	struct why_also *also;
	size_t n_also, cap_also;
	struct strv would; /* values that other branches would have given, in binary */
	bool gated;	   /* one of these was wanted: the conditions matter most */
	char *note;	   /* a sentence; "" */
	size_t from;	   /* the step that led here; SIZE_MAX: the first */
};

struct why_chain {
	struct why_step *steps;
	size_t n, cap;
	bool cut; /* it was cut at the maximum */
};

/* Borrows both. ERR_NOT_FOUND: the trace belongs to another design, or has almost
 * nothing of this one; ERR_CANCELLED: *stop was set. stop: see why_stop_at(). */
struct why *why_new(const struct circuit *c, struct trace *t, atomic_bool *stop, struct err *err);
void why_free(struct why *w); /* NULL is fine */

/* *stop, which another thread sets, ends what is going on early; NULL: none. Borrowed until it
 * is called again. */
void why_stop_at(struct why *w, atomic_bool *stop);

/* Finds a signal by its full name or any end of it, "dut.q", "mem[3]", "q[7:4]".
 * ERR_NOT_FOUND: none; ERR_USAGE: several different nets, with candidates. */
bool why_find(struct why *w, const char *name, struct why_signal *out, struct err *err);

/* One step; continue with the signals that it read. only_x: follow only what brings an
 * x. The caller calls why_step_fini(). */
void why_step(struct why *w, const struct why_signal *s, uint64_t time, bool only_x,
	      struct why_step *out);
void why_step_fini(struct why_step *s);

/* Goes back from n signals, each with its own time: at most max steps, the nearest and
 * most relevant first. */
struct why_from {
	struct why_signal signal;
	uint64_t time;
	bool before; /* show it as the moment before something happens */
	bool x;	     /* the question is where its x comes from: nothing else is followed */
	bool less;   /* less likely to be what failed than those without it */
	bool failed; /* a failing check read it */
	bool beside; /* likewise, beside what it compared */
	char wanted[WHY_WANTED]; /* what it should have been, in binary; "": not known */
};
void why_chain(struct why *w, const struct why_from *from, size_t n, size_t max,
	       struct why_chain *out);
void why_chain_fini(struct why_chain *c);

/* The text of a line of a source, up to its end or further; NULL: not known. Borrowed until the
 * next call. */
typedef const char *why_text_fn(void *ctx, const char *path, uint32_t line);

/* Adds to each step where the parameters are declared that its source lines name, with their
 * values; a line is added once in a chain. Source that was edited since misleads it only about
 * which of the design's parameters are named. */
void why_constants(const struct circuit *c, struct why_chain *chain, why_text_fn *text, void *ctx);

/* The signals of the design compared by the failing check in that line of a testbench,
 * at the time it failed, the wrong ones first. Returns their number; 0: the line has
 * no check that is understood. line 0: any check that fails at that time. said: the line
 * that it printed, "": not known. The caller frees *out. */
size_t why_failing(struct why *w, const char *path, uint32_t line, uint64_t time, const char *said,
		   struct why_from **out);

/* The outputs of the instances nearest to the top, then all variables of the top
 * itself, at that time. The caller frees *out. */
size_t why_signals(struct why *w, uint64_t time, struct why_from **out);

/* The design's outputs that stopped last, at the end of the trace: of a run that hung. Those that
 * change until the end are left out. The caller frees *out. */
size_t why_stopped(struct why *w, struct why_from **out);

/* The clock used by most processes of the design, as a signal of the trace. */
bool why_clock(struct why *w, size_t *signal);

/* The value of a signal; false: not known. */
bool why_value(struct why *w, const struct why_signal *s, uint64_t time, struct str *out);

/* A step as lines for a person: "rtl/q.sv:12  q <= d", one per position. unit:
 * appended to times, " ns". */
struct why_unit {
	double scale; /* one tick of the trace, in unit */
	const char *unit;
};
void why_print_step(const struct why_step *s, size_t number, const struct why_unit *u,
		    struct str *out);
void why_print(const struct why_chain *c, const struct why_unit *u, struct str *out);
void why_json_step(const struct why_step *s, size_t number, struct str *out); /* one line */

#endif
