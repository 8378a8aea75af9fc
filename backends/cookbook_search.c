/* Which card a request means, by scores that a person can follow.
 *
 * A word weighs more the fewer cards know it. A card's score is the weight of
 * its names that stand in the request, all words together counting more than
 * scattered ones, plus that of single words. The best card is offered only if
 * its score stands out, covers enough of the request's telling words, and no
 * unknown word before its name makes another design of it ("Viterbi decoder").
 * To offer nothing is better than to offer the wrong design.
 */
#include "config.h"

#include "backends/cookbook_search.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backends/cookbook_card.h"
#include "backends/cookbook_numbers.h"
#include "backends/cookbook_words.h"
#include "session/base/mem.h"

/* What stands in nearly every request and points to no design. */
static const char common[] =
	"a an the with and of in for to that which is it its on by verilog "
	"systemverilog vhdl module design write make create give me need i please "
	"testbench test bench parameter parameterized parametric generic simple basic "
	"rtl code circuit hardware implement build want using use bit bits width wide "
	"reset clock clk enable synchronous asynchronous input output signal one from "
	"my can you should have has some each every sync async active high low example "
	"show how do small when or as at be value values data into between two pls plz "
	"just like would could new nice good fast quick tiny little big large clean "
	"robust synthesizable configurable parametrizable standard true real hz khz mhz "
	"ghz both classic typical proper working self checking flag outputs inputs ein "
	"eine einen einem einer der die das den dem mit und fuer von zu ich brauche "
	"bitte im als breit breite modul takt schreibe synchroner synchronem "
	"ruecksetzen eingang ausgang eingaenge un una el la los las de del con y para "
	"por que quiero necesito ancho reinicio sincrono habilitacion reloj entrada "
	"salida entradas une le les des du avec et pour je veux voudrais horloge remise "
	"sur entrees sortie synchrone asynchrone "
	/* what one says to be polite */
	"s il vous plait svp merci bonjour j ai besoin moi fais faites ecris ecrivez hallo danke "
	"koennte koenntest koennen du mir sie machen mach gib favor gracias hola hazme haz puedes ";

/* "without parity": the word behind it is not asked for. */
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

/* Between the words of a name they may be missing or be others. */
static const char glue[] = "a an the to of with and for in over de von ";

bool cookbook_common(const struct word *w)
{
	return w->number || word_among(w, common);
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

/* How many cards know a word: the fewer, the more it says. */
static double rarity(const struct index *all, size_t n, const struct word *word)
{
	size_t known = 0;

	for (size_t i = 0; i < n; i++)
		known += has_word(&all[i], word);
	return known ? 1.5 + 0.5 * log((double)(n + 1) / (double)known) : 0;
}

/* All words of a name, but for glue, in the request: more when they stand
 * together. */
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
		if (cookbook_common(&request->v[k]))
			continue;
		if (has_word(x, &request->v[k]))
			singles += weight[k];
		if (holds(&x->unlike, &request->v[k]))
			singles -= 3;
	}
	return best * 1.5 + singles;
}

/* The share of the request's telling words that the card knows. */
static double coverage(const struct index *x, const struct words *request)
{
	double known = 0, all = 0;

	for (size_t k = 0; k < request->n; k++) {
		if (cookbook_common(&request->v[k]))
			continue;
		all++;
		known += has_word(x, &request->v[k]);
	}
	return all > 0 ? known / all : 1;
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

#define SURE_SCORE    5.0
#define SURE_COVERAGE 0.34
#define SURE_NAME     3.0

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

static bool in_a_name(const struct index *x, const struct word *word)
{
	for (size_t i = 0; i < x->n_names; i++)
		if (holds(&x->names[i], word))
			return true;
	return false;
}

/* "Viterbi decoder", "barrel shifter": a word that no card knows, right before
 * the first word of the design's name, makes another design of it. So does one
 * that the card itself names as not its own and no other card has. */
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

/* "detects 1101" asks for a detector of bits, whatever else is said: more than
 * the name "Mealy FSM" counts. */
static double pattern_score(const struct cookbook_card *card, const struct words *r)
{
	bool bits = false, detects = false;

	for (size_t k = 0; k < r->n; k++) {
		const char *s = r->v[k].text;

		bits = bits || (strlen(s) >= 3 && s[strspn(s, "01")] == '\0' && strchr(s, '1') &&
				strcmp(s, "100") != 0);
		detects =
			detects ||
			word_among(&r->v[k],
				   "mealy moore fsm automat automate zustandsautomat detect "
				   "detects detecting detector detection detecteur detecte erkennt "
				   "erkennen erkennung erkenner detektor recognizes recognizer "
				   "recognise "
				   "recognize sequence sequenz secuencia reconnait reconnaitre "
				   "detecta");
	}
	return !bits || !detects ? 0 : card->pattern ? 15 : -15;
}

void cookbook_search(const struct cookbook *c, const char *request, struct cookbook_match *out)
{
	struct words r;
	struct index *all = mem_calloc(c->n, sizeof(*all));
	double *weight, *score = mem_calloc(c->n, sizeof(*score));

	memset(out, 0, sizeof(*out));
	words_init(&r, request);
	leave_out_the_negated(&r);
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
			   pattern_score(&c->v[i], &r);
	rank(c, score, out);
	if (out->card[0]) {
		const struct index *x = &all[out->card[0] - c->v];

		out->sure = out->score[0] >= SURE_SCORE && coverage(x, &r) >= SURE_COVERAGE &&
			    (best_name(x, &r, weight) >= SURE_NAME ||
			     pattern_score(out->card[0], &r) > 0 ||
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
