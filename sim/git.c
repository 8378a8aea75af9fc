/* git as session/tool/revisions.h: read-only commands, in a repository that may be a
 * stranger's. All that its configuration could start is left out: hooks, a file
 * system monitor, an external diff, text converters, filters, and every way to
 * fetch what is missing. A bare repository among the files is none. So a file
 * that a filter keeps in another form differs from what is recorded of it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/revisions.h"
#include "sim/sim.h"

#define WAIT_MS 30000
#define LIST_LIMIT (4u << 20)
#define SHA_MAX 64
#define FILTERS_MOST 1000

extern char **environ;

/* Our environment without git's own variables, but for where the person keeps
 * theirs; each filter in its place, which GIT_CONFIG_* sets to nothing. */
static void environment(const struct strv *filters, struct strv *env)
{
	static const char *const fixed[] = { "GIT_ALLOW_PROTOCOL=", "GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0",
					     "GIT_OPTIONAL_LOCKS=0", "GIT_ASKPASS=", "SSH_ASKPASS=", NULL };

	for (char **e = environ; *e; e++)
		if (!str_starts(*e, "GIT_") || str_starts(*e, "GIT_CONFIG_GLOBAL=") || str_starts(*e, "GIT_CONFIG_SYSTEM=") ||
		    str_starts(*e, "GIT_CONFIG_NOSYSTEM="))
			strv_add(env, *e);
	strv_addv(env, fixed);
	strv_addf(env, "GIT_CONFIG_COUNT=%zu", filters->n);
	for (size_t i = 0; i < filters->n; i++) {
		strv_addf(env, "GIT_CONFIG_KEY_%zu=%s", i, filters->v[i]);
		strv_addf(env, "GIT_CONFIG_VALUE_%zu=%s", i, str_ends(filters->v[i], ".required") ? "false" : "");
	}
}

/* argv: behind "git"; ends with NULL. False with err also when git says no. */
static bool start(struct loop *l, const char *root, const struct strv *filters, const char *const *argv, size_t limit,
		  struct str *out, struct err *err)
{
	static const char *const safe[] = { "git", "--no-optional-locks", "--literal-pathspecs", "--no-pager", "-c",
		"safe.bareRepository=explicit", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c",
		"protocol.allow=never", "-c", "core.quotePath=false", "-c", "submodule.recurse=false", NULL };
	struct strv all = STRV_INIT, env = STRV_INIT;
	struct child_spec spec = { .cwd = root, .wall_ms = WAIT_MS };
	struct str said = STR_INIT;
	struct child_result r;
	bool ok;

	strv_addv(&all, safe);
	strv_addv(&all, argv);
	environment(filters, &env);
	spec.argv = (const char *const *)all.v;
	spec.env = (const char *const *)env.v;
	ok = child_run(l, &spec, limit + 1, out, &said, &r, err);
	if (ok && r.timed_out)
		ok = err_set(err, ERR_TOOL, "git did not answer within %d s", WAIT_MS / 1000);
	else if (ok && r.status != 0)
		ok = err_set(err, ERR_TOOL, "git: %.*s", (int)strcspn(str_cstr(&said), "\n"), str_cstr(&said));
	else if (ok && out->len > limit)
		ok = err_set(err, ERR_LIMIT, "git: more than %zu bytes", limit);
	str_free(&said);
	strv_free(&env);
	strv_free(&all);
	return ok;
}

static bool is_filter(const char *name)
{
	return str_starts(name, "filter.") && (str_ends(name, ".clean") || str_ends(name, ".smudge") ||
					       str_ends(name, ".process") || str_ends(name, ".required"));
}

