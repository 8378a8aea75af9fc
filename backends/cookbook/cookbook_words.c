/* Splits a request into words that can be compared with the cards: lower case, accents
 * removed, endings cut off (stem), number words of five languages turned into numbers.
 * Common hardware notation is spelled out first: `4:1` and `0..9` become `4 to 1` and
 * `0 to 9`, `1k x 8` becomes 1024 x 8, `thirty-two` is one number.
 *
 * The stemmer only has to unify the forms of a word ("shifting", "shifter", "shift");
 * stems need not be words. Typing errors are tolerated in words of at least five
 * letters (words_alike); in shorter ones a single letter makes another word: mux, max.
 */
#include "config.h"

#include "backends/cookbook/cookbook_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "backends/cookbook/cookbook_tongues.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/option/opt.h"

#define MAX_WORDS 400

/* Number words, also in the students' languages. */
static const struct {
	const char *word;
	long value;
} numbers[] = {
	{ "two", 2 },	    { "three", 3 },	{ "four", 4 },	     { "five", 5 },
	{ "six", 6 },	    { "seven", 7 },	{ "eight", 8 },	     { "nine", 9 },
	{ "ten", 10 },	    { "eleven", 11 },	{ "twelve", 12 },    { "thirteen", 13 },
	{ "fourteen", 14 }, { "fifteen", 15 },	{ "sixteen", 16 },   { "eighteen", 18 },
	{ "twenty", 20 },   { "thirty", 30 },	{ "forty", 40 },     { "fifty", 50 },
	{ "sixty", 60 },    { "hundred", 100 }, { "zwei", 2 },	     { "drei", 3 },
	{ "vier", 4 },	    { "acht", 8 },	{ "zehn", 10 },	     { "sechzehn", 16 },
	{ "ocho", 8 },	    { "cuatro", 4 },	{ "huit", 8 },	     { "quatre", 4 },
	{ "seize", 16 },    { "octet", 8 },	{ "dieciseis", 16 }, { "cinco", 5 },
	{ "seis", 6 },	    { "diez", 10 },	{ "doce", 12 },	     { "dix", 10 },
	{ "douze", 12 },    { "deux", 2 },	{ "trois", 3 },	     { "tres", 3 },
	{ "cinq", 5 },	    { "sept", 7 },	{ "sieben", 7 },     { "siete", 7 },
	{ "neun", 9 },	    { "nueve", 9 },	{ "veinte", 20 },    { "zwanzig", 20 },
	{ "vingt", 20 },    { "dreissig", 30 }, { "treinta", 30 },   { "fuenf", 5 },
	{ "sechs", 6 },	    { "zwoelf", 12 },	{ "trente", 30 },    { "seventy", 70 },
	{ "eighty", 80 },   { "ninety", 90 },
};

/* Letters of Latin-1 without diacritics, indexed by the low six bits of the second
 * UTF-8 byte after 0xc3; the cards are written that way too. */
static const char *const latin[64] = {
	"a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
	"d", "n", "o", "o", "o",  "o", "oe", "x", "o", "u", "u", "u", "ue", "y", "th", "ss",
	"a", "a", "a", "a", "ae", "a", "ae", "c", "e", "e", "e", "e", "i",  "i", "i",  "i",
	"d", "n", "o", "o", "o",  "o", "oe", "x", "o", "u", "u", "u", "ue", "y", "th", "y",
};

static void stem(const char *word, char *out, size_t size)
{
	static const char *const endings[] = { "ations", "ation", "izers", "izer", "isers", "iser",
					       "ings",	 "ing",	  "ers",   "er",   "ors",   "or",
					       "ed",	 "es",	  "s",	   "e" };
	size_t len = strlen(word);

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		size_t n = strlen(endings[i]);

		if (len >= n + 3 && strcmp(word + len - n, endings[i]) == 0) {
			len -= n;
			break;
		}
	}
	/* "shifting", "shift"; "debugging", "debug" */
	if (len >= 4 && word[len - 1] == word[len - 2] && !strchr("aeiousl", word[len - 1]))
		len--;
	if (len >= size)
		len = size - 1;
	memcpy(out, word, len);
	out[len] = '\0';
}

static long number_word(const char *s)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (strcmp(numbers[i].word, s) == 0)
			return numbers[i].value;
	return 0;
}

