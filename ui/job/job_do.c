/* What waits for the disk, and saving, which queues behind it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/journal/edit.h"
#include "session/journal/session.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_disk.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* save ----------------------------------------------------------------------- */

static bool save_one(struct ui *u, char *const *argv, size_t argc, struct err *err)
{
	bool force = strcmp(argv[1], "force") == 0;

	if (!edit_save(ui_session(u), argv[0], force, err)) {
		if (err && err->code == ERR_CONFLICT && ui_popup(u)->kind == POPUP_NONE)
			ui_ask_about_disk(u, edit_in_the_way(ui_session(u), argv[0]));
		return false;
	}
	ui_jobs(u)->files_changed++;
	ui_say(u, edit_on_disk(ui_session(u), argv[0]) ? "saved %s" : "removed %s: it is no file any more", argv[0]);
	return true;
}

static bool save_next(struct ui *u, struct err *err)
{
	struct ui_jobs *jobs = ui_jobs(u);
	char *argv[] = { jobs->save_then.v[0], "" };
	bool ok;

	memmove(jobs->save_then.v, jobs->save_then.v + 1, jobs->save_then.n-- * sizeof(*jobs->save_then.v));
	ok = save_one(u, argv, 2, err);
	free(argv[0]);
	return ok;
}

/* What waits for the disk ------------------------------------------------------------------- */

static void do_it(void *ctx)
{
	struct job *j = ctx;
	struct err err;
	struct strv argv = j->argv;
	bool ok;

	j->argv = STRV_INIT;
	ok = j->fn(j->ui, argv.v, argv.n, &err);
	strv_free(&argv);
	while (ui_jobs(j->ui)->save_then.n)
		ok = save_next(j->ui, ok ? &err : NULL) && ok;
	job_end(j, ok, &err);
	if (ui_jobs(j->ui)->quit_then) {
		ui_jobs(j->ui)->quit_then = false;
		ui_run_line(j->ui, "quit");
	}
}

bool ui_do(struct ui *u, bool (*fn)(struct ui *u, char *const *argv, size_t argc, struct err *err),
	   char *const *argv, size_t argc, struct err *err)
{
	struct job *j = &ui_jobs(u)->job[JOB_DO];

	if (!job_begin(j, do_it, err))
		return false;
	j->fn = fn;
	for (size_t i = 0; i < argc; i++)
		strv_add(&j->argv, argv[i]);
	return true;
}

bool ui_save(struct ui *u, const char *path, bool force, struct err *err)
{
	struct ui_jobs *jobs = ui_jobs(u);
	char *argv[] = { (char *)path, force ? "force" : "" };

	if (jobs->job[JOB_DO].task && !force) {
		if (!strv_has(&jobs->save_then, path))
			strv_add(&jobs->save_then, path);
		return true;
	}
	return ui_do(u, save_one, argv, 2, err);
}
