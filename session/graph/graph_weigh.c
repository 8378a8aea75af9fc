/* Weighs the candidates for an answer.
 *
 * The score is the share of the question that a candidate matches. It is multiplied by
 * what the candidate's kind, width and place in the design say of what was asked for: a
 * yes or no is one bit, a number several; a name is asked for where it is made, a register
 * rather than a wire, and a signal in a module that fits the question by itself.
 *
 * The factors began as those of a logistic regression over the questions of
 * tests/lib/find_questions.tsv, the right name against the others, each design left out in
 * turn. They were then moved so that a name with all the words stays in front.
 */
#include "config.h"

#include "session/graph/graph_rank.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_sql.h"

#define DOC_ALL 72u /* percentage for a comment that has all words */
#define SOFT	3u  /* a soft word missing in the name weighs a third */
#define STANDS	GRAPH_ASKED_STANDS

/* Percentages of a score: MORE for names with all words, LESS for what a question
 * rarely means. */
enum {
	MORE_NAMED = 20, /* module whose name has all words */
	MORE_WHOLE = 40, /* signal whose name is made of the words */
	MORE_EXACT = 40, /* port whose name is the last word */
	LESS_AROUND = 30,
	LESS_VALUE = 45,
	LESS_AGENT = 40,
	LESS_HEADLESS = 25, /* signal without the last word in its name */
	LESS_ELSEWHERE = 15,
	LESS_DISORDER = 3,
	LESS_OPEN = 20, /* module whose name ends in something else */
	LESS_OPEN_SIGNAL = 10,
};

/* Percentages of the regression. */
enum {
	OF_MODULE = 32,
	OF_SIGNAL = -18,
	OF_MADE = 33,
	OF_NET = 13,
	OF_INPUT = -13,
	OF_OUTPUT = -27,
	OF_STORED = 22,
	OF_NEXT = -7,
	OF_COPY = -25,
	OF_BIT = -24,
	OF_BIT_AS_VALUE = -24,
	OF_BITS_AS_VALUE = 28,
	OF_BIT_AS_ANSWER = 15, /* to a question for yes or no */
	OF_BITS_AS_ANSWER = -7,
	BY_COVER = 32,	      /* for a module's name that the words cover */
	BY_COVER_SIGNAL = 52, /* for a signal's */
	BY_HEAD = 43,	      /* for a module whose name has the last word */
	BY_MISSING = 15,      /* for a module, if it lacks words */
	BY_MISSING_SIGNAL = -11,
	BY_TOLD = 60,	     /* for a module whose texts have the question; less if they have not */
	BY_TOLD_SIGNAL = 40, /* for a signal in it */
	TOLD_USUAL = 20,     /* what changes nothing */
	TOLD_USUAL_SIGNAL = 60,
};

#define MODULE_LEAST 25u /* percentage of the best module's score; lower ones do not differ */
#define FAINT	     30u /* a word that matches less is missing */

enum graph_bits graph_bits_of(const char *type)
{
	static const char *const plain[] = { "bit",	 "input", "inout",  "logic",
					     "output",	 "reg",	  "signed", "tri",
					     "unsigned", "var",	  "wire" };
	struct slice rest = slice_of(type);

	if (strchr(type, '['))
		return GRAPH_BITS_SEVERAL;
	while (!slice_blank(rest)) {
		struct slice word = slice_token(&rest);
		size_t i = 0;

		while (i < sizeof(plain) / sizeof(*plain) && !slice_is(word, plain[i]))
			i++;
		if (i == sizeof(plain) / sizeof(*plain))
			return GRAPH_BITS_UNKNOWN;
	}
	return GRAPH_BITS_ONE;
}

/* Score in thousandths: 600 for words that match at all, 250 for covering all letters
 * of the name, 150 for words matched by the name itself. *described: if the comment alone
 * gives more, the percentage of the question that it has. */
static unsigned score(const struct graph_ranking *r, const struct graph_candidate *c,
		      const unsigned *weight, unsigned *described)
{
	unsigned sum = 0, own = 0, said = 0, all = 0;

	for (size_t k = 0; k < r->a.n_words; k++) {
		if (r->a.soft[k] && c->fit[k] < STANDS && c->said[k] < STANDS) {
			all += weight[k] / SOFT;
			continue;
		}
		all += weight[k];
		sum += c->fit[k] * weight[k];
		own += c->own[k] * weight[k];
		said += (c->said[k] > c->own[k] ? c->said[k] : c->own[k]) * weight[k];
	}
	assert(all > 0); /* some word is not soft, and each weighs at least 2 */
	sum = sum * 10 / all * (600 + 250u * c->covered / 100 + 150u * (own / all) / 100) / 1000;
	said = said * 10 / all * DOC_ALL / 100 * c->doc / 100;
	*described = said > sum ? said / 10 : 0;
	return graph_most(sum, said);
}

