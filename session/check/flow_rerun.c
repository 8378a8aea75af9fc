/* Repeats old results with today's tools.
 *
 * For each lint and each verdict in the journal, the texts of that moment are
 * restored as overlays and given to the installed tool. Differences are reported
 * without judgement: a newer tool may be right where the old one was not.
 */
#include "config.h"

#include "session/check/flow_rerun.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/flow_sim.h"
#include "session/check/guard.h"
#include "session/journal/doc.h"
#include "session/journal/lint_summary.h"
#include "session/journal/moments.h"
#include "session/journal/state.h"
#include "session/lint/flow_lint.h"
#include "session/model/redact.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/text/text.h"
#include "session/tool/simulator.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"
#include "session/workbench/command_run.h"
#include "session/workbench/ports.h"
#include "session/workbench/testbench_list.h"
#include "session/workbench/workbench.h"

struct again {
	struct workbench *w;
	struct moments *m;
	struct project *p;
	struct strv paths;	     /* files with their texts at the event */
	struct str *texts;	     /* one for each path */
	struct strv files;	     /* the files linted, or of the run */
	struct str hashes;	     /* of their texts then; empty: not recorded */
	const struct diag_list *was; /* LINT: the findings; may be NULL */
	bool part;		     /* LINT: see event.h */
	uint64_t run;		     /* VERDICT */
	struct str recorded, today;
	bool differs;
	struct strv *as_today;
};

/* Files open at the event have the text of the screen, saved and closed ones that
 * of the file. */
/* A foreign session may name any path. */
static bool inside(const struct again *a, const char *path)
{
	char *clean = NULL;
	bool ok = path_inside(a->w->place.root, path, &clean, NULL) && strcmp(clean, path) == 0;

	free(clean);
	return ok;
}

static bool add_opened(struct again *a, struct err *err)
{
	const struct state *s = moments_state(a->m);

	for (size_t i = 0; i < s->n_docs; i++) {
		const struct doc *d = s->docs[i];

		if ((!d->open && doc_unsaved(d)) || !inside(a, d->path))
			continue;
		if (moments_doc(a->m, d->path, err)) {
			text_get_all(d->text, &a->texts[a->paths.n]);
			strv_add(&a->paths, d->path);
		} else if (d->n_nodes > 1 || err->code != ERR_NOT_FOUND) {
			return false;
		} else if (project_find(a->p, d->path) && !strv_has(a->as_today, d->path)) {
			strv_add(a->as_today, d->path); /* its text changed since */
		}
	}
	return true;
}

static bool changed_since(const struct again *a, const char *path, uint64_t t_ms)
{
	char *full = path_join(a->w->place.root, path);
	struct stat st;
	bool changed =
		stat(full, &st) == 0 &&
		(uint64_t)st.st_mtim.tv_sec * 1000 + (uint64_t)st.st_mtim.tv_nsec / 1000000 > t_ms;

	free(full);
	return changed;
}

/* For a file first opened after the event: uses its text if its mtime shows that
 * it had not changed since the event. */
static bool add_opened_later(struct again *a, const char *path, uint64_t n, uint64_t t_ms,
			     struct err *err)
{
	uint64_t mtime_us, at = moments_opened(a->m, n, path, &mtime_us);
	const struct doc *d = NULL;

	if (!at || !mtime_us || mtime_us / 1000 > t_ms)
		return false;
	if (moments_go(a->m, at, err) && (d = moments_doc(a->m, path, err))) {
		text_get_all(d->text, &a->texts[a->paths.n]);
		strv_add(&a->paths, path);
	}
	return moments_go(a->m, n, err) && d;
}

static bool set_texts(struct again *a, uint64_t n, struct err *err)
{
	uint64_t t_ms = moments_at(a->m, n)->t_ms;

	a->texts = mem_calloc(moments_state(a->m)->n_docs + project_files(a->p), sizeof(*a->texts));
	if (!add_opened(a, err))
		return false;
	for (size_t i = 0; i < project_files(a->p); i++) {
		const char *path = project_file(a->p, i)->path;

		if (strv_has(&a->paths, path) || !changed_since(a, path, t_ms) ||
		    add_opened_later(a, path, n, t_ms, NULL) || strv_has(a->as_today, path))
			continue;
		strv_add(a->as_today, path);
	}
	for (size_t i = 0; i < a->paths.n; i++)
		project_overlay(a->p, a->paths.v[i], str_cstr(&a->texts[i]), a->texts[i].len);
	return true;
}

static void drop_texts(struct again *a)
{
	for (size_t i = 0; i < a->paths.n; i++)
		str_free(&a->texts[i]);
	free(a->texts);
	a->texts = NULL;
	strv_free(&a->paths);
	strv_free(&a->files);
	str_free(&a->hashes);
	diag_list_free(a->was);
	a->was = NULL;
	project_overlay_clear(a->p);
}

static void note_files(struct again *a, const struct bytes *files, const struct bytes *hashes)
{
	struct slice rest = { files->data, files->len };

	while (rest.n) {
		struct slice path = slice_chomp(slice_line(&rest));

		if (path.n)
			strv_addn(&a->files, path.p, path.n);
	}
	str_add(&a->hashes, hashes->data, hashes->len);
}

