/* Selects the testbench for a run. */
#include "config.h"

#include "session/project/design.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/manifest.h"
#include "session/option/opt.h"
#include "session/option/remember.h"
#include "session/project/design_none.h"
#include "session/project/project.h"
#include "session/project/project_closure.h"
#include "session/text/name_map.h"

/* Modules with their files, since two testbenches may have the same name. */
struct candidates {
	struct strv names, paths; /* parallel */
};

static void candidates_fini(struct candidates *c)
{
	strv_free(&c->names);
	strv_free(&c->paths);
}

static void add(struct candidates *c, const char *name, const char *path)
{
	strv_add(&c->names, name);
	strv_add(&c->paths, path);
}

/* Adds the testbenches in the file that have the name (NULL: any). */
static void add_of_one(struct candidates *c, const struct project *p, const struct project_file *f,
		       const char *name)
{
	for (size_t u = 0; f && f->outline && !f->header && u < f->outline->n; u++) {
		const struct vmodule *m = &f->outline->modules[u];

		if (project_is_testbench(p, m) && (!name || strcmp(name, m->name) == 0))
			add(c, m->name, f->path);
	}
}

/* Adds all testbenches of that name (NULL: any). */
static void add_testbenches(struct candidates *c, const struct project *p, const char *name)
{
	for (size_t i = 0; i < project_files(p); i++)
		add_of_one(c, p, project_file(p, i), name);
}

static bool is_folder(const struct project *p, const char *name)
{
	for (size_t i = 0; i < project_files(p); i++)
		if (project_path_below(project_file(p, i)->path, name))
			return true;
	return false;
}

static void add_of_folder(struct candidates *c, const struct project *p, const char *folder)
{
	for (size_t i = 0; i < project_files(p); i++)
		if (project_path_below(project_file(p, i)->path, folder))
			add_of_one(c, p, project_file(p, i), NULL);
}

bool design_tests_in(const struct project *p, const char *folder)
{
	struct candidates c = { 0 };
	bool any;

	add_of_folder(&c, p, folder);
	any = c.names.n > 0;
	candidates_fini(&c);
	return any;
}

static bool needs(const struct project *p, const char *testbench_path, const char *path)
{
	struct closure c;
	bool found = false;

	closure_init(&c, p, &testbench_path, 1);
	for (size_t i = 0; i < c.n; i++)
		found |= strcmp(c.v[i].path, path) == 0;
	closure_fini(&c);
	return found;
}

/* Adds the testbenches that instantiate the module of that file, directly or indirectly. */
static void add_above(struct candidates *c, const struct project *p, const char *module,
		      const char *path)
{
	struct strv names = STRV_INIT;
	struct candidates some = { 0 };

	project_testbenches(p, module, &names);
	for (size_t i = 0; i < names.n; i++)
		add_testbenches(&some, p, names.v[i]);
	for (size_t i = 0; i < some.names.n; i++)
		if (needs(p, some.paths.v[i], path))
			add(c, some.names.v[i], some.paths.v[i]);
	candidates_fini(&some);
	strv_free(&names);
}

void design_roots(const struct project *p, const char *path, struct strv *modules)
{
	const struct project_file *f = project_find(p, path);

	for (size_t i = 0; f && f->outline && i < f->outline->n; i++) {
		const struct vmodule *m = &f->outline->modules[i];

		if ((m->kind == VUNIT_MODULE || m->kind == VUNIT_PROGRAM) &&
		    !voutline_instantiates(f->outline, m->name))
			strv_add(modules, m->name);
	}
}

/* A module without ports that is asked for by name can run. */
static void add_without_ports(struct candidates *c, const struct project *p, const char *path)
{
	struct strv roots = STRV_INIT;

	design_roots(p, path, &roots);
	for (size_t i = 0; i < roots.n; i++)
		if (voutline_module(project_find(p, path)->outline, roots.v[i])->n_ports == 0)
			add(c, roots.v[i], path);
	strv_free(&roots);
}

static void add_of_file(struct candidates *c, const struct project *p, const char *path)
{
	struct strv roots = STRV_INIT;

	add_of_one(c, p, project_find(p, path), NULL);
	if (c->names.n == 0) {
		design_roots(p, path, &roots);
		for (size_t i = 0; i < roots.n; i++)
			add_above(c, p, roots.v[i], path);
		strv_free(&roots);
	}
	if (c->names.n == 0)
		add_without_ports(c, p, path);
}

static void add_of_module(struct candidates *c, const struct project *p, const char *name)
{
	const struct project_file *f = project_module(p, name, NULL);

	add_testbenches(c, p, name);
	if (c->names.n == 0 && project_vmodule(p, name)->n_ports == 0)
		add(c, name, f->path);
	if (c->names.n == 0)
		add_above(c, p, name, f->path);
}