/* Bonus of a module whose name matches the last word, because it is what was asked for. */
static unsigned more_of_part(const struct graph_ranking *r, const struct graph_candidate *c)
{
	size_t last = r->a.head;

	if (r->a.n_words == 1)
		return 50;
	return c->own[last] < STANDS				 ? 25
	       : c->own[last] >= GRAPH_SURE && c->covered == 100 ? 60
								 : 35;
}

static bool has_all(const struct graph_ranking *r, const struct graph_candidate *c)
{
	for (size_t i = 0; i < r->a.n_words; i++)
		if (c->own[i] < GRAPH_KNOWN)
			return false;
	return true;
}

/* True if the whole name is made of the words: "status of the mac", macstatus. */
static bool is_whole(const struct graph_ranking *r, const struct graph_candidate *c)
{
	return has_all(r, c) && c->covered >= GRAPH_KNOWN;
}

static void change(struct graph_candidate *c, int percent)
{
	c->score = (unsigned)((int)c->score + (int)c->score * percent / 100);
}

/* True if the name lacks the word that says what is wanted. */
static bool is_headless(const struct graph_ranking *r, const struct graph_candidate *c)
{
	return r->a.n_words > 1 && c->own[r->a.head] < 50 && !r->a.soft[r->a.head];
}

/* value: the head describes, and is not part of, a design; part: it may be one. */
static void weigh_module(const struct graph_ranking *r, struct graph_candidate *c, bool value,
			 bool part)
{
	size_t head = r->a.head;

	if (value && !is_whole(r, c))
		change(c, c->own[head] < 50 ? -LESS_VALUE : -LESS_AROUND);
	if (!r->a.acts && !value && (!part || head + 1 < r->a.n_words) && is_headless(r, c) &&
	    c->said[head] < 50)
		change(c, -LESS_HEADLESS);
	else if (part)
		change(c, (int)more_of_part(r, c));
	else if (r->a.n_words > 1 && has_all(r, c))
		change(c, MORE_NAMED);
}

/* Width of a signal, and what the question asks for. */
static int by_bits(const struct graph_ranking *r, const struct graph_question *q,
		   const struct graph_candidate *c)
{
	bool value = graph_word_is_value(&r->a.word[r->a.head]), one = c->bits == GRAPH_BITS_ONE;

	if (c->bits == GRAPH_BITS_UNKNOWN)
		return 0;
	if (value)
		return one ? OF_BIT_AS_VALUE : OF_BITS_AS_VALUE;
	if (q->wants_signal)
		return q->counts ? 0 : one ? OF_BIT_AS_ANSWER : OF_BITS_AS_ANSWER;
	return one ? OF_BIT : 0;
}

/* Share of the question that does not occur, in percent. */
static int missing(const struct graph_ranking *r, const struct graph_candidate *c,
		   const unsigned *weight)
{
	unsigned sum = 0, all = 0;

	for (size_t i = 0; i < r->a.n_words; i++) {
		bool there = c->own[i] >= FAINT || c->fit[i] >= FAINT || c->said[i] >= FAINT;

		all += weight[i];
		sum += there || r->a.soft[i] ? 0 : weight[i];
	}
	return (int)(sum * 100 / all);
}

static void weigh_place(const struct graph_ranking *r, struct graph_candidate *c)
{
	bool exact =
		c->own[r->a.head] == GRAPH_FIT_MAX && c->len == strlen(r->a.word[r->a.head].low);

	change(c, OF_SIGNAL);
	if (c->kind == GRAPH_NET)
		change(c, OF_NET);
	else if (exact)
		change(c, MORE_EXACT);
	else if (c->kind == GRAPH_INPUT || c->kind == GRAPH_OUTPUT)
		change(c, c->kind == GRAPH_INPUT ? OF_INPUT : OF_OUTPUT);
	if (c->made)
		change(c, OF_MADE);
	if (c->stored)
		change(c, OF_STORED);
	if (c->next)
		change(c, OF_NEXT);
	if (c->copy)
		change(c, OF_COPY);
}

static unsigned root_of(unsigned n)
{
	unsigned root = 0;

	while ((root + 1) * (root + 1) <= n)
		root++;
	return root;
}

static int by_row(const void *key, const void *of)
{
	const int64_t *row = key;
	const struct graph_candidate *c = of;

	return (*row > c->row) - (*row < c->row);
}

struct graph_candidate *graph_candidate_find(const struct graph_ranking *r, int64_t row)
{
	bool signal = row >= GRAPH_SIGNAL_ROW;
	size_t from = signal ? r->n_modules : 0, n = signal ? r->n - from : r->n_modules;

