/* backends.h - what main.c registers: the backends, behind session/model/backend.h.
 *
 *   hosted/    a model behind a URL, whatever its format
 *   wire/      the formats: OpenAI, Anthropic, Gemini, Ollama, ...
 *   acp/       an installed coding agent
 *   cookbook/  a library of checked designs, no network
 *   exec       a program of the user's own
 *   replay     answers recorded in a session
 *   fake       scripted answers for tests and demos; the shortest backend to read
 *
 * The main header of each folder opens with a map of it.
 */
#ifndef POSEDGE_BACKENDS_H
#define POSEDGE_BACKENDS_H

#include "session/model/backend.h"

extern const struct backend_ops backend_acp;
extern const struct backend_ops backend_anthropic;
extern const struct backend_ops backend_cookbook;
extern const struct backend_ops backend_exec;
extern const struct backend_ops backend_fake;
extern const struct backend_ops backend_gemini;
extern const struct backend_ops backend_ollama;
extern const struct backend_ops backend_openai;
extern const struct backend_ops backend_replay;
extern const struct backend_ops backend_responses;
extern const struct backend_ops *const backend_table[]; /* ends with NULL */

#endif
