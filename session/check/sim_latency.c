/* Checks rules such as `R4: q 2 cycles after d` in spec.md against the waves of a
 * run, with one sentence per rule. These notes do not change the verdict. A
 * testbench that rarely drives the inputs never contradicts a rule, so "holds"
 * always includes the number of occurrences.
 */
#include "config.h"

#include "session/check/sim_latency.h"

#include <inttypes.h>
#include <math.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/journal/doc.h"
#include "session/journal/session.h"
#include "session/text/text.h"
#include "session/trace/latency.h"
#include "session/trace/trace.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

static void add_time(const struct trace *t, uint64_t time, struct str *out)
{
	int magnitude, exponent;

	if (trace_timescale(t, &magnitude, &exponent))
		str_addf(out, "%.12g ns", (double)time * magnitude * pow(10, exponent + 9));
	else
		str_addf(out, "%" PRIu64, time);
}

static void add_rule(const struct latency_rule *r, struct str *out)
{
	str_addf(out, "%s ", r->effect);
	latency_words(r, out);
	str_addf(out, " %s", r->cause);
}

static const char *times(uint64_t n)
{
	return n == 1 ? "time" : "times";
}

/* Formats "R4 holds: q 2 cycles after d, 25 times (spec.md:12)". */
static void add_result(const struct latency_rule *r, const struct trace *t,
		       const struct latency_result *got, struct str *out)
{
	str_adds(out, r->id[0] ? r->id : "spec");
	if (got->late) {
		str_adds(out, " is broken at ");
		add_time(t, got->time, out);
		str_adds(out, ": ");
		add_rule(r, out);
		str_addf(out, "; not after %" PRIu64 " of %" PRIu64, got->late, got->causes);
	} else if (got->held) {
		str_adds(out, " holds: ");
		add_rule(r, out);
		str_addf(out, ", %" PRIu64 " %s", got->held, times(got->held));
		if (r->min != r->max && got->least == got->most)
			str_addf(out, ", each after %u", got->least);
		else if (r->min != r->max)
			str_addf(out, ", after %u to %u", got->least, got->most);
	} else {
		str_adds(out, " was not seen: ");
		add_rule(r, out);
		str_addf(out, ", which %s", got->open ? "came too near to the end" : "never came");
	}
	if (got->unknown)
		str_addf(out, "; %s was x in %" PRIu64 " cycle%s", r->cause, got->unknown,
			 got->unknown == 1 ? "" : "s");
	str_addf(out, " (spec.md:%d)", r->line);
}

static void check_rules(struct latency_rules *rules, struct trace *t, struct strv *notes)
{
	for (size_t i = 0; i < rules->n; i++) {
		const struct latency_rule *r = &rules->v[i];
		struct latency_result got;
		struct str line = STR_INIT;
		struct err err;

		if (latency_check(r, t, &got, &err))
			add_result(r, t, &got, &line);
		else
			str_addf(&line, "%s cannot be checked: %s (spec.md:%d)",
				 r->id[0] ? r->id : "spec", err.text, r->line);
		strv_add(notes, str_cstr(&line));
		str_free(&line);
	}
}

#define SPEC_MAX (1u << 20)

/* Reads the text on the screen, else the file. If it is too long, a note says so. */
static bool read_spec(struct workbench *w, struct str *out, struct strv *notes)
{
	struct doc *d = session_doc(w->session, "spec.md");
	struct err err = { 0 };
	bool ok, long_text = d && d->text && text_len(d->text) > SPEC_MAX;

	if (d && d->text && !long_text)
		text_get_all(d->text, out);
	ok = d && d->text ? out->len > 0
			  : file_read_in(w->place.root, "spec.md", SPEC_MAX, out, &err);
	if (long_text || err.code == ERR_LIMIT)
		strv_addf(notes, "spec.md is longer than %u MB: its latencies are not checked",
			  SPEC_MAX >> 20);
	return ok;
}

void sim_latency(struct workbench *w, struct sim_result *r)
{
	struct latency_rules rules = { 0 };
	struct str text = STR_INIT;
	struct trace *t = NULL;
	struct err err;

	if (r->report.wave_path[0] && read_spec(w, &text, &r->notes))
		latency_read(&rules, str_cstr(&text), text.len);
	if (rules.n && !w->ports->open_trace(w->loop, r->report.wave_path, &t, &err))
		strv_addf(&r->notes, "the latencies of spec.md cannot be checked: %s", err.text);
	if (t)
		check_rules(&rules, t, &r->notes);
	if (t && rules.left)
		strv_addf(&r->notes,
			  "spec.md has %zu more latencies than the %u that are checked in a run",
			  rules.left, LATENCY_RULES_MAX);
	trace_close(t);
	latency_fini(&rules);
	str_free(&text);
}
