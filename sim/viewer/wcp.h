/* wcp.h - a client of Surfer's control protocol: WCP, version 0.
 *
 * Messages are JSON objects over TCP, each followed by a zero byte. Both sides greet
 * with the commands that they know; an unknown command makes Surfer close the
 * connection. Each command gets a response or an error, in order, with events in
 * between. The peer may be some other program: its messages are bounded and treated as
 * data.
 *
 * Source: surfer-wcp/src/proto.rs and libsurfer/src/wcp of Surfer 0.3.
 */
#ifndef POSEDGE_WCP_H
#define POSEDGE_WCP_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/err.h"

struct loop;
struct wcp;

#define WCP_MESSAGE_MAX (1u << 20) /* bytes; a longer one ends the connection */
#define WCP_ANSWER_MS	8000

/* Call all of these in a task. Connects to 127.0.0.1 and greets. NULL:
 * ERR_NOT_FOUND, nothing listens there; ERR_TOOL, ERR_TIMEOUT. */
struct wcp *wcp_open(struct loop *l, unsigned port, struct err *err);
void wcp_close(struct wcp *w); /* NULL is fine */

bool wcp_knows(const struct wcp *w, const char *command); /* by its greeting */

/* members: members of the command after its name, as JSON with a leading comma:
 * ",\"a\":1". The caller frees the response. NULL: ERR_TOOL with Surfer's message,
 * ERR_TIMEOUT. */
cJSON *wcp_ask(struct wcp *w, const char *command, const char *members, struct err *err);

/* Waits until the waves of the last `load` or `reload` are there. */
bool wcp_loaded(struct wcp *w, struct err *err);

#endif
