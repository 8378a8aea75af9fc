/* The selected mutants of all files are numbered and woven into the texts; the
 * simulator builds that once and runs it for each number. If a tool rejects a
 * mutant, it is dropped and the rest is built again; since the tool only reports
 * a line, all mutants on that line are dropped. */
#include "config.h"

#include "session/mutant/flow_mutants.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/engine_choice.h"
#include "session/check/flow_sim.h"
#include "session/check/guard.h"
#include "session/journal/session.h"
#include "session/mutant/active.h"
#include "session/mutant/mutants.h"
#include "session/mutant/score.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/overlay.h"
#include "session/toolbox/judges.h"
#include "session/output/diag.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define BUILDS_MAX 4
#define SAME_MS	   5000	 /* limit for proving that one mutant is equivalent */
#define SAME_ALL   20000 /* limit for all these proofs */
#define LEAST_MS   500	 /* of CPU time: a mutant that takes this much longer is stuck */

struct file {
	size_t source; /* index in the design's job */
	const char *path;
	char *text;
	size_t len;
	struct mutants all;
	unsigned *numbers; /* number of each mutant; 0: not selected */
	struct str woven;
};

struct hunt {
	struct workbench *w;
	const struct mutants_request *r;
	struct mutants_report *out;
	struct design d;
	struct file *files;
	size_t n_files;
	struct str *texts;	/* of the design's sources, as far as read */
	struct source *sources; /* with the woven texts and the package */
	uint64_t began;		/* start of the first mutant; 0: not started */
	bool unsteady;		/* the unchanged design passed once and failed once */
};

static const char *source_text(void *ctx, size_t source, size_t *len)
{
	struct hunt *h = ctx;
	struct str *text = &h->texts[source];

	if (!text->len)
		source_read(&h->d.job.sources[source], h->w->place.root, MUTANTS_TEXT_MAX, text,
			    NULL);
	*len = text->len;
	return *len ? str_cstr(text) : NULL;
}

/* In a file with a testbench only the modules under test are mutated. */
static void drop_judging(const struct hunt *h, const struct project *p, struct file *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->all.n; i++) {
		if (judge_spares(p, h->w->options, f->path, f->all.v[i].line))
			f->all.v[n++] = f->all.v[i];
		else
			free(f->all.v[i].becomes);
	}
	f->all.n = n;
}

static void find_in(struct hunt *h, const struct project *p, size_t i, bool judge,
		    const struct active *read)
{
	const struct source *s = &h->d.job.sources[i];
	struct file *f = &h->files[h->n_files];
	const char *text = source_text(h, i, &f->len);

	if (!text)
		return;
	f->text = mem_strndup(text, f->len);
	f->source = i;
	f->path = s->path;
	mutants_find(f->text, f->len, read, h->r->mends, &f->all);
	if (judge)
		drop_judging(h, p, f);
	f->numbers = mem_calloc(f->all.n, sizeof(*f->numbers));
	h->out->found += f->all.n;
	h->n_files++;
}

/* Finds mutants in the design's own files (own). If these have none, the caller
 * searches files that a source includes and files that also contain the
 * testbench. */
static void find_among(struct hunt *h, const struct project *p, struct actives *actives, bool own)
{
	for (size_t i = 0; i < h->d.job.n; i++) {
		const struct source *s = &h->d.job.sources[i];
		char *judge = judge_why(p, h->w->options, s->path);
		struct active read = { 0 };

		if (!s->included)
			actives_read(actives, i, &read);
		if (own == (!judge && !s->included))
			find_in(h, p, i, judge != NULL, &read);
		active_fini(&read);
		free(judge);
	}
}

static void find_all(struct hunt *h, const struct project *p)
{
	struct actives actives;

	h->files = mem_calloc(h->d.job.n, sizeof(*h->files));
	h->texts = mem_calloc(h->d.job.n, sizeof(*h->texts));
	actives_init(&actives, &h->d.job, source_text, h);
	find_among(h, p, &actives, true);
	if (!h->out->found)
		find_among(h, p, &actives, false);
	actives_fini(&actives);
}

