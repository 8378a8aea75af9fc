/* Three reasons that the result itself does not show.
 *
 * `reg clk; always #5 clk = ~clk;` without an initial value is x for ever: every
 * @(posedge clk) waits, and the run only ends at its time limit. So it is with a clock that
 * nothing drives, or that a loop elsewhere never lets tick. The waves show it, and so they do for
 * another signal that the testbench waits for. If the run ended before its checks, a $finish or
 * $stop came too early: often one in another block, or in the design.
 */
#include "config.h"

#include "session/check/sim_still.h"

#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/check/run_calls.h"
#include "session/check/run_waits.h"
#include "session/check/wave_source.h"
#include "session/trace/trace.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

static const char still[] = "never changes";

/* "is x", still, or NULL if it changes. */
static const char *value_of(struct trace *t, size_t signal)
{
	struct trace_point first, next;

	if (trace_signal_at(t, signal)->width != 1 || !trace_at(t, signal, trace_end(t), &first) ||
	    first.time > trace_begin(t) || trace_next(t, signal, first.time, &next) ||
	    first.len != 1)
		return NULL;
	switch (first.value[0]) {
	case 'x':
		return "is x for the whole run: give it an initial value";
	case 'z':
		return "is z for the whole run: nothing drives it";
	case '0':
	case '1':
		return still;
	default:
		return NULL;
	}
}

/* A clock that is x or z explains more than a wait for it. */
static void tell_waves(struct workbench *w, const struct project *p, const struct sim_job *j,
		       struct trace *t, struct sim_result *r)
{
	struct trace_clock clock = wave_source_clock_aside(w->loop, p, r->path, t);
	const char *is = clock.signal < trace_signals(t) ? value_of(t, clock.signal) : NULL;
	struct str name = STR_INIT;

	if ((!is || is == still) && run_waits(j, r->testbench, t, &r->notes))
		return;
	if (is) {
		trace_full_name(t, clock.signal, &name);
		strv_addf(&r->notes, "the clock %s %s", str_cstr(&name), is);
	}
	str_free(&name);
}

#define MAX_ENDS 3u

/* Names the places where the run may have ended too early. */
static void tell_ends(const struct sim_job *j, struct sim_result *r)
{
	struct run_calls calls;
	struct str places = STR_INIT;

	run_calls_read(j, &calls);
	for (size_t i = 0; i < calls.ends.n && i < MAX_ENDS; i++)
		str_addf(&places, "%s%s", i == 0 ? "" : " or ", calls.ends.v[i]);
	if (calls.ends.n > MAX_ENDS)
		str_adds(&places, " or elsewhere");
	if (places.len)
		strv_addf(&r->notes, "%s may come too early", str_cstr(&places));
	str_free(&places);
	run_calls_fini(&calls);
}

void sim_still(struct workbench *w, const struct project *p, const struct sim_job *j,
	       struct sim_result *r)
{
	const struct run_result *result = &r->report.result;
	bool missed = result->verdict == VERDICT_NONE && result->sites > 0 && result->checks == 0;
	struct trace *t = NULL;
	size_t before = r->notes.n;

	if (result->verdict != VERDICT_LIMIT && result->verdict != VERDICT_NONE)
		return;
	if (r->report.wave_path[0] && w->ports->open_trace &&
	    w->ports->open_trace(w->loop, r->report.wave_path, &t, NULL)) {
		tell_waves(w, p, j, t, r);
		trace_close(t);
	}
	if (missed && r->notes.n == before)
		tell_ends(j, r);
}
