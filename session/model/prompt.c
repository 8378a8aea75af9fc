/* From the pieces of a project to the messages of a request.
 *
 *   system     instructions; the spec
 *   user       current files; an earlier question
 *   assistant  its answer                          | as many of the
 *   user       a later question                    | latest as fit
 *   assistant  its answer
 *   user       findings, cycles; what is left out; the question
 *
 * What changes least comes first, since providers charge less for a prefix that they
 * have cached. Without earlier exchanges the two user messages are merged: some models'
 * templates require alternating roles.
 *
 * The budget goes to the instructions and the question first; up to a quarter each is
 * reserved for the spec and for the latest exchange, if that is small; then come the
 * pieces by priority, then older exchanges. Of the pieces that do not fit, the most
 * important are cut. Tokens are rounded up block by block, so the total never exceeds
 * the sum.
 *
 * This is how a request is laid out anew. Where the previous one can be continued,
 * prompt_next.c does that instead.
 */
#include "config.h"

#include "session/model/prompt.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/prompt_inner.h"

/* False: not enough left, and nothing is spent. */
static bool prompt_spend(size_t *left, size_t tokens)
{
	if (tokens > *left)
		return false;
	*left -= tokens;
	return true;
}

/* Adds an entry for the text of draft place `at` from offset `from` on. */
static void note(struct draft *d, enum entry_kind kind, enum entry_state state, const char *name,
		 enum draft_place at, size_t from, size_t tokens)
{
	struct prompt_entry e = { .kind = kind,
				  .state = state,
				  .name = (char *)name,
				  .message = at,
				  .from = from,
				  .len = d->text[at].len - from,
				  .tokens = tokens };

	entries_add(&d->list, &e);
}

static void note_left_out(struct draft *d, enum entry_kind kind, const char *name, size_t len,
			  size_t tokens)
{
	entries_add(&d->list, &(struct prompt_entry){ .kind = kind,
						      .state = ENTRY_NO_ROOM,
						      .name = (char *)name,
						      .len = len,
						      .tokens = tokens });
}

static bool say(struct draft *d, struct str *out, const char *text)
{
	bool ok = prompt_spend(&d->left, prompt_estimate(TEXT_PROSE, text, strlen(text)));

	if (ok)
		str_adds(out, text);
	return ok;
}

/* Pieces -------------------------------------------------------------------- */

/* Most important first; stable. */
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
	size_t before = d->text[AT_SYSTEM].len, left = d->left + kept, all = left;
	bool cut = false, there = false;

	d->left += kept;
	if (kept && prompt_spend(&left, prompt_estimate(TEXT_PROSE, prompt_spec_title,
							strlen(prompt_spec_title)))) {
		str_adds(&d->text[AT_SYSTEM], prompt_spec_title);
		there = prompt_block("spec.md", d->in->spec, strlen(d->in->spec), true, &left, &cut,
				     &d->text[AT_SYSTEM]);
	}
	if (there)
		d->left = left;
	else
		str_cut(&d->text[AT_SYSTEM], before);
	if (there)
		note(d, ENTRY_SPEC, cut ? ENTRY_CUT : ENTRY_WHOLE, "spec.md", AT_SYSTEM, before,
		     all - left);
	else if (d->in->spec && d->in->spec[0])
		note_left_out(d, ENTRY_SPEC, "spec.md", strlen(d->in->spec),
			      prompt_block_cost("spec.md", d->in->spec, strlen(d->in->spec)));
}

/* Reserves budget until the spec is added. */
static size_t keep_for_spec(struct draft *d)
{
	size_t cost, kept;

	if (!d->in->spec || !d->in->spec[0])
		return 0;
	cost = prompt_block_cost("spec.md", d->in->spec, strlen(d->in->spec)) +
	       PROMPT_MESSAGE_TOKENS * 4;
	kept = cost < d->left / 4 ? cost : d->left / 4;
	d->left -= kept;
	return kept;
}

/* Adds the pieces between two priorities: first those that fit whole, by priority, then
 * as much of the others as fits. So a large file does not displace a small one. */
static void choose_between(struct draft *d, int from, int to, const size_t *order,
			   struct str *blocks, size_t *costs)
{
	const struct prompt_input *in = d->in;

	for (int cut = 0; cut < 2; cut++) {
		for (size_t i = 0; i < in->n_pieces; i++) {
			struct prompt_piece *p = &in->pieces[order[i]];
			struct str *block = &blocks[order[i]];

			if (p->off || p->priority < from || p->priority > to || block->len)
				continue;
			costs[order[i]] = d->left;
			p->left_out = !prompt_block(p->title, p->text, p->len, cut, &d->left,
						    &p->cut, block);
			costs[order[i]] -= d->left;
		}
	}
}

