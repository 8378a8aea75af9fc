/* What commands work with, opened on first use: the project, the session, backends.
 * While a session is open, its mode can only become stronger; a project folder that
 * is read-only gets a session in a temporary folder, with a note that nothing is
 * recorded. The project is read in the pool (workbench_read_project), and directly
 * only for callers that cannot wait.
 */
#include "config.h"

#include "session/workbench/workbench.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/project/text_memo.h"
#include "session/project/project_ahead.h"
#include "session/tool/simulator.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/cmd.h"
#include "session/workbench/ports.h"
#include "session/workbench/testbench_list.h"
#include "session/workbench/tool_version.h"

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
	w->ports = ports;
	workplace_init(&w->place, root);
	w->options = options_new(ports->simulators);
	w->backends = backend_list_new();
	w->testbenches = testbench_list_new();
	w->kept.versions = tool_versions_new();
	w->commands = cmd_table_new(ports->commands);
	w->redact = redact_new((const char *const *)environ, getenv("HOME"));
	log_filter_add(clean_log, w->redact);
}

static void fini_tools(struct workbench_tools *t)
{
	if (t->servers)
		t->free_servers(t->servers);
	if (t->box)
		t->free_box(t->box);
}

static void fini_kept(struct workbench_kept *k)
{
	if (k->why)
		k->free_why(k->why);
	if (k->graph)
		k->free_graph(k->graph);
	text_memo_free(k->linted);
	text_memo_free(k->sized);
	tool_versions_free(k->versions);
	free(k->complaint);
}

static void fini_recording(struct workbench_recording *r)
{
	if (r->scratch)
		file_remove_tree(r->scratch, NULL);
	free(r->scratch);
	free(r->named);
}

void workbench_fini(struct workbench *w)
{
	session_close(w->session);
	w->session = NULL;
	if (w->kept.linter)
		w->kept.linter->ops->close(w->kept.linter);
	if (w->ports->unload_plugins)
		w->ports->unload_plugins(w);
	fini_tools(&w->tools);
	fini_kept(&w->kept);
	project_free(w->project);
	fini_recording(&w->recording);
	backend_list_free(w->backends);
	testbench_list_free(w->testbenches);
	log_filter_remove(clean_log, w->redact);
	redact_free(w->redact);
	cmd_table_free(w->commands);
	options_free(w->options);
	workplace_fini(&w->place);
}

/* True for a file that bears the name of the record's folder. */
static bool is_in_the_way(const char *root)
{
	char *home = path_join(root, ".posedge");
	struct stat st;
	bool is = lstat(home, &st) == 0 && S_ISREG(st.st_mode);

	free(home);
	return is;
}

bool workbench_is_read_only(const struct workbench *w)
{
	char *home = path_join(w->place.root, ".posedge");
	bool cannot = access(file_is_dir(home) ? home : w->place.root, W_OK) < 0 &&
		      (errno == EROFS || errno == EACCES);

	free(home);
	return cannot;
}

/* A session in a temporary folder, so lint and sim work when none can be made in
 * the project. */
static struct session *open_unrecorded(struct workbench *w, struct err *err)
{
	const char *tmp = getenv("TMPDIR");

	if (!w->recording.scratch) {
		w->recording.scratch =
			str_fmt("%s/posedge-unrecorded.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
		if (!mkdtemp(w->recording.scratch)) {
			err_set(err, ERR_IO, "make %s: %s", w->recording.scratch, strerror(errno));
			free(w->recording.scratch);
			w->recording.scratch = NULL;
			return NULL;
		}
		if (is_in_the_way(w->place.root))
			report_note(&w->out,
				    "%s/.posedge is a file, where the folder of the record would "
				    "be: nothing of this is recorded",
				    w->place.root);
		else
			report_note(&w->out, "%s cannot be written to: nothing of this is recorded",
				    w->place.root);
	}
	return session_open(w->loop, w->recording.scratch, SESSION_NEW, NULL, err);
}

/* True if a session opened in mode `has` can be used where `wanted` is needed. */
static bool serves(enum session_mode has, enum session_mode wanted)
{
	return has == wanted || has == SESSION_FULL ||
	       (wanted == SESSION_APPEND && has == SESSION_NEW);
}

struct session *workbench_session(struct workbench *w, enum session_mode mode, struct err *err)
{
	struct str recovered = STR_INIT;

