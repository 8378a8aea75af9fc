/* The set-up of a run, which its rows carry and a resumed run has to share. Options that
 * have their default are left out. Secrets and addresses are, too: the same model
 * elsewhere answers the same. */
#include "config.h"

#include <string.h>

#include "session/ask/ask_backend.h"
#include "session/base/str.h"
#include "session/bench/flow_bench.h"
#include "session/option/opt.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/workbench.h"

static void add_request(const struct bench_request *r, struct str *out)
{
	str_addf(out, "extract=%s", r->own_rules ? "posedge" : "official");
	if (r->references)
		str_adds(out, " references");
	if (r->seed)
		str_addf(out, " seed=%u", r->seed);
	if (r->temperature)
		str_addf(out, " temperature=%s", r->temperature);
	if (r->engine)
		str_addf(out, " engine=%s", r->engine);
	if (r->choice.tools)
		str_addf(out, " tools=%s", r->choice.tools);
	if (r->choice.flow)
		str_addf(out, " flow=%s", r->choice.flow);
	if (r->rounds > 1)
		str_addf(out, " rounds=%u", r->rounds);
	if (r->choice.examples)
		str_addf(out, " examples=%u", r->choice.examples);
}

/* Options that tell the server how to answer. */
static void add_backend(const struct workbench *w, const struct bench_request *r, struct str *out)
{
	static const char *const names[] = {
		"answer=",     "body.",	     "budget=", "context=",	"max_output=",
		"model_size=", "reasoning=", "role=",	"temperature=", "tools="
	};
	const char *name = ask_backend_name(w->options, r->backend, false);
	const struct backend_entry *e = backend_list_find(w->backends, name);

	for (char *const *o = e ? e->options : NULL; o && *o; o++) {
		bool counts = !r->temperature || !str_starts(*o, "temperature=");

		for (size_t i = 0; counts && i < sizeof(names) / sizeof(*names); i++)
			if (str_starts(*o, names[i]))
				str_addf(out, " backend.%s", *o);
	}
}

/* The user's own options, for suites that ask as `posedge ask` does. */
static void add_options(const struct options *o, struct str *out)
{
	static const char *const names[] = {
		"digest",	"engine",	    "fix.rounds",  "flow.rounds",   "flow.seconds",
		"flow.tokens",	"language",	    "mode",	   "prompt.budget", "prompt.folder",
		"sim.confirm",	"sim.seeds",	    "tools",	   "tools.policy",  "turn.rounds",
		"turn.seconds", "turn.simulations", "turn.tokens",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct opt *opt = opt_find(names[i]);
		const char *value = options_text(o, opt);

		if (strcmp(value, opt->initial) != 0)
			str_addf(out, " %s=%s", names[i], value);
	}
}

void bench_setup(const struct workbench *w, const struct bench_request *r, struct str *out)
{
	bool asks = !r->references && !r->answers && !r->suite->alone;

	add_request(r, out);
	if (asks)
		add_backend(w, r, out);
	if (asks && r->suite->flows)
		add_options(w->options, out);
}
