#include "config.h"

#include "session/workbench/cmd.h"

#include <string.h>

const char *cmd_opt(const struct cmd_call *c, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < c->n_opts; i += 2)
		if (strcmp(c->opts[i], name) == 0)
			found = c->opts[i + 1] ? c->opts[i + 1] : "";
	return found;
}
