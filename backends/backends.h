/* backends.h - the map of this folder, and the table that main.c wires in.
 *
 *   http            curl's multi interface on the loop     sse    event streams, pure
 *   openai          chat completions: keys, retries        openai_wire  its wire format, pure
 *   cookbook        a library of checked designs, no network   cookbook_card cookbook_search cookbook_numbers its parts
 *   replay          answers that a session recorded
 *   fake            answers as it is told: for tests and demos; the shortest one to read
 */
#ifndef POSEDGE_BACKENDS_H
#define POSEDGE_BACKENDS_H

#include "session/model/backend.h"

extern const struct backend_ops backend_cookbook;
extern const struct backend_ops backend_fake;
extern const struct backend_ops backend_openai;
extern const struct backend_ops backend_replay;
extern const struct backend_ops *const backend_table[];	/* ends with NULL */

#endif
