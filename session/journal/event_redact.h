/* event_redact.h - an event's texts from outside without their secrets.
 *
 * The one gate that session_record() has, so that state, screen and journal
 * agree whoever made the event: questions, requests, answers, errors, findings,
 * options, notes. What a person types into a document is theirs and stays as
 * typed: edits, suggestions (whose text is the document's, or an answer's that
 * came through here), rewritten lines, paths.
 */
#ifndef POSEDGE_EVENT_REDACT_H
#define POSEDGE_EVENT_REDACT_H

#include "session/base/str.h"
#include "session/journal/event.h"

struct diag_list;
struct redact;

struct redacted { /* what the event borrows from then on */
	struct strv texts;
	const struct diag_list *found;
};

#define REDACTED_INIT ((struct redacted){ 0 })

/* The findings of l without secrets in text, context and hint: l itself, shared,
 * when there are none; to be freed. The one gate for findings, which every lint
 * and every build goes through as it ends, before anybody sees them. A list that
 * went through it is known by its stamp and not looked through again, so it costs
 * nothing that session_record() asks for it once more. */
const struct diag_list *findings_redact(const struct redact *r, const struct diag_list *l);

void event_redact(const struct redact *r, struct event *e, struct redacted *keep);
void redacted_fini(struct redacted *keep);

#endif
