/* Designs that a request describes instead of naming. In "one of eight NOUN" the noun
 * decides: one of eight outputs is high in a decoder, one of eight inputs is selected
 * by a multiplexer. "to one of eight outputs" is a demultiplexer, which the library
 * does not have.
 */
#include "config.h"

#include "backends/cookbook/cookbook_asks.h"

#include <string.h>

#include "backends/cookbook/cookbook_card.h"
#include "backends/cookbook/cookbook_words.h"

static const char outs[] = "output outputs line lines led leds lamp lamps wire wires chip chips "
			   "device devices enable enables";
static const char ins[] = "input inputs source sources channel channels operand operands bus buses";
static const char ones[] = "one single only exactly 1 ein einer eine einen eines genau un une una "
			   "uno seule seul sola solo";
static const char takes[] = "select selects selected choose chooses pick picks pass passes route "
			    "routes forward forwards take takes switch goes go";

static bool is_one(const struct word *w)
{
	return word_means(w, ones);
}

/* Matches "one of [the] N NOUN" or "between N NOUN" at k. Returns the index of N; 0: no
 * match. */
static size_t one_of(const struct words *r, size_t k)
{
	bool of = word_means(&r->v[k], "between among");

	for (size_t i = k + 1; (of || is_one(&r->v[k])) && i < r->n && i <= k + 4; i++) {
		if (r->v[i].number && r->v[i].value > 1)
			return of ? i : 0;
		of = of || word_among(&r->v[i], "of de des von der parmi entre");
		if (!is_one(&r->v[i]) &&
		    !word_among(&r->v[i],
				"of out the de des von der den las los les my parmi entre"))
			return 0;
	}
	return 0;
}

/* Matches "of N NOUN [exactly] one" with the number at k. */
static bool then_one(const struct words *r, size_t k)
{
	for (size_t i = k + 2; i < r->n && i <= k + 4; i++)
		if (is_one(&r->v[i]))
			return true;
	return false;
}

/* True if the number at k counts one of nouns, as in "four [8-bit] [active] sources". */
static bool counts(const struct words *r, size_t k, const char *nouns)
{
	size_t i = k + 1;

	while (i < r->n && (r->v[i].number || word_among(&r->v[i], "bit bits wide breite x")))
		i++;
	return (i < r->n && word_means(&r->v[i], nouns)) ||
	       (i + 1 < r->n && word_means(&r->v[i + 1], nouns) && !word_means(&r->v[i], ins));
}

/* Index of the number of things to choose one from; 0: none. *to: "to one of" precedes it. */
static size_t chosen_of(const struct words *r, const char *nouns, bool *to)
{
	for (size_t k = 0; k < r->n; k++) {
		size_t at = one_of(r, k);

		if (!at && r->v[k].number && r->v[k].value > 1 && then_one(r, k))
			at = k;
		if (!at || !counts(r, at, nouns))
			continue;
		*to = k > 0 && word_among(&r->v[k - 1], "to onto into auf zu vers hacia");
		return at;
	}
	return 0;
}

bool cookbook_says(const struct words *r, const char *list)
{
	for (size_t k = 0; k < r->n; k++)
		if (word_means(&r->v[k], list))
			return true;
	return false;
}

long cookbook_lines(const struct words *r)
{
	bool to;
	size_t at = chosen_of(r, outs, &to);
	long most = at ? r->v[at].value : 0;

	for (size_t k = 0; k < r->n; k++) {
		bool lines = r->v[k].number && k + 1 < r->n && word_means(&r->v[k + 1], outs);
		size_t n = lines ? k : one_of(r, k);

		if ((lines || n) && r->v[n].value > most)
			most = r->v[n].value;
	}
	return most;
}

long cookbook_choice(const struct words *r)
{
	bool to;
	size_t at = chosen_of(r, ins, &to);

	return at ? r->v[at].value : 0;
}

static double choice_score(const struct cookbook_card *card, const struct words *r)
{
	bool decoder = strcmp(card->module, "decoder") == 0, mux = strcmp(card->module, "mux") == 0;
	bool to;

	if (!decoder && !mux)
		return 0;
	if (chosen_of(r, outs, &to))
		return decoder && !to ? COOKBOOK_SAYS_SO : -COOKBOOK_SAYS_SO;
	if (chosen_of(r, ins, &to) && cookbook_says(r, takes))
		return mux ? COOKBOOK_SAYS_SO : -COOKBOOK_SAYS_SO;
	return 0;
}

/* Scores higher than the name "Mealy FSM" would. */
static double pattern_score(const struct cookbook_card *card, const struct words *r)
{
	bool bits = false;

	for (size_t k = 0; k < r->n; k++) {
		const char *s = r->v[k].text;

		bits = bits || (strlen(s) >= 3 && s[strspn(s, "01")] == '\0' && strchr(s, '1') &&
				strcmp(s, "100") != 0);
	}
	if (!bits ||
	    !cookbook_says(
		    r, "find finds mealy moore fsm automat automate zustandsautomat detect detects "
		       "detecting detector detection erkennung recognizes recognizer recognise "
		       "recognize sequence reconnait reconnaitre"))
		return 0;
	return card->pattern ? COOKBOOK_SAYS_SO : -COOKBOOK_SAYS_SO;
}

double cookbook_asks(const struct cookbook_card *card, const struct words *r)
{
	return pattern_score(card, r) + choice_score(card, r);
}
