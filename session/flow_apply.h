/* flow_apply.h - taking a suggestion into its file: one task.
 *
 * The document must hold what the suggestion was made for, byte for byte.
 */
#ifndef POSEDGE_FLOW_APPLY_H
#define POSEDGE_FLOW_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/suggestion.h"

struct session;

/* Takes all that is still open. how: who decided, as recorded ("--apply"). ERR_CONFLICT: the file changed
 * since, or the answer was cut off. */
bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err);

struct applied {
	size_t taken, refused, open;	/* units */
	bool saved;			/* not when the document had unsaved edits before */
	uint64_t rest;			/* the suggestion that holds the open ones now; 0: none */
};

/* What was decided and no more: one undo step for the taken units, the refused
 * ones are closed, those still open become a suggestion of their own on the
 * new text. With nothing taken the file is not touched. */
bool flow_apply_decided(struct session *s, uint64_t suggestion, struct applied *out, struct err *err);

/* Records a decision on units first to last: "take", "refuse", "open"; "split"
 * parts a replaced pair (one unit only). */
bool flow_decide(struct session *s, uint64_t suggestion, size_t first, size_t last, const char *decision,
		 struct err *err);

/* The same for all units that pick chooses, one event for each run of them.
 * *n (may be NULL): how many. */
bool flow_decide_some(struct session *s, uint64_t suggestion,
		      bool (*pick)(const void *ctx, const struct unit *u), const void *ctx,
		      const char *decision, size_t *n, struct err *err);

/* Another line in place of the one that unit proposes; both stay recorded. */
bool flow_amend(struct session *s, uint64_t suggestion, size_t unit, const char *line, size_t len,
		struct err *err);

/* Whether it could be applied now; changes nothing. */
bool flow_apply_check(struct session *s, uint64_t suggestion, struct err *err);

#endif
