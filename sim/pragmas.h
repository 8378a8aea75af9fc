/* pragmas.h - lint codes of a newer Verilator than this one.
 *
 * A source may say "verilator lint_off GENUNNAMED" with any code that its author's
 * Verilator has. To 5.006 a code that it does not know is an error, so that nothing
 * else of the file is linted or built, unless -Wfuture-CODE came before; said of
 * codes that it does know, that does nothing. What later is WIDTHTRUNC and WIDTHEXPAND
 * (Verilator's Changes, 5.008) it calls WIDTH.
 */
#ifndef POSEDGE_PRAGMAS_H
#define POSEDGE_PRAGMAS_H

#include <stddef.h>

struct diag_list;
struct strv;

#define PRAGMAS_MAX 100 /* codes that are read */

/* Adds the codes of its lint_off and lint_on that are not yet there. */
void pragmas_read(const char *text, size_t len, struct strv *codes);

/* A list without the findings WIDTH that a source below the folder waives by one of the
 * later names, in place of *found, which is freed; left as it is when no code is one. */
void pragmas_waive(const char *folder, const struct strv *codes, struct diag_list **found);

#endif
