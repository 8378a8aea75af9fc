/* mcp_headers.h - the headers that the Model Context Protocol wants beside a message.
 * Pure.
 *
 * In the newest revision a request says itself which revision it speaks, and its method
 * and the name of what it wants are repeated in headers, for programs in between. In the
 * older ones the revision and the session come from `initialize`.
 *
 * Source: "Streamable HTTP" of the specification, revisions 2025-03-26 to 2026-07-28.
 */
#ifndef POSEDGE_MCP_HEADERS_H
#define POSEDGE_MCP_HEADERS_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

struct strv;

/* What `initialize` has brought; NULL: nothing. */
struct mcp_session {
	char *id, *revision;
};

/* Adds a header; a value that none can hold is encoded. */
void mcp_header(const char *name, const char *value, struct strv *out);

/* Adds the headers that a tool's schema wants of these arguments; either may be NULL. */
void mcp_params(const cJSON *schema, const cJSON *args, struct strv *out);

/* message NULL: a request without one (GET, DELETE). */
void mcp_headers(const cJSON *message, const struct mcp_session *s, struct strv *out);

/* True if the text can be a session's id: visible ASCII, and not long. */
bool mcp_session_id(const char *text, size_t len);

#endif
