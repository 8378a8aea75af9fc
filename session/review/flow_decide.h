/* flow_decide.h - a person's decisions on the units of a suggestion, recorded.
 *
 * Nothing is written to a file here: see flow_apply.h. All fail with ERR_IO
 * when the session cannot record, and with ERR_NOT_FOUND when there is no such
 * suggestion.
 */
#ifndef POSEDGE_FLOW_DECIDE_H
#define POSEDGE_FLOW_DECIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/suggestion.h"

struct session;

/* Records a decision on units first to last. */
bool flow_decide(struct session *s, uint64_t suggestion, size_t first, size_t last, enum decision d,
		 struct err *err);

/* The same for all units that pick chooses, one event for each run of them.
 * *n (may be NULL): how many. */
bool flow_decide_some(struct session *s, uint64_t suggestion,
		      bool (*pick)(const void *ctx, const struct unit *u), const void *ctx,
		      enum decision d, size_t *n, struct err *err);

/* A replaced pair becomes two units, the old line and the new one. */
bool flow_split(struct session *s, uint64_t suggestion, size_t unit, struct err *err);

/* Another line in place of the one that unit proposes; both stay recorded. */
bool flow_amend(struct session *s, uint64_t suggestion, size_t unit, const char *line, size_t len,
		struct err *err);

#endif
