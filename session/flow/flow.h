/* flow.h - design flows: straight-line work with a model, a tool and a person, step by step.
 *
 * Map of session/flow: from a spec to suggestions, in named steps. Knows no
 * screen, no tool and no protocol: it asks the ports, by way of ask, check, lint.
 *
 *   flow                 the table of flows, and which of them are allowed here
 *   flow_run             one flow: its steps, its bounds, its record: a task
 *   flow_rows            each flow's row
 *   flow_kit flow_model flow_two  what steps are made of: a question to the model, to the
 *                        person, a text as a suggestion, two pieces of work at a time
 *   spec spec_rules      numbered requirements, and what a spec leaves open; pure
 *   require              an answer as a requirement of the spec
 *   clarify              the flow `clarify`
 *   plan plan_*          the flow `plan`: tables that are checked, and code made from them
 *   walk walk_flow       the flow `walk`: values stated before a run
 *   differ differ_*      the flow `differ`: a testbench that tells two versions apart
 *   assertion assert_bind bind_select bind_types assert_flow  the flow `assert`: assertions from requirements, with
 *                        verdicts, in the module or bound to it
 *   find_row             `find`, which is listed and allowed as flows are
 *   complete complete_flow  the flow `complete`: what stands at a place
 *   explain_flow explained  the flow `explain`: words, and a module rebuilt from them; what
 *                        they are about, now
 *   solve solve_*        the flow `solve`: candidates, what each is worth, and what is next
 *   tests tests_*        the flow `tests`: a testbench of parts that a model wrote
 *   trust trust_same     whether a testbench is worth believing
 *
 * A flow is a row: a name, what it cannot begin without, and its steps. A step is
 * a function that runs in the flow's task; what it says is kept and shown. Where
 * a step needs what is not there (a model, a person, a simulator) it is left out,
 * and said so: nothing is made up in its place.
 *
 *	        +--> model (a question, an exchange of its own)
 *	step ---+--> person (a card)              --> suggestions, which wait
 *	        +--> tool (lint, a run)
 *
 * In the journal a flow is an exchange whose backend is "flow": its question is
 * the command, each step a call with its result, its answer the summary. The
 * questions to the model are exchanges beside the conversation, which the backend
 * `replay` answers again, and the flow comes to the same without a model. No flow
 * writes a file: all that it makes is suggestions.
 *
 * Bounds are the options flow.rounds (questions to a model), flow.seconds (in
 * which the time that a person takes to answer does not count) and flow.tokens.
 * The one that ends a flow is named; what it made until then stays.
 */
#ifndef POSEDGE_FLOW_H
#define POSEDGE_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct flow; /* one that runs: flow_kit.h */
struct options;
struct workbench;

enum flow_needs {
	FLOW_NEEDS_SPEC = 1u << 0,	/* spec.md */
	FLOW_NEEDS_MODEL = 1u << 1,	/* a backend that is no library */
	FLOW_NEEDS_PERSON = 1u << 2,	/* somebody who can be asked */
	FLOW_NEEDS_SIMULATOR = 1u << 3, /* one that is installed */
	FLOW_WAITS = 1u << 8, /* nothing is needed; a person may take their time in that step */
};

struct flow_step {
	const char *name;  /* a word */
	const char *about; /* what it does, for `flows` */
	unsigned needs;	   /* it is left out where one of these is not there */
	/* In the flow's task. said: what came of it, its first line for those who see only
	 * one. False: the flow ends there; what it made stays. */
	bool (*run)(struct flow *f, struct str *said, struct err *err);
};

struct flow_row {
	const char *name;
	const char *about;	       /* one line */
	unsigned needs;		       /* it does not begin without */
	const struct flow_step *steps; /* ends with a NULL name */
	size_t size;		       /* of what it keeps from step to step; begins as zeros */
	void (*fini)(void *own);       /* of that; NULL: there is nothing to free */
};

extern const struct flow_row *const flows[]; /* ends with NULL */

const struct flow_row *flow_find(const char *name); /* NULL: none */

/* Whether `set flows` lets it run: words name what may; "-NAME" what may not. */
bool flow_allowed(const struct options *options, const struct flow_row *row);

/* What row needs, or a step of it, that is not there: adds "a model (set backend)" and
 * so on, with commas; returns whether anything is. In a task. */
bool flow_lacks(struct workbench *w, unsigned needs, struct str *out);

enum flow_end {
	FLOW_DONE,
	FLOW_FOUND, /* done, and something is wrong or open */
	FLOW_BOUND, /* a bound ended it */
};

struct flow_result {
	enum flow_end end;
	uint64_t ask;	       /* its exchange */
	uint64_t *suggestions; /* that wait; owned */
	size_t n, cap;
	struct str text;    /* the summary, for a person */
	struct str stopped; /* of FLOW_BOUND: a sentence */
};

/* One task. False: ERR_CONSENT: it is not allowed; ERR_NOT_FOUND: what it needs is not
 * there; ERR_CANCELLED; or why a step failed. *out is to be finished in either case, and
 * tells what was made until then. */
bool flow_run(struct workbench *w, const struct flow_row *row, char *const *argv, size_t argc,
	      struct flow_result *out, struct err *err);
void flow_result_fini(struct flow_result *r);

#endif
