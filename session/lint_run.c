/* Several designs in one go.
 *
 * A batch of designs is one job without a top: the tool then takes each module
 * that nothing instantiates for one. That says the same as one job for each as
 * long as the designs do not see each other. They could in these ways:
 *
 *   a module or package of one name in two files	never in one batch
 *   a file with modules that is included			that design is by itself
 *   a macro that a file defines is known to all	only if all hold that file
 *     that are read after it
 *   a type, or a `default_nettype, of the whole	an error in a file of one
 *     compilation					makes it a suspect
 *
 * An error ends the tool's work for the whole batch. The designs that hold the
 * file it is in are suspects: each is done again by itself, unless that would
 * surely say the same, and the others once more together. So a batch with an
 * error takes longer, but says what one job for each would have said. Where the tool crashes, takes too long or names no
 * file, all are suspects. What it does not support counts as an error here.
 */
#include "config.h"

#include "session/lint_run.h"

#include <stdlib.h>
#include <string.h>

#include "session/await.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/design.h"
#include "session/diag.h"
#include "session/name_map.h"
#include "session/project.h"
#include "session/simulator.h"

#define AT_ONCE 2u		/* tools that run at the same time */
#define ALL_ERRORS 50u		/* with so many Verilator may have given up before it read all */
#define BATCH_DESIGNS 24u	/* more would leave the second tool idle */

/* The tool's time grows faster than a design does, and starting it costs as
 * much as reading some 40 KB: small designs go together, larger ones only with
 * those that hold mostly the same. */
#define BATCH_SMALL (48u << 10)
#define BATCH_LARGE (512u << 10)
#define BATCHES_TRIED 32u	/* the last ones; so that many designs take no square of time */

static const char empty_top[] = "module posedge_lint_top;\nendmodule\n";

struct batch {
	struct pool *pool;
	size_t *items, n;		/* in their order */
	const struct source **sources;	/* of all of them, each path once; borrowed from the designs */
	size_t n_sources, cap_sources;
	struct name_map paths;		/* of the sources */
	struct name_map units;		/* defined in them */
	size_t n_defining;		/* sources that define macros */
	size_t bytes;			/* of all */
	bool alone;			/* nothing else comes in */
	struct diag_list *found;
	struct err why;
	struct task *task;		/* NULL: not begun, or done */
	bool begun, replaced;		/* replaced: by others, for it had an error */
	bool settled;			/* with errors that its designs have by themselves, too */
};

struct pool {
	struct loop *loop;
	const struct simulator_ops *ops;
	const struct project *project;	/* NULL once the first tool runs */
	struct lint_item *v;
	struct batch **all;
	size_t n, cap, running;
	struct task *waits;
	struct name_map texts;		/* path to 2 * its bytes, + 1 when it defines macros */
};

/* Which go together -------------------------------------------------------------- */

/* Whether a source defines macros, by its text: a `define in a comment counts,
 * too, and does no harm. */
static bool look_at(struct pool *p, const struct source *s, size_t *bytes)
{
	size_t known;

	if (!name_map_get(&p->texts, s->path, strlen(s->path), &known)) {
		char *full = path_join(project_root(p->project), s->path);
		struct str disk = STR_INIT;
		const char *text = s->text;
		size_t len = s->len;

		if (!text && file_read(full, PROJECT_MAX_OUTLINE, &disk, NULL)) {
			text = str_cstr(&disk);
			len = disk.len;
		}
		/* What cannot be looked at might. */
		known = text ? 2 * len + (memmem(text, len, "`define", 7) != NULL) : 2 * BATCH_LARGE + 1;
		name_map_put(&p->texts, s->path, strlen(s->path), known);
		str_free(&disk);
		free(full);
	}
	*bytes = known / 2;
	return known % 2;
}

static bool same_list(const char *const *a, const char *const *b)
{
	while (a && b && *a && *b && strcmp(*a, *b) == 0) {
		a++;
		b++;
	}
	return (!a || !*a) && (!b || !*b);
}

static bool same_options(const struct sim_job *a, const struct sim_job *b)
{
	return a->lang == b->lang && a->lang_fixed == b->lang_fixed && same_list(a->include_dirs, b->include_dirs) &&
	       same_list(a->defines, b->defines) && same_list(a->parameters, NULL) && same_list(b->parameters, NULL);
}

static const struct voutline *outline_of(const struct pool *p, const char *path)
{
	const struct project_file *f = project_find(p->project, path);

	return f ? f->outline : NULL;
}

