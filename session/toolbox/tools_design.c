/* design: the instance hierarchy and a module's interface, from the project's
 * outline; definitions and data flow, from the graph. */
#include "config.h"

#include <string.h>

#include "session/base/str.h"
#include "session/graph/graph.h"
#include "session/graph/graph_project.h"
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

/* Depth is bounded: in broken sources a module may contain itself. */
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
		strv_addall(&tops, &benches);
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

/* Nothing for "". */
static void add_word(struct str *out, const char *word, char end)
{
	if (word[0])
		str_addf(out, "%s%c", word, end);
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
	for (size_t i = 0; i < m->n_params; i++) {
		add_word(out, m->params[i].local ? "localparam" : "parameter", ' ');
		add_word(out, m->params[i].type, ' ');
		str_addf(out, "%s = %s\n", m->params[i].name, m->params[i].value);
	}
	for (size_t i = 0; i < m->n_ports; i++) {
		add_word(out, dirs[m->ports[i].dir], ' ');
		add_word(out, m->ports[i].type, ' ');
		add_word(out, m->ports[i].name, m->ports[i].dims[0] ? ' ' : '\n');
		add_word(out, m->ports[i].dims, '\n');
	}
	return true;
}

/* From the graph ---------------------------------------------------------------------- */

#define TOLD_MAX 20000u /* bytes */

static bool flow(struct workbench *w, const char *module, struct str *out, struct err *err)
{
	enum graph_ask ask = GRAPH_ASK_WHERE;
	struct graph_hits h = { 0 };
	struct graph *g;
	bool ok;

	if (!module)
		return err_set(err, ERR_USAGE, "\"module\" is missing");
	g = graph_search(w, module, GRAPH_HIT_MODULE, &ask, &h, err);
	ok = g &&
	     ((h.n && h.v[0].rank <= GRAPH_RANK_CASE) ||
	      err_set(err, ERR_NOT_FOUND, "there is no module %s", module)) &&
	     graph_digest(g, h.v[0].id, TOLD_MAX, out, err);
	graph_hits_fini(&h);
	return ok;
}

static bool add_found(struct graph *g, const struct graph_hits *h, enum graph_ask ask,
		      struct str *out, struct err *err)
{
	struct graph_sites s;

	if (ask == GRAPH_ASK_WHERE) {
		graph_tell_hits(h, out);
		return true;
	}
	if (!graph_sites(g, &h->v[0], ask, &s, err))
		return false;
	graph_tell_sites(&h->v[0], ask, &s, out);
	graph_sites_fini(&s);
	if (h->n > 1 && h->v[1].rank == h->v[0].rank)
		str_addf(out, "[of %s in %s; the name is also in other modules: MODULE.%s]\n",
			 h->v[0].name, h->v[0].module, h->v[0].name);
	return true;
}

static void add_cut(const struct graph_hits *h, struct str *out)
{
	struct str cut = STR_INIT;

	graph_tell_cut(h, &cut);
	if (cut.len)
		str_addf(out, "[%s]\n", str_cstr(&cut));
	str_free(&cut);
}

static bool find(struct workbench *w, const char *name, enum graph_ask ask, struct str *out,
		 struct err *err)
{
	struct str text = STR_LIMIT(TOLD_MAX);
	struct graph_hits h = { 0 };
	struct graph *g;
	bool ok;

	if (!name || strlen(name) > GRAPH_ASKED_MAX)
		return err_set(err, ERR_USAGE, "\"name\" is missing, or above %u bytes",
			       GRAPH_ASKED_MAX);
	g = graph_search(w, name, ask == GRAPH_ASK_WHERE ? -1 : GRAPH_HIT_SIGNAL, &ask, &h, err);
	ok = g &&
	     (h.n || err_set(err, ERR_NOT_FOUND,
			     "nothing in the design is called or described so: %s", name)) &&
	     add_found(g, &h, ask, &text, err);
	str_add(out, str_cstr(&text), text.len);
	add_cut(&h, out);
	if (text.full)
		str_adds(out, "\n[cut]\n");
	graph_hits_fini(&h);
	str_free(&text);
	return ok;
}

bool tool_design(struct tool_call *c, struct err *err)
{
	static const struct {
		const char *what;
		enum graph_ask ask;
	} asked[] = { { "find", GRAPH_ASK_WHERE },
		      { "driven", GRAPH_ASK_DRIVEN },
		      { "loads", GRAPH_ASK_LOADS },
		      { "reset", GRAPH_ASK_RESET } };
	const char *what, *module, *name;
	struct project *p;

	if (!arg_text(c->args, "what", true, &what, err) ||
	    !arg_text(c->args, "module", false, &module, err) ||
	    !arg_text(c->args, "name", false, &name, err) ||
	    !workbench_read_project(c->w, false, err) || !(p = workbench_project(c->w, err)))
		return false;
	if (strcmp(what, "hierarchy") == 0)
		return hierarchy(p, module, c->out, err);
	if (strcmp(what, "ports") == 0)
		return ports(p, module, c->out, err);
	if (strcmp(what, "flow") == 0)
		return flow(c->w, module, c->out, err);
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
		if (strcmp(what, asked[i].what) == 0)
			return find(c->w, name, asked[i].ask, c->out, err);
	return err_set(err, ERR_USAGE,
		       "\"what\" must be hierarchy, ports, flow, find, driven, loads or reset");
}
