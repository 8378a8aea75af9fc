/* acp_agent.h - a client of the Agent Client Protocol, for one coding agent.
 *
 * Map of backends/acp: an installed coding agent as a backend.
 *
 *   acp                     one question to it
 *   acp_config acp_start    its options; how it is started
 *   acp_agent               the protocol
 *   acp_diff                the change that one of its tool calls announces
 *   acp_form                forms that it asks the person to fill in
 *   acp_update acp_words    its updates as pieces of an answer; the text of its prompt; pure
 *   acp_scratch acp_clear acp_changes
 *                           its copy of the project, and what it changed there
 *   acp_places              what else of this machine it can see
 *   acp_watch               its resource limits
 *
 * The agent runs in a sandbox, with one session and one prompt at a time. It chooses
 * version 1 or 2 of the protocol. We offer it no file access and no terminal; since its
 * actions stay in its copy, permissions are granted, each time anew (never "always",
 * which it would remember). Its forms are shown to the person, one at a time; every
 * other request is refused.
 *
 * Source: the schemas in the npm package @agentclientprotocol/sdk 2.4.0.
 */
#ifndef POSEDGE_ACP_AGENT_H
#define POSEDGE_ACP_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#include "backends/acp/acp_form.h"
#include "backends/acp/acp_update.h"
#include "session/base/err.h"
#include "session/tool/confine.h"

struct acp_agent;
struct loop;

#define ACP_NEWEST 2u /* highest version that we offer */

struct acp_start { /* borrowed for acp_agent_start(), except ops */
	struct loop *loop;
	const char *who; /* prefix of error messages: "backend claude: npx" */
	const struct confine_ops *ops;
	struct confine_spec confine; /* confine.at is its cwd inside */
	const char *watched;	     /* folder whose size is limited */
	const char *by_hand;	     /* the command a person runs to log in */
	bool tools;		     /* give it `posedge mcp`, mounted at /rt */
	bool refuses;		     /* refuse every permission */
	unsigned version;	     /* to offer: 1 or ACP_NEWEST */
	uint64_t stall_ms;	     /* longest silence allowed */
};

/* In a task. NULL: ERR_TOOL, ERR_AUTH when a login is needed, ERR_TIMEOUT, ... */
struct acp_agent *acp_agent_start(const struct acp_start *s, struct err *err);

/* Ends the agent and all processes that it started. NULL is fine. */
void acp_agent_close(struct acp_agent *a);

bool acp_agent_alive(const struct acp_agent *a); /* NULL: false */

/* "claude-agent-acp 0.40.0", or "agent". */
const char *acp_agent_name(const struct acp_agent *a);

struct acp_ask {
	const char *text;
	piece_fn *show;
	void *ctx;
	struct acp_person person;
};

/* In a task: runs one turn. Pieces go to ask->show, in the same task; when that returns
 * false the turn ends. *finish: why it ended. After a failure the agent may still be
 * busy, so close it. */
bool acp_agent_prompt(struct acp_agent *a, const struct acp_ask *ask, struct acp_turn *turn,
		      enum finish_reason *finish, struct err *err);

#endif
