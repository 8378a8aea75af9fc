/* clarify: asks what a spec leaves open, before any code is written.
 *
 *	rules ------> what is open ---+
 *	model ------> questions ------+--> at most five --> person --> requirements
 *
 * The rules run first and need no model. The model is told what they ask, so that it
 * asks something else. A model that ignores the required form is told once; anything
 * beyond five questions is not read. Each answer becomes a numbered requirement,
 * suggested for spec.md. Unanswered points stay open and are reported.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/base/task.h"
#include "session/flow/flow_kit.h"
#include "session/flow/flow_rows.h"
#include "session/flow/require.h"
#include "session/flow/spec.h"
#include "session/text/slice.h"
#include "session/workbench/workbench.h"

#define QUESTIONS_MAX 5u
#define TRIES	      2u
#define RULES_FIRST   3u /* number of rule questions asked before the model's */
#define OPTIONS_MAX   6u
#define QUESTION_MAX  300u /* bytes; a longer line is not taken as a question */
#define OPTION_MAX    120u

struct question {
	char *text, *answer; /* answer NULL: none */
	char *requirement;   /* form for require_sentence(); NULL for the model's questions */
	struct strv options;
	bool by_model;
};

struct clarify {
	struct str text;
	struct spec spec;
	struct spec_opens open;
	struct question model[QUESTIONS_MAX];
	size_t n_model;
	bool cut;	    /* the last answer was cut off */
	struct str unheard; /* why the model's questions are not known; empty: they are */
	struct question asked[QUESTIONS_MAX];
	size_t n_asked, n_answered;
};

static void question_fini(struct question *q)
{
	free(q->text);
	free(q->requirement);
	free(q->answer);
	strv_free(&q->options);
}

static void clarify_fini(void *own)
{
	struct clarify *c = own;

	for (size_t i = 0; i < c->n_model; i++)
		question_fini(&c->model[i]);
	for (size_t i = 0; i < c->n_asked; i++)
		question_fini(&c->asked[i]);
	spec_opens_fini(&c->open);
	spec_fini(&c->spec);
	str_free(&c->unheard);
	str_free(&c->text);
}

/* Rules ------------------------------------------------------------------------------ */

static void tell_open(const struct clarify *c, struct str *out)
{
	for (size_t i = 0; i < c->open.n; i++) {
		const struct spec_open *o = &c->open.v[i];

		str_adds(out, "spec.md");
		if (o->line)
			str_addf(out, ":%d", o->line);
		str_addf(out, ": %s: %s\n", o->rule, o->what);
	}
}

/* Runs on the thread pool: a spec of 1 MB takes a second. */
static void read_and_check(void *ctx)
{
	struct clarify *c = ctx;

	spec_read(&c->spec, str_cstr(&c->text), c->text.len);
	spec_check(&c->spec, &c->open);
}

static bool by_rules(struct flow *f, struct str *said, struct err *err)
{
	struct clarify *c = f->own;

	if (!flow_text_whole(f, "spec.md", &c->text, err))
		return false;
	if (!task_work(f->w->loop, read_and_check, c, NULL, err))
		return false;
	str_addf(said, "%zu requirement%s, %zu thing%s left open\n", spec_numbered(&c->spec),
		 spec_numbered(&c->spec) == 1 ? "" : "s", c->open.n, c->open.n == 1 ? "" : "s");
	tell_open(c, said);
	return true;
}

/* The model -------------------------------------------------------------------------- */

static void words_for_model(void *ctx, const struct strv *faults, struct str *out)
{
	const struct clarify *c = ctx;

	str_adds(out,
		 "Below is the specification of a hardware design, for which code will be "
		 "written. Which questions does it leave open whose answers change that code? Ask "
		 "at most five, the most important first, each about one thing.\n"
		 "Write no code and nothing else but this, for each question:\n\n"
		 "Q: the question, on one line\n- a possible answer\n- another possible answer\n\n"
		 "If it leaves nothing open, write the one word NONE.\n");
	if (faults->n)
		str_adds(out, "Your last answer had neither a line that begins with \"Q:\" nor the "
			      "word NONE: keep to the form.\n");
	if (c->open.n)
		str_adds(out, "\nThese are asked already, ask for something else:\n");
	for (size_t i = 0; i < c->open.n; i++)
		if (c->open.v[i].question[0])
			str_addf(out, "- %s\n", c->open.v[i].question);
	str_adds(out, "\nThe specification:\n\n");
	str_add(out, str_cstr(&c->text), c->text.len);
}

/* The question in "Q: ...", "**Q2:** ...", "Q3. ..."; empty for any other line. */
static struct slice question_of(struct slice l)
{
	struct slice t = slice_trim(l);
	size_t n = 0;

