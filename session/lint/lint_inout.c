#include "config.h"

#include "session/lint/lint_inout.h"

#include <stddef.h>
#include <string.h>

#include "session/project/project.h"
#include "session/verdict/diag.h"
#include "session/verilog/verilog.h"

/* The last instance that begins at or before the line. */
static const struct vinstance *instance_at(const struct project *p, const char *path, int line)
{
	const struct project_file *f = project_find(p, path);
	const struct vinstance *found = NULL;

	for (size_t u = 0; f && f->outline && u < f->outline->n; u++) {
		const struct vmodule *m = &f->outline->modules[u];

		for (size_t i = 0; i < m->n_instances; i++)
			if (m->instances[i].line <= line &&
			    (!found || m->instances[i].line >= found->line))
				found = &m->instances[i];
	}
	return found;
}

static bool has_inout(const struct vmodule *m, const char *name, size_t len)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (m->ports[i].dir == VPORT_INOUT && strlen(m->ports[i].name) == len &&
		    memcmp(m->ports[i].name, name, len) == 0)
			return true;
	return false;
}

/* PAD of ".PAD (chip_pad)" where the tool points at chip_pad; *len 0: no named connection. */
static const char *port_before(const char *context, int col, size_t *len)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$0123456789";
	size_t i = col > 0 && (size_t)col <= strlen(context) ? (size_t)col - 1 : 0;

	while (i > 0 && context[i] != '.')
		i--;
	context += i + 1;
	*len = i || context[-1] == '.' ? strspn(context, letters) : 0;
	return context;
}

bool lint_is_inout(const struct project *p, const struct diag *d)
{
	const struct vinstance *at;
	const struct vmodule *part;
	const char *name;
	size_t len;

	if (strcmp(d->code, "ASSIGNIN") != 0 || !d->context[0])
		return false;
	name = port_before(d->context, d->col, &len);
	at = instance_at(p, d->path, d->line);
	part = at ? project_vmodule(p, at->module) : NULL;
	return part && has_inout(part, name, len);
}
