#include "config.h"

#include "session/workbench/cmd.h"

#include <string.h>

#include "session/base/str.h"

const char *cmd_opt(const struct cmd_call *c, const char *name)
{
	const char *found = NULL;

	for (size_t i = 0; i < c->n_opts; i += 2)
		if (strcmp(c->opts[i], name) == 0)
			found = c->opts[i + 1] ? c->opts[i + 1] : "";
	return found;
}

void cmd_sentence(const struct cmd_call *c, struct str *out)
{
	for (size_t i = 0; i < c->argc; i++)
		str_addf(out, "%s%s", i ? " " : "", c->argv[i]);
}
