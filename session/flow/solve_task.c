/* Finds the module that `solve` is about, its file, and the testbench that judges it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan_steps.h"
#include "session/flow/solve_steps.h"
#include "session/option/opt.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/workbench/workbench.h"

#define MOST_AT_FIRST 4u

static bool instantiates(const struct vmodule *tb, const char *module)
{
	for (size_t i = 0; tb && i < tb->n_instances; i++)
		if (strcmp(tb->instances[i].module, module) == 0)
			return true;
	return false;
}

/* The first testbench that instantiates the module, else the one `sim MODULE` would run. */
static char *find_testbench(struct flow *f, const struct project *p, const char *module)
{
	struct strv all = STRV_INIT;
	char *found = NULL, *path = NULL;

	project_testbenches(p, NULL, &all);
	for (size_t i = 0; i < all.n && !found; i++)
		if (instantiates(project_vmodule(p, all.v[i]), module))
			found = mem_strdup(all.v[i]);
	strv_free(&all);
	if (!found && project_vmodule(p, module) &&
	    !design_testbench(p, f->w->options, module, &found, &path, NULL))
		found = NULL;
	free(path);
	return found;
}

/* The module if none is named: the first one the default testbench instantiates. */
static char *find_module(const struct project *p, const char *testbench)
{
	const struct vmodule *tb = testbench ? project_vmodule(p, testbench) : NULL;

	return tb && tb->n_instances ? mem_strdup(tb->instances[0].module) : NULL;
}

/* True if word can be the name of a new module, and so of its file. */
static bool can_name(const char *word)
{
	size_t n = strlen(word);

	return n > 0 && slice_word((struct slice){ word, n }) == n &&
	       !(word[0] >= '0' && word[0] <= '9') && word[0] != '$' &&
	       !vkeyword(word, n, LANG_SV2017);
}

static bool choose(struct flow *f, const struct project *p, struct err *err)
{
	struct solving *g = f->own;
	const char *word = flow_word(f), *given = flow_option(f, "--testbench");
	char *path = NULL;
	bool ok = true;

	if (word && !project_vmodule(p, word) && !can_name(word))
		return err_set(err, ERR_USAGE, "solve %s: this is not a module name", word);
	if (given || !word)
		ok = design_testbench(p, f->w->options, given, &g->testbench, &path, err);
	free(path);
	if (!ok)
		return false;
	g->module = word ? mem_strdup(word) : find_module(p, g->testbench);
	if (!g->module)
		return err_set(err, ERR_USAGE, "solve which module? %s instantiates none",
			       g->testbench);
	if (!g->testbench)
		g->testbench = find_testbench(f, p, g->module);
	if (g->testbench && strcmp(g->testbench, g->module) == 0)
		return err_set(err, ERR_USAGE, "%s is a testbench; use `posedge tests` for it",
			       g->module);
	return true;
}

static void find_others(struct solving *g, const struct project *p)
{
	for (size_t i = 0; i < project_files(p); i++) {
		const struct project_file *file = project_file(p, i);

		if (strcmp(file->path, g->path) == 0)
			continue;
		for (size_t k = 0; file->outline && k < file->outline->n; k++)
			strv_add(&g->others, file->outline->modules[k].name);
	}
}

static bool how_many(struct flow *f, struct err *err)
{
	struct solving *g = f->own;
	const char *text = flow_option(f, "--best");
	unsigned long n = text ? strtoul(text, NULL, 10) : MOST_AT_FIRST;

	if (n < 1 || n > SOLVE_MAX || (text && strspn(text, "0123456789") != strlen(text)))
		return err_set(err, ERR_USAGE, "solve --best %s: a number from 1 to %u", text,
			       SOLVE_MAX);
	g->most = (unsigned)n;
	g->all = flow_option(f, "--all") != NULL;
	return true;
}

bool solving_task(struct flow *f, struct str *said, struct err *err)
{
	struct solving *g = f->own;
	const struct project *p = workbench_project(f->w, err);
	struct candidate *c = &g->v[0];

	g->n = 1;
	c->score.checks = c->score.failures = c->score.path = -1;
	if (!p || !how_many(f, err) || !choose(f, p, err))
		return false;
	g->path = planning_path(f, g->module);
	g->there = flow_text(f, g->path, &g->file);
	c->score.has_code = g->there && project_vmodule(p, g->module);
	str_add(&c->text, str_cstr(&g->file), g->file.len);
	if (!flow_spec(f, &g->spec, err))
		return false;
	find_others(g, p);
	if (!g->there && !g->testbench && !g->spec.len)
		return err_set(err, ERR_NOT_FOUND,
			       "nothing says what %s should be: neither spec.md, nor a testbench, "
			       "nor a module of that name",
			       g->module);
	str_addf(said, "%s, %s%s, judged by %s\n", g->module, g->path,
		 g->there ? "" : " (a new file)", g->testbench ? g->testbench : "the linter alone");
	return true;
}
