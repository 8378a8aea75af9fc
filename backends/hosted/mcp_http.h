/* mcp_http.h - a link to a tool server behind a URL: each message is a request of its
 * own, and what the server says comes as answers to these.
 *
 * An answer is one JSON message or a stream of events with several; a stream that broke
 * off is continued where it was. In the older revisions the server may also write to a
 * stream that we open (GET), and we end its session (DELETE). Redirects are not
 * followed. Knows no tool.
 */
#ifndef POSEDGE_MCP_HTTP_H
#define POSEDGE_MCP_HTTP_H

#include "session/tool/remote.h"

/* A remote_open_fn. */
struct peer_link *mcp_http_open(struct loop *l, const struct remote_spec *spec, struct err *err);

#endif
