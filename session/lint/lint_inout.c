/* Verilator points at the connection ("pad" in ".PAD (pad)"), not at the port. The
 * name of the port is taken from the quoted line, and its direction from the module
 * of each instance on that line. If one of them is not an inout, the finding stays
 * unchanged. */
#include "config.h"

#include "session/lint/lint_inout.h"

#include <stddef.h>
#include <string.h>

#include "session/base/str.h"
#include "session/project/project.h"
#include "session/output/diag.h"
#include "session/verilog/verilog.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$0123456789";

/* The module around the line. *begin: line of its last instances that begin at or
 * before that line. NULL: there are none. */
static const struct vmodule *module_at(const struct project *p, const char *path, int line,
				       int *begin)
{
	const struct project_file *f = project_find(p, path);
	const struct vmodule *found = NULL;

	for (size_t u = 0; f && f->outline && u < f->outline->n; u++) {
		const struct vmodule *m = &f->outline->modules[u];

		for (size_t i = 0; i < m->n_instances; i++)
			if (m->instances[i].line <= line &&
			    (!found || m->instances[i].line >= *begin)) {
				found = m;
				*begin = m->instances[i].line;
			}
	}
	return found;
}

static const struct vport *port_of(const struct vmodule *m, const char *name, size_t len)
{
	for (size_t i = 0; m && i < m->n_ports; i++)
		if (strlen(m->ports[i].name) == len && memcmp(m->ports[i].name, name, len) == 0)
			return &m->ports[i];
	return NULL;
}

/* True if all instances on the line that have a port of that name have it as an
 * inout. */
static bool has_inout(const struct project *p, const struct vmodule *m, int line, const char *name,
		      size_t len)
{
	bool found = false;

	for (size_t i = 0; i < m->n_instances; i++) {
		const struct vport *port =
			m->instances[i].line == line
				? port_of(project_vmodule(p, m->instances[i].module), name, len)
				: NULL;

		if (port && port->dir != VPORT_INOUT)
			return false;
		found = found || port;
	}
	return found;
}

/* PAD of ".PAD (chip_pad)" where the tool points at chip_pad; *len 0: no named connection. */
static const char *port_before(const char *context, size_t at, size_t *len)
{
	size_t i = at, open;

	while (i > 0 && context[i] != '.')
		i--;
	*len = context[i] == '.' ? strspn(context + i + 1, letters) : 0;
	open = i + 1 + *len;
	open += strspn(context + open, " \t");
	if (context[open] != '(' || open >= at || memchr(context + open, ')', at - open))
		*len = 0;
	return context + i + 1;
}

bool lint_is_inout(const struct project *p, const struct diag *d)
{
	size_t at = d->col > 0 && (size_t)d->col <= strlen(d->context) ? (size_t)d->col - 1 : 0;
	const struct vmodule *m;
	const struct vport *input;
	const char *name;
	size_t len;
	int begin = 0;

	if (strcmp(d->code, "ASSIGNIN") != 0 || !at)
		return false;
	m = module_at(p, d->path, d->line, &begin);
	name = port_before(d->context, at, &len);
	input = port_of(m, d->context + at, strspn(d->context + at, letters));
	return len && input && input->dir == VPORT_INPUT && !str_starts(input->type, "var") &&
	       has_inout(p, m, begin, name, len);
}
