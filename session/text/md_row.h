/* md_row.h - the cells of a row of a Markdown table. */
#ifndef POSEDGE_MD_ROW_H
#define POSEDGE_MD_ROW_H

#include "session/text/slice.h"

/* Removes the first cell from *row, whose leading bar was removed before. The last bar of a row
 * may be missing. *cell is md_plain(). False: there is no cell left, and *cell is empty. */
bool md_cell(struct slice *row, struct slice *cell);

/* True for the row below the head: "|---|:-:|". */
bool md_is_rule(struct slice row);

/* Without blanks and the marks of code and bold text on both sides. */
struct slice md_plain(struct slice s);

#endif
