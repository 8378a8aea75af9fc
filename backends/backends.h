/* backends.h - the map of this folder, and the table that main.c wires in.
 *
 *   hosted          a model behind an address: headers, retries, clocks
 *   hosted_options  the words of its backend line
 *   secret          where keys are
 *   wire wire_body wire_both wire_error
 *                   what the wire formats share, pure
 *   wire_*          one format each, pure
 *   http libcurl    curl's multi interface on the loop
 *   sse             event streams, pure
 *   acp             an installed coding agent: one question to it
 *   acp_config acp_start
 *                   its options, how it is started
 *   acp_agent       the protocol
 *   acp_diff        what a call of its tool would change, as it tells
 *   acp_form        forms that it wants the person to fill in
 *   acp_update acp_words
 *                   its updates as pieces of an answer, pure
 *   acp_scratch acp_clear acp_changes
 *                   its copy of the project, and what it changed there
 *   acp_places      what else of this machine it sees
 *   acp_watch       its limits
 *   cookbook        a library of checked designs, no network
 *   cookbook_card cookbook_search cookbook_numbers
 *                   one design, finding it, the numbers in a request
 *   cookbook_name   the name that a request gives its module
 *   cookbook_asks cookbook_tongues cookbook_filler
 *                   designs named by what they do; other languages; words without meaning
 *   replay          answers that a session recorded
 *   fake            answers as it is told: for tests and demos; the shortest one to read
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
