#include "config.h"

#include "plugins/host.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugins/posedge_plugin.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/verdict/diag.h"
#include "session/workbench/cmd.h"
#include "session/workbench/workbench.h"

struct loaded {
	struct loaded *next;
	struct workbench *w;
	void *so;
	const struct posedge_plugin *plugin;
	struct posedge_host host;
	void *state;
	bool starting; /* and for ever, when it did not start */
};

/* A command that a plugin added: cmd.ctx points to one. */
struct added {
	struct added *next;
	struct loaded *plugin;
	struct posedge_command c;
};

struct plugin_host {
	struct loaded *first;
	struct added *commands;
};

/* What a plugin may call. */

static void host_print(void *ctx, const char *text)
{
	struct loaded *l = ctx;

	report_text(&l->w->out, "%s", text);
}

static void host_note(void *ctx, const char *line)
{
	struct loaded *l = ctx;

	report_note(&l->w->out, "%s: %s", l->plugin->name, line);
}

static const char *host_project(void *ctx)
{
	struct loaded *l = ctx;

	return l->w->root;
}

static bool run_added(struct cmd_call *c, struct err *err)
{
	struct added *a = c->cmd->ctx;
	int status =
		a->c.run(a->plugin->state, &a->plugin->host, c->argc, (const char *const *)c->argv);

	if (status < 0 || status > CMD_NO_VERDICT)
		return err_set(err, ERR_TOOL, "%s: the plugin %s gave the status %d", c->cmd->name,
			       a->plugin->plugin->name, status);
	c->status = (enum cmd_status)status;
	return true;
}

static bool host_add_command(void *ctx, const struct posedge_command *c)
{
	struct loaded *l = ctx;
	struct added *a;
	struct cmd cmd;

	if (!l->starting || !c || c->size < sizeof(*c) || !c->name || !c->args || !c->help ||
	    !c->run || c->min_args > c->max_args)
		return false;
	a = mem_zalloc(sizeof(*a));
	a->plugin = l;
	a->c = *c;
	cmd = (struct cmd){ .name = c->name,
			    .args = c->args,
			    .min_args = c->min_args,
			    .max_args = c->max_args,
			    .flags = CMD_SHELL,
			    .help = c->help,
			    .run = run_added,
			    .ctx = a };
	if (!cmd_table_add(l->w->commands, &cmd, NULL)) {
		free(a);
		return false;
	}
	a->next = l->w->plugins->commands;
	l->w->plugins->commands = a;
	return true;
}

/* Finding and checking. */

static char *in_folder(const char *folder, const char *name)
{
	char *path = folder ? str_fmt("%s/%s.so", folder, name) : NULL;

	if (path && !file_exists(path)) {
		free(path);
		path = NULL;
	}
	return path;
}

static char *find(const char *name, struct err *err)
{
	char *data = path_user_data();
	char *own = data ? str_fmt("%s/plugins", data) : NULL;
	char *path = NULL;

	if (strchr(name, '/') || name[0] == '.') {
		err_set(err, ERR_USAGE,
			"plugin %s: a name was expected; a path only counts on the command line",
			name);
	} else {
		path = in_folder(own, name);
		if (!path)
			path = in_folder(POSEDGE_PLUGIN_DIR, name);
		if (!path)
			err_set(err, ERR_NOT_FOUND, "plugin %s: neither in %s nor in %s", name,
				own ? own : "a folder of your own", POSEDGE_PLUGIN_DIR);
	}
	free(own);
	free(data);
	return path;
}

