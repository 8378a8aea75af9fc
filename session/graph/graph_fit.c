/* Matches words with designers' names.
 *
 * Names are words with letters left out. Which letters are left out differs between
 * companies, so the table of abbreviations (graph_words.c) contains only unambiguous
 * ones. A rule covers the rest: the first letter stays, and the others keep their
 * order. The weaker the rule, the lower the fit.
 */
#include "config.h"

#include "session/graph/graph_fit.h"

#include <ctype.h>
#include <string.h>

#include "session/graph/graph_words.h"

enum {
	FIT_FORM = 95,	   /* enable, enables */
	FIT_KNOWN = 90,	   /* ptr, pointer; predictor, prediction */
	FIT_INITIALS = 85, /* lsu, load store unit */
	FIT_BEGIN = 80,	   /* instr, instruction; perf, performance */
	FIT_WITHIN = 75,   /* skidbuffer, buffer */
	FIT_ALIKE = 70,	   /* crc, checksum */
	FIT_BRIEF = 65,	   /* bitcnt, count */
	FIT_NUMBER = 65,   /* crc16, 16 */
	FIT_RULE = 60,	   /* imm, immediate */
	FIT_TWO = 50,	   /* pf, prefetch */
};

#define WORD_MAX (sizeof(((struct graph_word *)0)->low) - 1)

static size_t lower(char *to, size_t size, const char *from, size_t n)
{
	n = n < size - 1 ? n : size - 1;
	for (size_t i = 0; i < n; i++)
		to[i] = (char)tolower((unsigned char)from[i]);
	to[n] = '\0';
	return n;
}

/* True for the 2 that means "to" in "bin2gray", "hdu2exu". */
static bool is_to(const char *low, size_t n, size_t from, size_t i)
{
	return low[i] == '2' && i >= from + 3 && i + 3 < n && islower((unsigned char)low[i - 1]) &&
	       islower((unsigned char)low[i + 1]) && islower((unsigned char)low[i + 2]) &&
	       islower((unsigned char)low[i + 3]);
}

void graph_name_read(struct graph_name *out, struct slice name)
{
	size_t n = lower(out->low, sizeof(out->low), name.p, name.n), from = 0;

	out->n = 0;
	for (size_t i = 0; i <= n && out->n < GRAPH_PARTS_MAX; i++) {
		bool letter = i < n && (isalnum((unsigned char)name.p[i]) || (name.p[i] & 0x80)) &&
			      !is_to(out->low, n, from, i);
		bool hump = letter && i > from && graph_hump(name.p, i, n);

		if (letter && !hump)
			continue;
		if (i > from) {
			struct graph_part *p = &out->part[out->n++];

			*p = (struct graph_part){ (unsigned char)from,
						  (unsigned char)(i - from),
						  { NULL } };
			graph_acronym_read(&p->of, out->low + from, i - from);
		}
		from = hump ? i : i + 1;
	}
}

/* Removes the ending of a word: "enables", "enabled" and "enabling" have the same stem. */
static void stem(char *s)
{
	static const struct {
		const char *tail;
		size_t least; /* minimum of letters before the tail */
	} tails[] = { { "ations", 3 }, { "ation", 3 }, { "ison", 4 }, { "ions", 3 },
		      { "ion", 4 },    { "ing", 3 },   { "ers", 3 },  { "ors", 4 },
		      { "ies", 3 },    { "ed", 4 },    { "er", 4 },   { "or", 4 },
		      { "es", 4 },     { "s", 3 },     { "e", 3 },    { "y", 5 } };
	size_t n = strlen(s);

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		size_t t = strlen(tails[i].tail);

		if (n < t + tails[i].least || strcmp(s + n - t, tails[i].tail) != 0 ||
		    (t == 1 && n > 1 && s[n - 1] == 's' && s[n - 2] == 's'))
			continue;
		s[n -= t] = '\0';
		if (t > 1 && n > 3 && s[n - 1] == s[n - 2] && s[n - 1] != 's')
			s[n - 1] = '\0'; /* controll, mapp */
		return;
	}
}

