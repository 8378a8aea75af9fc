/* flow_fix.h - `fix`: what fails is reproduced, its cause is asked for, and what is
 * proposed is tried before anybody is told that it works.
 *
 * Without tools it is one question. With them it is a turn: whenever the model is
 * done, the design with all that it proposed is linted and simulated, and it is told
 * what still fails, fix.rounds times. Of what it proposed the best is what waits; and
 * it may end with "not solved".
 */
#ifndef POSEDGE_FLOW_FIX_H
#define POSEDGE_FLOW_FIX_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/turn/flow_turn.h"

struct workbench;

enum fix_end {
	FIX_NOTHING, /* there is nothing to fix; said tells what was looked at */
	FIX_ASKED,   /* answered; nothing was tried, for the question had no tools */
	FIX_SOLVED,
	FIX_UNSOLVED,
};

struct fix_result {
	struct ask_result asked;
	enum fix_end end;
	struct str said; /* a sentence */
};

/* Only the question: nothing is asked. Empty: there is nothing to fix, as nothing says. */
bool flow_fix_question(struct workbench *w, const char *backend, struct str *question,
		       struct str *nothing, struct err *err);

/* One task. r: as for flow_turn(); its question, more() and ctx of that are ours. False:
 * nothing could be looked at, or no whole answer came. *out is to be finished in either case. */
bool flow_fix(struct workbench *w, const struct turn_request *r, struct fix_result *out,
	      struct err *err);
void fix_result_fini(struct fix_result *r);

#endif
