/* ask_fix.h - the question of `fix`: findings, or a failing run. Pure.
 *
 * The failure is in the question itself, so that no budget drops it; findings that do
 * not fit into a third of the budget are only counted.
 */
#ifndef POSEDGE_ASK_FIX_H
#define POSEDGE_ASK_FIX_H

#include <stdbool.h>
#include <stddef.h>

struct diag_list;
struct str;

/* Appends findings with their lines and hints, about max bytes, then "and N more";
 * style findings only if style. Returns the total number. */
size_t ask_findings(const struct diag_list *l, bool style, size_t max, struct str *out);

/* Largest part of a request with that budget for findings, in bytes. */
size_t ask_findings_max(size_t budget_tokens);

void ask_fix_lint(const char *findings, struct str *question);

/* Both: the failure comes first, so that a lint risk does not hide it. Each may be
 * "". */
void ask_fix_question(const char *findings, const char *testbench, const char *where,
		      const char *run, struct str *question);

/* where: " (tb/t.sv)" or "". what: the verdict, and the cycles before it. */
void ask_fix_run(const char *testbench, const char *where, const char *what, struct str *question);

#endif
