/* talk.h - the conversation of a turn: the question's request, then alternately the
 * model's text and calls, and their results. Pure.
 *
 * Owns the added texts; borrows the first request and the tools. Each request begins
 * with the previous one, byte for byte, so that providers can use their prompt cache.
 */
#ifndef POSEDGE_TALK_H
#define POSEDGE_TALK_H

#include <stddef.h>

#include "session/model/prompt.h"

struct talk_message;

struct talk {
	struct prompt p;
	struct prompt_message *messages; /* of p */
	struct talk_message *grown;	 /* for each message: its parts, if owned */
	size_t n, cap;
	const struct prompt *base;
	size_t bytes; /* added so far */
};

/* base: at least its system message. rules: appended to the instructions. */
void talk_init(struct talk *t, const struct prompt *base, const struct prompt_tool *tools,
	       size_t n_tools, const char *rules);
void talk_fini(struct talk *t);

/* Copies part to the end of the last message if that was added here with the same
 * role, else into a new message. Empty text adds nothing. */
void talk_add(struct talk *t, enum prompt_role role, const struct prompt_part *part);
void talk_say(struct talk *t, enum prompt_role role, const char *text, size_t len);

void talk_drop_tools(struct talk *t); /* removes rules and tools: the model takes none */

/* The request to send now. Borrowed until t changes. */
const struct prompt *talk_prompt(struct talk *t);

/* Estimated tokens of the request. */
size_t talk_tokens(const struct talk *t);

#endif
