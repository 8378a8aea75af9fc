/* lint_summary.h - the result of a lint as text that promises no more than was
 * checked.
 *
 *     lint ok (12 files; 2 not read: a.vhd is VHDL, big.v is too large)
 *     1 error, 2 risks (12 files)
 *
 * Unread files are given as in EVENT_LINT: for each file a line of its path, a tab,
 * and the reason; "" means none. Events recorded before files were counted have
 * read = 0: no count is printed then. If nothing was read, the result is never
 * "ok": such an event has the text of lint_summary_nothing() as its error.
 */
#ifndef POSEDGE_LINT_SUMMARY_H
#define POSEDGE_LINT_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

struct diag_list;
struct str;

#define LINT_SUMMARY_NAMES 5 /* number of files that are named; the rest is only counted */

void lint_summary(const struct diag_list *found, uint64_t read, const char *unread,
		  struct str *out);

/* "12 files; 9 not read: a.vhd VHDL, b.v duplicate of c.v, and 7 more: `posedge
 * files` lists them". names: how many files to name at most. A reason is shown up
 * to its first comma. */
void lint_summary_files(uint64_t read, const char *unread, size_t names, struct str *out);

/* "nothing was linted: there is no Verilog file here" or "...: 1 file not read: a.vhd is VHDL" */
void lint_summary_nothing(const char *unread, struct str *out);

size_t lint_summary_unread(const char *unread); /* number of files */

#endif
