/* mcp_server.h - the toolbox for other programs: the Model Context Protocol.
 *
 * A message in, at most one message out; who carries them is the caller's
 * matter. JSON-RPC 2.0, one message a line. Speaks the revision 2026-07-28,
 * in which each request names its revision in _meta, and the older ones that
 * begin with `initialize` (2024-11-05 to 2025-11-25). Offers tools, and the
 * verdicts of the session's runs as resources (posedge://run/N/verdict). Asks
 * the client for nothing.
 *
 * Source: the specification of the protocol, modelcontextprotocol.io, both
 * revisions; tests/e2e/e2e_mcp.sh has what the official client sends.
 */
#ifndef POSEDGE_MCP_SERVER_H
#define POSEDGE_MCP_SERVER_H

#include <stddef.h>

struct str;
struct workbench;

#define MCP_MESSAGE_MAX (8u << 20) /* a longer line is answered with an error */

/* In a task. Adds the answer and a line feed to out; nothing for a notification,
 * an answer or an empty line. Never fails: what is wrong is told to the client. */
void mcp_message(struct workbench *w, const char *line, size_t len, struct str *out);

#endif
