/* ask_fix.h - the question that `fix` asks: findings, or a failing run. Pure.
 *
 * What is to be fixed stands in the question itself, so that no budget leaves
 * it out; what does not fit into a third of the budget is counted.
 */
#ifndef POSEDGE_ASK_FIX_H
#define POSEDGE_ASK_FIX_H

#include <stdbool.h>
#include <stddef.h>

struct diag_list;
struct str;

/* Findings with their lines and hints, without style unless style; at most
 * about max bytes, then "and N more". How many there are in all. */
size_t ask_findings(const struct diag_list *l, bool style, size_t max, struct str *out);

/* The largest part of a request with that budget that they may take, in bytes. */
size_t ask_findings_max(size_t budget_tokens);

void ask_fix_lint(const char *findings, struct str *question);

/* Both: a failure comes first, for a risk of the linter does not hide it. Each may be "". */
void ask_fix_question(const char *findings, const char *testbench, const char *where,
		      const char *run, struct str *question);

/* where: " (tb/t.sv)" or "". what: the verdict and the cycles before it. */
void ask_fix_run(const char *testbench, const char *where, const char *what, struct str *question);

#endif