	return n ? bsearch(&row, r->v + from, n, sizeof(*r->v), by_row) : NULL;
}

/* A signal is worth more in a module that fits the question by itself. best: score of the
 * module that does so most. */
static void weigh_around(const struct graph_ranking *r, struct graph_candidate *c,
			 const unsigned *alone, unsigned best)
{
	const struct graph_candidate *m = graph_candidate_find(r, c->module);
	unsigned score = graph_most(m ? alone[m - r->v] : 0, best * MODULE_LEAST / 100);

	if (score < best)
		change(c, (int)root_of(10000 * score / best) - 100);
}

static void weigh_signal(const struct graph_ranking *r, struct graph_candidate *c)
{
	if (is_headless(r, c))
		change(c, -LESS_HEADLESS);
	if (r->a.n_words > 1 && is_whole(r, c))
		change(c, MORE_WHOLE);
	if (graph_word_is_agent(&r->a.word[r->a.head]))
		change(c, -LESS_AGENT);
}

/* A name ends with what the thing is: a load_buffer is a buffer, a buffer_load is a load. */
static void weigh_rest(struct graph_candidate *c, bool module)
{
	if (!c->ends)
		change(c, module ? -LESS_OPEN : -LESS_OPEN_SIGNAL);
	change(c, -c->less);
	if (!c->ordered)
		change(c, -LESS_DISORDER);
}

/* Weighs each module, and what is in it, by all the texts of the module. */
static void weigh_texts(struct graph_ranking *r)
{
	unsigned char *told;

	if (!r->texts)
		return;
	told = mem_calloc(r->n_modules + 1, 1);
	if (!graph_texts_weigh(r->texts, r->n_modules, r->a.n_words, told))
		goto out;
	for (size_t i = 0; i < r->n; i++) {
		struct graph_candidate *c = &r->v[i];
		const struct graph_candidate *m =
			i < r->n_modules ? c : graph_candidate_find(r, c->module);
		unsigned percent = m ? told[m - r->v] : 0;
		/* to the power of 1.5: the best ones stand out */
		int much = (int)(percent * root_of(100 * percent) / 100);

		if (i < r->n_modules)
			change(c, (much - TOLD_USUAL) * BY_TOLD / 100);
		else
			change(c, (much - TOLD_USUAL_SIGNAL) * BY_TOLD_SIGNAL / 100);
	}
out:
	free(told);
}

void graph_weigh(struct graph_ranking *r, const struct graph_question *q)
{
	unsigned weight[GRAPH_ASKED_WORDS], less[GRAPH_ASKED_WORDS], *alone, best = 0;
	const struct graph_word *head = &r->a.word[r->a.head];
	bool value = !r->a.acts && r->a.head + 1 < r->a.n_words && !graph_word_is_part(head);
	bool part = r->a.acts || ((q->within < 1 || graph_word_is_part(head)) &&
				  (r->a.n_words == 1 || r->ends_module ||
				   graph_word_is_part(head) || graph_word_is_many(head)));

	for (size_t i = 0; i < r->a.n_words; i++) {
		weight[i] = 16 + graph_log2((r->n + 1) / (r->has[i] + 1));
		less[i] = weight[i] - (i >= r->a.around ? weight[i] * LESS_ELSEWHERE / 100 : 0);
	}
	alone = mem_calloc(r->n_modules + 1, sizeof(*alone));
	for (size_t i = 0; i < r->n; i++) {
		struct graph_candidate *c = &r->v[i];
		unsigned described;
		bool by_comment;

		c->score = score(r, c, i < r->n_modules ? weight : less, &described);
		by_comment = described > 0;
		described = graph_most(described, c->covered);
		if (i < r->n_modules) {
			weigh_module(r, c, value, part);
			alone[i] = c->score;
			best = graph_most(best, c->score);
			change(c, OF_MODULE);
			change(c, (int)(described * BY_COVER / 100));
			if (c->own[r->a.head] >= GRAPH_KNOWN)
				change(c, c->own[r->a.head] * BY_HEAD / 100);
			change(c, missing(r, c, weight) * BY_MISSING / 100);
		} else {
			weigh_signal(r, c);
			if (!by_comment)
				weigh_around(r, c, alone, best);
			weigh_place(r, c);
			change(c, by_bits(r, q, c));
			change(c, (int)(described * BY_COVER_SIGNAL / 100));
			change(c, missing(r, c, weight) * BY_MISSING_SIGNAL / 100);
		}
		weigh_rest(c, i < r->n_modules);
	}
	weigh_texts(r);
	free(alone);
}
