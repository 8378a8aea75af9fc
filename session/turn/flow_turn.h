/* flow_turn.h - a question whose answer may use tools: one task.
 *
 * Map of session/turn: a model that works with tools, within bounds. Knows no
 * protocol and no screen.
 *
 *   flow_turn   the loop: what a turn is, how it ends
 *   flow_fix    `fix` as a turn: what fails, and what is proposed is tried
 *   fix_try     what proposals are worth, and the best of them kept
 *   turn_calls  the calls of one round: checked, run, answered
 *   turn_limb   a piece of it that time or the person may end by itself
 *   no_tools    which models take none, kept from one program to the next
 *   turn_mode   which tools a question has, and what the model is told of them
 *   talk        the conversation as it grows
 *   text_call   calls written in text, for models that have no others
 *
 *	MODEL --calls--> RUN* --what the person said--> MODEL ... --> DONE
 *	  |                |                                          LENGTH
 *	  +----------------+----------------------------------------> BOUND
 *	                                                              CANCEL
 *	                                                              ERROR
 *
 * Each call has one result, in the order of the calls, also after a cancel and
 * also when it is refused. Text from the person goes in only when all results are
 * there: any other place would part a call from its result. Bounds are the options
 * turn.*; the one that stops is a sentence of the answer's end.
 */
#ifndef POSEDGE_FLOW_TURN_H
#define POSEDGE_FLOW_TURN_H

#include <stdbool.h>

#include "session/ask/flow_ask.h"
#include "session/base/err.h"

struct str;
struct workbench;

#define TURN_CALLS_MAX 16u /* of one round that are run; others are answered with that */

struct turn_request {
	struct ask_request ask;
	/* At the boundary: adds what the person wants the model to hear now. NULL: nothing. */
	void (*steered)(void *ctx, struct str *text);
	/* The model is done: adds what it shall do next, nothing: it is. n: how often it
	 * was asked. In the turn's task; may wait. NULL: it is. */
	bool (*more)(void *ctx, unsigned n, const struct ask_result *so_far, struct str *text,
		     struct err *err);
	/* Before each call, in a task: what tools look at becomes what is on the screen now. */
	bool (*look)(void *ctx, struct err *err);
	void *ctx;
};

enum turn_end { TURN_DONE, TURN_BOUND, TURN_CANCEL, TURN_LENGTH, TURN_ERROR };

/* As flow_ask(), which it is where the question has no tools (turn_mode.h). What
 * propose_edit proposed is in out->placed; where it proposed nothing, the code of
 * the last round is. *end may be NULL. */
bool flow_turn(struct workbench *w, const struct turn_request *r, struct ask_result *out,
	       enum turn_end *end, struct err *err);

#endif
