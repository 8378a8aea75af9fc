/* journal_line.h - the form of a line, for those who read journals and those who append.
 *
 *	{"n":7,...,"sum":"<64 hexadecimal digits>"}
 *
 * What the sum covers is told in journal.h.
 */
#ifndef POSEDGE_JOURNAL_LINE_H
#define POSEDGE_JOURNAL_LINE_H

#include <stddef.h>

#include "session/base/hash.h"

#define JOURNAL_SUM_MARK     ",\"sum\":\""
#define JOURNAL_SUM_MARK_LEN (sizeof(JOURNAL_SUM_MARK) - 1)
#define JOURNAL_SUM_TAIL     (JOURNAL_SUM_MARK_LEN + HASH_HEX + 2) /* and "} */

/* A line longer than this was not written by us: texts above EVENT_INLINE are
 * blobs, but a question of many edits or findings may be long. */
#define JOURNAL_LINE_MAX (64u << 20)

/* line: up to the comma before "sum". previous: the sum before; "" for the first. */
void journal_sum(const char *previous, const char *line, size_t len, char hex[HASH_HEX + 1]);

#endif
