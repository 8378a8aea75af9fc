/* The modules from which a whole project is read.
 *
 * Roots are determined per definition, not per name: if two folders have a module
 * top each, nothing instantiates either, and both are read. If one of two
 * definitions is instantiated and the other is not, the other is an unused copy,
 * and reading it would blame the design for it.
 */
#include "config.h"

#include "session/project/read_plan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/project/project_closure.h"
#include "session/project/project_inner.h"

struct unit_use {
	bool by_design, by_testbench; /* this very definition is instantiated there */
};

struct planning {
	const struct project *p;
	struct read_plan *plan;
	struct unit_use *uses; /* one per definition in the index */
	bool *read;	       /* one per file */
};

static const struct vmodule *unit_at(const struct project *p, const struct definition *d)
{
	return &p->files[d->file]->file.outline->modules[d->unit];
}

static const char *path_at(const struct planning *g, size_t file)
{
	return g->p->files[file]->file.path;
}

/* Resolves each instance and marks the definition as used. */
static void count_uses(struct planning *g)
{
	const struct project *p = g->p;
	const struct definition *defs = project_index(p)->defs;

	for (size_t f = 0; f < p->n_files; f++) {
		const struct voutline *o = p->files[f]->file.outline;

		for (size_t u = 0; o && u < o->n; u++) {
			const struct vmodule *m = &o->modules[u];
			bool testbench = project_is_testbench(p, m);

			for (size_t i = 0; i < m->n_instances; i++) {
				const struct definition *d =
					project_meant(p, m->instances[i].module, f);

				if (!d || (d->file == f && d->unit == u))
					continue;
				g->uses[d - defs].by_testbench |= testbench;
				g->uses[d - defs].by_design |= !testbench;
			}
			for (size_t i = 0; i < m->n_heads; i++) {
				const struct definition *d =
					project_second_root(p, f, m, m->heads[i]);

				if (d)
					g->uses[d - defs].by_design = true;
			}
		}
		for (size_t i = 0; o && i < o->n_binds; i++) {
			const struct definition *d = project_meant(p, o->binds[i].module, f);

			if (d)
				g->uses[d - defs].by_design = true;
		}
	}
}

/* Libraries for verification ---------------------------------------------------- */

/* Libraries that few or no tools here can elaborate and that are never stored next to a
 * design. */
struct library {
	const char *name, *package, *include;
	const char *macros; /* how the names of its macros begin; NULL: like anybody's */
};

static const struct library libraries[] = {
	{ "UVM", "uvm_pkg", "uvm_macros.svh", "uvm_" },
	{ "OVM", "ovm_pkg", "ovm_macros.svh", "ovm_" },
	{ "VUnit", "vunit_pkg", "vunit_defines.svh", NULL },
	{ "SVUnit", "svunit_pkg", "svunit_defines.svh", NULL },
};

static bool imports(const struct voutline *o, const char *package)
{
	for (size_t u = 0; u < o->n; u++)
		for (size_t i = 0; i < o->modules[u].n_imports; i++)
			if (strcmp(o->modules[u].imports[i], package) == 0)
				return true;
	return false;
}

static bool lacks_include(const struct voutline *o, const char *name)
{
	for (size_t i = 0; i < o->n_included; i++)
		if (!o->included[i].path && strcmp(path_base(o->included[i].name), name) == 0)
			return true;
	return false;
}

/* A file of a package, which includes the library for it, has only its macros. */
static bool uses_macros(const struct voutline *o, const char *start)
{
	for (size_t i = 0; i < o->n_uses; i++)
		if (!o->uses[i].asked && str_starts(o->uses[i].name, start))
			return true;
	return false;
}

/* The library that the file needs and the project does not have, or NULL. */
static const char *lacks_library(const struct project *p, const struct voutline *o)
{
	for (size_t i = 0; o && i < sizeof(libraries) / sizeof(*libraries); i++) {
		const struct library *l = &libraries[i];
		size_t first;

		if (lacks_include(o, l->include) || (l->macros && uses_macros(o, l->macros)) ||
		    (imports(o, l->package) &&
		     project_definitions(p, l->package, strlen(l->package), &first) == 0))
			return l->name;
	}
	return NULL;
}

const char *project_lacks_library(const struct project *p, const char *path)
{
	size_t at;

	return project_index_of(p, path, &at) ? lacks_library(p, p->files[at]->file.outline) : NULL;
}

