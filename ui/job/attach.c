/* Resolves the @words of a question: files and lines of them, findings, waves, modules,
 * resources of servers. A word that cannot be resolved stops the question before it is
 * sent, since a model would answer without it and nobody would notice.
 */
#include "config.h"

#include "ui/job/attach.h"

#include <stdlib.h>
#include <string.h>

#include "session/ask/ask_at.h"
#include "session/ask/ask_backend.h"
#include "session/ask/ask_context.h"
#include "session/ask/ask_fix.h"
#include "session/ask/ask_named.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/check/evidence.h"
#include "session/graph/graph_project.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/servers/servers.h"
#include "session/verdict/run.h"
#include "session/workbench/workbench.h"

static size_t findings(const struct workbench *w, struct str *out)
{
	return ask_findings(
		session_state(w->session)->found, w->options->lint_style,
		ask_findings_max(ask_budget(w, ask_backend_name(w->options, NULL, true))), out);
}

static bool attach_why(struct workbench *w, struct str *text, struct err *err)
{
	struct evidence e;
	bool ok = evidence_read(w, &e, err);

	if (!ok)
		err_set(err, ERR_NOT_FOUND,
			"@why: what drove the failing signals is not known; `why` says why not");
	evidence_print(&e, text);
	if (ok && !text->len)
		ok = err_set(err, ERR_NOT_FOUND,
			     "@why: all steps are left out; `evidence` takes them again");
	evidence_fini(&e);
	return ok;
}

/* word is "mcp:SERVER:ADDRESS". */
static bool add_resource(struct workbench *w, const char *word, struct ask_named *a,
			 struct err *err)
{
	const char *colon = strchr(word + 4, ':');
	char *server = colon ? mem_strndup(word + 4, (size_t)(colon - word - 4)) : NULL;
	struct str text = STR_INIT;
	bool ok = server ? servers_read(w, server, colon + 1, &text, err)
			 : err_set(err, ERR_USAGE, "@%s: @mcp:SERVER:ADDRESS was expected", word);

	if (ok)
		ask_named_add(a, word, str_cstr(&text));
	str_free(&text);
	free(server);
	return ok;
}

struct attaching {
	struct workbench *w;
	const char *cycles;
	struct ask_named *a;
};

static bool add_word(void *ctx, const char *word, struct err *err)
{
	struct attaching *to = ctx;
	struct workbench *w = to->w;
	struct ask_named *a = to->a;
	const char *cycles = to->cycles;
	struct str text = STR_INIT;

	if (strcmp(word, "sim") == 0 || strcmp(word, "wave") == 0) {
		if (!cycles[0])
			return err_set(err, ERR_NOT_FOUND, "@%s: no simulation has failed yet",
				       word);
		ask_named_add(a, "the cycles before the first failure", cycles);
		return true;
	}
	if (strcmp(word, "why") == 0) {
		bool ok = attach_why(w, &text, err);

		if (ok)
			ask_named_add(a, "what drove the signals that the failing check compared",
				      str_cstr(&text));
		str_free(&text);
		return ok;
	}
	if (strcmp(word, "coverage") == 0 || strcmp(word, "mutants") == 0) {
		bool of_lines = word[0] == 'c';
		bool ok = of_lines ? attach_coverage(w, &text, err) : attach_mutants(w, &text, err);

		if (ok)
			ask_named_add(a,
				      of_lines ? "what the tests reach"
					       : "what the tests do not notice",
				      str_cstr(&text));
		str_free(&text);
		return ok;
	}
	if (str_starts(word, "wave:")) {
		struct str title = STR_INIT;
		bool ok = attach_wave(w, word + 5, &title, &text, err);

		if (ok)
			ask_named_add(a, str_cstr(&title), str_cstr(&text));
		str_free(&title);
		str_free(&text);
		return ok;
	}
	if (str_starts(word, "module:") || str_starts(word, "signal:")) {
		bool ok = graph_about(w, word, &text, err);

		if (ok)
			ask_named_add(a, word, str_cstr(&text));
		str_free(&text);
		return ok;
	}
	if (str_starts(word, "mcp:"))
		return add_resource(w, word, a, err);
	return ask_named_word(w, word, a, err);
}

bool attach_named(struct workbench *w, const char *question, const char *cycles,
		  struct ask_named *a, struct err *err)
{
	struct attaching to = { w, cycles, a };

	return ask_at_words(question, add_word, &to, err);
}

bool attach_fix(struct workbench *w, const char *cycles, struct str *question, struct err *err)
{
	const struct state *s = session_state(w->session);
	const struct sim_run *r = state_last_run_of_files(s);
	struct str text = STR_INIT, run = STR_INIT, evidence = STR_INIT;
	size_t n = findings(w, &text);
	bool ok = true;

	if (r && r->ended && verdict_is(r->verdict, VERDICT_FAIL)) {
		str_addf(&run, "FAIL %s\n\n%s", r->first, cycles);
		if (r == state_last_run(s)) /* the waves are of that run */
			evidence_tell(w, &evidence);
	}
	if (evidence.len)
		str_addf(&run, EVIDENCE_INTRO "%s", str_cstr(&evidence));
	str_free(&evidence);
	if (run.len || n) {
		ask_fix_question(n ? str_cstr(&text) : "", r ? r->testbench : "", "",
				 str_cstr(&run), question);
	} else {
		ok = err_set(err, ERR_USAGE,
			     "nothing to fix: no findings, and no simulation that failed");
	}
	str_free(&run);
	str_free(&text);
	return ok;
}

void attach_complete(struct workbench *w, const char *prefix, struct strv *out)
{
	static const char *const words[] = { "coverage", "lint", "mutants", "sim", "wave", "why" };
	struct project *p = workbench_project(w, NULL);

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_starts(words[i], prefix))
			strv_add(out, words[i]);
	for (size_t i = 0; p && i < project_files(p); i++)
		if (str_starts(project_file(p, i)->path, prefix) ||
		    str_starts(path_base(project_file(p, i)->path), prefix))
			strv_add(out, project_file(p, i)->path);
}
