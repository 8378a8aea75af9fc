/* design: the hierarchy of instances, and what a module looks like from outside,
 * as the project's outline has them. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/project/project.h"
#include "session/toolbox/tool_args.h"
#include "session/toolbox/tools.h"
#include "session/verilog/verilog.h"
#include "session/workbench/workbench.h"

#define DEPTH_MAX     16
#define INSTANCES_MAX 400

struct tree {
	const struct project *p;
	struct str *out;
	size_t lines;
};

static void add_line(struct tree *t, int depth, const char *name, const char *module)
{
	const struct project_file *f = project_module(t->p, module, NULL);

	str_addf(t->out, "%*s%s%s%s (%s)\n", 2 * depth, "", name, name[0] ? ": " : "", module,
		 f ? f->path : "no source in this project");
	t->lines++;
}

/* Depth is bounded: a module may contain itself in broken sources. */
static void add_instances(struct tree *t, const char *module, int depth)
{
	const struct vmodule *m = project_vmodule(t->p, module);

	for (size_t i = 0; m && i < m->n_instances && t->lines < INSTANCES_MAX; i++) {
		add_line(t, depth, m->instances[i].name, m->instances[i].module);
		if (depth < DEPTH_MAX)
			add_instances(t, m->instances[i].module, depth + 1);
	}
}

static bool hierarchy(const struct project *p, const char *top, struct str *out, struct err *err)
{
	struct tree t = { .p = p, .out = out };
	struct strv tops = STRV_INIT;

	if (top && !project_vmodule(p, top))
		return err_set(err, ERR_NOT_FOUND, "there is no module %s", top);
	if (top) {
		strv_add(&tops, top);
	} else {
		struct strv benches = STRV_INIT;

		project_tops(p, &tops);
		project_testbenches(p, NULL, &benches);
		for (size_t i = 0; i < benches.n; i++)
			strv_add(&tops, benches.v[i]);
		strv_free(&benches);
	}
	for (size_t i = 0; i < tops.n && t.lines < INSTANCES_MAX; i++) {
		add_line(&t, 0, "", tops.v[i]);
		add_instances(&t, tops.v[i], 1);
	}
	if (t.lines == 0)
		str_adds(out, "the project has no modules\n");
	if (t.lines >= INSTANCES_MAX)
		str_addf(out, "[cut: more than %d instances]\n", INSTANCES_MAX);
	strv_free(&tops);
	return true;
}

static bool ports(const struct project *p, const char *module, struct str *out, struct err *err)
{
	static const char *const dirs[] = { [VPORT_INPUT] = "input",
					    [VPORT_OUTPUT] = "output",
					    [VPORT_INOUT] = "inout",
					    [VPORT_REF] = "ref",
					    [VPORT_INTERFACE] = "interface" };
	const struct vmodule *m = module ? project_vmodule(p, module) : NULL;

	if (!module)
		return err_set(err, ERR_USAGE, "\"module\" is missing");
	if (!m)
		return err_set(err, ERR_NOT_FOUND, "there is no module %s", module);
	str_addf(out, "module %s, %s:%d\n", m->name, project_module(p, module, NULL)->path,
		 m->line);
	for (size_t i = 0; i < m->n_params; i++)
		str_addf(out, "%s %s %s = %s\n", m->params[i].local ? "localparam" : "parameter",
			 m->params[i].type, m->params[i].name, m->params[i].value);
	for (size_t i = 0; i < m->n_ports; i++)
		str_addf(out, "%s %s %s %s\n", dirs[m->ports[i].dir], m->ports[i].type,
			 m->ports[i].name, m->ports[i].dims);
	return true;
}

bool tool_design(struct tool_call *c, struct err *err)
{
	const char *what, *module;
	struct project *p;

	if (!arg_text(c->args, "what", true, &what, err) ||
	    !arg_text(c->args, "module", false, &module, err) ||
	    !workbench_read_project(c->w, false, err) || !(p = workbench_project(c->w, err)))
		return false;
	if (strcmp(what, "hierarchy") == 0)
		return hierarchy(p, module, c->out, err);
	if (strcmp(what, "ports") == 0)
		return ports(p, module, c->out, err);
	return err_set(err, ERR_USAGE, "\"what\" must be hierarchy or ports");
}
