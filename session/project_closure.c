/* The files that a few files need.
 *
 * Which files: from the given ones along instances, imports, interfaces and
 * includes, until nothing new turns up. A name that several files define is
 * decided once, for elaboration can have it only once. What is included is
 * read for its needs but not named: it comes with the one who includes it.
 *
 * In which order: first as a walk from the leaves up would meet them, because
 * that reads well; then each file after those whose packages it imports,
 * because the tools want that. Two walks, since instances may go in circles
 * between files where imports do not.
 */
#include "config.h"

#include "session/project.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/project_inner.h"

/* Folders that one include may mean, at most. */
#define MAX_PLACES 64u

enum edge_kind { EDGE_USE, EDGE_IMPORT, EDGE_INCLUDE };

struct need {
	size_t file;
	enum edge_kind kind;
};

struct node {
	struct need *needs;
	size_t n, cap;
	bool reached, given, included, done;
};

struct closure {
	const struct project *p;
	struct node *nodes;	/* one for each file of the project */
	size_t *queue;		/* files reached, in that order */
	size_t n_queue;
	struct name_map chosen;	/* from a name to the file taken for it */
	struct strv *notes;
};

static const char *path_of(const struct closure *c, size_t file)
{
	return c->p->files[file]->file.path;
}

static void reach(struct closure *c, size_t file)
{
	if (c->nodes[file].reached)
		return;
	c->nodes[file].reached = true;
	c->queue[c->n_queue++] = file;
}

static void need(struct closure *c, size_t from, size_t file, enum edge_kind kind)
{
	struct node *node = &c->nodes[from];

	if (file == from)
		return;
	reach(c, file);
	/* A netlist names the same few files again and again. */
	if (node->n && node->needs[node->n - 1].file == file && node->needs[node->n - 1].kind == kind)
		return;
	node->cap = mem_grow((void **)&node->needs, node->cap, node->n + 1, sizeof(*node->needs));
	node->needs[node->n++] = (struct need){ file, kind };
}

/* Names ----------------------------------------------------------------------- */

static bool same_folder(const char *a, const char *b)
{
	size_t n = (size_t)(path_base(a) - a), m = (size_t)(path_base(b) - b);

	return n == m && memcmp(a, b, n) == 0;
}

static const char *kind_word(const struct vmodule *m)
{
	static const char *const words[] = { "module", "interface", "package", "program", "primitive", "class" };

	return words[m->kind];
}

/* "module m is defined in a.v and b.v; a.v was taken" */
static void note_choice(struct closure *c, const struct definition *defs, size_t n, size_t taken)
{
	const struct vmodule *m = &c->p->files[taken]->file.outline->modules[0];
	size_t other = taken, more = 0;

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
	if (more)
		strv_addf(c->notes, "%s %s is defined in %s, %s and %zu more; %s was taken", kind_word(m), m->name,
			  path_of(c, taken), path_of(c, other), more, path_of(c, taken));
	else
		strv_addf(c->notes, "%s %s is defined in %s and %s; %s was taken", kind_word(m), m->name,
			  path_of(c, taken), path_of(c, other), path_of(c, taken));
}

/* One in the same folder, else the first by path; what the given files define
 * was chosen before. */
static size_t choose(const struct closure *c, const struct definition *defs, size_t n, size_t from)
{
	for (size_t i = 0; i < n; i++)
		if (same_folder(path_of(c, defs[i].file), path_of(c, from)))
			return defs[i].file;
	return defs[0].file;
}

static void need_name(struct closure *c, size_t from, const char *name, size_t len, enum edge_kind kind)
{
	const struct definition *defs;
	size_t first, n, file;

	if (!name_map_get(&c->chosen, name, len, &file)) {
		n = project_definitions(c->p, name, len, &first);
		if (n == 0)
			return;
		defs = project_index(c->p)->defs + first;
		file = choose(c, defs, n, from);
		name_map_put(&c->chosen, name, len, file);
		if (n > 1)
			note_choice(c, defs, n, file);
	}
	need(c, from, file, kind);
}

/* What its own units define is a choice made, too. */
static void own_names(struct closure *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	for (size_t u = 0; o && u < o->n; u++) {
		const char *name = o->modules[u].name;
		size_t len = strlen(name), first, n, taken;

		if (o->modules[u].kind == VUNIT_CLASS || name_map_get(&c->chosen, name, len, &taken))
			continue;
		n = project_definitions(c->p, name, len, &first);
		name_map_put(&c->chosen, name, len, file);
		if (n > 1)
			note_choice(c, project_index(c->p)->defs + first, n, file);
	}
}

/* Needs ----------------------------------------------------------------------- */

static void need_includes(struct closure *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	for (size_t i = 0; i < o->n_includes; i++) {
		size_t found;

		if (!project_beside(c->p, file, o->includes[i], &found) &&
		    !project_elsewhere(c->p, o->includes[i], &found, 1))
			continue;
		need(c, file, found, EDGE_INCLUDE);
		if (found != file)
			c->nodes[found].included = true;
	}
}

static void needs_of(struct closure *c, size_t file)
{
	const struct voutline *o = c->p->files[file]->file.outline;

	if (!o)
		return;
	need_includes(c, file);
	for (size_t u = 0; u < o->n; u++) {
		const struct vmodule *m = &o->modules[u];

		for (size_t i = 0; i < m->n_imports; i++)
			need_name(c, file, m->imports[i], strlen(m->imports[i]), EDGE_IMPORT);
		for (size_t i = 0; i < m->n_instances; i++)
			need_name(c, file, m->instances[i].module, strlen(m->instances[i].module), EDGE_USE);
		for (size_t i = 0; i < m->n_ports; i++)
			if (m->ports[i].dir == VPORT_INTERFACE)
				need_name(c, file, m->ports[i].type, strcspn(m->ports[i].type, ". #["), EDGE_USE);
	}
}

