/* A scope of the dump is followed to its module (wave_source_module); there a signal's name
 * is a port or not. Signals of one scope follow one another, so the module of the last one
 * is remembered.
 */
#include "config.h"

#include "session/check/wave_source_ports.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/wave_source.h"
#include "session/project/project.h"
#include "session/trace/trace.h"
#include "session/verilog/verilog.h"

#define MODULES_MAX 1000

/* NULL: not known. */
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

static char direction(const struct vmodule *m, const char *name)
{
	for (size_t i = 0; i < m->n_ports; i++) {
		if (strcmp(m->ports[i].name, name) != 0)
			continue;
		switch (m->ports[i].dir) {
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
	}
	return 0;
}

/* A generate block's names are not those of its module's ports. */
static bool is_instance(const struct trace *t, size_t scope)
{
	const char *type = trace_scope_at(t, scope)->type;

	return !type || strcmp(type, "module") == 0;
}

char *wave_source_directions(const struct project *p, const struct trace *t)
{
	char *d = mem_zalloc(trace_signals(t) + 1);
	const struct vmodule *m = NULL;
	size_t scope = TRACE_NONE;

	for (size_t i = 0; i < trace_signals(t); i++) {
		const struct trace_signal *s = trace_signal_at(t, i);

		if (p && s->scope != scope)
			m = module_of(p, t, s->scope);
		scope = s->scope;
		d[i] = s->direction;
		if (!d[i] && m && is_instance(t, scope))
			d[i] = direction(m, s->name);
	}
	return d;
}

/* The index of the file in the list; it is added when it is not there. */
static size_t file_index(struct strv *files, const char *root, const char *path)
{
	char *full = path_join(root, path);

	for (size_t i = 0; i < files->n; i++) {
		if (strcmp(files->v[i], full) == 0) {
			free(full);
			return i;
		}
	}
	strv_give(files, full);
	return files->n - 1;
}

static void module_stems(const struct project *p, const char *root, const struct vmodule *m,
			 struct str *stems, struct strv *files)
{
	const struct project_file *f = project_module(p, m->name, NULL);

	if (!f)
		return;
	str_addf(stems, "++ module %s file src/%zu lines %d - %d\n", m->name,
		 file_index(files, root, f->path), m->line, m->end_line ? m->end_line : m->line);
	for (size_t i = 0; i < m->n_instances; i++)
		if (m->instances[i].name[0] && !strchr(m->instances[i].name, ' '))
			str_addf(stems, "++ comp %.*s type %s parent %s\n",
				 (int)strcspn(m->instances[i].name, "["), m->instances[i].name,
				 m->instances[i].module, m->name);
}

void wave_source_stems(const struct project *p, const char *root, const struct trace *t,
		       struct str *stems, struct strv *files)
{
	struct strv told = STRV_INIT;

	for (size_t i = 0; p && i < trace_scopes(t) && told.n < MODULES_MAX; i++) {
		const struct vmodule *m = module_of(p, t, i);

		if (!m || strchr(m->name, ' ') || strv_has(&told, m->name))
			continue;
		strv_add(&told, m->name);
		module_stems(p, root, m, stems, files);
	}
	strv_free(&told);
}
