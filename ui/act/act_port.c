/* The port through which commands reach the screen; finds a command's function in
 * the tables of act_table.c. */
#include "config.h"

#include <string.h>

#include "session/workbench/screen_port.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/screen/ui.h"

static bool is_listed(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *p = list; p && (p = strstr(p, name)); p += len)
		if ((p == list || p[-1] == ' ') && (p[len] == ' ' || !p[len]))
			return true;
	return false;
}

static bool takes(const struct act_override *a, const struct cmd_call *c)
{
	for (size_t i = 0; i < c->n_opts; i += 2)
		if (!is_listed(a->opts, c->opts[i]))
			return false;
	return c->argc <= a->max_args;
}

act_fn *act_find_fn(const struct cmd_call *c)
{
	const struct act_screen_command *own;
	const struct act_override *a;

	for (size_t i = 0; (own = act_screen_command(i)) != NULL; i++)
		if (!c->cmd->run && strcmp(own->cmd.name, c->cmd->name) == 0)
			return own->run;
	for (size_t i = 0; (a = act_override(i)) != NULL; i++)
		if (strcmp(a->name, c->cmd->name) == 0)
			return takes(a, c) ? a->run : NULL;
	return NULL;
}

static bool run(struct screen_port *p, struct cmd_call *c, bool *as_job, struct err *err)
{
	act_fn *fn = act_find_fn(c);

	*as_job = !fn;
	return !fn || fn(((struct ui_port *)p)->ui, c, err);
}

void act_open_port(struct ui *u)
{
	struct ui_port *p = &ui_links(u)->port;
	struct workbench *w = ui_workbench(u);
	const struct act_screen_command *own;

	for (size_t i = 0; (own = act_screen_command(i)) != NULL; i++)
		cmd_table_add(w->commands, &own->cmd, NULL); /* a no-op except in tests */
	*p = (struct ui_port){ { run }, u };
	w->screen = &p->port;
}

void act_close_port(struct ui *u)
{
	ui_workbench(u)->screen = NULL;
}
