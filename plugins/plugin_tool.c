/* Tools for models: rows of the toolbox. They are named PLUGIN_NAME there, so that
 * readers of a policy or transcript see which plugin they belong to. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/plugin_parts.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/toolbox/toolbox.h"

#define ABOUT_MAX 1000u

struct tooled {
	struct part part;
	struct posedge_tool t;
};

struct arguments {
	const struct posedge_tool *t;
	struct str json;
};

static void free_arguments(void *arg)
{
	struct arguments *x = arg;

	str_free(&x->json);
	free(x);
}

static bool call_on_thread(struct call *c)
{
	const struct arguments *x = c->arg;

	return x->t->call(c->l->state, &c->l->host, str_cstr(&x->json));
}

static bool call_tool(struct tool_call *tc, struct err *err)
{
	const struct tooled *a = tc->ctx;
	struct arguments *x = mem_zalloc(sizeof(*x));
	struct call *c;
	bool ok;

	x->t = &a->t;
	if (tc->args)
		json_print(&x->json, tc->args);
	else
		str_adds(&x->json, "{}");
	c = call_new(a->part.plugin, call_on_thread, x, free_arguments);
	c->print = call_to_text;
	c->ctx = tc->out;
	ok = call_run(c, err);
	call_end(c);
	return ok;
}

static void forget_tool(struct part *p)
{
	if (p->plugin->w->tools.box)
		toolbox_remove(p->plugin->w->tools.box, p);
}

/* "hello" and "greet" give hello_greet. The caller frees it. */
static char *full_name(const struct loaded *l, const char *name)
{
	char *full = str_fmt("%s_%s", l->plugin->name, name);

	for (char *c = full; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
		else if (!strchr("abcdefghijklmnopqrstuvwxyz_0123456789", *c))
			*c = '_';
	return full;
}

bool host_add_tool(void *ctx, const struct posedge_tool *t)
{
	struct loaded *l = ctx;
	struct tooled *a;
	struct tool row = { .effect = TOOL_FOREIGN, .call = call_tool };
	char *name, *source;
	bool ok;

	if (!given_fit(l, "tools", t, t ? t->size : 0, sizeof(*t)) ||
	    !given_name(l, "tool", t->name) || !given_text(l, "tool", t->name, t->about, ABOUT_MAX))
		return false;
	if (!t->call || !t->schema)
		return err_set(&l->err, ERR_USAGE, "tool %s: it has no schema, or does nothing",
			       t->name);
	a = mem_zalloc(sizeof(*a));
	a->part.forget = forget_tool;
	a->t = *t;
	name = full_name(l, t->name);
	source = str_fmt("plugin:%s", l->plugin->name);
	row.name = name;
	row.about = a->t.about;
	row.schema = a->t.schema;
	row.source = source;
	row.ctx = a;
	ok = toolbox_add(toolbox_of(&l->w->tools), &row, &l->err);
	if (ok)
		part_add(&a->part, l);
	else
		free(a);
	free(source);
	free(name);
	return ok;
}