/* Designs spell in American English. Returns the new length. */
static size_t american(char *s, size_t n)
{
	if (n > 5 && strcmp(s + n - 3, "our") == 0 && strcmp(s + n - 4, "hour") != 0) {
		memcpy(s + n - 2, "r", 2);
		return n - 1;
	}
	for (size_t i = 4; i + 3 <= n; i++)
		if (memcmp(s + i, "ise", 3) == 0 &&
		    (i + 3 == n || s[i + 3] == 'd' || s[i + 3] == 's'))
			s[i + 1] = 'z';
	return n;
}

void graph_word_read(struct graph_word *out, struct slice word)
{
	size_t n = lower(out->low, sizeof(out->low), word.p, word.n);

	memcpy(out->given, out->low, n + 1);
	n = american(out->low, n);
	memcpy(out->stem, out->low, n + 1);
	stem(out->stem);
	out->full = graph_full(out->low, n);
	graph_briefs(out->low, out->brief, sizeof(out->brief) / sizeof(*out->brief));
	graph_senses(out->low, out->alike);
}

static bool same(const char *p, size_t n, const char *s)
{
	return strncmp(s, p, n) == 0 && s[n] == '\0';
}

static bool same_stem(const char *p, size_t n, const char *want)
{
	char s[32];

	if (n < 3 || n >= sizeof(s) || p[0] != want[0])
		return false;
	memcpy(s, p, n);
	s[n] = '\0';
	stem(s);
	return strcmp(s, want) == 0;
}

/* True if brief has the first letter of word and further letters of it in order. */
static bool shortens(const char *brief, size_t n, const char *word)
{
	size_t k = 0;

	if (n < 2 || brief[0] != word[0] || strlen(word) < n + 2)
		return false;
	for (; *word && k < n; word++)
		k += *word == brief[k];
	return k == n;
}

/* True if the letters are all consonants of the word: clr, color. */
static bool is_skeleton(const char *p, size_t n, const char *word)
{
	size_t k = 0;

	for (; *word; word++)
		if (!strchr("aeiou", *word) && (k == n || *word != p[k++]))
			return false;
	return k == n;
}

/* Length of the common prefix. */
static size_t begin(const char *p, size_t n, const char *s)
{
	size_t k = 0;

	while (k < n && s[k] && p[k] == s[k])
		k++;
	return k;
}

static unsigned as_alike(const char *p, size_t n, const char *full, const struct graph_word *w)
{
	for (size_t i = 0; w->alike[i]; i++)
		if (same(p, n, w->alike[i]) || graph_is_form(p, n, w->alike[i]) ||
		    (n > 3 && strlen(w->alike[i]) > 3 && begin(p, n, w->alike[i]) == n) ||
		    (full && strcmp(full, w->alike[i]) == 0))
			return FIT_ALIKE;
	return 0;
}

static unsigned as_prose(const char *p, size_t n, const struct graph_word *w)
{
	const char *full;

	if (same(p, n, w->low) || same(p, n, w->given))
		return GRAPH_FIT_MAX;
	if (same_stem(p, n, w->stem))
		return FIT_FORM;
	if (graph_is_form(p, n, w->low))
		return FIT_KNOWN;
	full = graph_full(p, n);
	if (full && (same(full, strlen(full), w->low) || same_stem(full, strlen(full), w->stem) ||
		     (w->full && strcmp(full, w->full) == 0)))
		return FIT_KNOWN;
	if (w->full && (same(p, n, w->full) || same_stem(p, n, w->full)))
		return FIT_KNOWN;
	return as_alike(p, n, full, w);
}

static size_t where(const char *p, size_t n, const char *word, size_t least)
{
	size_t len = strlen(word);

	for (size_t i = 0; len >= least && i + len <= n; i++)
		if (memcmp(p + i, word, len) == 0)
			return i;
	return n;
}

struct fit {
	unsigned how;
	size_t from, n; /* letters matched in the part */
};

static bool ends_in(const char *p, size_t n, const char *number)
{
	size_t len = strlen(number);

	return len && strspn(number, "0123456789") == len && n > len &&
	       memcmp(p + n - len, number, len) == 0 && !isdigit((unsigned char)p[n - len - 1]);
}

/* A number at the end of a part: crc16, sh24. */
static struct fit numbered(const char *p, size_t n, const struct graph_word *w)
{
	const char *number = ends_in(p, n, w->low) ? w->low : NULL;

