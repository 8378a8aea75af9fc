/* What a run yields besides its verdict: the cycles before the failure, the files
 * that the simulation wrote, the waves under the name that a viewer knows.
 */
#include "config.h"

#include "session/check/sim_after.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/check/flow_sim.h"
#include "session/check/run_time.h"
#include "session/check/run_words.h"
#include "session/check/wave_source.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/project/design.h"
#include "session/trace/trace.h"
#include "session/trace/trace_table.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define COLUMNS	 8   /* columns in the table of cycles */
#define SAID_MAX 400 /* bytes of the failing line that are remembered */

#define NAMED_FILES 5

/* Notes which files the simulation wrote, and where they are. */
static void note_written(struct workbench *w, struct sim_result *r)
{
	const struct run_report *rep = &r->report;
	char *dir = str_fmt("%s/runs/%llu/written", session_dir(w->session),
			    (unsigned long long)r->run);
	const char *shown = str_starts(dir, w->place.root) && dir[strlen(w->place.root)] == '/'
				    ? dir + strlen(w->place.root) + 1
				    : dir;
	struct str names = STR_INIT;

	for (size_t i = 0; i < rep->n_written && i < NAMED_FILES; i++)
		str_addf(&names, "%s%s", i ? ", " : "", rep->written[i].path);
	if (rep->n_written > NAMED_FILES || rep->more_written)
		str_adds(&names, " and others");
	if (rep->n_written)
		strv_addf(&r->notes, "the simulation wrote %s; what is kept of it lies in %s",
			  str_cstr(&names), shown);
	str_free(&names);
	free(dir);
}

void sim_after_tell(struct workbench *w, const struct design *d, struct sim_result *r)
{
	const struct run_report *rep = &r->report;

	strv_addall(&r->notes, &rep->notes);
	note_written(w, r);
	if (rep->lang != d->job.lang)
		strv_addf(&r->notes,
			  "built as %s: as %s it does not build (`set language` says which)",
			  lang_title(rep->lang), lang_title(d->job.lang));
}

/* "tb.fifo_tb" for fifo_tb of tb/fifo_tb.v: each folder may have a "tb", and one viewer shows one
 * file. */
static char *published_name(const struct sim_result *r)
{
	const char *slash = r->path ? strrchr(r->path, '/') : NULL;
	char *name = slash ? str_fmt("%.*s.%s", (int)(slash - r->path), r->path, r->testbench)
			   : mem_strdup(r->testbench);

	for (char *p = name; *p; p++)
		*p = *p == '/' ? '.' : *p;
	return name;
}

/* Links to a temporary name and renames, so a viewer never sees a partial file. */
char *sim_after_publish(const char *root, const struct sim_result *r, struct err *err)
{
	char *dir = str_fmt("%s/.posedge/waves", root), *name = published_name(r);
	bool fst = str_ends(r->report.wave_path, ".fst");
	char *path = str_fmt("%s/%s.%s", dir, name, fst ? "fst" : "vcd");
	char *other = str_fmt("%s/%s.%s", dir, name, fst ? "vcd" : "fst");
	char *tmp = str_fmt("%s.new", path);
	bool ok = file_make_dirs(dir, 0700, err);

	if (ok)
		unlink(tmp);
	ok = ok && link(r->report.wave_path, tmp) == 0 && rename(tmp, path) == 0;
	if (ok) /* left by an earlier run */
		unlink(other);
	free(other);
	free(tmp);
	free(name);
	free(dir);
	if (!ok) { /* file system without links: use the run's own path */
		free(path);
		path = mem_strdup(r->report.wave_path);
	}
	return path;
}

/* What the failing check printed, for `why`, which looks for numbers in it. */
static char *said_line(const struct run_result *r)
{
	struct str line = STR_INIT;

	for (size_t i = 0; r->verdict == VERDICT_FAIL && r->first && r->first[i] && i < SAID_MAX;
	     i++)
		str_addc(&line, r->first[i] >= ' ' && r->first[i] < 127 ? r->first[i] : '?');
	return str_take(&line);
}

static const char *why_none(const struct sim_result *r, bool trace, bool kept)
{
	if (r->wave_path[0])
		return "";
	if (r->report.result.verdict == VERDICT_BUILD)
		return "it did not build";
	return !trace ? "it was run without" : !kept ? "it was not recorded" : "it wrote none";
}

char *sim_after_waves(const struct workbench *w, const char *make, struct err *err)
{
	char *path = remember_get(w->place.root, "wave"),
	     *none = remember_get(w->place.root, "no_wave");

	if (!path || !path[0]) {
		free(path);
		path = NULL;
		if (none && none[0])
			err_set(err, ERR_NOT_FOUND, "the last run kept no waves: %s", none);
		else
			err_set(err, ERR_NOT_FOUND, "there are no waves yet; %s",
				workbench_is_read_only(w)
					? "no run leaves any where the project cannot be written "
					  "to: work in a copy"
					: make);
	}
	free(none);
	return path;
}

void sim_after_remember(const char *root, const struct sim_result *r, bool trace, bool kept)
{
	char *marker = r->report.result.has_time
			       ? str_fmt("%llu", (unsigned long long)r->report.result.first_time)
			       : mem_strdup("");
	char *failed =
		r->report.result.verdict == VERDICT_FAIL && r->report.result.first_line > 0
			? str_fmt("%s:%d", r->report.result.first_path, r->report.result.first_line)
			: mem_strdup("");
	char *said = said_line(&r->report.result);
	struct remembered all[] = { { "testbench", r->testbench },
				    { "testbench_path", r->path },
				    { "wave", r->wave_path },
				    { "no_wave", why_none(r, trace, kept) },
				    { "marker", marker },
				    { "failed", failed },
				    { "said", said } };

	remember_set_all(root, all, sizeof(all) / sizeof(*all));
	free(said);
	free(failed);
	free(marker);
}

struct cycles {
	const struct design *d;
	struct trace *t;
	struct trace_rows rows;
	struct sim_result *r;
};

/* Runs on the thread pool, since it reads sources and waves. */
static void find_cycles(void *ctx)
{
	struct cycles *c = ctx;
	struct run_result *result = &c->r->report.result;

	run_time_settle(&c->d->job, c->t, result);
	if (!c->t)
		return;
	if (result->has_time)
		c->rows.time = result->first_time;
	c->rows.names = result->compared;
	trace_table(c->t, &c->rows, &c->r->cycles);
}

void sim_after_cycles(struct workbench *w, const struct project *p, const struct design *d,
		      struct sim_result *r)
{
	struct run_result *result = &r->report.result;
	struct cycles c = { .d = d,
			    .rows = { .clock = { .signal = TRACE_NONE },
				      .time = UINT64_MAX,
				      .rows = (int)w->options->wave_cycles,
				      .cols = COLUMNS },
			    .r = r };
	struct err err;

	if (result->verdict != VERDICT_FAIL)
		return;
	run_words(&d->job, r->report.output_path, result);
	if (r->report.wave_path[0] && w->ports->open_trace &&
	    !w->ports->open_trace(w->loop, r->report.wave_path, &c.t, &err))
		strv_add(&r->notes, err.text);
	if (c.t)
		c.rows.clock = wave_source_clock_aside(w->loop, p, r->path, c.t);
	/* Even if the task is cancelled the work has been completed. */
	if (task_self())
		task_work(w->loop, find_cycles, &c, NULL, &err);
	else
		find_cycles(&c);
	if (c.t && !result->has_time)
		strv_add(
			&r->notes,
			"the failing line has no certain time: the table shows the end of the run");
	trace_close(c.t);
}
