/* Several tasks take samples from one list. The loop is a single thread, so shared
 * data needs no lock. Each task works in its own folder. */
#include "config.h"

#include "session/bench/flow_bench.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/bench/bench_inner.h"
#include "session/check/guard.h"
#include "session/tool/simulator.h"
#include "session/workbench/ports.h"
#include "session/workbench/report.h"
#include "session/workbench/workbench.h"

/* Choosing samples ------------------------------------------------------------------- */

static bool wants(const struct bench_run *k, size_t problem)
{
	return !k->r->only || fnmatch(k->r->only, k->problems.v[problem].name, 0) == 0;
}

static void add_item(struct bench_run *k, size_t problem, unsigned sample,
		     const struct bench_answer *a)
{
	k->items = mem_realloc(k->items, (k->n + 1) * sizeof(*k->items));
	k->items[k->n++] = (struct bench_item){ problem, sample, a };
}

static bool list_items(struct bench_run *k, struct err *err)
{
	unsigned samples = k->r->references || !k->r->samples ? 1 : k->r->samples;

	if (k->r->answers && !bench_answers_find(k->r->answers, &k->problems, &k->answers, err))
		return false;
	for (size_t i = 0; i < k->answers.n; i++)
		if (wants(k, k->answers.v[i].problem))
			add_item(k, k->answers.v[i].problem, k->answers.v[i].sample,
				 &k->answers.v[i]);
	for (size_t i = 0; !k->r->answers && i < k->problems.n; i++)
		for (unsigned s = 1; wants(k, i) && s <= samples; s++)
			add_item(k, i, s, NULL);
	k->total->others = k->answers.others;
	return k->n > 0 || err_set(err, ERR_NOT_FOUND, "no problem is called %.60s",
				   k->r->only ? k->r->only : "so");
}

/* All machines have the same list; each takes every shards-th sample. */
static void keep_shard(struct bench_run *k)
{
	size_t n = 0;

	for (size_t i = 0; i < k->n; i++)
		if (!k->r->shards || i % k->r->shards == k->r->shard - 1)
			k->items[n++] = k->items[i];
	k->total->wanted = k->n = n;
}

static bool is_of_run(const struct bench_run *k, const struct bench_row *r)
{
	const char *backend = k->backend ? bench_backend_name(k->backend) : "";
	const char *task = k->r->choice.task ? k->r->choice.task : "";

	return strcmp(r->suite, k->r->suite->name) == 0 && strcmp(r->task, task) == 0 &&
	       strcmp(r->backend, backend) == 0 &&
	       strcmp(r->setup, k->r->setup ? k->r->setup : "") == 0;
}

/* Removes samples that are in the file already. A row that could not be judged is
 * tried again. */
static bool leave_out_done(struct bench_run *k, struct err *err)
{
	struct bench_rows rows = { 0 };
	uint64_t whole = 0;
	size_t n = 0;
	bool ok = true;

	if (!k->r->out || !file_exists(k->r->out))
		return true;
	if (!k->r->resume)
		return err_set(
			err, ERR_CONFLICT,
			"%.200s already exists: --resume continues it, another --out starts anew",
			k->r->out);
	ok = bench_rows_read(&rows, k->r->out, &whole, err);
	for (size_t i = 0; ok && i < k->n; i++) {
		const struct bench_row *r = bench_rows_find(
			&rows, k->problems.v[k->items[i].problem].name, k->items[i].sample);

		if (!r || r->class_ == '?') {
			k->items[n++] = k->items[i];
			continue;
		}
		if (!is_of_run(k, r))
			ok = err_set(err, ERR_CONFLICT,
				     "%.200s is of another run (%.60s, %.60s, %.100s): rows of two "
				     "set-ups go into two files",
				     k->r->out, r->suite, *r->backend ? r->backend : "no backend",
				     r->setup);
	}
	if (ok && truncate(k->r->out, (off_t)whole) != 0)
		ok = err_set(err, ERR_IO, "%.200s: %s", k->r->out, strerror(errno));
	bench_rows_fini(&rows);
	k->total->before = k->n - n;
	k->n = n;
	return ok;
}

/* Running ---------------------------------------------------------------------------- */

static bool over(const struct bench_run *k)
{
	return k->r->ms && loop_now_ms(k->w->loop) - k->began >= k->r->ms;
}