static bool closure_lacks_library(const struct project *p, const struct closure *c)
{
	size_t at;

	for (size_t i = 0; i < c->n; i++)
		if (project_index_of(p, c->v[i].path, &at) &&
		    lacks_library(p, p->files[at]->file.outline))
			return true;
	return false;
}

/* Roots --------------------------------------------------------------------- */

static void add_closure(struct planning *g, const char *path, const char *top, bool testbench,
			const struct closure *c)
{
	struct read_plan *r = g->plan;
	struct read_root *root;
	size_t at;

	MEM_ROOM(r->roots, r->n_roots, r->cap_roots);
	root = &r->roots[r->n_roots++];
	*root = (struct read_root){ .path = mem_strdup(path),
				    .top = mem_strdup(top),
				    .testbench = testbench };
	for (size_t i = 0; i < c->n; i++) {
		strv_add(&root->files, c->v[i].path);
		if (!project_index_of(g->p, c->v[i].path, &at) || g->read[at] ||
		    !g->p->files[at]->file.outline)
			continue;
		g->read[at] = true;
		strv_add(&root->first, c->v[i].path);
	}
}

static bool is_listed(const struct planning *g, size_t file)
{
	return g->p->files[file]->rank != SIZE_MAX;
}

#define WRITTEN "written by "

/* The tool that wrote the file, unless the project's list names it; else NULL. */
static const char *made_by(const struct planning *g, size_t file)
{
	return is_listed(g, file) ? NULL : project_made_by(g->p, path_at(g, file));
}

/* A file that needs a missing library (UVM), or that a tool generated, becomes a
 * root only if it was asked for. */
static void add_root(struct planning *g, size_t file, const char *top, bool testbench, bool asked)
{
	const char *path = path_at(g, file);
	struct closure c;

	if (!asked && made_by(g, file))
		return;
	closure_init(&c, g->p, &path, 1);
	if (asked || !closure_lacks_library(g->p, &c))
		add_closure(g, path, top, testbench, &c);
	closure_fini(&c);
}

static bool contains(const char *a, const char *b, size_t n)
{
	return memmem(a, strcspn(a, "."), b, n) != NULL;
}

/* True for app0.v and checker.v with a module top each: their names refer neither
 * to each other nor to the module. */
static bool are_unrelated(const char *path, const char *other, const char *module)
{
	const char *a = path_base(path), *b = path_base(other);
	size_t n = strlen(module);

	return !contains(a, b, strcspn(b, ".")) && !contains(b, a, strcspn(a, ".")) &&
	       !contains(a, module, n) && !contains(b, module, n);
}

/* True if d is a version of the other. In a repository of examples many files
 * have a module top, and these are separate designs. */
static bool is_version_of(const struct planning *g, const struct definition *d,
			  const struct definition *other)
{
	const struct vmodule *a = unit_at(g->p, d), *b = unit_at(g->p, other);

	if (project_looks_copied(path_at(g, d->file)))
		return true;
	if (a->n_ports != b->n_ports ||
	    are_unrelated(path_at(g, d->file), path_at(g, other->file), d->name))
		return false;
	for (size_t i = 0; i < a->n_ports; i++)
		if (!vmodule_port(b, a->ports[i].name))
			return false;
	return true;
}

/* Another definition of the same name that is used, or that the project's list
 * names while it does not name this one; NULL if there is none. */
static const struct definition *used_twin(const struct planning *g, size_t def)
{
	const struct definition *d = &project_index(g->p)->defs[def];
	size_t first, n = project_definitions(g->p, d->name, strlen(d->name), &first);

	for (size_t i = first; i < first + n; i++) {
		const struct definition *other = &project_index(g->p)->defs[i];

		if (i != def &&
		    (g->uses[i].by_design || g->uses[i].by_testbench ||
		     (is_listed(g, other->file) && !is_listed(g, d->file))) &&
		    is_version_of(g, d, other))
			return other;
	}
	return NULL;
}

/* True if only an instance gives a parameter its value. */
static bool lacks_value(const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_params; i++)
		if (!m->params[i].local && !m->params[i].value[0])
			return true;
	return false;
}

static bool is_root(const struct planning *g, size_t def, bool testbench)
{
	const struct definition *d = &project_index(g->p)->defs[def];
	const struct vmodule *m = unit_at(g->p, d);
	const struct unit_use *use = &g->uses[def];
	const char *above, *above_path;

	if ((m->kind != VUNIT_MODULE && m->kind != VUNIT_PROGRAM) || use->by_design ||
	    project_is_testbench(g->p, m) != testbench || g->p->files[d->file]->file.header ||
	    g->p->files[d->file]->included)
		return false;
	if (!use->by_testbench && !testbench && project_has_spares(g->p, path_at(g, d->file)))
		return false; /* if nobody needs the file, it is read by itself */
	if (use->by_testbench && !testbench &&
	    (m->kind == VUNIT_PROGRAM || lacks_value(m) ||
	     project_needs_above(g->p, path_at(g, d->file), m, &above, &above_path)))
		return false; /* read below its testbench */
	return use->by_testbench || testbench || !used_twin(g, def);
}

