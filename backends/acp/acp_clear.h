/* acp_clear.h - empties a folder that a hostile process has filled, and may still be
 * filling: any depth, folders without permissions, never following a link. Blocks.
 */
#ifndef POSEDGE_ACP_CLEAR_H
#define POSEDGE_ACP_CLEAR_H

#include <stdbool.h>

#include "session/base/err.h"

#define CLEAR_STEPS 4000000u /* limit of files and folders; the rest is not removed */

/* Keeps the folder itself. False: something is left in it. */
bool acp_clear(const char *path, struct err *err);

#endif
