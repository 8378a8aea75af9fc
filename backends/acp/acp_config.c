/* Parses the options of an `acp` backend. The command is split at blanks and never sees
 * a shell, so a path with a blank needs a wrapper script. The home folder defaults to
 * one below posedge's own data: an agent keeps its login there, and never gets the
 * person's home by accident.
 */
#include "config.h"

#include "backends/acp/acp_config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/acp/acp_agent.h"
#include "backends/acp/acp_places.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/text/words.h"

#define STALL_MS 900000u /* a long build or run by the agent may be silent */

const struct backend_option acp_options[] = {
	{ "cmd", "\"PROGRAM ARGS\"", "the agent, split at blanks; there is no shell" },
	{ "config", "PATH[:PATH]", "files and folders of its own that it needs: ~/.claude" },
	{ "home", "FOLDER", "its home folder; usually one that posedge keeps for it" },
	{ "see", "PATH[:PATH]", "what it may read besides: where it is installed" },
	{ "env.", "NAME=VALUE", "in its environment; VALUE may be env:NAME or cmd:PROGRAM" },
	{ "permissions", "copy|refuse",
	  "what it may do in its copy when it asks: all, or nothing" },
	{ "mcp", "posedge|none", "whether it is handed lint, simulation and waves" },
	{ "version", "1|2", "of the protocol that is offered" },
	{ "stall_ms", "N", "how long it may be silent" },
	{ NULL, NULL, NULL },
};

static bool wrong(const struct acp_config *c, const char *option, const char *expected,
		  struct err *err)
{
	return err_set(err, ERR_USAGE, "backend %s: %s: %s expected", c->name, option, expected);
}

static bool yes_or_no(const struct acp_config *c, const char *option, const char *value,
		      const char *usual, const char *other, bool *out, struct err *err)
{
	*out = strcmp(value, other) == 0;
	return *out || strcmp(value, usual) == 0 ||
	       err_set(err, ERR_USAGE, "backend %s: %s: %s or %s was expected", c->name, option,
		       usual, other);
}

static void replace(char **slot, const char *value)
{
	free(*slot);
	*slot = mem_strdup(value);
}

static bool set_stall(struct acp_config *c, const char *option, const char *value, struct err *err)
{
	char *end;

	c->stall_ms = strtoul(value, &end, 10);
	return (end != value && !*end && c->stall_ms && c->stall_ms <= 86400000) ||
	       wrong(c, option, "milliseconds were", err);
}

static bool set_home(struct acp_config *c, const char *option, const char *value, struct err *err)
{
	free(c->home);
	c->home = acp_path(value);
	return c->home || wrong(c, option, "a folder from / or ~/ was", err);
}

static bool set_env(struct acp_config *c, const char *option, struct err *err)
{
	const char *name = option + strlen("env.");

	if (name[0] == '=' || strcspn(name, " \t") < strcspn(name, "="))
		return wrong(c, option, "env.NAME=VALUE was", err);
	strv_add(&c->env, name);
	return true;
}

static bool set(struct acp_config *c, const char *option, struct err *err)
{
	const char *value = strchr(option, '=') + 1;

	if (str_starts(option, "cmd=")) {
		strv_free(&c->argv);
		if (!words_split(value, strlen(value), &c->argv, err))
			return err_prefix(err, "backend %s: cmd=", c->name);
	} else if (str_starts(option, "home="))
		return set_home(c, option, value, err);
	else if (str_starts(option, "config="))
		replace(&c->config, value);
	else if (str_starts(option, "see="))
		replace(&c->see, value);
	else if (str_starts(option, "env."))
		return set_env(c, option, err);
	else if (str_starts(option, "permissions="))
		return yes_or_no(c, option, value, "copy", "refuse", &c->refuses, err);
	else if (str_starts(option, "mcp="))
		return yes_or_no(c, option, value, "posedge", "none", &c->no_tools, err);
	else if (str_starts(option, "version="))
		return (c->version = (unsigned)strtoul(value, NULL, 10)) == 1 ||
		       c->version == ACP_NEWEST || wrong(c, option, "1 or 2 was", err);
	else if (str_starts(option, "stall_ms="))
		return set_stall(c, option, value, err);
	else
		return err_set(err, ERR_USAGE, "backend %s: option %s is not known", c->name,
			       option);
	return true;
}

/* The default home, where the agent keeps its login and settings. */
static bool usual_home(struct acp_config *c, struct err *err)
{
	char *agents = path_user_data("agents");

	if (!agents)
		return err_set(err, ERR_USAGE,
			       "backend %s: there is no home folder; say home=FOLDER", c->name);
	c->home = path_join(agents, c->name);
	free(agents);
	return true;
}

static bool check(struct acp_config *c, const struct backend_config *cfg, struct err *err)
{
	if (c->argv.n == 0)
		return err_set(err, ERR_USAGE, "backend %s: which agent? Say cmd=\"PROGRAM ARGS\"",
			       c->name);
	if (cfg->model)
		return err_set(err, ERR_USAGE,
			       "backend %s: an agent chooses its model itself, by its own settings",
			       c->name);
	return c->home || usual_home(c, err);
}

bool acp_config_read(const struct backend_config *cfg, struct acp_config *out, struct err *err)
{
	bool ok = true;

	*out = (struct acp_config){ .name = mem_strdup(cfg->name),
				    .root = mem_strdup(cfg->root),
				    .stall_ms = STALL_MS,
				    .version = ACP_NEWEST };
	for (const char *const *o = cfg->options; ok && o && *o; o++)
		ok = set(out, *o, err);
	return ok && check(out, cfg, err);
}

void acp_config_fini(struct acp_config *c)
{
	strv_free(&c->argv);
	strv_free(&c->env);
	free(c->name);
	free(c->root);
	free(c->home);
	free(c->config);
	free(c->see);
	memset(c, 0, sizeof(*c));
}