	for (size_t i = 0; !number && w->alike[i]; i++)
		if (ends_in(p, n, w->alike[i]))
			number = w->alike[i];
	return number ? (struct fit){ FIT_NUMBER, n - strlen(number), strlen(number) }
		      : (struct fit){ 0 };
}

static struct fit grown_together(const char *p, size_t n, const struct graph_word *w)
{
	size_t at = where(p, n, w->low, 3);

	if (at < n)
		return (struct fit){ FIT_WITHIN, at, strlen(w->low) };
	at = where(p, n, w->stem, 4);
	if (at < n)
		return (struct fit){ FIT_WITHIN, at, strlen(w->stem) };
	for (size_t i = 0; w->brief[i]; i++) {
		at = where(p, n, w->brief[i], 3);
		if (at < n)
			return (struct fit){ FIT_BRIEF, at, strlen(w->brief[i]) };
	}
	/* txdata, statetx: tx and rx are not letters of their words */
	for (size_t i = 0; n > 4 && w->brief[i]; i++)
		if (strcmp(w->brief[i], "tx") == 0 || strcmp(w->brief[i], "rx") == 0)
			for (at = 0; at < n; at += n - 2)
				if (memcmp(p + at, w->brief[i], 2) == 0)
					return (struct fit){ FIT_BRIEF, at, 2 };
	at = w->full ? where(p, n, w->full, 4) : n;
	return at < n ? (struct fit){ FIT_BRIEF, at, strlen(w->full) } : (struct fit){ 0 };
}

static struct fit fit_part(const char *p, size_t n, const struct graph_word *w)
{
	struct fit f = { as_prose(p, n, w), 0, n };
	size_t common;

	if (f.how)
		return f;
	common = begin(p, n, w->low);
	if (n >= 3 && common == n && (n > 3 || !graph_full(p, n)) && !graph_is_word(p, n))
		return (struct fit){ FIT_BEGIN, 0, n };
	if (n >= 4 && n < 32 && common >= 4 && (w->low[common] == '\0' || common + 2 >= n) &&
	    !graph_is_word(p, n))
		return (struct fit){ FIT_BEGIN, 0, common };
	f = numbered(p, n, w);
	if (!f.how)
		f = grown_together(p, n, w);
	if (f.how && graph_is_word(p, n)) /* no compound: the code in "decode" */
		return (struct fit){ 0 };
	if (f.how)
		return f;
	if (n == 3 && p[1] == '2' && (p[0] == w->low[0] || p[2] == w->low[0])) /* i2f */
		return (struct fit){ FIT_TWO, p[0] == w->low[0] ? 0 : 2, 1 };
	if (n <= 5 && shortens(p, n, w->low) && !graph_full(p, n) && !graph_is_word(p, n))
		return (struct fit){ n > 2 ? FIT_RULE : FIT_TWO, 0, n };
	if (n == 3 && is_skeleton(p, n, w->low))
		return (struct fit){ FIT_RULE, 0, n };
	if (strlen(w->low) >= 3 && strlen(w->low) <= 5 && n < 32 && !strpbrk(w->low, "aeiou")) {
		char part[32];

		memcpy(part, p, n);
		part[n] = '\0';
		if (shortens(w->low, strlen(w->low), part))
			return (struct fit){ FIT_RULE, 0, n };
	}
	return (struct fit){ 0 };
}

static void cover(unsigned char *covered, size_t from, size_t n)
{
	if (covered)
		memset(covered + from, 1, n);
}

/* Matches the word "lsu" with load_store_unit, possibly with parts before and after. */
static unsigned by_first_letters(const struct graph_name *name, const struct graph_word *w,
				 unsigned char *covered)
{
	size_t n = strlen(w->low);

	for (size_t i = 0; n >= 2 && i + n <= name->n; i++) {
		size_t k = 0;

		while (k < n && name->low[name->part[i + k].from] == w->low[k] &&
		       name->part[i + k].n > 1)
			k++;
		if (k < n)
			continue;
		for (k = 0; k < n; k++)
			cover(covered, name->part[i + k].from, name->part[i + k].n);
		return FIT_INITIALS;
	}
	return 0;
}