/* Another program may have changed a file between two commands: then the session lacks the
 * text that the tool read. */
static bool check_texts(const struct again *a, struct err *err)
{
	struct str today = STR_INIT;
	struct slice now, was = { str_cstr(&a->hashes), a->hashes.len };
	bool ok = true;

	project_hashes(a->p, &a->files, &today);
	now = (struct slice){ str_cstr(&today), today.len };
	for (size_t i = 0; ok && i < a->files.n && was.n; i++)
		if (!slice_equal(slice_chomp(slice_line(&was)), slice_chomp(slice_line(&now))))
			ok = err_set(err, ERR_NOT_FOUND,
				     "%s had another text then, which is not in the session",
				     a->files.v[i]);
	str_free(&today);
	return ok;
}

/* Lint ---------------------------------------------------------------------------- */

static void note_lint(struct again *a, const struct event *e)
{
	note_files(a, &e->lint.files, &e->lint.hashes);
	a->part = e->lint.part;
	a->was = diag_list_share(e->lint.found);
	lint_summary(a->was, e->lint.read, e->lint.unread.data, &a->recorded);
}

static bool lint_again(struct again *a, struct err *err)
{
	struct lint_result now = { 0 };
	bool ok = true;

	for (size_t i = 0; ok && i < a->files.n; i++)
		ok = project_find(a->p, a->files.v[i]) ||
		     err_set(err, ERR_NOT_FOUND, "%s is not in the project any more",
			     a->files.v[i]);
	ok = ok &&
	     flow_lint_again(a->w, (const char *const *)a->files.v, a->files.n, a->part, &now, err);
	if (ok) {
		lint_summary(now.found, now.read, str_cstr(&now.unread), &a->today);
		for (int rank = DIAG_ERROR; rank <= DIAG_RISK; rank++)
			a->differs |=
				diag_list_gained(a->was, now.found, (enum diag_rank)rank) +
					diag_list_gained(now.found, a->was, (enum diag_rank)rank) >
				0;
	}
	if (now.found)
		lint_result_fini(&now);
	return ok;
}

/* Simulation ------------------------------------------------------------------------ */

/* The run's testbench: in Verilog, or a command that `testbench add` names. */
struct again_of {
	const struct project_file *file;
	const struct testbench_entry *command;
};

static bool find_testbench(const struct again *a, const struct sim_run *was, struct again_of *of,
			   struct err *err)
{
	bool command = was && was->engine && strcmp(was->engine, "command") == 0;

	*of = (struct again_of){ NULL, NULL };
	if (command)
		of->command = testbench_list_find(a->w->testbenches, was->testbench);
	else if (was)
		of->file = project_module(a->p, was->testbench, NULL);
	if (of->command || of->file)
		return true;
	if (command)
		return err_set(err, ERR_NOT_FOUND,
			       "%s was a command of the project's own: such are run again where a "
			       "trusted posedgerc has its line `testbench add %s ...`",
			       was->testbench, was->testbench);
	return err_set(err, ERR_NOT_FOUND, "there is no testbench %s any more",
		       was ? was->testbench : "");
}

static bool run_command(const struct again *a, const struct testbench_entry *t,
			const struct simulator_ops *ops, struct simulator *sim, struct run_job *job,
			struct run_report *report, struct err *err)
{
	struct command_run command;
	bool ok = command_run_init(&command, a->p, t, err);

	if (ok) {
		command_run_fill(&command, a->p, job);
		ok = ops->run(sim, job, NULL, report, err);
	}
	command_run_fini(&command);
	return ok;
}

static bool run_file(const struct again *a, const struct sim_run *was, const struct project_file *f,
		     const struct simulator_ops *ops, struct simulator *sim, struct run_job *job,
		     struct run_report *report, struct err *err)
{
	struct design d;
	bool ok;

	design_init(&d, a->p, a->w->options, f->path, was->testbench);
	design_add_data(&d, a->p, a->w->options, f->path);
	job->design = d.job;
	design_fill_run(&d, job);
	ok = ops->run(sim, job, NULL, report, err);
	design_fini(&d);
	return ok;
}

static bool simulate(struct again *a, const struct sim_run *was, const struct again_of *of,
		     const char *dir, struct run_report *report, struct err *err)
{
	const struct simulator_ops *ops = ports_simulator(a->w->ports, was->engine, err);
	struct simulator *sim = ops ? simulator_open(ops, a->w->loop, err) : NULL;
	struct run_job job = { .limits = sim_limits_of(a->w->options), .out_dir = dir };
	bool ok;

	if (!sim || !guard_passes(a->w, ops, err)) {
		if (sim)
			ops->close(sim);
		return false;
	}
	job.unguarded = guard_is_off(a->w);
	ok = of->command ? run_command(a, of->command, ops, sim, &job, report, err)
			 : run_file(a, was, of->file, ops, sim, &job, report, err);
	ops->close(sim);
	return ok;
}

