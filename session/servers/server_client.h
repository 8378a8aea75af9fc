/* server_client.h - starts one tool server, or finds it at its URL, and talks to it: a
 * Model Context Protocol client.
 *
 * A program runs in a sandbox (tool/confine.h): an empty folder of its own, only the
 * environment and the user's files that its entry names. The newest revision is tried
 * first (`server/discover`); a server that does not know it is initialised in the older
 * way, and one that exits at that request is restarted once. Its requests are refused,
 * except for forms that the user fills in (person_form.h). Each failure is one sentence
 * that names the server.
 *
 * Source: the specification, modelcontextprotocol.io, revisions 2024-11-05 to
 * 2026-07-28.
 */
#ifndef POSEDGE_SERVER_CLIENT_H
#define POSEDGE_SERVER_CLIENT_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/err.h"

struct server_client;
struct server_entry;
struct workbench;

#define SERVER_TOOLS_MAX 64u	/* per server; a note says if there are more */
#define SERVER_PAGES_MAX 20u	/* of its list of tools */
#define SERVER_NOISE_MAX 10000u /* unsolicited messages between two answers */

/* Call in a task. NULL: it could not be started or initialised. Copies what it needs
 * of e. */
struct server_client *server_client_start(struct workbench *w, const struct server_entry *e,
					  struct err *err);
/* Both: call in a task, or where the loop may turn; NULL is fine. To close several together,
 * hang up on all, then close each: a server has time to end after it was hung up on. */
void server_client_hang_up(struct server_client *c);
void server_client_close(struct server_client *c);

bool server_client_alive(const struct server_client *c); /* false for NULL */
/* its tools changed since they were listed */
bool server_client_changed(const struct server_client *c);
/* "everything-server 2.0.0, revision 2025-11-25", as reported by the server;
 * printable. */
const char *server_client_title(const struct server_client *c);

/* Call in a task: the array of its tools as described by the server; the caller
 * frees it. */
cJSON *server_client_tools(struct server_client *c, struct err *err);

/* Call in a task. Copies args; NULL: none. The raw result; NULL with err. */
cJSON *server_client_call(struct server_client *c, const char *tool, const cJSON *args,
			  struct err *err);

/* True if it declares this capability: "prompts", "resources". */
bool server_client_offers(const struct server_client *c, const char *what);

/* Call in a task, only if offered: an array of at most SERVER_TOOLS_MAX
 * descriptions; the caller frees it. what: "prompts" or "resources". */
cJSON *server_client_list(struct server_client *c, const char *what, struct err *err);

/* Call in a task: reads a resource by its URI; gets a prompt with its arguments (an
 * object of strings, copied; NULL: none). The raw result; NULL with err. */
cJSON *server_client_read(struct server_client *c, const char *uri, struct err *err);
cJSON *server_client_prompt(struct server_client *c, const char *name, const cJSON *args,
			    struct err *err);

#endif
