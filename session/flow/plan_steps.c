#include "config.h"

#include "session/flow/plan_steps.h"

#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/workbench/workbench.h"

void planning_tell_faults(const struct plan *p, struct str *out)
{
	for (size_t i = 0; i < p->n_faults; i++)
		str_addf(out, "plan.md:%d: %s: %s\n", p->faults[i].line, p->faults[i].kind,
			 p->faults[i].what);
	if (p->n_faults == PLAN_FAULTS_MAX)
		str_adds(out, "there may be more\n");
}

/* The path for a new module; the caller frees it. */
static char *new_path(const struct project *p, const struct options *o, const char *module)
{
	const char *folder = "";

	for (size_t i = 0; i < project_files(p) && !folder[0]; i++) {
		const char *path = project_file(p, i)->path;

		folder = str_starts(path, "rtl/") ? "rtl/" : str_starts(path, "src/") ? "src/" : "";
	}
	return str_fmt("%s%s%s", folder, module, design_lang(p, o) == LANG_SV2017 ? ".sv" : ".v");
}

char *planning_path(struct flow *f, const char *module)
{
	const struct project *p = workbench_project(f->w, NULL);
	const struct project_file *file = p ? project_module(p, module, NULL) : NULL;

	return file ? str_fmt("%s", file->path) : p ? new_path(p, f->w->options, module) : NULL;
}
