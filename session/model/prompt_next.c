/* Continues the previous request: that request, its answer, and what is new since.
 *
 *   before  system, user, assistant, ..., user    unchanged byte for byte
 *   answer  assistant                             with what became of it so far
 *   news    user                                  what became of earlier answers since they
 *                                                 were sent; changed and new files;
 *                                                 findings; the question
 *
 * Providers charge a tenth for a prefix that they have cached, so resending it in place
 * is cheaper than sending less in another order: with cache reads at a tenth and cache
 * writes at five quarters of the price, outdated texts pay off for about seven requests
 * before a new layout is cheaper. A file that changed is in the request twice, and the
 * later text counts; outdated texts may take at most a third of the budget.
 *
 * Nothing is kept in memory for this: the previous request is read from the journal,
 * and its entries say where everything is in it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/model/prompt_inner.h"

#define STALE_PART 3u /* outdated texts may take one STALE_PART-th of the budget */

struct next {
	const struct prompt_input *in;
	const struct prompt_before *b;
	struct str news;
	struct entries list;  /* of the whole request */
	size_t tokens, stale; /* stale: tokens of outdated texts */
};

static const char *text_of(const struct prompt_before *b, const struct prompt_entry *e)
{
	return b->messages[e->message].text + e->from;
}

static bool same_bytes(const struct prompt_before *b, const struct prompt_entry *e,
		       const char *text, size_t len)
{
	return e->len == len && memcmp(text_of(b, e), text, len) == 0;
}

static bool holds(const struct prompt_before *b, const struct prompt_entry *e, const char *part)
{
	return memmem(text_of(b, e), e->len, part, strlen(part)) != NULL;
}

/* The last entry of that kind and name. */
static struct prompt_entry *last_of(struct entries *l, enum entry_kind kind, const char *name)
{
	for (size_t i = l->n; i-- > 0;)
		if (l->v[i].kind == kind && strcmp(l->v[i].name, name) == 0)
			return &l->v[i];
	return NULL;
}

/* Whether the request can be continued ---------------------------------------------- */

static bool same_beginning(const struct next *x, const struct str *system)
{
	const struct prompt_input *in = x->in;
	const struct prompt_text *m = &x->b->messages[0];
	struct str all = STR_INIT;
	size_t left = SIZE_MAX;
	bool cut, same;

	str_add(&all, system->data, system->len);
	if (in->spec && in->spec[0]) {
		str_adds(&all, prompt_spec_title);
		prompt_block("spec.md", in->spec, strlen(in->spec), false, &left, &cut, &all);
	}
	same = m->role == ROLE_SYSTEM && m->len == all.len &&
	       memcmp(m->text, str_cstr(&all), all.len) == 0;
	str_free(&all);
	return same;
}

/* True if the exchanges in the previous request, and the one it asked for, are the
 * current ones. */
static bool same_turns(const struct next *x)
{
	const struct prompt_input *in = x->in;
	const struct prompt_entry *digest = NULL;
	size_t at = 0;

	for (size_t i = 0; i < x->b->entries.n; i++) {
		const struct prompt_entry *e = &x->b->entries.v[i];

		if (e->kind == ENTRY_ASKED &&
		    (at >= in->n_turns || in->turns[at++].n != e->exchange))
			return false;
		if (e->kind == ENTRY_DIGEST && entry_is_sent(e))
			digest = e;
	}
	if (at + 1 != in->n_turns || in->turns[at].n != x->b->exchange)
		return false;
	return digest && in->digest ? same_bytes(x->b, digest, in->digest, strlen(in->digest))
				    : !digest && !in->digest;
}

static const struct prompt_piece *piece_named(const struct prompt_input *in, const char *name)
{
	for (size_t i = 0; i < in->n_pieces; i++)
		if (!in->pieces[i].with_question && strcmp(in->pieces[i].title, name) == 0)
			return &in->pieces[i];
	return NULL;
}

