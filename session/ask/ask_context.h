/* ask_context.h - what goes along with a question: files, findings, earlier
 * exchanges, and the rules that fit the backend and the need.
 *
 * First the files that the question names, what is attached to it, and the
 * spec; then what those instantiate; then the rest, as far as the budget goes.
 * Nothing is sent twice: an attached file is the project's file, sent first.
 */
#ifndef POSEDGE_ASK_CONTEXT_H
#define POSEDGE_ASK_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct ask_request;
struct backend_entry;
struct prompt;
struct workbench;

/* In a task. The request, to be freed with prompt_free(); NULL with err. Adds to unseen
 * the files that are in it only in part or not at all: nothing that an answer
 * says of them as a whole can be right. Notes tell the person what is left out. */
struct prompt *ask_context(struct workbench *w, const struct ask_request *r,
			   const struct backend_entry *e, struct strv *unseen, struct err *err);

/* Tokens that a request to that backend may take, NULL: to the one that is set. */
size_t ask_budget(const struct workbench *w, const char *backend);

/* Tokens that its model can read at once, as `backend add` says; 0: it does not. */
size_t ask_context_size(const struct backend_entry *e);

#endif
