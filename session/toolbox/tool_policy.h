/* tool_policy.h - permission for a model to run a tool: allow, ask or deny.
 *
 * The option tools.policy sets it by name (NAME=allow) or by prefix
 * (everything_*=deny). Other tools are allowed if they are posedge's own and run no
 * simulation; for the rest the user is asked once per session and tool.
 */
#ifndef POSEDGE_TOOL_POLICY_H
#define POSEDGE_TOOL_POLICY_H

#include <stdbool.h>

#include "session/base/err.h"

struct strv;
struct tool;
struct tool_use;

enum tool_policy { TOOL_ALLOW, TOOL_ASK, TOOL_DENY };

/* Call in a task; may ask the user and wait. For a connection `ask` means allow,
 * since the client has asked its own user. ERR_AUTH: denied; ERR_CONSENT: the user
 * refused, or there is no user to ask. agreed: names of tools that the user has
 * allowed; a new consent is added. */
bool tool_may_run(struct tool_use *u, const struct tool *t, struct strv *agreed, struct err *err);

#endif
