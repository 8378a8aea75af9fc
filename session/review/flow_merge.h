/* flow_merge.h - rebases a suggestion on the text as it is now.
 *
 * Lines typed meanwhile stay, and lines proposed elsewhere are still proposed.
 * Where both concern the same lines, the proposal becomes a change of the typed
 * lines, to be decided like any other. Decisions on unchanged lines are kept. The
 * old suggestion is closed.
 */
#ifndef POSEDGE_FLOW_MERGE_H
#define POSEDGE_FLOW_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct session;

struct merged {
	/* the suggestion to continue with; the same one if nothing had changed; 0:
	 * the text has all of it already */
	uint64_t suggestion;
	size_t overlaps; /* number of places that both changed */
};

/* Opens the document if necessary. ERR_CONFLICT: the suggestion is closed. */
bool flow_merge(struct session *s, uint64_t suggestion, struct merged *out, struct err *err);

#endif
