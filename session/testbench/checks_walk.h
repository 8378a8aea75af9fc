/* checks_walk.h - the processes of a testbench, and which of them may end the run.
 *
 * Internal header, for checks_walk.c, which reads them once all sites are known, and
 * checks_always.c, which asks what comes in every run. Borrows the checks.
 */
#ifndef POSEDGE_CHECKS_WALK_H
#define POSEDGE_CHECKS_WALK_H

#include "session/testbench/checks_inner.h"

#define WALK_MAX_DEPTH 4 /* of tasks that call each other */

/* What is asked of a process for each statement in it. */
struct process {
	bool known;
	bool works;  /* drives or compares; one that only waits is a watchdog */
	bool drives; /* sets an input of an instance, which a watchdog does not */
	int waits;   /* the first node where time may pass */
	int held;    /* from this node on, more than time may have ended or held it up */
	int left;    /* from this node on, it may have ended or been left */
	/* of a routine: a call of it is on the way; none is, or that is being found out */
	bool called, not_called;
};

struct of_source { /* per node */
	struct process *processes;
	int *others; /* the first node from there on that is no print */
	bool *fails; /* it stands where a check or a report has failed */
	bool *told;  /* the report of its block stands before it; see read_block() */
	bool *read;  /* of a block: that is known of its statements */
};

struct call { /* of a routine, by the last part of its name */
	size_t source;
	int node;
	size_t next; /* the next one of that name, plus 1; 0: none */
};

struct ender { /* a process that may end the run because of what the design does */
	size_t source;
	int process;
};

struct checks_walk {
	const struct checks *c;
	struct of_source *of;
	/* routines and macros that wait for an output, that may end the run */
	struct name_map routines, holding, ending;
	struct ender *enders;
	size_t n_enders, cap_enders;
	struct call *calls;
	size_t n_calls, cap_calls;
	struct name_map called; /* name to the first of its calls */
};

bool walk_is_delay(const struct vstmts *s, int i); /* "#5" */
bool walk_is_end(const struct vstmts *s, int i);   /* $finish and $stop */
/* True if the statement's head, such as "#5" or "i < 4", does not ask the design. */
bool walk_is_regular(const struct checks_walk *w, size_t source, int i);

/* The calls of the routine of that name, in any order; NULL: no more. Borrowed from w. */
const struct call *walk_call(const struct checks_walk *w, const struct vstmts *in,
			     struct vspan name);
const struct call *walk_next_call(const struct checks_walk *w, const struct call *c);

bool walk_is_routine(const struct vstmt *v);
bool walk_is_process(const struct vstmt *v); /* a routine, too */
/* The process or routine around the node; -1: none. */
int walk_process_of(const struct vstmts *s, int node);
/* What is known of the process at that node; borrowed from w. */
struct process *walk_process_at(const struct checks_walk *w, size_t source, int process);

/* True if every statement that may end or hold up the process before node leaves it to time
 * alone. */
bool walk_is_reached(const struct checks_walk *w, size_t source, int process, int node);
/* True if no other process ends the run. */
bool walk_is_alone(const struct checks_walk *w, size_t source, int process);
/* True if no parameter decides whether the node is there, as one of a design may. */
bool walk_is_unconditional(const struct checks_walk *w, size_t source, int process, int node);

#endif
