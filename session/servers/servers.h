/* servers.h - programs, here or behind a URL, that provide tools by the Model Context
 * Protocol (MCP).
 *
 * Map of session/servers: tool servers, started, queried, sandboxed. Knows no model and
 * no screen.
 *
 *   servers        those of a workbench: adds their tools to the toolbox
 *   server_entry   one as given to `mcp add`
 *   server_client  a running one: initialise, call, close
 *   server_start   its program, in a sandbox, or the link to its URL
 *   server_watch   its total resource use
 *   server_tool    its tools and results, checked for a model
 *   server_trust   which descriptions the user trusts
 *
 * A server is named by the user's configuration or in the session, never by a project.
 * It is started when tools are first needed, and its tools are rows of the toolbox
 * until it ends, with the effect TOOL_FOREIGN: the option tools.policy says if a model
 * may call them. A model sees its descriptions only if the user trusts it, and only
 * while they do not change. A failing server affects no other; it is restarted when
 * tools are next needed, up to SERVER_STARTS_MAX starts in all.
 */
#ifndef POSEDGE_SERVERS_H
#define POSEDGE_SERVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct server_entry;
struct servers;
struct str;
struct workbench;

#define SERVERS_MAX	  32u
#define SERVER_STARTS_MAX 3u

/* Takes ownership of e and replaces a server of that name, which is ended in a task
 * when tools are next needed. ERR_LIMIT: e remains the caller's. */
bool servers_add(struct workbench *w, struct server_entry *e, struct err *err);
/* Call in a task. False: no server of that name. */
bool servers_remove(struct workbench *w, const char *name, struct err *err);

size_t servers_count(struct servers *servers);
const struct server_entry *servers_at(struct servers *servers, size_t i); /* borrowed */
/* Borrowed. NULL with err: no server of that name. */
const struct server_entry *servers_find(struct servers *servers, const char *name, struct err *err);

/* Call in a task: starts that server and describes it and its tools in its own
 * words, for the user. False: it does not run. */
bool servers_describe(struct workbench *w, const char *name, struct str *out, struct err *err);

/* Call in a task: lets models read its current descriptions. */
bool servers_trust(struct workbench *w, const char *name, struct err *err);

/* Call in a task: reads a resource for a question, labelled as the server's, cut at
 * SERVER_TEXT_MAX (server_tool.h). ERR_NOT_FOUND: it has no text. */
bool servers_read(struct workbench *w, const char *name, const char *uri, struct str *out,
		  struct err *err);

/* Call in a task: gets a prompt for the user to read, change and send. words: n
 * times "NAME=VALUE"; ERR_USAGE: a malformed one. */
bool servers_prompt(struct workbench *w, const char *name, const char *prompt, char *const *words,
		    size_t n, struct str *out, struct err *err);

#endif
