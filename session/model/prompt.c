/* From the pieces of a project to the messages of a request.
 *
 *	system		instructions; the spec
 *	user		files as they are now; an earlier question
 *	assistant	its answer			| as many of the
 *	user		a later question		| latest as fit
 *	assistant	its answer
 *	user		findings, cycles; what is left out; the question
 *
 * What changes least stands first, since providers charge less for a beginning
 * that they have seen before. Without earlier exchanges the two user messages
 * are one: some models' templates want the roles in turn.
 *
 * When the budget is short it goes to the instructions and the question; a
 * quarter each is kept for the spec and for the latest exchange, if that is
 * small; then come the pieces by priority, then older exchanges. Of what does
 * not fit whole the most important is cut. All is counted in rounded-up
 * tokens, block by block, so the whole never comes out larger than the sum.
 */
#include "config.h"

#include "session/model/prompt.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/prompt_inner.h"

#define MESSAGE_TOKENS 4u

struct owner {
	struct prompt p; /* first: what is given out */
	struct prompt_message *messages;
	struct prompt_part *parts; /* one a message */
	struct str *texts;	   /* of the messages */
	size_t n, cap;
	char *question;
};

/* What becomes the first and the last message of the person, and the budget. */
struct draft {
	const struct prompt_input *in;
	struct str system, files, news;
	size_t first; /* of the turns that go along */
	size_t left;  /* tokens */
};

static bool spend(size_t *left, size_t tokens)
{
	if (tokens > *left)
		return false;
	*left -= tokens;
	return true;
}

static bool say(struct draft *d, struct str *out, const char *text)
{
	bool ok = spend(&d->left, prompt_estimate(TEXT_PROSE, text, strlen(text)));

	if (ok)
		str_adds(out, text);
	return ok;
}

/* Pieces -------------------------------------------------------------------- */

/* Most important first; of two of one priority the earlier one. */
static void by_priority(const struct prompt_input *in, size_t *order)
{
	for (size_t i = 0; i < in->n_pieces; i++) {
		size_t at = i;

		while (at > 0 && in->pieces[order[at - 1]].priority > in->pieces[i].priority) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = i;
	}
}

static void add_spec(struct draft *d, size_t kept)
{
	static const char title[] = "\nThe spec of the project:\n\n";
	size_t before = d->system.len, left;
	bool cut;

	d->left += kept;
	if (kept == 0 || !say(d, &d->system, title))
		return;
	left = d->left;
	if (prompt_block("spec.md", d->in->spec, strlen(d->in->spec), true, &left, &cut,
			 &d->system))
		d->left = left;
	else
		str_cut(&d->system, before);
}

/* What is kept of the budget until it is the spec's turn. */
static size_t keep_for_spec(struct draft *d)
{
	size_t cost, kept;

	if (!d->in->spec || !d->in->spec[0])
		return 0;
	cost = prompt_block_cost("spec.md", d->in->spec, strlen(d->in->spec)) + MESSAGE_TOKENS * 4;
	kept = cost < d->left / 4 ? cost : d->left / 4;
	d->left -= kept;
	return kept;
}

/* Of the pieces between two priorities: first those that fit whole, by
 * priority, then as much of the others as may be. A large file that is named
 * does not push out a small one. */
static void choose_between(struct draft *d, int from, int to, const size_t *order,
			   struct str *blocks)
{
	const struct prompt_input *in = d->in;

	for (int cut = 0; cut < 2; cut++) {
		for (size_t i = 0; i < in->n_pieces; i++) {
			struct prompt_piece *p = &in->pieces[order[i]];
			struct str *block = &blocks[order[i]];

			if (p->priority >= from && p->priority <= to && block->len == 0)
				p->left_out = !prompt_block(p->title, p->text, p->len, cut,
							    &d->left, &p->cut, block);
		}
	}
}

static void choose(struct draft *d, const size_t *order, struct str *blocks)
{
	size_t kept = keep_for_spec(d);

	choose_between(d, INT_MIN, PIECE_NAMED, order, blocks);
	add_spec(d, kept);
	choose_between(d, PIECE_NAMED + 1, INT_MAX, order, blocks);
}

/* The files that are not there, or not whole, with their ports. */
static void add_absent(struct draft *d)
{
	const struct prompt_input *in = d->in;
	size_t untold = 0;

	for (size_t i = 0; i < in->n_pieces; i++) {
		const struct prompt_piece *p = &in->pieces[i];
		struct str line = STR_INIT;

		if (!p->left_out && !p->cut)
			continue;
		prompt_title(p->title, &line);
		str_addf(&line, p->cut ? ": only in part" : ": not here");
		str_addf(&line, "%s%s\n", p->brief && p->brief[0] ? "; " : "",
			 p->brief ? p->brief : "");
		if (spend(&d->left, prompt_estimate(TEXT_CODE, str_cstr(&line), line.len)))
			str_adds(&d->news, str_cstr(&line));
		else
			untold++;
		str_free(&line);
	}
	if (untold)
		str_addf(&d->news, "and %zu more\n", untold);
	str_addc(&d->news, '\n');
}

