/* critique.h - findings of a model about a file: read from its answer, and put at the lines
 * that they quote. Pure.
 *
 * Asked for in prompts/critique.md is
 *
 *	[P1] what is wrong
 *	> the line, copied
 *
 * and read is also what models make of that: list signs, bold, a fence or backquotes around
 * the line, "line 31". The answer is not trusted: what has another form is skipped,
 * and a number is never believed alone. A finding stands where its quoted line stands.
 */
#ifndef POSEDGE_CRITIQUE_H
#define POSEDGE_CRITIQUE_H

#include <stddef.h>

struct diag;
struct diag_list;
struct str;
struct strv;
struct text;

#define CRITIQUE_MAX	  50u  /* findings of one answer; others are not placed */
#define CRITIQUE_TEXT	  600u /* bytes of one's sentence */
#define CRITIQUE_QUOTE	  400u /* of the line that it quotes */
#define CRITIQUE_NEAR	  200u /* lines around its own in which a finding is looked for again */
#define CRITIQUE_UNPLACED 20u  /* sentences about findings that are not placed */

/* The findings of an answer about path, whose text that was: those whose line is there, in
 * the order of the answer. code: "P0" to "P3"; context: the quoted line. Of equal lines the
 * one is meant that is nearest to the number beside it, else the first. unplaced: a
 * sentence for each other one. The caller frees. */
const struct diag_list *critique_read(const char *answer, size_t len, const char *path,
				      const char *text, size_t text_len, struct strv *unplaced);

/* Where a finding stands by now, from 1; 0: its line is not there any more. */
int critique_line(const struct diag *d, const struct text *t);

/* "rtl/fifo.sv:31 P1 what is wrong"; line 0: "its line has changed". */
void critique_print(const struct diag *d, int line, struct str *out);

#endif
