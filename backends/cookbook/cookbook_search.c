/* Finds the card that a request means, by scores that a person can follow.
 *
 * A word weighs more the fewer cards have it. A card's score is the weight of those of
 * its names that are in the request, with words close together counting more than
 * scattered ones, plus that of single words. The best card is offered only if its score
 * stands out, covers enough of the request's significant words, and no unknown word
 * before its name turns it into another design ("Viterbi decoder"). Offering nothing is
 * better than offering the wrong design.
 */
#include "config.h"

#include "backends/cookbook/cookbook_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backends/cookbook/cookbook_asks.h"
#include "backends/cookbook/cookbook_card.h"
#include "backends/cookbook/cookbook_filler.h"
#include "backends/cookbook/cookbook_numbers.h"
#include "backends/cookbook/cookbook_words.h"
#include "session/base/mem.h"

/* In "without parity", the next word is not asked for. */
static const char negations[] = "no not without ohne kein keine sin sans ";

static void leave_out_the_negated(struct words *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++) {
		if (word_among(&w->v[i], negations))
			i++;
		else
			w->v[n++] = w->v[i];
	}
	w->n = n;
}

/* In "asynchronous reset", "async active low reset" the adjective describes the reset
 * or a read, not the design, and "asynchronous" occurs in names of designs. */
static void leave_out_resets(struct words *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++) {
		bool of_reset = false;

		if (word_among(&w->v[i], "asynchronous async synchronous sync"))
			for (size_t k = i + 1; k < w->n && k <= i + 3; k++)
				of_reset |=
					word_among(&w->v[k], "reset rst clear clr preset set read");
		if (!of_reset)
			w->v[n++] = w->v[i];
	}
	w->n = n;
}

/* These words of a name may be missing in a request, or replaced. */
static const char glue[] = "a an the to of with and for in over de von ";

static bool holds(const struct words *w, const struct word *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (words_alike(&w->v[i], word))
			return true;
	return false;
}

/* A card's words, prepared once for a search. */
struct index {
	struct words *names; /* each name of the card */
	size_t n_names;
	struct words single, unlike;
};

/* "shift register" is also written "shiftregister". */
static void in_one_word(const struct words *name, struct words *out)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < name->n; i++)
		str_adds(&all, name->v[i].number ? "" : name->v[i].text);
	words_init(out, name->n > 1 ? str_cstr(&all) : "");
	str_free(&all);
}

static void index_card(struct index *x, const struct cookbook_card *c)
{
	struct str all = STR_INIT;

	x->n_names = 2 * c->names.n + 1;
	x->names = mem_calloc(x->n_names, sizeof(*x->names));
	for (size_t i = 0; i < c->names.n; i++) {
		words_init(&x->names[2 * i], c->names.v[i]);
		in_one_word(&x->names[2 * i], &x->names[2 * i + 1]);
	}
	words_init(&x->names[2 * c->names.n], c->module);
	for (size_t i = 0; i < c->words.n; i++)
		str_addf(&all, "%s ", c->words.v[i]);
	words_init(&x->single, str_cstr(&all));
	str_clear(&all);
	for (size_t i = 0; i < c->unlike.n; i++)
		str_addf(&all, "%s ", c->unlike.v[i]);
	words_init(&x->unlike, str_cstr(&all));
	str_free(&all);
}

static void index_fini(struct index *x)
{
	for (size_t i = 0; i < x->n_names; i++)
		words_fini(&x->names[i]);
	free(x->names);
	words_fini(&x->single);
	words_fini(&x->unlike);
}

static bool has_word(const struct index *x, const struct word *word)
{
	for (size_t i = 0; i < x->n_names; i++)
		if (holds(&x->names[i], word))
			return true;
	return holds(&x->single, word);
}

/* Weight of a word: higher the fewer cards have it; 0: no card has it. */
static double rarity(const struct index *all, size_t n, const struct word *word)
{
	size_t known = 0;

	for (size_t i = 0; i < n; i++)
		known += has_word(&all[i], word);
	return known ? 1.5 + 0.5 * log((double)(n + 1) / (double)known) : 0;
}

/* Score of a name if all its words except glue are in the request; higher if they are
 * close together. */
