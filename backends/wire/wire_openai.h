/* wire_openai.h - tool calls of chat completions, in both directions, and what a server
 * wants back with them. Pure; used by wire_openai.c. */
#ifndef POSEDGE_WIRE_OPENAI_H
#define POSEDGE_WIRE_OPENAI_H

#include <stdbool.h>

#include "backends/wire/wire.h"

struct cJSON;
struct prompt_message;

/* The members of an assistant's message that its calls need. Empty if it has none. */
void wire_openai_put_calls(const struct prompt_message *m, struct str *out);

/* Reads calls in a delta or message (NULL: none). False: s->err says why. */
bool wire_openai_take_calls(struct wire_stream *s, const struct cJSON *delta);

/* Keeps the reasoning in a delta that the server may want back. */
void wire_openai_keep_reasoning(struct wire_stream *s, const struct cJSON *delta);

/* Delivers what was kept, if there are calls and the answer is finished. */
void wire_openai_echo(struct wire_stream *s);

#endif
