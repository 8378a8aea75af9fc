/* flow_replace.h - replaces a suggestion by another for the same file.
 *
 * Decisions on unchanged lines are kept; the old suggestion is closed, and the
 * journal says why.
 */
#ifndef POSEDGE_FLOW_REPLACE_H
#define POSEDGE_FLOW_REPLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct session;
struct strv;
struct suggestion;

/* Only copies the decisions; old may be in any state and does not change. */
bool flow_keep_decisions(struct session *s, const struct suggestion *old, uint64_t fresh,
			 struct err *err);

/* Marks lines that the user wrote into an earlier suggestion (proposal.amended),
 * and that fresh still proposes, as the user's. */
bool flow_keep_amended(struct session *s, const struct strv *lines, uint64_t fresh,
		       struct err *err);

bool flow_replace(struct session *s, uint64_t old, uint64_t fresh, const char *why,
		  struct err *err);

/* Closes it with nothing taken. */
bool flow_close(struct session *s, uint64_t old, const char *why, struct err *err);

/* Reason in the EVENT_APPLY of a suggestion that flow_replace_earlier() closed. */
#define FLOW_REPLACED "a later answer came"

/* Replaces open suggestions for the same file that came from questions with the
 * same first question. Does nothing when the later answer was cut off, or when the
 * user wrote lines into the earlier suggestion: both stay open then. */
bool flow_replace_earlier(struct session *s, uint64_t fresh, struct err *err);

#endif
