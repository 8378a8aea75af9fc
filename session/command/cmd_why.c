/* why: the statement that assigned a value, and where its inputs came from. */
#include "config.h"

#include "session/command/commands.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/check/evidence.h"
#include "session/check/flow_why.h"
#include "session/mutant/flow_mutants.h"
#include "session/option/remember.h"
#include "session/workbench/workbench.h"

#define TRY_MAX	  5000	/* changes */
#define TRY_MS	  30000 /* for their runs */
#define TRY_SHOWN 4	/* lines with changes that mend */

static bool read_steps(const struct cmd_call *c, size_t *steps, struct err *err)
{
	const char *given = cmd_opt(c, "--steps");
	unsigned long n;
	char *end;

	*steps = 0;
	if (!given)
		return true;
	n = strtoul(given, &end, 10);
	if (*given == '-' || end == given || *end || n == 0 || n > WHY_STEPS_MAX)
		return err_set(err, ERR_USAGE, "--steps %s: a number from 1 to %u was expected",
			       given, WHY_STEPS_MAX);
	*steps = n;
	return true;
}

static void print_answer(const struct report *out, const struct why_answer *a)
{
	struct str text = STR_INIT;

	if (out->wants_json) {
		for (size_t i = 0; i < a->chain.n; i++) {
			str_clear(&text);
			why_json_step(&a->chain.steps[i], i + 1, &text);
			out->json(out->ctx, text.data, text.len);
		}
	} else {
		why_print(&a->chain, &a->unit, 0, &text);
		report_text(out, "%s", str_cstr(&text));
	}
	for (size_t i = 0; i < a->notes.n; i++)
		report_note(out, "%s", a->notes.v[i]);
	str_free(&text);
}

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

/* The next change that mends on a line that none of those before is on: what the chain names
 * comes first, of a line the shortest. Done with: its fate is MUTANT_NOT_RUN. */
static struct mutant_result *next_mend(struct mutants_report *m, const struct why_chain *k)
{
	struct mutant_result *best = NULL;
	size_t nearest = SIZE_MAX;

	for (size_t i = 0; i < m->n; i++) {
		size_t step = m->v[i].fate == MUTANT_SURVIVED
				      ? step_of(k, m->v[i].path, m->v[i].line)
				      : SIZE_MAX;

		if (m->v[i].fate == MUTANT_SURVIVED && (!best || step < nearest)) {
			best = &m->v[i];
			nearest = step;
		}
	}
	for (size_t i = 0; best && i < m->n; i++) {
		struct mutant_result *other = &m->v[i];

		if (other->line != best->line || strcmp(other->path, best->path) != 0)
			continue;
		if (other->fate == MUTANT_SURVIVED && strlen(other->after) < strlen(best->after))
			best = other;
		other->fate = MUTANT_NOT_RUN;
	}
	return best;
}

static void print_mend(const struct report *out, const struct mutant_result *m)
{
	cJSON *o;
	char *text;

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
	text = cJSON_PrintUnformatted(o);
	out->json(out->ctx, text, strlen(text));
	free(text);
	cJSON_Delete(o);
}

static void print_mends(const struct report *out, struct mutants_report *m,
			const struct why_chain *k)
{
	size_t tried = m->n - m->left, lines = 0;
	struct mutant_result *one;

	if (!m->survived) {
		report_note(out, "%s passes with none of %zu small changes%s", m->testbench, tried,
			    m->left ? "; the time was over" : "");
		return;
	}
	if (!out->wants_json)
		report_text(out, "%s passes with %zu of %zu small changes%s, each on its own:\n",
			    m->testbench, m->survived, tried,
			    m->left ? " (the time was over)" : "");
	while ((one = next_mend(m, k)) != NULL)
		if (lines++ < TRY_SHOWN)
			print_mend(out, one);
	if (lines > TRY_SHOWN)
		report_note(out, "changes on %zu more lines would do, too", lines - TRY_SHOWN);
}

static void try_progress(void *ctx, size_t done, size_t of)
{
	const struct cmd_call *c = ctx;

	if (done % 100 == 0)
		report_note(&c->w->out, "%zu of %zu changes tried", done, of);
}

static bool is_named(const void *chain, const char *path, const char *text, size_t len, int line)
{
	return step_of(chain, path, line) != SIZE_MAX;
}

/* Runs the testbench of the last run with small changes of the design, those of lines that the
 * chain names first. */
static bool try_changes(struct cmd_call *c, const struct why_chain *k, struct mutants_report *out,
			struct err *err)
{
	char *testbench = remember_get(c->w->place.root, "testbench");
	struct mutants_request r = { .testbench = testbench && testbench[0] ? testbench : NULL,
				     .mends = true,
				     .max = TRY_MAX,
				     .ms = TRY_MS,
				     .first_lines = is_named,
				     .reached = k,
				     .progress = try_progress,
				     .ctx = c };
	bool ok = flow_mutants(c->w, &r, out, err);

	free(testbench);
	return ok;
}

static void try_and_print(struct cmd_call *c, const struct why_chain *k)
{
	struct mutants_report tried;
	struct err why;

	if (!try_changes(c, k, &tried, &why)) {
		report_note(&c->w->out, "%s", why.text);
		return;
	}
	print_mends(&c->w->out, &tried, k);
	mutants_report_fini(&tried);
}

bool cmd_why(struct cmd_call *c, struct err *err)
{
	const char *wave = cmd_opt(c, "--wave");
	struct why_question q = { 0 };
	struct why_answer a;
	char *path = wave ? workplace_full(&c->w->place, wave) : NULL;
	bool ok = read_steps(c, &q.steps, err);

	q.wave = path;
	for (size_t i = 0; ok && i < c->argc; i++) {
		const char **where = c->argv[i][0] == '@' ? &q.when : &q.signal;

		if (*where)
			ok = err_set(err, ERR_USAGE,
				     "why %s: one signal and one @TIME were expected", c->argv[i]);
		*where = c->argv[i];
	}
	if (ok) {
		ok = flow_why(c->w, &q, &a, err);
		if (cmd_opt(c, "--try"))
			try_and_print(c, &a.chain);
		if (ok)
			print_answer(&c->w->out, &a);
		why_answer_fini(&a);
	}
	free(path);
	return ok;
}

static bool switch_step(struct workbench *w, struct evidence *e, const char *word, struct err *err)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	if (*word < '0' || *word > '9' || *end || n == 0 || n > e->n)
		return err_set(err, ERR_USAGE, "evidence %s: the number of a step, from 1 to %zu",
			       word, e->n);
	evidence_switch(w, e, n - 1);
	return true;
}

bool cmd_evidence(struct cmd_call *c, struct err *err)
{
	struct evidence e;
	struct str text = STR_INIT;
	bool ok = evidence_read(c->w, &e, err);

	for (size_t i = 0; ok && i < c->argc; i++)
		ok = switch_step(c->w, &e, c->argv[i], err);
	if (ok) {
		evidence_list(&e, &text);
		report_text(&c->w->out, "%s", str_cstr(&text));
	}
	str_free(&text);
	evidence_fini(&e);
	return ok;
}
