/* Each number in the line is given a weight by its context; the largest weight is
 * the time, the first one if several are equal:
 *
 *     time 30, sim time: 30 ns        6, an unambiguous word
 *     t=30, t: 30, @30, @ 30          5
 *     30 ns, 30ns                     4, though "a delay of 30 ns" has it, too
 *     at 30                           3
 *     [30] at the start of the line   3
 *     30: text, at the start          2
 *     (30) at the end of the line     1
 */
#include "config.h"

#include "session/output/told_time.h"

#include <ctype.h>
#include <string.h>

#define LINE_READ 4096 /* bytes of a line that are examined */
#define DIGITS	  19

static const struct {
	const char *name;
	int exponent;
} units[] = {
	{ "s", 0 },	{ "ms", -3 },	 { "us", -6 },	 { "ns", -9 },
	{ "ps", -12 },	{ "fs", -15 },	 { "sec", 0 },	 { "seconds", 0 },
	{ "nsec", -9 }, { "psec", -12 }, { "usec", -6 },
};

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || c == '\'';
}

/* Length of the unit at s, if it is a whole word; 0 if there is none. */
static size_t unit_at(const char *s, size_t len, int *exponent)
{
	size_t n = 0;

	while (n < len && is_letter(s[n]))
		n++;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		if (strlen(units[i].name) == n && strncasecmp(s, units[i].name, n) == 0) {
			*exponent = units[i].exponent;
			return n;
		}
	}
	return 0;
}

size_t told_time_number(const char *s, size_t len, struct told_time *t)
{
	size_t i = 0, blank, n;
	int digits = 0;

	*t = (struct told_time){ .unit = TOLD_UNKNOWN };
	while (i < len && (isdigit((unsigned char)s[i]) ||
			   (s[i] == '.' && i && t->decimals == 0 && i + 1 < len &&
			    isdigit((unsigned char)s[i + 1])))) {
		if (s[i] == '.') {
			for (i++; i < len && isdigit((unsigned char)s[i]) && digits < DIGITS;
			     i++, digits++) {
				t->n = t->n * 10 + (uint64_t)(s[i] - '0');
				t->decimals++;
			}
			break;
		}
		if (++digits > DIGITS)
			return 0;
		t->n = t->n * 10 + (uint64_t)(s[i++] - '0');
	}
	if (i == 0 || (i < len && isdigit((unsigned char)s[i])))
		return 0;
	blank = i < len && s[i] == ' ';
	n = unit_at(s + i + blank, len - i - blank, &t->exponent);
	if (n) {
		t->unit = TOLD_SECONDS;
		t->sure = true;
		return i + blank + n;
	}
	/* "30clk", "4'hf", "0x1f", "1.2.3" are not such numbers. */
	return i < len && (is_letter(s[i]) ||
			   (s[i] == '.' && i + 1 < len && isdigit((unsigned char)s[i + 1])))
		       ? 0
		       : i;
}

/* Length and start of the word that ends before s[at]. */
static size_t word_before(const char *s, size_t at, size_t *start)
{
	size_t end = at;

	while (at && (isalpha((unsigned char)s[at - 1]) || s[at - 1] == '_' || s[at - 1] == '$'))
		at--;
	*start = at;
	return end - at;
}

static bool is_word(const char *s, size_t len, const char *word)
{
	return len == strlen(word) && strncasecmp(s, word, len) == 0;
}

static bool means_time(const char *s, size_t len)
{
	static const char *const words[] = { "time",	 "simtime", "sim_time", "timestamp",
					     "realtime", "$time",   "$realtime" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (is_word(s, len, words[i]))
			return true;
	}
	return false;
}

static int weigh(const char *s, size_t len, size_t at, size_t end, bool unit)
{
	size_t before = at, word, start, marks;
	bool blank, opens, closes;

	while (before && s[before - 1] == ' ')
		before--;
	blank = before < at;
	marks = before;
	while (before && strchr("=:~ ", s[before - 1]))
		before--;
	word = word_before(s, before, &start);
	if (means_time(s + start, word))
		return 6;
	if (before && s[before - 1] == '@')
		return 5;
	if (before < marks && is_word(s + start, word, "t"))
		return 5;
	if (unit)
		return 4;
	if ((blank || before < marks) && is_word(s + start, word, "at") &&
	    (end == len || !isalpha((unsigned char)s[end])))
		return 3;
	opens = at && (s[at - 1] == '[' || s[at - 1] == '(');
	closes = end < len && (s[end] == ']' || s[end] == ')');
	if (opens && closes && s[at - 1] == '[' && at == 1)
		return 3;
	if (at == 0 && end + 1 < len && s[end] == ':' && s[end + 1] == ' ')
		return 2;
	return opens && closes && s[at - 1] == '(' && end + 1 == len ? 1 : 0;
}

void told_time_trim(const char **s, size_t *len)
{
	while (*len && isspace((unsigned char)**s)) {
		++*s;
		--*len;
	}
	while (*len && isspace((unsigned char)(*s)[*len - 1]))
		--*len;
}

bool told_time_read(const char *line, size_t len, struct told_time *t)
{
	int best = 0;

	*t = (struct told_time){ TOLD_NOTHING };
	told_time_trim(&line, &len);
	len = len < LINE_READ ? len : LINE_READ;
	for (size_t i = 0; i < len;) {
		struct told_time found;
		size_t n = isdigit((unsigned char)line[i])
				   ? told_time_number(line + i, len - i, &found)
				   : 0;

		if (n) {
			int weight = weigh(line, len, i, i + n, found.unit == TOLD_SECONDS);

			if (weight > best) {
				best = weight;
				*t = found;
				t->sure = weight > 3;
			}
			i += n;
		} else if (is_letter(line[i])) {
			while (i < len && (is_letter(line[i]) ||
					   (line[i] == '.' && isdigit((unsigned char)line[i - 1]))))
				i++;
		} else {
			i++;
		}
	}
	return best > 0;
}

bool told_time_to_dump(const struct told_time *t, int magnitude, int exponent, uint64_t *time)
{
	unsigned __int128 n = t->n;
	int shift = -t->decimals;

	if (t->unit == TOLD_SECONDS)
		shift += t->exponent - exponent;
	else if (t->unit != TOLD_STEP)
		return false;
	for (; shift > 0 && n; shift--) {
		n *= 10;
		if (n >> 100)
			return false;
	}
	if (t->unit == TOLD_SECONDS)
		n /= (unsigned)(magnitude > 0 ? magnitude : 1);
	for (; shift < 0 && n; shift++)
		n /= 10;
	if (n > INT64_MAX)
		return false;
	*time = (uint64_t)n;
	return true;
}
