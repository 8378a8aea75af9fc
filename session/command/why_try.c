/* Small changes of the design with which the testbench of the last run passes: what the waves
 * cannot tell. They are built and run as mutants are, where the unchanged design fails and
 * a change that survives is an answer.
 */
#include "config.h"

#include "session/command/why_try.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/mutant/flow_mutants.h"
#include "session/option/remember.h"
#include "session/why/why.h"
#include "session/workbench/workbench.h"

#define TRY_MAX	  5000 /* changes */
#define TRY_MS	  30000
#define TRY_SHOWN 4 /* lines with changes that mend */

/* The first step that names the line; SIZE_MAX: none. */
static size_t step_of(const struct why_chain *k, const char *path, int line)
{
	for (size_t i = 0; i < k->n; i++)
		for (size_t l = 0; l < k->steps[i].n_lines; l++)
			if (k->steps[i].lines[l].line == (uint32_t)line &&
			    strcmp(k->steps[i].lines[l].path, path) == 0)
				return i;
	return SIZE_MAX;
}

/* Order of trying: likely changes first, then by the position of their line in the
 * chain. */
static size_t rank_of(const struct mutant_result *m, const struct why_chain *k)
{
	size_t step = step_of(k, m->path, m->line);

	return (m->late ? WHY_STEPS_MAX + 1 : 0) + (step < k->n ? step : WHY_STEPS_MAX);
}

/* Returns the best change left that makes the testbench pass: the first by rank, and of its line
 * the shortest. All changes of that line are marked MUTANT_NOT_RUN, so the next call returns
 * one of another line. NULL: none is left. */
static struct mutant_result *next_mend(struct mutants_report *m, const struct why_chain *k)
{
	struct mutant_result *best = NULL;
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < m->n; i++) {
		size_t rank = m->v[i].fate == MUTANT_SURVIVED ? rank_of(&m->v[i], k) : SIZE_MAX;

		if (rank < first) {
			best = &m->v[i];
			first = rank;
		}
	}
	for (size_t i = 0; best && i < m->n; i++) {
		struct mutant_result *other = &m->v[i];

		if (other->line != best->line || strcmp(other->path, best->path) != 0)
			continue;
		if (other->fate == MUTANT_SURVIVED && other->late == best->late &&
		    strlen(other->after) < strlen(best->after))
			best = other;
		other->fate = MUTANT_NOT_RUN;
	}
	return best;
}

static void print_mend(const struct report *out, const struct mutant_result *m)
{
	cJSON *o;

	if (!out->wants_json) {
		report_text(out, "%s:%d: %s\n  - %s\n%s%s%s", m->path, m->line, m->kind, m->before,
			    m->after[0] ? "  + " : "", m->after, m->after[0] ? "\n" : "");
		return;
	}
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, "type", "mends");
	cJSON_AddStringToObject(o, "path", m->path);
	cJSON_AddNumberToObject(o, "line", m->line);
	cJSON_AddStringToObject(o, "kind", m->kind);
	cJSON_AddStringToObject(o, "before", m->before);
	cJSON_AddStringToObject(o, "after", m->after);
	report_json(out, o);
}

static void print_mends(const struct report *out, struct mutants_report *m,
			const struct why_chain *k)
{
	size_t tried = m->n - m->left, lines = 0;
	bool cut = m->left > 0 && !m->enough;
	struct mutant_result *one;

	if (!m->survived) {
		report_note(out, "%s passes with none of %zu small changes%s", m->testbench, tried,
			    cut ? "; the time was over" : "");
		return;
	}
	if (!out->wants_json)
		report_text(out, "%s passes with %zu of %zu small changes%s, each on its own:\n",
			    m->testbench, m->survived, tried, cut ? " (the time was over)" : "");
	while ((one = next_mend(m, k)) != NULL)
		if (lines++ < TRY_SHOWN)
			print_mend(out, one);
	if (lines > TRY_SHOWN)
		report_note(out, "changes on %zu more line%s would do, too", lines - TRY_SHOWN,
			    count_s(lines - TRY_SHOWN));
}

static void try_progress(void *ctx, size_t done, size_t of)
{
	if (done % 100 == 0)
		report_note(ctx, "%zu of %zu changes tried", done, of);
}

static size_t step_rank(const void *chain, const char *path, const char *text, size_t len, int line)
{
	size_t step = step_of(chain, path, line);

	return step < WHY_STEPS_MAX ? step : WHY_STEPS_MAX;
}

bool why_try(struct workbench *w, const struct why_chain *k, struct report *out, struct err *err)
{
	char *testbench = remember_get(w->place.root, "testbench");
	struct mutants_request r = { .testbench = testbench && testbench[0] ? testbench : NULL,
				     .mends = true,
				     .max = TRY_MAX,
				     .ms = TRY_MS,
				     .line_rank = step_rank,
				     .reached = k,
				     .progress = try_progress,
				     .ctx = out };
	struct mutants_report tried;
	bool ok = flow_mutants(w, &r, &tried, err);

	free(testbench);
	if (!ok)
		return false;
	print_mends(out, &tried, k);
	mutants_report_fini(&tried);
	return true;
}