static char *line_at(const char *text, size_t off, size_t len)
{
	size_t from = off, to = off;

	while (from > 0 && text[from - 1] != '\n')
		from--;
	while (to < len && text[to] != '\n')
		to++;
	while (from < to && isspace((unsigned char)text[from]))
		from++;
	return mem_strndup(text + from, to - from);
}

/* Adds the line with the mutant applied, or all of the text. */
static void change(const struct file *f, const struct mutant *m, bool all, struct str *out)
{
	size_t from = all ? 0 : m->off, to = f->len;
	const char *lf = memchr(f->text + m->off + m->len, '\n', f->len - m->off - m->len);

	while (from > 0 && f->text[from - 1] != '\n')
		from--;
	if (!all && lf)
		to = (size_t)(lf - f->text);
	str_add(out, f->text + from, m->off - from);
	str_adds(out, m->becomes);
	str_add(out, f->text + m->off + m->len, to - m->off - m->len);
}

static void choose_one(struct hunt *h, struct file *f, size_t i, size_t place)
{
	const struct mutant *m = &f->all.v[i];
	struct mutants_report *out = h->out;
	struct str changed = STR_INIT;

	out->v = mem_realloc(out->v, (out->n + 1) * sizeof(*out->v));
	change(f, m, false, &changed);
	out->v[out->n] =
		(struct mutant_result){ .path = mem_strdup(f->path),
					.line = m->line,
					.kind = m->kind,
					.place = place,
					.late = m->late,
					.before = line_at(f->text, m->off, f->len),
					.after = line_at(str_cstr(&changed), 0, changed.len) };
	f->numbers[i] = (unsigned)++out->n;
	str_free(&changed);
}

struct pick {
	struct file *f;
	size_t i;     /* of its mutants */
	size_t place; /* among all mutants */
	size_t rank;
};

/* How likely a kind survives, measured on the 15 designs of tests/e2e/why (1,090 mutants): never
 * 27 %, number 25 %, left out 18 %, operator 7 %, condition 3 %. Values that never change were not
 * measured, and are the last. */
static size_t rank_of(const struct mutants_request *r, const struct file *f, const struct mutant *m)
{
	static const char *const kinds[] = { "never",	 "number",    "left out",
					     "operator", "condition", "stuck" };
	size_t line, i = 0;

	if (!r->line_rank)
		return 0; /* in the order of the text */
	line = r->line_rank(r->reached, f->path, f->text, f->len, m->line);
	if (r->mends)
		return line + (m->late ? SIZE_MAX / 2 : 0);
	if (line == 0)
		return 0;
	while (i < sizeof(kinds) / sizeof(*kinds) && strcmp(kinds[i], m->kind) != 0)
		i++;
	return i + 1;
}

