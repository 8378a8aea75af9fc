/* A verdict is only as good as the tool that gave it, so the records of lint and
 * simulation name the tool's version. Asking for it takes some milliseconds of a
 * process, so each engine is asked once, and only after it has given a result: by
 * then a tool that hangs or is missing has been noticed.
 */
#include "config.h"

#include "session/workbench/tool_version.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/tool/simulator.h"

struct tool_says {
	const struct simulator_ops *ops;
	char *line; /* owned */
};

struct tool_versions {
	struct tool_says *v;
	size_t n;
};

struct tool_versions *tool_versions_new(void)
{
	return mem_zalloc(sizeof(struct tool_versions));
}

void tool_versions_free(struct tool_versions *known)
{
	for (size_t i = 0; known && i < known->n; i++)
		free(known->v[i].line);
	if (known)
		free(known->v);
	free(known);
}

static const char *line_of(const struct tool_versions *known, const struct simulator_ops *ops)
{
	for (size_t i = 0; i < known->n; i++)
		if (known->v[i].ops == ops)
			return known->v[i].line;
	return NULL;
}

const char *tool_version(struct tool_versions *known, struct loop *l,
			 const struct simulator_ops *ops)
{
	const char *line = line_of(known, ops);
	struct simulator *s;
	char *says = NULL;
	struct err why;

	if (line || !ops->version)
		return line ? line : "";
	s = simulator_open(ops, l, &why);
	if (!s || !ops->version(s, &says, &why))
		says = NULL;
	if (s)
		ops->close(s);
	/* Another task may have asked meanwhile; a cancelled question is repeated. */
	line = line_of(known, ops);
	if (line || !says) {
		free(says);
		return line ? line : "";
	}
	known->v = mem_realloc(known->v, (known->n + 1) * sizeof(*known->v));
	known->v[known->n++] = (struct tool_says){ ops, says };
	return says;
}