static bool check_file(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set(err, ERR_NOT_FOUND, "plugin %s: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_USAGE, "plugin %s: not a file", path);
	if ((st.st_uid != 0 && st.st_uid != geteuid()) || (st.st_mode & 022))
		return err_set(err, ERR_USAGE, "plugin %s: others could have written it", path);
	return true;
}

static bool check_plugin(const char *path, const struct posedge_plugin *p, struct err *err)
{
	if (!p || p->size < offsetof(struct posedge_plugin, name))
		return err_set(err, ERR_USAGE, "plugin %s: it describes nothing", path);
	if (p->abi != POSEDGE_PLUGIN_ABI)
		return err_set(err, ERR_USAGE,
			       "plugin %s: made for version %u of the interface, this is %u", path,
			       p->abi, POSEDGE_PLUGIN_ABI);
	if (p->size < sizeof(*p) || !p->name || !p->start)
		return err_set(err, ERR_USAGE, "plugin %s: its description is too small", path);
	return true;
}

static const struct posedge_plugin *ask_plugin(void *so)
{
	const struct posedge_plugin *(*entry)(void);

	/* ISO C knows no conversion from an object pointer to a function. */
	*(void **)(&entry) = dlsym(so, "posedge_plugin");
	return entry ? entry() : NULL;
}

static void unload(struct workbench *w, struct loaded *l)
{
	if (l->plugin && l->plugin->stop && !l->starting)
		l->plugin->stop(l->state);
	if (l->so)
		dlclose(l->so);
	free(l);
}

static bool start_plugin(struct workbench *w, struct loaded *l, const char *path, struct err *err)
{
	l->so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!l->so)
		return err_set(err, ERR_USAGE, "plugin %s: %s", path, dlerror());
	l->plugin = ask_plugin(l->so);
	if (!check_plugin(path, l->plugin, err))
		return false;
	l->host = (struct posedge_host){ .size = sizeof(l->host),
					 .abi = POSEDGE_PLUGIN_ABI,
					 .ctx = l,
					 .print = host_print,
					 .note = host_note,
					 .add_command = host_add_command,
					 .project = host_project };
	if (!l->plugin->start(&l->host, &l->state))
		return err_set(err, ERR_USAGE, "plugin %s: it did not start", l->plugin->name);
	l->starting = false;
	return true;
}

/* A plugin that failed after it had added a command stays loaded, since the
 * table points into it; its commands then say that it did not start. */
static int not_started(void *state, const struct posedge_host *host, size_t argc,
		       const char *const *argv)
{
	return CMD_TROUBLE;
}

static bool forget_commands(struct workbench *w, struct loaded *l)
{
	bool any = false;

	for (struct added *a = w->plugins->commands; a; a = a->next) {
		if (a->plugin == l) {
			a->c.run = not_started;
			any = true;
		}
	}
	return any;
}

bool host_load(struct workbench *w, const char *name, bool by_path, struct err *err)
{
	char *path = by_path ? realpath(name, NULL) : find(name, err);
	struct loaded *l;
	bool ok;

	if (!path)
		return by_path ? err_set(err, ERR_NOT_FOUND, "plugin %s: %s", name, strerror(errno))
			       : false;
	if (!w->plugins)
		w->plugins = mem_zalloc(sizeof(*w->plugins));
	l = mem_zalloc(sizeof(*l));
	l->w = w;
	l->starting = true;
	ok = check_file(path, err) && start_plugin(w, l, path, err);
	if (ok || forget_commands(w, l)) {
		l->next = w->plugins->first;
		w->plugins->first = l;
	} else {
		unload(w, l);
	}
	free(path);
	return ok;
}

/* Telling. */

static void tell_findings(const struct loaded *l, const struct diag_list *found)
{
	for (size_t i = 0; found && i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);
		struct posedge_finding f = { .size = sizeof(f),
					     .rank = diag_rank_name(d->rank),
					     .path = d->path,
					     .line = d->line,
					     .col = d->col,
					     .code = d->code,
					     .text = d->text };

		l->plugin->finding(l->state, &f);
	}
}

static void tell_run(const struct loaded *l, const struct event *e)
{
	const struct state *s = session_state(l->w->session);
	char *first = mem_strndup(e->verdict.first.data ? e->verdict.first.data : "",
				  e->verdict.first.len);
	struct posedge_run r = { .size = sizeof(r),
				 .testbench = "",
				 .engine = "",
				 .verdict = e->verdict.verdict,
				 .checks = (long)e->verdict.checks,
				 .first = first };

	for (size_t i = 0; i < s->n_runs; i++) {
		if (s->runs[i]->n == e->verdict.run) {
			r.testbench = s->runs[i]->testbench;
			r.engine = s->runs[i]->engine;
		}
	}
	l->plugin->ran(l->state, &r);
	free(first);
}

static void on_event(void *ctx, const struct event *e)
{
	struct workbench *w = ctx;

	for (struct loaded *l = w->plugins ? w->plugins->first : NULL; l; l = l->next) {
		if (l->starting)
			continue;
		if (e->type == EVENT_LINT && l->plugin->finding)
			tell_findings(l, e->lint.found);
		if (e->type == EVENT_VERDICT && l->plugin->ran)
			tell_run(l, e);
	}
}

void host_session(struct workbench *w, struct session *s)
{
	session_watch(s, on_event, w);
}

void host_unload(struct workbench *w)
{
	struct plugin_host *h = w->plugins;

	if (!h)
		return;
	while (h->first) {
		struct loaded *l = h->first;

		h->first = l->next;
		unload(w, l);
	}
	while (h->commands) {
		struct added *a = h->commands;

		h->commands = a->next;
		free(a);
	}
	free(h);
	w->plugins = NULL;
}
