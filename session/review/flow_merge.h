/* flow_merge.h - a suggestion for a text that has changed since, made one for
 * the text as it is now.
 *
 * What was typed meanwhile stays; what was proposed elsewhere is proposed
 * still; where both are about the same lines, the proposal is shown as a change
 * of what was typed, to be decided like any other. Decisions on lines that did
 * not change are kept. The old suggestion is closed.
 */
#ifndef POSEDGE_FLOW_MERGE_H
#define POSEDGE_FLOW_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct session;

struct merged {
	/* the one to go on with: the same when nothing had changed; 0: all is there
	 * already */
	uint64_t suggestion;
	size_t overlaps; /* places that both changed */
};

/* The document is opened if need be. ERR_CONFLICT: the suggestion is closed. */
bool flow_merge(struct session *s, uint64_t suggestion, struct merged *out, struct err *err);

#endif
