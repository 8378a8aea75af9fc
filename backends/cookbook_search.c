#include "config.h"

#include "backends/cookbook_search.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backends/cookbook_card.h"
#include "backends/cookbook_words.h"
#include "session/base/mem.h"

/* What stands in nearly every request and points to no design. */
static const char *const common[] = {
	"a", "an", "the", "with", "and", "of", "in", "for", "to", "that", "which", "is", "it", "its", "on", "by",
	"verilog", "systemverilog", "vhdl", "module", "design", "write", "make", "create", "give", "me", "need", "i",
	"please", "testbench", "test", "bench", "parameter", "parameterized", "parametric", "generic", "simple", "basic",
	"rtl", "code", "circuit", "hardware", "implement", "build", "want", "using", "use", "bit", "bits", "width",
	"wide", "reset", "clock", "clk", "enable", "synchronous", "asynchronous", "input", "output", "signal", "one",
	"from", "my", "can", "you", "should", "have", "has", "some", "each", "every", "sync", "async", "active", "high",
	"low", "example", "show", "how", "do", "small", "when", "or", "as", "at", "be", "value", "values", "data",
};

static bool is_common(const struct word *w)
{
	for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
		if (strcmp(common[i], w->text) == 0)
			return true;
	return w->number;
}

static bool holds(const struct words *w, const struct word *word)
{
	for (size_t i = 0; i < w->n; i++)
		if (words_alike(&w->v[i], word))
			return true;
	return false;
}

/* A card's words, once for a search. */
struct index {
	struct words *names;	/* each name of the card */
	size_t n_names;
	struct words single, not;
};

static void index_card(struct index *x, const struct cookbook_card *c)
{
	struct str all = STR_INIT;

	x->n_names = c->names.n + 1;
	x->names = mem_calloc(x->n_names, sizeof(*x->names));
	for (size_t i = 0; i < c->names.n; i++)
		words_init(&x->names[i], c->names.v[i]);
	words_init(&x->names[c->names.n], c->module);
	for (size_t i = 0; i < c->words.n; i++)
		str_addf(&all, "%s ", c->words.v[i]);
	words_init(&x->single, str_cstr(&all));
	str_clear(&all);
	for (size_t i = 0; i < c->not.n; i++)
		str_addf(&all, "%s ", c->not.v[i]);
	words_init(&x->not, str_cstr(&all));
	str_free(&all);
}

static void index_fini(struct index *x)
{
	for (size_t i = 0; i < x->n_names; i++)
		words_fini(&x->names[i]);
	free(x->names);
	words_fini(&x->single);
	words_fini(&x->not);
}

static bool has_word(const struct index *x, const struct word *word)
{
	for (size_t i = 0; i < x->n_names; i++)
		if (holds(&x->names[i], word))
			return true;
	return holds(&x->single, word);
}

/* How many cards know a word: the fewer, the more it says. */
static double rarity(const struct index *all, size_t n, const struct word *word)
{
	size_t known = 0;

	for (size_t i = 0; i < n; i++)
		known += has_word(&all[i], word);
	return known ? 1.5 + 0.5 * log((double)(n + 1) / (double)known) : 0;
}

/* All words of a name in the request: more when they stand together. */
static double name_score(const struct words *name, const struct words *request, const double *weight)
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
		if (!found)
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
		if (is_common(&request->v[k]))
			continue;
		if (has_word(x, &request->v[k]))
			singles += weight[k];
		if (holds(&x->not, &request->v[k]))
			singles -= 3;
	}
	return best * 1.5 + singles;
}

