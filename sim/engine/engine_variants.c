/* One build, run many times: a plusarg selects the variant in a design that
 * contains variants of itself. All share a sandbox (batch.h). Variants that were
 * running when something ended it are repeated, each in its own sandbox, which
 * shows whose fault it was; the rest continues together. If batches are not
 * possible, each variant runs by itself.
 *
 * A run is cut short at its first failed check (CHECKS_HURRY): most mutants are
 * detected early. That is its verdict only if the output so far agrees, since a
 * testbench may forgive a failure at its end; otherwise it is repeated in full. Where
 * what passes is looked for, a failed check is enough: the unmodified design has failed
 * by one, too.
 * Nothing is cut short if the first run ended with a summary that outranks single
 * failures. Waves and repetitions with other initial values add nothing here and are
 * omitted. */
#include "config.h"

#include <stdlib.h>

#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/testbench/checks.h"
#include "session/verdict/run.h"
#include "sim/engine/batch.h"
#include "sim/engine/counting.h"
#include "sim/engine/engine_inner.h"

/* Limits of a variant's output and files, since its folder is in memory: twice those
 * of the first run, but at least this. */
#define LEAST_BYTES  (16u << 20)
#define ALONE_LONGER 10 /* wall time limit relative to the processor time limit */

struct variants {
	struct work *w;
	struct counting *count;
	const char *rt;
	struct batch_list list;
	bool hurry;
	bool forgives; /* the unmodified design has failed checks but passes */
	bool halt, stopped;
	bool *again; /* by index: unclear when cut short */
};

static void give_result(struct variants *v, unsigned n, const struct run_result *r)
{
	if (!v->w->to->variant(v->w->to->ctx, n, r))
		v->halt = v->stopped = true;
}

static void on_one(void *ctx, unsigned n, const struct run_result *r, enum verdict said)
{
	struct variants *v = ctx;

	if (v->hurry && n == 0 && r->verdict != VERDICT_PASS && !v->w->job.mends)
		v->halt = v->forgives = true;
	else if (v->hurry && r->verdict == VERDICT_FAIL && said != VERDICT_FAIL && !v->w->job.mends)
		v->again[n] = true;
	else
		give_result(v, n, r);
}

/* Runs variant i in its own sandbox. False: cancelled. */
static bool alone(struct variants *v, size_t i, struct err *err)
{
	struct engine_job *j = &v->w->job;
	size_t last = j->plusargs.n;
	struct run_result r;
	bool ran, ok;

	strv_addf(&j->plusargs, "+posedge_variant=%u", v->list.v[i]);
	ok = run_again(v->w, v->count, v->rt, &ran, &r, err);
	strv_drop(&j->plusargs, last);
	v->list.fate[i] = BATCH_DONE;
	if (ok && ran) {
		give_result(v, v->list.v[i], &r);
		run_result_fini(&r);
	}
	return ok;
}

static bool all_alone(struct variants *v, enum batch_fate which, bool *any, struct err *err)
{
	uint64_t usual = v->w->job.limits.run_ms, short_ms = v->list.least_ms * ALONE_LONGER;
	bool ok = true;

	if (short_ms && short_ms < usual)
		v->w->job.limits.run_ms = short_ms;
	*any = false;
	for (size_t i = 0; ok && !v->stopped && i < v->list.n; i++)
		if (v->list.fate[i] == which) {
			*any = true;
			ok = alone(v, i, err);
		}
	v->w->job.limits.run_ms = usual;
	return ok;
}

static size_t n_done(const struct variants *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->list.n; i++)
		n += v->list.fate[i] == BATCH_DONE;
	return n;
}

static bool run_all(struct variants *v, struct err *err)
{
	bool ok = true, together = v->w->how->batch != NULL, any;

	while (ok && together && !v->stopped) {
		size_t done = n_done(v), last = v->w->job.plusargs.n;

		if (v->hurry)
			strv_add(&v->w->job.plusargs, "+" CHECKS_HURRY);
		ok = batch_run(v->w, v->count, v->rt, &v->list, on_one, v, &v->halt, err);
		if (v->hurry)
			strv_drop(&v->w->job.plusargs, last);
		if (!ok || v->halt || n_done(v) == v->list.n)
			break;
		log_line("sim", "a batch ended with %zu of %zu variants", n_done(v), v->list.n);
		ok = all_alone(v, BATCH_BEGUN, &any, err);
		together = any || n_done(v) > done;
	}
	return ok && (v->halt || all_alone(v, BATCH_WAITS, &any, err));
}

/* Runs those that were cut short without a clear verdict to their end. */
static bool run_rest(struct variants *v, struct err *err)
{
	size_t n = 0;

	v->hurry = v->halt = false;
	for (size_t i = 0; i < v->list.n; i++)
		if (v->again[i] || v->forgives) {
			v->list.fate[i] = BATCH_WAITS;
			n++;
		}
	return n == 0 || v->stopped || run_all(v, err);
}

bool try_variants(struct work *w, struct counting *count, const char *rt,
		  const struct run_report *out, struct err *err)
{
	struct variants v = { .w = w, .count = count, .rt = rt };
	bool ok;

	if (!w->to->variant || !w->job.variants ||
	    out->result.verdict != (w->job.mends ? VERDICT_FAIL : VERDICT_PASS))
		return true;
	w->job.trace = w->job.fst = false;
	v.hurry = count->laid && out->result.samples < 0;
	v.list.least_ms = w->job.variant_ms;
	v.list.print_bytes = LEAST_BYTES + 2 * out->output_len;
	v.list.file_bytes = v.list.print_bytes;
	for (size_t i = 0; i < out->n_written; i++)
		if (LEAST_BYTES + 2 * out->written[i].size > v.list.file_bytes)
			v.list.file_bytes = LEAST_BYTES + 2 * out->written[i].size;
	v.list.n = (size_t)w->job.variants + 1;
	v.list.v = mem_calloc(v.list.n, sizeof(*v.list.v));
	v.list.fate = mem_calloc(v.list.n, sizeof(*v.list.fate));
	v.again = mem_calloc(v.list.n, sizeof(*v.again));
	for (size_t i = 0; i < v.list.n; i++)
		v.list.v[i] = (unsigned)i;
	ok = run_all(&v, err) && run_rest(&v, err);
	free(v.list.v);
	free(v.list.fate);
	free(v.again);
	return ok;
}
