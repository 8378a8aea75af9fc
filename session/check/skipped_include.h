/* skipped_include.h - `include lines that yosys skips and a simulator cannot follow.
 *
 *	// synopsys translate_off
 *	`include "timescale.v"
 *	// synopsys translate_on
 *
 * yosys reads nothing between these comments; a simulator reads it, and fails if the file is not
 * there. To confirm in a simulator what yosys found, such a line is blanked: the file would not
 * be part of the design that yosys judged. The rest of the skipped text stays. Pure.
 */
#ifndef POSEDGE_SKIPPED_INCLUDE_H
#define POSEDGE_SKIPPED_INCLUDE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"

/* Blanks those whose file is not there. True if there was one. */
bool skipped_include_blank(char *text, size_t len, bool (*is_there)(void *ctx, struct slice name),
			   void *ctx);

#endif
