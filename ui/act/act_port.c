/* The port through which commands reach the screen; finds a command's function in
 * the table of act_table.c. */
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

/* Other calls of a shared command run as a job, as they do in the shell. */
static bool takes(const struct act_command *a, const struct cmd_call *c)
{
	for (size_t i = 0; i < c->n_opts; i += 2)
		if (!is_listed(a->opts, c->opts[i]))
			return false;
	return c->argc <= a->cmd.max_args;
}

act_fn *act_find_fn(const struct cmd_call *c)
{
	const struct act_command *a;

	for (size_t i = 0; (a = act_command(i)) != NULL; i++)
		if (strcmp(a->cmd.name, c->cmd->name) == 0)
			return takes(a, c) ? a->run : NULL;
	return NULL;
}

void act_add_commands(struct cmd_table *commands)
{
	const struct act_command *a;

	for (size_t i = 0; (a = act_command(i)) != NULL; i++)
		if (a->cmd.flags) /* a shared one has its row in commands.c */
			cmd_table_add(commands, &a->cmd, NULL); /* false: it is there */
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

	act_add_commands(w->commands);
	*p = (struct ui_port){ { run }, u };
	w->screen = &p->port;
}

void act_close_port(struct ui *u)
{
	ui_workbench(u)->screen = NULL;
}
