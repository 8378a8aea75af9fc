/* prompt_inner.h - for session/prompt*.c only. */
#ifndef POSEDGE_PROMPT_INNER_H
#define POSEDGE_PROMPT_INNER_H

#include "session/model/prompt.h"

/* What a model is told before anything else; the same bytes for the same
 * language, answer and engines. edits: SEARCH/REPLACE is explained. */
void prompt_instructions(const struct prompt_input *in, bool edits, struct str *out);

/* What this one question needs besides; it stands in front of it. */
void prompt_rules(const struct prompt_input *in, struct str *out);

/* A file or a table between fences. Adds as much of it as *left tokens allow,
 * cut in its middle where whole does not fit and may_cut, and takes its cost
 * from *left; false: nothing was added. */
bool prompt_block(const char *title, const char *text, size_t len, bool may_cut, size_t *left,
		  bool *cut, struct str *out);

/* The cost of the whole block. */
size_t prompt_block_cost(const char *title, const char *text, size_t len);

/* A title without control characters. */
void prompt_title(const char *title, struct str *out);

#endif