/* The names of the settings by which git would start a filter. */
static bool find_filters(struct loop *l, const char *root, struct strv *filters, struct err *err)
{
	static const char *const list[] = { "config", "--list", "--name-only", "-z", NULL };
	struct strv none = STRV_INIT;
	struct str out = STR_INIT;
	bool ok = start(l, root, &none, list, LIST_LIMIT, &out, err);

	for (size_t i = 0; ok && i < out.len; i += strlen(out.data + i) + 1)
		if (is_filter(out.data + i) && !strv_has(filters, out.data + i))
			strv_add(filters, out.data + i);
	str_free(&out);
	return ok && (filters->n <= FILTERS_MOST || err_set(err, ERR_LIMIT, "git: more than %d filters are set", FILTERS_MOST));
}

static bool run(struct loop *l, const char *root, const char *const *argv, size_t limit, struct str *out,
		struct err *err)
{
	struct strv filters = STRV_INIT;
	bool ok = find_filters(l, root, &filters, err) && start(l, root, &filters, argv, limit, out, err);

	strv_free(&filters);
	return ok;
}

/* A revision's full name: no other command takes what a person typed. */
static bool resolve(struct loop *l, const char *root, const char *rev, char sha[SHA_MAX + 1], struct err *err)
{
	char *commit = str_fmt("%s^{commit}", rev);
	const char *argv[] = { "rev-parse", "--verify", "--end-of-options", commit, NULL };
	struct str out = STR_INIT;
	size_t n;
	bool ok = run(l, root, argv, 4096, &out, err);

	n = ok ? strspn(str_cstr(&out), "0123456789abcdef") : 0;
	ok = ok && ((n >= 40 && n <= SHA_MAX) || err_set(err, ERR_TOOL, "git: %s is no revision", rev));
	if (ok) {
		memcpy(sha, out.data, n);
		sha[n] = '\0';
	}
	str_free(&out);
	free(commit);
	return ok;
}

static void add_paths(const struct str *zeros, struct strv *paths)
{
	for (size_t i = 0; i < zeros->len; i += strlen(zeros->data + i) + 1)
		if (!strv_has(paths, zeros->data + i))
			strv_add(paths, zeros->data + i);
}

static bool changed(struct loop *l, const char *root, const char *rev, struct strv *paths, struct err *err)
{
	char sha[SHA_MAX + 1];
	const char *diff[] = { "diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--name-only", "-z", "--relative",
			       sha, "--", ".", NULL };
	const char *others[] = { "ls-files", "--others", "--exclude-standard", "-z", "--", ".", NULL };
	struct str out = STR_INIT;
	bool ok = resolve(l, root, rev, sha, err) && run(l, root, diff, LIST_LIMIT, &out, err);

	if (ok)
		add_paths(&out, paths);
	str_clear(&out);
	ok = ok && run(l, root, others, LIST_LIMIT, &out, err);
	if (ok)
		add_paths(&out, paths);
	str_free(&out);
	return ok;
}

/* "100644 blob SHA\tPATH\0"; a link or a submodule is no file. */
static bool blob_of(const struct str *line, char sha[SHA_MAX + 1])
{
	const char *s = str_cstr(line), *blob = strstr(s, " blob ");
	size_t n = blob ? strspn(blob + 6, "0123456789abcdef") : 0;

	if (strncmp(s, "100", 3) != 0 || n < 40 || n > SHA_MAX)
		return false;
	memcpy(sha, blob + 6, n);
	sha[n] = '\0';
	return true;
}

static bool text(struct loop *l, const char *root, const char *rev, const char *path, size_t limit, struct str *out,
		 bool *there, struct err *err)
{
	char sha[SHA_MAX + 1], blob[SHA_MAX + 1];
	const char *tree[] = { "ls-tree", "-z", sha, "--", path, NULL };
	const char *cat[] = { "cat-file", "blob", blob, NULL };
	struct str line = STR_INIT;
	bool ok = resolve(l, root, rev, sha, err) && run(l, root, tree, LIST_LIMIT, &line, err);

	*there = ok && blob_of(&line, blob);
	str_free(&line);
	return ok && (!*there || run(l, root, cat, limit, out, err));
}

const struct revisions_ops revisions_git = { .name = "git", .changed = changed, .text = text };
