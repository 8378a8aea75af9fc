/* lint_boxes.h - lint_run() with black boxes (black_box.h) for modules that have
 * no source. */
#ifndef POSEDGE_LINT_BOXES_H
#define POSEDGE_LINT_BOXES_H

#include "session/lint/lint_run.h"

struct black_boxes;
struct project;
struct workbench;

/* Like lint_run(), and adds the missing sources to the designs. boxes tells which
 * findings they explain; the caller frees it with black_boxes_fini(). */
bool lint_run_boxed(struct workbench *w, const struct simulator_ops *ops, const struct project *p,
		    struct lint_item *v, size_t n, struct black_boxes *boxes, struct err *err);

#endif
