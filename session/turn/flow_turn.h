/* flow_turn.h - a question whose answer may use tools: one task.
 *
 * Map of session/turn: a model that works with tools, within bounds. Knows no protocol
 * and no screen.
 *
 *   flow_turn   the loop: the states of a turn, and how it ends
 *   flow_fix    `fix` as a turn: reproduce, ask, try the proposals
 *   fix_try     scores proposals, and keeps the best
 *   turn_calls  the calls of one round: check, run, answer
 *   turn_limb   a part of a turn that a time limit or the user can end alone
 *   no_tools    cache of models that take no tools
 *   turn_mode   the tools of a question, and the rules about them
 *   talk        the growing conversation
 *   text_call   calls written as text, for models without a tool protocol
 *   call_words  what is said besides such calls
 *   stray_call stray_gemma   calls that a server left in the text
 *
 *	MODEL --calls--> RUN* --the user's messages--> MODEL ... --> DONE
 *	  |                |                                          LENGTH
 *	  +----------------+----------------------------------------> BOUND
 *	                                                              CANCEL
 *	                                                              ERROR
 *
 * Each call gets exactly one result, in the order of the calls, even if it was
 * cancelled or refused. The user's messages are inserted only when all results are
 * there, so that a call is never separated from its result. The bounds are the options
 * turn.*; the one that was hit is named at the end of the answer.
 */
#ifndef POSEDGE_FLOW_TURN_H
#define POSEDGE_FLOW_TURN_H

#include <stdbool.h>

#include "session/ask/flow_ask.h"
#include "session/base/err.h"

struct workbench;

#define TURN_CALLS_MAX 16u /* calls run per round; more are refused */

struct turn_request {
	struct ask_request ask;
	/* Called between rounds: appends what the user tells the model now. NULL:
	 * nothing. */
	void (*steered)(void *ctx, struct str *text);
	/* Called when the model is done: appends its next instructions, or nothing
	 * to end the turn. n: number of earlier calls. Runs in the turn's task; may
	 * wait. NULL: ends. */
	bool (*more)(void *ctx, unsigned n, const struct ask_result *so_far, struct str *text,
		     struct err *err);
	/* Called in a task before each tool call: makes tools see the texts on the
	 * screen. */
	bool (*look)(void *ctx, struct err *err);
	void *ctx;
};

enum turn_end { TURN_DONE, TURN_BOUND, TURN_CANCEL, TURN_LENGTH, TURN_ERROR };

/* Like flow_ask(), to which it falls back if the question has no tools
 * (turn_mode.h). out->placed has the suggestions of propose_edit or, if there are
 * none, those in the text of the last round. end may be NULL. */
bool flow_turn(struct workbench *w, const struct turn_request *r, struct ask_result *out,
	       enum turn_end *end, struct err *err);

#endif
