/* The files that some given files need.
 *
 * Which files: follows instances, imports, interfaces and includes until nothing
 * new is found; then adds files that bind their own checkers to one of these
 * modules, since nobody names them. If several files define a name, one is chosen
 * for the whole closure, as elaboration accepts only one. An included file is
 * read for its needs but not passed to the tool: its includer brings it in.
 *
 * In which order: first post-order, which reads well; then each file after the
 * packages it imports, as tools require. Two walks, since instances may form
 * cycles between files while imports do not.
 */
#include "config.h"

#include "session/project/project_closure.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/project/project_inner.h"
#include "session/project/project_types.h"
#include "session/verilog/vmacros.h"

struct need {
	size_t file;
	enum need_kind kind;
};

struct node {
	struct need *needs;
	size_t n, cap;
	bool reached, included, done;
	/* compiled on its own, because a file that does not include it needs it */
	bool ahead;
	struct needed first; /* why it was reached first */
};

struct walk {
	const struct project *p;
	struct node *nodes; /* one per file of the project */
	size_t *queue;	    /* files in the order in which they were reached */
	size_t n_queue;
	struct name_map chosen; /* name to the file chosen for it */
	size_t *given;		/* headers that a list gives to the tool and nothing includes */
	size_t n_given;
	struct project_types types;
	struct strv *notes, *given_notes, *roots;
	const struct manifest *said; /* description of the first file; NULL */
};

static const char *path_of(const struct walk *c, size_t file)
{
	return c->p->files[file]->file.path;
}

static void reach(struct walk *c, size_t file, enum need_kind kind, const char *by,
		  const char *name)
{
	struct node *node = &c->nodes[file];

	if (node->reached)
		return;
	node->reached = true;
	node->first = (struct needed){ path_of(c, file), kind, by, name, true };
	c->queue[c->n_queue++] = file;
}

static void add_need(struct node *node, size_t file, enum need_kind kind)
{
	MEM_PUSH(node->needs, node->n, node->cap, (struct need){ file, kind });
}

static void need(struct walk *c, size_t from, size_t file, enum need_kind kind, const char *name)
{
	struct node *node = &c->nodes[from];

	if (file == from)
		return;
	reach(c, file, kind, path_of(c, from), name);
	/* A netlist refers to the same few files again and again. */
	if (node->n && node->needs[node->n - 1].file == file &&
	    node->needs[node->n - 1].kind == kind)
		return;
	add_need(node, file, kind);
}

/* Names ----------------------------------------------------------------------- */

static const char *kind_word(const struct vmodule *m)
{
	static const char *const words[] = { "module",	"interface", "package",
					     "program", "primitive", "class" };

	return words[m->kind];
}

/* Where a description names both files for one call of a tool, "apio.ini"; NULL: none does. */
static const char *named_together(const struct walk *c, size_t a, size_t b)
{
	const struct manifest *said = &c->p->look->said->m;
	const struct manifest_file *x = manifest_file(said, path_of(c, a)),
				   *y = manifest_file(said, path_of(c, b));

	return x && y && strcmp(x->where, y->where) == 0 ? x->where : NULL;
}

/* Adds "module m is defined in a.v and b.v; a.v was taken". */
static void note_choice(struct walk *c, const struct definition *defs, size_t n, size_t taken,
			struct strv *notes)
{
	const struct vmodule *m = &c->p->files[taken]->file.outline->modules[0];
	size_t other = taken, more = 0;
	const char *both;
	char *rest;

	for (size_t i = 0; i < n; i++) {
		if (defs[i].file == taken)
			m = &c->p->files[taken]->file.outline->modules[defs[i].unit];
		else if (other == taken)
			other = defs[i].file;
		else if (i == 0 || defs[i].file != defs[i - 1].file)
			more++;
	}
	if (other == taken)
		return;
	rest = str_fmt(" and %zu more", more);
	both = named_together(c, taken, other);
	strv_addf(notes, "%s %s is defined in %s%s %s%s; %s was taken%s%s%s", kind_word(m), m->name,
		  path_of(c, taken), more ? "," : " and", path_of(c, other), more ? rest : "",
		  path_of(c, taken), both ? ", but " : "", both ? both : "",
		  both ? " gives a tool both, which it may refuse" : "");
	free(rest);
}

