/* server_tool.h - a tool as a server describes it, made fit to be offered; and
 * what it answers, made fit to be read. Pure.
 *
 * Whatever a server says is a stranger's text, written for a model to read: a
 * description may be an instruction. Until the person trusts the server, a model
 * sees of it what a call needs, names and types, and no prose. All is bounded.
 *
 * Source: "tools" of the Model Context Protocol, revisions 2024-11-05 to 2026-07-28.
 */
#ifndef POSEDGE_SERVER_TOOL_H
#define POSEDGE_SERVER_TOOL_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/str.h"

#define SERVER_ABOUT_MAX  1000u	     /* bytes of a description that is offered */
#define SERVER_RESULT_MAX (1u << 20) /* bytes of a result that are looked at */

struct server_tool {
	char *name;   /* as the toolbox has it: "server_tool", [a-z_0-9]{1,64} */
	char *theirs; /* as the server has it */
	char *about;  /* for a model: labelled with the server */
	char *schema; /* a JSON object of less than TOOL_SCHEMA_MAX bytes */
	char *told;   /* its own description, for a person to judge: visible characters only */
};

/* server: its name here. False: it has no name that can be called. */
bool server_tool_init(struct server_tool *t, const char *server, const cJSON *described,
		      bool trusted);
void server_tool_fini(struct server_tool *t);

char *server_tool_name(const char *server, const char *theirs); /* as above; the caller frees */

/* The text of a result, labelled as the server's. False: it says that it failed. */
bool server_result_text(const char *server, const cJSON *result, struct str *out);

#define SERVER_TEXT_MAX \
	(64u << 10) /* bytes of a resource or a prompt; the rest is cut, which is said */

/* The text of a resource that was read, labelled as the server's data. False: it has none. */
bool server_resource_text(const char *server, const cJSON *result, struct str *out);

/* The text of a prompt, for the person to read before it is sent: as it came, but for
 * control characters. False: it has none. */
bool server_prompt_text(const cJSON *result, struct str *out);

/* "name WIDTH [RESET]: description" of a prompt; "uri (name)" of a resource: for the
 * person, one line. False: it cannot be named. */
bool server_prompt_line(const cJSON *described, struct str *out);
bool server_resource_line(const cJSON *described, struct str *out);

#endif
