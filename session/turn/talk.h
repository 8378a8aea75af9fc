/* talk.h - a conversation that grows while a model works with tools: the request
 * of the question, then in turn what the model said and called, and what came of
 * it. Pure.
 *
 * Owns the texts that were added; borrows the first request and the tools. What is
 * to be sent next begins with what was sent before, byte for byte, so that
 * providers find the beginning that they kept.
 */
#ifndef POSEDGE_TALK_H
#define POSEDGE_TALK_H

#include <stdbool.h>
#include <stddef.h>

#include "session/model/prompt.h"

struct talk_message;

struct talk {
	struct prompt p;
	struct prompt_message *messages; /* of p */
	struct talk_message *grown;	 /* beside each: its parts, when they are ours */
	size_t n, cap;
	const struct prompt *base;
	size_t bytes; /* that were added */
};

/* base: at least its system message. rules: follow the instructions. */
void talk_init(struct talk *t, const struct prompt *base, const struct prompt_tool *tools,
	       size_t n_tools, const char *rules);
void talk_fini(struct talk *t);

/* Copies part into the last message, if that is role's and was added here, else
 * into a new one. An empty text adds nothing. */
void talk_add(struct talk *t, enum prompt_role role, const struct prompt_part *part);
void talk_say(struct talk *t, enum prompt_role role, const char *text, size_t len);

void talk_drop_tools(struct talk *t); /* the model takes none: rules and tools go */

/* What is to be sent now. Borrowed until t changes. */
const struct prompt *talk_prompt(struct talk *t);

/* Its tokens, estimated. */
size_t talk_tokens(const struct talk *t);

#endif
