/* git as session/tool/revisions.h: read-only commands, in a repository that may be
 * untrusted. Everything that its configuration could start is disabled: hooks, a file
 * system monitor, external diff, text converters, filters, and every way to fetch
 * missing objects. A bare repository among the files is not recognised. So a file that
 * a filter stores in another form differs from its recorded version.
 *
 * In case one of these was forgotten, or git has a bug, git runs in a sandbox: it sees
 * the repository and the user's settings, read-only, and no network (git_places.h).
 * Without bubblewrap only the settings protect.
 * (git_places.h). Where bubblewrap cannot be had, only the settings protect. */
#include "config.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/tool/revisions.h"
#include "sim/git/git_odd.h"
#include "sim/git/git_places.h"
#include "sim/sandbox/sandbox.h"
#include "sim/sim.h"

#define WAIT_MS	     30000
#define LIST_LIMIT   (4u << 20)
#define SHA_MAX	     64
#define FILTERS_MOST 1000
#define NO_END	     "git: %s is not a regular file, and reading it would not end"
#define MEMORY	     (4ull << 30) /* bytes of address space: packs are mapped */

extern char **environ;

/* A use of git: what its sandbox shows, and the settings of filters that it would
 * start. */
struct git {
	struct loop *loop;
	const char *root;
	struct sandbox box;
	bool boxed;
	struct strv seen, filters;
};

/* True for a variable that locates the user's own settings. */
static bool is_personal(const char *variable)
{
	static const char *const names[] = { "GIT_CONFIG_GLOBAL=",   "GIT_CONFIG_SYSTEM=",
					     "GIT_CONFIG_NOSYSTEM=", "HOME=",
					     "XDG_CONFIG_HOME=",     "SUDO_UID=" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_starts(variable, names[i]))
			return true;
	return false;
}

/* In a sandbox only the user's settings, else our environment without git's other
 * variables; GIT_CONFIG_* replaces each filter by nothing. */
static void environment(const struct git *g, struct strv *env)
{
	static const char *const fixed[] = { "GIT_ALLOW_PROTOCOL=",
					     "GIT_NO_LAZY_FETCH=1",
					     "GIT_TERMINAL_PROMPT=0",
					     "GIT_OPTIONAL_LOCKS=0",
					     "GIT_ASKPASS=",
					     "SSH_ASKPASS=",
					     NULL };

	for (char **e = environ; *e; e++)
		if (is_personal(*e) || (!g->boxed && !str_starts(*e, "GIT_")))
			strv_add(env, *e);
	strv_addv(env, fixed);
	strv_addf(env, "GIT_CONFIG_COUNT=%zu", g->filters.n);
	for (size_t i = 0; i < g->filters.n; i++) {
		strv_addf(env, "GIT_CONFIG_KEY_%zu=%s", i, g->filters.v[i]);
		strv_addf(env, "GIT_CONFIG_VALUE_%zu=%s", i,
			  str_ends(g->filters.v[i], ".required") ? "false" : "");
	}
}

static bool child(const struct git *g, struct strv *argv, size_t limit, struct str *out,
		  struct str *said, struct child_result *r, struct err *err)
{
	struct child_spec spec = { .cwd = g->root, .wall_ms = WAIT_MS };
	struct strv env = STRV_INIT;
	struct sandbox_start start;
	bool ok;

	environment(g, &env);
	if (g->boxed) {
		struct sandbox_spec box = { .dir = "/usr",
					    .cwd = "",
					    .seen = (const char *const *)g->seen.v,
					    .env = (const char *const *)env.v,
					    .memory = MEMORY,
					    .processes = 64,
					    .cpu_s = WAIT_MS / 1000 };

		sandbox_wrap(g->box, &box, (const char *const *)argv->v, &start);
		sandbox_start_into(&start, &spec);
		ok = child_run(g->loop, &spec, limit + 1, out, said, r, err);
		sandbox_start_fini(&start);
	} else {
		spec.argv = (const char *const *)argv->v;
		spec.env = (const char *const *)env.v;
		ok = child_run(g->loop, &spec, limit + 1, out, said, r, err);
	}
	strv_free(&env);
	return ok;
}

/* argv: the words after "git", ending with NULL. False with err also if git fails. */
static bool run(const struct git *g, const char *const *argv, size_t limit, struct str *out,
		struct err *err)
{
	static const char *const safe[] = { "--no-optional-locks",
					    "--literal-pathspecs",
					    "--no-pager",
					    "-c",
					    "safe.bareRepository=explicit",
					    "-c",
					    "core.fsmonitor=false",
					    "-c",
					    "core.hooksPath=/dev/null",
					    "-c",
					    "protocol.allow=never",
					    "-c",
					    "core.quotePath=false",
					    "-c",
					    "submodule.recurse=false",
					    NULL };
	struct strv all = STRV_INIT;
	struct str said = STR_INIT;
	struct child_result r;
	bool ok;

