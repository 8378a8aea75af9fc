/* git as session/revisions.h: read-only commands, with what a repository's
 * configuration could start (a file system monitor, an external diff, a text
 * converter) left out. What git itself runs for its own clean filters stays. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/str.h"
#include "session/revisions.h"
#include "sim/sim.h"

#define WAIT_MS 30000
#define LIST_LIMIT (4u << 20)
#define SHA_MAX 64

/* argv: behind "git"; ends with NULL. False with err also when git says no. */
static bool run(struct loop *l, const char *root, const char *const *argv, size_t limit, struct str *out,
		struct err *err)
{
	const char *all[24] = { "git", "--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false",
				"-c", "core.quotePath=false" };
	struct child_spec spec = { .argv = all, .cwd = root, .wall_ms = WAIT_MS };
	struct str said = STR_INIT;
	struct child_result r;
	size_t n = 7;
	bool ok;

	for (; *argv && n < 23; argv++)
		all[n++] = *argv;
	ok = child_run(l, &spec, limit + 1, out, &said, &r, err);
	if (ok && r.timed_out)
		ok = err_set(err, ERR_TOOL, "git did not answer within %d s", WAIT_MS / 1000);
	else if (ok && r.status != 0)
		ok = err_set(err, ERR_TOOL, "git: %.*s", (int)strcspn(str_cstr(&said), "\n"), str_cstr(&said));
	else if (ok && out->len > limit)
		ok = err_set(err, ERR_LIMIT, "git: more than %zu bytes", limit);
	str_free(&said);
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
