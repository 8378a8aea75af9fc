/* Matches the words of a question with one name. */
#include "config.h"

#include "session/graph/graph_asked.h"

#include <string.h>

#include "session/base/word_table.h"

#define STANDS GRAPH_ASKED_STANDS
#define WHOLE  95u /* the word, or a form of it, and no compound: requested */
#define GROWN  85u /* fit if several words cover all letters of a part */

static void read_words(struct graph_asked *a, const struct strv *terms, size_t around)
{
	a->around = GRAPH_ASKED_WORDS;
	for (size_t i = 0; i < terms->n; i++) {
		struct graph_name parts;
		size_t k = 0;

		graph_name_read(&parts, slice_of(terms->v[i]));
		if (i == around)
			a->around = a->n_words;
		for (; k < parts.n && a->n_words < GRAPH_ASKED_WORDS; k++)
			graph_word_read(
				&a->word[a->n_words++],
				(struct slice){ parts.low + parts.part[k].from, parts.part[k].n });
		a->cut |= k < parts.n;
	}
	if (a->n_words)
		a->head = (a->around && a->around < a->n_words ? a->around : a->n_words) - 1;
}

/* "taken out" */
static bool is_particle(const char *word)
{
	return strcmp(word, "out") == 0 || strcmp(word, "off") == 0 || strcmp(word, "up") == 0;
}

/* Marks soft words, which only classify a thing: a name may lack them without ranking
 * lower. If all words would be soft, none is. */
static void read_kinds(struct graph_asked *a, const struct graph_question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n_words; i++) {
		a->soft[i] = i == q->act || graph_word_is_kind(&a->word[i]);
		a->soft[i] |= i && strcmp(a->word[i].low, "machine") == 0 &&
			      strcmp(a->word[i - 1].low, "state") == 0;
		/* a random number, but not the number of words */
		a->soft[i] |= i && (int)i + 1 != q->within && strcmp(a->word[i].low, "number") == 0;
		a->soft[i] |= i && is_particle(a->word[i].low);
		n += a->soft[i];
	}
	if (n == a->n_words)
		memset(a->soft, 0, sizeof(a->soft));
}

void graph_asked_read(struct graph_asked *a, const struct graph_question *q)
{
	*a = (struct graph_asked){ .acts = q->acts };
	read_words(a, &q->terms, q->around);
	read_kinds(a, q);
}

static bool is_mark_word(const char *s, size_t n)
{
	static const char *const marks[] = { "cur", "curr", "ff", "ni", "no", "reg", NULL };

	if (n == 1)
		return strchr("iorwqdnsfc", *s);
	return words_has_n(marks, s, n);
}

/* True for the marks of a direction, a register or its next value, in front or at the
 * end: i_, _o, _q, _curr_ff. */
static bool is_mark(const struct graph_name *n, size_t i)
{
	if (n->n < 2)
		return false;
	for (size_t k = i ? n->n : 1; k > i; k--)
		if (!is_mark_word(n->low + n->part[k - 1].from, n->part[k - 1].n))
			return false;
	return true;
}

/* True if the words found in the name occur in the order of the question: "axi to
 * ahb", axi_ahb. */
static bool in_order(const struct graph_asked *a, unsigned char (*by)[GRAPH_FIT_NAME])
{
	size_t last = 0;

	for (size_t i = 0; i < a->n_words; i++) {
		const unsigned char *at = memchr(by[i], 1, GRAPH_FIT_NAME);

		if (!at)
			continue;
		if ((size_t)(at - by[i]) < last)
			return false;
		last = (size_t)(at - by[i]);
	}
	return true;
}

/* *ends: the last part is matched. */
static unsigned share(const struct graph_asked *a, const struct graph_name *name,
		      const unsigned char *covered, bool *ends)
{
	unsigned all = 0, has = 0;

	*ends = false;

	for (size_t i = 0; i < name->n; i++) {
		const struct graph_part p = name->part[i];
		unsigned own = 0;

		for (size_t k = 0; k < p.n; k++)
			own += covered[p.from + k];
		if (own == 0 && (is_mark(name, i) || (i == 0 && strlen(a->common) == p.n &&
						      memcmp(name->low, a->common, p.n) == 0)))
			continue;
		if (p.n > 1 || own) /* link_b is a link */
			*ends = own > 0;
		all += p.n;
		has += own;
	}
	return all ? has / all : 0;
}