static double name_score(const struct words *name, const struct words *request,
			 const double *weight)
{
	double sum = 0;
	size_t first = request->n, last = 0;

	for (size_t i = 0; i < name->n; i++) {
		bool found = false;

		for (size_t k = 0; k < request->n && !found; k++) {
			if (!words_alike(&name->v[i], &request->v[k]))
				continue;
			found = true;
			sum += weight[k] > 0.3 ? weight[k] : 0.3;
			first = k < first ? k : first;
			last = k > last ? k : last;
		}
		if (!found && !word_among(&name->v[i], glue))
			return 0;
	}
	if (name->n == 0)
		return 0;
	return sum * (last - first < name->n + 1 ? 2.0 : 1.3);
}

static double card_score(const struct index *x, const struct words *request, const double *weight)
{
	double best = 0, singles = 0;

	for (size_t i = 0; i < x->n_names; i++) {
		double s = name_score(&x->names[i], request, weight);

		best = s > best ? s : best;
	}
	for (size_t k = 0; k < request->n; k++) {
		if (holds(&x->unlike, &request->v[k]))
			singles -= 3;
		if (!cookbook_common(&request->v[k]) && has_word(x, &request->v[k]))
			singles += weight[k];
	}
	return best * 1.5 + singles;
}

/* As the second half of a name, these belong to another design: "DDR3 controller". */
static const char kinds[] =
	"controller generator converter counter unit device core component block";

/* True for a word that does not tell designs apart. */
static bool tells_nothing(const struct index *x, const struct word *w)
{
	return cookbook_common(w) ||
	       (cookbook_chatter(w) && !has_word(x, w) && !word_means(w, kinds));
}

/* Number of significant words of the request that are the card's own. *share: the part
 * of all significant words that the card has. */
static size_t telling(const struct index *x, const struct words *request, double *share)
{
	double known = 0, all = 0;
	size_t own = 0;

	for (size_t k = 0; k < request->n; k++) {
		if (tells_nothing(x, &request->v[k]))
			continue;
		all++;
		known += has_word(x, &request->v[k]);
		own += has_word(x, &request->v[k]) && !cookbook_chatter(&request->v[k]);
	}
	*share = all > 0 ? known / all : 1;
	return own;
}

static void rank(const struct cookbook *c, const double *score, struct cookbook_match *out)
{
	for (size_t i = 0; i < c->n; i++) {
		for (int place = 0; place < 3; place++) {
			if (score[i] <= 0 || (out->card[place] && score[i] <= out->score[place]))
				continue;
			for (int k = 2; k > place; k--) {
				out->card[k] = out->card[k - 1];
				out->score[k] = out->score[k - 1];
			}
			out->card[place] = &c->v[i];
			out->score[place] = score[i];
			break;
		}
	}
}

#define SURE_SCORE 5.0
#define SURE_SHARE 0.34
#define SURE_NAME  3.0

/* Thresholds for a request without a name: at least two words are the card's own, they
 * are most of the significant ones, and no other card has nearly as many. */
#define ALONE_SCORE 4.5
#define ALONE_SHARE 0.6
#define ALONE_LEAD  1.4

static bool in_library(const struct index *all, size_t n, const struct word *word)
{
	for (size_t i = 0; i < n; i++)
		if (has_word(&all[i], word))
			return true;
	return false;
}

static bool is_exactly_known(const struct index *all, size_t n, const struct word *word)
{
	struct word exact = *word;

	exact.exact = true;
	return in_library(all, n, &exact);
}

static bool has_exactly(const struct index *x, const struct word *word)
{
	return is_exactly_known(x, 1, word);
}

static bool in_a_name(const struct index *x, const struct word *word)
{
	for (size_t i = 0; i < x->n_names; i++)
		if (holds(&x->names[i], word))
			return true;
	return false;
}

/* Nouns that turn a preceding name into another design. */
static const char heads[] = "adder subtractor subtracter comparator multiplier encoder filter ";

/* True if a word turns the name into another design: a word that no card has, right
 * before the first word of the name ("Viterbi decoder"); a word that the card lists as
 * not its own and no other card has; or a noun from heads right after the name that the
 * card does not have ("BCD adder"). */