static void add(struct words *w, size_t *cap, const char *s, size_t len)
{
	struct word *word;

	if (w->n >= MAX_WORDS)
		return;
	MEM_ROOM(w->v, w->n, *cap);
	word = &w->v[w->n++];
	memset(word, 0, sizeof(*word));
	if (len >= sizeof(word->text))
		len = sizeof(word->text) - 1;
	for (size_t i = 0; i < len; i++)
		word->text[i] = (char)tolower((unsigned char)s[i]);
	/* "1k x 8" */
	if (strcmp(word->text, "k") == 0 && w->n > 1 && word[-1].number) {
		word[-1].value *= 1024;
		w->n--;
		return;
	}
	if (isdigit((unsigned char)s[0])) {
		word->number = true;
		word->value = strtol(word->text, NULL, 10);
	} else if ((word->value = number_word(word->text)) != 0 ||
		   strcmp(word->text, "zero") == 0) {
		word->number = true;
	}
	word->english = cookbook_english(word->text);
	stem(word->english ? word->english : word->text, word->stem, sizeof(word->stem));
	/* Joins "thirty-two" and "sixty four" into one number. */
	if (word->number && w->n > 1 && word[-1].number && word[-1].value >= 20 &&
	    word[-1].value % 10 == 0 && word->value < 10 &&
	    !isdigit((unsigned char)word->text[0])) {
		word[-1].value += word->value;
		w->n--;
	}
}

/* Removes diacritics and spells out notation: "4:1" and "0..9" as "4 to 1", "0 to 9",
 * and a multiplication sign as "x". */
static void fold(const char *text, struct str *out)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p == 0xc3 && p[1] >= 0x80 && p[1] < 0xc0)
			str_adds(out, latin[*++p - 0x80]);
		else if ((*p == 'k' || *p == 'K') && (p[1] == 'x' || p[1] == 'X'))
			str_adds(out, "k ");
		else if (*p == '.' && p[1] == '.')
			str_adds(out, " to "), p++;
		else if (*p == '*')
			str_adds(out, " x ");
		else if (*p == ':' && out->len && isdigit((unsigned char)out->data[out->len - 1]) &&
			 isdigit(p[1]))
			str_adds(out, " to ");
		else
			str_addc(out, (char)*p);
	}
}

static int class_of(const char *p)
{
	unsigned char c = (unsigned char)*p;

	return isdigit(c) ? 1 : isalpha(c) || c >= 0x80 ? 2 : 0;
}

static size_t token(const char *p)
{
	int class = class_of(p);
	size_t n = 1;

	while (p[n] && (class_of(p + n) == class ||
			(class == 1 && p[n] == '.' && class_of(p + n + 1) == 1)))
		n++;
	return n;
}

void words_init(struct words *w, const char *text)
{
	struct str folded = STR_INIT;
	size_t cap = 0;

	*w = (struct words){ 0 };
	fold(text, &folded);
	for (const char *p = str_cstr(&folded); *p; p += token(p))
		if (class_of(p))
			add(w, &cap, p, token(p));
	str_free(&folded);
}

void words_fini(struct words *w)
{
	free(w->v);
	*w = (struct words){ 0 };
}

bool words_alike(const struct word *a, const struct word *b)
{
	size_t n = strlen(a->text), m = strlen(b->text);

	if (a->number && b->number && a->value == b->value)
		return true;
	if (strcmp(a->stem, b->stem) == 0)
		return true;
	/* In short words one letter makes another word: mux, max. And people get the first
	 * letter right: multiplexer, demultiplexer. */
	if (n < 5 || m < 5 || a->number || b->number || a->exact || b->exact ||
	    a->text[0] != b->text[0])
		return false;
	return word_distance(a->text, b->text, 1) <= 1 ||
	       (n >= 8 && m >= 8 && word_distance(a->text, b->text, 2) <= 2);
}

static bool among(const char *word, const char *list)
{
	size_t len = strlen(word);

	while (*list) {
		size_t n = strcspn(list, " ");

		if (n == len && memcmp(list, word, n) == 0)
			return true;
		list += n + (list[n] == ' ');
	}
	return false;
}

bool word_among(const struct word *w, const char *list)
{
	return among(w->text, list);
}

bool word_means(const struct word *w, const char *list)
{
	return among(w->text, list) || (w->english && among(w->english, list));
}
