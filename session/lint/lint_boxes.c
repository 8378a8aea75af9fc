/* Lint with black boxes for modules that have no source. A tool stops at the
 * first module it cannot find, or reports it once per instance. So each module it
 * reports as missing is declared as an empty one with the ports that its
 * instances use, and the same designs are linted again. That may reveal further
 * missing modules; there are at most ROUNDS_MAX rounds. Only designs that
 * changed, and those read in the same process as one of them, are run again.
 */
#include "config.h"

#include "session/lint/lint_boxes.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/lint/lint_known.h"
#include "session/project/black_box.h"
#include "session/project/design.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"

#define ROUNDS_MAX 8 /* each round may reveal further missing modules */

/* When several designs were read in one process, their instances tell which of
 * them lacks a module. */
static bool add_boxes(const struct project *p, struct lint_item *v, size_t n,
		      struct black_boxes *boxes)
{
	struct design **designs = mem_calloc(n + 1, sizeof(*designs));
	bool added;

	for (size_t i = 0; i < n; i++)
		designs[i] = (struct design *)v[i].design;
	added = black_boxes_add(boxes, p, designs, n);
	free(designs);
	return added;
}

static bool has_boxes(const struct design *d)
{
	return d->files.n && strcmp(d->files.v[d->files.n - 1], BLACK_BOX_FILE) == 0;
}

/* Lints again the designs that have boxes now, and those read in the same process as one
 * of them. grew: only those that lack more than before; NULL: all. */
static bool run_again(struct workbench *w, const struct simulator_ops *ops, const struct project *p,
		      struct lint_item *v, size_t n, const bool *grew, struct err *err)
{
	struct lint_item *again = mem_calloc(n + 1, sizeof(*again));
	size_t *from = mem_calloc(n + 1, sizeof(*from)), m = 0;
	bool *stale = mem_calloc(n + 1, sizeof(*stale)), ok;

	for (size_t i = 0; i < n; i++)
		stale[v[i].in] |= has_boxes(v[i].design) && (!grew || grew[i]);
	for (size_t i = 0; i < n; i++) {
		if (!stale[v[i].in])
			continue;
		from[m] = i;
		again[m++].design = v[i].design;
	}
	ok = lint_run(w->loop, ops, w->kept.linted, &w->kept.linter, p, again, m, err);
	for (size_t i = 0; i < m; i++) {
		struct lint_item *to = &v[from[i]];

		diag_list_free(to->found);
		*to = again[i];
		to->in = from[again[i].in];
	}
	free(stale);
	free(from);
	free(again);
	return ok;
}

/* Lints again if a parameter turned out to be a type. */
static bool types_again(struct workbench *w, const struct simulator_ops *ops,
			const struct project *p, struct lint_item *v, size_t n,
			struct black_boxes *boxes, struct err *err)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= black_boxes_types(boxes, v[i].found);
	if (!any || !add_boxes(p, v, n, boxes))
		return true;
	return run_again(w, ops, p, v, n, NULL, err);
}

/* Gives boxes for what the tool reported as missing, and lints again. *more: there was
 * something new. */
static bool one_round(struct workbench *w, const struct simulator_ops *ops, const struct project *p,
		      struct lint_item *v, size_t n, struct black_boxes *boxes, bool *more,
		      struct err *err)
{
	bool *grew = mem_calloc(n + 1, sizeof(*grew)), ok = true;

	*more = false;
	for (size_t i = 0; i < n; i++) {
		struct design *d = (struct design *)v[i].design;

		grew[i] = black_boxes_missing(boxes, p, w->options, d, v[v[i].in].found);
		*more |= grew[i];
	}
	*more = *more && add_boxes(p, v, n, boxes);
	if (*more)
		ok = run_again(w, ops, p, v, n, grew, err);
	free(grew);
	return ok;
}

bool lint_run_boxed(struct workbench *w, const struct simulator_ops *ops, const struct project *p,
		    struct lint_item *v, size_t n, struct black_boxes *boxes, struct err *err)
{
	bool more = true;

	for (size_t i = 0; i < n; i++)
		black_boxes_set(boxes, p, w->options, v[i].design);
	if (boxes->n)
		add_boxes(p, v, n, boxes);
	/* A command lints once and needs no cache; the screen lints after each
	 * pause in typing. */
	if (w->screen && !w->kept.linted)
		w->kept.linted = lint_known_new();
	if (!lint_run(w->loop, ops, w->kept.linted, &w->kept.linter, p, v, n, err))
		return false;
	/* Modules that the added ones lack are reported in the next round. */
	for (int round = 0; round < ROUNDS_MAX && more; round++)
		if (!one_round(w, ops, p, v, n, boxes, &more, err))
			return false;
	if (boxes->n && !types_again(w, ops, p, v, n, boxes, err))
		return false;
	for (size_t i = 0; boxes->n && i < n; i++)
		black_boxes_names(boxes, v[i].found);
	return true;
}