static bool is_black_box(const struct walk *c, const char *name, size_t len)
{
	const struct strv *globs = &c->p->settings.blackbox;
	char *module = globs->n ? mem_strndup(name, len) : NULL;
	bool found = false;

	for (size_t i = 0; !found && i < globs->n; i++)
		found = tree_matches(globs->v[i], module);
	free(module);
	return found;
}

/* The definition described together with the first file, else the nearest. */
static size_t choose(const struct walk *c, const struct definition *defs, size_t n, size_t from)
{
	for (size_t i = 0; c->said && i < n; i++)
		if (manifest_file(c->said, path_of(c, defs[i].file)))
			return defs[i].file;
	return defs[project_nearest(c->p, defs, n, from)].file;
}

/* A file that is only ever included is represented by the nearest file that includes it. */
static size_t by_includer(const struct walk *c, size_t file, size_t from)
{
	size_t best = file, near = 0;

	for (size_t i = 0; c->p->files[file]->file.header && i < c->p->n_files; i++) {
		const struct project_file *f = &c->p->files[i]->file;
		size_t n = path_common_folders(f->path, path_of(c, from));

		for (size_t k = 0; !f->header && f->outline && k < f->outline->n_included; k++) {
			const char *path = f->outline->included[k].path;

			if (path && strcmp(path, path_of(c, file)) == 0 &&
			    (best == file || n > near)) {
				best = i;
				near = n;
			}
		}
	}
	return best;
}

/* what: the text in the file, which may be longer than the name. */
static void need_name(struct walk *c, size_t from, const char *what, size_t len,
		      enum need_kind kind)
{
	const struct definition *defs;
	size_t first, n, file;

	if (!name_map_get(&c->chosen, what, len, &file)) {
		n = project_definitions(c->p, what, len, &first);
		if (n == 0 || (kind == NEED_USE && is_black_box(c, what, len)))
			return;
		defs = project_index(c->p)->defs + first;
		file = choose(c, defs, n, from);
		if (project_are_apart(c->p, file, from))
			return;
		if (n > 1)
			note_choice(c, defs, n, file, c->notes);
		file = by_includer(c, file, from);
		name_map_put(&c->chosen, what, len, file);
	}
	need(c, from, file, kind, what);
	if (c->p->files[file]->file.header && !c->p->files[file]->included)
		c->nodes[file].ahead =
			true; /* a package in a .svh that is compiled like a source */
}

/* The units that the file itself defines are chosen as well. */
static void own_names(struct walk *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	for (size_t u = 0; o && u < o->n; u++) {
		const char *name = o->modules[u].name;
		size_t len = strlen(name), first, n;

		if (o->modules[u].kind == VUNIT_CLASS || name_map_has(&c->chosen, name, len))
			continue;
		n = project_definitions(c->p, name, len, &first);
		name_map_put(&c->chosen, name, len, file);
		if (n > 1)
			note_choice(c, project_index(c->p)->defs + first, n, file,
				    c->nodes[file].first.kind == NEED_GIVEN ? c->given_notes
									    : c->notes);
	}
}

/* Needs ----------------------------------------------------------------------- */

/* Adds everything that file includes, also indirectly. Units in there are chosen
 * before anything refers to them, since they are part of this file. */
static void need_includes(struct walk *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	for (size_t i = 0; i < o->n_included; i++) {
		const struct vinclude *inc = &o->included[i];
		size_t found;

		if (!inc->path || !project_place_of(c->p, inc->path, &found) || found == file)
			continue;
		need(c, file, found, NEED_INCLUDE, inc->name);
		c->nodes[found].included = true;
		own_names(c, found);
	}
}

/* Adds files that define macros this one uses without including them. */
static void need_macros(struct walk *c, size_t file)
{
	const struct entry *e = c->p->files[file];

	for (size_t i = 0; i < e->definers.n; i++) {
		size_t found;

		if (!project_place_of(c->p, e->definers.v[i], &found))
			continue;
		need(c, file, found, NEED_MACRO, e->lacks.n ? e->lacks.v[0] : e->asks.v[0]);
		c->nodes[found].ahead = true;
	}
}

