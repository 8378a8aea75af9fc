/* Prompts: posedge's own questions, for a model of another program.
 *
 * The text is that of `posedge fix` and `posedge ask`: the known findings or
 * failure, the spec, the rules for a testbench. The rules for the form of an answer
 * are left out, since tools take their place. */
#include "config.h"

#include "session/toolbox/mcp_inner.h"

#include <string.h>

#include "session/ask/ask_fix.h"
#include "session/base/json.h"
#include "session/base/jsonrpc.h"
#include "session/base/str.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/model/prompt.h"
#include "session/model/redact.h"
#include "session/project/design.h"
#include "session/verdict/run.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

#define FINDINGS_MAX 8192u /* bytes */
#define SPEC_MAX     32768u

static const char tools[] =
	"\nlint, simulate and wave tell how the design is now. Propose each change with\n"
	"propose_edit: a person decides on it line by line, so nothing has changed before.\n";

struct wanted {
	const char *argument; /* value of the argument; NULL: not given */
	struct str question;
	bool bench, cause;
};

struct offered {
	const char *name, *about;
	const char *argument, *argument_about; /* NULL: no argument */
	void (*ask)(struct mcp_request *r, struct wanted *w);
};

/* Questions --------------------------------------------------------------------------- */

static bool ask_about_run(const struct state *s, struct str *question)
{
	const struct sim_run *run = s ? state_last_run_of_files(s) : NULL;
	struct str what = STR_INIT;

	if (!run || !run->ended || strcmp(run->verdict, verdict_name(VERDICT_PASS)) == 0)
		return false;
	str_addf(&what, "%s\n%s\n", run->verdict,
		 run->first && run->first[0]   ? run->first
		 : run->error && run->error[0] ? run->error
					       : "");
	ask_fix_run(run->testbench, "", str_cstr(&what), question);
	str_free(&what);
	return true;
}

static bool ask_about_findings(const struct state *s, struct str *question)
{
	struct str found = STR_INIT;
	bool any = s && s->found && ask_findings(s->found, false, FINDINGS_MAX, &found);

	if (any)
		ask_fix_lint(str_cstr(&found), question);
	str_free(&found);
	return any;
}

/* As `posedge fix` does: errors before a failing run, as they may be the cause. */
static void ask_fix(struct mcp_request *r, struct wanted *w)
{
	const struct state *s = r->use.w->session ? session_state(r->use.w->session) : NULL;

	w->cause = true;
	if (!ask_about_findings(s, &w->question) && !ask_about_run(s, &w->question))
		str_adds(&w->question,
			 "Nothing is known to be wrong yet. Lint the design and run its testbench; "
			 "fix what they find, changing as little as possible.\n");
}

static void ask_testbench(struct mcp_request *r, struct wanted *w)
{
	w->bench = true;
	str_addf(&w->question, "Write a testbench for the module %s.\n", w->argument);
}

static void ask_change(struct mcp_request *r, struct wanted *w)
{
	str_addf(&w->question, "%s\n", w->argument);
}

static const struct offered prompts[] = {
	{ "fix", "Find the cause of what lint or the last simulation found, and propose a change.",
	  NULL, NULL, ask_fix },
	{ "testbench", "Propose a testbench that checks by itself, by the spec.", "module",
	  "the module to be tested", ask_testbench },
	{ "change", "Propose a change to the design, by the spec.", "request",
	  "what is wanted, in a sentence or more", ask_change },
};
#define PROMPTS (sizeof(prompts) / sizeof(prompts[0]))

/* Lists ------------------------------------------------------------------------------- */

static cJSON *describe(const struct offered *p)
{
	cJSON *o = cJSON_CreateObject(), *list, *a;

	cJSON_AddStringToObject(o, "name", p->name);
	cJSON_AddStringToObject(o, "description", p->about);
	list = cJSON_AddArrayToObject(o, "arguments");
	if (p->argument) {
		a = cJSON_CreateObject();
		cJSON_AddStringToObject(a, "name", p->argument);
		cJSON_AddStringToObject(a, "description", p->argument_about);
		cJSON_AddBoolToObject(a, "required", true);
		cJSON_AddItemToArray(list, a);
	}
	return o;
}

