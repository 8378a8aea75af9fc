/* prompt_inner.h - for session/prompt*.c only. */
#ifndef POSEDGE_PROMPT_INNER_H
#define POSEDGE_PROMPT_INNER_H

#include "session/lang.h"

struct str;

/* What a model is told before anything else; the same bytes for the same
 * language. */
void prompt_instructions(enum lang lang, struct str *out);

#endif
