/* flow.h - design flows: straight-line work with a model, tools and a person, step by step.
 *
 * Map of session/flow: from a spec to suggestions, in named steps. Knows no screen, no
 * tool and no protocol; it reaches them through the ports, by way of ask, check and lint.
 *
 *   flow                 the table of flows, and which of them the options allow
 *   flow_run             runs one flow as a task: its steps, bounds and record
 *   flow_rows            the row of each flow
 *   flow_kit flow_model flow_two  building blocks of steps: ask the model or the person, suggest
 *                        a text, run two pieces of work at a time
 *   spec spec_rules      numbered requirements, and what a spec leaves open; pure
 *   port_role            clocks, resets and widths of ports, by name, edges and type; pure
 *   require              turns an answer into a requirement of the spec
 *   clarify              the flow `clarify`
 *   plan plan_*          the flow `plan`: tables that are checked, and code generated from them
 *   walk walk_flow       the flow `walk`: values stated before a run
 *   differ differ_*      the flow `differ`: a testbench that finds a difference of two versions
 *   assertion assert_* bind_*  the flow `assert`: assertions from requirements, with verdicts, in
 *                        the module or bound to it
 *   find_row             `find`, which is listed and allowed like a flow
 *   complete complete_flow  the flow `complete`: code for a place in a file
 *   explain_flow         the flow `explain`: a text, and a module rebuilt from it
 *   solve solve_*        the flow `solve`: candidates, their scores, and what to try next
 *   tests tests_*        the flow `tests`: a testbench assembled from parts written by a model
 *   trust trust_same trust_inputs  whether a testbench can be trusted
 *
 * A flow is a row: a name, its needs and its steps. A step is a function that runs in
 * the flow's task; what it reports is kept and shown. If something a step needs is
 * missing (a model, a person, a simulator), the step is skipped and reported as
 * skipped; nothing is made up in its place.
 *
 *	        +--> model (a question, an exchange of its own)
 *	step ---+--> person (a card)              --> suggestions, which wait
 *	        +--> tool (lint, a run)
 *
 * In the journal a flow is an exchange with the backend "flow": the command is its
 * question, each step a call with its result, the summary its answer. The questions
 * to the model are exchanges outside the conversation. The backend `replay` answers
 * them again, so a flow gives the same result without a model. No flow writes a file;
 * all output is suggestions.
 *
 * The bounds are the options flow.rounds (questions to a model), flow.seconds (not
 * counting the time a person takes to answer) and flow.tokens. The summary names the
 * bound that ended a flow; what was made before that is kept.
 */
#ifndef POSEDGE_FLOW_H
#define POSEDGE_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct flow; /* a running flow: flow_kit.h */
struct options;
struct workbench;

enum flow_needs {
	FLOW_NEEDS_SPEC = 1u << 0,	/* spec.md */
	FLOW_NEEDS_MODEL = 1u << 1,	/* a backend other than a library */
	FLOW_NEEDS_PERSON = 1u << 2,	/* somebody to ask */
	FLOW_NEEDS_SIMULATOR = 1u << 3, /* an installed simulator */
	FLOW_WAITS = 1u << 8, /* needs nothing, but a person may take their time in this step */
	/* Makes suggestions of what earlier steps gathered, so it also runs if one
	 * of these ended the flow. Does not wait. */
	FLOW_KEEPS = 1u << 9,
};

struct flow_step {
	const char *name;  /* one word */
	const char *about; /* what it does, for `flows` */
	unsigned needs;	   /* the step is skipped if one of these is missing */
	/* Runs in the flow's task. said: the step's report; its first line must do for
	 * readers who see only one line. False ends the flow; what the step made stays. */
	bool (*run)(struct flow *f, struct str *said, struct err *err);
};

struct flow_row {
	const char *name;
	const char *about;	       /* one line */
	unsigned needs;		       /* without these the flow does not start */
	const struct flow_step *steps; /* ends with a NULL name */
	size_t size;		       /* bytes of state shared by the steps; zeroed at the
				        * start */
	void (*fini)(void *own);       /* for that state; NULL: nothing to free */
	/* Adds the summary that is printed when the flow ends, for whatever reason.
	 * No step prints it. NULL: there is none. */
	void (*tell)(const struct flow *f, struct str *out);
};

extern const struct flow_row *const flows[]; /* ends with NULL */

const struct flow_row *flow_find(const char *name); /* NULL: none */

/* True if the option `flows` allows this flow. It lists allowed names; "-NAME" forbids one. */
bool flow_allowed(const struct options *options, const struct flow_row *row);

/* Adds what is missing of needs to out, "a model (set backend)" and so on, separated
 * by commas. Returns true if anything is missing. In a task. */
bool flow_lacks(struct workbench *w, unsigned needs, struct str *out);

enum flow_end {
	FLOW_DONE,
	FLOW_FOUND, /* done, with something wrong or open */
	FLOW_BOUND, /* ended by a bound */
};

struct flow_result {
	enum flow_end end;
	uint64_t ask;	       /* number of the flow's exchange */
	uint64_t *suggestions; /* undecided ones; owned */
	size_t n, cap;
	struct str text;    /* the summary, for a person */
	struct str stopped; /* for FLOW_BOUND: a sentence */
};

/* One task. Fails with ERR_CONSENT if the flow is not allowed, ERR_NOT_FOUND if
 * something it needs is missing, ERR_CANCELLED, or the error of the step that failed.
 * The caller finishes *out in either case; it describes what was made so far. */
bool flow_run(struct workbench *w, const struct flow_row *row, char *const *argv, size_t argc,
	      struct flow_result *out, struct err *err);
void flow_result_fini(struct flow_result *r);

#endif
