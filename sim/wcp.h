/* wcp.h - Surfer's control protocol, as its client: WCP, version 0.
 *
 * Messages are JSON objects over TCP, each with a zero byte after it. We greet and are
 * greeted, with the commands that the other side knows; one that it does not know makes it
 * close the connection. Each command is answered by a response or an error, in order, and
 * events come between. Whoever listens on the port may be somebody else: what it says is
 * data, and limited.
 *
 * Source: surfer-wcp/src/proto.rs and libsurfer/src/wcp of Surfer 0.3.
 */
#ifndef POSEDGE_WCP_H
#define POSEDGE_WCP_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct loop;
struct wcp;

#define WCP_MESSAGE_MAX (1u << 20) /* bytes; a longer one ends the connection */
#define WCP_ANSWER_MS	8000

/* All in a task. Connects to 127.0.0.1 and greets. NULL: ERR_NOT_FOUND, nobody listens
 * there; ERR_TOOL, ERR_TIMEOUT. */
struct wcp *wcp_open(struct loop *l, unsigned port, struct err *err);
void wcp_close(struct wcp *w); /* NULL is fine */

bool wcp_knows(const struct wcp *w, const char *command); /* by its greeting */

/* members: of the command besides its name, as JSON with a comma before: ",\"a\":1". The
 * caller frees the response. NULL: ERR_TOOL with what Surfer said, ERR_TIMEOUT. */
cJSON *wcp_ask(struct wcp *w, const char *command, const char *members, struct err *err);

/* Until the waves of the last `load` or `reload` are there. */
bool wcp_loaded(struct wcp *w, uint64_t limit_ms, struct err *err);

#endif
