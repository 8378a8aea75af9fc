/* acp_diff.h - what a call of an agent's tool would change, as it tells. Pure.
 *
 * Version 1 has both texts, version 2 changes with a patch beside them; a call without
 * either may name places. What an agent tells is for reading along: what it did is looked
 * up in its copy (acp_changes.h).
 */
#ifndef POSEDGE_ACP_DIFF_H
#define POSEDGE_ACP_DIFF_H

#include <cjson/cJSON.h>

#include "session/base/str.h"

#define ACP_DIFF_SHOWN 4096u	    /* bytes of one call, about; more is said */
#define ACP_DIFF_READ  (256u << 10) /* bytes of a text that is compared; longer ones are named */

/* Adds lines, "rtl/a.sv (+1 -2)" and what is added and removed, each ending in LF, with
 * '?' in place of what is no visible character; nothing where the call tells nothing. */
void acp_diff_tell(const cJSON *call, struct str *out);

#endif
