/* waveview_layout.h - saves the rows of the viewer for the next time.
 *
 * ROOT/.posedge/waves.toml has a table per testbench with its rows in order. Its key is the
 * folder and the name of the testbench, since each folder may have a "tb":
 *
 *   [["sim/counter_tb".row]]
 *   signal = "counter_tb.dut.q"      or   group = "dut"
 *   label = "count"                  only the first key is required
 *   radix = "signed"                 default: the initial one
 *   fraction = 4
 *   analog = true
 *   depth = 1
 *   open = false
 *
 * It is a subset of TOML 1.0 (toml.io): tables of that form, strings in double quotes,
 * integers, true and false, comments. It is read and written as a whole; anything else in
 * it is an error with its line number, and then nothing is read from the file and the
 * file is not overwritten.
 *
 * Limits: 4 MB, WAVEVIEW_ROWS rows per testbench, strings of LAYOUT_STRING bytes.
 */
#ifndef POSEDGE_WAVEVIEW_LAYOUT_H
#define POSEDGE_WAVEVIEW_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct waveview;

#define LAYOUT_BYTES  (4u << 20)
#define LAYOUT_STRING 4096

/* The key of a testbench. path: of its file, relative to the project; "": not known. */
void waveview_layout_key(const char *testbench, const char *path, struct str *out);

/* Replaces the rows of v by those of a key in a file's text; if it has none, by the first of
 * a testbench of that name in another folder. *any: there are some. Rows none of which is in
 * v's trace are not taken: another design's top has the same name. ERR_PARSE names the line,
 * ERR_LIMIT the limit; then v is unchanged. */
bool waveview_layout_read(struct waveview *v, const char *text, size_t len, const char *key,
			  bool *any, struct err *err);

/* The file's text with the key's rows replaced by those of v; tables of others stay. Fails as
 * waveview_layout_read(), and with ERR_LIMIT if the result would exceed LAYOUT_BYTES. */
bool waveview_layout_write(const struct waveview *v, const char *text, size_t len, const char *key,
			   struct str *out, struct err *err);

#endif
