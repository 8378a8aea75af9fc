/* critique: a model's findings in a file. Not called review, because that is the
 * user's own reading of open suggestions.
 */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>

#include "session/ask/critique.h"
#include "session/ask/flow_critique.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/project/project.h"
#include "session/output/diag.h"
#include "session/workbench/workbench.h"

/* The only file of the project. */
static char *only_file(struct workbench *w, struct err *err)
{
	const struct project *p = workbench_project(w, err);

	if (!p)
		return NULL;
	if (project_files(p) == 1)
		return mem_strdup(project_file(p, 0)->path);
	err_set(err, ERR_USAGE, "critique FILE: name one of the %zu files", project_files(p));
	return NULL;
}

static void print(const struct report *out, const struct critique_result *r)
{
	size_t n = diag_list_len(r->found);

	for (size_t i = 0; i < n; i++) {
		const struct diag *d = diag_list_at(r->found, i);
		struct str line = STR_INIT;

		critique_print(d, d->line, &line);
		report_text(out, "%s\n    %s\n", str_cstr(&line), d->context);
		str_free(&line);
	}
	for (size_t i = 0; i < r->unplaced.n; i++)
		report_note(out, "%s", r->unplaced.v[i]);
	if (r->lacking.len)
		report_note(out, "%s", str_cstr(&r->lacking));
	else if (n == 0 && r->unplaced.n == 0)
		report_text(out, "the model found nothing\n");
}

bool cmd_critique(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct critique_request r = { .backend = cmd_opt(c, "--backend") };
	struct critique_result out = { 0 };
	char *path = NULL;
	bool ok;

	if (c->argc ? !workplace_path(&w->place, c->argv[0], &path, err)
		    : !(path = only_file(w, err)))
		return false;
	r.path = path;
	ok = flow_critique(w, &r, &out, err);
	if (ok) {
		print(&w->out, &out);
		if (diag_list_len(out.found) || out.unplaced.n || out.lacking.len)
			c->status = CMD_FOUND;
	}
	critique_result_fini(&out);
	free(path);
	return ok;
}