/* The share of the request's telling words that the card knows. */
static double coverage(const struct index *x, const struct words *request)
{
	double known = 0, all = 0;

	for (size_t k = 0; k < request->n; k++) {
		if (is_common(&request->v[k]))
			continue;
		all++;
		known += has_word(x, &request->v[k]);
	}
	return all > 0 ? known / all : 0;
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
#define SURE_COVERAGE 0.34
#define SURE_NAME 3.0

static double best_name(const struct index *x, const struct words *request, const double *weight)
{
	double best = 0;

	for (size_t i = 0; i < x->n_names; i++) {
		double s = name_score(&x->names[i], request, weight);

		best = s > best ? s : best;
	}
	return best;
}

void cookbook_search(const struct cookbook *c, const char *request, struct cookbook_match *out)
{
	struct words r;
	struct index *all = mem_calloc(c->n, sizeof(*all));
	double *weight, *score = mem_calloc(c->n, sizeof(*score));

	memset(out, 0, sizeof(*out));
	words_init(&r, request);
	weight = mem_calloc(r.n, sizeof(*weight));
	for (size_t i = 0; i < c->n; i++)
		index_card(&all[i], &c->v[i]);
	for (size_t k = 0; k < r.n; k++)
		weight[k] = is_common(&r.v[k]) ? 0.2 : rarity(all, c->n, &r.v[k]);
	for (size_t i = 0; i < c->n; i++)
		score[i] = card_score(&all[i], &r, weight);
	rank(c, score, out);
	if (out->card[0]) {
		const struct index *x = &all[out->card[0] - c->v];

		out->sure = out->score[0] >= SURE_SCORE && coverage(x, &r) >= SURE_COVERAGE &&
			    best_name(x, &r, weight) >= SURE_NAME;
	}
	for (size_t i = 0; i < c->n; i++)
		index_fini(&all[i]);
	words_fini(&r);
	free(weight);
	free(score);
	free(all);
}

/* Numbers ------------------------------------------------------------------------ */

static long legal(const struct cookbook_param *p, long v)
{
	if (v < p->least)
		v = p->least;
	if (v > p->most)
		v = p->most;
	if (p->pow2) {
		long power = 1;

		while (power < v)
			power *= 2;
		v = power > p->most ? power / 2 : power;
	}
	return v;
}

static bool announces(const struct cookbook_param *p, const struct word *w)
{
	for (size_t i = 0; i < p->words.n; i++) {
		struct words one;
		bool same;

		words_init(&one, p->words.v[i]);
		same = one.n && strcmp(one.v[0].stem, w->stem) == 0;
		words_fini(&one);
		if (same)
			return true;
	}
	return false;
}

/* How far the number at k is from a word of p: 1 right after it or before
 * ("8 bit", "width 8"), more across "of", "is", "=". 0: there is none. */
static int distance(const struct cookbook_param *p, const struct words *r, size_t k)
{
	for (int d = 1; d <= 3; d++) {
		if (k + (size_t)d < r->n && announces(p, &r->v[k + (size_t)d]))
			return 2 * d - 1;
		if (r->v[k + 1 < r->n ? k + 1 : k].number && k + 1 < r->n)
			break;
		if (k >= (size_t)d && announces(p, &r->v[k - (size_t)d]))
			return 2 * d;
	}
	return 0;
}

void cookbook_numbers(const struct cookbook_card *card, const char *request, long *values, bool *given)
{
	struct words r;
	int *near = mem_calloc(card->n_params, sizeof(*near));

	words_init(&r, request);
	for (size_t i = 0; i < card->n_params; i++) {
		values[i] = card->params[i].initial;
		given[i] = false;
	}
	for (size_t k = 0; k < r.n; k++) {
		size_t best = card->n_params;
		int best_d = 100;

		if (!r.v[k].number)
			continue;
		for (size_t i = 0; i < card->n_params; i++) {
			int d = distance(&card->params[i], &r, k);

			if (d && d < best_d) {
				best_d = d;
				best = i;
			}
		}
		if (best < card->n_params && (!given[best] || best_d < near[best])) {
			values[best] = legal(&card->params[best], r.v[k].value);
			given[best] = true;
			near[best] = best_d;
		}
	}
	words_fini(&r);
	free(near);
}
