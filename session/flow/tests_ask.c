/* What `tests` asks for: stimuli, a reference and checks, each in a question of its
 * own and judged by rules before the next. The model gets the requirements and the
 * ports but never the design, because a reference derived from the design would
 * repeat its mistakes. */
#include "config.h"

#include "session/base/count.h"
#include "session/flow/tests_steps.h"
#include "session/text/slice.h"

#define TRIES 2u

static void begin(const struct testing *g, const char *wrong, struct str *out)
{
	str_addf(out,
		 "A testbench for the hardware module %s is made in small steps, from its "
		 "requirements alone.\n",
		 g->module);
	if (wrong)
		str_addf(out, "Your last answer could not be used: %s.\n", wrong);
}

static void end(const struct testing *g, struct str *out)
{
	str_addf(out, "\nThe ports of %s:\n", g->m->name);
	flow_add_ports(g->m, out);
	str_addf(out, "\nThe requirements:\n\n%s\n", str_cstr(&g->spec_text));
}

static void ask_stimuli(const struct testing *g, const char *wrong, struct str *out)
{
	begin(g, wrong, out);
	str_addf(
		out,
		"\nThis step: the stimuli. Write one block of Verilog statements, as they stand in "
		"an initial block: set inputs by blocking assignments and call %s; to let one "
		"cycle pass. Clock, reset at the beginning and checks are there already, and so "
		"are integers tb_i and tb_j for loops. No delays, no @, no $finish, no "
		"declarations. Go through "
		"the requirements one by one, each with a comment that names it (// R1), with "
		"corners and with some hundred cycles of $urandom at the end.\n",
		g->parts.tick);
	end(g, out);
}

static void ask_reference(const struct testing *g, const char *wrong, struct str *out)
{
	begin(g, wrong, out);
	str_addf(out,
		 "\nThis step: the reference model. Write one module %s_ref in Verilog-2001, with "
		 "exactly the ports and parameters below, that does what the requirements say, as "
		 "simply as possible: it need not be synthesizable. Where they leave a value open, "
		 "let it be x.\n",
		 g->module);
	end(g, out);
}

static void ask_checks(const struct testing *g, const char *wrong, struct str *out)
{
	begin(g, wrong, out);
	str_adds(
		out,
		"\nThis step: the checks. Write one line for each requirement that can be checked, "
		"with its number and a Verilog expression that is true in every cycle in which all "
		"is well, and nothing else:\n\nR1: q === ref_q\nR2: !(full && empty)\n\n"
		"Outputs have their names; what the reference model has is ref_ and the name. "
		"Inputs are those of the same cycle. No $past: what spans cycles the reference "
		"knows.\n");
	end(g, out);
}

static void ask_more(const struct testing *g, struct str *out)
{
	begin(g, NULL, out);
	str_adds(out, "\nThese are its stimuli:\n\n```verilog\n");
	str_add(out, str_cstr(&g->parts.stimuli), g->parts.stimuli.len);
	str_adds(out, "\n```\n\nThey are too weak:\n");
	for (size_t i = 0; i < g->trust.why.n; i++)
		str_addf(out, "- %s\n", g->trust.why.v[i]);
	if (g->trust.survivors.n)
		str_adds(out, "\nThese changes of the design, which are wrong, were not noticed "
			      "(line, as it is, as it was changed):\n\n");
	for (size_t i = 0; i < g->trust.survivors.n; i++)
		str_addf(out, "- %s\n", g->trust.survivors.v[i]);
	str_adds(out, "\nWrite more statements of the same kind, to stand behind these, that bring "
		      "the design into states that it has not been in.\n");
	end(g, out);
}

/* Asking ---------------------------------------------------------------------------------- */

struct part {
	const char *name;
	void (*ask)(const struct testing *g, const char *wrong, struct str *out);
	bool (*take)(struct testing *g, const struct flow_answer *a, struct str *why);
};

static bool take_stimuli(struct testing *g, const struct flow_answer *a, struct str *why)
{
	return tests_take_stimuli(&g->parts, str_cstr(&a->text), a->text.len, why);
}

static bool take_reference(struct testing *g, const struct flow_answer *a, struct str *why)
{
	return tests_take_reference(&g->parts, g->m, str_cstr(&a->text), a->text.len, why);
}

static bool take_checks(struct testing *g, const struct flow_answer *a, struct str *why)
{
	return tests_take_checks(&g->parts, &g->spec, str_cstr(&a->text), a->text.len, why);
}

static const struct part parts[] = {
	{ "stimuli", ask_stimuli, take_stimuli },
	{ "reference", ask_reference, take_reference },
	{ "checks", ask_checks, take_checks },
};

