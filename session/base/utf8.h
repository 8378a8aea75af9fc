/* utf8.h - decodes and cleans text from outside, character by character.
 *
 * Strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above
 * U+10FFFF. Knows nothing of widths or clusters; the screen handles those.
 */
#ifndef POSEDGE_UTF8_H
#define POSEDGE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Length in bytes (1 to 4) of the character at s, with its code point in *cp; 0
 * when the bytes are not a character or it is incomplete. */
size_t utf8_decode(const char *s, size_t len, unsigned *cp);

/* Writes cp, which must be valid, to out; returns the number of bytes (1 to 4). */
size_t utf8_encode(unsigned cp, char out[4]);

/* Length in bytes of the longest prefix of whole characters. */
size_t utf8_valid_prefix(const char *s, size_t len);

/* True if all of s is valid UTF-8, also when it is empty. */
bool utf8_valid(const char *s, size_t len);

/* If the text ends within a character that more bytes could complete, the number of
 * its bytes that are there (1 to 3), otherwise 0. */
size_t utf8_partial_tail(const char *s, size_t len);

/* True for C0, DEL, C1, and characters that reorder or hide text on a screen: bidi
 * controls, zero-width characters, line and paragraph separators, tags, the BOM,
 * letters that look blank (Hangul fillers, the empty Braille cell), variation
 * selectors except that of emoji, and noncharacters: Unicode's default ignorables
 * and a few more. False for real blanks. */
bool utf8_is_control(unsigned cp);

/* Appends text with a visible escape, "\x1b" or "\u202e", for each such character
 * except newline and tab, and for each byte that is not UTF-8. */
void utf8_show(const char *text, size_t len, struct str *out);

/* Appends text up to out's limit, never part of a character. Each such character
 * and each byte that is not UTF-8 becomes '?', a tab becomes a space. */
void utf8_clean(const char *text, size_t len, struct str *out);

#endif