static bool is_another_kind(const struct index *all, size_t n, const struct index *x,
			    const struct words *request)
{
	bool named = false;

	for (size_t k = 0; k < request->n; k++) {
		const struct word *w = &request->v[k], *next = k + 1 < request->n ? w + 1 : NULL;

		if (cookbook_common(w))
			continue;
		if (!in_library(all, n, w) &&
		    (holds(&x->unlike, w) ||
		     (!named && next && !cookbook_common(next) && in_a_name(x, next))))
			return true;
		if (named && word_means(w, heads) && !has_exactly(x, w) && in_a_name(x, w - 1))
			return true;
		named = named || in_a_name(x, w);
	}
	return false;
}

static double best_name(const struct index *x, const struct words *request, const double *weight)
{
	double best = 0;

	for (size_t i = 0; i < x->n_names; i++) {
		double s = name_score(&x->names[i], request, weight);

		best = s > best ? s : best;
	}
	return best;
}

static bool has_rule(const struct cookbook_card *card, enum cookbook_rule rule)
{
	for (size_t i = 0; i < card->n_params; i++)
		if (card->params[i].rule == rule)
			return true;
	return false;
}

/* Score for a computed parameter if the request also says what for: to divide a
 * frequency, or to count a range. */
static double computed_score(const struct cookbook_card *card, const struct words *r)
{
	if (!cookbook_computes(card, r))
		return 0;
	if (has_rule(card, COOKBOOK_RATIO) &&
	    cookbook_says(r, "divide divides divided down slow every each per blink blinks"))
		return COOKBOOK_SAYS_SO;
	/* "Gray counter 0 to 7" also counts a range, but another card has that design. */
	for (size_t i = 0; i < card->unlike.n; i++)
		if (cookbook_says(r, card->unlike.v[i]))
			return 0;
	return has_rule(card, COOKBOOK_STATES) && cookbook_says(r, "counter count counts counting")
		       ? 9
		       : 0;
}

void cookbook_search(const struct cookbook *c, const char *request, struct cookbook_match *out)
{
	struct words r;
	struct index *all = mem_calloc(c->n, sizeof(*all));
	double *weight, *score = mem_calloc(c->n, sizeof(*score));

	memset(out, 0, sizeof(*out));
	words_init(&r, request);
	leave_out_the_negated(&r);
	leave_out_resets(&r);
	weight = mem_calloc(r.n, sizeof(*weight));
	for (size_t i = 0; i < c->n; i++)
		index_card(&all[i], &c->v[i]);
	for (size_t k = 0; k < r.n; k++)
		r.v[k].exact = is_exactly_known(all, c->n, &r.v[k]);
	for (size_t k = 0; k < r.n; k++)
		weight[k] = cookbook_common(&r.v[k]) ? 0.2 : rarity(all, c->n, &r.v[k]);
	for (size_t i = 0; i < c->n; i++)
		score[i] = card_score(&all[i], &r, weight) +
			   (cookbook_computes(&c->v[i], &r) ? SURE_SCORE : 0) +
			   cookbook_asks(&c->v[i], &r) + computed_score(&c->v[i], &r);
	rank(c, score, out);
	if (out->card[0]) {
		const struct index *x = &all[out->card[0] - c->v];
		bool asks = cookbook_asks(out->card[0], &r) + computed_score(out->card[0], &r) > 0;
		double share;
		bool alone = telling(x, &r, &share) >= 2 && out->score[0] >= ALONE_SCORE &&
			     out->score[0] >= ALONE_LEAD * out->score[1] && share >= ALONE_SHARE;

		out->sure = (alone || out->score[0] >= SURE_SCORE) &&
			    (asks || share >= SURE_SHARE) &&
			    (alone || asks || best_name(x, &r, weight) >= SURE_NAME ||
			     cookbook_computes(out->card[0], &r)) &&
			    !is_another_kind(all, c->n, x, &r);
	}
	for (size_t i = 0; i < c->n; i++)
		index_fini(&all[i]);
	words_fini(&r);
	free(weight);
	free(score);
	free(all);
}
