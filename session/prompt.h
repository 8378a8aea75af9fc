/* prompt.h - a question with what belongs to it, as a request to a model.
 *
 * Pure: from the project's pieces to the messages, within a budget, in an
 * order that keeps the beginning stable between requests (providers cache
 * prefixes). What goes out is exactly what prompt_view() shows. Secrets were
 * redacted by the one who adds the pieces.
 */
#ifndef POSEDGE_PROMPT_H
#define POSEDGE_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/lang.h"

struct str;

enum prompt_role { ROLE_SYSTEM, ROLE_USER, ROLE_ASSISTANT };

struct prompt_message {
	enum prompt_role role;
	const char *text;
	size_t len;
};

struct prompt {
	const struct prompt_message *messages;	/* the first is ROLE_SYSTEM */
	size_t n;
	const char *question;	/* what the person typed, by itself: the cookbook needs it */
	enum lang lang;
	size_t max_output_tokens;	/* 0 = the backend's choice */
};

/* A file, a spec, findings, a table of cycles: something put into a request. */
struct prompt_piece {
	const char *title;	/* "rtl/fifo.sv", "lint", "waves before the first failure" */
	const char *text;
	size_t len;
	int priority;		/* lower goes first when the budget is short */
	bool cut;		/* set by prompt_new: only part of it went in */
	bool left_out;		/* set by prompt_new: none of it went in */
};

struct prompt_turn {	/* an earlier exchange, oldest first */
	const char *question, *answer;
};

struct prompt_input {
	const char *question;
	const char *spec;		/* NULL: none */
	struct prompt_piece *pieces;
	size_t n_pieces;
	const struct prompt_turn *turns;
	size_t n_turns;
	enum lang lang;
	size_t budget_tokens;		/* for all of it; 0 = 24,000 */
};

/* The caller frees with prompt_free. ERR_LIMIT when the question and the
 * instructions alone pass the budget. Pieces are left out or cut in the
 * middle (with a line that says so), oldest turns go first. */
struct prompt *prompt_new(const struct prompt_input *in, struct err *err);
void prompt_free(struct prompt *p);	/* NULL is fine */

/* A deliberately rough estimate: bytes / 3.5, rounded up, and 4 a message. */
size_t prompt_tokens(const struct prompt *p);
size_t prompt_estimate(const char *text, size_t len);

/* All of it, for the person: each message under its role. */
void prompt_view(const struct prompt *p, struct str *out);

#endif