static void find_given(struct walk *c)
{
	const struct manifest *said = &c->p->look->said->m;
	size_t f;

	for (size_t i = 0; i < said->n_files; i++) {
		const struct entry *e;

		if (!said->files[i].given || !project_place_of(c->p, said->files[i].path, &f))
			continue;
		e = c->p->files[f];
		if (!e->included && project_is_source(e->file.path) && e->file.outline) {
			c->given = mem_realloc(c->given, (c->n_given + 1) * sizeof(*c->given));
			c->given[c->n_given++] = f;
		}
	}
}

/* Adds what a list names before this file: macros, but also types of the compilation
 * unit, whose names no outline resolves. */
static void need_given(struct walk *c, size_t file)
{
	const struct entry *e = c->p->files[file];

	for (size_t i = 0; i < c->n_given; i++) {
		size_t h = c->given[i];

		if (e->rank == SIZE_MAX || h == file || c->p->files[h]->rank > e->rank)
			continue;
		need(c, file, h, NEED_LIST, path_of(c, file));
		c->nodes[h].ahead = true;
	}
}

/* Adds the files that declare what this one uses and neither includes nor imports. */
static void need_types(struct walk *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	for (size_t i = 0; c->types.n && i < o->lacked.n; i++) {
		const char *name = o->lacked.v[i];
		size_t found;

		if (!project_types_find(&c->types, c->p, name, file, &found))
			continue;
		need(c, file, found, NEED_TYPE, name);
		c->nodes[found].ahead = true;
	}
}

static void need_roots(struct walk *c, size_t file, const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_heads; i++) {
		const struct definition *d = project_second_root(c->p, file, m, m->heads[i]);

		if (!d)
			continue;
		need_name(c, file, d->name, strlen(d->name), NEED_ROOT);
		strv_add_once(c->roots, d->name);
	}
}

/* my_and (y, a, b); may instantiate a primitive, or call a task. */
static void need_unnamed(struct walk *c, size_t file, const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_calls; i++)
		if (project_is_primitive(c->p, m->calls[i]))
			need_name(c, file, m->calls[i], strlen(m->calls[i]), NEED_USE);
}

static void needs_of(struct walk *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	if (!o)
		return;
	need_includes(c, file);
	need_macros(c, file);
	need_given(c, file);
	need_types(c, file);
	for (size_t i = 0; i < o->n_binds; i++) { /* the names it connects are the target's */
		need_name(c, file, o->binds[i].module, strlen(o->binds[i].module), NEED_USE);
		need_name(c, file, o->binds[i].target, strlen(o->binds[i].target), NEED_USE);
	}
	for (size_t u = 0; u < o->n; u++) {
		const struct vmodule *m = &o->modules[u];

		for (size_t i = 0; i < m->n_imports; i++)
			need_name(c, file, m->imports[i], strlen(m->imports[i]), NEED_IMPORT);
		for (size_t i = 0; i < m->n_instances; i++)
			need_name(c, file, m->instances[i].module, strlen(m->instances[i].module),
				  NEED_USE);
		for (size_t i = 0; i < m->n_ports; i++)
			if (m->ports[i].dir == VPORT_INTERFACE)
				need_name(c, file, m->ports[i].type,
					  strcspn(m->ports[i].type, ". #["), NEED_USE);
		need_unnamed(c, file, m);
		need_roots(c, file, m);
	}
}

static bool defines(const struct walk *c, size_t file, const char *macro)
{
	const struct voutline *o = c->p->files[file]->file.outline;
	const struct vmacro *m =
		o && o->macros ? vmacros_find(o->macros, macro, strlen(macro)) : NULL;

	return m && m->defined && m->line > 0;
}

/* For `define MEM fast_mem: an instance of `MEM in file is one of this module. */
static void need_value(struct walk *c, size_t file, const struct vmacro *m)
{
	size_t n = strcspn(m->body, " \t\n");

	if (n && !m->function && n + strspn(m->body + n, " \t\n") == m->len)
		need_name(c, file, m->body, n, NEED_USE);
}

/* For `ifdef PICORV32_V `error "must be read before picorv32.v": orders the files
 * accordingly. */
static void need_before(struct walk *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	for (size_t i = 0; o && i < o->n_uses; i++)
		for (size_t k = 0; o->uses[i].refused && k < c->n_queue; k++)
			if (c->queue[k] != file && defines(c, c->queue[k], o->uses[i].name))
				add_need(&c->nodes[c->queue[k]], file, NEED_ORDER);
}