	strv_add(&all, "git");
	strv_add(&all, "-C");
	strv_add(&all, g->root);
	strv_addv(&all, safe);
	strv_addv(&all, argv);
	ok = child(g, &all, limit, out, &said, &r, err);
	if (ok && r.timed_out)
		ok = err_set(err, ERR_TOOL, "git did not answer within %d s", WAIT_MS / 1000);
	else if (ok && r.status != 0)
		ok = err_set(err, said.len ? ERR_TOOL : ERR_NOT_FOUND, "git: %.*s",
			     (int)strcspn(str_cstr(&said), "\n"), str_cstr(&said));
	else if (ok && out->len > limit)
		ok = err_set(err, ERR_LIMIT, "git: more than %zu bytes", limit);
	str_free(&said);
	strv_free(&all);
	return ok;
}

static bool is_filter(const char *name)
{
	return str_starts(name, "filter.") &&
	       (str_ends(name, ".clean") || str_ends(name, ".smudge") ||
		str_ends(name, ".process") || str_ends(name, ".required"));
}

static bool find_filters(struct git *g, struct err *err)
{
	static const char *const list[] = { "config", "--list", "--name-only", "-z", NULL };
	struct str out = STR_INIT;
	bool ok = run(g, list, LIST_LIMIT, &out, err);

	for (size_t i = 0; ok && i < out.len; i += strlen(out.data + i) + 1)
		if (is_filter(out.data + i) && !strv_has(&g->filters, out.data + i))
			strv_add(&g->filters, out.data + i);
	str_free(&out);
	return ok && (g->filters.n <= FILTERS_MOST ||
		      err_set(err, ERR_LIMIT, "git: more than %d filters are set", FILTERS_MOST));
}

/* "core.excludesfile\n~/ignore": adds a file that a setting names. */
static void add_named(const char *setting, struct strv *seen)
{
	static const char *const names[] = { "core.excludesfile\n", "core.attributesfile\n" };
	const char *home = getenv("HOME");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value =
			str_starts(setting, names[i]) ? setting + strlen(names[i]) : NULL;
		char *path = value && str_starts(value, "~/") && home ? path_join(home, value + 2)
								      : mem_strdup(value);

		if (path)
			git_places_add(path, seen);
		free(path);
	}
}

/* Adds the user's configuration files with their includes, and the files they name.
 * Runs git outside the sandbox, in "/": there is no repository, and these files are
 * the user's own. */
static bool find_settings(struct git *g, struct err *err)
{
	static const char *const list[] = { "config", "--list", "--show-origin", "-z", NULL };
	struct git person = { .loop = g->loop, .root = "/" };
	struct str out = STR_INIT;
	bool ok = run(&person, list, LIST_LIMIT, &out, err);

	git_places_settings(&g->seen);
	for (size_t i = 0; ok && i < out.len;) {
		const char *origin = out.data + i, *setting = origin + strlen(origin) + 1;

		if (setting > out.data + out.len)
			break;
		if (str_starts(origin, "file:"))
			git_places_add(origin + strlen("file:"), &g->seen);
		add_named(setting, &g->seen);
		i = (size_t)(setting - out.data) + strlen(setting) + 1;
	}
	str_free(&out);
	return ok;
}

/* Other tools are not visible inside. */
static bool is_inside_tool(void)
{
	char *path = child_which("git");
	bool ok = path && (str_starts(path, "/usr/") || str_starts(path, "/bin/"));

	free(path);
	return ok;
}

/* "include.path\nother": the file that git reads because of a setting in the file
 * `from`. NULL: none. The caller frees it. */
static char *named_by(const char *setting, const char *from, const char *top, bool *settings)
{
	static const char *const lists[] = { "core.excludesfile", "core.attributesfile",
					     "diff.orderfile" };
	size_t n = strcspn(setting, "\n");
	const char *value = setting[n] ? setting + n + 1 : "", *home = getenv("HOME");
	bool list = false;
	char *folder, *path;

	*settings = str_starts(setting, "include") && n > 5 &&
		    strncmp(setting + n - 5, ".path", 5) == 0;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		list = list || (strlen(lists[i]) == n && strncmp(setting, lists[i], n) == 0);
	if (!*value || !(list || *settings))
		return NULL;
	if (str_starts(value, "~/"))
		return home ? path_join(home, value + 2) : NULL;
	folder = *settings ? path_dir(from) : mem_strdup(top);
	path = value[0] == '/' ? mem_strdup(value) : path_join(folder, value);
	free(folder);
	return path;
}

