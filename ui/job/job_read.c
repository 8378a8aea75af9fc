/* Reads the project in the background, and defers what needs it.
 *
 * A list to pick from opens at once with what is known, since the next keys are
 * meant for it, and is filled again when the project has been read. Other commands
 * that need the project are deferred until then. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* Lists ------------------------------------------------------------------------ */

static void fill(struct ui *u)
{
	struct popup *p = ui_popup(u);

	if (ui_workbench(u)->project)
		ui_jobs(u)->fill(u, ui_workbench(u)->project);
	if (!ui_project_is_read(u))
		popup_add(p, "...", "the project is being read", "redraw");
	popup_match(p);
}

void ui_pick(struct ui *u, const char *title, void (*fn)(struct ui *u, const struct project *p))
{
	popup_open(ui_popup(u), POPUP_PICKER, title);
	ui_jobs(u)->fill = fn;
	ui_jobs(u)->fill_title = title;
	if (!ui_project_is_read(u))
		ui_read_soon(u);
	fill(u);
}

/* Refills the list if it is still open; keeps its filter and choice. */
static void fill_again(struct ui *u)
{
	struct popup *p = ui_popup(u);
	char *chosen = NULL;

	if (p->kind != POPUP_PICKER || !ui_jobs(u)->fill ||
	    strcmp(str_cstr(&p->title), ui_jobs(u)->fill_title) != 0)
		return;
	if (p->n_match && p->chosen > 0)
		chosen = mem_strdup(p->v[p->match[p->chosen]].label);
	popup_empty(p);
	fill(u);
	for (size_t i = 0; chosen && i < p->n_match; i++)
		if (strcmp(p->v[p->match[i]].label, chosen) == 0)
			p->chosen = i;
	free(chosen);
}

/* Commands ---------------------------------------------------------------------- */

static void run_put_off(struct ui *u, struct strv *argv)
{
	struct strv mine = *argv;

	*argv = STRV_INIT;
	if (mine.n) {
		str_clear(&ui_words(u)->message);
		ui_jobs(u)->no_wait = true; /* texts that keep changing must not defer it forever */
		ui_run(u, mine.v, mine.n);
		ui_jobs(u)->no_wait = false;
	}
	strv_free(&mine);
}

static void read_now(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct strv argv;
	struct err err = { 0 };
	bool ok = ui_read_project(u, false, &err);

	argv = j->argv;
	j->argv = STRV_INIT;
	job_end(j, ok, &err);
	if (ok) {
		fill_again(u);
		run_put_off(u, &argv);
	}
	strv_free(&argv);
}

void ui_read_soon(struct ui *u)
{
	if (!ui_jobs(u)->job[JOB_READ].task)
		job_begin(&ui_jobs(u)->job[JOB_READ], read_now, NULL);
}

bool ui_project_pending(struct ui *u)
{
	if (ui_project_is_read(u))
		return false;
	ui_read_soon(u);
	ui_say(u, "the project is being read: try again in a moment");
	return true;
}

bool ui_defer_command(struct ui *u, const struct cmd_call *c)
{
	struct job *j;

	if (ui_jobs(u)->no_wait || ui_jobs(u)->ending || ui_project_is_read(u))
		return false;
	ui_read_soon(u);
	j = &ui_jobs(u)->job[JOB_READ];
	job_opens(j);
	strv_free(&j->argv); /* only the last command is kept */
	strv_add(&j->argv, c->cmd->name);
	for (size_t i = 0; i < c->argc; i++)
		strv_add(&j->argv, c->argv[i]);
	ui_say(u, "%s comes as soon as the project is read; Ctrl-C leaves it", c->cmd->name);
	return true;
}