static bool includes_units(const struct pool *p, const struct sim_job *j)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct voutline *o = j->sources[i].included ? outline_of(p, j->sources[i].path) : NULL;

		for (size_t u = 0; o && u < o->n; u++)
			if (o->modules[u].kind != VUNIT_CLASS)
				return true;
	}
	return false;
}

/* Whether a source that is not in b yet could come into it. */
static bool may_add(struct pool *p, const struct batch *b, const struct source *s, size_t *bytes)
{
	const struct voutline *o = outline_of(p, s->path);

	if (!o || look_at(p, s, bytes))
		return false;
	for (size_t i = 0; i < o->n; i++) {
		size_t other;

		if (o->modules[i].kind != VUNIT_CLASS && name_map_get(&b->units, o->modules[i].name, strlen(o->modules[i].name), &other))
			return false;
	}
	return true;
}

static bool goes_with(struct pool *p, const struct batch *b, const struct sim_job *j)
{
	size_t fresh = 0, shared = 0, defining = 0;

	if (b->alone || b->n == BATCH_DESIGNS || !same_options(&p->v[b->items[0]].design->job, j) || includes_units(p, j))
		return false;
	for (size_t i = 0; i < j->n; i++) {
		const struct source *s = &j->sources[i];
		size_t at, bytes;

		if (!name_map_get(&b->paths, s->path, strlen(s->path), &at)) {
			if (!may_add(p, b, s, &bytes))
				return false;
			fresh += bytes;
		} else {
			const struct source *theirs = b->sources[at];

			if (theirs->included != s->included || !theirs->text != !s->text ||
			    (s->text && (s->len != theirs->len || memcmp(s->text, theirs->text, s->len) != 0)))
				return false;
			defining += look_at(p, s, &bytes);
			shared += bytes;
		}
	}
	return defining == b->n_defining &&
	       b->bytes + fresh <= (fresh <= shared ? BATCH_LARGE : BATCH_SMALL);
}

static void put_into(struct pool *p, struct batch *b, size_t item)
{
	const struct sim_job *j = &p->v[item].design->job;

	b->items = mem_realloc(b->items, (b->n + 1) * sizeof(*b->items));
	b->items[b->n++] = item;
	for (size_t i = 0; i < j->n; i++) {
		const struct source *s = &j->sources[i];
		const struct voutline *o;
		size_t bytes = 0;

		if (!name_map_put(&b->paths, s->path, strlen(s->path), b->n_sources))
			continue;
		b->cap_sources = mem_grow((void **)&b->sources, b->cap_sources, b->n_sources + 1, sizeof(*b->sources));
		b->sources[b->n_sources++] = s;
		o = p->project ? outline_of(p, s->path) : NULL;
		for (size_t u = 0; o && u < o->n; u++)
			name_map_put(&b->units, o->modules[u].name, strlen(o->modules[u].name), 0);
		if (p->project)
			b->n_defining += look_at(p, s, &bytes);
		b->bytes += bytes;
	}
	b->alone = p->project && includes_units(p, j);
}

static struct batch *new_batch(struct pool *p)
{
	struct batch *b = mem_zalloc(sizeof(*b));

	b->pool = p;
	p->cap = mem_grow((void **)&p->all, p->cap, p->n + 1, sizeof(*p->all));
	p->all[p->n++] = b;
	return b;
}

static void free_batch(struct batch *b)
{
	name_map_fini(&b->paths);
	name_map_fini(&b->units);
	diag_list_free(b->found);
	free(b->sources);
	free(b->items);
	free(b);
}

static void make_batches(struct pool *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t from = p->n > BATCHES_TRIED ? p->n - BATCHES_TRIED : 0;
		struct batch *b = NULL;

		for (size_t k = from; k < p->n && !b; k++)
			if (goes_with(p, p->all[k], &p->v[i].design->job))
				b = p->all[k];
		put_into(p, b ? b : new_batch(p), i);
	}
	p->project = NULL;
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

		if ((x->rank != DIAG_ERROR && strcmp(x->code, DIAG_UNSUPPORTED) != 0) || !x->path[0])
			continue;
		named = true;
		if (holds(d, x->path))
			return true;
	}
	return !named;
}

/* Found while files are read, which the tool does with all of them before it
 * gives up: no design has brought this to another. Where another language
 * would be tried for a design by itself, its grammar decides nothing. */
