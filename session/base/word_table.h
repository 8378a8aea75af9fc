/* word_table.h - whether a word stands in a table of words.
 *
 * A table ends with NULL: { "fst", "vcd", NULL }. It is searched from its start, which for
 * some dozen words is as fast as anything.
 */
#ifndef POSEDGE_WORD_TABLE_H
#define POSEDGE_WORD_TABLE_H

#include <stdbool.h>
#include <stddef.h>

bool words_has(const char *const *words, const char *word);
bool words_has_n(const char *const *words, const char *word, size_t len);
bool words_has_nocase(const char *const *words, const char *word, size_t len); /* of ASCII */

#endif
