/* server_tool.h - checks a tool described by a server before it is offered, and a
 * result before it is read. Pure.
 *
 * A server's text is untrusted and is read by a model: a description may contain
 * instructions. Until the user trusts the server, a model sees only what a call needs,
 * names and types, and no prose. Everything is bounded.
 *
 * Source: "tools" of the Model Context Protocol, revisions 2024-11-05 to 2026-07-28.
 */
#ifndef POSEDGE_SERVER_TOOL_H
#define POSEDGE_SERVER_TOOL_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/str.h"

#define SERVER_ABOUT_MAX  1000u	     /* bytes of a description */
#define SERVER_RESULT_MAX (1u << 20) /* bytes of a result */

struct server_tool {
	char *name;   /* in the toolbox: "server_tool", [a-z_0-9]{1,64} */
	char *theirs; /* name on the server */
	char *about;  /* for a model; labelled with the server's name */
	char *schema; /* a JSON object below TOOL_SCHEMA_MAX bytes */
	/* the server's description, for the user to judge; printable characters only */
	char *told;
};

/* Why a tool cannot be offered, as a clause; NULL: it can. */
const char *server_tool_unfit(const cJSON *described);

/* server: its name here. False: the tool is unfit. */
bool server_tool_init(struct server_tool *t, const char *server, const cJSON *described,
		      bool trusted);
void server_tool_fini(struct server_tool *t);

/* name in the toolbox; the caller frees it */
char *server_tool_name(const char *server, const char *theirs);

/* Appends the text of a result, labelled with the server. False: it is marked as an
 * error. */
bool server_result_text(const char *server, const cJSON *result, struct str *out);

#define SERVER_TEXT_MAX (64u << 10) /* bytes of a resource or prompt; a note says if it was cut */

/* Appends the text of a resource, labelled as the server's data. False: it has none. */
bool server_resource_text(const char *server, const cJSON *result, struct str *out);

/* Appends the text of a prompt, for the user to read before sending it: verbatim
 * except for control characters. False: it has none. */
bool server_prompt_text(const cJSON *result, struct str *out);

/* One line for the user: "name WIDTH [RESET]: description" for a prompt, "uri
 * (name)" for a resource. False: it has no usable name. */
bool server_prompt_line(const cJSON *described, struct str *out);
bool server_resource_line(const cJSON *described, struct str *out);

#endif