static int by_rank(const void *a, const void *b)
{
	const struct pick *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Selects evenly over all mutants, so that no file and no kind is left out; of mends, the first
 * ones. Mutants run in the order of their numbers, the most likely survivors first, so that a hunt
 * that runs out of time has found most of them. */
static void choose(struct hunt *h)
{
	size_t found = h->out->found, max = h->r->max < found ? h->r->max : found, n = 0, k = 0;
	struct pick *v = mem_calloc(found, sizeof(*v));

	for (size_t i = 0; i < h->n_files; i++)
		for (size_t m = 0; m < h->files[i].all.n; m++, k++)
			if (h->r->mends || (k + 1) * max / found > k * max / found)
				v[n++] = (struct pick){ &h->files[i], m, k,
							rank_of(h->r, &h->files[i],
								&h->files[i].all.v[m]) };
	qsort(v, n, sizeof(*v), by_rank);
	for (size_t i = 0; i < n && i < max; i++)
		choose_one(h, v[i].f, v[i].i, v[i].place);
	free(v);
}

static void weave(struct hunt *h)
{
	size_t n = h->d.job.n;

	free(h->sources);
	h->sources = mem_calloc(n + 1, sizeof(*h->sources));
	h->sources[0] = (struct source){ .path = MUTANTS_PACKAGE_PATH,
					 .text = mutants_package(),
					 .len = strlen(mutants_package()) };
	memcpy(h->sources + 1, h->d.job.sources, n * sizeof(*h->sources));
	for (size_t i = 0; i < h->n_files; i++) {
		struct file *f = &h->files[i];

		str_clear(&f->woven);
		mutants_weave(f->text, f->len, &f->all, f->numbers, &f->woven);
		h->sources[f->source + 1].text = str_cstr(&f->woven);
		h->sources[f->source + 1].len = f->woven.len;
	}
}

static int lines_between(const struct file *f, size_t from, size_t to)
{
	int n = 0;

	for (size_t i = from; i < to && i < f->len; i++)
		n += f->text[i] == '\n';
	return n;
}

/* True if an error at that line may be the mutant's. A tool may report any line of the statement
 * that the mutant is woven into. */
static bool is_at(const struct file *f, const struct mutant *m, int line)
{
	int first = m->line - lines_between(f, m->holder_off, m->off);

	return line >= first && line <= first + lines_between(f, m->holder_off, m->holder_end);
}

/* Drops the mutants on lines that errors name. False if there are none. */
static bool leave_out(struct hunt *h, const struct diag_list *found)
{
	size_t before = h->out->refused;

	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		for (size_t k = 0; d->rank == DIAG_ERROR && k < h->n_files; k++)
			for (size_t m = 0; m < h->files[k].all.n; m++) {
				struct file *f = &h->files[k];

				if (!f->numbers[m] || !is_at(f, &f->all.v[m], d->line) ||
				    strcmp(f->path, d->path) != 0)
					continue;
				h->out->v[f->numbers[m] - 1].kind = NULL;
				f->numbers[m] = 0;
				h->out->refused++;
			}
	}
	return h->out->refused > before;
}

static enum verdict expected(const struct hunt *h)
{
	return h->r->mends ? VERDICT_FAIL : VERDICT_PASS;
}

/* True if a likely mend was found, so that unlikely ones need not be tried. */
static bool has_mend(const struct mutants_report *m)
{
	for (size_t i = 0; m->survived && i < m->n; i++)
		if (m->v[i].fate == MUTANT_SURVIVED && !m->v[i].late)
			return true;
	return false;
}

static bool on_variant(void *ctx, unsigned n, const struct run_result *r)
{
	struct hunt *h = ctx;
	struct mutants_report *out = h->out;

	if (h->began == 0)
		h->began = loop_now_ms(h->w->loop);
	if (n == 0) {
		h->unsteady = r->verdict != expected(h);
		return !h->unsteady;
	}
	if (n > out->n || !out->v[n - 1].kind || out->v[n - 1].fate != MUTANT_NOT_RUN)
		return true;
	out->enough = out->v[n - 1].late && has_mend(out);
	if (out->enough)
		return false;
	out->v[n - 1].fate = r->verdict == VERDICT_PASS ? MUTANT_SURVIVED : MUTANT_NOTICED;
	*(r->verdict == VERDICT_PASS ? &out->survived : &out->noticed) += 1;
	if (h->r->progress)
		h->r->progress(h->r->ctx, out->survived + out->noticed, out->n - out->refused);
	return loop_now_ms(h->w->loop) - h->began < h->r->ms;
}

/* A failing design may hang. Its own run must not use up the time that all mends have together. */
static bool is_capped(const struct hunt *h)
{
	return h->r->mends && sim_limits_of(h->w->options).run_ms > h->r->ms;
}

static bool build_and_run(struct hunt *h, struct simulator *sim, const char *dir,
			  struct run_report *report, struct err *err)
{
	struct run_job job = { .design = h->d.job,
			       .limits = sim_limits_of(h->w->options),
			       .out_dir = dir,
			       .variants = (unsigned)h->out->n,
			       .unguarded = guard_is_off(h->w) };
	struct run_listener to = { .variant = on_variant, .ctx = h };

