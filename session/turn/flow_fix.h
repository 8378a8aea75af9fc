/* flow_fix.h - `fix`: reproduces a failure, asks the model for its cause, and tries the
 * proposals before claiming that they work.
 *
 * Without tools it is one question. With tools it is a turn: whenever the model says
 * that it is done, the design with its proposals is linted and simulated, and the model
 * is told what still fails, up to fix.rounds times. The best of its proposals stays
 * open; the end may be "not solved". How it ended is an event.
 */
#ifndef POSEDGE_FLOW_FIX_H
#define POSEDGE_FLOW_FIX_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/turn/flow_turn.h"

struct workbench;

enum fix_end {
	FIX_NOTHING, /* nothing to fix; said lists what was checked */
	FIX_ASKED,   /* answered, but not tried: the question had no tools */
	FIX_SOLVED,
	FIX_UNSOLVED,
};

struct fix_result {
	struct ask_result asked;
	enum fix_end end;
	struct str said; /* one sentence */
};

/* Makes the question without asking it. If there is nothing to fix, question is
 * empty and `nothing` says what was checked. */
bool flow_fix_question(struct workbench *w, const char *backend, struct str *question,
		       struct str *nothing, struct err *err);

/* One task. r: as for flow_turn(), but its question, more() and ctx are ignored.
 * False: the design could not be checked, or the answer is not complete. The caller
 * must finish *out in either case. */
bool flow_fix(struct workbench *w, const struct turn_request *r, struct fix_result *out,
	      struct err *err);
void fix_result_fini(struct fix_result *r);

#endif
