/* pragmas.h - lint codes of a newer Verilator than the installed one.
 *
 * A source may have "verilator lint_off GENUNNAMED" with any code of its author's
 * Verilator. For 5.006 an unknown code is an error, and nothing else in the file is
 * linted or built, unless -Wfuture-CODE came before; for known codes that option has no
 * effect. It uses WIDTH for the later WIDTHTRUNC and WIDTHEXPAND (Verilator's Changes,
 * 5.008).
 */
#ifndef POSEDGE_PRAGMAS_H
#define POSEDGE_PRAGMAS_H

#include <stddef.h>

struct diag_list;
struct strv;

#define PRAGMAS_MAX 100 /* codes read at most */

/* Adds new codes from lint_off and lint_on in the text. */
void pragmas_read(const char *text, size_t len, struct strv *codes);

/* Replaces *found by a list without the WIDTH findings that a source below the
 * folder waives by one of the later names; frees the old list. Leaves it if codes
 * has none of these. */
void pragmas_waive(const char *folder, const struct strv *codes, struct diag_list **found);

#endif
