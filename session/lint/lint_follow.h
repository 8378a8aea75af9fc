/* lint_follow.h - errors that only follow from a file that is nowhere.
 *
 * A file whose include or package is missing lacks macros, types and what else
 * stood in there: tools then find a hundred errors in it that nobody made. Of
 * each name that is missing one error stays, with the number of files that use
 * it and what to do; the errors of these files that may follow are counted in
 * it and not listed. They come back when the file is there.
 */
#ifndef POSEDGE_LINT_FOLLOW_H
#define POSEDGE_LINT_FOLLOW_H

struct diag_list;
struct project;

/* Adds to out what of all is to be listed, in its order. */
void lint_follow(const struct project *p, const struct diag_list *all, struct diag_list *out);

#endif
