/* Texts are weighed by BM25F (Robertson, Zaragoza: The Probabilistic Relevance Framework,
 * 2009): a word counts by the kind of text that it is in, less in a long text, less the
 * more modules have it, and each further occurrence counts less than the one before.
 *
 * The weights were chosen on the questions of tests/lib/find_questions.tsv. A module's
 * body is long and has words of any question, so comments in it count little.
 */
#include "config.h"

#include "session/graph/graph_texts.h"

#include <stdlib.h>

#include "session/base/mem.h"

#define SATURATION 1200u /* k1 of BM25, in thousandths */
#define FIT_LEAST  75u	 /* of a word; weaker matches are guesses */

static const struct {
	unsigned weight; /* in tenths */
	unsigned length; /* b of BM25: how much the length counts, in percent */
} kinds[GRAPH_TEXTS] = {
	[GRAPH_TEXT_NAME] = { 40, 30 },	    [GRAPH_TEXT_DOC] = { 20, 50 },
	[GRAPH_TEXT_SIGNALS] = { 10, 75 },  [GRAPH_TEXT_REMARKS] = { 3, 75 },
	[GRAPH_TEXT_INSTANCE] = { 15, 90 },
};

void graph_texts_add(struct graph_texts *t, enum graph_text which, unsigned n,
		     const unsigned char fit[GRAPH_ASKED_WORDS], size_t n_words)
{
	t->n[which] += n;
	for (size_t k = 0; k < n_words; k++)
		t->hits[which][k] += fit[k] >= FIT_LEAST ? fit[k] : 0;
}

unsigned graph_texts_words(const char *prose)
{
	struct slice rest = slice_of(prose);
	unsigned n = 0;

	for (; !slice_blank(rest); n++)
		slice_token(&rest);
	return n;
}

unsigned graph_log2(size_t n)
{
	unsigned out = 0;

	while (n >> out > 1)
		out++;
	return 8 * out + (unsigned)((8 * n >> out) - 8);
}

/* How rare a word is that df of n modules have. */
static unsigned rarity(size_t n, size_t df)
{
	return graph_log2(16 + 16 * (2 * (n - df) + 1) / (2 * df + 1)) - 32;
}

/* Occurrences of word k in thousandths of a match. sum: length of all texts of a kind. */
static size_t occurrences(const struct graph_texts *t, const size_t sum[GRAPH_TEXTS], size_t n,
			  size_t k)
{
	size_t out = 0;

	for (int i = 0; i < GRAPH_TEXTS; i++)
		if (t->hits[i][k]) /* so sum[i] is not 0 */
			out += 100 * kinds[i].weight * (size_t)t->hits[i][k] /
			       (100 - kinds[i].length + kinds[i].length * t->n[i] * n / sum[i]);
	return out;
}

bool graph_texts_weigh(const struct graph_texts *t, size_t n, size_t n_words, unsigned char *out)
{
	size_t sum[GRAPH_TEXTS] = { 0 }, best = 0;
	size_t *score = mem_calloc(n + 1, sizeof(*score));

	for (size_t i = 0; i < n; i++)
		for (int f = 0; f < GRAPH_TEXTS; f++)
			sum[f] += t[i].n[f];
	for (size_t k = 0; k < n_words; k++) {
		size_t df = 0;

		for (size_t i = 0; i < n; i++)
			df += occurrences(&t[i], sum, n, k) > 0;
		for (size_t i = 0; i < n; i++) {
			size_t had = occurrences(&t[i], sum, n, k);

			score[i] += rarity(n, df) * (1000 * had / (had + SATURATION));
		}
	}
	for (size_t i = 0; i < n; i++)
		best = score[i] > best ? score[i] : best;
	for (size_t i = 0; i < n; i++)
		out[i] = best ? (unsigned char)(100 * score[i] / best) : 0;
	free(score);
	return best > 0;
}
