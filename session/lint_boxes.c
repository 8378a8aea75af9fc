#include "config.h"

#include "session/lint_boxes.h"

#include "session/black_box.h"
#include "session/design.h"
#include "session/diag.h"
#include "session/workbench.h"

/* Which design of several that were read in one go lacks a module is told by its
 * instances. */
static bool add_boxes(struct workbench *w, struct lint_item *v, size_t n, struct black_boxes *boxes)
{
	const struct project *p = workbench_project(w, NULL);	/* there was a wait */
	bool again = false;

	size_t known = boxes->n;

	for (size_t i = 0; p && i < n; i++)
		black_boxes_missing(boxes, p, w->options, v[i].found);
	for (size_t i = 0; p && boxes->n > known && i < n; i++)
		again |= black_boxes_add(boxes, p, (struct design *)v[i].design);
	return again;
}

bool lint_run_boxed(struct workbench *w, const struct simulator_ops *ops, struct lint_item *v, size_t n,
		    struct black_boxes *boxes, struct err *err)
{
	const struct project *p = workbench_project(w, NULL);

	for (size_t i = 0; p && i < n; i++) {
		black_boxes_set(boxes, p, w->options, v[i].design);
		if (boxes->n)
			black_boxes_add(boxes, p, (struct design *)v[i].design);
	}
	if (!lint_run(w->loop, ops, p, v, n, err))
		return false;
	if (!add_boxes(w, v, n, boxes))
		return true;
	for (size_t i = 0; i < n; i++) {
		diag_list_free(v[i].found);
		v[i].found = NULL;
		v[i].why = (struct err){ 0 };
	}
	return lint_run(w->loop, ops, workbench_project(w, NULL), v, n, err);
}
