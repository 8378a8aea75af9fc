/* Everything that a command works with, opened when it is first needed: the
 * project, the session, backends. The session has a mode that can only grow
 * stronger while it is open; a folder that cannot be written to gets a session
 * in a temporary one, with a note that nothing is recorded. The project is
 * read on the pool (workbench_read_project), and in place only by those that
 * cannot wait.
 */
#include "config.h"

#include "session/workbench/workbench.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/backend.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/project/text_memo.h"
#include "session/project/project_ahead.h"
#include "session/tool/prover.h"
#include "session/tool/simulator.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/cmd.h"
#include "session/workbench/ports.h"

extern char **environ;

static void clean_log(void *ctx, const char *text, size_t len, struct str *out)
{
	redact_text(ctx, text, len, out);
}

void workbench_init(struct workbench *w, struct loop *l, const char *root,
		    const struct ports *ports)
{
	memset(w, 0, sizeof(*w));
	w->loop = l;
	w->root = mem_strdup(root);
	w->home_shown = mem_strdup(root);
	w->options = options_new(ports->simulators);
	w->commands = cmd_table_new(ports->commands);
	w->redact = redact_new((const char *const *)environ, getenv("HOME"));
	log_filter_add(clean_log, w->redact);
	w->ports = ports;
}

static void free_entry(struct backend_entry *b)
{
	free(b->name);
	free(b->protocol);
	free(b->url);
	free(b->model);
	free(b->key);
	for (char **o = b->options; o && *o; o++)
		free(*o);
	free(b->options);
	backend_lease_drop(b->lease);
}

static void free_testbench(struct testbench_entry *t)
{
	free(t->name);
	free(t->command);
	free(t->results);
	free(t->waves);
}

void workbench_fini(struct workbench *w)
{
	session_close(w->session);
	w->session = NULL;
	if (w->ports->unload_plugins)
		w->ports->unload_plugins(w);
	if (w->servers)
		w->free_servers(w->servers);
	if (w->toolbox)
		w->free_toolbox(w->toolbox);
	if (w->why)
		w->free_why(w->why);
	if (w->graph)
		w->free_graph(w->graph);
	project_free(w->project);
	text_memo_free(w->linted);
	text_memo_free(w->sized);
	if (w->scratch)
		file_remove_tree(w->scratch, NULL);
	free(w->scratch);
	free(w->complaint);
	free(w->refused);
	for (size_t i = 0; i < w->n_backends; i++)
		free_entry(&w->backends[i]);
	free(w->backends);
	for (size_t i = 0; i < w->n_testbenches; i++)
		free_testbench(&w->testbenches[i]);
	free(w->testbenches);
	log_filter_remove(clean_log, w->redact);
	redact_free(w->redact);
	cmd_table_free(w->commands);
	options_free(w->options);
	free(w->session_id);
	free(w->home_shown);
	free(w->root);
}

static bool refused(const struct workbench *w, struct err *err)
{
	return w->refused && !err_set(err, ERR_USAGE, "%s", w->refused);
}

static bool is_read_only(const char *root)
{
	char *home = path_join(root, ".posedge");
	bool cannot = access(file_is_dir(home) ? home : root, W_OK) < 0 &&
		      (errno == EROFS || errno == EACCES);

	free(home);
	return cannot;
}

/* A session in a temporary folder, so that lint and sim work without one in the project. */
static struct session *open_unrecorded(struct workbench *w, struct err *err)
{
	const char *tmp = getenv("TMPDIR");

	if (!w->scratch) {
		w->scratch = str_fmt("%s/posedge-unrecorded.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
		if (!mkdtemp(w->scratch)) {
			err_set(err, ERR_IO, "make %s: %s", w->scratch, strerror(errno));
			free(w->scratch);
			w->scratch = NULL;
			return NULL;
		}
		report_note(&w->out, "%s cannot be written to: nothing of this is recorded",
			    w->root);
	}
	return session_open(w->loop, w->scratch, SESSION_NEW, NULL, err);
}

struct session *workbench_session(struct workbench *w, enum session_mode mode, struct err *err)
{
	bool enough = w->session && (w->session_mode == mode || w->session_mode == SESSION_FULL ||
				     (mode == SESSION_APPEND && w->session_mode == SESSION_NEW));
	struct str recovered = STR_INIT;