static bool ends(const char *path, struct err *err)
{
	struct stat st;

	return stat(path, &st) < 0 || !git_odd_is(&st) || err_set(err, ERR_TOOL, NO_END, path);
}

/* Checks the settings of one file and the files they name; adds further
 * configuration files to files. */
static bool file_ends(const struct git *g, const char *file, const char *top, struct strv *files,
		      struct err *err)
{
	const char *list[] = { "config", "--file", file, "--no-includes", "--list", "-z", NULL };
	struct str out = STR_INIT;
	bool ok = ends(file, err), settings;

	if (ok && file_exists(file) && !file_is_dir(file))
		ok = run(g, list, LIST_LIMIT, &out, err);
	for (size_t i = 0; ok && i < out.len; i += strlen(out.data + i) + 1) {
		char *path = named_by(out.data + i, file, top, &settings);

		if (path && settings && !strv_has(files, path))
			strv_add(files, path);
		ok = !path || settings || ends(path, err);
		free(path);
	}
	str_free(&out);
	return ok;
}

/* Files named in the repository's own settings must be finite. Runs in "/", where
 * git does not read these settings by itself. */
static bool settings_end(const struct git *g, const char *top, struct err *err)
{
	struct git outside = *g;
	struct strv files = STRV_INIT;
	bool ok = true;

	outside.root = "/";
	git_places_configs(g->root, &files);
	for (size_t i = 0; ok && i < files.n; i++)
		ok = i < FILTERS_MOST
			     ? file_ends(&outside, files.v[i], top, &files, err)
			     : err_set(err, ERR_LIMIT, "git: more than %d files of settings",
				       FILTERS_MOST);
	strv_free(&files);
	return ok;
}

struct odd { /* for the pool */
	const struct strv *places;
	struct str path;
	atomic_bool stop;
	bool found;
};

static void find_odd(void *ctx)
{
	struct odd *o = ctx;

	o->found = git_odd_find(o->places, &o->stop, &o->path);
}

/* git would block on such a file. */
static bool no_pipes(struct loop *l, const struct strv *places, struct err *err)
{
	struct odd o = { .places = places };
	bool ok = task_work(l, find_odd, &o, &o.stop, err);

	if (ok && o.found)
		ok = err_set(err, ERR_TOOL, NO_END, str_cstr(&o.path));
	str_free(&o.path);
	return ok;
}

/* Uses a sandbox if bubblewrap works and git is visible inside. End it with
 * git_end(). Root stays root there, without capabilities: git checks the owner of a
 * repository. */
static bool git_begin(struct git *g, struct loop *l, const char *root, struct err *err)
{
	struct strv places = STRV_INIT;
	bool ok;

	git_places_repository(root, &places);
	*g = (struct git){ .loop = l, .root = root };
	ok = strv_has(&places, "/") || no_pipes(l, &places, err);
	g->box = sandbox_probe(l);
	if (g->box.parts & SANDBOX_OTHER_USER)
		g->box.parts ^= SANDBOX_OTHER_USER | SANDBOX_ROOT;
	g->boxed = sandbox_isolates(g->box) && is_inside_tool();
	if (ok && g->boxed) {
		strv_addall(&g->seen, &places);
		ok = !strv_has(&g->seen, "/") ||
		     err_set(err, ERR_TOOL,
			     "git: the whole disk is one repository; this is left alone");
		ok = ok && find_settings(g, err);
		strv_sort(&g->seen);
	}
	ok = ok && (!places.n || settings_end(g, places.v[0], err));
	strv_free(&places);
	return ok && find_filters(g, err);
}

static void git_end(struct git *g)
{
	strv_free(&g->seen);
	strv_free(&g->filters);
}

/* Reads a hexadecimal object name at s; false: not one. */
static bool take_sha(const char *s, char sha[SHA_MAX + 1])
{
	size_t n = strspn(s, "0123456789abcdef");

	if (n < 40 || n > SHA_MAX)
		return false;
	memcpy(sha, s, n);
	sha[n] = '\0';
	return true;
}

/* A revision's full name: no other command gets the user's input. Quiet, git says
 * nothing only if there is no such commit. */
