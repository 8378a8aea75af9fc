/* chat_find.h - searches the transcript as it is shown: what is folded is not seen.
 *
 * Also finds a match that is wrapped over two rows. The newest match comes first;
 * from there the search goes to older ones, or back to newer ones.
 */
#ifndef POSEDGE_CHAT_FIND_H
#define POSEDGE_CHAT_FIND_H

#include <stdbool.h>

#include "ui/widget/chat_rows.h"

struct find;

/* Puts the next match near the top of the pane; p->hit remembers it. anew: start from
 * the end. *around: the search went around an end. False: there is none; p is
 * unchanged. */
bool chat_find(struct chat_place *p, const struct state *s, int cols, const struct find *f,
	       bool anew, bool newer, bool *around);

#endif
