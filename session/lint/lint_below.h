/* lint_below.h - parts of a design on which a tool gave up. */
#ifndef POSEDGE_LINT_BELOW_H
#define POSEDGE_LINT_BELOW_H

struct lint_item;
struct lint_roots;
struct project;

/* Adds roots for files that nothing read because the tool does not support, or broke
 * on, something else in their design. items: the results of the roots that r has. */
void lint_below(const struct project *p, const struct lint_item *items, struct lint_roots *r);

/* The same for designs with a syntax error, in whose other files the tool looked up no name.
 * Only errors in these parts count: their widths may differ from those in the whole design. */
void lint_below_broken(const struct project *p, const struct lint_item *items,
		       struct lint_roots *r);

#endif
