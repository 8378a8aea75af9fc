/* Reads the project on the pool, with the texts as they are on the screen. */
#include "config.h"

#include "session/journal/doc.h"
#include "session/journal/state.h"
#include "session/project/project.h"
#include "session/text/text.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"

/* A larger text is linted as it is on disk. */
#define OVERLAY_MAX (8u << 20)

/* Reads repeated at most because texts changed meanwhile. */
#define MAX_READS 8

/* Only documents with edits: for others the disk has the same text. */
void ui_set_overlays(struct ui *u)
{
	struct project *p = workbench_project(ui_workbench(u), NULL);
	const struct state *s = ui_state(u);
	struct strv laid = STRV_INIT;

	if (!p)
		return;
	for (size_t i = 0; i < s->n_docs; i++) {
		const struct doc *d = s->docs[i];
		struct str text = STR_INIT;

		if (!d->open || !d->text || !doc_unsaved(d) || text_len(d->text) > OVERLAY_MAX)
			continue;
		text_get_all(d->text, &text);
		project_overlay(p, d->path, str_cstr(&text), text.len);
		strv_add(&laid, d->path);
		str_free(&text);
	}
	project_overlay_keep(p, &laid);
	strv_free(&laid);
}

bool ui_read_project(struct ui *u, bool rescan, struct err *err)
{
	struct ui_jobs *jobs = ui_jobs(u);
	uint64_t changed = jobs->files_changed;
	bool anew = rescan || jobs->files_looked < changed, ok = true;

	if (!ui_workbench(u)->project) {
		ok = workbench_read_project(ui_workbench(u), false, err);
		anew = false;
	}
	ui_set_overlays(u);
	for (int i = 0; ok && i < MAX_READS && (anew || !workbench_has_read(ui_workbench(u)));
	     i++) {
		ok = workbench_read_project(ui_workbench(u), anew, err);
		anew = anew && !ok;
		ui_set_overlays(u);
	}
	if (ok && jobs->files_looked < changed)
		jobs->files_looked = changed;
	return ok;
}

bool ui_project_is_read(const struct ui *u)
{
	return workbench_has_read(ui_workbench(u)) &&
	       ui_jobs(u)->files_looked == ui_jobs(u)->files_changed;
}