static void choose(struct draft *d, const size_t *order, struct str *blocks, size_t *costs)
{
	size_t kept = keep_for_spec(d);

	choose_between(d, INT_MIN, PIECE_NAMED, order, blocks, costs);
	add_spec(d, kept);
	choose_between(d, PIECE_NAMED + 1, INT_MAX, order, blocks, costs);
}

/* Lists the files that are missing or cut, with their ports. */
static void add_absent(struct draft *d)
{
	const struct prompt_input *in = d->in;
	size_t untold = 0;

	for (size_t i = 0; i < in->n_pieces; i++) {
		const struct prompt_piece *p = &in->pieces[i];
		struct str line = STR_INIT;

		if (p->off || p->derived || (!p->left_out && !p->cut))
			continue;
		prompt_title(p->title, &line);
		str_addf(&line, p->cut ? ": only in part" : ": not here");
		str_addf(&line, "%s%s\n", p->brief && p->brief[0] ? "; " : "",
			 p->brief ? p->brief : "");
		if (prompt_spend(&d->left, prompt_estimate(TEXT_CODE, str_cstr(&line), line.len)))
			str_adds(&d->text[AT_NEWS], str_cstr(&line));
		else
			untold++;
		str_free(&line);
	}
	if (untold)
		str_addf(&d->text[AT_NEWS], "and %zu more\n", untold);
	str_addc(&d->text[AT_NEWS], '\n');
}

static const char absent_title[] =
	"For want of room these are not here, or only in part. Change such a file by\n"
	"SEARCH/REPLACE with lines that you have seen, never as a whole:\n";
#define ABSENT_MORE 8u /* tokens of "and N more" */

/* Budget reserved for the list of what does not fit; 0 when everything fits. */
static size_t keep_for_absent(const struct draft *d)
{
	size_t all = 0, told = prompt_estimate(TEXT_PROSE, absent_title, sizeof(absent_title) - 1) +
			       ABSENT_MORE;

	for (size_t i = 0; i < d->in->n_pieces; i++) {
		const struct prompt_piece *p = &d->in->pieces[i];

		if (p->off)
			continue;
		all += prompt_block_cost(p->title, p->text, p->len);
		told += prompt_estimate(TEXT_CODE, p->title, strlen(p->title)) + 12 +
			(p->brief ? prompt_estimate(TEXT_CODE, p->brief, strlen(p->brief)) : 0);
	}
	if (d->in->spec)
		all += prompt_block_cost("spec.md", d->in->spec, strlen(d->in->spec)) +
		       PROMPT_MESSAGE_TOKENS * 4;
	return all <= d->left ? 0 : told < d->left / 6 ? told : d->left / 6;
}

/* Chosen by priority but written in the given order, which is the same from request to
 * request. */
static void add_pieces(struct draft *d)
{
	const struct prompt_input *in = d->in;
	size_t *order = mem_calloc(in->n_pieces + 1, sizeof(*order));
	struct str *blocks = mem_calloc(in->n_pieces + 1, sizeof(*blocks));
	size_t *costs = mem_calloc(in->n_pieces + 1, sizeof(*costs));
	size_t kept = keep_for_absent(d), before;
	bool absent = false;

	d->left -= kept;
	by_priority(in, order);
	choose(d, order, blocks, costs);
	for (size_t i = 0; i < in->n_pieces; i++) {
		const struct prompt_piece *p = &in->pieces[i];
		enum draft_place at = p->with_question ? AT_NEWS : AT_FILES;
		enum entry_kind kind = prompt_piece_kind(p);

		if (blocks[i].len && at == AT_FILES && d->text[at].len == 0)
			say(d, &d->text[at],
			    "The project as it is now, as far as it matters here:\n\n");
		before = d->text[at].len;
		str_add(&d->text[at], blocks[i].data, blocks[i].len);
		if (blocks[i].len)
			note(d, kind, p->cut ? ENTRY_CUT : ENTRY_WHOLE, p->title, at, before,
			     costs[i]);
		else if (!p->off)
			note_left_out(d, kind, p->title, p->len,
				      prompt_block_cost(p->title, p->text, p->len));
		absent |= !p->derived && (p->left_out || p->cut);
		str_free(&blocks[i]);
	}
	d->left += kept;
	if (absent && d->left > ABSENT_MORE + kept / 2) {
		size_t left = d->left;

		before = d->text[AT_NEWS].len;
		d->left -= ABSENT_MORE;
		if (say(d, &d->text[AT_NEWS], absent_title))
			add_absent(d);
		if (d->text[AT_NEWS].len > before)
			note(d, ENTRY_ABSENT, ENTRY_WHOLE, "what is not here", AT_NEWS, before,
			     left - d->left);
	}
	free(costs);
	free(blocks);
	free(order);
}