	while (t.n && strchr("*#->", t.p[0]))
		t = slice_trim(slice_from(t, 1));
	if (t.n == 0 || (t.p[0] != 'Q' && t.p[0] != 'q'))
		return (struct slice){ t.p, 0 };
	for (n = 1; n < t.n && t.p[n] >= '0' && t.p[n] <= '9';)
		n++;
	if (n == t.n || !strchr(":.)*", t.p[n]))
		return (struct slice){ t.p, 0 };
	while (n < t.n && strchr(":.)* ", t.p[n]))
		n++;
	return slice_trim(slice_from(t, n));
}

static struct slice option_of(struct slice l)
{
	struct slice t = slice_trim(l);

	if (t.n < 2 || !strchr("-*+", t.p[0]) || t.p[1] != ' ')
		return (struct slice){ t.p, 0 };
	return slice_trim(slice_from(t, 2));
}

/* Replaces control bytes, because a card shows the line as it is. */
static char *clean(struct slice s)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < s.n; i++)
		str_addc(&out, (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ? ' ' : s.p[i]);
	return str_take(&out);
}

static bool is_asked(const struct clarify *c, const char *text)
{
	for (size_t i = 0; i < c->n_model; i++)
		if (strcasecmp(c->model[i].text, text) == 0)
			return true;
	for (size_t i = 0; i < c->open.n; i++)
		if (strcasecmp(c->open.v[i].question, text) == 0)
			return true;
	return false;
}

static struct question *take_question(struct clarify *c, struct slice text)
{
	struct question *q = &c->model[c->n_model];
	char *line = text.n <= QUESTION_MAX && c->n_model < QUESTIONS_MAX ? clean(text) : NULL;

	if (!line || is_asked(c, line)) {
		free(line);
		return NULL;
	}
	*q = (struct question){ .text = line, .by_model = true };
	c->n_model++;
	return q;
}

/* A fault if no line has the required form. A last line without a newline in a
 * truncated answer is dropped, because it may be half a question. */
static bool read_questions(void *ctx, const struct flow_answer *a, struct strv *faults,
			   struct err *err)
{
	struct clarify *c = ctx;
	struct slice rest = { str_cstr(&a->text), a->text.len };
	struct question *now = NULL;
	bool any = false;

	while (rest.n) {
		struct slice line = slice_line(&rest), l = slice_chomp(line);
		struct slice text = question_of(l), option = option_of(l);

		if (a->cut && rest.n == 0 && l.n == line.n)
			break;
		any |= text.n > 0 || slice_is(slice_trim(l), "NONE");
		if (text.n)
			now = take_question(c, text);
		else if (option.n && option.n <= OPTION_MAX && now && now->options.n < OPTIONS_MAX)
			strv_give(&now->options, clean(option));
	}
	c->cut = a->cut;
	if (!any)
		strv_add(faults, "the model does not keep to the form, even when reminded of it");
	return true;
}

/* The rules' questions do not depend on the model, so its failure does not end the flow. */
static bool by_model(struct flow *f, struct str *said, struct err *err)
{
	struct clarify *c = f->own;
	const struct flow_form form = { TRIES, words_for_model, read_questions, c };
	struct strv faults = STRV_INIT;
	struct err why = { 0 };
	bool ok = flow_model_form(f, &form, &faults, &why);

	if (c->cut)
		str_adds(said, "the answer was cut off; ");
	if (!ok && why.code != ERR_CANCELLED && f->out->stopped.len == 0) {
		str_addf(&c->unheard, "the model did not answer (%s)", why.text);
		ok = true;
	} else if (ok && faults.n) {
		str_adds(&c->unheard, faults.v[0]);
	}
	strv_free(&faults);
	if (!ok)
		return err_copy(err, &why);
	if (c->unheard.len)
		str_addf(said, "%s; ", str_cstr(&c->unheard));
	str_addf(said, "%zu question%s\n", c->n_model, count_s(c->n_model));
	for (size_t i = 0; i < c->n_model; i++)
		str_addf(said, "%s\n", c->model[i].text);
	return true;
}

/* The person ------------------------------------------------------------------------- */

static void choose_rule(struct clarify *c, const struct spec_open *o)
{
	struct question *q = &c->asked[c->n_asked];

	if (c->n_asked == QUESTIONS_MAX || !o->question[0])
		return;
	*q = (struct question){ .text = mem_strdup(o->question),
				.requirement = mem_strdup(o->requirement) };
	strv_addv(&q->options, o->options ? o->options : (const char *const[]){ NULL });
	c->n_asked++;
}

static void choose(struct clarify *c)
{
	size_t rule = 0, seen = 0;

	for (; rule < c->open.n && seen < RULES_FIRST; rule++) {
		choose_rule(c, &c->open.v[rule]);
		seen = c->n_asked;
	}
	for (size_t i = 0; i < c->n_model && c->n_asked < QUESTIONS_MAX; i++) {
		c->asked[c->n_asked++] = c->model[i];
		c->model[i] = (struct question){ .text = NULL };
	}
	for (; rule < c->open.n; rule++)
		choose_rule(c, &c->open.v[rule]);
}

