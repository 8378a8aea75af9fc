/* Lints several designs in one run of the tool.
 *
 * A batch of designs is one job without a top; the tool then treats each module
 * that nothing instantiates as a top. The result equals that of one job per
 * design as long as the designs do not affect each other, which lint_group.h
 * ensures. What it cannot know, a type or a `default_nettype in compilation
 * scope, shows up as an error.
 *
 * An error ends the tool's work on the whole batch. Designs that contain the file
 * with the error are suspects: each is run again alone, unless the result would
 * surely be the same, and the others are run again together. A batch with an
 * error takes longer, but reports what one job per design would have reported. If
 * the tool crashes, times out or names no file, all designs are suspects. An
 * unsupported construct counts as an error here.
 */
#include "config.h"

#include "session/lint/lint_run.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/lint/lint_group.h"
#include "session/lint/lint_known.h"
#include "session/project/design.h"
#include "session/text/name_map.h"
#include "session/tool/simulator.h"
#include "session/output/diag.h"
#include "session/verilog/verilog.h"

#define AT_ONCE	   2u	 /* tools running in parallel */
#define ALL_ERRORS 1000u /* with this many, Verilator may have stopped before it read all files */
/* for a batch with several designs, so that a slow one is singled out soon */
#define BATCH_CPU_S 5u

static const char empty_top[] = "module posedge_lint_top;\nendmodule\n";

struct batch {
	struct pool *pool;
	size_t *items, n; /* ascending */
	struct diag_list *found;
	enum lang lang; /* the language read */
	struct err why;
	struct task *task;    /* NULL: not started, or done */
	bool begun, replaced; /* replaced: had an error and was split */
	bool settled;	      /* its designs would have the same errors when run alone */
};

struct pool {
	struct loop *loop;
	const struct simulator_ops *ops;
	struct text_memo *known; /* NULL: no cache */
	struct lint_hashes hashes;
	struct lint_item *v;
	struct batch **all;
	size_t n, cap, running;
	struct simulator *free[AT_ONCE]; /* open simulators for the next batch, or NULL */
	struct task *waits;
};

/* Batches ------------------------------------------------------------------------ */

static void put_into(struct batch *b, size_t item)
{
	b->items = mem_realloc(b->items, (b->n + 1) * sizeof(*b->items));
	b->items[b->n++] = item;
}

static struct batch *new_batch(struct pool *p)
{
	struct batch *b = mem_zalloc(sizeof(*b));

	b->pool = p;
	MEM_PUSH(p->all, p->n, p->cap, b);
	return b;
}

static void free_batch(struct batch *b)
{
	diag_list_free(b->found);
	free(b->items);
	free(b);
}

static bool make_batches(struct pool *p, const struct project *project, size_t n, struct err *err)
{
	const struct design **v = mem_calloc(n + 1, sizeof(*v));
	size_t *group = mem_calloc(n + 1, sizeof(*group)), groups;
	bool ok;

	for (size_t i = 0; i < n; i++)
		v[i] = p->v[i].design;
	ok = lint_group(project, v, n, group, &groups, err);
	for (size_t i = 0; ok && i < groups; i++)
		new_batch(p);
	for (size_t i = 0; i < n; i++) {
		p->v[i].in = i;
		p->v[i].lang = v[i]->job.lang;
		if (ok)
			put_into(p->all[group[i]], i);
		else
			err_set(&p->v[i].why, ERR_CANCELLED, "cancelled");
	}
	free(group);
	free(v);
	return ok;
}

/* The job of a batch with several designs: all sources and include folders, each once. */
struct joint {
	struct sim_job job;
	struct source *sources;
	struct strv folders;
};

