/* Collects what an agent's sandbox consists of: places, environment, limits, and
 * posedge itself if the agent gets tools. That posedge runs with `sandbox none`, since
 * a sandbox inside a sandbox is usually refused and adds nothing. Values from `env:` or
 * `cmd:` are reported to the redaction before the agent starts, and wiped from memory
 * afterwards.
 *
 * Of our own environment only proxy variables are passed on: without them an agent
 * cannot reach its server, and any other variable may hold a secret.
 */
#include "config.h"

#include "backends/acp/acp_start.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backends/acp/acp_agent.h"
#include "backends/acp/acp_config.h"
#include "backends/acp/acp_places.h"
#include "backends/acp/acp_scratch.h"
#include "backends/hosted/secret.h"
#include "session/base/file.h"

#define MB 20

/* Far more than work on one project needs. */
static const struct confine_limits limits = { .file_size = 256ull << MB,
					      .disk = 2048ull << MB,
					      .files = 50000,
					      .memory = 8192ull << MB,
					      .processes = 1024 };

static bool env_of(const struct acp_starting *a, const char *path, struct strv *out,
		   struct err *err)
{
	static const char *const passed[] = { "http_proxy", "https_proxy", "no_proxy",
					      "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
					      "ALL_PROXY" };

	strv_addf(out, "HOME=%s", a->c->home);
	strv_addf(out, "PATH=%s/usr/local/bin:/usr/bin:/bin", path);
	strv_add(out, "TERM=dumb");
	for (size_t i = 0; i < sizeof(passed) / sizeof(*passed); i++)
		if (getenv(passed[i]))
			strv_addf(out, "%s=%s", passed[i], getenv(passed[i]));
	for (size_t i = 0; i < a->c->env.n; i++) {
		const struct secret_reader from = { a->loop, a->secret, a->secret_ctx };
		const char *source = strchr(a->c->env.v[i], '=') + 1;
		size_t n = (size_t)(source - a->c->env.v[i]);
		struct str value = STR_INIT;
		char *who = str_fmt("backend %s: env.%.*s", a->c->name, (int)n - 1, a->c->env.v[i]);
		bool ok = true;

		if (secret_is_one(source))
			ok = secret_read(&from, source, who, &value, err);
		else
			str_adds(&value, source);
		if (ok)
			strv_addf(out, "%.*s%s", (int)n, a->c->env.v[i], str_cstr(&value));
		secret_wipe(&value);
		free(who);
		if (!ok)
			return false;
	}
	return true;
}

/* Adds posedge and a posedgerc that disables its own sandbox. */
static bool place_tools(const struct acp_starting *a, struct acp_places *places)
{
	static const char settings[] = "set sandbox none\n";
	char *rc = str_fmt("%s/rc", a->scratch->dir), *file = path_join(rc, "posedge/posedgerc");
	char exe[4096];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	bool ok = n > 0 && file_save(file, settings, sizeof(settings) - 1, 0644, NULL);

	if (ok) {
		exe[n] = '\0';
		ok = access(exe, X_OK) == 0;
		acp_places_add(places, exe, "/rt/posedge", false);
		acp_places_add(places, rc, "/rt/config", false);
	}
	free(rc);
	free(file);
	return ok;
}

static bool places_of(const struct acp_starting *a, struct acp_places *out, struct str *path,
		      struct err *err)
{
	acp_places_add(out, a->c->home, a->c->home, true);
	for (size_t i = 1; i < a->c->argv.n; i++)
		acp_places_argument(out, a->c->argv.v[i], a->c->root);
	return (acp_places_program(out, a->c->argv.v[0], a->c->root, path, err) &&
		(!a->c->see ||
		 acp_places_list(out, a->c->see, false, a->c->home, a->c->root, err)) &&
		(!a->c->config ||
		 acp_places_list(out, a->c->config, true, a->c->home, a->c->root, err))) ||
	       err_prefix(err, "backend %s", a->c->name);
}

/* Matches the argument that selects the protocol: "--acp", "acp", "--experimental-acp". */
static bool speaks_to_us(const char *word)
{
	return strcmp(word, "acp") == 0 || (word[0] == '-' && str_ends(word, "acp"));
}

/* The command a person runs to log in: without the argument that selects the protocol. */
static void by_hand(const struct acp_starting *a, struct str *out)
{
	if (!a->c->config)
		str_addf(out, "HOME=%s ", a->c->home);
	str_adds(out, a->c->argv.v[0]);
	for (size_t i = 1; i < a->c->argv.n; i++)
		if (!speaks_to_us(a->c->argv.v[i]))
			str_addf(out, " %s", a->c->argv.v[i]);
}

static struct acp_agent *start_with(const struct acp_starting *a, const struct acp_places *places,
				    const char *path, bool tools, struct err *err)
{
	struct strv env = STRV_INIT;
	struct str hand = STR_INIT;
	char *who = str_fmt("backend %s: %s", a->c->name, path_base(a->c->argv.v[0]));
	char *tmp = path_join(a->scratch->dir, "tmp");
	struct acp_agent *agent = NULL;
	struct acp_start s = { .loop = a->loop,
			       .who = who,
			       .ops = a->confine,
			       .watched = a->scratch->dir,
			       .tools = tools,
			       .refuses = a->c->refuses,
			       .version = a->c->version,
			       .stall_ms = a->c->stall_ms };

	by_hand(a, &hand);
	s.by_hand = str_cstr(&hand);
	if (env_of(a, path, &env, err)) {
		s.confine = (struct confine_spec){ .argv = (const char *const *)a->c->argv.v,
						   .folder = a->scratch->work,
						   .at = a->c->root ? a->c->root : "/work",
						   .tmp = tmp,
						   .places = places->v,
						   .n_places = places->n,
						   .env = (const char *const *)env.v,
						   .network = true,
						   .limits = limits };
		agent = acp_agent_start(&s, err);
	}
	for (size_t i = 0; i < env.n; i++)
		explicit_bzero(env.v[i], strlen(env.v[i]));
	strv_free(&env);
	str_free(&hand);
	free(tmp);
	free(who);
	return agent;
}

struct acp_agent *acp_start_agent(const struct acp_starting *a, struct err *err)
{
	struct acp_places places = { 0 };
	struct str path = STR_INIT;
	bool ok = file_make_dirs(a->c->home, 0700, err) && places_of(a, &places, &path, err);
	bool tools = ok && !a->c->no_tools && place_tools(a, &places);

	struct acp_agent *agent = ok ? start_with(a, &places, str_cstr(&path), tools, err) : NULL;

	acp_places_fini(&places);
	str_free(&path);
	return agent;
}
