/* Functions that wait for the disk, and saves, which are queued. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/edit.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* save ----------------------------------------------------------------------- */

static bool save_one(struct ui *u, const struct deed *d, struct err *err)
{
	if (!edit_save(ui_session(u), d->path, d->force, err)) {
		if (err && err->code == ERR_CONFLICT && ui_popup(u)->kind == POPUP_NONE)
			ui_ask_about_disk(u, edit_conflict_path(ui_session(u), d->path));
		return false;
	}
	ui_say(u,
	       edit_on_disk(ui_session(u), d->path) ? "saved %s"
						    : "removed %s: it is no file any more",
	       d->path);
	return true;
}

static bool save_next(struct ui *u, struct err *err)
{
	struct ui_jobs *jobs = ui_jobs(u);
	char *path = jobs->save_then.v[0];
	bool ok;

	memmove(jobs->save_then.v, jobs->save_then.v + 1,
		jobs->save_then.n-- * sizeof(*jobs->save_then.v));
	ok = save_one(u, &(struct deed){ .path = path }, err);
	free(path);
	return ok;
}

/* Functions that wait for the disk ---------------------------------------------------- */

/* A deep copy; it owns all its members. */
static struct deed *deed_copy(const struct deed *d)
{
	struct deed *c = mem_dup(d, sizeof(*d));
	struct strv paths = STRV_INIT;

	c->path = mem_strdup(d->path);
	c->to = mem_strdup(d->to);
	c->then = mem_strdup(d->then);
	for (size_t i = 0; i < d->n_paths; i++)
		strv_add(&paths, d->paths[i]);
	c->paths = paths.v;
	c->suggestions = d->n_suggestions ? mem_dup(d->suggestions,
						    d->n_suggestions * sizeof(*d->suggestions))
					  : NULL;
	return c;
}

static void deed_free(struct deed *d)
{
	for (size_t i = 0; i < d->n_paths; i++)
		free(d->paths[i]);
	free((void *)d->paths);
	free((void *)d->suggestions);
	free((void *)d->path);
	free((void *)d->to);
	free((void *)d->then);
	free(d);
}

static void do_it(void *ctx)
{
	struct job *j = ctx;
	struct err err;
	struct deed *d = j->deed;
	bool ok;

	j->deed = NULL;
	ok = j->fn(j->ui, d, &err);
	deed_free(d);
	while (ui_jobs(j->ui)->save_then.n)
		ok = save_next(j->ui, ok ? &err : NULL) && ok;
	job_end(j, ok, &err);
	if (ui_jobs(j->ui)->quit_then) {
		ui_jobs(j->ui)->quit_then = false;
		ui_run_line(j->ui, "quit");
	}
}

bool ui_do(struct ui *u, bool (*fn)(struct ui *u, const struct deed *d, struct err *err),
	   const struct deed *d, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_DO];

	if (!job_begin(j, do_it, err))
		return false;
	j->fn = fn;
	j->deed = deed_copy(d);
	return true;
}

bool ui_save(struct ui *u, const char *path, bool force, struct err *err)
{
	struct ui_jobs *jobs = ui_jobs(u);

	if (jobs->job[JOB_DO].task && !force) {
		strv_add_once(&jobs->save_then, path);
		return true;
	}
	return ui_do(u, save_one, &(struct deed){ .path = path, .force = force }, err);
}
