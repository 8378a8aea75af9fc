/* The targets are names in the outlines; nothing is elaborated. */
#include "config.h"

#include "session/lint/lint_binds.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/lint/lint_run.h"
#include "session/output/diag.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/text/name_map.h"

static void add(const struct vbind *b, const char *path, struct diag_list *out)
{
	char *text = str_fmt("no Verilog file of the project defines module %s: %s is bound to "
			     "nothing",
			     b->target, b->module);

	diag_list_add_new(out, &(struct diag){ .rank = DIAG_RISK,
					       .path = path,
					       .line = b->line,
					       .code = "BIND",
					       .text = text,
					       .hint = "the tool ignores such a bind without a "
						       "word" });
	free(text);
}

void lint_binds(const struct project *p, const struct lint_item *items, size_t n,
		struct diag_list *out)
{
	struct name_map seen = NAME_MAP_INIT;

	for (size_t i = 0; i < n; i++) {
		const struct design *d = items[i].design;

		for (size_t k = 0; k < d->job.n; k++) {
			const char *path = d->sources[k].path;
			const struct project_file *f = project_find(p, path);
			size_t binds = f && f->outline ? f->outline->n_binds : 0;

			if (!binds || !name_map_put(&seen, path, strlen(path), 0))
				continue;
			for (size_t b = 0; b < binds; b++)
				if (!project_module(p, f->outline->binds[b].target, NULL))
					add(&f->outline->binds[b], f->path, out);
		}
	}
	name_map_fini(&seen);
}
