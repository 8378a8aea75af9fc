/* Builds an outline: a stack of nested units, and their ports, parameters and
 * instances. Everything counts against a budget (the text of names plus ENTRY per
 * entry), so a file that repeats a macro a million times yields a short outline
 * and does not exhaust memory. A unit that is completely in an included file is
 * dropped when it closes, because it belongs to that file's outline.
 */
#include "config.h"

#include "session/verilog/verilog_build.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vpp.h"

#define ENTRY 32u /* cost of an entry in addition to its text */

struct vopen *vbuild_top(struct vbuild *b)
{
	return b->depth ? &b->stack[b->depth - 1] : NULL;
}

struct vmodule *vbuild_unit(struct vbuild *b)
{
	return b->depth ? &b->o->modules[b->stack[b->depth - 1].unit] : NULL;
}

static bool afford(struct vbuild *b, size_t n, size_t cost)
{
	if (n >= VBUILD_MAX || b->budget < cost + ENTRY)
		return false;
	b->budget -= cost + ENTRY;
	return true;
}

/* Appends a zeroed element to a list of n elements and returns it. */
static void *place(void **list, size_t *cap, size_t *n, size_t size)
{
	void *at;

	*cap = mem_grow(list, *cap, *n + 1, size);
	at = (char *)*list + *n * size;
	memset(at, 0, size);
	(*n)++;
	return at;
}

struct vport *vbuild_port(struct vbuild *b, size_t cost)
{
	struct vmodule *m = vbuild_unit(b);

	if (!m || !afford(b, m->n_ports, cost))
		return NULL;
	return place((void **)&m->ports, &vbuild_top(b)->cap_ports, &m->n_ports, sizeof(*m->ports));
}

struct vparam *vbuild_param(struct vbuild *b, size_t cost)
{
	struct vmodule *m = vbuild_unit(b);

	if (!m || !afford(b, m->n_params, cost))
		return NULL;
	return place((void **)&m->params, &vbuild_top(b)->cap_params, &m->n_params,
		     sizeof(*m->params));
}

struct vinstance *vbuild_instance(struct vbuild *b, size_t cost)
{
	struct vmodule *m = vbuild_unit(b);

	if (!m || !afford(b, m->n_instances, cost))
		return NULL;
	return place((void **)&m->instances, &vbuild_top(b)->cap_instances, &m->n_instances,
		     sizeof(*m->instances));
}

struct vbind *vbuild_bind(struct vbuild *b, size_t cost)
{
	if (b->depth || !afford(b, b->o->n_binds, cost))
		return NULL;
	return place((void **)&b->o->binds, &b->cap_binds, &b->o->n_binds, sizeof(*b->o->binds));
}

static void import(struct vbuild *b, char *name)
{
	struct vmodule *m = vbuild_unit(b);
	struct vopen *top = vbuild_top(b);
	char **at;

	if (!name_map_put(&top->imports, name, strlen(name), 0)) {
		free(name);
		return;
	}
	at = place((void **)&m->imports, &top->cap_imports, &m->n_imports, sizeof(*m->imports));
	*at = name;
}

void vbuild_import(void *ctx, const struct vtok *name)
{
	struct vbuild *b = ctx;
	struct vmodule *m = vbuild_unit(b);

	if (m && name_map_has(&vbuild_top(b)->imports, name->s, name->len))
		return;
	if (!afford(b, m ? m->n_imports : b->file_imports.n, name->len))
		return;
	if (m)
		import(b, vtok_text(name));
	else
		strv_give(&b->file_imports, vtok_text(name));
}

/* Adds a name to a list of m, of which has is the index. */
static void add_once(struct vbuild *b, const struct vtok *name, struct name_map *has, char ***list,
		     size_t *cap, size_t *n)
{
	char **at;

	if (name_map_has(has, name->s, name->len) || !afford(b, *n, name->len))
		return;
	at = place((void **)list, cap, n, sizeof(**list));
	*at = vtok_text(name);
	name_map_put(has, *at, strlen(*at), 0);
}

void vbuild_token(void *ctx, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next)
{
	struct vbuild *b = ctx;

	vtypes_token(&b->types, prev, cur, next);
}

void vbuild_head(void *ctx, const struct vtok *name)
{
	struct vbuild *b = ctx;
	struct vmodule *m = vbuild_unit(b);
	struct vopen *top = vbuild_top(b);

	if (m && m->kind != VUNIT_CLASS)
		add_once(b, name, &top->heads, &m->heads, &top->cap_heads, &m->n_heads);
}

void vbuild_call(struct vbuild *b, const struct vtok *name)
{
	struct vmodule *m = vbuild_unit(b);
	struct vopen *top = vbuild_top(b);

	if (m && m->kind == VUNIT_MODULE && top->depth == 0)
		add_once(b, name, &top->calls, &m->calls, &top->cap_calls, &m->n_calls);
}

bool vbuild_open(struct vbuild *b, enum vunit_kind kind, const struct vtok *keyword,
		 const struct vtok *name)
{
	struct voutline *o = b->o;
	struct vmodule *m;

	/* Not counted against the budget: a unit's name is copied only once. */
	if (o->n >= VBUILD_MAX)
		return false;
	if (b->depth == VBUILD_DEPTH)
		vbuild_close(b, keyword->off, 0, keyword->included);
	m = place((void **)&o->modules, &b->cap_modules, &o->n, sizeof(*o->modules));
	m->kind = kind;
	m->name = vtok_text(name);
	m->line = keyword->line;
	m->off = keyword->off;
	m->timescale = vpp_timescale(b->s.pp);
	if (!m->timescale.known)
		m->timescale = o->timescale;
	b->stack[b->depth++] = (struct vopen){ .unit = o->n - 1, .included = keyword->included };
	for (size_t i = 0; i < b->file_imports.n && afford(b, i, strlen(b->file_imports.v[i])); i++)
		import(b, mem_strdup(b->file_imports.v[i]));
	return true;
}

/* Statements of a class count for the enclosing unit. */
static void propagate(struct vbuild *b, const struct vmodule *child)
{
	struct vmodule *m = vbuild_unit(b);

	if (!m || child->kind != VUNIT_CLASS)
		return;
	m->calls_finish |= child->calls_finish;
	m->dumps |= child->dumps;
	m->checks |= child->checks;
	m->prints |= child->prints;
}

/* Units inside it were dropped, or belong to this file and keep their places; so
 * it is only removed if it is the last one. */
static void drop(struct vbuild *b, struct vmodule *m)
{
	if (m == &b->o->modules[b->o->n - 1]) {
		vmodule_fini(m);
		b->o->n--;
	}
}

void vbuild_close(struct vbuild *b, size_t off, int line, bool included)
{
	struct vopen *top = vbuild_top(b);
	struct vmodule *m = vbuild_unit(b);
	bool foreign = top->included && included;

	/* If one macro creates units without ending them, they all have the same position. */
	m->end = off > m->off ? off : b->s.cur.to > m->off ? b->s.cur.to : m->off + 1;
	m->end_line = line;
	name_map_fini(&top->ports);
	name_map_fini(&top->imports);
	name_map_fini(&top->heads);
	name_map_fini(&top->calls);
	b->depth--;
	propagate(b, m);
	if (foreign)
		drop(b, m);
}
