/* mcp_server.h - the toolbox for other programs, by the Model Context Protocol.
 *
 * Takes bytes and produces lines; the transport is the caller's. JSON-RPC 2.0, one
 * message per line. Speaks revision 2026-07-28, in which each request names its
 * revision in _meta, and the older ones that begin with `initialize` (2024-11-05 to
 * 2025-11-25). Offers posedge's own tools, its prompts, and the verdicts and waves of
 * the session's runs as resources. Sends no requests to the client.
 *
 * Requests are answered one at a time, each in its own task; ping is answered at once.
 * notifications/cancelled ends the running request or removes a waiting one; neither
 * gets an answer. A request with a progressToken in its _meta gets a notification for
 * each step.
 *
 * Source: the specification, modelcontextprotocol.io, both revisions;
 * tests/e2e/e2e_mcp.sh has what the official client sends.
 */
#ifndef POSEDGE_MCP_SERVER_H
#define POSEDGE_MCP_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct mcp_server;
struct workbench;

#define MCP_MESSAGE_MAX	 (8u << 20)  /* bytes; a longer line is answered with an error */
#define MCP_WAITING_MAX	 (16u << 20) /* bytes of waiting requests; one more is refused */
#define MCP_REQUESTS_MAX 10000u	     /* number of waiting requests */

/* send: takes whole lines for the client; called from the loop or a task. Borrows w. */
struct mcp_server *mcp_server_new(struct workbench *w,
				  void (*send)(void *ctx, const char *data, size_t len), void *ctx);
/* Cancels the running request and drops the waiting ones; call in a task. NULL is
 * fine. */
void mcp_server_free(struct mcp_server *s);

/* Call from the loop. Never fails: errors are sent to the client. */
void mcp_server_feed(struct mcp_server *s, const char *data, size_t len);
void mcp_server_end(struct mcp_server *s); /* end of input; a last line needs no LF */

/* Reports a step of the running request. */
void mcp_server_note(struct mcp_server *s, const char *line);

/* Waits, in a task, until every request is answered. False: cancelled. */
bool mcp_server_rest(struct mcp_server *s, struct err *err);

#endif
