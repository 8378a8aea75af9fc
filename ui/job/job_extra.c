/* Fills a plugin's pane in the background, as the plugin may be slow. */
#include "config.h"

#include "session/workbench/extensions.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_extra.h"
#include "ui/screen/ui_jobs.h"

static void fill(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct err err = { 0 };
	bool ok;

	do {
		struct extra_pane *p = ui_extra(u)->pane;

		j->again = false;
		ok = !p || p->fill(p, &err);
		str_clear(&ui_extra(u)->why);
		if (!ok)
			str_adds(&ui_extra(u)->why, err.text);
		ui_changed(u);
	} while (j->again && (ok || err.code != ERR_CANCELLED));
	job_end(j, ok, &err);
}

bool ui_fill_extra(struct ui *u, struct err *err)
{
	return job_begin_again(&ui_jobs(u)->job[JOB_EXTRA], fill, err);
}
