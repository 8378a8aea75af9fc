/* acp_agent.h - a client of the Agent Client Protocol, for one coding agent.
 *
 * The agent runs in a sandbox, with one session and one prompt at a time. It chooses
 * version 1 or 2 of the protocol. It is offered no files and no terminal of ours;
 * what it asks for permission to do happens in its copy, so it may, once each
 * time (never "always", which it would keep). A form that it wants filled in is put to the
 * person, one at a time; everything else is refused.
 *
 * Source: the schemas in the npm package @agentclientprotocol/sdk 2.4.0.
 */
#ifndef POSEDGE_ACP_AGENT_H
#define POSEDGE_ACP_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#include "backends/acp_form.h"
#include "backends/acp_update.h"
#include "session/base/err.h"
#include "session/tool/confine.h"

struct acp_agent;
struct loop;

#define ACP_NEWEST 2u /* version that is offered */

struct acp_start { /* borrowed for acp_agent_start(), but ops */
	struct loop *loop;
	const char *who; /* begins each sentence: "backend claude: npx" */
	const struct confine_ops *ops;
	struct confine_spec confine; /* its cwd inside is confine.at */
	const char *watched;	     /* the folder whose size counts */
	const char *by_hand;	     /* how a person starts it, for a login */
	bool tools;		     /* it is handed `posedge mcp`, which lies at /rt inside */
	bool refuses;		     /* every permission is refused */
	unsigned version;	     /* that is offered: 1 or ACP_NEWEST */
	uint64_t stall_ms;	     /* how long it may be silent */
};

/* In a task. NULL: ERR_TOOL, ERR_AUTH when it wants a login, ERR_TIMEOUT, ... */
struct acp_agent *acp_agent_start(const struct acp_start *s, struct err *err);

/* It and all that it started are gone then. NULL is fine. */
void acp_agent_close(struct acp_agent *a);

bool acp_agent_alive(const struct acp_agent *a); /* NULL: no */

/* "claude-agent-acp 0.40.0", or "agent". */
const char *acp_agent_name(const struct acp_agent *a);

struct acp_ask {
	const char *text;
	piece_fn *show;
	void *ctx;
	struct acp_person person;
};

/* In a task: one turn. Pieces of what it tells go to show, in the task; false of
 * it ends the turn. *finish: why it ended. On failure the agent may still be
 * busy: it is to be closed. */
bool acp_agent_prompt(struct acp_agent *a, const struct acp_ask *ask, struct acp_turn *turn,
		      enum finish_reason *finish, struct err *err);

#endif
