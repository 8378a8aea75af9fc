/* Folders are tried in order: those of the vpath directives whose pattern matches,
 * then those of VPATH, whose value is the one at the end of the Makefile in make and
 * the one so far here. */
#include "config.h"

#include "session/manifest/make_path.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/make_vars.h"
#include "session/manifest/tree.h"

#define MAX_DIRECTIVES 200u
#define BETWEEN	       " \t\n"

void make_path_fini(struct make_path *p)
{
	strv_free(&p->patterns);
	strv_free(&p->folders);
}

void make_path_add(struct make_path *p, struct make_vars *vars, const char *text)
{
	char *all = make_vars_expand(vars, text), *at = all + strspn(all, BETWEEN);
	size_t n = strcspn(at, BETWEEN);
	const char *folders = at + n + strspn(at + n, BETWEEN);

	if (*folders && p->patterns.n < MAX_DIRECTIVES) {
		strv_add(&p->folders, folders);
		strv_addn(&p->patterns, at, n);
	}
	for (size_t i = *folders ? 0 : p->patterns.n; i-- > 0;) {
		if (n && (strlen(p->patterns.v[i]) != n || memcmp(p->patterns.v[i], at, n) != 0))
			continue;
		strv_drop(&p->patterns, i);
		strv_drop(&p->folders, i);
	}
	free(all);
}

static bool is_file(const struct make_vars *vars, const char *name)
{
	char *full = path_join(vars->folder, name), *clean = NULL;
	bool is = path_clean(full, &clean, NULL) && tree_has(vars->tree, clean);

	free(clean);
	free(full);
	return is;
}

/* "folder/name" of the first folder that holds it, or NULL; the caller frees. */
static char *in_folders(const struct make_vars *vars, const char *folders, const char *name)
{
	for (const char *f = folders; *(f += strspn(f, BETWEEN ":"));) {
		size_t n = strcspn(f, BETWEEN ":");
		char *path = str_fmt("%.*s%s%s", (int)n, f, f[n - 1] == '/' ? "" : "/", name);

		if (is_file(vars, path))
			return path;
		free(path);
		f += n;
	}
	return NULL;
}

static char *look(const struct make_path *p, const struct make_vars *vars, const char *all,
		  const char *name)
{
	char *path = NULL;

	if (name[0] == '/' || strpbrk(name, "*?%") || is_file(vars, name))
		return NULL;
	for (size_t i = 0; i < p->patterns.n && !path; i++) {
		char *stem = make_stem(p->patterns.v[i], name);

		if (stem)
			path = in_folders(vars, p->folders.v[i], name);
		free(stem);
	}
	return path ? path : in_folders(vars, all, name);
}

char *make_path_find(const struct make_path *p, struct make_vars *vars, const char *needs)
{
	const char *raw = make_vars_get(vars, "VPATH");
	char *all = raw ? make_vars_expand(vars, raw) : mem_strdup("");
	struct str out = STR_LIMIT(MAKE_MAX_TEXT);

	if (!*all && !p->patterns.n) {
		free(all);
		return mem_strdup(needs);
	}
	for (const char *w = needs; *(w += strspn(w, BETWEEN));) {
		size_t n = strcspn(w, BETWEEN);
		char *name = mem_strndup(w, n), *path = look(p, vars, all, name);

		str_addf(&out, "%s%s", out.len ? " " : "", path ? path : name);
		free(path);
		free(name);
		w += n;
	}
	free(all);
	return str_take(&out);
}
