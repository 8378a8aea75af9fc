/* event_redact.h - removes secrets from an event's texts from outside.
 *
 * session_record() sends every event through this one gate, so state, screen and
 * journal agree no matter who made the event. It covers questions, requests,
 * answers, errors, findings, options and notes. What the user types into a document
 * stays as typed: edits, suggestions (whose text is the document's, or an answer's
 * that was redacted here), rewritten lines, paths.
 */
#ifndef POSEDGE_EVENT_REDACT_H
#define POSEDGE_EVENT_REDACT_H

#include "session/base/str.h"
#include "session/journal/event.h"

struct diag_list;
struct redact;

struct redacted { /* owns what the event borrows after event_redact() */
	struct strv texts;
	const struct diag_list *found;
};

#define REDACTED_INIT ((struct redacted){ 0 })

/* The findings of l with secrets removed from text, context and hint; l itself,
 * shared, if it has none. The caller frees the result. Every lint and every build
 * sends its findings through this one gate when it ends, before anybody sees them.
 * A list that passed carries a stamp and is not scanned again, so the second call
 * from session_record() costs nothing. */
const struct diag_list *findings_redact(const struct redact *r, const struct diag_list *l);

void event_redact(const struct redact *r, struct event *e, struct redacted *keep);
void redacted_fini(struct redacted *keep);

#endif