/* A library of cells is read once, by itself: the tool then takes all its modules as tops,
 * instead of reading the file once for each. */
static void add_roots(struct planning *g, bool testbench)
{
	const struct project_index *x = project_index(g->p);
	size_t *roots = mem_calloc(g->p->n_files + 1, sizeof(*roots));

	for (size_t i = 0; i < x->n_defs; i++)
		roots[x->defs[i].file] += is_root(g, i, testbench);
	for (size_t i = 0; i < x->n_defs; i++) {
		size_t file = x->defs[i].file;

		if (roots[file] == 0 || !is_root(g, i, testbench))
			continue;
		if (roots[file] <= READ_PLAN_ROOTS) {
			add_root(g, file, x->defs[i].name, testbench, false);
		} else {
			add_root(g, file, NULL, testbench, false);
			roots[file] = 0;
		}
	}
	free(roots);
}

/* Missed ---------------------------------------------------------------------- */

static void miss(struct read_plan *r, const char *path, char *why)
{
	MEM_PUSH(r->missed, r->n_missed, r->cap_missed,
		 (struct read_miss){ mem_strdup(path), why });
}

/* If all units of the file are copies of used ones, the file of the first of
 * these; else NULL. */
static const char *copy_of(const struct planning *g, size_t file)
{
	const struct voutline *o = g->p->files[file]->file.outline;
	const struct project_index *x = project_index(g->p);
	const char *twin = NULL;

	for (size_t u = 0; u < o->n; u++) {
		size_t first, n = project_definitions(g->p, o->modules[u].name,
						      strlen(o->modules[u].name), &first);
		const struct definition *used = NULL;

		for (size_t i = first; i < first + n; i++)
			if (x->defs[i].file == file && x->defs[i].unit == u)
				used = used_twin(g, i);
		if (!used)
			return NULL;
		if (!twin)
			twin = path_at(g, used->file);
	}
	return twin;
}

/* True if a unit of the file is instantiated in a file that is not read either;
 * then that file brings it in. */
static bool needed_by_unread(const struct planning *g, size_t file)
{
	const struct project *p = g->p;
	const struct definition *defs = project_index(p)->defs;

	for (size_t i = 0; i < project_index(p)->n_defs; i++)
		if (defs[i].file == file && g->uses[i].by_design)
			return true;
	return false;
}

/* The reason if the file or something it needs lacks a library, else NULL. The
 * caller frees. */
static char *wants_library(const struct planning *g, size_t file)
{
	const char *path = path_at(g, file),
		   *name = lacks_library(g->p, g->p->files[file]->file.outline);
	struct closure c;
	char *why = name ? str_fmt("needs %s, which is not in the project", name) : NULL;
	size_t at;

	if (why)
		return why;
	closure_init(&c, g->p, &path, 1);
	for (size_t i = 0; !why && i < c.n; i++)
		if (project_index_of(g->p, c.v[i].path, &at) &&
		    (name = lacks_library(g->p, g->p->files[at]->file.outline)))
			why = str_fmt("needs %s (through %s), which is not in the project", name,
				      c.v[i].path);
	closure_fini(&c);
	return why;
}

/* The reason why the file cannot be read on its own, or NULL. The caller frees. */
static char *not_alone(const struct planning *g, size_t file)
{
	const struct entry *e = g->p->files[file];
	const struct voutline *o = e->file.outline;
	const char *why = voutline_unreadable(o), *bound = project_binds_type(g->p, o);

	if (why)
		return mem_strdup(why);
	if (bound)
		return str_fmt("binds a checker with a type parameter of %s, which no tool here "
			       "supports",
			       bound);
	if (o->kind == VFILE_CONFIG)
		return mem_strdup("a configuration (no tool here reads it)");
	if (e->file.header || e->included || o->kind == VFILE_FRAGMENT || o->kind == VFILE_SUBS)
		return mem_strdup(e->included	   ? "only files that are not read include it"
				  : e->file.header ? "no file includes it"
						   : "no module is in it, and no file includes it");
	if (o->kind == VFILE_EMPTY)
		return mem_strdup("nothing is in it");
	if (o->kind == VFILE_DEAD && o->n_uses)
		return str_fmt("nothing in it is compiled; it asks for %s, which `set defines %s` "
			       "would say",
			       o->uses[0].name, o->uses[0].name);
	return o->kind == VFILE_DEAD ? mem_strdup("nothing in it is compiled") : NULL;
}