static bool means(const char *word, size_t n, const struct graph_word *w)
{
	return same(word, n, w->low) || same_stem(word, n, w->stem) ||
	       (w->full && (same(word, n, w->full) || same_stem(word, n, w->stem)));
}

/* Each word of an acronym covers a share of its letters. A single word is weak
 * evidence: "load" alone does not mean an lsu. */
static struct fit as_acronym(const struct graph_part *p, const struct graph_word *w)
{
	const struct graph_acronym *a = &p->of;
	struct slice rest = slice_of(a->words ? a->words : "");
	size_t n = 0, at = 0;
	bool has = false;

	while (!slice_blank(rest)) {
		struct slice word = slice_token(&rest);

		if (!has && means(word.p, word.n, w)) {
			has = true;
			at = n;
		}
		n++;
	}
	if (has)
		return (struct fit){ FIT_ALIKE, at * p->n / n,
				     (at + 1) * p->n / n - at * p->n / n };
	if (a->words && a->whose && means(a->whose, strlen(a->whose), w))
		return (struct fit){ FIT_ALIKE, 0, 1 };
	if (a->words && a->half && means(a->half, strlen(a->half), w))
		return (struct fit){ FIT_ALIKE, p->n - 1u, 1 };
	return (struct fit){ 0 };
}

unsigned graph_fit(const struct graph_name *name, const struct graph_word *w,
		   unsigned char covered[GRAPH_FIT_NAME])
{
	struct fit best = { 0 };
	size_t at = 0;

	for (size_t i = 0; i < name->n; i++) {
		struct fit f = fit_part(name->low + name->part[i].from, name->part[i].n, w);

		if (f.how < FIT_INITIALS && name->part[i].of.words) {
			struct fit known = as_acronym(&name->part[i], w);

			f = known.how > f.how ? known : f;
		}
		if (f.how > best.how) {
			best = f;
			at = name->part[i].from;
		}
	}
	if (best.how < FIT_INITIALS && strlen(w->low) > 2 && by_first_letters(name, w, covered))
		return FIT_INITIALS;
	if (best.how)
		cover(covered, at + best.from, best.n);
	return best.how;
}

static bool may_begin(char c, const struct graph_word *w)
{
	bool is = c == w->low[0];

	for (size_t i = 0; !is && w->alike[i]; i++)
		is = c == w->alike[i][0];
	return is;
}

unsigned graph_fit_prose(struct slice text, const struct graph_word *w)
{
	unsigned best = 0;
	char word[32];

	for (size_t i = 0; i < text.n && best < GRAPH_FIT_MAX;) {
		size_t n = 0;
		unsigned how;

		while (i < text.n && !isalnum((unsigned char)text.p[i]))
			i++;
		while (i + n < text.n && isalnum((unsigned char)text.p[i + n]))
			n++;
		if (n > 1 && n < sizeof(word) &&
		    may_begin((char)tolower((unsigned char)text.p[i]), w)) {
			lower(word, sizeof(word), text.p + i, n);
			how = as_prose(word, n, w);
			best = how > best ? how : best;
		}
		i += n;
	}
	return best;
}

/* A known abbreviation of something else is not initials (cmp: count, match, period),
 * unless the next part is the next word: cs_registers. */
static unsigned initials(const struct graph_name *name, size_t at, const struct graph_word *w,
			 size_t n, size_t more)
{
	const struct graph_part p = name->part[at], *next = &name->part[at + 1];

	if (more && at + 1 < name->n &&
	    as_prose(name->low + next->from, next->n, &w[n]) >= FIT_FORM)
		return FIT_INITIALS;
	return graph_full(name->low + p.from, p.n) ? 0
	       : n > 2				   ? FIT_INITIALS
	       : name->n == 1			   ? FIT_ALIKE
						   : FIT_TWO;
}

/* "m" in m_mode means machine if mode is the next word; "eof" means end (of) frame. */
static unsigned by_one_letter(const struct graph_name *name, size_t at, const struct graph_word *w)
{
	const struct graph_part p = name->part[at], *next = &name->part[at + 1];

	if (p.n == 3 && name->low[p.from + 1] == 'o')
		return name->low[p.from] == w[0].low[0] && name->low[p.from + 2] == w[1].low[0]
			       ? FIT_TWO
			       : 0;
	if (p.n != 1 || at + 1 == name->n || name->low[p.from] != w[0].low[0])
		return 0;
	return as_prose(name->low + next->from, next->n, &w[1]) >= FIT_FORM ? FIT_ALIKE : 0;
}

