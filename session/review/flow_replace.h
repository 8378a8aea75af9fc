/* flow_replace.h - one suggestion in the place of another for the same file.
 *
 * The decisions on lines that did not change are kept; the old one is closed,
 * and the journal says why.
 */
#ifndef POSEDGE_FLOW_REPLACE_H
#define POSEDGE_FLOW_REPLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct session;
struct strv;
struct suggestion;

/* Only that: old may be of any state, it is not changed. */
bool flow_keep_decisions(struct session *s, const struct suggestion *old, uint64_t fresh,
			 struct err *err);

/* Lines that the person wrote into an earlier one (proposal.amended) and that
 * fresh still proposes are theirs there, too. */
bool flow_keep_amended(struct session *s, const struct strv *lines, uint64_t fresh,
		       struct err *err);

bool flow_replace(struct session *s, uint64_t old, uint64_t fresh, const char *why,
		  struct err *err);

/* Closes it with nothing taken. */
bool flow_close(struct session *s, uint64_t old, const char *why, struct err *err);

/* How EVENT_APPLY says that it was closed by flow_replace_earlier(). */
#define FLOW_REPLACED "a later answer came"

/* A later answer to the same request: the open suggestions for the same file
 * of questions that go back to the same first one are replaced. Not by an
 * answer that was cut off, nor where the person wrote lines of their own into
 * it: both wait then. */
bool flow_replace_earlier(struct session *s, uint64_t fresh, struct err *err);

#endif
