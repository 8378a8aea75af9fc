/* A word touches the seam on both sides: one ends the last line, the other begins
 * the first line without a blank. They are one word if together they are a keyword
 * or a name that occurs elsewhere in the code, and two words if both are. Numbers
 * and operators follow from the language: two numbers are never adjacent, and "<"
 * is never followed by "=".
 */
#include "config.h"

#include "session/answer/answer_seam.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || c == '`' || c == '\'';
}

static struct slice last_word(struct slice s)
{
	size_t n = 0;

	while (n < s.n && in_word(s.p[s.n - 1 - n]))
		n++;
	return slice_from(s, s.n - n);
}

static struct slice first_word(struct slice s)
{
	size_t n = 0;

	while (n < s.n && in_word(s.p[n]))
		n++;
	return (struct slice){ s.p, n };
}

static bool is_keyword(struct slice w)
{
	return vkeyword(w.p, w.n, LANG_SV2017);
}

static bool is_digits(struct slice w)
{
	for (size_t i = 0; i < w.n; i++)
		if (!isdigit((unsigned char)w.p[i]) && w.p[i] != '_')
			return false;
	return w.n > 0;
}

/* True if w occurs in s as a whole word, except at its end. */
static bool occurs_in(struct slice s, struct slice w)
{
	for (size_t i = 0; i + w.n < s.n; i++)
		if (memcmp(s.p + i, w.p, w.n) == 0 && (i == 0 || !in_word(s.p[i - 1])) &&
		    !in_word(s.p[i + w.n]))
			return true;
	return false;
}

/* Words that can only begin a number or a system name. */
static enum seam seam_of_special(struct slice a, struct slice b)
{
	static const char *const units[] = { "s", "ms", "us", "ns", "ps", "fs" };

	if (memchr(a.p, '\'', a.n) || a.p[0] == '$' || b.p[0] == '$' || b.p[0] == '\'')
		return SEAM_WITHIN;
	if (isdigit((unsigned char)a.p[0])) {
		for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
			if (slice_is(b, units[i]))
				return SEAM_WITHIN;
		return is_digits(b) ? SEAM_WITHIN : SEAM_LINE;
	}
	return isdigit((unsigned char)b.p[0]) ? SEAM_WITHIN : SEAM_UNSURE;
}

static enum seam seam_of_words(struct slice before, struct slice after, struct slice a,
			       struct slice b)
{
	struct str whole = STR_INIT;
	struct slice w, after_word = slice_from(after, b.n);
	bool one, two;

	str_add(&whole, a.p, a.n);
	str_add(&whole, b.p, b.n);
	w = (struct slice){ str_cstr(&whole), whole.len };
	one = is_keyword(w) || occurs_in(before, w) || occurs_in(after_word, w);
	two = is_keyword(a) || is_keyword(b) ||
	      ((occurs_in(before, a) || occurs_in(after_word, a)) &&
	       (occurs_in(before, b) || occurs_in(after_word, b)));
	str_free(&whole);
	if (one != two)
		return one ? SEAM_WITHIN : SEAM_LINE;
	return one ? SEAM_UNSURE : seam_of_special(a, b);
}

/* "&" and "|" may begin the next operand. */
static enum seam seam_of_signs(char a, char b)
{
	static const char pairs[][3] = { "<=", ">=", "==", "!=", "<<", ">>", "**", "+:", "-:",
					 "->", "=>", "::", "//", "/*", "*/", "+=", "-=" };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (pairs[i][0] == a && pairs[i][1] == b)
			return SEAM_WITHIN;
	return (a == '&' && b == '&') || (a == '|' && b == '|') ? SEAM_UNSURE : SEAM_LINE;
}

/* True if the text ends within a string, or after "//", where anything may follow. */
static bool ends_in_string(struct slice s)
{
	enum vlex_state state = VLEX_CODE;

	for (size_t at = 0; at < s.n;) {
		struct vtoken t = vlex_next(s.p, s.n, at, &state);

		at += t.len ? t.len : 1;
		if (at >= s.n && t.kind == VTOKEN_STRING)
			return t.len < 2 || s.p[s.n - 1] != '"';
	}
	return false;
}

enum seam seam_between(struct slice before, struct slice after)
{
	struct slice a, b;

	before = slice_chomp(before);
	if (ends_in_string(before))
		return SEAM_WITHIN;
	if (before.n == 0 || after.n == 0)
		return SEAM_LINE;
	a = last_word(before);
	b = first_word(after);
	if (a.n && b.n)
		return seam_of_words(before, after, a, b);
	return a.n || b.n ? SEAM_LINE : seam_of_signs(before.p[before.n - 1], after.p[0]);
}