	if (enough)
		return w->session;
	if (refused(w, err))
		return NULL;
	session_close(w->session);
	if (mode == SESSION_APPEND && is_read_only(w->root))
		w->session = open_unrecorded(w, err);
	else
		w->session = session_open(w->loop, w->root, mode, w->session_id, err);
	w->session_mode =
		mode == SESSION_BESIDE ? SESSION_FULL : mode; /* all of its state is there */
	if (w->session)
		session_redact(w->session, w->redact);
	if (w->session && session_recovery(w->session, &recovered))
		report_note(&w->out, "%s", str_cstr(&recovered));
	str_free(&recovered);
	if (w->session && w->ports->plugins_session)
		w->ports->plugins_session(w, w->session);
	if (w->session && w->on_session)
		w->on_session(w->on_session_ctx, w->session);
	return w->session;
}

char *workbench_which_session(const struct workbench *w, const char *named, struct err *err)
{
	const char *id = named ? named : w->session_id;
	struct strv ids = STRV_INIT;
	char *found = NULL;

	session_list(w->root, &ids);
	if (!id && ids.n)
		id = ids.v[ids.n - 1];
	if (!id)
		err_set(err, ERR_NOT_FOUND, "there is no session in %s yet", w->root);
	else if (!strv_has(&ids, id))
		err_set(err, ERR_NOT_FOUND, "there is no session %s; `posedge sessions` lists them",
			id);
	else
		found = mem_strdup(id);
	strv_free(&ids);
	return found;
}

static void settings_of(const struct workbench *w, struct project_settings *s)
{
	*s = (struct project_settings){ 0 };
	strv_addall(&s->files, &w->options->files);
	strv_addall(&s->exclude, &w->options->exclude);
	strv_addall(&s->include, &w->options->include);
	strv_addall(&s->defines, &w->options->defines);
	strv_addall(&s->links, &w->options->link_allow);
	strv_addall(&s->blackbox, &w->options->blackbox);
}

bool workbench_read_project(struct workbench *w, bool rescan, struct err *err)
{
	struct project_settings s;
	struct project *p;
	struct err why = { 0 };
	bool ok = true;

	if (w->refused)
		return true;
	settings_of(w, &s);
	if (w->project) {
		ok = project_ahead(w->loop, w->project, &s, rescan, &why);
	} else if ((p = project_ahead_open(w->loop, w->root, &s, &why))) {
		if (w->project) /* somebody could not wait */
			project_free(p);
		else
			w->project = p;
	} else {
		ok = false;
	}
	project_settings_fini(&s);
	if (!ok && why.code == ERR_CANCELLED && err)
		*err = why;
	return ok || why.code != ERR_CANCELLED;
}

bool workbench_has_read(const struct workbench *w)
{
	struct project_settings s;
	bool read;

	settings_of(w, &s);
	read = w->refused || (w->project && project_is_read(w->project, &s));
	project_settings_fini(&s);
	return read;
}

bool workbench_fits(struct workbench *w, struct err *err)
{
	struct project *p = refused(w, err) ? NULL : project_open(w->root, err);
	struct project_settings s;
	bool ok;

	settings_of(w, &s);
	ok = p && project_configure(p, &s, err);
	project_settings_fini(&s);
	project_free(p);
	return ok;
}

struct project *workbench_project(struct workbench *w, struct err *err)
{
	struct project_settings s;
	struct project *p = w->project;
	struct err why;