static void joint_init(struct joint *x, const struct batch *b, bool add_top)
{
	struct name_map seen = NAME_MAP_INIT, folders = NAME_MAP_INIT;
	size_t n = 0;

	*x = (struct joint){ .job = b->pool->v[b->items[0]].design->job };
	for (size_t i = 0; i < b->n; i++)
		n += b->pool->v[b->items[i]].design->job.n;
	x->sources = mem_calloc(n + 1, sizeof(*x->sources));
	n = 0;
	for (size_t i = 0; i < b->n; i++) {
		const struct sim_job *j = &b->pool->v[b->items[i]].design->job;

		for (size_t k = 0; k < j->n; k++)
			if (name_map_put(&seen, j->sources[k].path, strlen(j->sources[k].path), 0))
				x->sources[n++] = j->sources[k];
		for (const char *const *f = j->include_dirs; f && *f; f++)
			if (name_map_put(&folders, *f, strlen(*f), 0))
				strv_add(&x->folders, *f);
	}
	if (add_top)
		x->sources[n++] = (struct source){ LINT_RUN_TOP, empty_top, sizeof(empty_top) - 1 };
	x->job.sources = x->sources;
	x->job.n = n;
	if (x->folders.n)
		x->job.include_dirs = (const char *const *)x->folders.v;
	if (b->n > 1) {
		x->job.top = NULL;
		x->job.roots = NULL;
		x->job.cpu_s = BATCH_CPU_S;
	}
	name_map_fini(&folders);
	name_map_fini(&seen);
}

static void joint_fini(struct joint *x)
{
	strv_free(&x->folders);
	free(x->sources);
}

/* Suspects ------------------------------------------------------------------------- */

static bool holds(const struct design *d, const char *path)
{
	return strv_has(&d->files, path);
}

static bool has_error(const struct batch *b)
{
	return b->why.code != ERR_NONE || diag_list_count(b->found, DIAG_ERROR) > 0;
}

static bool is_suspect(const struct batch *b, const struct design *d)
{
	bool named = false;

	for (size_t i = 0; i < diag_list_len(b->found); i++) {
		const struct diag *x = diag_list_at(b->found, i);

		if ((x->rank != DIAG_ERROR && strcmp(x->code, DIAG_UNSUPPORTED) != 0) ||
		    !x->path[0])
			continue;
		named = true;
		if (holds(d, x->path))
			return true;
	}
	return !named;
}

/* The line has a word that is reserved in SystemVerilog only and a plain name in Verilog. */
static bool has_sv_word(const struct diag *d)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	for (const char *p = d->context; *(p += strcspn(p, letters));) {
		size_t n = strspn(p, letters);

		if (vkeyword(p, n, LANG_SV2017) && !vkeyword(p, n, LANG_V2005))
			return true;
		p += n;
	}
	return false;
}

/* The tool finds these errors while it reads files, and it reads all of them
 * before it gives up, so no other design caused them. Grammar errors do not count
 * if the design alone would be retried in another language. */
static bool is_own_fault(const struct diag *d, bool grammar)
{
	static const char *const missing[] = { "Cannot find file containing module",
					       "Can't resolve module reference",
					       "Cannot find include file",
					       "This may be because there's no search path", NULL };

	for (const char *const *m = missing; *m; m++)
		if (str_starts(d->text, *m))
			return true;
	/* A type in compilation scope may clash with a plain name in another file. */
	return grammar &&
	       (str_starts(d->text, "Define or directive not defined") ||
		(str_starts(d->text, "syntax error") && !strstr(d->text, "TYPE-IDENTIFIER")));
}

/* True if the suspects would get the same errors when run alone. */
static bool is_settled(const struct batch *b)
{
	const struct sim_job *j = &b->pool->v[b->items[0]].design->job;
	size_t errors = diag_list_count(b->found, DIAG_ERROR);

	if (b->why.code != ERR_NONE || errors == 0 || errors >= ALL_ERRORS)
		return false;
	for (size_t i = 0; i < diag_list_len(b->found); i++) {
		const struct diag *d = diag_list_at(b->found, i);
		bool grammar = j->lang_fixed || (j->lang == LANG_SV2017 && !has_sv_word(d));

		if (strcmp(d->code, DIAG_UNSUPPORTED) == 0 ||
		    (d->rank == DIAG_ERROR && (!d->path[0] || !is_own_fault(d, grammar))))
			return false;
	}
	return true;
}

/* Splits a batch with an error: one batch for the designs that are not suspects,
 * one for each suspect unless its errors are settled. */