/* A file with `ifndef MEM `define MEM slow_mem is read after one that defines MEM. */
static void need_after(struct walk *c, size_t file)
{
	const struct project_file *f = &c->p->files[file]->file;

	for (size_t i = 0; !f->header && f->outline && i < vmacros_count(f->outline->macros); i++) {
		const struct vmacro *m = vmacros_at(f->outline->macros, i), *said;

		for (size_t k = 0; m->fallback && m->defined && k < c->n_queue; k++) {
			size_t other = c->queue[k];

			if (other == file || !defines(c, other, m->name))
				continue;
			said = vmacros_find(c->p->files[other]->file.outline->macros, m->name,
					    strlen(m->name));
			if (said->fallback)
				continue;
			add_need(&c->nodes[file], other, NEED_ORDER);
			need_value(c, file, said);
		}
	}
}

/* True for files with only checkers and bind statements; false for a testbench
 * that also binds one. */
static bool only_binds(const struct voutline *o)
{
	bool bound = o && o->n_binds > 0;

	for (size_t u = 0; bound && u < o->n; u++) {
		bound = false;
		for (size_t i = 0; i < o->n_binds && !bound; i++)
			bound = strcmp(o->binds[i].module, o->modules[u].name) == 0;
	}
	return bound;
}

/* True if the project's list names the one and leaves out the other, so that whoever
 * wrote it does not check the design with these. */
static bool is_left_out(const struct walk *c, size_t binder, size_t target)
{
	const struct manifest *said = &c->p->look->said->m;

	return manifest_file(said, path_of(c, target)) && !manifest_file(said, path_of(c, binder));
}

/* Adds files whose checkers are bound to a reached module; true if there were any. */
static bool need_binds(struct walk *c)
{
	const struct project_index *x = project_index(c->p);
	size_t before = c->n_queue, file;

	for (size_t i = 0; i < x->n_binders; i++) {
		size_t f = x->binders[i];
		const struct voutline *o = c->p->files[f]->file.outline;

		if (c->nodes[f].reached || !only_binds(o) || project_binds_type(c->p, o))
			continue;
		for (size_t k = 0; k < o->n_binds && !c->nodes[f].reached; k++)
			if (name_map_get(&c->chosen, o->binds[k].target, strlen(o->binds[k].target),
					 &file) &&
			    !is_left_out(c, f, file))
				need(c, file, f, NEED_BIND, o->binds[k].target);
	}
	return c->n_queue > before;
}

/* Order ----------------------------------------------------------------------- */

struct visit {
	size_t file, next;
};

/* Adds to out what file needs by the kinds in mask, then file itself, each once.
 * Iterative, since chains may be long. */
static void post_order(struct walk *c, size_t file, unsigned mask, struct visit *stack, size_t *out,
		       size_t *n)
{
	size_t depth = 0;

	if (c->nodes[file].done)
		return;
	c->nodes[file].done = true;
	stack[depth++] = (struct visit){ file, 0 };
	while (depth > 0) {
		struct visit *v = &stack[depth - 1];
		struct node *node = &c->nodes[v->file];
		struct need *e;

		if (v->next == node->n) {
			out[(*n)++] = v->file;
			depth--;
			continue;
		}
		e = &node->needs[v->next++];
		if (!(mask >> e->kind & 1u) || c->nodes[e->file].done)
			continue;
		c->nodes[e->file].done = true;
		stack[depth++] = (struct visit){ e->file, 0 };
	}
}

static void put_in_order(struct walk *c, size_t *order)
{
	struct visit *stack = mem_calloc(c->n_queue + 1, sizeof(*stack));
	size_t *first = mem_calloc(c->n_queue + 1, sizeof(*first));
	size_t n = 0, m = 0;

	for (size_t i = 0; i < c->n_queue; i++)
		post_order(c, c->queue[i], ~(1u << NEED_ORDER), stack, first, &n);
	for (size_t i = 0; i < c->n_queue; i++)
		c->nodes[c->queue[i]].done = false;
	/* An included file is read at the place of its includer, so its imports
	 * count for that one. */
	for (size_t i = 0; i < n; i++)
		post_order(c, first[i],
			   1u << NEED_IMPORT | 1u << NEED_INCLUDE | 1u << NEED_MACRO |
				   1u << NEED_TYPE | 1u << NEED_LIST | 1u << NEED_ORDER,
			   stack, order, &m);
	free(first);
	free(stack);
}

