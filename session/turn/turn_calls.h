/* turn_calls.h - the calls of one round: checked, run one after the other, answered.
 *
 * A call that cannot be run is answered with the reason, as one that ran and
 * failed: the model reads it and goes on. Asking the same again brings nothing
 * and is told so, unless something was proposed or said in between.
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
	char *id;	/* the model's; pairs it with its result in what is sent */
	char *recorded; /* in the journal: unique in the whole answer */
	char *name;
	struct str args; /* as the model wrote them */
};

struct turn_calls {
	struct tool_use *use;
	uint64_t until_ms; /* no call runs longer */
	unsigned simulations, simulations_max;
	struct turn_call *v; /* of this round */
	size_t n, cap;
	struct strv seen;			  /* what was called since something changed */
	unsigned changes;			  /* of use->turn, when it last did */
	bool in_text;				  /* results are told as text */
	bool (*look)(void *ctx, struct err *err); /* before each, in its task; NULL */
	void *ctx;
};

void turn_calls_init(struct turn_calls *c, struct tool_use *use, uint64_t until_ms,
		     unsigned simulations_max);
void turn_calls_fini(struct turn_calls *c);

/* A call that came: returns what it is recorded as. Borrowed until the round ends. */
const char *turn_calls_add(struct turn_calls *c, const char *id, const char *name, const char *args,
			   size_t len);

void turn_calls_forget(struct turn_calls *c); /* the person said something: ask again */

enum calls_end { CALLS_ANSWERED, CALLS_LATE, CALLS_CANCELLED, CALLS_NOT_RECORDED };

/* Runs and answers all of them, in order: into the journal, and into talk, where
 * they stand already. why_not: none is run, and that is each one's result; NULL.
 * The round is over then. False: a result could not be recorded. */
enum calls_end turn_calls_answer(struct turn_calls *c, struct talk *t, const char *why_not,
				 struct err *err);

#endif