	if (is_capped(h))
		job.limits.run_ms = h->r->ms;
	design_fill_run(&h->d, &job);
	job.design.sources = h->sources;
	job.design.n = h->d.job.n + 1;
	job.design.lang = LANG_SV2017;
	job.design.lang_fixed = true;
	job.design.yields = h->w->screen != NULL;
	job.variant_ms = LEAST_MS;
	job.mends = h->r->mends;
	return sim->ops->run(sim, &job, &to, report, err);
}

static bool fail(const struct hunt *h, const struct run_report *report, struct err *err)
{
	enum verdict verdict = report->result.verdict;
	const char *first = report->result.first ? report->result.first : "";

	if (verdict == VERDICT_BUILD)
		return err_set(err, ERR_TOOL,
			       "the design does not build with mutants in it: %.300s", first);
	if (report->limit == RUN_LIMIT_TIME && report->run_ms > 0 && is_capped(h))
		return err_set(err, ERR_LIMIT,
			       "on the unchanged design the testbench runs longer than the %llu s "
			       "that all changes may take",
			       (unsigned long long)h->r->ms / 1000);
	if (verdict == VERDICT_LIMIT)
		return err_set(err, ERR_TOOL,
			       "on the unchanged design the testbench was stopped by %.300s",
			       first);
	if (verdict_is_broken(verdict))
		return err_set(err, ERR_TOOL,
			       "on the unchanged design the testbench did not run: %.300s", first);
	if (h->r->mends)
		return err_set(err, ERR_CONFLICT, "the testbench does not fail as it is");
	return err_set(err, ERR_CONFLICT,
		       "the testbench does not pass as it is, so it cannot be judged: %.300s",
		       first);
}

static bool hunt(struct hunt *h, struct simulator *sim, const char *dir, struct err *err)
{
	bool ok = true, again = true;

	for (unsigned i = 0; ok && again && i < BUILDS_MAX; i++) {
		struct run_report report = { 0 };

		weave(h);
		ok = build_and_run(h, sim, dir, &report, err);
		again = ok && report.result.verdict == VERDICT_BUILD && leave_out(h, report.found);
		if (ok && !again && report.result.verdict != expected(h))
			ok = fail(h, &report, err);
		if (ok && !again && h->unsteady)
			ok = err_set(err, ERR_CONFLICT,
				     "the testbench passes once and fails another time in the same "
				     "folder "
				     "made anew, so it cannot be judged: it depends on what a run "
				     "before it left, on the time, or on chance");
		if (ok && !again) {
			h->out->build_ms = report.build_ms;
			h->out->run_ms = report.run_ms;
			h->out->first = report.result;
			report.result = (struct run_result){ 0 };
			again = false;
		}
		run_report_fini(&report);
	}
	return ok && (!again || err_set(err, ERR_TOOL, "too many mutants do not build"));
}

static void judge_one(struct hunt *h, const struct file *f, size_t i)
{
	struct mutants_report *out = h->out;
	struct str changed = STR_INIT;

	change(f, &f->all.v[i], true, &changed);
	if (h->r->same(h->w, f->path, f->text, f->len, str_cstr(&changed), changed.len, SAME_MS)) {
		out->v[f->numbers[i] - 1].fate = MUTANT_SAME;
		out->survived--;
		out->same++;
	}
	str_free(&changed);
}

/* Tries to prove survivors equivalent, as far as time permits. */
static void judge_survivors(struct hunt *h)
{
	uint64_t until = loop_now_ms(h->w->loop) + (h->r->ms < SAME_ALL ? h->r->ms : SAME_ALL);

	for (size_t k = 0; h->r->same && k < h->n_files; k++)
		for (size_t i = 0; i < h->files[k].all.n; i++) {
			unsigned n = h->files[k].numbers[i];

			if (n && h->out->v[n - 1].fate == MUTANT_SURVIVED &&
			    loop_now_ms(h->w->loop) < until)
				judge_one(h, &h->files[k], i);
		}
}

