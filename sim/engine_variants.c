/* One build, run many times: a design that holds variants of itself is told by a
 * plusarg which one it is. Waves and repetitions with other initial values say
 * nothing here and are left out. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verdict/run.h"
#include "sim/engine_inner.h"

bool try_variants(struct work *w, struct counting *count, const char *rt,
		  const struct run_report *out, struct err *err)
{
	bool ok = true, go_on = true;
	size_t last = w->job.plusargs.n;

	if (!w->to->variant || out->result.verdict != VERDICT_PASS)
		return true;
	w->job.trace = false;
	if (w->job.variant_ms && w->job.limits.run_ms > w->job.variant_ms)
		w->job.limits.run_ms = w->job.variant_ms;
	for (unsigned n = 1; ok && go_on && n <= w->job.variants; n++) {
		struct run_result r;
		bool ran;

		strv_addf(&w->job.plusargs, "+posedge_variant=%u", n);
		ok = run_again(w, count, rt, &ran, &r, err);
		strv_drop(&w->job.plusargs, last);
		if (!ok || !ran)
			continue;
		go_on = w->to->variant(w->to->ctx, n, &r);
		run_result_fini(&r);
	}
	return ok;
}
