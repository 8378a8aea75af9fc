/* flow_lint.h - what the tool says about files, or about the whole design: one task. */
#ifndef POSEDGE_FLOW_LINT_H
#define POSEDGE_FLOW_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/text_if.h"

struct design;
struct diag_list;
struct simulator;
struct workbench;

struct lint_result {
	struct diag_list *found;	/* each finding once; owned */
	struct strv notes;		/* sentences, each once */
};

/* paths: relative to the root; n 0: all the project's roots. Overlays of the
 * project are what is linted. Records the findings. */
bool flow_lint(struct workbench *w, const char *const *paths, size_t n, struct lint_result *out,
	       struct err *err);

/* What it would say of the modules of the first file if all n held these
 * texts: one task, nothing is recorded, and the project's overlays are as
 * before. *found is the caller's to free. */
bool flow_lint_if(struct workbench *w, const struct text_if *v, size_t n, struct diag_list **found, struct err *err);

/* One task: each of the designs that this would lint, in turn, until one fails. */
bool flow_designs_if(struct workbench *w, const struct text_if *v, size_t n,
		     bool (*each)(void *ctx, struct simulator *sim, const struct design *d, struct err *err), void *ctx,
		     struct err *err);

void lint_result_fini(struct lint_result *r);

/* Whether it counts: errors and risks do, style when lint.style is on. */
bool lint_counts(const struct workbench *w, const struct diag_list *found);

#endif