/* Closure --------------------------------------------------------------------- */

/* Notes files that are both needed, for different reasons, and define the same name. */
static void note_clashes(struct walk *c, const size_t *order)
{
	struct name_map seen = NAME_MAP_INIT;

	for (size_t i = 0; i < c->n_queue; i++) {
		const struct project_file *f = &c->p->files[order[i]]->file;

		for (size_t u = 0; f->outline && u < f->outline->n; u++) {
			const struct vmodule *m = &f->outline->modules[u];
			size_t other;

			if (m->kind == VUNIT_CLASS ||
			    name_map_put(&seen, m->name, strlen(m->name), order[i]) ||
			    !name_map_get(&seen, m->name, strlen(m->name), &other) ||
			    other == order[i])
				continue;
			strv_addf(c->notes, "%s %s is defined in %s and %s, and both are needed",
				  kind_word(m), m->name, path_of(c, other), f->path);
		}
	}
	name_map_fini(&seen);
}

static void put_out(const struct walk *c, const size_t *order, struct closure *out)
{
	out->v = mem_calloc(c->n_queue + 1, sizeof(*out->v));
	for (size_t i = 0; i < c->n_queue; i++) {
		const struct node *node = &c->nodes[order[i]];
		struct needed *f = &out->v[out->n++];

		*f = node->first;
		f->compiled = f->kind == NEED_GIVEN || node->ahead ||
			      (!node->included && !c->p->files[order[i]]->file.header);
	}
}

void closure_init(struct closure *out, const struct project *p, const char *const *paths, size_t n)
{
	struct walk c = {
		.p = p, .notes = &out->notes, .given_notes = &out->given_notes, .roots = &out->roots
	};
	size_t *order, file, n_given, i = 0, ordered = 0;

	memset(out, 0, sizeof(*out));
	c.nodes = mem_calloc(p->n_files + 1, sizeof(*c.nodes));
	c.queue = mem_calloc(p->n_files + 1, sizeof(*c.queue));
	find_given(&c);
	project_types_init(&c.types, p);
	order = mem_calloc(p->n_files + 1, sizeof(*order));
	for (size_t k = 0; k < n; k++)
		if (project_index_of(p, paths[k], &file))
			reach(&c, file, NEED_GIVEN, NULL, NULL);
	n_given = c.n_queue;
	if (n_given)
		c.said = manifest_of(&p->look->said->m, path_of(&c, c.queue[0]));
	if (c.said == &p->look->said->m)
		c.said = NULL; /* project_nearest() handles that */
	for (size_t k = 0; k < n_given; k++)
		own_names(&c, c.queue[k]);
	do {
		for (; ordered < c.n_queue; ordered++) {
			for (; i < c.n_queue; i++) {
				own_names(&c, c.queue[i]);
				needs_of(&c, c.queue[i]);
			}
			need_after(&c, c.queue[ordered]); /* may reach more files */
		}
	} while (need_binds(&c));
	for (size_t k = 0; k < c.n_queue; k++)
		need_before(&c, c.queue[k]);
	put_in_order(&c, order);
	note_clashes(&c, order);
	put_out(&c, order, out);
	for (size_t k = 0; k < c.n_queue; k++) /* only these have any */
		free(c.nodes[c.queue[k]].needs);
	name_map_fini(&c.chosen);
	project_types_fini(&c.types);
	free(order);
	free(c.given);
	free(c.queue);
	free(c.nodes);
}

void closure_fini(struct closure *c)
{
	free(c->v);
	strv_free(&c->notes);
	strv_free(&c->given_notes);
	strv_free(&c->roots);
	memset(c, 0, sizeof(*c));
}

void project_closure(const struct project *p, const char *const *paths, size_t n,
		     struct strv *files, struct strv *notes)
{
	struct closure c;

	closure_init(&c, p, paths, n);
	for (size_t i = 0; i < c.n; i++)
		if (c.v[i].compiled)
			strv_add(files, c.v[i].path);
	strv_addall(notes, &c.given_notes);
	strv_addall(notes, &c.notes);
	closure_fini(&c);
}
