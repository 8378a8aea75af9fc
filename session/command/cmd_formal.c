/* equiv, prove: proofs by yosys about two versions, and about assertions. */
#include "config.h"

#include "session/command/commands.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/formal/flow_equiv.h"
#include "session/formal/flow_prove.h"
#include "session/project/design.h"
#include "session/project/project.h"
#include "session/workbench/workbench.h"

/* Parses "rst,en_n=0" or "none"; NULL: search for resets. The caller owns the list. */
static const char *const *reset_option(const struct cmd_call *c, struct strv *list)
{
	static const char *const none[] = { NULL };
	const char *text = cmd_opt(c, "--reset");

	if (!text)
		return NULL;
	if (strcmp(text, "none") == 0)
		return none;
	for (; *text; text += strcspn(text, ","), text += *text == ',')
		if (*text != ',')
			strv_addn(list, text, strcspn(text, ","));
	return list->n ? (const char *const *)list->v : none;
}

/* equiv ---------------------------------------------------------------------------- */

static const char *verdict_word(const struct prover_report *p)
{
	switch (p->answer) {
	case PROVER_PROVED:
		return "equal";
	case PROVER_KNOWN:
		return p->steps ? "equal_where_known_bounded" : "equal_where_known";
	case PROVER_BOUNDED:
		return "equal_bounded";
	case PROVER_DIFFERENT:
		return "different";
	case PROVER_PORTS:
		return "ports_differ";
	case PROVER_VACUOUS:
	case PROVER_UNDECIDED:
		break;
	}
	return "undecided";
}

static void result_json(const struct cmd_call *c, const struct equiv_sides *s,
			const struct equiv_result *r)
{
	cJSON *o = cJSON_CreateObject(), *driven;

	cJSON_AddStringToObject(o, "path", s->path);
	cJSON_AddStringToObject(o, "against", s->called);
	cJSON_AddStringToObject(o, "module", r->module);
	cJSON_AddStringToObject(o, "verdict", verdict_word(&r->report));
	if (r->report.steps)
		cJSON_AddNumberToObject(o, "steps", r->report.steps);
	cJSON_AddStringToObject(o, "why", r->difference[0] ? r->difference : r->report.why);
	driven = cJSON_AddArrayToObject(o, "driven");
	for (size_t i = 0; i < r->report.driven.n; i++)
		cJSON_AddItemToArray(driven, cJSON_CreateString(r->report.driven.v[i]));
	if (r->bench[0])
		cJSON_AddStringToObject(o, "testbench", r->bench);
	if (r->wave[0])
		cJSON_AddStringToObject(o, "waves", r->wave);
	cJSON_AddNumberToObject(o, "ms", (double)r->report.ms);
	report_json(&c->w->out, o);
}

static void result_text(const struct cmd_call *c, const struct equiv_sides *s,
			const struct equiv_result *r)
{
	struct str out = STR_INIT;

	str_addf(&out, "%s: %s against %s: ", s->path, r->module, s->called);
	equiv_say(r, &out);
	str_addc(&out, '\n');
	for (size_t i = 0; i < r->report.driven.n; i++)
		str_addf(&out, "  %s\n", r->report.driven.v[i]);
	if (r->bench[0])
		str_addf(&out, "  testbench that passes before and fails now: %s\n", r->bench);
	if (r->wave[0])
		str_addf(&out, "  its waves: %s\n", r->wave);
	report_text(&c->w->out, "%s", str_cstr(&out));
	str_free(&out);
}

static enum cmd_status status_of(const struct equiv_result *r)
{
	switch (r->report.answer) {
	case PROVER_PROVED:
		return CMD_FINE;
	case PROVER_KNOWN:
		return r->report.steps ? CMD_NO_VERDICT : CMD_FINE;
	case PROVER_DIFFERENT:
	case PROVER_PORTS:
		return CMD_FOUND;
	default:
		return CMD_NO_VERDICT;
	}
}