static const char absent_title[] =
	"For want of room these are not here, or only in part. Change such a file by\n"
	"SEARCH/REPLACE with lines that you have seen, never as a whole:\n";
#define ABSENT_MORE 8u /* tokens of "and N more" */

/* What is kept of the budget to tell of what does not fit: nothing when all
 * does. */
static size_t keep_for_absent(const struct draft *d)
{
	size_t all = 0, told = prompt_estimate(TEXT_PROSE, absent_title, sizeof(absent_title) - 1) +
			       ABSENT_MORE;

	for (size_t i = 0; i < d->in->n_pieces; i++) {
		const struct prompt_piece *p = &d->in->pieces[i];

		all += prompt_block_cost(p->title, p->text, p->len);
		told += prompt_estimate(TEXT_CODE, p->title, strlen(p->title)) + 12 +
			(p->brief ? prompt_estimate(TEXT_CODE, p->brief, strlen(p->brief)) : 0);
	}
	if (d->in->spec)
		all += prompt_block_cost("spec.md", d->in->spec, strlen(d->in->spec)) +
		       MESSAGE_TOKENS * 4;
	return all <= d->left ? 0 : told < d->left / 6 ? told : d->left / 6;
}

/* Chosen by priority, written in the order in which they were given: it is
 * the same one from request to request. */
static void add_pieces(struct draft *d)
{
	const struct prompt_input *in = d->in;
	size_t *order = mem_calloc(in->n_pieces + 1, sizeof(*order));
	struct str *blocks = mem_calloc(in->n_pieces + 1, sizeof(*blocks));
	size_t kept = keep_for_absent(d);
	bool absent = false;

	d->left -= kept;
	by_priority(in, order);
	choose(d, order, blocks);
	for (size_t i = 0; i < in->n_pieces; i++) {
		struct str *to = in->pieces[i].with_question ? &d->news : &d->files;

		if (blocks[i].len && to == &d->files && to->len == 0)
			say(d, to, "The project as it is now, as far as it matters here:\n\n");
		str_add(to, blocks[i].data, blocks[i].len);
		absent |= in->pieces[i].left_out || in->pieces[i].cut;
		str_free(&blocks[i]);
	}
	d->left += kept;
	if (absent && d->left > ABSENT_MORE + kept / 2) {
		d->left -= ABSENT_MORE;
		if (say(d, &d->news, absent_title))
			add_absent(d);
	}
	free(blocks);
	free(order);
}

/* Turns --------------------------------------------------------------------- */

static size_t turn_cost(const struct prompt_turn *t)
{
	return prompt_estimate_mixed(t->question, strlen(t->question)) +
	       prompt_estimate_mixed(t->answer, strlen(t->answer)) + 2 * MESSAGE_TOKENS;
}

/* From d->first backwards while they fit; one that does not ends it, for a
 * conversation with a hole in it misleads. */
static void take_turns(struct draft *d, size_t count)
{
	while (count-- > 0 && d->first > 0) {
		if (!spend(&d->left, turn_cost(&d->in->turns[d->first - 1])))
			return;
		d->first--;
	}
}

#define OMITTED_TOKENS 16u

static size_t turns_left_out(const struct draft *d)
{
	return d->in->turns_before + d->first;
}

static void add_omitted(struct draft *d)
{
	size_t n = turns_left_out(d);

	if (n)
		str_addf(&d->news, "[%zu earlier exchange%s of this conversation %s not here]\n\n",
			 n, n == 1 ? "" : "s", n == 1 ? "is" : "are");
}

/* Messages ------------------------------------------------------------------ */

static struct str *add_message(struct owner *o, enum prompt_role role)
{
	assert(o->n < o->cap);
	o->messages[o->n].role = role;
	return &o->texts[o->n++];
}

static void give(struct str *to, struct str *from)
{
	str_add(to, from->data, from->len);
	str_free(from);
}

static void write_messages(struct owner *o, struct draft *d)
{
	const struct prompt_input *in = d->in;
	struct str *user;

	*add_message(o, ROLE_SYSTEM) = d->system;
	user = add_message(o, ROLE_USER);
	give(user, &d->files);
	for (size_t i = d->first; i < in->n_turns; i++) {
		str_adds(user, in->turns[i].question);
		str_adds(add_message(o, ROLE_ASSISTANT), in->turns[i].answer);
		user = add_message(o, ROLE_USER);
	}
	give(user, &d->news);
	str_adds(user, in->question);
}

static struct prompt *finish(struct draft *d, size_t budget)
{
	struct owner *o = mem_zalloc(sizeof(*o));