static void split(struct batch *b)
{
	struct pool *p = b->pool;
	struct batch *rest = NULL;
	size_t suspects = 0, kept = 0;
	bool settled = is_settled(b);

	for (size_t i = 0; i < b->n; i++)
		suspects += is_suspect(b, p->v[b->items[i]].design);
	for (size_t i = 0; i < b->n; i++) {
		if (suspects && !is_suspect(b, p->v[b->items[i]].design)) {
			rest = rest ? rest : new_batch(p);
			put_into(rest, b->items[i]);
		} else if (suspects && settled) {
			b->items[kept++] = b->items[i];
		} else {
			put_into(new_batch(p), b->items[i]);
		}
	}
	b->n = kept ? kept : b->n;
	b->settled = kept > 0;
	b->replaced = !b->settled;
}

/* Running ---------------------------------------------------------------------------- */

/* A package or interface alone has no top; that is an error to the tool and may crash it. */
static bool has_top(const struct batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->pool->v[b->items[i]].design->top)
			return true;
	return false;
}

/* TIMESCALEMOD only says that one design has time scales and another has none. */
static void drop_timescales(struct batch *b)
{
	struct diag_list *kept = diag_list_new(diag_list_len(b->found) + 1);

	for (size_t i = 0; i < diag_list_len(b->found); i++)
		if (strcmp(diag_list_at(b->found, i)->code, "TIMESCALEMOD") != 0)
			diag_list_keep(kept, b->found, i);
	diag_list_free(b->found);
	b->found = kept;
}

/* AT_ONCE simulators serve all batches, and each keeps its setup for the next batch. */
static struct simulator *take_simulator(struct pool *p, struct err *err)
{
	for (size_t i = 0; i < AT_ONCE; i++) {
		struct simulator *s = p->free[i];

		p->free[i] = NULL;
		if (s)
			return s;
	}
	return simulator_open(p->ops, p->loop, err);
}

static void give_simulator(struct pool *p, struct simulator *s)
{
	for (size_t i = 0; s && i < AT_ONCE; i++) {
		if (p->free[i])
			continue;
		p->free[i] = s;
		return;
	}
}

static void run_tool(struct batch *b, const struct sim_job *job)
{
	struct pool *p = b->pool;
	struct simulator *sim = take_simulator(p, &b->why);

	if (sim)
		p->ops->lint(sim, job, &b->found, &b->lang, &b->why);
	give_simulator(p, sim);
}

static bool is_skimmed(const struct diag_list *found)
{
	for (size_t i = found ? diag_list_len(found) : 0; i > 0; i--)
		if (strcmp(diag_list_at(found, i - 1)->code, DIAG_SKIMMED) == 0)
			return true;
	return false;
}

/* True if b has the result now. */
static bool look_up(struct batch *b, const struct sim_job *job, char key[HASH_HEX + 1])
{
	struct pool *p = b->pool;

	if (!lint_known_key(&p->hashes, p->ops->name, job, key))
		return false;
	b->found = (struct diag_list *)lint_known_get(p->known, key, &b->lang, &b->why);
	return b->found != NULL;
}

/* Asks the tool unless the result is cached. A design that was too large before the
 * last edit is assumed to be so still: finding out takes half a minute. */
static void run_tool_cached(struct batch *b, struct sim_job *job)
{
	struct pool *p = b->pool;
	char key[HASH_HEX + 1] = "";

	if (!p->known) {
		run_tool(b, job);
		return;
	}
	if (look_up(b, job, key))
		return;
	if (b->n == 1 && !job->skim && lint_known_is_large(p->known, p->ops->name, job)) {
		job->skim = true;
		if (look_up(b, job, key))
			return;
	}
	run_tool(b, job);
	if (key[0] && b->found && (b->why.code == ERR_NONE || b->why.code == ERR_LIMIT))
		lint_known_put(p->known, key, b->found, b->lang, &b->why);
	if (is_skimmed(b->found))
		lint_known_put_large(p->known, p->ops->name, job);
}