	if (w->session && serves(w->recording.mode, mode))
		return w->session;
	if (!workplace_check(&w->place, err))
		return NULL;
	session_close(w->session);
	if (mode == SESSION_APPEND && (is_in_the_way(w->place.root) || workbench_is_read_only(w)))
		w->session = open_unrecorded(w, err);
	else
		w->session = session_open(w->loop, w->place.root, mode, w->recording.named, err);
	w->recording.mode =
		mode == SESSION_BESIDE ? SESSION_FULL : mode; /* has its complete state */
	if (w->session)
		session_redact(w->session, w->redact);
	if (w->session && session_recovery(w->session, &recovered))
		report_note(&w->out, "%s", str_cstr(&recovered));
	str_free(&recovered);
	if (w->session && w->ports->plugins_session)
		w->ports->plugins_session(w, w->session);
	if (w->session && w->recording.opened)
		w->recording.opened(w->recording.ctx, w->session);
	return w->session;
}

char *workbench_which_session(const struct workbench *w, const char *named, struct err *err)
{
	const char *id = named ? named : w->recording.named;
	struct strv ids = STRV_INIT;
	char *found = NULL;

	if (!id) {
		found = session_newest(w->place.root);
		if (!found)
			err_set(err, ERR_NOT_FOUND, "there is no session in %s yet", w->place.root);
		return found;
	}
	session_list(w->place.root, &ids);
	if (strv_has(&ids, id))
		found = mem_strdup(id);
	else
		err_set(err, ERR_NOT_FOUND, "there is no session %s; `posedge sessions` lists them",
			id);
	strv_free(&ids);
	return found;
}

static void settings_of(const struct options *o, struct project_settings *s)
{
	*s = (struct project_settings){ 0 };
	strv_addall(&s->files, &o->files);
	strv_addall(&s->exclude, &o->exclude);
	strv_addall(&s->include, &o->include);
	strv_addall(&s->defines, &o->defines);
	strv_addall(&s->links, &o->link_allow);
	strv_addall(&s->blackbox, &o->blackbox);
}

bool workbench_read_project(struct workbench *w, bool rescan, struct err *err)
{
	struct project_settings s;
	struct project *p;
	struct err why = { 0 };
	bool ok = true;

	if (w->place.refused)
		return true;
	settings_of(w->options, &s);
	if (w->project) {
		ok = project_ahead(w->loop, w->project, &s, rescan, &why);
	} else if ((p = project_ahead_open(w->loop, w->place.root, &s, &why))) {
		if (w->project) /* a caller that could not wait opened it */
			project_free(p);
		else
			w->project = p;
	} else {
		ok = false;
	}
	project_settings_fini(&s);
	if (!ok && why.code == ERR_CANCELLED)
		err_copy(err, &why);
	return ok || why.code != ERR_CANCELLED;
}

bool workbench_has_read(const struct workbench *w)
{
	struct project_settings s;
	bool read;

	settings_of(w->options, &s);
	read = w->place.refused || (w->project && project_is_read(w->project, &s));
	project_settings_fini(&s);
	return read;
}

bool workbench_fits(struct workbench *w, struct err *err)
{
	struct project *p =
		!workplace_check(&w->place, err) ? NULL : project_open(w->place.root, err);
	struct project_settings s;
	bool ok;

	settings_of(w->options, &s);
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

	if (!workplace_check(&w->place, err))
		return NULL;
	if (!p)
		p = project_open(w->place.root, err);
	settings_of(w->options, &s);
	if (p && !project_configure(p, &s, &why)) {
		if (w->project) { /* the screen keeps the open project */
			if (!w->kept.complaint || strcmp(w->kept.complaint, why.text) != 0)
				report_note(&w->out, "%s", why.text);
			free(w->kept.complaint);
			w->kept.complaint = mem_strdup(why.text);
		} else {
			project_free(p);
			p = NULL;
			err_copy(err, &why);
		}
	}
	w->project = p ? p : w->project;
	project_settings_fini(&s);
	return p;
}

void workbench_add_backend(struct workbench *w, const struct backend_entry *b)
{
	const char *secret = b->key && str_starts(b->key, "env:") ? getenv(b->key + 4) : NULL;

	if (secret)
		redact_add(w->redact, secret);
	backend_list_add(w->backends, b);
}