static void work(void *ctx)
{
	struct bench_worker *wk = ctx;
	struct bench_run *k = wk->run;
	struct err err = { 0 };

	while (!k->failed && k->next < k->n && !over(k))
		if (!bench_sample(wk, &k->items[k->next++], &err)) {
			k->why = k->failed ? k->why : err;
			k->failed = true;
		}
	wk->task = NULL;
	k->running--;
	task_queue_wake(&k->ended);
}

static void stop(struct bench_run *k)
{
	for (size_t i = 0; i < k->n_workers; i++)
		if (k->workers[i].task)
			task_cancel(k->workers[i].task);
}

static bool work_all(struct bench_run *k, struct err *err)
{
	size_t jobs = k->r->jobs ? k->r->jobs : 1;
	bool cancelled = false;

	k->workers = mem_calloc(jobs, sizeof(*k->workers));
	k->n_workers = jobs;
	for (size_t i = 0; i < jobs; i++) {
		struct bench_worker *wk = &k->workers[i];

		wk->run = k;
		wk->dir = str_fmt("%s/%zu", k->scratch, i);
		k->running++;
		wk->task = task_start(k->w->loop, work, wk);
	}
	while (k->running) {
		task_queue_wait(&k->ended);
		if (!cancelled && (task_cancelled(task_self()) || k->failed)) {
			cancelled = true;
			stop(k);
		}
	}
	k->total->out_of_time = !k->failed && k->next < k->n;
	return !k->failed || (*err = k->why, false);
}

static bool open_simulator(struct bench_run *k, struct err *err)
{
	const struct simulator_ops *ops =
		ports_simulator(k->w->ports, k->r->engine ? k->r->engine : "icarus", err);
	char *where = NULL, *says;

	if (!ops || !guard_passes(k->w, ops, err) || !ops->available(&where, err))
		return false;
	free(where);
	k->sim = ops->open(k->w->loop, err);
	if (!k->sim)
		return false;
	if (ops->ready && !ops->ready(false, false))
		report_note(&k->w->out, "%s compiles its library first, once", ops->name);
	says = simulator_says(k->sim);
	k->tools = str_fmt("posedge " PACKAGE_VERSION ", %s", says);
	free(says);
	return true;
}

static bool open_tools(struct bench_run *k, struct err *err)
{
	if (k->r->suite->judge || k->r->suite->alone)
		k->tools = mem_strdup("posedge " PACKAGE_VERSION);
	else if (!open_simulator(k, err))
		return false;
	if (!k->r->answers && !k->r->references && !k->r->suite->alone &&
	    !(k->backend = bench_backend_open(k->w, k->r->backend, k->r->temperature, err)))
		return false;
	k->pace.every_ms = k->r->rate ? 60000 / k->r->rate : 0;
	return bench_scratch_open(k, err);
}

static void fini(struct bench_run *k)
{
	if (k->sim)
		k->sim->ops->close(k->sim);
	bench_backend_close(k->backend);
	free(k->kept);
	free(k->waves);
	bench_scratch_close(k);
	if (k->fd >= 0)
		close(k->fd);
	for (size_t i = 0; i < k->n_workers; i++)
		free(k->workers[i].dir);
	free(k->workers);
	free(k->tools);
	free(k->items);
	bench_answers_fini(&k->answers);
	suite_problems_fini(&k->problems);
}

/* Checked here, because a suite would report an unreadable folder as one without problems. */
static bool has_data(const char *path, struct err *err)
{
	return access(path, R_OK) == 0 || err_set(err, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO,
						  "open %.200s: %s", path, strerror(errno));
}

bool flow_bench(struct workbench *w, const struct bench_request *r, struct bench_total *out,
		struct err *err)
{
	struct bench_run k = { .w = w, .r = r, .total = out, .fd = -1, .scratch_lock = -1 };
	bool ok;

	*out = (struct bench_total){ 0 };
	k.began = loop_now_ms(w->loop);
	ok = has_data(r->choice.dir, err) && r->suite->load(&r->choice, &k.problems, err) &&
	     list_items(&k, err);
	if (ok && k.problems.cut)
		report_note(&w->out, "%.200s has more than %s reads: only %zu problems are judged",
			    r->choice.dir, r->suite->name, k.problems.n);
	if (ok) {
		keep_shard(&k);
		ok = open_tools(&k, err) && leave_out_done(&k, err) && bench_rows_open(&k, err) &&
		     work_all(&k, err);
	}
	fini(&k);
	return ok;
}