/* False if the request contains something that must not be sent any more, or part of a file. */
static bool all_still_there(const struct next *x)
{
	for (size_t i = 0; i < x->b->entries.n; i++) {
		const struct prompt_entry *e = &x->b->entries.v[i];
		const struct prompt_piece *p;

		if (e->kind == ENTRY_IMAGE)
			return false; /* its bytes are not in the journal */
		if ((e->kind != ENTRY_FILE && e->kind != ENTRY_DESIGN) || !entry_is_sent(e))
			continue;
		p = piece_named(x->in, e->name);
		if (e->state == ENTRY_CUT || !p || p->off)
			return false;
	}
	return true;
}

/* What is new ------------------------------------------------------------------------------ */

static void note(struct next *x, enum entry_kind kind, const char *name, uint64_t exchange,
		 size_t from, size_t tokens)
{
	entries_add(&x->list, &(struct prompt_entry){ .kind = kind,
						      .name = (char *)name,
						      .exchange = exchange,
						      .message = x->b->n + 1,
						      .from = from,
						      .len = x->news.len - from,
						      .tokens = tokens });
	x->tokens += tokens;
}

/* True if the turn's remarks were sent with its answer, or later. */
static bool was_told(const struct next *x, const struct prompt_turn *t)
{
	bool told = false;

	for (size_t i = 0; i < x->b->entries.n; i++) {
		const struct prompt_entry *e = &x->b->entries.v[i];

		if (e->exchange == t->n && (e->kind == ENTRY_ANSWERED || e->kind == ENTRY_OUTCOME))
			told = holds(x->b, e, t->remarks);
	}
	return told;
}

static void add_outcomes(struct next *x)
{
	for (size_t i = 0; i + 1 < x->in->n_turns; i++) {
		const struct prompt_turn *t = &x->in->turns[i];
		size_t from = x->news.len;
		char *first;

		if (!t->remarks || !t->remarks[0] || was_told(x, t))
			continue;
		first = prompt_first_line(t->question);
		str_addf(&x->news, "What became by now of your answer to \"%s\":\n%s\n", first,
			 t->remarks);
		note(x, ENTRY_OUTCOME, first, t->n, from,
		     prompt_estimate(TEXT_PROSE, x->news.data + from, x->news.len - from));
		free(first);
	}
}

/* Adds the whole block at any cost: the total is checked at the end. */
static void add_block(struct next *x, enum entry_kind kind, const struct prompt_piece *p)
{
	size_t from = x->news.len, left = SIZE_MAX;
	bool cut;

	prompt_block(p->title, p->text, p->len, false, &left, &cut, &x->news);
	note(x, kind, p->title, 0, from, SIZE_MAX - left);
}

/* Adds nothing if the request already has the file with this text. A file that was left
 * out because of the budget is added once the question is about it. */
static void add_file(struct next *x, struct prompt_piece *p, bool *titled)
{
	struct prompt_entry *e = last_of(&x->list, prompt_piece_kind(p), p->title);
	struct str block = STR_INIT;
	size_t left = SIZE_MAX;
	bool cut, same;

	prompt_block(p->title, p->text, p->len, false, &left, &cut, &block);
	same = e && entry_is_sent(e) && same_bytes(x->b, e, str_cstr(&block), block.len);
	str_free(&block);
	if (same)
		return;
	if (e && !entry_is_sent(e) && p->priority > PIECE_MODULE) {
		p->left_out = true;
		return;
	}
	if (e && entry_is_sent(e)) {
		e->state = ENTRY_STALE;
		x->stale += e->tokens;
	}
	if (!*titled)
		str_adds(&x->news, "These files are as follows now; what stood above of them is "
				   "out of date:\n\n");
	*titled = true;
	if (e && !entry_is_sent(e)) /* no longer left out */
		e->kind = ENTRY_KINDS;
	add_block(x, prompt_piece_kind(p), p);
}

static void drop_resolved(struct entries *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].kind == ENTRY_KINDS)
			free(l->v[i].name);
		else
			l->v[n++] = l->v[i];
	l->n = n;
}

static void add_rules(struct next *x, const struct str *rules)
{
	size_t from = x->news.len;

	if (rules->len == 0)
		return;
	for (size_t i = 0; i < x->b->entries.n; i++)
		if (x->b->entries.v[i].kind == ENTRY_RULES &&
		    same_bytes(x->b, &x->b->entries.v[i], rules->data, rules->len))
			return;
	str_add(&x->news, rules->data, rules->len);
	note(x, ENTRY_RULES, "rules for this question", 0, from,
	     prompt_estimate(TEXT_PROSE, rules->data, rules->len));
}