void mcp_list_prompts(struct mcp_request *r)
{
	cJSON *result = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(result, "prompts");

	for (size_t i = 0; i < PROMPTS; i++)
		cJSON_AddItemToArray(list, describe(&prompts[i]));
	mcp_send_lasting(r, result, MCP_HOUR_MS);
}

/* Making a prompt --------------------------------------------------------------------- */

static void add_user_text(const struct prompt *p, struct str *out)
{
	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; p->messages[i].role == ROLE_USER && k < p->messages[i].n; k++)
			if (p->messages[i].parts[k].kind == PROMPT_TEXT)
				str_add(out, p->messages[i].parts[k].text,
					p->messages[i].parts[k].len);
}

static void add_spec(struct workbench *w, struct str *out)
{
	struct str spec = STR_LIMIT(SPEC_MAX);

	if (workbench_read(w, "spec.md", &spec) && spec.len)
		str_addf(out, "The spec, spec.md:\n\n%s\n%s\n", str_cstr(&spec),
			 spec.full ? "[cut: read_file has the rest]\n" : "");
	str_free(&spec);
}

static bool make(struct mcp_request *r, const struct wanted *w, struct str *out, struct err *err)
{
	struct workbench *b = r->use.w;
	struct project *project = workbench_project(b, err);
	struct str raw = STR_INIT;
	struct prompt_input in = { .question = str_cstr(&w->question),
				   .bench = w->bench,
				   .cause = w->cause };
	struct prompt *p = NULL;

	if (!project)
		return false;
	in.lang = design_lang(project, b->options);
	p = prompt_new(&in, err);
	if (p) {
		add_spec(b, &raw);
		add_user_text(p, &raw);
		str_adds(&raw, tools);
		redact_text(b->redact, str_cstr(&raw), raw.len, out);
	}
	prompt_free(p);
	str_free(&raw);
	return p != NULL;
}

static void send_prompt(struct mcp_request *r, const struct offered *p, const char *text)
{
	cJSON *result = cJSON_CreateObject(), *message = cJSON_CreateObject();

	cJSON_AddStringToObject(result, "description", p->about);
	cJSON_AddStringToObject(message, "role", "user");
	cJSON_AddItemToObject(message, "content", mcp_text(text));
	cJSON_AddItemToArray(cJSON_AddArrayToObject(result, "messages"), message);
	mcp_send_result(r, result);
}

static const struct offered *find(const char *name)
{
	for (size_t i = 0; name && i < PROMPTS; i++)
		if (strcmp(prompts[i].name, name) == 0)
			return &prompts[i];
	return NULL;
}

void mcp_get_prompt(struct mcp_request *r)
{
	const struct offered *p = find(json_string(r->params, "name"));
	struct wanted w = { .question = STR_INIT };
	struct str text = STR_INIT;
	struct err err;

	if (p && p->argument)
		w.argument = json_string(json_object(r->params, "arguments"), p->argument);
	if (!p) {
		mcp_send_error(r, MCP_INVALID_PARAMS,
			       "there is no such prompt; prompts/list names them", NULL);
	} else if (p->argument && !w.argument) {
		err_set(&err, ERR_USAGE, "the prompt %s needs \"%s\", a string", p->name,
			p->argument);
		mcp_send_error(r, MCP_INVALID_PARAMS, err.text, NULL);
	} else {
		p->ask(r, &w);
		if (make(r, &w, &text, &err))
			send_prompt(r, p, str_cstr(&text));
		else
			mcp_send_error(r, JSONRPC_INTERNAL, err.text, NULL);
	}
	str_free(&w.question);
	str_free(&text);
}
