/* A scope of the dump is followed to its module (wave_source_module), whose ports
 * tell whether a signal's name is one. Signals of a scope are adjacent, so the
 * last module is cached.
 */
#include "config.h"

#include "session/check/wave_source_ports.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/check/wave_source.h"
#include "session/project/project.h"
#include "session/text/name_map.h"
#include "session/trace/trace.h"
#include "session/verilog/verilog.h"

/* NULL if unknown. */
static const struct vmodule *module_of(const struct project *p, const struct trace *t, size_t scope)
{
	struct str name = STR_INIT;
	const struct vmodule *m = NULL;
	bool top;

	if (scope != TRACE_NONE) {
		trace_scope_name(t, scope, &name);
		m = wave_source_module(p, str_cstr(&name), &top);
	}
	str_free(&name);
	return m;
}

static char letter(enum vport_dir dir)
{
	switch (dir) {
	case VPORT_INPUT:
		return 'i';
	case VPORT_OUTPUT:
		return 'o';
	case VPORT_INOUT:
	case VPORT_REF:
		return 'b';
	case VPORT_INTERFACE:
		return 0;
	}
	return 0;
}

/* Maps the names of m's ports to their indices. */
static void map_ports(struct name_map *ports, const struct vmodule *m)
{
	name_map_fini(ports);
	for (size_t i = 0; m && i < m->n_ports; i++)
		name_map_put(ports, m->ports[i].name, strlen(m->ports[i].name), i);
}

/* Names in a generate block are not those of the module's ports. */
static bool is_instance(const struct trace *t, size_t scope)
{
	const char *type = trace_scope_at(t, scope)->type;

	return !type || strcmp(type, "module") == 0;
}

char *wave_source_directions(const struct project *p, const struct trace *t)
{
	char *d = mem_zalloc(trace_signals(t) + 1);
	const struct vmodule *m = NULL, *mapped = NULL;
	struct name_map ports = NAME_MAP_INIT;
	size_t scope = TRACE_NONE, port;

	for (size_t i = 0; i < trace_signals(t); i++) {
		const struct trace_signal *s = trace_signal_at(t, i);

		if (p && s->scope != scope)
			m = module_of(p, t, s->scope);
		scope = s->scope;
		d[i] = s->direction;
		if (d[i] || !m || !is_instance(t, scope))
			continue;
		if (m != mapped)
			map_ports(&ports, mapped = m);
		if (name_map_get(&ports, s->name, strlen(s->name), &port))
			d[i] = letter(m->ports[port].dir);
	}
	name_map_fini(&ports);
	return d;
}

struct stems {
	const struct project *p;
	const char *root;
	struct str *out;
	struct strv *files;
	struct name_map written,
		paths; /* modules already written; project path to index in files */
};

/* Index of the file in the list; adds it if it is not there. */
static size_t file_index(struct stems *s, const char *path)
{
	size_t i = s->files->n;

	if (name_map_put(&s->paths, path, strlen(path), i))
		strv_give(s->files, path_join(s->root, path));
	else
		name_map_get(&s->paths, path, strlen(path), &i);
	return i;
}

static void module_stems(struct stems *s, const struct vmodule *m)
{
	const struct project_file *f = project_module(s->p, m->name, NULL);

	if (!f)
		return;
	str_addf(s->out, "++ module %s file src/%zu lines %d - %d\n", m->name,
		 file_index(s, f->path), m->line, m->end_line ? m->end_line : m->line);
	for (size_t i = 0; i < m->n_instances; i++)
		if (m->instances[i].name[0] && !strchr(m->instances[i].name, ' '))
			str_addf(s->out, "++ comp %.*s type %s parent %s\n",
				 (int)strcspn(m->instances[i].name, "["), m->instances[i].name,
				 m->instances[i].module, m->name);
}

bool wave_source_stems(const struct project *p, const char *root, const struct trace *t,
		       struct str *stems, struct strv *files)
{
	struct stems s = { .p = p, .root = root, .out = stems, .files = files };
	bool all = true;

	for (size_t i = 0; p && i < trace_scopes(t) && all; i++) {
		const struct vmodule *m = module_of(p, t, i);

		if (!m || strchr(m->name, ' ') ||
		    name_map_has(&s.written, m->name, strlen(m->name)))
			continue;
		all = s.written.n < WAVE_SOURCE_MODULES;
		if (all) {
			name_map_put(&s.written, m->name, strlen(m->name), i);
			module_stems(&s, m);
		}
	}
	name_map_fini(&s.written);
	name_map_fini(&s.paths);
	return all;
}
