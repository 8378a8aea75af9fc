/* utf8.h - the bytes of text from outside, as characters.
 *
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above
 * U+10FFFF. Knows nothing of widths or clusters; that is the screen's.
 */
#ifndef POSEDGE_UTF8_H
#define POSEDGE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* The length in bytes (1 to 4) of the character that starts at s, its code
 * point in *cp; 0 when the bytes are no character or end before it does. */
size_t utf8_decode(const char *s, size_t len, unsigned *cp);

/* Writes cp (a valid one) to out, at most 4 bytes; returns how many. */
size_t utf8_encode(unsigned cp, char out[4]);

/* How many bytes from the start are whole characters. */
size_t utf8_valid_prefix(const char *s, size_t len);

/* True when all of it is. An empty text is. */
bool utf8_valid(const char *s, size_t len);

/* When the text ends within a character that more bytes could complete, the
 * number of bytes of it that are there (1 to 3), else 0. */
size_t utf8_partial_tail(const char *s, size_t len);

/* C0, DEL, C1, and what turns or hides text on a screen: bidi controls,
 * zero-width characters, line and paragraph separators, tags, the BOM, blanks
 * that are letters (Hangul fillers, the empty Braille cell), selectors of
 * variants but the one of emoji, noncharacters: Unicode's default ignorables
 * and a few more. Blanks that are blanks are none. */
bool utf8_is_control(unsigned cp);

/* Adds text with a visible escape, "\x1b" or "\u202e", in place of each such
 * character but newline and tab, and of each byte that is no UTF-8. */
void utf8_show(const char *text, size_t len, struct str *out);

/* Adds text up to out's limit and no part of a character, with '?' in place of each such
 * character and each byte that is no UTF-8, and a space in place of a tab. */
void utf8_clean(const char *text, size_t len, struct str *out);

#endif
