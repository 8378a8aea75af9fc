/* tool_policy.h - whether a model may run a tool: allow, ask, or deny.
 *
 * The option tools.policy says so by name (NAME=allow) or by the start of a name
 * (everything_*=deny). A tool that it does not mention is allowed if it is one of
 * ours and runs no simulation; the person is asked about others, once per session
 * and tool.
 */
#ifndef POSEDGE_TOOL_POLICY_H
#define POSEDGE_TOOL_POLICY_H

#include <stdbool.h>

#include "session/base/err.h"

struct options;
struct strv;
struct tool;
struct tool_use;

enum tool_policy { TOOL_ALLOW, TOOL_ASK, TOOL_DENY };

/* In a task; may ask the person and wait. A connection's client has asked its own
 * person: for it ask is allow. ERR_AUTH: denied; ERR_CONSENT: the person says no, or nobody
 * is there to be asked. agreed: names of tools that they said yes to; a yes is added. */
bool tool_may_run(struct tool_use *u, const struct tool *t, struct strv *agreed, struct err *err);

#endif
