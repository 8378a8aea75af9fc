/* A testbench may get macros from the command that runs it, and a Makefile may pass
 * one whose value only a run of make shows. What such a macro is for decides.
 *
 * `$dumpfile(`VCD)` is the commonest: apio, and many Makefiles of courses, name the
 * file of waves in this way. Any name does, since waves go into the folder of the run.
 * With `"`VCD.vcd`" in a macro around it the value must have no quotes.
 */
#include "config.h"

#include "session/project/design_macros.h"

#include <string.h>

#include "session/base/path.h"
#include "session/base/str.h"
#include "session/manifest/manifest.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/verilog/verilog.h"

#define MAX_NOTES 3u /* further macros are counted */

/* A missing include might define the macros. */
static bool lacks_an_include(const struct voutline *o)
{
	for (size_t i = 0; i < o->n_included; i++)
		if (!o->included[i].path)
			return true;
	return false;
}

/* "NAME" or "NAME=VALUE" in the list, or NULL. */
static const char *value_in(const struct strv *defines, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < defines->n; i++)
		if (strncmp(defines->v[i], name, n) == 0 &&
		    (defines->v[i][n] == '=' || defines->v[i][n] == '\0'))
			return defines->v[i];
	return NULL;
}

/* A value that another description gives it, the nearest in the file's folder or above: a
 * script that runs any given file, `iverilog -DFREQ=10 bench.v $1`. */
static const char *value_elsewhere(const struct manifest *m, const char *path, const char *name,
				   const char **where)
{
	const char *best = NULL;
	size_t near = 0;

	for (size_t i = 0; i < m->n_aside; i++) {
		const char *other = m->aside[i].read.v[0];
		const char *said = value_in(&m->aside[i].defines, name);
		size_t n = path_folders(other);

		if (!said || !said[strlen(name)] || path_common_folders(other, path) < n ||
		    (best && n <= near))
			continue;
		best = said;
		near = n;
		*where = other;
	}
	return best;
}

static bool give_from_elsewhere(struct design *d, const struct project *p, const char *path,
				const struct vmacro_use *u)
{
	const char *where, *said = value_elsewhere(project_manifest(p), path, u->name, &where);

	if (!said)
		return false;
	strv_add(&d->defines, said);
	strv_addf(&d->notes, "%s:%d uses `%s, which only %s gives a value: %s is taken", path,
		  u->line, u->name, where, said + strlen(u->name) + 1);
	return true;
}

/* False if the macro has no obvious value. */
static bool give(struct design *d, const struct project *p, const char *path,
		 const struct vmacro_use *u)
{
	const char *said = value_in(&project_manifest(p)->defines, u->name);

	if (!said && !u->dumps)
		return give_from_elsewhere(d, p, path, u);
	if (said)
		strv_add(&d->defines, said);
	else
		strv_addf(&d->defines, u->in_quotes ? "%s=dump" : "%s=\"dump.vcd\"", u->name);
	return true;
}

void design_macros(struct design *d, const struct project *p)
{
	struct strv said = STRV_INIT;

	for (size_t i = 0; i < d->files.n && !d->sources[i].included; i++) {
		const struct project_file *f = project_find(p, d->files.v[i]);
		const struct voutline *o = f ? f->outline : NULL;

		for (size_t k = 0; o && !lacks_an_include(o) && k < o->n_uses; k++) {
			const struct vmacro_use *u = &o->uses[k];

			if (u->asked || value_in(&d->defines, u->name) || give(d, p, f->path, u) ||
			    strv_has(&said, u->name))
				continue;
			strv_add(&said, u->name);
			if (said.n <= MAX_NOTES)
				strv_addf(&d->notes,
					  "%s:%d uses `%s, which nothing defines: `set defines "
					  "%s=VALUE` does",
					  f->path, u->line, u->name, u->name);
		}
	}
	if (said.n > MAX_NOTES)
		strv_addf(&d->notes, "and %zu more macros that nothing defines",
			  said.n - MAX_NOTES);
	strv_free(&said);
}