static bool compare(struct cmd_call *c, const struct equiv_sides *sides, struct err *err)
{
	struct strv resets = STRV_INIT;
	struct equiv_results all;
	struct equiv_request r = { .sides = sides,
				   .resets = reset_option(c, &resets),
				   .depth = FORMAL_DEPTH_DEFAULT,
				   .keep = true };
	unsigned seconds = FORMAL_SECONDS_DEFAULT;
	bool ok = cmd_number(c, "--depth", FORMAL_DEPTH_MAX, &r.depth, err) &&
		  cmd_number(c, "--seconds", 86400, &seconds, err);

	r.ms = (uint64_t)seconds * 1000;
	ok = ok && flow_equiv(c->w, &r, &all, err);
	for (size_t i = 0; ok && i < all.n; i++) {
		enum cmd_status one = status_of(&all.v[i]);

		if (c->status != CMD_FOUND && one != CMD_FINE)
			c->status = one;
		if (c->w->out.wants_json)
			result_json(c, sides, &all.v[i]);
		else
			result_text(c, sides, &all.v[i]);
	}
	if (ok)
		equiv_results_fini(&all);
	strv_free(&resets);
	return ok;
}

bool cmd_equiv(struct cmd_call *c, struct err *err)
{
	unsigned suggestion = 0;
	struct equiv_sides sides;
	bool ok = cmd_number(c, "--suggestion", 1000000, &suggestion, err);

	if (ok && suggestion && c->argc)
		ok = err_set(err, ERR_USAGE, "equiv --suggestion takes no file: it names its own");
	if (ok && !suggestion && !c->argc)
		ok = err_set(err, ERR_USAGE,
			     "equiv: name a FILE, and what to compare it with "
			     "(HEAD): a revision, a file, or a moment");
	if (!ok)
		return false;
	if (suggestion)
		ok = workbench_session(c->w, SESSION_FULL, err) &&
		     equiv_sides_suggestion(c->w->session, suggestion, NULL, &sides, err);
	else
		ok = equiv_sides_of(c->w, c->argv[0], c->argc > 1 ? c->argv[1] : "HEAD", &sides,
				    err);
	if (!ok)
		return false;
	ok = compare(c, &sides, err);
	equiv_sides_fini(&sides);
	return ok;
}

/* prove ---------------------------------------------------------------------------- */

static const char *property_word(enum prover_answer a)
{
	return a == PROVER_PROVED      ? "proved"
	       : a == PROVER_BOUNDED   ? "bounded"
	       : a == PROVER_DIFFERENT ? "fails"
	       : a == PROVER_VACUOUS   ? "vacuous"
				       : "undecided";
}

static void property_json(const struct cmd_call *c, const char *module,
			  const struct prove_result *r, size_t i)
{
	const struct prover_property *p = &r->report.properties[i];
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "module", module);
	cJSON_AddStringToObject(o, "assertion", p->name);
	cJSON_AddStringToObject(o, "verdict", property_word(p->answer));
	if (p->steps)
		cJSON_AddNumberToObject(o, "steps", p->steps);
	cJSON_AddStringToObject(o, "why", p->why);
	if (r->benches.v[i][0])
		cJSON_AddStringToObject(o, "testbench", r->benches.v[i]);
	if (r->waves.v[i][0])
		cJSON_AddStringToObject(o, "waves", r->waves.v[i]);
	report_json(&c->w->out, o);
}

static void proof_json(const struct cmd_call *c, const char *module, const struct prove_result *r)
{
	cJSON *o = cJSON_CreateObject(), *list;

	for (size_t i = 0; i < r->report.n_properties; i++)
		property_json(c, module, r, i);
	cJSON_AddStringToObject(o, "module", module);
	cJSON_AddNumberToObject(o, "assertions", (double)r->report.n_properties);
	cJSON_AddStringToObject(o, "why", r->report.why);
	list = cJSON_AddArrayToObject(o, "not_read");
	for (size_t i = 0; i < r->unread.n; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(r->unread.v[i]));
	list = cJSON_AddArrayToObject(o, "driven");
	for (size_t i = 0; i < r->report.driven.n; i++)
		cJSON_AddItemToArray(list, cJSON_CreateString(r->report.driven.v[i]));
	report_json(&c->w->out, o);
}