/* Interprets an answer as the card does: a number selects an option. */
static char *answer_of(const struct question *q, const char *word)
{
	char *end;
	unsigned long n = strtoul(word, &end, 10);

	return !*end && n >= 1 && n <= q->options.n ? mem_strdup(q->options.v[n - 1])
						    : clean(slice_of(word));
}

/* "-" leaves a question open. */
static void take_words(const struct flow *f, struct clarify *c)
{
	for (size_t i = 0; i < c->n_asked && i < f->argc; i++)
		if (f->argv[i][0] && strcmp(f->argv[i], "-") != 0) {
			c->asked[i].answer = answer_of(&c->asked[i], f->argv[i]);
			c->n_answered++;
		}
}

/* A person who leaves one question unanswered is not asked the rest. */
static bool take_card(struct flow *f, struct clarify *c, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < c->n_asked; i++) {
		struct question *q = &c->asked[i];
		char *text = str_fmt("%s (%zu of %zu)", q->text, i + 1, c->n_asked);
		const struct person_question asked = {
			.text = text, .options = q->options.v, .n = q->options.n, .free_text = true
		};

		ok = flow_person(f, &asked, &q->answer, err);
		free(text);
		if (!q->answer)
			break;
		c->n_answered++;
	}
	return ok;
}

static void tell_questions(const struct clarify *c, struct str *out)
{
	for (size_t i = 0; i < c->n_asked; i++) {
		const struct question *q = &c->asked[i];

		str_addf(out, "%zu. %s%s\n", i + 1, q->text,
			 q->by_model ? " (asked by the model)" : "");
		for (size_t k = 0; k < q->options.n && !q->answer; k++)
			str_addf(out, "   - %s\n", q->options.v[k]);
		if (q->answer)
			str_addf(out, "   answered: %s\n", q->answer);
	}
}

static bool answers(struct flow *f, struct str *said, struct err *err)
{
	struct clarify *c = f->own;
	bool ok = true, asks = f->w->out.question != NULL;
	size_t open = c->open.n + c->n_model;

	choose(c);
	if (f->argc)
		take_words(f, c);
	else if (asks)
		ok = take_card(f, c, err);
	if (c->n_asked == 0)
		str_adds(said, "nothing to ask\n");
	else if (f->argc || asks)
		str_addf(said, "%zu of %zu answered\n", c->n_answered, c->n_asked);
	else
		str_addf(said,
			 "nobody to ask: %zu question%s; give answers as words, in order: posedge "
			 "clarify \"ANSWER\" ... (\"-\": none)\n",
			 c->n_asked, c->n_asked == 1 ? "" : "s");
	/* Includes open points that had no question. */
	if (c->n_answered < open || c->unheard.len)
		f->out->end = FLOW_FOUND;
	return ok;
}

/* Requirements ----------------------------------------------------------------------- */

static bool suggest(struct flow *f, struct str *said, struct err *err)
{
	struct clarify *c = f->own;
	struct strv lines = STRV_INIT;
	bool ok;

	for (size_t i = 0; i < c->n_asked; i++) {
		const struct question *q = &c->asked[i];
		struct err why;
		char *line = q->answer ? require_sentence(q->text, q->requirement, q->answer, &why)
				       : NULL;

		if (line)
			strv_give(&lines, line);
		else if (q->answer)
			str_addf(said, "%zu. makes no requirement: %s\n", i + 1, why.text);
		if (q->answer && !line)
			f->out->end = FLOW_FOUND;
	}
	ok = flow_require(f, &lines, err);
	if (ok && lines.n)
		str_addf(said, "spec.md: %zu more requirement%s, to be decided in review\n",
			 lines.n, lines.n == 1 ? "" : "s");
	strv_free(&lines);
	return ok;
}

static void tell(const struct flow *f, struct str *out)
{
	const struct clarify *c = f->own;

	tell_open(c, out);
	tell_questions(c, out);
	if (c->unheard.len)
		str_addf(out, "checked by rules only: %s\n", str_cstr(&c->unheard));
}

static const struct flow_step steps[] = {
	{ "rules", "what the spec leaves open, by rules", 0, by_rules },
	{ "model", "what else it leaves open, by the model", FLOW_NEEDS_MODEL, by_model },
	{ "answers", "at most five questions to the person", FLOW_WAITS, answers },
	{ "requirements", "answers as numbered requirements", FLOW_KEEPS, suggest },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_clarify = {
	.name = "clarify",
	.about = "ask what the spec leaves open, before any code is written",
	.needs = FLOW_NEEDS_SPEC,
	.steps = steps,
	.size = sizeof(struct clarify),
	.fini = clarify_fini,
	.tell = tell,
};