/* Choosing ---------------------------------------------------------------------- */

static bool take(const struct candidates *c, size_t i, char **testbench, char **path)
{
	*testbench = mem_strdup(c->names.v[i]);
	*path = mem_strdup(c->paths.v[i]);
	return true;
}

static bool is_one_of_two(const struct candidates *c, size_t i)
{
	for (size_t k = 0; k < c->names.n; k++)
		if (k != i && strcmp(c->names.v[k], c->names.v[i]) == 0)
			return true;
	return false;
}

static void list(const struct candidates *c, struct str *out)
{
	for (size_t i = 0; i < c->names.n; i++) {
		str_addf(out, "%s%s", i ? ", " : "", c->names.v[i]);
		if (is_one_of_two(c, i))
			str_addf(out, " (%s)", c->paths.v[i]);
	}
}

/* Takes the testbench used last; false if it is not a candidate. */
static bool take_last(const struct project *p, const struct candidates *c, char **testbench,
		      char **path)
{
	char *name = remember_get(project_root(p), "testbench"),
	     *file = remember_get(project_root(p), "testbench_path");
	size_t best = c->names.n;

	for (size_t i = 0; name && i < c->names.n; i++)
		if (strcmp(c->names.v[i], name) == 0 &&
		    (best == c->names.n || (file && strcmp(c->paths.v[i], file) == 0)))
			best = i;
	free(name);
	free(file);
	return best < c->names.n && take(c, best, testbench, path);
}

/* Takes the only candidate that the project names as a test top; false if there
 * are none or several. */
static bool take_named(const struct project *p, const struct candidates *c, char **testbench,
		       char **path)
{
	const struct manifest *m = project_manifest(p);
	size_t best = c->names.n;

	for (size_t i = 0; i < c->names.n; i++) {
		if (!strv_has(&m->test_tops, c->names.v[i]) || !manifest_file(m, c->paths.v[i]))
			continue;
		if (best < c->names.n)
			return false;
		best = i;
	}
	return best < c->names.n && take(c, best, testbench, path);
}

/* Takes the only candidate that instantiates something; false if there are none or several.
 * A module without ports and instances, such as an unfinished top, simulates no design. */
static bool take_driving(const struct project *p, const struct candidates *c, char **testbench,
			 char **path)
{
	size_t best = c->names.n;

	for (size_t i = 0; i < c->names.n; i++) {
		const struct project_file *f = project_find(p, c->paths.v[i]);
		const struct vmodule *m = f ? voutline_module(f->outline, c->names.v[i]) : NULL;

		if (m && m->n_instances == 0)
			continue;
		if (best < c->names.n)
			return false;
		best = i;
	}
	return best < c->names.n && take(c, best, testbench, path);
}

/* Adds the names of all modules that the candidates instantiate, directly or indirectly,
 * or name as second roots. */
static void add_parts(const struct candidates *c, const struct project *p, struct strv *roots,
		      struct name_map *parts)
{
	struct strv todo = STRV_INIT;

	strv_addall(&todo, &c->names);
	for (size_t k = 0; k < todo.n; k++) {
		const struct project_file *f =
			k < c->paths.n ? project_find(p, c->paths.v[k]) : NULL;
		const struct vmodule *m =
			f ? voutline_module(f->outline, todo.v[k]) : project_vmodule(p, todo.v[k]);

		for (size_t i = 0; m && i < m->n_instances; i++) {
			const char *name = m->instances[i].module;

			if (strcmp(name, m->name) != 0 &&
			    name_map_put(parts, name, strlen(name), 0))
				strv_add(&todo, name);
		}
		if (m && f)
			project_second_roots(p, f->path, m, roots);
	}
	for (size_t i = 0; i < roots->n; i++)
		name_map_put(parts, roots->v[i], strlen(roots->v[i]), 0);
	strv_free(&todo);
}

/* Drops testbenches that another one instantiates (once per set of parameters,
 * say) or names as a second root, since they run as a part of it. If they need each
 * other, all stay. */
static void drop_parts(struct candidates *c, const struct project *p)
{
	struct name_map parts = NAME_MAP_INIT;
	struct candidates rest = { 0 };
	struct strv roots = STRV_INIT;

	if (c->names.n < 2)
		return;
	add_parts(c, p, &roots, &parts);
	for (size_t i = 0; i < c->names.n; i++)
		if (!name_map_has(&parts, c->names.v[i], strlen(c->names.v[i])))
			add(&rest, c->names.v[i], c->paths.v[i]);
	name_map_fini(&parts);
	strv_free(&roots);
	if (rest.names.n > 0) {
		candidates_fini(c);
		*c = rest;
	}
}

