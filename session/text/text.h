/* text.h - the text of an open file: a piece table.
 *
 * Map of session/text: bytes, lines and small formats. Knows no Verilog and no
 * session.
 *
 *   bytes slice words name_map  pieces of text, words of a line, names to numbers
 *   text                        the text of an open file: a piece table
 *   diff diff_words merge       which lines and words differ, two texts made one
 *   patch patch_* looks         an edit that quotes what it replaces, and look-alike characters
 *   find                        a pattern in a text: the one home of PCRE2
 *   xml yaml yaml_*             what other programs' files are written in
 *
 * Two buffers, the original as it was read and an append-only one of what was
 * typed; a balanced tree of pieces of them, each node with the bytes and the
 * newlines below it. Inserting, deleting and finding a line cost O(log pieces)
 * whatever the size; opening copies nothing and counts nothing. Newlines of
 * the original are counted when first asked for.
 *
 * Any bytes: NULs, CR, invalid UTF-8 are kept as they are. Positions are byte
 * offsets; lines count from 0 and end after their LF; a text that ends in LF
 * has one more, empty line. Knows no file, no undo (doc.h) and no characters.
 */
#ifndef POSEDGE_TEXT_H
#define POSEDGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct text;

/* Takes data (from mem_*; may be NULL when len is 0) over. */
struct text *text_take(char *data, size_t len);
struct text *text_new(const char *data, size_t len); /* copies */
void text_free(struct text *t);			     /* NULL is fine */

/* The bytes as they were at first, which no edit changes: readable, also from
 * another thread, until text_release(), even when the text is gone by then.
 * Both calls belong into the loop's thread. */
struct text_start;
struct text_start *text_hold(const struct text *t, const char **data, size_t *len);
void text_release(struct text_start *start); /* NULL is fine */

size_t text_len(const struct text *t);
size_t text_lines(const struct text *t); /* at least 1 */

/* off + removed must lie within the text. */
void text_edit(struct text *t, size_t off, size_t removed, const char *ins, size_t ins_len);

/* Adds bytes [off, off + len) to out; must lie within. */
void text_get(const struct text *t, size_t off, size_t len, struct str *out);
void text_get_all(const struct text *t, struct str *out);

/* The longest run of bytes in one piece from off on: borrowed until the next
 * edit; *len is 0 at the end. For readers that walk. */
const char *text_run(const struct text *t, size_t off, size_t *len);

/* Where line starts; line must be below text_lines(). */
size_t text_line_start(const struct text *t, size_t line);

/* Where line ends, without its LF. */
size_t text_line_end(const struct text *t, size_t line);

/* In which line off lies; off may be the length. */
size_t text_line_of(const struct text *t, size_t off);

#endif
