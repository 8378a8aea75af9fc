/* wrap.h - breaks a line into rows of at most cols columns.
 *
 * Breaks after the last blank of a row unless that leaves more than two thirds of it
 * empty, else between any two clusters. Pure.
 */
#ifndef POSEDGE_WRAP_H
#define POSEDGE_WRAP_H

#include <stddef.h>

/* End of the row that starts at from, which is the start of the next row. Blanks
 * that do not fit stay in this row. Always advances when from < len. tab_cols 0: a tab is
 * as wide as the mark of any other control character. */
size_t wrap_row(const char *line, size_t len, size_t from, int cols, int tab_cols);

int wrap_rows(const char *line, size_t len, int cols, int tab_cols); /* at least 1 */

/* Indentation for the rows after the first, so that lists and tables keep their
 * shape: the column of the text after `1. `, the line's leading blanks, or the end
 * of the last gap of two or more blanks in the first two thirds of cols. */
int wrap_indent(const char *line, size_t len, int cols);

/* Like wrap_row() and wrap_rows() with tabs of 8 columns and the rows after the first
 * indented. */
size_t wrap_indented(const char *line, size_t len, size_t from, int cols, int indent);
int wrap_indented_rows(const char *line, size_t len, int cols); /* at least 1 */

#endif