static int by_place(const void *a, const void *b)
{
	const struct mutant_result *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

/* Drops the mutants that no tool could build; the others get the order of the sources. */
static void drop_refused(struct mutants_report *out)
{
	size_t n = 0;

	for (size_t i = 0; i < out->n; i++) {
		if (out->v[i].kind) {
			out->v[n++] = out->v[i];
			continue;
		}
		free(out->v[i].path);
		free(out->v[i].before);
		free(out->v[i].after);
	}
	if (n)
		qsort(out->v, n, sizeof(*out->v), by_place);
	out->n = n;
	out->left = n - out->noticed - out->survived - out->same;
}

static bool prepare(struct hunt *h, struct err *err)
{
	struct project *p = workbench_project(h->w, err);
	struct overlays_below *below = p ? overlay_push(p, h->r->v, h->r->n) : NULL;
	char *path = NULL;
	bool ok = p && design_testbench(p, h->w->options, h->r->testbench, &h->out->testbench,
					&path, err);

	if (ok) {
		design_init(&h->d, p, h->w->options, path, h->out->testbench);
		design_add_data(&h->d, p, h->w->options, path);
		find_all(h, p);
		if (h->out->found)
			choose(h);
		ok = h->out->n > 0 ||
		     err_set(err, ERR_CONFLICT,
			     "nothing in the design of %s can be changed: it has no "
			     "process and no assignment of a signal, or only under `ifdef",
			     h->out->testbench);
	}
	overlay_pop(below);
	free(path);
	return ok;
}

static void fini(struct hunt *h)
{
	for (size_t i = 0; i < h->n_files; i++) {
		mutants_fini(&h->files[i].all);
		free(h->files[i].text);
		free(h->files[i].numbers);
		str_free(&h->files[i].woven);
	}
	for (size_t i = 0; h->texts && i < h->d.job.n; i++)
		str_free(&h->texts[i]);
	free(h->texts);
	free(h->files);
	free(h->sources);
	design_fini(&h->d);
}

struct score mutants_score(const struct mutants_report *m)
{
	return (struct score){ .noticed = m->noticed,
			       .of = m->noticed + m->survived,
			       .same = m->same,
			       .possible = m->found - m->refused };
}

static bool with_engine(struct workbench *w, const struct mutants_request *r, const char *engine,
			struct mutants_report *out, struct err *err)
{
	struct hunt h = { .w = w, .r = r, .out = out };
	const struct simulator_ops *ops = ports_simulator(w->ports, engine, err);
	struct simulator *sim = NULL;
	char *dir = NULL;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!ops || !guard_passes(w, ops, err) || !workbench_session(w, SESSION_APPEND, err))
		return false;
	dir = str_fmt("%s/runs/mutants", session_dir(w->session));
	ok = prepare(&h, err) && file_make_dirs(dir, 0700, err) &&
	     (sim = simulator_open(ops, w->loop, err)) && hunt(&h, sim, dir, err);
	if (sim)
		ops->close(sim);
	file_remove_tree(dir, NULL);
	free(dir);
	if (ok)
		judge_survivors(&h);
	drop_refused(out);
	if (ok && out->left == 0 && out->n && !r->n && !r->mends) {
		struct score s = mutants_score(out);

		ok = score_note(w, &h.d, out->testbench, &s, err);
	}
	fini(&h);
	out->engine = ops->name;
	if (!ok)
		mutants_report_fini(out);
	return ok;
}

/* With engine auto the faster engine is used first; the other one may build what
 * it cannot. */
bool flow_mutants(struct workbench *w, const struct mutants_request *r, struct mutants_report *out,
		  struct err *err)
{
	bool free_choice = strcmp(w->options->engine, ENGINE_AUTO) == 0;
	const char *first, *other;
	struct err why = { 0 };

	first = free_choice ? engine_first(w, r->testbench ? r->testbench : "")
			    : w->options->engine;
	other = free_choice ? engine_other(w->ports, first) : NULL;
	if (with_engine(w, r, first, out, &why))
		return true;
	if (why.code == ERR_TOOL && other && with_engine(w, r, other, out, err))
		return true;
	return err_copy(err, &why);
}

void mutants_report_fini(struct mutants_report *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->v[i].path);
		free(m->v[i].before);
		free(m->v[i].after);
	}
	free(m->v);
	free(m->testbench);
	run_result_fini(&m->first);
	memset(m, 0, sizeof(*m));
}