	o->cap = 2 + 2 * (d->in->n_turns - d->first);
	o->messages = mem_calloc(o->cap, sizeof(*o->messages));
	o->parts = mem_calloc(o->cap, sizeof(*o->parts));
	o->texts = mem_calloc(o->cap, sizeof(*o->texts));
	write_messages(o, d);
	/* The instructions stay, and so does all before the question. */
	for (size_t i = 0; i < o->n; i++) {
		o->parts[i] = (struct prompt_part){ .text = str_cstr(&o->texts[i]),
						    .len = o->texts[i].len,
						    .stable = i == 0 || i + 2 == o->n };
		o->messages[i].parts = &o->parts[i];
		o->messages[i].n = 1;
	}
	o->question = mem_strdup(d->in->question);
	o->p = (struct prompt){ .messages = o->messages,
				.n = o->n,
				.question = o->question,
				.lang = d->in->lang,
				.tokens = budget - d->left,
				.turns_left_out = turns_left_out(d) };
	return &o->p;
}

/* SEARCH/REPLACE is explained when a file is long, or may not go in whole. */
static bool wants_edits(const struct prompt_input *in, size_t budget)
{
	size_t sum = 0;
	bool files = false, lengthy = false;

	for (size_t i = 0; i < in->n_pieces; i++) {
		const struct prompt_piece *p = &in->pieces[i];
		size_t lines = 0;

		for (size_t k = 0; k < p->len && lines <= PROMPT_LONG_LINES; k++)
			lines += p->text[k] == '\n';
		sum += prompt_block_cost(p->title, p->text, p->len);
		files |= !p->with_question;
		lengthy |= !p->with_question && lines > PROMPT_LONG_LINES;
	}
	return (in->answer == ANSWER_EDIT && files) || (in->answer == ANSWER_AUTO && lengthy) ||
	       sum > budget / 2;
}

struct prompt *prompt_new(const struct prompt_input *in, struct err *err)
{
	size_t told = in->budget_tokens ? in->budget_tokens : PROMPT_BUDGET;
	size_t budget = in->percent ? told * 100 / in->percent : told;
	struct draft d = { .in = in, .first = in->n_turns, .left = budget };
	struct str rules = STR_INIT;
	size_t fixed;

	prompt_instructions(in, wants_edits(in, budget), &d.system);
	prompt_rules(in, &rules);
	fixed = prompt_estimate(TEXT_PROSE, d.system.data, d.system.len) +
		prompt_estimate(TEXT_PROSE, str_cstr(&rules), rules.len) +
		prompt_estimate_mixed(in->question, strlen(in->question)) + 2 * MESSAGE_TOKENS +
		OMITTED_TOKENS;
	if (!spend(&d.left, fixed)) {
		err_set(err, ERR_LIMIT,
			"the question is too long: with the instructions it takes %zu tokens of "
			"%zu; raise prompt.budget",
			fixed, budget);
		str_free(&d.system);
		str_free(&rules);
		return NULL;
	}
	if (d.first > 0 && turn_cost(&in->turns[d.first - 1]) <= d.left / 4)
		take_turns(&d, 1);
	add_pieces(&d);
	take_turns(&d, in->n_turns);
	add_omitted(&d);
	give(&d.news, &rules);
	return finish(&d, budget);
}

void prompt_free(struct prompt *p)
{
	struct owner *o = (struct owner *)p;

	if (!o)
		return;
	for (size_t i = 0; i < o->n; i++)
		str_free(&o->texts[i]);
	free(o->texts);
	free(o->messages);
	free(o->parts);
	free(o->question);
	free(o);
}

static void view_part(const struct prompt_part *p, struct str *out)
{
	switch (p->kind) {
	case PROMPT_TEXT:
		str_add(out, p->text, p->len);
		break;
	case PROMPT_IMAGE:
		str_addf(out, "[image %s, %zu bytes]", p->name, p->len);
		break;
	case PROMPT_CALL:
		str_addf(out, "[calls %s %s] %.*s", p->name, p->id, (int)p->len, p->text);
		break;
	case PROMPT_RESULT:
		str_addf(out, "[%s %s] %.*s", p->failed ? "failure of" : "result of", p->id,
			 (int)p->len, p->text);
		break;
	case PROMPT_OPAQUE:
		str_addf(out, "[%s, %zu bytes]", p->name, p->len);
		break;
	}
	if ((p->kind == PROMPT_TEXT && p->len == 0) || out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
}

void prompt_view(const struct prompt *p, struct str *out)
{
	static const char *const roles[] = { "system", "user", "assistant" };

	for (size_t i = 0; i < p->n; i++) {
		str_addf(out, "%s[%s]\n", i ? "\n" : "", roles[p->messages[i].role]);
		for (size_t k = 0; k < p->messages[i].n; k++)
			view_part(&p->messages[i].parts[k], out);
	}
	for (size_t i = 0; i < p->n_tools; i++)
		str_addf(out, "%s[tool %s]\n%s\n%s\n", i ? "" : "\n", p->tools[i].name,
			 p->tools[i].description, p->tools[i].schema);
}
