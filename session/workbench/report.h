/* report.h - where a command's results and progress go, and whom it can ask.
 *
 * The shell, a script, a screen and an MCP client each fill one in. Knows no
 * terminal. A function is NULL if nobody watches or answers.
 */
#ifndef POSEDGE_REPORT_H
#define POSEDGE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct cJSON;

/* A question that only the user can answer, asked for a model or another program. */
struct person_question {
	const char *from; /* who asks: a model's name, "mcp:NAME" */
	const char *text;
	char *const *options; /* to choose from; may be empty */
	size_t n;
	bool free_text; /* any other answer is allowed too */
	/* Set when the user wants the answer to become a requirement: the typed
	 * text began with "R:". NULL: it cannot become one. */
	bool *required;
};

/* Where results and progress go. text: the result itself, any number of lines. note: one line
 * about progress. json: a complete line of JSON. wants_json: commands with JSON events report
 * everything in these; text is for commands without. */
struct report {
	void (*text)(void *ctx, const char *text, size_t len);
	void (*note)(void *ctx, const char *line);
	void (*json)(void *ctx, const char *line, size_t len);
	void *ctx;
	bool wants_json;
	/* On a terminal: text to show as it arrives, and, with status, a line that
	 * the next output removes. NULL: nobody watches. */
	void (*live)(void *ctx, const char *text, size_t len, const char *status);
	/* Asks the user a yes/no question and waits, in a task. NULL: nobody is there. */
	bool (*ask)(void *ctx, const char *question);
	/* Like ask() for words: returns the answer, an option or free text, which
	 * the caller frees. One question at a time. NULL with err: ERR_CONSENT when
	 * the user declines, ERR_BUSY during another question, ERR_CANCELLED. NULL
	 * function: nobody is there. */
	char *(*question)(void *ctx, const struct person_question *q, struct err *err);
	/* Proposes an accepted answer as a requirement, in the same task. A failure
	 * becomes a note. NULL: not possible. */
	void (*require)(void *ctx, const char *from, const char *question, const char *answer);
};

/* The answer in a typed line, which the caller frees; sets *q->required. It is the option of
 * that number, or with these words in any case; where only an option is an answer, as much of
 * one as no other begins with, as y is for yes. Else the line, if it may be free text. NULL: no
 * answer. */
char *question_answer(const struct person_question *q, const char *line);

void report_text(const struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void report_note(const struct report *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void report_json(const struct report *r, struct cJSON *value); /* takes over value */

#endif
