/* lint_run.h - runs the tool on the designs of a project, two at a time.
 *
 * Designs that do not affect each other share a run: common files are read once,
 * and the tool is started once for many small designs. See lint_run.c for the
 * conditions. The order of the results depends only on the designs, not on which
 * run ends first.
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
struct simulator;
struct simulator_ops;
struct text_memo;

/* A source added to designs that have no module; findings in it are dropped. */
#define LINT_RUN_TOP "posedge_lint_top.v"

struct lint_item {
	const struct design *design; /* borrowed */
	bool errors_only; /* a part of a broken design: the rest of its findings is dropped */
	/* Results: */
	struct diag_list *found; /* owned by the caller; NULL: see item `in` */
	/* index of the item that holds the findings; its own or an earlier one */
	size_t in;
	/* language read; differs from the job's only if that failed and another one worked */
	enum lang lang;
	/* ERR_NONE, or why the tool failed; found then holds the findings up to there */
	struct err why;
};

/* Waits in the calling task. known: cache, see lint_known.h; NULL: none. *idle: a
 * simulator that is used and left open for the next lint, which need not start a
 * sandbox then; the caller closes it; idle NULL: none. p must not change meanwhile
 * (project_copy). False: cancelled; `why` of the unfinished items then says so. */
bool lint_run(struct loop *l, const struct simulator_ops *ops, struct text_memo *known,
	      struct simulator **idle, const struct project *p, struct lint_item *v, size_t n,
	      struct err *err);

#endif
