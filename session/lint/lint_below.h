/* lint_below.h - parts of a design on which a tool gave up. */
#ifndef POSEDGE_LINT_BELOW_H
#define POSEDGE_LINT_BELOW_H

struct lint_item;
struct lint_roots;
struct project;

/* Adds roots for files that nothing read because the tool does not support, or broke
 * on, something else in their design. items: the results of the roots that r has. */
void lint_below(const struct project *p, const struct lint_item *items, struct lint_roots *r);

#endif
