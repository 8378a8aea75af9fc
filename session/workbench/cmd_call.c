#include "config.h"

#include "session/workbench/cmd.h"

#include <stdlib.h>
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

bool cmd_number(const struct cmd_call *c, const char *name, unsigned most, unsigned *n,
		struct err *err)
{
	const char *text = cmd_opt(c, name);
	unsigned long value;
	char *end;

	if (!text)
		return true;
	value = strtoul(text, &end, 10);
	if (*text < '1' || *text > '9' || *end || value > most)
		return err_set(err, ERR_USAGE, "%s: %s takes a number from 1 to %u", c->cmd->name,
			       name, most);
	*n = (unsigned)value;
	return true;
}

void cmd_sentence(const struct cmd_call *c, struct str *out)
{
	for (size_t i = 0; i < c->argc; i++)
		str_addf(out, "%s%s", i ? " " : "", c->argv[i]);
}

bool cmd_question(const struct cmd_call *c, struct str *out, struct err *err)
{
	cmd_sentence(c, out);
	return str_cstr(out)[strspn(str_cstr(out), " \t\r\n")] ||
	       err_set(err, ERR_USAGE, "the question is empty");
}