/* Turns --------------------------------------------------------------------- */

static size_t prompt_turn_cost(const struct prompt_turn *t)
{
	return prompt_estimate_mixed(t->question, strlen(t->question)) +
	       prompt_estimate_mixed(t->answer, strlen(t->answer)) + 2 * PROMPT_MESSAGE_TOKENS;
}

/* Takes turns from d->first backwards while they fit and stops at the first that does
 * not: a conversation with a hole in it misleads. */
static void take_turns(struct draft *d, size_t count)
{
	while (count-- > 0 && d->first > 0) {
		if (!prompt_spend(&d->left, prompt_turn_cost(&d->in->turns[d->first - 1])))
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
		str_addf(&d->text[AT_NEWS],
			 "[%zu earlier exchange%s of this conversation %s not here]\n\n", n,
			 n == 1 ? "" : "s", n == 1 ? "is" : "are");
}

/* Messages ------------------------------------------------------------------ */

static void note_turn(struct draft *d, size_t i, const struct owner *o, size_t from, bool answered)
{
	const struct prompt_turn *t = &d->in->turns[i];
	const char *text = answered ? t->answer : t->question;
	size_t message = o->n - 1;
	struct prompt_entry e = { .kind = answered ? ENTRY_ANSWERED : ENTRY_ASKED,
				  .exchange = t->n,
				  .message = message + AT_TURNS,
				  .from = from,
				  .len = strlen(text),
				  .tokens = prompt_estimate_mixed(text, strlen(text)) +
					    PROMPT_MESSAGE_TOKENS };

	e.name = prompt_first_line(t->question);
	entries_add(&d->list, &e);
	free(e.name);
}

/* Replaces draft places in the entries by the final message numbers. */
static void settle(struct draft *d, size_t news_message, size_t news_at)
{
	for (size_t i = 0; i < d->list.n; i++) {
		struct prompt_entry *e = &d->list.v[i];

		if (!entry_is_sent(e))
			continue;
		if (e->message == AT_NEWS) {
			e->message = news_message;
			e->from += news_at;
		} else if (e->message >= AT_TURNS) {
			e->message -= AT_TURNS;
		}
	}
}

static void write_messages(struct owner *o, struct draft *d)
{
	const struct prompt_input *in = d->in;
	struct str *user;
	size_t at;

	*owner_message(o, ROLE_SYSTEM) = d->text[AT_SYSTEM];
	user = owner_message(o, ROLE_USER);
	str_add(user, d->text[AT_FILES].data, d->text[AT_FILES].len);
	for (size_t i = d->first; i < in->n_turns; i++) {
		at = user->len;
		str_adds(user, in->turns[i].question);
		note_turn(d, i, o, at, false);
		str_adds(owner_message(o, ROLE_ASSISTANT), in->turns[i].answer);
		note_turn(d, i, o, 0, true);
		user = owner_message(o, ROLE_USER);
	}
	at = user->len;
	str_add(user, d->text[AT_NEWS].data, d->text[AT_NEWS].len);
	settle(d, o->n - 1, at);
	at = user->len;
	str_adds(user, in->question);
	entries_add(&d->list,
		    &(struct prompt_entry){
			    .kind = ENTRY_QUESTION,
			    .name = "the question",
			    .message = o->n - 1,
			    .from = at,
			    .len = user->len - at,
			    .tokens = prompt_estimate_mixed(in->question, strlen(in->question)) });
	str_free(&d->text[AT_FILES]);
	str_free(&d->text[AT_NEWS]);
}

static struct prompt *lay_out(struct draft *d, size_t budget)
{
	struct owner *o = owner_new(2 + 2 * (d->in->n_turns - d->first));

	write_messages(o, d);
	o->p.entries = d->list;
	o->p.tokens = budget - d->left;
	o->p.turns_left_out = turns_left_out(d);
	return owner_finish(o, d->in, o->n - 1);
}

/* SEARCH/REPLACE is explained when a file is long, or may not fit whole. */
static bool wants_edits(const struct prompt_input *in, size_t budget)
{
	size_t sum = 0;
	bool files = false, lengthy = false;

	for (size_t i = 0; i < in->n_pieces; i++) {
		const struct prompt_piece *p = &in->pieces[i];
		size_t lines = 0;

		if (p->off)
			continue;
		for (size_t k = 0; k < p->len && lines <= PROMPT_LONG_LINES; k++)
			lines += p->text[k] == '\n';
		sum += prompt_block_cost(p->title, p->text, p->len);
		files |= prompt_piece_kind(p) == ENTRY_FILE;
		lengthy |= prompt_piece_kind(p) == ENTRY_FILE && lines > PROMPT_LONG_LINES;
	}
	return (in->answer == ANSWER_EDIT && files) || (in->answer == ANSWER_AUTO && lengthy) ||
	       sum > budget / 2;
}

/* The part that does not depend on the budget: instructions, AGENTS.md. */
static void begin(struct draft *d, size_t budget)
{
	struct str *system = &d->text[AT_SYSTEM];
	size_t from;

	prompt_instructions(d->in, wants_edits(d->in, budget), system);
	note(d, ENTRY_INSTRUCTIONS, ENTRY_WHOLE, "instructions", AT_SYSTEM, 0,
	     prompt_estimate(TEXT_PROSE, system->data, system->len) + PROMPT_MESSAGE_TOKENS);
	from = system->len;
	if (!d->in->agents)
		return;
	str_addf(system, "\n%s\n", d->in->agents);
	note(d, ENTRY_AGENTS, ENTRY_WHOLE, "AGENTS.md", AT_SYSTEM, from,
	     prompt_estimate(TEXT_PROSE, system->data + from, system->len - from));
}

static void add_digest(struct draft *d)
{
	size_t from = d->text[AT_FILES].len, tokens;

	if (!d->in->digest)
		return;
	tokens = prompt_estimate_mixed(d->in->digest, strlen(d->in->digest));
	if (prompt_spend(&d->left, tokens)) {
		str_adds(&d->text[AT_FILES], d->in->digest);
		note(d, ENTRY_DIGEST, ENTRY_WHOLE, "earlier exchanges, compacted", AT_FILES, from,
		     tokens);
	} else {
		note_left_out(d, ENTRY_DIGEST, "earlier exchanges, compacted",
			      strlen(d->in->digest), tokens);
	}
}

static void add_rules(struct draft *d, const struct str *rules)
{
	size_t from = d->text[AT_NEWS].len;

	str_add(&d->text[AT_NEWS], rules->data, rules->len);
	if (rules->len)
		note(d, ENTRY_RULES, ENTRY_WHOLE, "rules for this question", AT_NEWS, from,
		     prompt_estimate(TEXT_PROSE, rules->data, rules->len));
}

static void note_off(const struct prompt_input *in, struct prompt *p)
{
	for (size_t i = 0; p && i < in->n_pieces; i++) {
		const struct prompt_piece *v = &in->pieces[i];

		if (v->off)
			prompt_note_entry(
				p, &(struct prompt_entry){ .kind = prompt_piece_kind(v),
							   .state = ENTRY_OFF,
							   .name = (char *)v->title,
							   .len = v->len,
							   .tokens = prompt_block_cost(
								   v->title, v->text, v->len) });
	}
}

/* Builds the request from scratch. */
static struct prompt *make(struct draft *d, const struct str *rules, size_t budget, struct err *err)
{
	const struct prompt_input *in = d->in;
	struct str *system = &d->text[AT_SYSTEM];
	size_t fixed = prompt_estimate(TEXT_PROSE, system->data, system->len) +
		       prompt_estimate(TEXT_PROSE, str_cstr(rules), rules->len) +
		       prompt_estimate_mixed(in->question, strlen(in->question)) +
		       2 * PROMPT_MESSAGE_TOKENS + OMITTED_TOKENS + prompt_images_cost(in);

	if (!prompt_spend(&d->left, fixed)) {
		err_set(err, ERR_LIMIT,
			"the question is too long: with the instructions it takes %zu tokens of "
			"%zu; raise prompt.budget",
			fixed, budget);
		str_free(system);
		entries_fini(&d->list);
		return NULL;
	}
	if (d->first > 0 && prompt_turn_cost(&in->turns[d->first - 1]) <= d->left / 4)
		take_turns(d, 1);
	add_pieces(d);
	add_digest(d);
	take_turns(d, in->n_turns);
	add_omitted(d);
	add_rules(d, rules);
	return lay_out(d, budget);
}

struct prompt *prompt_new(const struct prompt_input *in, struct err *err)
{
	size_t told = in->budget_tokens ? in->budget_tokens : PROMPT_BUDGET;
	size_t budget = in->percent ? told * 100 / in->percent : told;
	struct draft d = { .in = in, .first = in->n_turns, .left = budget };
	struct str rules = STR_INIT;
	struct prompt *made;

	begin(&d, budget);
	prompt_rules(in, &rules);
	made = prompt_next(in, &d.text[AT_SYSTEM], &rules, budget);
	if (made) {
		str_free(&d.text[AT_SYSTEM]);
		entries_fini(&d.list);
	} else {
		made = make(&d, &rules, budget, err);
	}
	str_free(&rules);
	note_off(in, made);
	return made;
}
