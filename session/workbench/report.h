/* report.h - where a command's results and progress go, and whom it can ask.
 *
 * The shell, a script, a screen and a client of MCP each fill one in. Knows no
 * terminal; what has no receiver (NULL) has nobody who watches or answers.
 */
#ifndef POSEDGE_REPORT_H
#define POSEDGE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

/* Something that only the person knows, asked for a model or for another program. */
struct person_question {
	const char *from; /* who asks: a model's name, "mcp:NAME" */
	const char *text;
	char *const *options; /* to choose one of; may be none */
	size_t n;
	bool free_text; /* any other answer is one, too */
	/* Set when the person wants the answer to be a requirement, too: what they typed
	 * began with "R:". NULL: it cannot be one. */
	bool *required;
};

/* Where results and progress go. text: the result itself, any number of
 * lines. note: one line about what goes on. json: a line that is JSON already.
 * wants_json: events say it all where there are any, and text is for those
 * commands that have none. */
struct report {
	void (*text)(void *ctx, const char *text, size_t len);
	void (*note)(void *ctx, const char *line);
	void (*json)(void *ctx, const char *line, size_t len);
	void *ctx;
	bool wants_json;
	/* On a terminal: text as it comes, shown at once; and, with status, a line that
	 * the next thing shown takes away again. NULL: nobody watches. */
	void (*live)(void *ctx, const char *text, size_t len, const char *status);
	/* Asks the person and waits, in a task, for a yes. NULL: nobody is there. */
	bool (*ask)(void *ctx, const char *question);
	/* The same for words: the answer, an option or free text, to be freed. One at a time.
	 * NULL with err: ERR_CONSENT when they will not answer, ERR_BUSY while they are asked
	 * something else, ERR_CANCELLED. NULL: nobody is there. */
	char *(*question)(void *ctx, const struct person_question *q, struct err *err);
	/* An answer that was good, and that is to be a requirement: proposes it, in the same
	 * task. What fails is a note of it. NULL: none can be. */
	void (*require)(void *ctx, const char *from, const char *question, const char *answer);
};

/* What the person typed, without the "R:" that sets *q->required. Borrowed from line. */
const char *question_typed(const struct person_question *q, const char *line);

void report_text(const struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void report_note(const struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
