/* Whether a testbench changes every data input of its design, read from the waves of a run.
 * One that keeps a = b = 0 cannot test a comparator, however many mutants it notices.
 *
 * An input changes if one of its bits is 0 at one time and 1 at another; x and z do not
 * count. Clocks and resets are not data.
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/task.h"
#include "session/check/flow_sim.h"
#include "session/flow/flow_kit.h"
#include "session/flow/trust.h"
#include "session/project/overlay.h"
#include "session/project/project.h"
#include "session/trace/trace.h"
#include "session/verilog/verilog.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

struct inputs {
	struct strv names, full; /* "a", and "tb.dut.a" */
	struct trace *t;
	struct strv still; /* those with one value */
	struct strv lost;  /* those that the waves do not have */
	bool whole;	   /* all of the waves was read */
};

/* The data inputs of the first design that the testbench instantiates. */
static void list(struct flow *f, const char *testbench, const struct overlay *v, size_t n,
		 struct inputs *out)
{
	struct project *p = workbench_project(f->w, NULL);
	struct overlays_below *below = p ? overlay_push(p, v, n) : NULL;
	const struct vmodule *tb = p ? project_vmodule(p, testbench) : NULL;
	const struct vmodule *m =
		tb && tb->n_instances ? project_vmodule(p, tb->instances[0].module) : NULL;
	enum port_role *roles = m ? flow_roles(f, p, m) : NULL;

	for (size_t i = 0; m && i < m->n_ports; i++) {
		const struct vport *port = &m->ports[i];

		if (roles[i] != PORT_DATA)
			continue;
		strv_add(&out->names, port->name);
		strv_addf(&out->full, "%s.%s.%s", testbench, vname_plain(tb->instances[0].name),
			  vname_plain(port->name));
	}
	free(roles);
	overlay_pop(below);
}

/* Keeps the first value of each bit in seen. True if the point has another one. */
static bool differs(char *seen, const struct trace_point *p)
{
	for (size_t i = 0; i < p->len; i++) {
		if (p->value[i] != '0' && p->value[i] != '1')
			continue;
		if (seen[i] && seen[i] != p->value[i])
			return true;
		seen[i] = p->value[i];
	}
	return false;
}

static bool changes(struct trace *t, size_t signal)
{
	const struct trace_signal *s = trace_signal_at(t, signal);
	struct trace_point p;
	uint64_t time = trace_begin(t);
	bool more = trace_at(t, signal, time, &p) || trace_next(t, signal, time, &p), other = false;
	char *seen = calloc((size_t)s->width + 1, 1);

	for (bool first = true; seen && more && !other; first = false) {
		other = s->kind == TRACE_BITS && p.len <= (size_t)s->width ? differs(seen, &p)
									   : !first;
		time = p.time;
		more = trace_next(t, signal, time, &p);
	}
	free(seen);
	return other;
}

/* Runs on the thread pool. */
static void look(void *ctx)
{
	struct inputs *in = ctx;
	bool any = true, ok = true;
	struct err err;

	while (ok && any)
		ok = trace_more(in->t, TRACE_STEP, &any, &err);
	in->whole = ok && !trace_problem(in->t);
	for (size_t i = 0; i < in->full.n; i++) {
		size_t signal = trace_find(in->t, in->full.v[i]);

		if (signal == TRACE_NONE)
			strv_add(&in->lost, in->names.v[i]);
		else if (!changes(in->t, signal))
			strv_add(&in->still, in->names.v[i]);
	}
}

/* " a", "s a, b" */
static void add_names(const struct strv *names, struct str *out)
{
	for (size_t i = 0; i < names->n; i++)
		str_addf(out, "%s%s", i ? ", " : names->n > 1 ? "s " : " ", names->v[i]);
}

static void tell(const struct inputs *in, struct trust *out)
{
	struct str still = STR_INIT, lost = STR_INIT;

	add_names(&in->still, &still);
	add_names(&in->lost, &lost);
	if (in->still.n && in->whole)
		strv_addf(&out->why, "it never changes the input%s", str_cstr(&still));
	else if (in->still.n)
		strv_addf(&out->grey, "whether it changes the input%s: the waves are not whole",
			  str_cstr(&still));
	if (in->lost.n)
		strv_addf(&out->grey, "whether it changes the input%s: not in the waves",
			  str_cstr(&lost));
	str_free(&still);
	str_free(&lost);
}

bool trust_inputs(struct flow *f, const char *testbench, const struct sim_result *run,
		  const struct overlay *v, size_t n, struct trust *out, struct err *err)
{
	struct inputs in = { .whole = false };
	struct err why = { 0 };
	bool ok = true;

	list(f, testbench, v, n, &in);
	if (in.names.n && run->report.wave_path[0] && f->w->ports->open_trace &&
	    f->w->ports->open_trace(f->w->loop, run->report.wave_path, &in.t, &why))
		ok = task_work(f->w->loop, look, &in, NULL, err);
	else if (in.names.n)
		strv_addf(&out->grey, "whether each input changes: %s",
			  why.code ? why.text : "the run has no waves");
	if (ok && in.t)
		tell(&in, out);
	trace_close(in.t);
	strv_free(&in.names);
	strv_free(&in.full);
	strv_free(&in.still);
	strv_free(&in.lost);
	return ok;
}