static void compare(struct again *a, const struct sim_run *was, const char *tb,
		    struct run_result *now)
{
	struct run_result then = { .checks = (long)was->checks,
				   .failures = (long)was->failures,
				   .first = was->first,
				   .first_path = was->first_path,
				   .first_line = (int)was->first_line };
	struct str first = STR_INIT;
	char *raw = now->first;

	if (!verdict_parse(was->verdict, &then.verdict))
		then.verdict = VERDICT_TOOL;
	redact_text(a->w->redact, raw ? raw : "", raw ? strlen(raw) : 0, &first);
	now->first = (char *)str_cstr(&first);
	run_result_print(&then, tb, &a->recorded);
	run_result_print(now, tb, &a->today);
	now->first = raw;
	/* Why a run did not start is text that names folders, or just "broken" in older
	 * journals, so two broken runs count as equal. */
	a->differs = (then.verdict != now->verdict &&
		      !(strcmp(was->verdict, "broken") == 0 && verdict_is_broken(now->verdict))) ||
		     (!verdict_is_broken(then.verdict) &&
		      strcmp(str_cstr(&a->recorded), str_cstr(&a->today)) != 0);
	str_free(&first);
}

static bool simulate_again(struct again *a, struct err *err)
{
	const struct sim_run *was = state_run(moments_state(a->m), a->run);
	struct run_report report = { 0 };
	char *home = session_home(a->w->place.root, err), *dir = NULL;
	struct again_of of;
	bool ok = false;

	if (!home)
		return false;
	if (!find_testbench(a, was, &of, err))
		goto out;
	dir = str_fmt("%s/rerun.XXXXXX", home);
	if (!mkdtemp(dir)) {
		err_set(err, ERR_IO, "make %s: %s", dir, strerror(errno));
		goto out;
	}
	ok = simulate(a, was, &of, dir, &report, err);
	if (ok)
		compare(a, was, of.file ? of.file->path : of.command->name, &report.result);
	run_report_fini(&report);
	file_remove_tree(dir, NULL);
out:
	free(dir);
	free(home);
	return ok;
}

/* Entry points ---------------------------------------------------------------------- */

static void note_event(void *ctx, const struct event *e)
{
	struct again *a = ctx;

	a->run = e->type == EVENT_VERDICT ? e->verdict.run : 0;
	if (e->type == EVENT_LINT)
		note_lint(a, e);
}

static void note_run(void *ctx, const struct event *e)
{
	if (e->type == EVENT_RUN)
		note_files(ctx, &e->run.files, &e->run.hashes);
}

static bool rerun_one(struct again *a, uint64_t n, struct err *err)
{
	bool ok = moments_go(a->m, n, err) && moments_events(a->m, n, n, note_event, a, err) &&
		  (!a->run || moments_events(a->m, a->run, a->run, note_run, a, err)) &&
		  set_texts(a, n, err) && check_texts(a, err);

	if (!ok)
		return false;
	if (a->run)
		return simulate_again(a, err);
	if (!a->part && moments_state(a->m)->lint_error[0])
		return err_set(err, ERR_TOOL, "the tool said nothing then: %s",
			       moments_state(a->m)->lint_error);
	return lint_again(a, err);
}

bool flow_rerun(struct workbench *w, struct moments *m,
		void (*fn)(void *ctx, const struct rerun *r), void *ctx,
		struct rerun_counts *counts, struct err *err)
{
	const uint64_t kinds = UINT64_C(1) << EVENT_LINT | UINT64_C(1) << EVENT_VERDICT;
	struct again a = {
		.w = w, .m = m, .p = workbench_project(w, err), .as_today = &counts->as_today
	};

	memset(counts, 0, sizeof(*counts));
	if (!a.p)
		return false;
	for (uint64_t n = 0; (n = moments_next(m, n, kinds)) != 0;) {
		struct err why = { 0 };
		bool ok = rerun_one(&a, n, &why);

		drop_texts(&a);
		counts->rerun += ok;
		counts->left_out += !ok;
		if (ok && a.differs) {
			counts->differ++;
			fn(ctx, &(struct rerun){ n, str_cstr(&a.recorded), str_cstr(&a.today) });
		}
		str_free(&a.recorded);
		str_free(&a.today);
		a.differs = false;
		if (!ok)
			counts->why = why;
		if (why.code == ERR_CANCELLED) {
			return err_copy(err, &why);
		}
	}
	return true;
}

void rerun_counts_fini(struct rerun_counts *c)
{
	strv_free(&c->as_today);
}

static void only_counted(void *ctx, const struct rerun *r)
{
}

bool flow_rerun_there(const struct workbench *w, const char *root, const char *id,
		      struct rerun_counts *counts, struct err *err)
{
	struct workbench there = *w;
	struct moments *m = moments_open(root, id, err);
	bool ok;

	memset(counts, 0, sizeof(*counts));
	there.place.root = (char *)root;
	there.session = NULL;
	there.project = NULL;
	there.kept.linter = NULL; /* w's stays its own */
	ok = m && flow_rerun(&there, m, only_counted, NULL, counts, err);
	if (there.kept.linter)
		there.kept.linter->ops->close(there.kept.linter);
	project_free(there.project);
	moments_close(m);
	return ok;
}
