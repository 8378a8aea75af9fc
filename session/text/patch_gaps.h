/* patch_gaps.h - other blank lines between quoted lines than in the text. For
 * session/text/patch*.c only; pure; linear.
 */
#ifndef POSEDGE_PATCH_GAPS_H
#define POSEDGE_PATCH_GAPS_H

#include <stdbool.h>

#include "session/base/str.h"
#include "session/text/slice.h"

/* Appends quote to quoted and fresh to added, with as many blank lines between their lines as
 * the text has where the quote stands. False, with nothing appended: it stands in no place, or
 * in several, or has these already. */
bool patch_level_gaps(struct slice text, struct slice quote, struct slice fresh, struct str *quoted,
		      struct str *added);

#endif
