/* mcp_inner.h - shared by the parts of mcp_server.h; for session/toolbox/mcp_*.c
 * only. */
#ifndef POSEDGE_MCP_INNER_H
#define POSEDGE_MCP_INNER_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/toolbox/toolbox.h"

enum {
	MCP_INVALID_PARAMS = -32602, /* also for an unknown tool, prompt or resource */
	MCP_NO_REVISION = -32022
};

#define MCP_META    "io.modelcontextprotocol/" /* prefix of the names in _meta */
#define MCP_HOUR_MS 3600000		       /* lifetime of what never changes */

/* A request being answered. */
struct mcp_request {
	struct tool_use use;
	const cJSON *id, *params;
	bool modern;	 /* it names the newest revision */
	struct str *out; /* the answer, one line */
};

/* Answers any request; call in a task. */
void mcp_answer(struct mcp_request *r, const char *method);

/* mcp_reply.c. Each writes the answer and takes ownership of data and result. */
void mcp_send_error(struct mcp_request *r, int code, const char *text, cJSON *data);
void mcp_send_result(struct mcp_request *r, cJSON *result);
/* A result with its cache lifetime, private to this client; for lists and reads. */
void mcp_send_lasting(struct mcp_request *r, cJSON *result, double ms);

cJSON *mcp_text(const char *text); /* a content block */
cJSON *mcp_server_info(void);

/* mcp_resources.c */
void mcp_list_resources(struct mcp_request *r);
void mcp_list_templates(struct mcp_request *r);
void mcp_read_resource(struct mcp_request *r);

/* mcp_prompts.c */
void mcp_list_prompts(struct mcp_request *r);
void mcp_get_prompt(struct mcp_request *r);

#endif
