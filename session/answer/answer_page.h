/* answer_page.h - what a page or a word processor did to code on its way, undone.
 *
 * Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_PAGE_H
#define POSEDGE_ANSWER_PAGE_H

#include <stdbool.h>

#include "session/text/slice.h"

struct str;

/* Whether text is written with HTML's entities, &lt; and no <, but for <br> and the
 * like. A text without any of < > & is neither; *any: it has one. */
bool page_is_escaped(struct slice text, bool *any);

/* Adds text without those tags, and with the entities of < > & " ' and the
 * blank that does not break as
 * what they stand for. */
void page_unescape(struct slice text, struct str *out);

/* Adds Verilog without the backslashes that Markdown has before its own signs, and
 * tells how many there were; 0, and nothing added: a sign stands without one, or
 * none is there. */
size_t page_unmark(struct slice verilog, struct str *out);

/* Adds Verilog with the look-alikes of ASCII characters (looks.h) that stand outside
 * of comments and strings replaced. How many there were. */
size_t page_plain(struct slice verilog, struct str *out);

#endif
