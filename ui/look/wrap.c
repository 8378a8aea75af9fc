/* Breaks a line into rows: at the last blank that fits, unless that leaves more than
 * two thirds of the row empty, else at any cluster. In a table of words the rows after
 * the first are indented to the last column (wrap_indent), taken to begin after the
 * last gap of two or more blanks.
 */
#include "config.h"

#include "ui/look/wrap.h"

#include "ui/look/cluster.h"

#define TAB_COLS 8 /* of indented rows */

size_t wrap_row(const char *line, size_t len, size_t from, int cols, int tab_cols)
{
	size_t i = from, blank = 0;
	int col = 0, blank_col = 0;

	if (cols < 1)
		cols = 1;
	while (i < len) {
		size_t bytes = 1;
		int width = 1;

		if (!cluster_is_byte(line + i, len - i)) {
			struct cluster c;

			cluster_next(line + i, len - i, &c);
			bytes = c.len;
			width = line[i] == '\t' && tab_cols ? tab_cols - col % tab_cols : c.width;
		}
		if (col + width > cols && i > from) {
			while (i < len && line[i] == ' ')
				i++;
			if (blank && line[i - 1] != ' ' && blank_col * 3 >= cols)
				return blank;
			return i;
		}
		col += width;
		i += bytes;
		if (line[i - 1] == ' ') {
			blank = i;
			blank_col = col;
		}
	}
	return len;
}

int wrap_rows(const char *line, size_t len, int cols, int tab_cols)
{
	int rows = 1;

	for (size_t i = wrap_row(line, len, 0, cols, tab_cols); i < len;
	     i = wrap_row(line, len, i, cols, tab_cols))
		rows++;
	return rows;
}

int wrap_indent(const char *line, size_t len, int cols)
{
	size_t digits = 0;
	int col = 0, gap = 0, indent = 0;

	while (digits < len && line[digits] >= '0' && line[digits] <= '9')
		digits++;
	if (digits && digits + 1 < len && line[digits] == '.' && line[digits + 1] == ' ' &&
	    (int)digits + 2 < cols / 2)
		return (int)digits + 2;
	for (size_t i = 0; i < len && col < cols * 2 / 3;) {
		struct cluster c;

		cluster_next(line + i, len - i, &c);
		if (line[i] == ' ') {
			gap++;
		} else {
			indent = gap >= 2 || (gap && gap == col) ? col : indent;
			gap = 0;
		}
		col += c.width;
		i += c.len;
	}
	return indent;
}

size_t wrap_indented(const char *line, size_t len, size_t from, int cols, int indent)
{
	return wrap_row(line, len, from, from ? cols - indent : cols, TAB_COLS);
}

int wrap_indented_rows(const char *line, size_t len, int cols)
{
	int rows = 1, indent = wrap_indent(line, len, cols);

	for (size_t i = wrap_indented(line, len, 0, cols, 0); i < len; rows++)
		i = wrap_indented(line, len, i, cols, indent);
	return rows;
}
