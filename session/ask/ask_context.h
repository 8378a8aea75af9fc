/* ask_context.h - what is sent with a question: files, findings, earlier exchanges, and
 * the rules that fit the backend and the task.
 *
 * First the files named in the question, its attachments, and the spec; then the
 * modules they instantiate; then the rest, within the budget. Nothing is sent twice: an
 * attached file of the project is sent once, first.
 */
#ifndef POSEDGE_ASK_CONTEXT_H
#define POSEDGE_ASK_CONTEXT_H

#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct ask_request;
struct backend_entry;
struct prompt;
struct workbench;

/* Makes the request, freed with prompt_free(); call in a task. NULL with err. Adds
 * to unseen the files that are sent only in part or not at all, since no statement
 * of an answer about such a file as a whole can be right. Notes tell the user what
 * was left out. */
struct prompt *ask_context(struct workbench *w, const struct ask_request *r,
			   const struct backend_entry *e, struct strv *unseen, struct err *err);

/* Token limit of a request to that backend; NULL: to the configured one. */
size_t ask_budget(const struct workbench *w, const char *backend);

/* Context size of its model in tokens, from `backend add`; 0: not given. */
size_t ask_context_size(const struct backend_entry *e);

#endif
