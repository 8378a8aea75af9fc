/* lint_words.h - what a lint came to, in words that promise no more than was done.
 *
 *     lint ok (12 files; 2 not read: a.vhd is VHDL, big.v is too large)
 *     1 error, 2 risks (12 files)
 *
 * What was not read is told as in an EVENT_LINT: a line for each file, its path,
 * a tab, and why; "" is none. Events recorded before files were counted have read 0:
 * then no count is printed. Where nothing was read there is no "ok" to be said:
 * see lint_words_nothing(), which is what such an event has for an error.
 */
#ifndef POSEDGE_LINT_WORDS_H
#define POSEDGE_LINT_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct diag_list;
struct str;

#define LINT_WORDS_NAMES 5 /* files named; of the rest the number */

void lint_words(const struct diag_list *found, uint64_t read, const char *unread, struct str *out);

/* "12 files; 9 not read: a.vhd VHDL, b.v duplicate of c.v, and 7 more: `posedge files`
 * lists them"; names: how many at most. Of a reason up to its first comma. */
void lint_words_files(uint64_t read, const char *unread, size_t names, struct str *out);

/* "nothing was linted: there is no Verilog file here" or "...: 1 file not read: a.vhd is VHDL" */
void lint_words_nothing(const char *unread, struct str *out);

size_t lint_words_unread(const char *unread); /* how many */

#endif
