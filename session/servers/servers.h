/* servers.h - programs that bring tools by the Model Context Protocol (MCP).
 *
 * Map of session/servers: servers of tools, started, asked, shut in. Knows no
 * model and no screen.
 *
 *   servers        those of a workbench: their tools join the toolbox
 *   server_entry   one as `mcp add` names it
 *   server_client  one that runs: opened, asked, ended
 *   server_start   its program, shut in
 *   server_watch   what it uses in all
 *   server_tool    its tools and results, made fit for a model
 *   server_trust   what the person said of a server's words
 *
 * A server is named by the person's own configuration or in the session, never
 * by a project. It is started when tools are first wanted, and its tools are
 * rows of the toolbox until it ends, with the effect TOOL_FOREIGN: a model may
 * call them as the option tools.policy says. Its descriptions are shown to a
 * model only once the person trusts it, and as long as it says the same. One that
 * fails takes nothing with it; it is started anew when tools are next wanted,
 * SERVER_STARTS_MAX times in all.
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

/* Takes e over, in place of one of that name, which is ended in a task when
 * tools are next wanted. ERR_LIMIT: e is still the caller's. */
bool servers_add(struct workbench *w, struct server_entry *e, struct err *err);
/* In a task. False: there is none of that name. */
bool servers_remove(struct workbench *w, const char *name, struct err *err);

size_t servers_count(struct servers *servers);
const struct server_entry *servers_at(struct servers *servers, size_t i); /* borrowed */
/* NULL with err: there is none of that name. Borrowed. */
const struct server_entry *servers_find(struct servers *servers, const char *name, struct err *err);

/* In a task: starts those that do not run, side by side, and brings the toolbox up to date. What
 * fails is a note, once. False: cancelled. */
bool servers_gather(struct workbench *w, struct err *err);

/* In a task: starts that one, tells what it is and its tools with its own words,
 * for the person. False: it does not run. */
bool servers_describe(struct workbench *w, const char *name, struct str *out, struct err *err);

/* In a task: from now on its words are shown to models, as they are now. */
bool servers_trust(struct workbench *w, const char *name, struct err *err);

/* In a task: a resource of it, for a question: labelled as the server's, at most
 * SERVER_TEXT_MAX (server_tool.h). ERR_NOT_FOUND: it has no text. */
bool servers_read(struct workbench *w, const char *name, const char *uri, struct str *out,
		  struct err *err);

/* In a task: a prompt of it, for the person to read, change and send. words: "NAME=VALUE", n of
 * them; ERR_USAGE: one is no such word. */
bool servers_prompt(struct workbench *w, const char *name, const char *prompt, char *const *words,
		    size_t n, struct str *out, struct err *err);

#endif
