/* answer_page.h - undoes what a web page, a word processor or a terminal does to pasted code.
 *
 * Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_PAGE_H
#define POSEDGE_ANSWER_PAGE_H

#include <stdbool.h>

#include "session/text/slice.h"

struct str;

/* True if text is HTML-escaped: it contains &lt; but no < except in tags such as
 * <br>. *any: it contains one of < > & at all; otherwise escaped and plain text
 * look the same. */
bool page_is_escaped(struct slice text, bool *any);

/* Appends text without those tags; entities of < > & " ' and &nbsp; are replaced by
 * their characters. */
void page_unescape(struct slice text, struct str *out);

/* Appends Verilog without the backslashes that Markdown puts before its own signs.
 * Returns how many were removed; 0, with nothing appended, if some sign has no backslash
 * (then the text was not escaped) or there is none. */
size_t page_unescape_markdown(struct slice verilog, struct str *out);

/* Appends text without a terminal's control sequences, such as the colours of a copied
 * screen. Returns how many there were. */
size_t page_strip_escapes(struct slice text, struct str *out);

/* Appends Verilog with look-alikes of ASCII characters (ascii_fold.h) replaced outside comments
 * and strings. Returns how many there were. */
size_t page_replace_lookalikes(struct slice verilog, struct str *out);

#endif