static bool holds_all(const struct design *d, const struct design *part)
{
	for (size_t i = 0; i < part->job.n; i++)
		if (!part->sources[i].included && !holds(d, part->sources[i].path))
			return false;
	return true;
}

/* True if one that was too large is within the design, which need not be tried then. */
static bool holds_a_large(const struct pool *p, const struct design *d)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct batch *b = p->all[i];

		if (b->n == 1 && b->begun && !b->task && is_skimmed(b->found) &&
		    holds_all(d, p->v[b->items[0]].design))
			return true;
	}
	return false;
}

static void lint_batch(void *ctx)
{
	struct batch *b = ctx;
	struct pool *p = b->pool;
	struct joint x;

	joint_init(&x, b, !has_top(b));
	b->lang = x.job.lang;
	x.job.skim = b->n == 1 && holds_a_large(p, p->v[b->items[0]].design);
	run_tool_cached(b, &x.job);
	if (!b->found)
		b->found = diag_list_new(1);
	if (b->n > 1)
		drop_timescales(b);
	joint_fini(&x);
	b->task = NULL;
	p->running--;
	task_wake(p->waits);
}

static void start_some(struct pool *p)
{
	for (size_t i = 0; i < p->n && p->running < AT_ONCE; i++) {
		struct batch *b = p->all[i];

		if (b->begun)
			continue;
		b->begun = true;
		p->running++;
		b->task = task_start(p->loop, lint_batch, b);
		task_name(b->task, "lint batch");
	}
}

static void cancel(struct pool *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->all[i]->task)
			task_cancel(p->all[i]->task);
	while (p->running)
		task_wait_uncancelled();
}

/* Runs all batches; splitting appends new ones, so the scan repeats until nothing runs. */
static bool run_all(struct pool *p, struct err *err)
{
	start_some(p);
	while (p->running) {
		if (!task_wait(err)) {
			cancel(p);
			return false;
		}
		for (size_t i = 0; i < p->n; i++) {
			struct batch *b = p->all[i];

			if (b->begun && !b->task && !b->replaced && !b->settled && b->n > 1 &&
			    has_error(b))
				split(b);
		}
		start_some(p);
	}
	return true;
}

static void take_idle(struct pool *p, struct simulator **idle)
{
	struct simulator *s = idle ? *idle : NULL;

	if (!s)
		return;
	*idle = NULL;
	if (s->ops == p->ops)
		p->free[0] = s;
	else
		s->ops->close(s);
}

/* Another lint may have left one meanwhile. A row of a plugin may go. */
static void leave_idle(struct pool *p, struct simulator **idle)
{
	for (size_t i = 0; i < AT_ONCE; i++) {
		struct simulator *s = p->free[i];

		if (s && idle && !*idle && !p->ops->row_open)
			*idle = s;
		else
			p->ops->close(s);
	}
}

bool lint_run(struct loop *l, const struct simulator_ops *ops, struct text_memo *known,
	      struct simulator **idle, const struct project *p, struct lint_item *v, size_t n,
	      struct err *err)
{
	struct pool pool = { .loop = l, .ops = ops, .known = known, .v = v, .waits = task_self() };
	bool ok;

	take_idle(&pool, idle);
	ok = make_batches(&pool, p, n, err) && run_all(&pool, err);
	leave_idle(&pool, idle);
	for (size_t i = 0; i < pool.n; i++) {
		struct batch *b = pool.all[i];
		/* A batch that still had to be split is not done. */
		bool done = !b->replaced && b->begun && b->why.code != ERR_CANCELLED &&
			    (ok || b->n == 1 || b->settled || !has_error(b));

		for (size_t k = 0; done && k < b->n; k++) {
			v[b->items[k]].in = b->items[0];
			v[b->items[k]].lang = b->lang;
		}
		if (done) {
			v[b->items[0]].found = b->found;
			v[b->items[0]].why = b->why;
			b->found = NULL;
		}
		for (size_t k = 0; !done && !b->replaced && k < b->n; k++)
			err_set(&v[b->items[k]].why, ERR_CANCELLED, "cancelled");
		free_batch(b);
	}
	free(pool.all);
	lint_hashes_fini(&pool.hashes);
	return ok;
}
