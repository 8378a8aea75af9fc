/* why: the statement that assigned a value, and where its inputs came from. */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>

#include "session/base/str.h"
#include "session/check/evidence.h"
#include "session/check/flow_why.h"
#include "session/command/why_try.h"
#include "session/workbench/workbench.h"

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
		why_print(&a->chain, &a->unit, &text);
		report_text(out, "%s", str_cstr(&text));
	}
	for (size_t i = 0; i < a->notes.n; i++)
		report_note(out, "%s", a->notes.v[i]);
	str_free(&text);
}

bool cmd_why(struct cmd_call *c, struct err *err)
{
	const char *wave = cmd_opt(c, "--wave");
	struct why_question q = { 0 };
	struct why_answer a;
	struct err unable;
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
		if (cmd_opt(c, "--try") && !why_try(c->w, &a.chain, &c->w->out, &unable))
			report_note(&c->w->out, "%s",
				    unable.text); /* the chain is an answer, too */
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
