/* mcp_server.h - the toolbox for other programs: the Model Context Protocol.
 *
 * Bytes in, lines out; who carries them is the caller's matter. JSON-RPC 2.0,
 * one message a line. Speaks the revision 2026-07-28, in which each request
 * names its revision in _meta, and the older ones that begin with `initialize`
 * (2024-11-05 to 2025-11-25). Offers our own tools, prompts in posedge's words,
 * and the verdicts and waves of the session's runs as resources. Asks the
 * client for nothing.
 *
 * Requests are answered one after the other, each in a task of its own; ping at
 * once. notifications/cancelled ends the one that runs, or takes it from those
 * that wait, and nothing is sent for it. A request whose _meta has a
 * progressToken hears of each step.
 *
 * Source: the specification of the protocol, modelcontextprotocol.io, both
 * revisions; tests/e2e/e2e_mcp.sh has what the official client sends.
 */
#ifndef POSEDGE_MCP_SERVER_H
#define POSEDGE_MCP_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct mcp_server;
struct workbench;

#define MCP_MESSAGE_MAX	 (8u << 20)  /* bytes; a longer line is answered with an error */
#define MCP_WAITING_MAX	 (16u << 20) /* bytes of requests that wait; one more is refused */
#define MCP_REQUESTS_MAX 10000u	     /* so many of them */

/* send: whole lines for the client; from the loop or a task. Borrows w. */
struct mcp_server *mcp_server_new(struct workbench *w,
				  void (*send)(void *ctx, const char *data, size_t len), void *ctx);
/* In a task: cancels what runs, drops what waits. NULL is fine. */
void mcp_server_free(struct mcp_server *s);

/* From the loop. Never fails: what is wrong is told to the client. */
void mcp_server_feed(struct mcp_server *s, const char *data, size_t len);
void mcp_server_end(struct mcp_server *s); /* there is no more; a last line needs no LF */

/* A line about what goes on: a step of the request that runs. */
void mcp_server_note(struct mcp_server *s, const char *line);

/* In a task: until nothing is left to be answered. False: cancelled. */
bool mcp_server_rest(struct mcp_server *s, struct err *err);

#endif
