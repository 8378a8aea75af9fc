/* Operations on a finished outline: freeing, merging, and classifying modules. */
#include "config.h"

#include "session/verilog/verilog.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/verilog_build.h"
#include "session/verilog/vmacros.h"

void vmodule_fini(struct vmodule *m)
{
	for (size_t i = 0; i < m->n_ports; i++) {
		free(m->ports[i].name);
		free(m->ports[i].type);
		free(m->ports[i].dims);
	}
	for (size_t i = 0; i < m->n_params; i++) {
		free(m->params[i].name);
		free(m->params[i].type);
		free(m->params[i].value);
	}
	for (size_t i = 0; i < m->n_instances; i++) {
		free(m->instances[i].module);
		free(m->instances[i].name);
	}
	for (size_t i = 0; i < m->n_imports; i++)
		free(m->imports[i]);
	for (size_t i = 0; i < m->n_heads; i++)
		free(m->heads[i]);
	for (size_t i = 0; i < m->n_calls; i++)
		free(m->calls[i]);
	free(m->ports);
	free(m->params);
	free(m->instances);
	free(m->imports);
	free(m->heads);
	free(m->calls);
	free(m->name);
}

void voutline_fini(struct voutline *o)
{
	for (size_t i = 0; i < o->n; i++)
		vmodule_fini(&o->modules[i]);
	for (size_t i = 0; i < o->n_includes; i++)
		free(o->includes[i]);
	for (size_t i = 0; i < o->n_included; i++) {
		free(o->included[i].name);
		free(o->included[i].path);
	}
	for (size_t i = 0; i < o->n_uses; i++)
		free(o->uses[i].name);
	for (size_t i = 0; i < o->n_notes; i++)
		free(o->notes[i]);
	for (size_t i = 0; i < o->n_binds; i++) {
		free(o->binds[i].target);
		free(o->binds[i].module);
		free(o->binds[i].text);
	}
	vfacts_fini(o);
	free(o->binds);
	vmacros_free(o->macros);
	strv_free(&o->names);
	strv_free(&o->lacked);
	free(o->modules);
	free(o->includes);
	free(o->included);
	free(o->uses);
	free(o->notes);
	free(o->nettype);
	*o = (struct voutline){ 0 };
}

const char *voutline_unreadable(const struct voutline *o)
{
	switch (o->kind) {
	case VFILE_UTF16:
		return "UTF-16 text (save it as UTF-8)";
	case VFILE_ONE_LINE:
		return "one line to the tools: its lines end in CR alone (save it with LF)";
	case VFILE_BINARY:
		return "binary data";
	case VFILE_SEALED:
		return "encrypted";
	default:
		return NULL;
	}
}

const struct vmodule *voutline_module(const struct voutline *o, const char *name)
{
	for (size_t i = 0; i < o->n; i++)
		if (strcmp(o->modules[i].name, name) == 0)
			return &o->modules[i];
	return NULL;
}

const struct vport *vmodule_port(const struct vmodule *m, const char *name)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (strcmp(m->ports[i].name, name) == 0)
			return &m->ports[i];
	return NULL;
}

bool voutline_instantiates(const struct voutline *o, const char *module)
{
	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; k < o->modules[i].n_instances; k++)
			if (strcmp(o->modules[i].instances[k].module, module) == 0)
				return true;
	return false;
}

const struct vmodule *voutline_top(const struct voutline *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (!voutline_instantiates(o, o->modules[i].name))
			return &o->modules[i];
	return NULL;
}

/* Read by another tool ----------------------------------------------------------- */

static bool has_instance(const struct vmodule *m, const struct vinstance *in)
{
	for (size_t i = 0; i < m->n_instances; i++)
		if (strcmp(m->instances[i].module, in->module) == 0 &&
		    strcmp(m->instances[i].name, in->name) == 0)
			return true;
	return false;
}

static bool has_import(const struct vmodule *m, const char *name)
{
	for (size_t i = 0; i < m->n_imports; i++)
		if (strcmp(m->imports[i], name) == 0)
			return true;
	return false;
}

static void add_needs(struct vmodule *to, const struct vmodule *from)
{
	for (size_t i = 0; i < from->n_instances; i++) {
		const struct vinstance *in = &from->instances[i];

		if (has_instance(to, in))
			continue;
		to->instances =
			mem_realloc(to->instances, (to->n_instances + 1) * sizeof(*to->instances));
		to->instances[to->n_instances++] =
			(struct vinstance){ mem_strdup(in->module), mem_strdup(in->name),
					    in->line };
	}
	for (size_t i = 0; i < from->n_imports; i++) {
		if (has_import(to, from->imports[i]))
			continue;
		to->imports = mem_realloc(to->imports, (to->n_imports + 1) * sizeof(*to->imports));
		to->imports[to->n_imports++] = mem_strdup(from->imports[i]);
	}
}

static struct vmodule *same_unit(struct voutline *o, const struct vmodule *m)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->modules[i].kind == m->kind && strcmp(o->modules[i].name, m->name) == 0)
			return &o->modules[i];
	return NULL;
}

