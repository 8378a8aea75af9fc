/* lint_run.h - the designs of a project given to the tool, two at a time.
 *
 * Several designs that do not disturb each other are read in one go: what they
 * share is read once, and a tool is started once for many small ones. See
 * lint_run.c for when that is so. What comes back is in an order that depends
 * on the designs alone, not on which was done first.
 *
 * Records nothing.
 */
#ifndef POSEDGE_LINT_RUN_H
#define POSEDGE_LINT_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/verilog/lang.h"

struct design;
struct diag_list;
struct loop;
struct project;
struct simulator_ops;
struct text_memo;

/* A source that a design without a module is given: nothing in it is a finding. */
#define LINT_RUN_TOP "posedge_lint_top.v"

struct lint_item {
	const struct design *design; /* borrowed */
	/* Filled in: */
	struct diag_list *found; /* owned by the caller; NULL: it is in that of the item `in` */
	size_t in;		 /* which item holds what was found; itself, or one before it */
	enum lang lang; /* that it was read in: the job's, unless only another one took it */
	struct err why; /* ERR_NONE, or why the tool could not say; found holds what came before */
};

/* In a task. known: see lint_known.h; NULL: all is asked. p is looked at before
 * the first wait only. False: cancelled; the
 * items that were not done then have that for a reason. */
bool lint_run(struct loop *l, const struct simulator_ops *ops, struct text_memo *known,
	      const struct project *p, struct lint_item *v, size_t n, struct err *err);

#endif
