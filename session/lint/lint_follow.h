/* lint_follow.h - folds errors that only follow from a missing file.
 *
 * A file whose include or package is missing lacks its macros and types, and
 * tools report a hundred errors in it that nobody made. For each missing name one
 * error remains, with the number of files that need it and what to do; the errors
 * in those files that may follow from it are counted there and not listed. Once
 * the file exists they are reported again.
 */
#ifndef POSEDGE_LINT_FOLLOW_H
#define POSEDGE_LINT_FOLLOW_H

struct diag_list;
struct project;

/* Copies the findings to be listed from all to out, in the same order. */
void lint_follow(const struct project *p, const struct diag_list *all, struct diag_list *out);

#endif
