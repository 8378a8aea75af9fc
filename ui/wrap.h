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

int wrap_rows(const char *line, size_t len, int cols, int tab_cols);	/* at least 1 */

#endif
