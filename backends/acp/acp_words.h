/* acp_words.h - the text of the prompts sent to an agent. Pure.
 *
 * The first prompt of an agent's session contains the instructions and the earlier
 * exchanges; a later one only the fate of its last changes, and the question.
 */
#ifndef POSEDGE_ACP_WORDS_H
#define POSEDGE_ACP_WORDS_H

#include <cjson/cJSON.h>
#include <stdbool.h>

struct acp_changes;
struct prompt;
struct str;

#define ACP_TOLD_MAX (32u << 10) /* bytes about changes and their fate */

/* first: first prompt of its session. was: its changes in the last turn; now(): current
 * content of a file, false if it does not exist. */
void acp_words(const struct prompt *p, bool first, const struct acp_changes *was,
	       bool (*now)(void *ctx, const char *path, struct str *out), void *ctx,
	       struct str *out);

/* How to log in, from the authMethods of either version; command: the command line that
 * starts the agent by hand. */
void acp_login(const cJSON *methods, const char *command, struct str *out);

#endif