static void add_question(struct next *x)
{
	size_t from = x->news.len;

	str_adds(&x->news, x->in->question);
	note(x, ENTRY_QUESTION, "the question", 0, from,
	     prompt_estimate_mixed(x->in->question, strlen(x->in->question)) +
		     PROMPT_MESSAGE_TOKENS);
}

/* Copies the entries; the previous question becomes a turn. */
static void take_entries(struct next *x)
{
	const struct prompt_turn *last = &x->in->turns[x->in->n_turns - 1];
	char *first = prompt_first_line(last->question);

	for (size_t i = 0; i < x->b->entries.n; i++) {
		struct prompt_entry e = x->b->entries.v[i];

		e.again = entry_is_sent(&e);
		if (e.kind == ENTRY_QUESTION) {
			e.kind = ENTRY_ASKED;
			e.exchange = x->b->exchange;
			e.name = first;
		}
		if (e.kind == ENTRY_ABSENT)
			e.name = (char *)"what was not there then";
		/* Only missing files stay listed; what is off is noted anew. */
		if (!entry_is_sent(&e) && (e.kind != ENTRY_FILE || e.state == ENTRY_OFF))
			continue;
		entries_add(&x->list, &e);
		x->tokens += e.again ? e.tokens : 0;
		x->stale += e.state == ENTRY_STALE ? e.tokens : 0;
	}
	entries_add(&x->list,
		    &(struct prompt_entry){
			    .kind = ENTRY_ANSWERED,
			    .name = first,
			    .exchange = last->n,
			    .message = x->b->n,
			    .len = strlen(last->answer),
			    .tokens = prompt_estimate_mixed(last->answer, strlen(last->answer)) +
				      PROMPT_MESSAGE_TOKENS });
	x->tokens += x->list.v[x->list.n - 1].tokens;
	free(first);
}

/* The whole request ----------------------------------------------------------------------- */

static struct prompt *put_together(struct next *x)
{
	const struct prompt_before *b = x->b;
	struct owner *o = owner_new(b->n + 2);

	for (size_t i = 0; i < b->n; i++)
		str_add(owner_message(o, b->messages[i].role), b->messages[i].text,
			b->messages[i].len);
	str_adds(owner_message(o, ROLE_ASSISTANT), x->in->turns[x->in->n_turns - 1].answer);
	*owner_message(o, ROLE_USER) = x->news;
	x->news = STR_INIT;
	o->p.entries = x->list;
	memset(&x->list, 0, sizeof(x->list));
	o->p.tokens = x->tokens;
	o->p.turns_left_out = x->in->turns_before;
	o->p.goes_on = true;
	return owner_finish(o, x->in, b->n);
}

struct prompt *prompt_next(const struct prompt_input *in, const struct str *system,
			   const struct str *rules, size_t budget)
{
	struct next x = { .in = in, .b = in->before };
	struct prompt *made = NULL;
	bool titled = false;

	if (!in->before || in->n_turns == 0 || !same_beginning(&x, system) || !same_turns(&x) ||
	    !all_still_there(&x))
		return NULL;
	take_entries(&x);
	add_outcomes(&x);
	for (size_t i = 0; i < in->n_pieces; i++)
		if (!in->pieces[i].with_question && !in->pieces[i].off)
			add_file(&x, &in->pieces[i], &titled);
	drop_resolved(&x.list);
	for (size_t i = 0; i < in->n_pieces; i++)
		if (in->pieces[i].with_question && !in->pieces[i].off)
			add_block(&x, ENTRY_BESIDE, &in->pieces[i]);
	add_rules(&x, rules);
	add_question(&x);
	x.tokens += prompt_images_cost(in);
	if (x.tokens <= budget && x.stale <= budget / STALE_PART)
		made = put_together(&x);
	str_free(&x.news);
	entries_fini(&x.list);
	for (size_t i = 0; !made && i < in->n_pieces; i++)
		in->pieces[i].left_out = false;
	return made;
}
