/* acp_words.h - what an agent is told, in words. Pure.
 *
 * The first prompt of an agent's session holds the instructions and the earlier
 * exchanges; a later one only what became of its last changes, and the question.
 */
#ifndef POSEDGE_ACP_WORDS_H
#define POSEDGE_ACP_WORDS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct acp_changes;
struct prompt;
struct str;

#define ACP_TOLD_MAX (32u << 10) /* bytes about what was not taken */

/* first: of its session. was: what it changed in its last turn; now(): what a file
 * holds today, false: it is not there. */
void acp_words(const struct prompt *p, bool first, const struct acp_changes *was,
	       bool (*now)(void *ctx, const char *path, struct str *out), void *ctx,
	       struct str *out);

/* How to log in, from the authMethods of either version; command: how the agent
 * is started by hand. */
void acp_login(const cJSON *methods, const char *command, struct str *out);

#endif