static bool resolve(const struct git *g, const char *rev, char sha[SHA_MAX + 1], struct err *err)
{
	char *commit = str_fmt("%s^{commit}", rev);
	const char *argv[] = { "rev-parse", "-q", "--verify", "--end-of-options", commit, NULL };
	struct str out = STR_INIT;
	bool ran = run(g, argv, 4096, &out, err), ok = ran && take_sha(str_cstr(&out), sha);

	if (!ok && (ran || err->code == ERR_NOT_FOUND))
		err_set(err, ERR_NOT_FOUND, "git: there is no commit %s%s", rev,
			strcmp(rev, "HEAD") == 0 ? " yet" : "");
	str_free(&out);
	free(commit);
	return ok;
}

/* The revision, and the old blobs of files that differ from it. */
struct revision {
	struct git git;
	char sha[SHA_MAX + 1];
	struct strv paths, blobs; /* "": it was not a file */
};

static void revision_close(struct revision *r)
{
	if (!r)
		return;
	git_end(&r->git);
	strv_free(&r->paths);
	strv_free(&r->blobs);
	free(r);
}

static struct revision *revision_open(struct loop *l, const char *root, const char *rev,
				      struct err *err)
{
	struct revision *r = mem_zalloc(sizeof(*r));

	if (git_begin(&r->git, l, root, err) && resolve(&r->git, rev, r->sha, err))
		return r;
	revision_close(r);
	return NULL;
}

/* ":100644 100644 BLOB BLOB M\0PATH\0": old and new state; a link or a submodule is
 * not a file. */
static void add_changed(const struct str *raw, struct revision *r)
{
	for (size_t i = 0; i < raw->len;) {
		const char *line = raw->data + i, *path = line + strlen(line) + 1;
		const char *was = str_starts(line, ":100") && strlen(line) > 15 ? line + 15 : "";
		char sha[SHA_MAX + 1];

		if (path >= raw->data + raw->len)
			break;
		if (!strv_has(&r->paths, path)) {
			strv_add(&r->paths, path);
			strv_add(&r->blobs, take_sha(was, sha) ? sha : "");
		}
		i = (size_t)(path - raw->data) + strlen(path) + 1;
	}
}

static void add_unknown(const struct str *zeros, struct revision *r)
{
	for (size_t i = 0; i < zeros->len; i += strlen(zeros->data + i) + 1)
		if (!strv_has(&r->paths, zeros->data + i)) {
			strv_add(&r->paths, zeros->data + i);
			strv_add(&r->blobs, "");
		}
}

static bool changed(struct revision *r, struct strv *paths, struct err *err)
{
	const char *diff[] = { "diff",
			       "--ignore-submodules=dirty",
			       "--no-ext-diff",
			       "--no-textconv",
			       "--no-renames",
			       "--raw",
			       "--no-abbrev",
			       "-z",
			       "--relative",
			       r->sha,
			       "--",
			       ".",
			       NULL };
	const char *others[] = {
		"ls-files", "--others", "--exclude-standard", "-z", "--", ".", NULL
	};
	struct str out = STR_INIT;
	bool ok = run(&r->git, diff, LIST_LIMIT, &out, err);

	if (ok)
		add_changed(&out, r);
	str_clear(&out);
	ok = ok && run(&r->git, others, LIST_LIMIT, &out, err);
	if (ok)
		add_unknown(&out, r);
	str_free(&out);
	for (size_t i = 0; ok && i < r->paths.n; i++)
		strv_add(paths, r->paths.v[i]);
	return ok;
}

/* "100644 blob SHA\tPATH\0" */
static bool find_blob(struct revision *r, const char *path, char blob[SHA_MAX + 1], struct err *err)
{
	const char *tree[] = { "ls-tree", "-z", r->sha, "--", path, NULL };
	struct str line = STR_INIT;
	const char *found;
	bool ok;

	for (size_t i = 0; i < r->paths.n; i++)
		if (strcmp(r->paths.v[i], path) == 0) {
			memcpy(blob, r->blobs.v[i], strlen(r->blobs.v[i]) + 1);
			return true;
		}
	ok = run(&r->git, tree, LIST_LIMIT, &line, err);
	found = ok && str_starts(str_cstr(&line), "100") ? strstr(str_cstr(&line), " blob ") : NULL;
	if (!found || !take_sha(found + 6, blob))
		blob[0] = '\0';
	str_free(&line);
	return ok;
}

static bool text(struct revision *r, const char *path, size_t limit, struct str *out, bool *there,
		 struct err *err)
{
	char blob[SHA_MAX + 1] = "";
	const char *cat[] = { "cat-file", "blob", blob, NULL };
	bool ok = find_blob(r, path, blob, err);

	*there = ok && blob[0];
	return ok && (!*there || run(&r->git, cat, limit, out, err));
}

const struct revisions_ops revisions_git = { .name = "git",
					     .open = revision_open,
					     .close = revision_close,
					     .changed = changed,
					     .text = text };
