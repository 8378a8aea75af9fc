/* acp_clear.h - empties a folder that something hostile has filled, and may
 * still be filling: of any depth, with folders that nobody may enter, without
 * ever following a link. Blocks.
 */
#ifndef POSEDGE_ACP_CLEAR_H
#define POSEDGE_ACP_CLEAR_H

#include <stdbool.h>

#include "session/base/err.h"

#define CLEAR_STEPS 4000000u /* files and folders; more are not removed */

/* The folder itself stays. False: something is left in it. */
bool acp_clear(const char *path, struct err *err);

#endif
