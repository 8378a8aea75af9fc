/* server_client.h - one server of tools, started and talked to: a client of the
 * Model Context Protocol over a child's stdin and stdout.
 *
 * It runs shut in (tool/confine.h): an empty folder of its own, the environment
 * that its entry names, nothing of the person's but what the entry names. It is
 * asked for the newest revision first (`server/discover`), and opened as the
 * older ones want when it does not know that; one that ends at such a question
 * is started once more. What it asks of us is refused, but for forms that the
 * person fills in (person_form.h). Each way it can fail is one sentence that names it.
 *
 * Source: the specification, modelcontextprotocol.io, revisions 2024-11-05 to 2026-07-28.
 */
#ifndef POSEDGE_SERVER_CLIENT_H
#define POSEDGE_SERVER_CLIENT_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/err.h"

struct server_client;
struct server_entry;
struct workbench;

#define SERVER_TOOLS_MAX 64u	/* of one server; a note says that there are more */
#define SERVER_PAGES_MAX 20u	/* of its list */
#define SERVER_NOISE_MAX 10000u /* messages nobody asked for, between two answers */

/* In a task. NULL: it could not be started or opened. e is copied as far as needed. */
struct server_client *server_client_start(struct workbench *w, const struct server_entry *e,
					  struct err *err);
void server_client_close(struct server_client *c); /* in a task, or where the loop may turn */

bool server_client_alive(const struct server_client *c);   /* NULL is not */
bool server_client_changed(const struct server_client *c); /* its list did since it was asked */
/* "everything-server 2.0.0, revision 2025-11-25", as it says; visible characters. */
const char *server_client_title(const struct server_client *c);

/* In a task: an array of tools as it describes them; the caller frees. */
cJSON *server_client_tools(struct server_client *c, struct err *err);

/* In a task. args are copied; NULL: none. The result as it is; NULL: err. */
cJSON *server_client_call(struct server_client *c, const char *tool, const cJSON *args,
			  struct err *err);

/* What else it offers, by its own word: prompts, resources. */
bool server_client_offers(const struct server_client *c, const char *what);

/* In a task, of one that offers them: an array as it describes them, of at most
 * SERVER_TOOLS_MAX; the caller frees. what: "prompts", "resources". */
cJSON *server_client_list(struct server_client *c, const char *what, struct err *err);

/* In a task: a resource by its address; a prompt with its arguments (an object of strings,
 * copied; NULL: none). The result as it is; NULL: err. */
cJSON *server_client_read(struct server_client *c, const char *uri, struct err *err);
cJSON *server_client_prompt(struct server_client *c, const char *name, const cJSON *args,
			    struct err *err);

#endif
