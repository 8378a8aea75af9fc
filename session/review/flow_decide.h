/* flow_decide.h - records the user's decisions on the units of a suggestion.
 *
 * Writes no file: see flow_apply.h. All functions fail with ERR_IO when the session
 * cannot record, and with ERR_NOT_FOUND when the suggestion does not exist.
 */
#ifndef POSEDGE_FLOW_DECIDE_H
#define POSEDGE_FLOW_DECIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/journal/suggestion.h"

struct session;

/* Records decision d on units first to last. */
bool flow_decide(struct session *s, uint64_t suggestion, size_t first, size_t last, enum decision d,
		 struct err *err);

/* Records d on all units for which pick returns true, one event per run of them. *n
 * (may be NULL) is their number. */
bool flow_decide_some(struct session *s, uint64_t suggestion,
		      bool (*pick)(const void *ctx, const struct unit *u), const void *ctx,
		      enum decision d, size_t *n, struct err *err);

/* Splits a replacement into two units, the old line and the new one. */
bool flow_split(struct session *s, uint64_t suggestion, size_t unit, struct err *err);

/* Replaces the line that unit proposes; both lines stay recorded. */
bool flow_amend(struct session *s, uint64_t suggestion, size_t unit, const char *line, size_t len,
		struct err *err);

#endif
