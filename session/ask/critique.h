/* critique.h - reads a model's findings about a file from its answer, and places them
 * at the lines they quote. Pure.
 *
 * prompts/critique.md asks for
 *
 *	[P1] what is wrong
 *	> the line, copied
 *
 * and variants are accepted: list signs, bold, a fence or backquotes around the line,
 * "line 31". The answer is not trusted: other forms are skipped, and a line number
 * alone is never believed. A finding is placed at the line it quotes.
 */
#ifndef POSEDGE_CRITIQUE_H
#define POSEDGE_CRITIQUE_H

#include <stddef.h>

struct diag;
struct diag_list;
struct str;
struct strv;
struct text;

#define CRITIQUE_MAX	  50u  /* per answer; the rest is not placed */
#define CRITIQUE_TEXT	  600u /* bytes of a finding's sentence */
#define CRITIQUE_QUOTE	  400u /* bytes of the quoted line */
#define CRITIQUE_NEAR	  200u /* distance in lines within which a moved finding is searched */
#define CRITIQUE_UNPLACED 20u  /* sentences about findings that were not placed */

/* The findings of an answer about path with that text, in the order of the answer,
 * as far as their lines are found. code: "P0" to "P3"; context: the quoted line.
 * Among equal lines, the one nearest to the number given, else the first. unplaced:
 * a sentence for each other finding. The caller frees. */
const struct diag_list *critique_read(const char *answer, size_t len, const char *path,
				      const char *text, size_t text_len, struct strv *unplaced);

/* Current line of a finding, from 1; 0: its line is gone. */
int critique_line(const struct diag *d, const struct text *t);

/* "rtl/fifo.sv:31 P1 what is wrong"; line 0: "its line has changed". */
void critique_print(const struct diag *d, int line, struct str *out);

#endif
