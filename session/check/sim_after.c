/* What follows from a run besides its verdict: the cycles before the failure,
 * what the simulation wrote, the waves under the name that a viewer knows.
 */
#include "config.h"

#include "session/check/sim_after.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/check/flow_sim.h"
#include "session/check/run_time.h"
#include "session/check/run_words.h"
#include "session/check/wave_source.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/project/project_ahead.h"
#include "session/tool/wave.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define COLUMNS 8 /* of the table of cycles */

#define NAMED_FILES 5

/* What the simulation wrote, and where that lies. */
static void tell_written(struct workbench *w, struct sim_result *r)
{
	const struct run_report *rep = &r->report;
	char *dir = str_fmt("%s/runs/%llu/written", session_dir(w->session),
			    (unsigned long long)r->run);
	const char *shown = str_starts(dir, w->root) && dir[strlen(w->root)] == '/'
				    ? dir + strlen(w->root) + 1
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

	for (size_t i = 0; i < rep->notes.n; i++)
		strv_add(&r->notes, rep->notes.v[i]);
	tell_written(w, r);
	if (rep->lang != d->job.lang)
		strv_addf(&r->notes,
			  "built as %s: as %s it does not build (`set language` says which)",
			  lang_title(rep->lang), lang_title(d->job.lang));
}

/* A link made aside and renamed, never a half file. */
char *sim_after_publish(const char *root, const struct sim_result *r, struct err *err)
{
	char *dir = str_fmt("%s/.posedge/waves", root);
	char *path = str_fmt("%s/%s.vcd", dir, r->testbench);
	char *tmp = str_fmt("%s.new", path);
	bool ok = !strchr(r->testbench, '/') && file_make_dirs(dir, 0700, err);

	if (ok)
		unlink(tmp);
	ok = ok && link(r->report.wave_path, tmp) == 0 && rename(tmp, path) == 0;
	free(tmp);
	free(dir);
	if (!ok) { /* a file system without links: the run's own name then */
		free(path);
		path = mem_strdup(r->report.wave_path);
	}
	return path;
}

void sim_after_remember(const char *root, const struct sim_result *r)
{
	char *marker = r->report.result.has_time
			       ? str_fmt("%llu", (unsigned long long)r->report.result.first_time)
			       : mem_strdup("");
	char *failed =
		r->report.result.verdict == VERDICT_FAIL && r->report.result.first_line > 0
			? str_fmt("%s:%d", r->report.result.first_path, r->report.result.first_line)
			: mem_strdup("");
	struct remembered all[] = { { "testbench", r->testbench },
				    { "testbench_path", r->path },
				    { "wave", r->wave_path },
				    { "marker", marker },
				    { "failed", failed } };

	remember_set_all(root, all, sizeof(all) / sizeof(*all));
	free(failed);
	free(marker);
}

struct rows_of {
	const struct project *p;
	const char *path; /* of the testbench */
	const struct design *d;
	struct run_result *result;
	bool settled;
};

static uint64_t failing_time(void *ctx, const struct wave *w)
{
	struct rows_of *r = ctx;

	run_time_settle(&r->d->job, w, r->result);
	r->settled = true;
	return r->result->has_time ? r->result->first_time : UINT64_MAX;
}

static struct wave_clock clock_in(void *ctx, const struct wave *w)
{
	const struct rows_of *r = ctx;

	return wave_source_clock(r->p, r->path, w);
}

void sim_after_cycles(struct workbench *w, const struct project *p, const struct design *d,
		      struct sim_result *r)
{
	struct run_result *result = &r->report.result;
	struct project *copy = NULL; /* the rows are read by another thread */
	struct rows_of rows = { NULL, r->path, d, result, false };
	struct wave_want want = { .time = UINT64_MAX,
				  .rows = (int)w->options->wave_cycles,
				  .cols = COLUMNS,
				  .clock = clock_in,
				  .when = failing_time,
				  .ctx = &rows };
	struct wave *wave = NULL;
	struct err err;

	if (result->verdict != VERDICT_FAIL)
		return;
	run_words(&d->job, r->report.output_path, result);
	rows.p = copy = project_copy(p);
	if (r->report.wave_path[0] && w->ports->read_rows &&
	    !w->ports->read_rows(w->loop, r->report.wave_path, &want, &wave, &err))
		strv_add(&r->notes, err.text);
	project_free(copy);
	if (!rows.settled)
		run_time_settle(&d->job, wave, result);
	if (!wave)
		return;
	if (!result->has_time)
		strv_add(&r->notes, "the failing line tells no time that is certain: the table "
				    "shows the end of the run");
	wave_table(wave, result->has_time ? result->first_time : wave_end(wave), want.rows, COLUMNS,
		   &r->cycles);
	wave_free(wave);
}
