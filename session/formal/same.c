/* A positive answer must hold for the whole project, so a proof alone is not
 * enough. The prover considers one value of each parameter, so instances are
 * checked as well; and it considers one order of processes, so whole designs must
 * also be free of races.
 */
#include "config.h"

#include "session/formal/same.h"

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/check/race.h"
#include "session/formal/first_values.h"
#include "session/formal/flow_equiv.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/tool/prover.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

/* Limits for comparing whole designs, which may happen many times in a row. */
#define SHORT_DEPTH  10u
#define SHORT_MEMORY (2ull << 30)

static bool uses_first_values(struct workbench *w, const char *module)
{
	const struct project *p = workbench_project(w, NULL);

	return p && !w->options->parameters.n && first_values(p, module);
}

bool formal_same(struct workbench *w, const char *path, const char *before, size_t before_len,
		 const char *after, size_t after_len, uint64_t ms)
{
	struct equiv_sides sides;
	struct equiv_request r = { .sides = &sides, .depth = FORMAL_DEPTH_DEFAULT, .ms = ms };
	struct equiv_results all;
	struct err err;
	bool same;

	equiv_sides_texts(path, before, before_len, after, after_len, &sides);
	same = flow_equiv(w, &r, &all, &err);
	if (same) {
		for (size_t i = 0; i < all.n; i++)
			same &= all.v[i].report.answer == PROVER_PROVED &&
				uses_first_values(w, all.v[i].module);
		equiv_results_fini(&all);
	}
	equiv_sides_fini(&sides);
	return same;
}

bool formal_same_designs(struct workbench *w, const struct design *before,
			 const struct design *after, uint64_t ms, struct err *why)
{
	struct prover_equal job = {
		.before = &before->job,
		.after = &after->job,
		.limits = { .depth = SHORT_DEPTH, .ms = ms, .memory = SHORT_MEMORY }
	};
	struct prover_report r;
	struct str race = STR_INIT;
	bool same = w->ports->prover && w->ports->prover->equal(w->loop, &job, &r, why);

	if (same) {
		same = r.answer == PROVER_PROVED || (r.answer == PROVER_KNOWN && !r.steps);
		if (r.answer == PROVER_UNDECIDED && r.why)
			err_set(why, ERR_TOOL, "%s", r.why);
		prover_report_fini(&r);
	}
	same = same && !race_in_job(&before->job, &race) && !race_in_job(&after->job, &race);
	str_free(&race);
	return same;
}