static void proof_text(const struct cmd_call *c, const char *module, const struct prove_result *r)
{
	struct str out = STR_INIT;

	if (r->report.answer == PROVER_UNDECIDED)
		str_addf(&out, "%s: not decided: %s\n", module, r->report.why);
	else if (!r->report.n_properties)
		str_addf(&out, "%s: no assertion was read\n", module);
	for (size_t i = 0; i < r->report.n_properties; i++) {
		const struct prover_property *p = &r->report.properties[i];

		str_addf(&out, "%s: ", p->name);
		prove_say(p, &out);
		str_addc(&out, '\n');
		if (r->benches.v[i][0])
			str_addf(&out, "  testbench: %s\n  waves: %s\n", r->benches.v[i],
				 r->waves.v[i]);
	}
	for (size_t i = 0; i < r->unread.n; i++)
		str_addf(&out, "not read: %s\n", r->unread.v[i]);
	for (size_t i = 0; i < r->report.driven.n; i++)
		str_addf(&out, "  %s\n", r->report.driven.v[i]);
	report_text(&c->w->out, "%s", str_cstr(&out));
	str_free(&out);
}

static enum cmd_status proof_status(const struct prove_result *r)
{
	bool all = r->report.answer != PROVER_UNDECIDED && r->report.n_properties && !r->unread.n;

	for (size_t i = 0; i < r->report.n_properties; i++) {
		if (r->report.properties[i].answer == PROVER_DIFFERENT)
			return CMD_FOUND;
		all &= r->report.properties[i].answer == PROVER_PROVED;
	}
	return all ? CMD_FINE : CMD_NO_VERDICT;
}

/* first: unread files are reported only once. */
static bool prove_one(struct cmd_call *c, struct prove_request *r, bool first, struct err *err)
{
	struct prove_result result;
	enum cmd_status one;

	if (!flow_prove(c->w, r, &result, err))
		return false;
	one = proof_status(&result);
	if (c->status != CMD_FOUND && one != CMD_FINE)
		c->status = one;
	if (!first)
		strv_free(&result.unread);
	if (c->w->out.wants_json)
		proof_json(c, r->module, &result);
	else
		proof_text(c, r->module, &result);
	prove_result_fini(&result);
	return true;
}

/* A module by its name, or the modules of a file that no other module in it
 * instantiates. */
static bool proof_modules(const struct cmd_call *c, const struct project *p, char **path,
			  struct strv *modules, struct err *err)
{
	const struct project_file *f = project_module(p, c->argv[0], NULL);

	if (f) {
		*path = mem_strdup(f->path);
		strv_add(modules, c->argv[0]);
		return true;
	}
	if (!workplace_path(&c->w->place, c->argv[0], path, err))
		return false;
	design_roots(p, *path, modules);
	if (!project_find(p, *path))
		return err_set(err, ERR_NOT_FOUND, "%s: no such module or Verilog file in %s",
			       c->argv[0], project_root(p));
	return modules->n || project_no_module(p, *path, err);
}

bool cmd_prove(struct cmd_call *c, struct err *err)
{
	struct strv resets = STRV_INIT, modules = STRV_INIT;
	struct prove_request r = { .resets = reset_option(c, &resets),
				   .depth = FORMAL_DEPTH_DEFAULT };
	struct project *p = workbench_project(c->w, err);
	unsigned seconds = FORMAL_SECONDS_DEFAULT;
	char *path = NULL;
	bool ok = p && cmd_number(c, "--depth", FORMAL_DEPTH_MAX, &r.depth, err) &&
		  cmd_number(c, "--seconds", 86400, &seconds, err) &&
		  proof_modules(c, p, &path, &modules, err);

	r.ms = (uint64_t)seconds * 1000;
	r.path = path;
	for (size_t i = 0; ok && i < modules.n; i++) {
		r.module = modules.v[i];
		ok = prove_one(c, &r, i == 0, err);
	}
	strv_free(&modules);
	strv_free(&resets);
	free(path);
	return ok;
}
