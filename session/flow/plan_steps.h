/* plan_steps.h - the state of the flow `plan`, and its steps that ask the model. For
 * plan_*.c only. */
#ifndef POSEDGE_PLAN_STEPS_H
#define POSEDGE_PLAN_STEPS_H

#include "session/flow/flow_kit.h"
#include "session/flow/plan.h"
#include "session/flow/spec.h"

struct planning {
	struct str text, spec_text; /* of plan.md and spec.md; "": no such file */
	struct plan plan;
	struct spec spec;
	bool there, clean; /* plan.md exists; it has no faults */
	/* For the summary. */
	struct strv left;    /* modules without code, and why */
	struct strv differs; /* where plan and code differ */
	struct str findings; /* lint's, and on whom they are blamed */
};

void planning_tell_faults(const struct plan *p, struct str *out);

/* The file of a module, or where it would be created. The caller frees it. */
char *planning_path(struct flow *f, const char *module);

bool planning_draft(struct flow *f, struct str *said, struct err *err);
bool planning_leaves(struct flow *f, struct str *said, struct err *err);

#endif
