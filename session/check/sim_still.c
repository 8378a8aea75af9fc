/* `reg clk; always #5 clk = ~clk;` without an initial value is x for ever: every
 * @(posedge clk) waits, and the run only ends at its time limit. So it is with a clock that
 * nothing drives, or that a loop elsewhere never lets tick. The waves show it.
 */
#include "config.h"

#include "session/check/sim_still.h"

#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/check/wave_source.h"
#include "session/trace/trace.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

/* "is x", or NULL if it changes. */
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
		return "never changes";
	default:
		return NULL;
	}
}

void sim_still(struct workbench *w, const struct project *p, struct sim_result *r)
{
	enum verdict v = r->report.result.verdict;
	struct trace_clock clock;
	struct trace *t = NULL;
	const char *is;

	if ((v != VERDICT_LIMIT && v != VERDICT_NONE) || !r->report.wave_path[0] ||
	    !w->ports->open_trace || !w->ports->open_trace(w->loop, r->report.wave_path, &t, NULL))
		return;
	clock = wave_source_clock_aside(w->loop, p, r->path, t);
	if (clock.signal < trace_signals(t) && (is = value_of(t, clock.signal))) {
		struct str name = STR_INIT;

		trace_full_name(t, clock.signal, &name);
		strv_addf(&r->notes, "the clock %s %s", str_cstr(&name), is);
		str_free(&name);
	}
	trace_close(t);
}
