/* waveview_layout.h - how waves are looked at, kept for the next time.
 *
 * ROOT/.posedge/waves.toml has a table for each testbench, by its name, and of each
 * the rows in their order:
 *
 *   [[counter_tb.row]]
 *   signal = "counter_tb.dut.q"      or   group = "dut"
 *   label = "count"                  all but the first are left out where they are
 *   radix = "signed"                 as at first
 *   fraction = 4
 *   analog = true
 *   depth = 1
 *   open = false
 *
 * It is a part of TOML 1.0 (toml.io): tables of that form, strings in double quotes,
 * whole numbers, true and false, comments. Written whole, read whole; what another
 * program wrote into it and is none of that is a sentence with its line, and then
 * nothing of the file is taken and nothing written over it.
 *
 * Limits: 4 MB, WAVEVIEW_ROWS rows of a testbench, strings of LAYOUT_STRING bytes.
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

/* The rows of a testbench out of a file's text, in place of those of v. *any: it has
 * some. ERR_PARSE names the line, ERR_LIMIT what is too much; then v is as it was. */
bool waveview_layout_read(struct waveview *v, const char *text, size_t len, const char *bench,
			  bool *any, struct err *err);

/* The file's text with the rows of v in place of those of the testbench; the tables of
 * others stay. Fails as above, for text that cannot be read, and with ERR_LIMIT when all
 * of it would be above LAYOUT_BYTES. */
bool waveview_layout_write(const struct waveview *v, const char *text, size_t len,
			   const char *bench, struct str *out, struct err *err);

#endif
