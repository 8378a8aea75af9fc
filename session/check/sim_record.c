/* Records a run in the session: one event before it starts and one when it has
 * ended. Its output is kept next to the journal, redacted.
 */
#include "config.h"

#include "session/check/sim_record.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/check/flow_sim.h"
#include "session/journal/event.h"
#include "session/model/redact.h"
#include "session/project/project.h"
#include "session/text/bytes.h"
#include "session/workbench/workbench.h"

bool sim_record_start(struct session *s, const struct project *p, const struct sim_result *r,
		      const char *engine, const struct sim_result *first, uint64_t *n,
		      struct err *err)
{
	struct event e = { .type = EVENT_RUN };
	struct str files = STR_INIT, hashes = STR_INIT;
	bool ok;

	for (size_t i = 0; i < r->files.n; i++)
		str_addf(&files, "%s%s", i ? "\n" : "", r->files.v[i]);
	e.run.testbench = r->testbench;
	e.run.engine = engine;
	e.run.confirms = first ? first->run : 0;
	e.run.as_if = r->as_if;
	e.run.files = (struct bytes){ str_cstr(&files), files.len };
	if (!r->as_if)
		project_hashes(p, &r->files, &hashes);
	e.run.hashes = (struct bytes){ str_cstr(&hashes), hashes.len };
	/* Written before anything runs, so that a kill does not lose it. No
	 * fsync: a run lost with the machine can be repeated. */
	ok = session_record(s, &e, n, err);
	if (ok)
		session_flush(s);
	str_free(&hashes);
	str_free(&files);
	return ok;
}

/* Path relative to the session's folder, since a session can be moved. */
static const char *below(const struct session *s, const char *path)
{
	size_t n = strlen(session_dir(s));

	return strncmp(path, session_dir(s), n) == 0 && path[n] == '/' ? path + n + 1 : path;
}

static void add_steps(const struct run_report *rep, struct str *out)
{
	for (size_t i = 0; i < rep->n_steps; i++)
		str_addf(out, "%s%s %llu", i ? "\n" : "", rep->steps[i].name,
			 (unsigned long long)rep->steps[i].ms);
}

/* At most RUN_FILES_MAX lines. */
static void add_written(const struct run_report *rep, struct str *out)
{
	for (size_t i = 0; i < rep->n_written; i++)
		str_addf(out, "%s%s\t%llu", i ? "\n" : "", rep->written[i].path,
			 (unsigned long long)rep->written[i].size);
}

bool sim_record_end(struct session *session, const struct sim_result *r, const struct err *why,
		    const struct str *differs, struct err *err)
{
	struct str steps = STR_INIT, written = STR_INIT;
	bool ok;

	const struct run_report *rep = &r->report;
	struct event e = { .type = EVENT_VERDICT };
	char hash[HASH_HEX + 1] = "";

	if (rep->output_path && rep->output_path[0])
		hash_file(rep->output_path, UINT64_MAX, hash, NULL);
	e.verdict.run = r->run;
	e.verdict.verdict = verdict_name(why ? VERDICT_TOOL : rep->result.verdict);
	e.verdict.error = why ? why->text : "";
	e.verdict.checks = rep->result.checks;
	e.verdict.failures = rep->result.failures;
	e.verdict.first = (struct bytes){ rep->result.first,
					  rep->result.first ? strlen(rep->result.first) : 0 };
	e.verdict.first_path = rep->result.first_path;
	e.verdict.first_line = (uint64_t)rep->result.first_line;
	e.verdict.first_time = rep->result.has_time ? (int64_t)rep->result.first_time : -1;
	e.verdict.output = rep->output_path ? below(session, rep->output_path) : "";
	e.verdict.output_len = rep->output_len;
	e.verdict.output_hash = hash;
	e.verdict.wave = rep->wave_path ? below(session, rep->wave_path) : "";
	e.verdict.unprotected = rep->unprotected;
	e.verdict.build_ms = rep->build_ms;
	e.verdict.run_ms = rep->run_ms;
	e.verdict.sites = rep->result.sites > 0 ? (uint64_t)rep->result.sites : 0;
	if (rep->result.samples >= 0) {
		e.verdict.mismatches = (uint64_t)rep->result.mismatches;
		e.verdict.samples = (uint64_t)rep->result.samples;
	}
	e.verdict.version = r->version;
	e.verdict.seeds = why ? 0 : r->seeds + 1ull;
	add_steps(rep, &steps);
	e.verdict.steps = (struct bytes){ str_cstr(&steps), steps.len };
	add_written(rep, &written);
	e.verdict.written = (struct bytes){ str_cstr(&written), written.len };
	e.verdict.lang = rep->n_steps ? lang_name(rep->lang) : ""; /* empty: it never started */
	e.verdict.log = rep->log_path ? below(session, rep->log_path) : "";
	if (rep->result.beside)
		e.verdict.beside = (struct bytes){ rep->result.beside, strlen(rep->result.beside) };
	if (differs)
		e.verdict.differs = (struct bytes){ str_cstr(differs), differs->len };
	ok = session_record(session, &e, NULL, err);
	str_free(&written);
	str_free(&steps);
	return ok;
}

/* The output stays on disk as long as the session, so it is redacted before its
 * hash is taken. */
bool sim_record_clean(const struct redact *redact, struct run_report *rep, struct err *err)
{
	struct str first = STR_INIT;

	if (rep->result.first) {
		redact_text(redact, rep->result.first, strlen(rep->result.first), &first);
		free(rep->result.first);
		rep->result.first = str_take(&first);
	}
	if (rep->log_path && rep->log_path[0] && !redact_file(redact, rep->log_path, NULL, err))
		return false;
	return !rep->output_path || !rep->output_path[0] || !file_exists(rep->output_path) ||
	       redact_file(redact, rep->output_path, &rep->output_len, err);
}
