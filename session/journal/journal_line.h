/* journal_line.h - the format of a line, for code that reads or appends to
 * journals.
 *
 *	{"n":7,...,"sum":"<64 hexadecimal digits>"}
 *
 * The sum is hash_chain() over the line before's sum ("" for the first line) and the line
 * up to the comma before "sum".
 */
#ifndef POSEDGE_JOURNAL_LINE_H
#define POSEDGE_JOURNAL_LINE_H

#include "session/base/hash.h"

#define JOURNAL_SUM_MARK     ",\"sum\":\""
#define JOURNAL_SUM_MARK_LEN (sizeof(JOURNAL_SUM_MARK) - 1)
#define JOURNAL_SUM_TAIL     (JOURNAL_SUM_MARK_LEN + HASH_HEX + 2) /* and "} */

/* We never write a longer line. Texts above EVENT_INLINE bytes are blobs, but an
 * event with many edits or findings may be long. */
#define JOURNAL_LINE_MAX (64u << 20)

#endif