static bool is_own_fault(const struct diag *d, bool grammar)
{
	static const char *const missing[] = { "Cannot find file containing module", "Cannot find include file",
					       "This may be because there's no search path", NULL };

	for (const char *const *m = missing; *m; m++)
		if (str_starts(d->text, *m))
			return true;
	/* A type of the whole compilation may be a name to another file. */
	return grammar && (str_starts(d->text, "Define or directive not defined") ||
			   (str_starts(d->text, "syntax error") && !strstr(d->text, "TYPE-IDENTIFIER")));
}

/* Whether the suspects would hear the same by themselves. */
static bool is_settled(const struct batch *b)
{
	const struct sim_job *j = &b->pool->v[b->items[0]].design->job;
	size_t errors = diag_list_count(b->found, DIAG_ERROR);

	if (b->why.code != ERR_NONE || errors == 0 || errors >= ALL_ERRORS)
		return false;
	for (size_t i = 0; i < diag_list_len(b->found); i++) {
		const struct diag *d = diag_list_at(b->found, i);

		if (strcmp(d->code, DIAG_UNSUPPORTED) == 0 ||
		    (d->rank == DIAG_ERROR && (!d->path[0] || !is_own_fault(d, j->lang_fixed || j->lang == LANG_SV2017))))
			return false;
	}
	return true;
}

/* One batch with an error becomes one for the rest, and one for each suspect
 * unless what is known of them is all that they would hear. */
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
			put_into(p, rest, b->items[i]);
		} else if (suspects && settled) {
			b->items[kept++] = b->items[i];
		} else {
			put_into(p, new_batch(p), b->items[i]);
		}
	}
	b->n = kept ? kept : b->n;
	b->settled = kept > 0;
	b->replaced = !b->settled;
}

/* Running ---------------------------------------------------------------------------- */

/* A package or an interface by itself has none, which is an error to the tool,
 * and some make it crash. */
static bool has_top(const struct batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->pool->v[b->items[i]].design->top)
			return true;
	return false;
}

/* That one design has time scales and another has none is no finding. */
static void drop_timescales(struct batch *b)
{
	struct diag_list *kept = diag_list_new(diag_list_len(b->found) + 1);

	for (size_t i = 0; i < diag_list_len(b->found); i++)
		if (strcmp(diag_list_at(b->found, i)->code, "TIMESCALEMOD") != 0)
			diag_list_add(kept, diag_list_at(b->found, i), NULL);
	diag_list_free(b->found);
	b->found = kept;
}

static void lint_batch(void *ctx)
{
	struct batch *b = ctx;
	struct pool *p = b->pool;
	struct sim_job job = p->v[b->items[0]].design->job;
	struct source *all = mem_calloc(b->n_sources + 1, sizeof(*all));
	struct simulator *sim = p->ops->open(p->loop, &b->why);

	for (size_t i = 0; i < b->n_sources; i++)
		all[i] = *b->sources[i];
	all[b->n_sources] = (struct source){ LINT_RUN_TOP, empty_top, sizeof(empty_top) - 1 };
	job.sources = all;
	job.n = b->n_sources + !has_top(b);
	if (b->n > 1)
		job.top = NULL;
	if (sim)
		task_lint(sim, &job, &b->found, &b->why);
	p->ops->close(sim);
	if (!b->found)
		b->found = diag_list_new(1);
	if (b->n > 1)
		drop_timescales(b);
	free(all);
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

/* Batches that came of a split are behind the others: what is split is looked
 * for among all of them until nothing more runs. */
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

			if (b->begun && !b->task && !b->replaced && !b->settled && b->n > 1 && has_error(b))
				split(b);
		}
		start_some(p);
	}
	return true;
}

bool lint_run(struct loop *l, const struct simulator_ops *ops, const struct project *p, struct lint_item *v, size_t n,
	      struct err *err)
{
	struct pool pool = { .loop = l, .ops = ops, .project = p, .v = v, .waits = task_self() };
	bool ok;

	make_batches(&pool, n);
	ok = run_all(&pool, err);
	for (size_t i = 0; i < pool.n; i++) {
		struct batch *b = pool.all[i];

		if (ok && !b->replaced) {
			v[b->items[0]].found = b->found;
			v[b->items[0]].why = b->why;
			b->found = NULL;
		}
		free_batch(b);
	}
	name_map_fini(&pool.texts);
	free(pool.all);
	return ok;
}
