/* A plugin is found, its file checked, opened, its version checked, and only then
 * started.
 *
 * What it added is removed before it is unloaded. A call that did not end in time is
 * still running in the plugin's code, so such a plugin stays loaded until the program
 * ends.
 */
#include "config.h"

#include "plugins/host.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plugins/plugin_parts.h"
#include "session/base/crash.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/output/diag.h"
#include "session/workbench/ports.h"

/* The members that every plugin has had from the first version on. */
#define PLUGIN_LEAST \
	(offsetof(struct posedge_plugin, ran) + sizeof(((struct posedge_plugin *)NULL)->ran))
#define NAME_MAX_BYTES 32u

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
	char *own = path_user_data("plugins");
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

static bool is_name(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789-");

	return n && n <= NAME_MAX_BYTES && !name[n];
}

static bool check_plugin(const char *path, const struct posedge_plugin *p, struct err *err)
{
	if (!p || p->size < offsetof(struct posedge_plugin, name))
		return err_set(err, ERR_USAGE, "plugin %s: it describes nothing", path);
	if (p->abi != POSEDGE_PLUGIN_ABI)
		return err_set(err, ERR_USAGE,
			       "plugin %s: made for version %u of the interface, this is %u", path,
			       p->abi, POSEDGE_PLUGIN_ABI);
	if (p->size < PLUGIN_LEAST || !p->name || !p->start)
		return err_set(err, ERR_USAGE, "plugin %s: its description is too small", path);
	if (!is_name(p->name))
		return err_set(err, ERR_USAGE,
			       "plugin %s: its name has a-z, 0-9, _ and -, at most %u", path,
			       NAME_MAX_BYTES);
	return true;
}

static const struct posedge_plugin *ask_plugin(void *so)
{
	const struct posedge_plugin *(*entry)(void);

	/* ISO C has no conversion from an object pointer to a function pointer. */
	*(void **)(&entry) = dlsym(so, "posedge_plugin");
	return entry ? entry() : NULL;
}

/* Removes references to the plugin's parts. True: there were some, so the plugin has to
 * stay: the command table points to it. */
static bool forget(struct loaded *l)
{
	bool any = false;

	for (struct part *p = l->w->tools.plugins->parts; p; p = p->next)
		if (p->plugin == l && p->forget) {
			p->forget(p);
			any = true;
		}
	return any;
}

static void deaf(void *ctx, const char *text)
{
}

struct stopping {
	struct loaded *l;
	bool done;
};

static bool stop_on_thread(struct call *c)
{
	c->l->plugin->stop(c->l->state);
	return true;
}

static void stop_in_task(void *ctx)
{
	struct stopping *s = ctx;
	struct call *c = call_new(s->l, stop_on_thread, NULL, NULL);
	struct err err;

	c->brief = true;
	if (!call_run(c, &err))
		report_note(&s->l->w->out, "%s", err.text);
	call_end(c);
	s->done = true;
}

/* An abandoned call still uses the plugin's code and state, so both stay until the
 * program ends. */
static void unload(struct loaded *l)
{
	struct stopping s = { l, false };

	if (!call_lost(l) && l->plugin && l->plugin->stop && !l->starting) {
		task_start(l->w->loop, stop_in_task, &s);
		loop_run_until(l->w->loop, &s.done);
	}
	if (call_lost(l)) {
		call_cancel_all(l); /* removes its timers */
		return;
	}
	crash_remove_object(l->who);
	if (l->so)
		dlclose(l->so);
	free(l);
}

static void offer(struct loaded *l)
{
	l->host = (struct posedge_host){ .size = sizeof(l->host),
					 .abi = POSEDGE_PLUGIN_ABI,
					 .ctx = l,
					 .print = host_print,
					 .note = host_note,
					 .add_command = host_add_command,
					 .project = host_project,
					 .add_tool = host_add_tool,
					 .add_exporter = host_add_exporter,
					 .add_pane = host_add_pane,
					 .add_backend = host_add_backend,
					 .add_engine = host_add_engine,
					 .error = host_error,
					 .fail = host_fail,
					 .cancelled = host_cancelled,
					 .ask = host_ask,
					 .lint = host_lint,
					 .simulate = host_simulate,
					 .propose = host_propose,
					 .files = host_files,
					 .read_file = host_read_file,
					 .findings = host_findings,
					 .design = host_design,
					 .waves = host_waves,
					 .changes = host_changes,
					 .program = host_program,
					 .show = host_show,
					 .report = host_report,
					 .think = host_think,
					 .usage = host_usage,
					 .call = host_call };
}

static bool open_plugin(struct loaded *l, const char *path, struct err *err)
{
	l->so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!l->so)
		return err_set(err, ERR_USAGE, "plugin %s: %s", path, dlerror());
	l->plugin = ask_plugin(l->so);
	return check_plugin(path, l->plugin, err);
}

struct trial {
	struct loaded l;
	const char *path;
};

/* Runs in a separate process. Output is discarded, since start() runs again here. */
static void try_plugin(void *ctx)
{
	struct trial *t = ctx;
	struct err err;

	if (open_plugin(&t->l, t->path, &err)) {
		offer(&t->l);
		t->l.host.print = t->l.host.note = deaf;
		t->l.plugin->start(&t->l.host, &t->l.state);
	}
}

