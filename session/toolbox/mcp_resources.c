/* Resources: the outcome of the session's runs, and their waves.
 *
 *	posedge://run/12/verdict
 *	posedge://run/12/waves
 *
 * Both are text for a model to read, as the tools return it; waves that have been
 * deleted are not listed. A URI is looked up in the session and never turned into a
 * path. */
#include "config.h"

#include "session/toolbox/mcp_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/redact.h"
#include "session/toolbox/tools.h"
#include "session/workbench/workbench.h"

#define RUNS_LISTED 50
#define SCHEME	    "posedge://run/"

static const struct state *state_of(const struct mcp_request *r)
{
	return r->use.w->session ? session_state(r->use.w->session) : NULL;
}

/* Path of the dump; NULL: none was made, it was deleted, or it is outside the
 * session's folder. The caller frees it. */
static char *dump_of(const struct mcp_request *r, const struct sim_run *run)
{
	const char *dir = session_dir(r->use.w->session);
	char *rel = NULL, *full = NULL;

	if (run->wave && run->wave[0] && path_inside(dir, run->wave, &rel, NULL))
		full = path_join(dir, rel);
	free(rel);
	if (full && !file_exists(full)) {
		free(full);
		full = NULL;
	}
	return full;
}

/* Lists ----------------------------------------------------------------------------- */

static void add_resource(cJSON *list, const struct sim_run *run, const char *what)
{
	cJSON *o = cJSON_CreateObject();
	char *uri = str_fmt(SCHEME "%llu/%s", (unsigned long long)run->n, what);
	char *title =
		str_fmt("%s of %s, run %llu", what, run->testbench, (unsigned long long)run->n);

	cJSON_AddStringToObject(o, "uri", uri);
	cJSON_AddStringToObject(o, "name", title);
	cJSON_AddStringToObject(o, "mimeType", "text/plain");
	cJSON_AddItemToArray(list, o);
	free(title);
	free(uri);
}

void mcp_list_resources(struct mcp_request *r)
{
	cJSON *result = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(result, "resources");
	const struct state *s = state_of(r);

	for (size_t i = s && s->n_runs > RUNS_LISTED ? s->n_runs - RUNS_LISTED : 0;
	     s && i < s->n_runs; i++) {
		char *dump = dump_of(r, s->runs[i]);

		add_resource(list, s->runs[i], "verdict");
		if (dump)
			add_resource(list, s->runs[i], "waves");
		free(dump);
	}
	mcp_send_lasting(r, result, 0);
}

static void add_template(cJSON *list, const char *uri, const char *name, const char *about)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "uriTemplate", uri);
	cJSON_AddStringToObject(o, "name", name);
	cJSON_AddStringToObject(o, "description", about);
	cJSON_AddStringToObject(o, "mimeType", "text/plain");
	cJSON_AddItemToArray(list, o);
}

void mcp_list_templates(struct mcp_request *r)
{
	cJSON *result = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(result, "resourceTemplates");

	add_template(list, SCHEME "{run}/verdict", "verdict",
		     "What became of a simulation: PASS or FAIL, and the first failure.");
	add_template(list, SCHEME "{run}/waves", "waves",
		     "The signals that a simulation recorded, and its last cycles.");
	mcp_send_lasting(r, result, MCP_HOUR_MS);
}

/* Reading ---------------------------------------------------------------------------- */

static const struct sim_run *run_of(const struct mcp_request *r, const char *uri, bool *waves)
{
	const struct state *s = state_of(r);

	for (size_t i = 0; uri && s && i < s->n_runs; i++) {
		char *run = str_fmt(SCHEME "%llu/", (unsigned long long)s->runs[i]->n);
		const char *what = str_starts(uri, run) ? uri + strlen(run) : "";

		free(run);
		*waves = strcmp(what, "waves") == 0;
		if (*waves || strcmp(what, "verdict") == 0)
			return s->runs[i];
	}
	return NULL;
}

static bool add_waves(struct mcp_request *r, const struct sim_run *run, struct str *out,
		      struct err *err)
{
	struct str raw = STR_INIT;
	char *dump = dump_of(r, run);
	bool ok = (dump || err_set(err, ERR_NOT_FOUND, "run %llu has no waves, or no longer",
				   (unsigned long long)run->n)) &&
		  wave_summary(r->use.w, dump, &raw, err);

	if (ok)
		redact_text(r->use.w->redact, str_cstr(&raw), raw.len, out);
	str_free(&raw);
	free(dump);
	return ok;
}

static void add_verdict(const struct sim_run *run, struct str *out)
{
	str_addf(out, "%s, engine %s: %s\n", run->testbench, run->engine,
		 run->ended ? run->verdict : "has not ended");
	if (run->checks >= 0)
		str_addf(out, run->failures < 0 ? "%lld checks\n" : "%lld checks, %lld failures\n",
			 (long long)run->checks, (long long)run->failures);
	if (run->first && run->first[0])
		str_addf(out, "%s\n", run->first);
	if (run->error && run->error[0])
		str_addf(out, "%s\n", run->error);
}

void mcp_read_resource(struct mcp_request *r)
{
	const char *uri = json_string(r->params, "uri");
	bool waves = false;
	const struct sim_run *run = run_of(r, uri, &waves);
	struct str text = STR_INIT;
	struct err err;
	cJSON *result, *o;

	if (!run) {
		mcp_send_error(r, MCP_INVALID_PARAMS,
			       "there is no such resource; resources/list names them", NULL);
		return;
	}
	if (!waves) {
		add_verdict(run, &text);
	} else if (!add_waves(r, run, &text, &err)) {
		mcp_send_error(r, MCP_INVALID_PARAMS, err.text, NULL);
		str_free(&text);
		return;
	}
	result = cJSON_CreateObject();
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, "uri", uri);
	cJSON_AddStringToObject(o, "mimeType", "text/plain");
	cJSON_AddStringToObject(o, "text", str_cstr(&text));
	cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "contents"), o);
	mcp_send_lasting(r, result, 0);
	str_free(&text);
}