/* Order ----------------------------------------------------------------------- */

struct visit {
	size_t file, next;
};

/* Adds to out what file needs by the kinds in mask, then file itself, each
 * once; iterative, for chains may be long. */
static void post_order(struct closure *c, size_t file, unsigned mask, struct visit *stack, size_t *out, size_t *n)
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

static void put_in_order(struct closure *c, size_t *order)
{
	struct visit *stack = mem_calloc(c->n_queue + 1, sizeof(*stack));
	size_t *first = mem_calloc(c->n_queue + 1, sizeof(*first));
	size_t n = 0, m = 0;

	for (size_t i = 0; i < c->n_queue; i++)
		post_order(c, c->queue[i], ~0u, stack, first, &n);
	for (size_t i = 0; i < c->n_queue; i++)
		c->nodes[c->queue[i]].done = false;
	/* An included file is where the one is that includes it: its imports
	 * count for that one. */
	for (size_t i = 0; i < n; i++)
		post_order(c, first[i], 1u << EDGE_IMPORT | 1u << EDGE_INCLUDE, stack, order, &m);
	free(first);
	free(stack);
}

/* Closure --------------------------------------------------------------------- */

/* Two files that both had to come, for different reasons, and both define name. */
static void note_clashes(struct closure *c, const size_t *order)
{
	struct name_map seen = NAME_MAP_INIT;

	for (size_t i = 0; i < c->n_queue; i++) {
		const struct project_file *f = &c->p->files[order[i]]->file;

		for (size_t u = 0; f->outline && u < f->outline->n; u++) {
			const struct vmodule *m = &f->outline->modules[u];
			size_t other;

			if (m->kind == VUNIT_CLASS || name_map_put(&seen, m->name, strlen(m->name), order[i]) ||
			    !name_map_get(&seen, m->name, strlen(m->name), &other) || other == order[i])
				continue;
			strv_addf(c->notes, "%s %s is defined in %s and %s, and both are needed", kind_word(m),
				  m->name, path_of(c, other), f->path);
		}
	}
	name_map_fini(&seen);
}

void project_closure(const struct project *p, const char *const *paths, size_t n,
		     struct strv *files, struct strv *notes)
{
	struct closure c = { .p = p, .notes = notes };
	size_t *order;

	c.nodes = mem_calloc(p->n_files + 1, sizeof(*c.nodes));
	c.queue = mem_calloc(p->n_files + 1, sizeof(*c.queue));
	order = mem_calloc(p->n_files + 1, sizeof(*order));
	for (size_t i = 0; i < n; i++) {
		size_t file;

		if (project_index_of(p, paths[i], &file)) {
			c.nodes[file].given = true;
			reach(&c, file);
		}
	}
	for (size_t i = 0; i < c.n_queue; i++)
		if (c.nodes[c.queue[i]].given)
			own_names(&c, c.queue[i]);
	for (size_t i = 0; i < c.n_queue; i++) {
		own_names(&c, c.queue[i]);
		needs_of(&c, c.queue[i]);
	}
	put_in_order(&c, order);
	note_clashes(&c, order);
	for (size_t i = 0; i < c.n_queue; i++) {
		const struct node *node = &c.nodes[order[i]];

		if (node->given || (!node->included && !p->files[order[i]]->file.header))
			strv_add(files, path_of(&c, order[i]));
	}
	for (size_t i = 0; i < p->n_files; i++)
		free(c.nodes[i].needs);
	name_map_fini(&c.chosen);
	free(order);
	free(c.queue);
	free(c.nodes);
}

/* Include folders --------------------------------------------------------------- */

struct folders {
	struct strv *out;
	struct name_map seen;	/* keys are in out */
	struct name_map names;	/* includes that were looked for already */
};

static void add_folder(struct folders *l, const char *path, size_t len)
{
	char *folder = len ? mem_strndup(path, len) : mem_strdup(".");

	if (name_map_put(&l->seen, folder, strlen(folder), 0))
		strv_give(l->out, folder);
	else
		free(folder);
}

/* Without the last n bytes and the slash before them. */
static void add_parent(struct folders *l, const char *path, size_t n)
{
	size_t len = strlen(path) - n;

	add_folder(l, path, len ? len - 1 : 0);
}

static void add_included(struct folders *l, const struct project *p, size_t file, const char *name)
{
	const char *path = p->files[file]->file.path;
	size_t found[MAX_PLACES], n;

	if (project_beside(p, file, name, found))
		add_parent(l, path, strlen(path_base(path)));
	if (!name_map_put(&l->names, name, strlen(name), 0))
		return;
	n = project_elsewhere(p, name, found, MAX_PLACES);
	for (size_t i = 0; i < n; i++)
		add_parent(l, p->files[found[i]]->file.path, strlen(name));
}

void project_include_dirs(const struct project *p, struct strv *out)
{
	struct folders l = { .out = out };

	for (size_t f = 0; f < p->n_files; f++) {
		const struct project_file *file = &p->files[f]->file;

		if (file->header)
			add_parent(&l, file->path, strlen(path_base(file->path)));
		for (size_t i = 0; file->outline && i < file->outline->n_includes; i++)
			add_included(&l, p, f, file->outline->includes[i]);
	}
	name_map_fini(&l.seen);
	name_map_fini(&l.names);
	strv_sort(out);
}
