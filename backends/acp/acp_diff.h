/* acp_diff.h - the change that an agent's tool call announces, as text. Pure.
 *
 * Version 1 sends both texts, version 2 changes with an optional patch; a call without
 * either may list locations. This is only for following along: what the agent really
 * did is found by comparing its copy (acp_changes.h).
 */
#ifndef POSEDGE_ACP_DIFF_H
#define POSEDGE_ACP_DIFF_H

#include <cjson/cJSON.h>

#include "session/base/str.h"

/* approximate bytes for one call; a line says if there is more */
#define ACP_DIFF_SHOWN 4096u
/* bytes of a text to compare; of longer ones only the path is given */
#define ACP_DIFF_READ (256u << 10)

/* Appends lines ending in LF: "rtl/a.sv (+1 -2)", then the added and removed lines.
 * Invisible characters become '?'. Appends nothing if the call announces no change. */
void acp_diff_tell(const cJSON *call, struct str *out);

#endif
