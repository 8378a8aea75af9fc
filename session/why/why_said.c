/* A line has what was got, then what was expected: "stored 0002 at 7, expected fffa at 7".
 * The number before the turning word that is the signal's value, in one of the bases that
 * simulators print, has its counterpart after it, counted from the end: what stands in front,
 * such as a time, has none. %h and %b print all digits of a value, so numbers of that length
 * are of that base; else they are first taken as decimal: 2 and 14 are rarely 'h2 and 'h14.
 */
#include "config.h"

#include "session/why/why_said.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"

#define WORDS_MAX  64
#define TEXT_LEAST 2  /* characters; fewer are a number */
#define SAID_TEXT  4  /* as much as so many numbers */
#define ARGS_MAX   16 /* numbers among them */

struct word {
	const char *at;
	size_t len;
};

static bool is_digit_of(char c, unsigned base, unsigned *digit)
{
	*digit = c >= '0' && c <= '9'	? (unsigned)(c - '0')
		 : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
		 : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
					: 99;
	return *digit < base;
}

static bool number_of(const struct word *w, unsigned base, uint64_t *out)
{
	size_t i = base == 10 && w->at[0] == '-' && w->len > 1;
	uint64_t n = 0;
	unsigned digit;

	for (size_t k = i; k < w->len; k++) {
		if (!is_digit_of(w->at[k], base, &digit) || n > (UINT64_MAX - digit) / base)
			return false;
		n = n * base + digit;
	}
	*out = i ? 0 - n : n;
	return w->len > i;
}

static size_t words_of(const char *s, const char *end, struct word *out)
{
	size_t n = 0;

	while (s < end && n < WORDS_MAX) {
		const char *from = s;

		while (s < end && (isalnum((unsigned char)*s) || (s == from && *s == '-')))
			s++;
		if (s > from)
			out[n++] = (struct word){ from, (size_t)(s - from) };
		else
			s++;
	}
	return n;
}

/* The k-th number in that base from the end, and its length. */
static bool from_end(const struct word *w, size_t n, unsigned base, size_t k, uint64_t *out,
		     size_t *len)
{
	while (n-- > 0)
		if (number_of(&w[n], base, out) && k-- == 0) {
			*len = w[n].len;
			return true;
		}
	return false;
}

static bool names(const struct word *w, size_t n, uint64_t number, uint64_t mask)
{
	static const unsigned bases[] = { 16, 10, 2 };
	uint64_t is;

	for (size_t b = 0; b < sizeof(bases) / sizeof(*bases); b++)
		for (size_t i = 0; i < n; i++)
			if (number_of(&w[i], bases[b], &is) && (is & mask) == number)
				return true;
	return false;
}

/* The position where a line changes over to the expected value. */
static const char *turning(const char *said)
{
	static const char *const words[] = { "expected",   "expect", "want", "should",
					     "instead of", " not ",  "!=",   "exp" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *at = strcasestr(said, words[i]);

		if (at)
			return at;
	}
	return NULL;
}

struct said_line {
	struct word before[WORDS_MAX], after[WORDS_MAX]; /* of its turning word */
	size_t n, m;
};

/* The counterpart of a value in that base. digits: the length of both numbers; 0: any. */
static bool counterpart(const struct said_line *l, unsigned base, size_t digits, uint64_t is,
			uint64_t mask, uint64_t *wanted)
{
	uint64_t got;
	size_t a, b;

	for (size_t k = 0; k < l->n; k++)
		if (from_end(l->before, l->n, base, k, &got, &a) && (got & mask) == is &&
		    (got == is || base == 10) && from_end(l->after, l->m, base, k, wanted, &b) &&
		    (!digits || (a == digits && b == digits)) && (base == 10 || *wanted <= mask))
			return true;
	return false;
}

