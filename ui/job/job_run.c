/* Runs command lines from keys, menus and lists. */
#include "config.h"

#include "session/base/str.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_words.h"
#include "ui/widget/popup.h"

/* Commands -------------------------------------------------------------------- */

bool ui_run(struct ui *u, char *const *argv, size_t argc)
{
	struct err err;
	const struct cmd *c = argc ? cmd_find(ui_workbench(u)->commands, argv[0], &err) : NULL;
	bool as_job = false, ok;

	ui_changed(u);
	if (argc == 0)
		return true;
	if (!c)
		ok = false;
	else if (argc == 1 && c->min_args == 1 &&
		 ui_popup(u)->kind == POPUP_NONE) /* the menu and the palette give only the name */
		ok = (popup_prompt(ui_popup(u), c->args, c->name, ""), true);
	else
		ok = cmd_run_at_once(ui_workbench(u), c, argv + 1, argc - 1, &as_job, &err) &&
		     (!as_job || ui_run_as_job(u, argv, argc, &err));
	if (!ok)
		ui_complain(u, &err);
	return ok;
}

bool ui_run_line(struct ui *u, const char *line)
{
	struct strv argv = STRV_INIT;
	struct err err;
	bool ok = cmd_words(ui_workbench(u)->commands, line, &argv, &err);

	if (ok)
		ok = ui_run(u, argv.v, argv.n);
	else
		ui_complain(u, &err);
	strv_free(&argv);
	return ok;
}