/* Adds files that nobody needs, then (circles) the rest: modules that instantiate
 * each other in a cycle. */
static void add_left(struct planning *g, bool circles)
{
	for (size_t f = 0; f < g->p->n_files; f++) {
		const struct voutline *o = g->p->files[f]->file.outline;

		char *why;

		if (g->read[f] || !o || copy_of(g, f) || (!circles && needed_by_unread(g, f)))
			continue;
		why = not_alone(g, f);
		free(why);
		if (why)
			continue;
		add_root(g, f,
			 circles && o->n && o->modules[0].kind == VUNIT_MODULE ? o->modules[0].name
									       : NULL,
			 false, false);
	}
}

static void miss_copy(struct planning *g, const char *path, const char *twin)
{
	const struct manifest_file *said = manifest_file(&g->p->look->said->m, twin);

	if (said && !manifest_file(&g->p->look->said->m, path))
		miss(g->plan, path, str_fmt("duplicate of %s (named in %s)", twin, said->where));
	else
		miss(g->plan, path, str_fmt("duplicate of %s", twin));
}

static void add_missed(struct planning *g)
{
	for (size_t i = 0; i < g->p->look->n_left; i++)
		miss(g->plan, g->p->look->left[i].path, mem_strdup(g->p->look->left[i].why));
	for (size_t f = 0; f < g->p->n_files; f++) {
		const struct project_file *file = &g->p->files[f]->file;
		const char *twin;
		char *why;

		if (g->read[f])
			continue;
		if (!file->outline)
			miss(g->plan, file->path, project_file_unread(file));
		else if (made_by(g, f))
			miss(g->plan, file->path, str_fmt(WRITTEN "%s", made_by(g, f)));
		else if ((twin = copy_of(g, f)))
			miss_copy(g, file->path, twin);
		else if ((why = not_alone(g, f)))
			miss(g->plan, file->path, why);
		else if ((why = wants_library(g, f)))
			miss(g->plan, file->path, why);
	}
}

/* Files generated by tools come last: they are the least interesting of what was not
 * read. */
static int by_path(const void *a, const void *b)
{
	const struct read_miss *x = a, *y = b;
	bool xmade = str_starts(x->why, WRITTEN), ymade = str_starts(y->why, WRITTEN);

	return xmade != ymade ? xmade - ymade : strcmp(x->path, y->path);
}

/* Plan ------------------------------------------------------------------------ */

static bool only_top(struct planning *g, const char *top)
{
	size_t first;

	if (!top[0] || project_definitions(g->p, top, strlen(top), &first) == 0)
		return false;
	add_root(g, project_index(g->p)->defs[first].file, top, false, true);
	for (size_t f = 0; f < g->p->n_files; f++)
		if (!g->read[f])
			miss(g->plan, path_at(g, f), str_fmt("not part of %s", top));
	return true;
}

void read_plan_init(struct read_plan *r, const struct project *p, const char *top)
{
	struct planning g = { .p = p, .plan = r };

	memset(r, 0, sizeof(*r));
	g.uses = mem_calloc(project_index(p)->n_defs + 1, sizeof(*g.uses));
	g.read = mem_calloc(p->n_files + 1, sizeof(*g.read));
	count_uses(&g);
	if (!only_top(&g, top ? top : "")) {
		add_roots(&g, false);
		add_roots(&g, true);
		add_left(&g, false);
		add_left(&g, true);
		add_missed(&g);
	}
	if (r->n_missed > 1)
		qsort(r->missed, r->n_missed, sizeof(*r->missed), by_path);
	free(g.read);
	free(g.uses);
}

void read_plan_fini(struct read_plan *r)
{
	for (size_t i = 0; i < r->n_roots; i++) {
		free(r->roots[i].path);
		free(r->roots[i].top);
		strv_free(&r->roots[i].files);
		strv_free(&r->roots[i].first);
	}
	for (size_t i = 0; i < r->n_missed; i++) {
		free(r->missed[i].path);
		free(r->missed[i].why);
	}
	free(r->roots);
	free(r->missed);
	memset(r, 0, sizeof(*r));
}
