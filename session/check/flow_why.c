/* The chain needs two things from one run: its waves, and the design it was built
 * from. The waves are on disk; the design is elaborated again from the current
 * files, and a note lists files that changed since. Both are cached for the next
 * question.
 *
 * The query runs on the thread pool: it interprets statements, nested as deeply
 * as the source has them, and a task's stack is small.
 */
#include "config.h"

#include "session/check/flow_why.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/task.h"
#include "session/check/sim_after.h"
#include "session/check/source_line.h"
#include "session/check/why_time.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/project/design.h"
#include "session/tool/circuit.h"
#include "session/tool/simulator.h"
#include "session/trace/trace.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define CHANGED_NAMED 3u

struct why_memory {
	char *key; /* identifies the files and waves this was made from */
	struct circuit circuit;
	struct trace *trace;
	struct why *why;
	struct strv changed; /* files of the design that are newer than the waves */
};

static void memory_free(struct why_memory *m)
{
	why_free(m->why);
	trace_close(m->trace);
	circuit_fini(&m->circuit);
	strv_free(&m->changed);
	free(m->key);
	free(m);
}

/* Cache keys ---------------------------------------------------------------------------- */

static bool stamp(const char *path, struct stat *st, struct str *key)
{
	if (stat(path, st) < 0)
		return false;
	str_addf(key, "%s %lld %lld.%09ld\n", path, (long long)st->st_size,
		 (long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
	return true;
}

static bool newer(const struct stat *a, const struct stat *b)
{
	return a->st_mtim.tv_sec != b->st_mtim.tv_sec ? a->st_mtim.tv_sec > b->st_mtim.tv_sec
						      : a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* Makes a cache key from the waves and sources, and lists sources newer than the waves. */
static bool make_key(const char *root, const struct design *d, const char *wave, struct str *key,
		     struct strv *changed, struct err *err)
{
	struct stat waves, st;

	if (!stamp(wave, &waves, key))
		return err_set(err, ERR_NOT_FOUND, "%s is not there", wave);
	for (size_t i = 0; i < d->job.n; i++) {
		const struct source *s = &d->job.sources[i];
		char *path = path_join(root, s->path);

		if (stamp(path, &st, key) && newer(&st, &waves))
			strv_add(changed, s->path);
		if (s->text)
			str_addf(key, "%zu %.*s\n", s->len,
				 (int)(s->len < 1u << 20 ? s->len : 1u << 20), s->text);
		free(path);
	}
	str_addf(key, "top %s\n", d->top ? d->top : "");
	for (size_t i = 0; i < d->defines.n; i++)
		str_addf(key, "-D%s\n", d->defines.v[i]);
	for (size_t i = 0; i < d->parameters.n; i++)
		str_addf(key, "-G%s\n", d->parameters.v[i]);
	return true;
}

/* The first installed engine that can tell what drives what. */
static const struct simulator_ops *elaborator(const struct ports *ports, struct err *err)
{
	for (size_t i = 0; ports->simulators[i]; i++) {
		const struct simulator_ops *ops = ports->simulators[i];
		char *version = NULL;
		struct err why;
		bool there = ops->circuit && simulator_available(ops, &version, &why);

		free(version);
		if (there)
			return ops;
	}
	err_set(err, ERR_TOOL,
		"`why` needs Verilator to find what drives a signal, and it is not installed "
		"(package verilator)");
	return NULL;
}

struct binding {
	struct why_memory *m;
	struct err err;
	atomic_bool stop;
};

static void bind_both(void *ctx)
{
	struct binding *b = ctx;

	b->m->why = why_new(&b->m->circuit, b->m->trace, &b->stop, &b->err);
}

static bool fill(struct workbench *w, const struct design *d, const char *wave,
		 struct why_memory *m, struct err *err)
{
	const struct simulator_ops *ops = elaborator(w->ports, err);
	struct simulator *sim = ops ? simulator_open(ops, w->loop, err) : NULL;
	struct binding b = { .m = m };
	bool ok = sim && ops->circuit(sim, &d->job, &m->circuit, err);

	if (sim)
		ops->close(sim);
	ok = ok && w->ports->open_trace(w->loop, wave, &m->trace, err) &&
	     task_work(w->loop, bind_both, &b, &b.stop, err);
	if (m->why)
		why_stop_at(m->why, NULL);
	if (ok && !m->why)
		err_copy(err, &b.err);
	return ok && m->why;
}

static bool find_design(struct workbench *w, struct design *d, struct err *err)
{
	struct project *p = workbench_project(w, err);
	char *testbench = NULL, *path = NULL;
	char *name = remember_get(w->place.root, "testbench");
	bool ok = p && design_testbench(p, w->options, name && name[0] ? name : NULL, &testbench,
					&path, err);

	if (ok)
		design_init(d, p, w->options, path, testbench);
	free(name);
	free(testbench);
	free(path);
	return ok;
}

/* Takes the cached memory if it is still valid, else makes a new one. The caller
 * has it alone until keep_memory(); concurrent callers make their own. Queries
 * borrow its circuit, so it must not move. NULL on failure. */
static struct why_memory *take_memory(struct workbench *w, const char *wave, struct err *err)
{
	struct why_memory *kept = w->kept.why, *fresh = mem_zalloc(sizeof(*fresh));
	struct design d = { .top = NULL };
	struct str key = STR_INIT;
	bool ok = find_design(w, &d, err) &&
		  make_key(w->place.root, &d, wave, &key, &fresh->changed, err);

	if (ok && kept && strcmp(kept->key, str_cstr(&key)) == 0) {
		w->kept.why = NULL;
		memory_free(fresh);
		fresh = kept;
	} else if (ok && fill(w, &d, wave, fresh, err)) {
		fresh->key = str_take(&key);
	} else {
		memory_free(fresh);
		fresh = NULL;
	}
	design_fini(&d);
	str_free(&key);
	return fresh;
}

static void keep_memory(struct workbench_kept *k, struct why_memory *m)
{
	if (k->why)
		memory_free(k->why);
	k->why = m;
	k->free_why = memory_free;
}

/* Asking ------------------------------------------------------------------------------- */

struct asking {
	const char *root;
	struct why_memory *m;
	const struct why_question *q;
	bool has_time, has_failed;
	uint64_t time, failed;
	char *path; /* file of the failing line; "" */
	char *said; /* what the check printed; "" */
	uint32_t line;
	struct why_answer *out;
	struct err err;
	bool ok;
	atomic_bool stop;
};

static bool wants_x(const struct why_question *q)
{
	return q->signal && strcmp(q->signal, "x") == 0;
}

/* The first of them whose value has an x; false if none has. */
static bool find_x(struct asking *a, struct why_from *v, size_t n, struct why_from *out)
{
	for (size_t i = 0; i < n; i++) {
		struct str value = STR_INIT;
		bool x = why_value(a->m->why, &v[i].signal, v[i].time, &value) &&
			 strpbrk(str_cstr(&value), "xX");

		str_free(&value);
		if (x) {
			*out = v[i];
			out->x = true;
			return true;
		}
	}
	return false;
}

static size_t failing(struct asking *a, struct why_from **v)
{
	uint64_t time = a->has_time ? a->time : a->failed;
	const char *said = a->has_time ? "" : a->said;
	size_t n;

	*v = NULL;
	/* Only for a run that failed, as its line shows, not for other waves. */
	if (!a->has_time && !a->has_failed && a->said && a->said[0] && !wants_x(a->q) &&
	    (n = why_stopped(a->m->why, v)) > 0) {
		strv_add(&a->out->notes, "the last run had no failure whose time is known: these "
					 "outputs stopped last, seen from its end");
		return n;
	}
	if (!a->has_time && !a->has_failed) {
		free(*v);
		*v = NULL;
		err_set(&a->err, ERR_NOT_FOUND,
			"the last run had no failure whose time is known; `why SIGNAL @TIME` "
			"traces any signal at any time");
		return 0;
	}
	n = why_failing(a->m->why, a->path, a->line, time, said, v);
	if (!n)
		n = why_failing(a->m->why, NULL, 0, time, said, v);
	if (!n)
		err_set(&a->err, ERR_NOT_FOUND,
			"the signals that the failing check compared are not known: name one, `why "
			"SIGNAL`");
	return n;
}

static size_t starts(struct asking *a, struct why_from **v)
{
	uint64_t time = a->has_time ? a->time : a->has_failed ? a->failed : trace_end(a->m->trace);
	struct why_from x;
	size_t n;

	if (a->q->signal && a->q->signal[0] && !wants_x(a->q)) {
		*v = mem_calloc(1, sizeof(**v));
		(*v)->time = time;
		return why_find(a->m->why, a->q->signal, &(*v)->signal, &a->err);
	}
	n = failing(a, v);
	if (!wants_x(a->q))
		return n;
	for (int all = n == 0; all < 2; all++) {
		if (all) {
			free(*v);
			n = why_signals(a->m->why, time, v);
		}
		if (find_x(a, *v, n, &x)) {
			(*v)[0] = x;
			return 1;
		}
	}
	err_set(&a->err, ERR_NOT_FOUND, "no signal that is looked at has an x at that time");
	return 0;
}

static const char *text_of(void *ctx, const char *path, uint32_t line)
{
	return source_line(ctx, path, line);
}

static void ask(void *ctx)
{
	struct asking *a = ctx;
	struct source_line source = { .root = a->root };
	struct why_from *v = NULL;
	size_t n;

	if (a->q->when && a->q->when[0]) {
		if (!why_time(a->m->why, a->m->trace, a->q->when, &a->time, &a->err))
			return;
		a->has_time = true;
	}
	n = starts(a, &v);
	if (n && a->q->steps == 1)
		n = 1;
	if (n) {
		why_chain(a->m->why, v, n, a->q->steps ? a->q->steps : FLOW_WHY_STEPS,
			  &a->out->chain);
		why_constants(&a->m->circuit, &a->out->chain, text_of, &source);
		source_line_fini(&source);
		a->ok = true;
	}
	free(v);
}

static void note_changed(const struct why_memory *m, struct why_answer *out)
{
	struct str names = STR_INIT;

	if (!m->changed.n)
		return;
	for (size_t i = 0; i < m->changed.n && i < CHANGED_NAMED; i++)
		str_addf(&names, "%s%s", i ? ", " : "", m->changed.v[i]);
	if (m->changed.n > CHANGED_NAMED)
		str_addf(&names, " and %zu more", m->changed.n - CHANGED_NAMED);
	strv_addf(&out->notes,
		  "changed since the run: %s; lines and values may not belong together, `sim` "
		  "runs it again",
		  str_cstr(&names));
	str_free(&names);
}

/* When and where the last run failed, as stored by `sim`. */
static void remember_failure(const char *root, struct asking *a)
{
	char *marker = remember_get(root, "marker"), *failed = remember_get(root, "failed");
	const char *colon = failed ? strrchr(failed, ':') : NULL;

	a->said = remember_get(root, "said");
	if (!a->said)
		a->said = mem_strdup("");
	a->has_failed = marker && marker[0];
	a->failed = a->has_failed ? strtoull(marker, NULL, 10) : 0;
	a->path = colon ? mem_strndup(failed, (size_t)(colon - failed)) : mem_strdup("");
	a->line = colon ? (uint32_t)strtoul(colon + 1, NULL, 10) : 0;
	free(marker);
	free(failed);
}

bool flow_why(struct workbench *w, const struct why_question *q, struct why_answer *out,
	      struct err *err)
{
	char *last =
		q->wave ? mem_strdup(q->wave) : sim_after_waves(w, "`posedge sim` makes some", err);
	struct asking a = { .root = w->place.root, .q = q, .out = out };
	bool ok;

	*out = (struct why_answer){ .unit = { 1, "" } };
	a.m = last ? take_memory(w, last, err) : NULL;
	ok = a.m != NULL;
	if (ok) {
		if (!q->wave)
			remember_failure(w->place.root, &a);
		why_time_unit(a.m->trace, &out->unit);
		why_stop_at(a.m->why, &a.stop);
		ok = task_work(w->loop, ask, &a, &a.stop, err);
		why_stop_at(a.m->why, NULL);
		if (ok && !a.ok)
			err_copy(err, &a.err);
		ok = ok && a.ok;
		note_changed(a.m, out);
		if (trace_problem(a.m->trace))
			strv_add(&out->notes, trace_problem(a.m->trace));
		keep_memory(&w->kept, a.m);
	}
	free(a.path);
	free(a.said);
	free(last);
	return ok;
}

void why_answer_fini(struct why_answer *a)
{
	why_chain_fini(&a->chain);
	strv_free(&a->notes);
}