	if (refused(w, err))
		return NULL;
	if (!p)
		p = project_open(w->root, err);
	settings_of(w, &s);
	if (p && !project_configure(p, &s, &why)) {
		if (w->project) { /* the screen goes on with what it has */
			if (!w->complaint || strcmp(w->complaint, why.text) != 0)
				report_note(&w->out, "%s", why.text);
			free(w->complaint);
			w->complaint = mem_strdup(why.text);
		} else {
			project_free(p);
			p = NULL;
			if (err)
				*err = why;
		}
	}
	w->project = p ? p : w->project;
	project_settings_fini(&s);
	return p;
}

static char **copy_options(char *const *from)
{
	struct strv copy = STRV_INIT;

	for (; from && *from; from++)
		strv_add(&copy, *from);
	return copy.v;
}

bool workbench_add_backend(struct workbench *w, const struct backend_entry *b, struct err *err)
{
	struct backend_entry copy = { mem_strdup(b->name),
				      mem_strdup(b->protocol),
				      mem_strdup(b->url),
				      mem_strdup(b->model),
				      mem_strdup(b->key),
				      copy_options(b->options),
				      NULL };

	if (b->key && str_starts(b->key, "env:") && getenv(b->key + 4))
		redact_add(w->redact, getenv(b->key + 4));
	for (size_t i = 0; i < w->n_backends; i++) {
		if (strcmp(w->backends[i].name, b->name) == 0) {
			free_entry(&w->backends[i]);
			w->backends[i] = copy;
			return true;
		}
	}
	w->cap_backends = mem_grow((void **)&w->backends, w->cap_backends, w->n_backends + 1,
				   sizeof(*w->backends));
	w->backends[w->n_backends++] = copy;
	return true;
}

struct backend_entry *workbench_backend(const struct workbench *w, const char *name)
{
	for (size_t i = 0; i < w->n_backends; i++)
		if (strcmp(w->backends[i].name, name) == 0)
			return &w->backends[i];
	return NULL;
}

void workbench_add_testbench(struct workbench *w, const struct testbench_entry *t)
{
	struct testbench_entry copy = { mem_strdup(t->name), mem_strdup(t->command),
					mem_strdup(t->results), mem_strdup(t->waves) };

	for (size_t i = 0; i < w->n_testbenches; i++) {
		if (strcmp(w->testbenches[i].name, t->name) == 0) {
			free_testbench(&w->testbenches[i]);
			w->testbenches[i] = copy;
			return;
		}
	}
	w->cap_testbenches = mem_grow((void **)&w->testbenches, w->cap_testbenches,
				      w->n_testbenches + 1, sizeof(*w->testbenches));
	w->testbenches[w->n_testbenches++] = copy;
}

const struct testbench_entry *workbench_testbench(const struct workbench *w, const char *name)
{
	for (size_t i = 0; i < w->n_testbenches; i++)
		if (strcmp(w->testbenches[i].name, name) == 0)
			return &w->testbenches[i];
	return NULL;
}

static bool installed(const struct simulator_ops *s)
{
	char *version = NULL;
	bool here = s && simulator_available(s, &version, NULL);

	free(version);
	return here;
}

/* For what only one of them does: Verilator, unless only Icarus is installed. */
static const char *for_auto(const struct workbench *w)
{
	const struct simulator_ops *verilator = workbench_simulator(w, "verilator", NULL);
	const struct simulator_ops *icarus = workbench_simulator(w, "icarus", NULL);

	if (!verilator && !icarus)
		return w->ports->simulators[0]->name;
	return !installed(verilator) && installed(icarus) ? "icarus" : "verilator";
}

const struct prover_ops *workbench_prover(const struct workbench *w, struct err *err)
{
	const struct prover_ops *p = w->ports->prover;

	if (!p)
		err_set(err, ERR_TOOL, "this program knows no prover");
	return p && p->here(err) ? p : NULL;
}

const struct simulator_ops *workbench_simulator(const struct workbench *w, const char *name,
						struct err *err)
{
	if (strcmp(name, ENGINE_AUTO) == 0)
		name = for_auto(w);
	for (const struct simulator_ops *const *s = w->ports->simulators; *s; s++)
		if (strcmp((*s)->name, name) == 0)
			return *s;
	err_set(err, ERR_USAGE, "engine %s: no such engine", name);
	return NULL;
}

const struct backend_ops *workbench_protocol(const struct workbench *w, const char *protocol,
					     struct err *err)
{
	struct str known = STR_INIT;
	const char *nearest = NULL;
	size_t best = word_near(protocol) + 1;

	for (const struct backend_ops *const *b = w->ports->backends; *b; b++) {
		size_t d = word_distance(protocol, (*b)->protocol, best);

		if (strcmp((*b)->protocol, protocol) == 0) {
			str_free(&known);
			return *b;
		}
		if (d < best) {
			best = d;
			nearest = (*b)->protocol;
		}
		str_addf(&known, "%s%s", known.len ? ", " : "", (*b)->protocol);
	}
	if (nearest)
		err_set(err, ERR_USAGE, "protocol %s: not known; did you mean %s? There are %s",
			protocol, nearest, str_cstr(&known));
	else
		err_set(err, ERR_USAGE, "protocol %s: not known; there are %s", protocol,
			str_cstr(&known));
	str_free(&known);
	return NULL;
}

/* The same path with the links in the folders before its last part followed, as
 * far as these are there. */
static char *without_links(const char *path)
{
	char *dir = mem_strdup(path), *real = NULL, *out;

	while (!real && strcmp(dir, "/") != 0 && strcmp(dir, ".") != 0) {
		char *up = path_dir(dir);

		free(dir);
		dir = up;
		real = realpath(dir, NULL);
	}
	out = real ? path_join(real, path + strlen(dir) + (path[strlen(dir)] == '/'))
		   : mem_strdup(path);
	free(real);
	free(dir);
	return out;
}

bool workbench_path(const struct workbench *w, const char *given, char **rel, struct err *err)
{
	char *full = path_join(w->home_shown, given), *other = NULL;
	bool ok = path_inside(w->root, full, rel, err);

	if (!ok) {
		other = without_links(full);
		ok = strcmp(other, full) != 0 && path_inside(w->root, other, rel, NULL);
	}
	free(other);
	free(full);
	return ok;
}