/* In a compound, initials count before or after one of the words: rtctimer. */
static size_t grown_initials(const char *p, size_t len, const struct graph_word *w, size_t n,
			     size_t before, size_t more)
{
	for (size_t at = 0; n > 2 && len > n + 2 && at <= len - n; at += len - n) {
		const char *rest = at ? p : p + n;
		size_t k = 0;

		while (k < n && p[at + k] == w[k].low[0])
			k++;
		for (size_t i = 0; k == n && i < before + n + more; i++)
			if (as_prose(rest, len - n, w - before + i) >= FIT_KNOWN)
				return at;
	}
	return len;
}

unsigned graph_fit_initials(const struct graph_name *name, const struct graph_word *w, size_t n,
			    size_t before, size_t more, unsigned char covered[GRAPH_FIT_NAME])
{
	for (size_t i = 0; i < name->n; i++) {
		unsigned how;
		size_t k = 0;

		while (k < n && k < name->part[i].n &&
		       name->low[name->part[i].from + k] == w[k].low[0])
			k++;
		how = k == n && name->part[i].n == n ? initials(name, i, w, n, more) : 0;
		if (!how && n == 2)
			how = by_one_letter(name, i, w);
		k = how ? 0
			: grown_initials(name->low + name->part[i].from, name->part[i].n, w, n,
					 before, more);
		if (!how && k < name->part[i].n)
			how = FIT_INITIALS;
		if (!how)
			continue;
		cover(covered, name->part[i].from + k, n);
		return how;
	}
	return 0;
}

/* How well all n letters match the word. The first letter rules out most words. */
static unsigned stands(const char *p, size_t n, const struct graph_word *w)
{
	struct fit f;

	if (p[0] != w->low[0] && (!w->full || p[0] != w->full[0]) && n > GRAPH_BRIEF_MAX)
		return 0;
	f = fit_part(p, n, w);
	/* in a compound "st" means store (stbuf), even if it would not alone */
	if (!f.how && n >= 2 && begin(p, n, w->low) == n)
		return FIT_TWO;
	return f.n == n ? f.how : 0;
}

/* A single letter matches a word only next to another known word: d in dcache. */
void graph_fit_ends(const struct graph_name *name, const struct graph_word *w,
		    struct graph_ends *out)
{
	for (size_t i = 0; i < name->n; i++) {
		const char *p = name->low + name->part[i].from;
		size_t n = name->part[i].n;

		out->head[i] = out->tail[i] = out->sure_head[i] = out->sure_tail[i] = 0;
		if (n < 4 || n > 2 * WORD_MAX) /* two words cannot be that long */
			continue;
		out->head[i] |= (uint64_t)(p[0] == w->low[0]) << 1;
		for (size_t k = 2; k < n && k <= WORD_MAX; k++) {
			unsigned how = stands(p, k, w);

			out->head[i] |= (uint64_t)(how > 0) << k;
			out->sure_head[i] |= (uint64_t)(how > FIT_RULE) << k;
		}
		/* timera: timer a */
		out->tail[i] |= (uint64_t)(p[n - 1] == w->low[0] && !w->low[1]) << (n - 1);
		for (size_t k = n > WORD_MAX ? n - WORD_MAX : 1; k + 2 <= n; k++) {
			unsigned how = stands(p + k, n - k, w);

			out->tail[i] |= (uint64_t)(how > (k == 1 ? FIT_RULE : 0)) << k;
			out->sure_tail[i] |= (uint64_t)(how > FIT_RULE) << k;
		}
	}
}

unsigned graph_fit_two(const struct graph_name *name, const struct graph_ends *a,
		       const struct graph_ends *b, unsigned char covered[GRAPH_FIT_NAME])
{
	for (size_t i = 0; i < name->n; i++)
		if (a->head[i] & b->tail[i]) {
			bool sure =
				(a->sure_head[i] & b->tail[i]) || (a->head[i] & b->sure_tail[i]);

			cover(covered, name->part[i].from, name->part[i].n);
			return sure ? FIT_BEGIN : FIT_TWO;
		}
	return 0;
}