static bool start_here(struct loaded *l, const char *path, struct err *err)
{
	if (!open_plugin(l, path, err))
		return false;
	offer(l);
	snprintf(l->who, sizeof(l->who), "plugin %s", l->plugin->name);
	crash_add_object(l->who, dlsym(l->so, "posedge_plugin"));
	if (!l->plugin->start(&l->host, &l->state))
		return err_set(err, ERR_USAGE, "plugin %s: it did not start%s%s", l->plugin->name,
			       l->err.code ? ": " : "", l->err.code ? l->err.text : "");
	l->starting = false;
	return true;
}

static bool start_plugin(struct loaded *l, const char *path, struct err *err)
{
	struct trial t = { *l, path };
	bool ok;

	if (!trial_run(path, l->w->options->sim_memory_mb, try_plugin, &t, err))
		return false;
	snprintf(l->who, sizeof(l->who), "plugin %s", path);
	crash_set_callee(l->who);
	ok = start_here(l, path, err);
	crash_set_callee(NULL);
	return ok;
}

/* Notifications. */

static struct notice *new_finding(const struct diag *d)
{
	struct notice *n = mem_zalloc(sizeof(*n));

	n->text[0] = mem_strdup(d->path);
	n->text[1] = mem_strdup(d->code);
	n->text[2] = mem_strdup(d->text);
	n->finding = (struct posedge_finding){ .size = sizeof(n->finding),
					       .rank = diag_rank_name(d->rank),
					       .path = n->text[0],
					       .line = d->line,
					       .col = d->col,
					       .code = n->text[1],
					       .text = n->text[2] };
	return n;
}

static void tell_findings(struct loaded *l, const struct diag_list *found)
{
	for (size_t i = 0; found && i < diag_list_len(found); i++)
		notice_give(l, new_finding(diag_list_at(found, i)));
}

static void tell_run(struct loaded *l, const struct event *e)
{
	const struct state *s = session_state(l->w->session);
	struct notice *n = mem_zalloc(sizeof(*n));
	const char *testbench = "", *engine = "";

	for (size_t i = 0; i < s->n_runs; i++) {
		if (s->runs[i]->n == e->verdict.run) {
			testbench = s->runs[i]->testbench;
			engine = s->runs[i]->engine;
		}
	}
	n->is_run = true;
	n->text[0] = mem_strdup(testbench);
	n->text[1] = mem_strdup(engine);
	n->text[2] = mem_strdup(e->verdict.verdict);
	n->text[3] = mem_strndup(e->verdict.first.data ? e->verdict.first.data : "",
				 e->verdict.first.len);
	n->run = (struct posedge_run){ .size = sizeof(n->run),
				       .testbench = n->text[0],
				       .engine = n->text[1],
				       .verdict = n->text[2],
				       .checks = (long)e->verdict.checks,
				       .first = n->text[3] };
	notice_give(l, n);
}

static void on_event(void *ctx, const struct event *e)
{
	struct workbench *w = ctx;

	for (struct loaded *l = w->tools.plugins ? w->tools.plugins->first : NULL; l; l = l->next) {
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
	if (w->tools.plugins)
		session_watch(s, on_event, w);
}

/* Loading and unloading. */

static void make_host(struct workbench *w)
{
	w->tools.plugins = mem_zalloc(sizeof(*w->tools.plugins));
	if (w->session)
		session_watch(w->session, on_event, w);
}

bool host_load(struct workbench *w, const char *name, bool by_path, struct err *err)
{
	char *path = by_path ? realpath(name, NULL) : find(name, err);
	struct loaded *l;
	bool ok;

	if (!path)
		return by_path ? err_set(err, ERR_NOT_FOUND, "plugin %s: %s", name, strerror(errno))
			       : false;
	if (!w->tools.plugins)
		make_host(w);
	l = mem_zalloc(sizeof(*l));
	l->w = w;
	l->starting = true;
	l->loop_thread = pthread_self();
	ok = check_file(path, err) && start_plugin(l, path, err);
	if (ok || forget(l)) {
		l->next = w->tools.plugins->first;
		w->tools.plugins->first = l;
	} else {
		unload(l);
	}
	free(path);
	return ok;
}

/* References to the plugins are removed before the plugins. */
void host_unload(struct workbench *w)
{
	struct plugin_host *h = w->tools.plugins;

	if (!h)
		return;
	for (struct loaded *l = h->first; l; l = l->next) {
		call_cancel_all(l);
		notices_drop(l);
	}
	for (struct loaded *l = h->first; l; l = l->next)
		if (!l->starting)
			forget(l);
	if (h->before) {
		w->ports = h->before;
		options_engines(w->options, w->ports->simulators);
	}
	w->tools.extensions = NULL;
	while (h->first) {
		struct loaded *l = h->first;

		h->first = l->next;
		unload(l);
	}
	while (h->parts) {
		struct part *p = h->parts;

		h->parts = p->next;
		if (p->free)
			p->free(p);
		else
			free(p);
	}
	free(h->backends);
	free(h->engines);
	free(h->extensions);
	free(h);
	w->tools.plugins = NULL;
}
