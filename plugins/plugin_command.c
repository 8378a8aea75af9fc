/* Commands and exporters: a person runs them and reads the output. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/plugin_parts.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/workbench/cmd.h"
#include "session/workbench/extensions.h"

/* Commands -------------------------------------------------------------------------------- */

struct command {
	struct part part;
	struct posedge_command c;
	bool gone; /* rows cannot be removed from the table */
};

struct words {
	const struct posedge_command *c;
	struct strv argv;
};

static void free_words(void *arg)
{
	struct words *x = arg;

	strv_free(&x->argv);
	free(x);
}

static bool run_on_thread(struct call *c)
{
	const struct words *x = c->arg;

	c->status = x->c->run(c->l->state, &c->l->host, x->argv.n, (const char *const *)x->argv.v);
	return true;
}

static bool to_person(struct call *c, const char *text, struct err *err)
{
	struct str shown = STR_INIT;

	utf8_show(text, strlen(text), &shown);
	report_text(&c->l->w->out, "%s", str_cstr(&shown));
	str_free(&shown);
	return true;
}

static bool run_command(struct cmd_call *cc, struct err *err)
{
	struct command *a = cc->cmd->ctx;
	struct words *x;
	struct call *c;
	bool ok;

	if (a->gone)
		return err_set(err, ERR_TOOL, "%s: its plugin did not start", a->c.name);
	x = mem_zalloc(sizeof(*x));
	x->c = &a->c;
	for (size_t i = 0; i < cc->argc; i++)
		strv_add(&x->argv, cc->argv[i]);
	c = call_new(a->part.plugin, run_on_thread, x, free_words);
	c->print = to_person;
	ok = call_run(c, err);
	if (ok && (c->status < 0 || c->status > CMD_NO_VERDICT))
		ok = err_set(err, ERR_TOOL, "%s: the plugin %s gave the status %d", a->c.name,
			     a->part.plugin->plugin->name, c->status);
	if (ok)
		cc->status = (enum cmd_status)c->status;
	call_end(c);
	return ok;
}

static void forget_command(struct part *p)
{
	((struct command *)p)->gone = true;
}

bool host_add_command(void *ctx, const struct posedge_command *c)
{
	struct loaded *l = ctx;
	struct command *a;
	struct cmd cmd;

	if (!given_fit(l, "commands", c, c ? c->size : 0, sizeof(*c)) ||
	    !given_name(l, "command", c->name) ||
	    !given_text(l, "command", c->name, c->args, 200) ||
	    !given_text(l, "command", c->name, c->help, 400))
		return false;
	if (!c->run || c->min_args > c->max_args)
		return err_set(&l->err, ERR_USAGE, "command %s: its description cannot be used",
			       c->name);
	a = mem_zalloc(sizeof(*a));
	a->part.forget = forget_command;
	a->c = *c;
	cmd = (struct cmd){ .name = c->name,
			    .args = c->args,
			    .min_args = c->min_args,
			    .max_args = c->max_args,
			    .flags = CMD_SHELL,
			    .help = c->help,
			    .run = run_command,
			    .ctx = a };
	if (!cmd_table_add(l->w->commands, &cmd, &l->err)) {
		free(a);
		return false;
	}
	part_add(&a->part, l);
	return true;
}

/* Exporters ------------------------------------------------------------------------------- */

struct exported {
	struct part part;
	struct posedge_exporter e;
};

struct story_text {
	const struct posedge_exporter *e;
	char *session;
	struct str events;
};

static void free_story_text(void *arg)
{
	struct story_text *x = arg;

	free(x->session);
	str_free(&x->events);
	free(x);
}

static bool export_on_thread(struct call *c)
{
	const struct story_text *x = c->arg;

	return x->e->run(c->l->state, &c->l->host, x->session,
			 (struct posedge_text){ str_cstr(&x->events), x->events.len });
}

static bool run_exporter(const struct exporter *x, const char *session, const struct str *events,
			 struct str *out, struct err *err)
{
	const struct exported *a = x->ctx;
	struct story_text *s = mem_zalloc(sizeof(*s));
	struct call *c;
	bool ok;

	s->e = &a->e;
	s->session = mem_strdup(session);
	str_add(&s->events, str_cstr(events), events->len);
	c = call_new(a->part.plugin, export_on_thread, s, free_story_text);
	c->print = call_to_text;
	c->ctx = out;
	ok = call_run(c, err);
	call_end(c);
	return ok;
}

static void forget_exporter(struct part *p)
{
	struct extensions *x = parts_extensions(&p->plugin->w->tools);

	for (size_t i = 0; i < x->n_exporters; i++)
		if (x->exporters[i].ctx == p)
			x->exporters[i--] = x->exporters[--x->n_exporters];
}

bool host_add_exporter(void *ctx, const struct posedge_exporter *e)
{
	struct loaded *l = ctx;
	struct extensions *x;
	struct exported *a;

	if (!given_fit(l, "exporters", e, e ? e->size : 0, sizeof(*e)) ||
	    !given_name(l, "exporter", e->name) ||
	    !given_text(l, "exporter", e->name, e->help, 400))
		return false;
	x = parts_extensions(&l->w->tools);
	for (size_t i = 0; i < x->n_exporters; i++)
		if (strcmp(x->exporters[i].name, e->name) == 0)
			return err_set(&l->err, ERR_CONFLICT,
				       "exporter %s: there is one of that name", e->name);
	if (!e->run || x->n_exporters == EXTENSIONS_MAX)
		return err_set(&l->err, ERR_LIMIT,
			       "exporter %s: it does nothing, or there are %u already", e->name,
			       EXTENSIONS_MAX);
	a = mem_zalloc(sizeof(*a));
	a->part.forget = forget_exporter;
	a->e = *e;
	x->exporters[x->n_exporters++] = (struct exporter){
		.name = a->e.name, .help = a->e.help, .run = run_exporter, .ctx = a
	};
	part_add(&a->part, l);
	return true;
}