struct asked {
	struct testing *g;
	const struct part *p;
};

static void ask_part(void *ctx, const struct strv *faults, struct str *out)
{
	const struct asked *a = ctx;

	a->p->ask(a->g, faults->n ? faults->v[0] : NULL, out);
}

static bool take_part(void *ctx, const struct flow_answer *answer, struct strv *faults,
		      struct err *err)
{
	const struct asked *a = ctx;
	struct str why = STR_INIT;

	if (!a->p->take(a->g, answer, &why))
		strv_addf(faults, "%s%s", str_cstr(&why),
			  answer->loops ? ", and the model repeats itself" : "");
	str_free(&why);
	return true;
}

/* Fails with ERR_PARSE if no answer is usable. */
static bool ask(struct flow *f, const struct part *p, struct err *err)
{
	struct asked a = { f->own, p };
	const struct flow_form form = { TRIES, ask_part, take_part, &a };
	struct strv faults = STRV_INIT;
	bool ok = flow_model_form(f, &form, &faults, err);

	if (ok && faults.n)
		ok = err_set(err, ERR_PARSE, "no %s came of %u answers: %s", p->name, TRIES,
			     faults.v[0]);
	strv_free(&faults);
	return ok;
}

static size_t lines(const struct str *text)
{
	return slice_lines((struct slice){ str_cstr(text), text->len });
}

bool testing_stimuli(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;

	if (g->given)
		return true;
	if (!ask(f, &parts[0], err))
		return false;
	str_addf(said, "%zu line%s\n%s\n", lines(&g->parts.stimuli),
		 count_s(lines(&g->parts.stimuli)), str_cstr(&g->parts.stimuli));
	return true;
}

bool testing_reference(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;

	if (g->given)
		return true;
	if (!ask(f, &parts[1], err))
		return false;
	str_addf(said, "%s_ref, %zu line%s\n%s", g->module, lines(&g->parts.reference),
		 count_s(lines(&g->parts.reference)), str_cstr(&g->parts.reference));
	return true;
}

bool testing_checks(struct flow *f, struct str *said, struct err *err)
{
	struct testing *g = f->own;
	size_t asked;

	if (g->given)
		return true;
	if (!ask(f, &parts[2], err))
		return false;
	asked = g->parts.n_checks;
	tests_add_rest(&g->parts, &g->spec, g->m);
	str_addf(said, "%zu by the model%s, %zu by rule\n", asked,
		 g->parts.checks_left ? ", and no more are taken" : "", g->parts.n_checks - asked);
	for (size_t i = 0; i < g->parts.n_checks; i++)
		str_addf(said, "%s: %s\n", g->parts.checks[i].id, g->parts.checks[i].text);
	g->whole = true;
	testing_write(g);
	return true;
}

bool testing_more(struct flow *f, bool *any, struct err *err)
{
	struct testing *g = f->own;
	struct tests_parts more = { .tick = g->parts.tick };
	struct str question = STR_INIT, why = STR_INIT;
	struct flow_answer a;
	bool ok;

	ask_more(g, &question);
	ok = flow_model(f, "ask", str_cstr(&question), &a, err);
	*any = ok && tests_take_stimuli(&more, str_cstr(&a.text), a.text.len, &why);
	if (*any) {
		str_addc(&g->parts.stimuli, '\n');
		str_add(&g->parts.stimuli, more.stimuli.data, more.stimuli.len);
	}
	flow_answer_fini(&a);
	tests_parts_fini(&more);
	str_free(&question);
	str_free(&why);
	return ok;
}

bool testing_second(struct flow *f, struct err *err)
{
	struct testing *g = f->own;
	struct tests_parts other = { .tick = g->parts.tick };
	struct str question = STR_INIT, why = STR_INIT;
	struct flow_answer a;
	bool ok;

	ask_reference(g, NULL, &question);
	str_adds(&question,
		 "\nTwo engineers do this step, each without the other: you are the second.\n");
	ok = flow_model(f, "ask", str_cstr(&question), &a, err);
	if (ok && tests_take_reference(&other, g->m, str_cstr(&a.text), a.text.len, &why)) {
		str_clear(&g->second);
		str_add(&g->second, other.reference.data, other.reference.len);
	}
	flow_answer_fini(&a);
	tests_parts_fini(&other);
	str_free(&question);
	str_free(&why);
	return ok;
}

void testing_write(struct testing *g)
{
	str_clear(&g->text);
	tests_write(&g->parts, g->m, g->name, false, &g->text);
}
