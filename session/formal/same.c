#include "config.h"

#include "session/formal/same.h"

#include "session/base/err.h"
#include "session/formal/first_values.h"
#include "session/formal/flow_equiv.h"
#include "session/option/opt.h"
#include "session/workbench/workbench.h"

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