/* Copies everything except the lists that add_needs() fills. */
static struct vmodule *add_unit(struct voutline *o, const struct vmodule *m)
{
	struct vmodule *to;

	o->modules = mem_realloc(o->modules, (o->n + 1) * sizeof(*o->modules));
	to = &o->modules[o->n++];
	*to = *m;
	to->name = mem_strdup(m->name);
	to->instances = NULL;
	to->imports = to->heads = to->calls = NULL;
	to->n_instances = to->n_imports = to->n_heads = to->n_calls = 0;
	to->ports = mem_calloc(m->n_ports + 1, sizeof(*to->ports));
	for (size_t i = 0; i < m->n_ports; i++) {
		to->ports[i] = m->ports[i];
		to->ports[i].name = mem_strdup(m->ports[i].name);
		to->ports[i].type = mem_strdup(m->ports[i].type);
		to->ports[i].dims = mem_strdup(m->ports[i].dims);
	}
	to->params = mem_calloc(m->n_params + 1, sizeof(*to->params));
	for (size_t i = 0; i < m->n_params; i++)
		to->params[i] =
			(struct vparam){ mem_strdup(m->params[i].name),
					 mem_strdup(m->params[i].type),
					 mem_strdup(m->params[i].value), m->params[i].local };
	return to;
}

static void add_include(struct voutline *o, const struct vinclude *inc)
{
	for (size_t i = 0; i < o->n_included; i++)
		if (strcmp(o->included[i].name, inc->name) == 0)
			return;
	o->included = mem_realloc(o->included, (o->n_included + 1) * sizeof(*o->included));
	o->included[o->n_included++] =
		(struct vinclude){ mem_strdup(inc->name), mem_strdup(inc->path), inc->line,
				   inc->nested };
	if (inc->nested)
		return;
	o->includes = mem_realloc(o->includes, (o->n_includes + 1) * sizeof(*o->includes));
	o->includes[o->n_includes++] = mem_strdup(inc->name);
}

void voutline_add(struct voutline *o, const struct voutline *other)
{
	for (size_t i = 0; i < other->n; i++) {
		struct vmodule *m = same_unit(o, &other->modules[i]);

		add_needs(m ? m : add_unit(o, &other->modules[i]), &other->modules[i]);
	}
	for (size_t i = 0; i < other->n_included; i++)
		add_include(o, &other->included[i]);
}

/* Testbenches ------------------------------------------------------------------ */

/* True for common names of testbenches: tb, fifo_tb, tb_fifo, test_fifo, testbench. */
static bool named_testbench(const char *name)
{
	return str_starts(name, "tb") || str_ends(name, "_tb") || str_ends(name, "_TB") ||
	       str_starts(name, "test") || str_ends(name, "_test") || str_ends(name, "bench");
}

/* True for one bit with clk or clock in its name. */
static bool is_clock(const struct vport *p)
{
	const char *s = p->name;

	if (p->dir != VPORT_INPUT || strchr(p->type, '[') || p->dims[0])
		return false;
	for (; *s; s++)
		if (strncasecmp(s, "clk", 3) == 0 || strncasecmp(s, "clock", 5) == 0)
			return true;
	return strcasecmp(p->name, "ck") == 0;
}

/* A nested module that is first or last in its parent is adjacent to it in the
 * list, in either order. */
bool voutline_nests(const struct voutline *o)
{
	for (size_t i = 1; i < o->n; i++) {
		const struct vmodule *a = &o->modules[i - 1], *b = &o->modules[i];

		if (a->kind == VUNIT_MODULE && b->kind == VUNIT_MODULE && a->end_line > 0 &&
		    b->end_line > 0 &&
		    ((b->off > a->off && b->end <= a->end) ||
		     (a->off > b->off && a->end <= b->end)))
			return true;
	}
	return false;
}

bool vmodule_is_testbench(const struct vmodule *m)
{
	bool stimulus = m->has_initial || m->delays;
	size_t bare = 0;

	if (m->kind != VUNIT_MODULE && m->kind != VUNIT_PROGRAM)
		return false;
	for (size_t i = 0; i < m->n_ports; i++)
		bare += !m->ports[i].has_default;
	/* With an external clock it must contain the design; a module with
	 * neither is a part of a testbench that drives stimuli. */
	if (m->n_ports == 1 && bare == 1 && is_clock(&m->ports[0]))
		return m->n_instances > 0 && (m->has_initial || m->calls_finish);
	if (bare > 0)
		return false;
	if (m->n_ports > 0)
		return stimulus && m->n_instances > 0 && named_testbench(m->name);
	/* A program ends with its initial blocks. */
	if (m->kind == VUNIT_PROGRAM && stimulus)
		return true;
	return stimulus && (m->n_instances > 0 || m->calls_finish || m->checks || m->prints);
}

const char *vname_plain(const char *name)
{
	return name[0] == '\\' && name[1] ? name + 1 : name;
}