bool said_wanted(struct why *w, const char *said, const struct bits *value, char out[WHY_WANTED])
{
	const char *turn = turning(said);
	struct said_line l = { 0 };
	uint64_t is, mask, wanted;
	struct str text = STR_INIT;
	bool found;

	if (!turn || value->width < 2 || value->width >= WHY_WANTED || !bits_fits(value, &is))
		return false;
	l.n = words_of(said, turn, l.before);
	l.m = words_of(turn, turn + strlen(turn), l.after);
	mask = value->width == 64 ? UINT64_MAX : (UINT64_C(1) << value->width) - 1;
	if (out[0] && names(l.after, l.m, strtoull(out, NULL, 2), mask))
		return true;
	found = counterpart(&l, 2, value->width, is, mask, &wanted) ||
		counterpart(&l, 16, (value->width + 3) / 4, is, mask, &wanted) ||
		counterpart(&l, 10, 0, is, mask, &wanted) ||
		counterpart(&l, 16, 0, is, mask, &wanted) ||
		counterpart(&l, 2, 0, is, mask, &wanted);
	if (found) {
		struct bits v = bits_number(&w->pool, value->width, wanted & mask);

		bits_print(&v, &text);
		memcpy(out, str_cstr(&text), text.len + 1);
	}
	str_free(&text);
	return found;
}

/* The characters of a constant that is text, "data" or 32'h64617461. */
static bool text_of(const char *constant, struct str *out)
{
	const char *h = strstr(constant, "'h");
	size_t len;

	if (constant[0] == '"') {
		str_add(out, constant + 1, strcspn(constant + 1, "\""));
		return out->len >= TEXT_LEAST;
	}
	len = h ? strlen(h + 2) : 0;
	if (len % 2 || len < 2 * TEXT_LEAST)
		return false;
	for (const char *s = h + 2; *s; s += 2) {
		char two[3] = { s[0], s[1], '\0' };
		int c = (int)strtol(two, NULL, 16);

		if (c < ' ' || c > '~')
			return false;
		str_addc(out, (char)c);
	}
	return true;
}

/* How many of the numbers stand in a line in that order. */
static int in_order(const struct word *w, size_t n, const uint64_t *numbers, size_t count)
{
	int best[ARGS_MAX + 1] = { 0 };

	for (size_t i = 0; i < n; i++)
		for (size_t k = count; k-- > 0;)
			if (names(&w[i], 1, numbers[k], UINT64_MAX) && best[k] + 1 > best[k + 1])
				for (size_t m = k + 1; m <= count && best[m] < best[k] + 1; m++)
					best[m] = best[k] + 1;
	return best[count];
}

/* The expected values count; the rest of the line only decides between equals. To
 * "button 0: 0 0 0, expected 1 0 0", counts(0, 1, 0, 0) fits better than counts(1, 0, 0, 0). */
int said_of_call(const struct why *w, const char *said, uint32_t call)
{
	const struct circuit *c = w->c;
	const char *turn = turning(said);
	struct word words[WORDS_MAX];
	uint64_t numbers[ARGS_MAX];
	size_t n, count = 0;
	int texts = 0, after;

	for (uint32_t a = c->nodes[call].first; a; a = c->nodes[a].next) {
		uint32_t e = c->nodes[a].first;
		struct str text = STR_INIT;
		const char *constant, *h;

		while (c->nodes[e].op == CIRCUIT_EXTEND || c->nodes[e].op == CIRCUIT_EXTENDS)
			e = c->nodes[e].first;
		if (c->nodes[e].op != CIRCUIT_CONST)
			continue;
		constant = c->texts[c->nodes[e].ref];
		h = strchr(constant, 'h');
		if (text_of(constant, &text))
			texts += strstr(said, str_cstr(&text)) ? SAID_TEXT : 0;
		else if (h && strlen(h) <= 16 && count < ARGS_MAX)
			numbers[count++] = strtoull(h + 1, NULL, 16);
		str_free(&text);
	}
	n = turn ? words_of(turn, turn + strlen(turn), words) : 0;
	after = in_order(words, n, numbers, count);
	if (texts + after == 0)
		return 0;
	n = words_of(said, said + strlen(said), words);
	return (texts + after) * (ARGS_MAX + 1) + in_order(words, n, numbers, count);
}
