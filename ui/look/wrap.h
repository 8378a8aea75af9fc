/* wrap.h - breaking a line into rows of at most so many columns.
 *
 * Breaks after a blank where there is one in the last third of a row, else
 * between any two clusters. Pure.
 */
#ifndef POSEDGE_WRAP_H
#define POSEDGE_WRAP_H

#include <stddef.h>

/* Where the row that starts at from ends; the next starts there. Blanks that
 * do not fit belong to the row before. Always moves when from < len. */
size_t wrap_row(const char *line, size_t len, size_t from, int cols, int tab_cols);

int wrap_rows(const char *line, size_t len, int cols, int tab_cols); /* at least 1 */

/* Where the rows after the first begin, so that a list or a table stays one:
 * below the text after `1. `, its leading blanks, or the last gap of two
 * blanks or more that is not too far to the right. */
int wrap_indent(const char *line, size_t len, int cols);

/* As above; the rows after the first are indented so far. */
size_t wrap_indented(const char *line, size_t len, size_t from, int cols, int indent, int tab_cols);
int wrap_indented_rows(const char *line, size_t len, int cols, int tab_cols); /* at least 1 */

#endif
