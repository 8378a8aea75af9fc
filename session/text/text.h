/* text.h - the text of an open file: a piece table.
 *
 * Map of session/text: bytes, lines and small formats. Knows no Verilog and no
 * session.
 *
 *   bytes slice words name_map  parts of a text, words of a line, a map from names to numbers
 *   text                        the text of an open file: a piece table
 *   diff diff_words merge       which lines and words differ, three-way merge
 *   patch patch_* ascii_fold    an edit that quotes what it replaces, and look-alike characters
 *   header                      a header of HTTP requests as a person gives it
 *   md_row                      the cells of a row of a Markdown table
 *   find                        search with regular expressions: the only user of PCRE2
 *   thoughts call_marks         marks that models put around what they think, and at calls
 *   end_marks                   the tokens with which templates end an answer
 *   python_call                 tool calls that models write as Python
 *   xml yaml yaml_*             formats of other programs' files
 *
 * There are two buffers: the original as it was read, and one to which typed text
 * is appended. A balanced tree holds pieces of them, each node with the bytes and
 * newlines below it. Inserting, deleting and finding a line cost O(log pieces)
 * whatever the size; opening copies nothing and counts nothing. Newlines of the
 * original are counted when first needed.
 *
 * Any bytes are kept: NULs, CR, invalid UTF-8. Positions are byte offsets; lines
 * count from 0 and end after their LF; a text that ends in LF has one more, empty
 * line. Knows no file, no undo (doc.h) and no characters.
 */
#ifndef POSEDGE_TEXT_H
#define POSEDGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct text;

/* Takes over data, which comes from mem_*; it may be NULL when len is 0. */
struct text *text_take(char *data, size_t len);
struct text *text_new(const char *data, size_t len); /* copies */
void text_free(struct text *t);			     /* NULL is fine */

/* The original bytes, which no edit changes. They may be read, also from another
 * thread, until text_release(), even after text_free(). Make both calls from the
 * loop's thread. */
struct text_start;
struct text_start *text_hold(const struct text *t, const char **data, size_t *len);
void text_release(struct text_start *start); /* NULL is fine */

size_t text_len(const struct text *t);
size_t text_lines(const struct text *t); /* at least 1 */

/* off + removed must lie within the text. */
void text_edit(struct text *t, size_t off, size_t removed, const char *ins, size_t ins_len);

/* Appends bytes [off, off + len) to out; the range must lie within the text. */
void text_get(const struct text *t, size_t off, size_t len, struct str *out);
void text_get_all(const struct text *t, struct str *out);

/* The bytes from off to the end of their piece, borrowed until the next edit; *len
 * is 0 at the end. For readers that walk the text. */
const char *text_run(const struct text *t, size_t off, size_t *len);

/* Offset of the line's first byte; line must be below text_lines(). */
size_t text_line_start(const struct text *t, size_t line);

/* Offset of the line's end, before its LF. */
size_t text_line_end(const struct text *t, size_t line);

/* Line number of the line that contains off; off may be the length. */
size_t text_line_of(const struct text *t, size_t off);

#endif