/* Drops the copy of a testbench in old/ or "backup (1)/" that goes by the same name. */
static void drop_copies(struct candidates *c)
{
	struct candidates rest = { 0 };

	for (size_t i = 0; i < c->names.n; i++) {
		bool kept = false;

		for (size_t k = 0; project_looks_copied(c->paths.v[i]) && k < c->names.n; k++)
			kept |= strcmp(c->names.v[k], c->names.v[i]) == 0 &&
				!project_looks_copied(c->paths.v[k]);
		if (!kept)
			add(&rest, c->names.v[i], c->paths.v[i]);
	}
	candidates_fini(c);
	*c = rest;
}

static bool choose(const struct project *p, const struct candidates *c, const char *what,
		   char **testbench, char **path, struct err *err)
{
	struct str names = STR_INIT;

	if (c->names.n == 1)
		return take(c, 0, testbench, path);
	if (c->names.n == 0)
		return err_set(
			err, ERR_USAGE,
			"%s: no testbench instantiates it; `posedge testbench MODULE` makes one",
			what);
	if (take_last(p, c, testbench, path) || take_named(p, c, testbench, path) ||
	    take_driving(p, c, testbench, path))
		return true;
	list(c, &names);
	err_set(err, ERR_USAGE,
		"%s has several testbenches: %s; name one or its file, or `posedge set testbench "
		"NAME`",
		what, str_cstr(&names));
	str_free(&names);
	return false;
}

/* True for "tb.1" and sim/tb.1.v: the file name without its extension. */
static bool is_stem(const char *name, const char *path)
{
	size_t n = strlen(name), len = strlen(path);
	const char *dot = strrchr(path_base(path), '.');
	size_t stem = dot ? (size_t)(dot - path) : len;

	return n <= stem && strncmp(path + stem - n, name, n) == 0 &&
	       (n == stem || path[stem - n - 1] == '/');
}

/* Interprets a name that is neither a module nor a file: an escaped name without
 * its backslash, or the only file with that stem. NULL if neither exists. */
static char *meant(const struct project *p, const char *name)
{
	char *escaped = str_fmt("\\%s", name), *found = NULL;
	size_t n = 0;

	if (project_module(p, escaped, NULL))
		return escaped;
	free(escaped);
	for (size_t i = 0; name[0] && i < project_files(p); i++) {
		const char *path = project_file(p, i)->path;

		if (is_stem(name, path) && n++ == 0)
			found = mem_strdup(path);
	}
	if (n > 1) { /* ambiguous */
		free(found);
		found = NULL;
	}
	return found;
}

static bool is_known(const struct project *p, const char *name)
{
	return project_find(p, name) || project_module(p, name, NULL) || is_folder(p, name);
}

/* Adds the testbenches that name (NULL: the option's) may mean. Returns what it stands for,
 * "" for any; the caller frees it. */
static char *gather(const struct project *p, const struct options *o, const char *name,
		    struct candidates *c)
{
	char *meaning;

	if (!name)
		name = o->testbench;
	meaning = name[0] && !is_known(p, name) ? meant(p, name) : NULL;
	if (!meaning)
		meaning = mem_strdup(name);
	if (!meaning[0])
		add_testbenches(c, p, NULL);
	else if (project_find(p, meaning))
		add_of_file(c, p, meaning);
	else if (project_module(p, meaning, NULL))
		add_of_module(c, p, meaning);
	else
		add_of_folder(c, p, meaning);
	drop_parts(c, p);
	drop_copies(c);
	return meaning;
}

void design_testbenches(const struct project *p, const struct options *o, const char *name,
			struct strv *testbenches, struct strv *paths)
{
	struct candidates c = { 0 };

	free(gather(p, o, name, &c));
	strv_addall(testbenches, &c.names);
	strv_addall(paths, &c.paths);
	candidates_fini(&c);
}

bool design_testbench(const struct project *p, const struct options *o, const char *name,
		      char **testbench, char **path, struct err *err)
{
	struct candidates c = { 0 };
	char *meaning = gather(p, o, name, &c);
	bool ok;

	*testbench = *path = NULL;
	if (!meaning[0] && c.names.n == 0)
		ok = design_none(p, err);
	else if (meaning[0] && !is_known(p, meaning))
		ok = err_set(err, ERR_USAGE, "%s: no such module, file or folder in %s", meaning,
			     project_root(p));
	else
		ok = choose(p, &c, meaning[0] ? meaning : "the project", testbench, path, err);
	free(meaning);
	candidates_fini(&c);
	return ok;
}
