/* backends.h - the map of this folder, and the table that main.c uses.
 *
 *   hosted          a model behind a URL: headers, retries, timeouts
 *   hosted_options  its options on the backend line
 *   secret          reads API keys
 *   wire wire_body wire_both wire_call wire_error
 *                   code shared by the wire formats, pure
 *   wire_*          one format each, pure
 *   http libcurl    curl's multi interface on the loop
 *   sse             event streams, pure
 *   acp             an installed coding agent: one question to it
 *   acp_config acp_start
 *                   its options, how it is started
 *   acp_agent       the protocol
 *   acp_diff        the change that one of its tool calls announces
 *   acp_form        forms that it asks the person to fill in
 *   acp_update acp_words
 *                   its updates as pieces of an answer; the text of its prompt; pure
 *   acp_scratch acp_clear acp_changes
 *                   its copy of the project, and what it changed there
 *   acp_places      what else of this machine it can see
 *   acp_watch       its resource limits
 *   cookbook        a library of checked designs, no network
 *   cookbook_card cookbook_search cookbook_numbers
 *                   one design, finding it, the numbers in a request
 *   cookbook_name   the module name given in a request
 *   cookbook_asks cookbook_tongues cookbook_filler
 *                   designs described by function; other languages; stop words
 *   replay          answers recorded in a session
 *   fake            scripted answers for tests and demos; the shortest backend to read
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