/* A letter scores as much as the best word that matches it. */
static void raise_cover(unsigned char *covered, const unsigned char *marks, unsigned how)
{
	for (size_t i = 0; how && i < GRAPH_FIT_NAME; i++)
		if (marks[i])
			covered[i] = (unsigned char)graph_most(covered[i], how);
}

/* Fits compounds of two words, if one of them does not match on its own. */
static void fit_pairs(const struct graph_asked *a, const struct graph_name *name,
		      unsigned char *fit, unsigned char *covered)
{
	struct graph_ends ends[GRAPH_ASKED_WORDS];
	unsigned char marks[GRAPH_FIT_NAME] = { 0 };

	for (size_t i = 0; i < a->n_words; i++)
		graph_fit_ends(name, &a->word[i], &ends[i]);
	for (size_t i = 0; i < a->n_words; i++)
		for (size_t k = i + 1; k < a->n_words; k++) {
			unsigned how = 0;

			if ((fit[i] < STANDS || fit[k] < STANDS) && fit[i] < WHOLE &&
			    fit[k] < WHOLE)
				how = graph_fit_two(name, &ends[i], &ends[k], marks);
			raise_cover(covered, marks, how);
			if (how)
				memset(marks, 0, sizeof(marks));
			fit[i] = (unsigned char)graph_most(fit[i], how);
			fit[k] = (unsigned char)graph_most(fit[k], how);
		}
}

/* Fits parts such as "rxaddrcheck" of receive, address and check. Words that together
 * cover nearly all of a part are more certain than each alone; the same holds for
 * most words of an acronym. */
static void fit_grown(const struct graph_asked *a, const struct graph_name *name,
		      unsigned char (*by)[GRAPH_FIT_NAME], unsigned char *fit)
{
	for (size_t i = 0; i < name->n; i++) {
		const struct graph_part p = name->part[i];
		size_t words = 0, letters = 0, least = p.of.words ? 3 : 4;
		bool has[GRAPH_ASKED_WORDS] = { false };

		for (size_t k = p.from; k < (size_t)p.from + p.n; k++) {
			size_t n = 0, only = 0;

			for (size_t w = 0; w < a->n_words; w++)
				if (by[w][k] && fit[w]) {
					n++;
					only = w;
				}
			letters += n > 0;
			words += n == 1 && !has[only];
			has[only] |= n == 1;
		}
		for (size_t w = 0; words > 1 && letters * 5 >= p.n * least && w < a->n_words; w++)
			if (has[w])
				fit[w] = (unsigned char)graph_most(fit[w], GROWN);
	}
}

struct graph_match graph_asked_fit(const struct graph_asked *a, const char *text,
				   unsigned char *fit)
{
	unsigned char covered[GRAPH_FIT_NAME] = { 0 }, by[GRAPH_ASKED_WORDS][GRAPH_FIT_NAME];
	struct graph_name name;
	struct graph_match out;

	graph_name_read(&name, slice_of(text));
	memset(by, 0, a->n_words * sizeof(*by));
	for (size_t i = 0; i < a->n_words; i++) {
		unsigned how = graph_fit(&name, &a->word[i], by[i]);

		fit[i] = (unsigned char)graph_most(fit[i], how);
		raise_cover(covered, by[i], how);
	}
	out.ordered = in_order(a, by);
	fit_grown(a, &name, by, fit);
	fit_pairs(a, &name, fit, covered);
	for (size_t n = 2; n <= 5 && n <= a->n_words; n++)
		for (size_t i = 0; i + n <= a->n_words; i++) {
			unsigned char marks[GRAPH_FIT_NAME] = { 0 };
			unsigned how = graph_fit_initials(&name, a->word + i, n, i,
							  a->n_words - i - n, marks);

			raise_cover(covered, marks, how);
			for (size_t k = i; how && k < i + n; k++)
				fit[k] = (unsigned char)graph_most(fit[k], how);
		}
	out.covered = share(a, &name, covered, &out.ends);
	return out;
}
