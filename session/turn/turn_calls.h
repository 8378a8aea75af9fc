/* turn_calls.h - the calls of one round: checked, run one at a time, answered.
 *
 * A call that cannot be run gets the reason as its result, like one that failed: the
 * model reads it and continues. A repeated call is not run and the model is told so,
 * unless something was proposed or said in between.
 */
#ifndef POSEDGE_TURN_CALLS_H
#define POSEDGE_TURN_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/toolbox/toolbox.h"

struct talk;

struct turn_call {
	char *id;	/* the model's id; pairs call and result in requests */
	char *recorded; /* id in the journal, unique in the answer */
	char *name;
	struct str args;   /* as written by the model */
	bool maybe_quoted; /* stray_call.h; then only what looks is run at once */
};

struct turn_calls {
	struct tool_use *use;
	uint64_t until_ms; /* time limit for calls */
	unsigned simulations, simulations_max;
	struct turn_call *v; /* of this round */
	size_t n, cap;
	struct strv seen;      /* calls made since something changed */
	struct strv doubted;   /* tools whose call was taken for a quotation in this turn */
	size_t doubted_before; /* how many of them in earlier rounds */
	unsigned changes;      /* use->turn->changes at that time */
	bool in_text;	       /* results are sent as text */
	bool (*look)(void *ctx, struct err *err); /* before each call, in its task; may be NULL */
	void *ctx;
};

void turn_calls_init(struct turn_calls *c, struct tool_use *use, uint64_t until_ms,
		     unsigned simulations_max);
void turn_calls_fini(struct turn_calls *c);

/* Adds a call of this round; returns its id in the journal, borrowed until the round
 * ends. */
const char *turn_calls_add(struct turn_calls *c, const char *id, const char *name, const char *args,
			   size_t len);

/* forget seen: the user said something, so calls may be repeated */
void turn_calls_forget(struct turn_calls *c);

enum calls_end { CALLS_ANSWERED, CALLS_LATE, CALLS_CANCELLED, CALLS_NOT_RECORDED };

/* Runs all calls in order, and adds the results to the journal and to talk, which
 * has the calls already. why_not: if not NULL, runs none and gives this as each
 * result. Ends the round. err is set if a result could not be recorded. */
enum calls_end turn_calls_answer(struct turn_calls *c, struct talk *t, const char *why_not,
				 struct err *err);

#endif
