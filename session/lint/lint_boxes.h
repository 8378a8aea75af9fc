/* lint_boxes.h - lint_run(), and once more when modules have no source: with
 * black boxes in their places (black_box.h). */
#ifndef POSEDGE_LINT_BOXES_H
#define POSEDGE_LINT_BOXES_H

#include "session/lint/lint_run.h"

struct black_boxes;
struct workbench;

/* As lint_run(). The designs get the sources they lack; boxes, which the caller ends,
 * knows which findings they explain. */
bool lint_run_boxed(struct workbench *w, const struct simulator_ops *ops, struct lint_item *v,
		    size_t n, struct black_boxes *boxes, struct err *err);

#endif
