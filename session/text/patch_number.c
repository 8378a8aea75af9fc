/* Models copy line numbers along with the lines they quote: "12: x", "12 | x",
 * "L12: x", "[12] x". Numbers are removed only if every line that is not blank has
 * one, they rise by one, and the same mark follows each; otherwise a text that
 * begins with digits would lose them. The number of blanks that belong to the
 * numbering is the smallest that follows any mark, so lines keep their indentation.
 */
#include "config.h"

#include "session/text/patch_number.h"

#define MAX_DIGITS 7u

struct numbered {
	size_t value;
	char mark;
	struct slice rest; /* after the mark */
};

/* "#a3" of "12#a3|x", with which an editing tool checks whether a line is still the same. */
static size_t hash_length(struct slice s)
{
	size_t n = slice_starts(s, "#") ? slice_word(slice_from(s, 1)) : 0;

	return n && n <= 8 && s.n > n + 1 && (s.p[n + 1] == '|' || s.p[n + 1] == ':') ? n + 1 : 0;
}

/* mark: the one after the other numbers, 0 if not known yet. After a blank, the
 * line itself may start with a mark: "12 ) (". */
static bool read_number(struct slice line, char mark, struct numbered *out)
{
	struct slice s = slice_from(line, slice_indent(line));
	size_t n = 0, blanks;
	bool bracket = slice_starts(s, "[");

	out->value = 0;
	if (bracket || (s.n > 1 && (s.p[0] == 'L' || s.p[0] == 'l') && s.p[1] >= '0' &&
			s.p[1] <= '9')) /* "[12] x", "L12: x" */
		s = slice_from(s, 1);
	while (n < s.n && n < MAX_DIGITS && s.p[n] >= '0' && s.p[n] <= '9')
		out->value = out->value * 10 + (size_t)(s.p[n++] - '0');
	if (n == 0)
		return false;
	s = slice_from(s, n);
	s = slice_from(s, hash_length(s));
	if (bracket) {
		*out = (struct numbered){ out->value, ']', slice_from(s, s.n > 0) };
		return slice_starts(s, "]");
	}
	if (s.n && s.p[0] == '\t') {
		*out = (struct numbered){ out->value, '\t', slice_from(s, 1) };
		return true;
	}
	blanks = slice_indent(s);
	out->rest = slice_from(s, blanks);
	if (blanks && mark == ' ') {
		out->mark = ' ';
		out->rest = s;
	} else if (slice_starts(out->rest, "\xe2\x86\x92") ||
		   slice_starts(out->rest, "\xe2\x94\x82")) { /* → │ */
		out->mark = '>';
		out->rest = slice_from(out->rest, 3);
	} else if (out->rest.n && (out->rest.p[0] == ':' || out->rest.p[0] == '|' ||
				   out->rest.p[0] == ')' || out->rest.p[0] == '.')) {
		out->mark = out->rest.p[0];
		out->rest = slice_from(out->rest, 1);
	} else if (blanks || slice_blank(s)) {
		out->mark = ' ';
		out->rest = s;
	} else {
		return false;
	}
	return true;
}

bool numbers_found(struct slice text, size_t least, struct numbering *out)
{
	size_t lines = 0, last = 0, skipped = 0, blanks = (size_t)-1;
	char known = '\0';

	*out = (struct numbering){ 0 };
	while (text.n) {
		struct slice line = slice_chomp(slice_line(&text));
		struct numbered n;

		if (slice_blank(line)) {
			skipped++;
			continue;
		}
		if (!read_number(line, known, &n) ||
		    (lines && n.mark != out->mark && !slice_blank(n.rest)) ||
		    (lines && n.value != last + 1 && n.value != last + 1 + skipped))
			return false;
		if (!slice_blank(n.rest) && slice_indent(n.rest) < blanks)
			blanks = slice_indent(n.rest);
		if (lines == 0 || out->mark == ' ')
			out->mark = n.mark;
		if (!slice_blank(n.rest))
			known = n.mark;
		last = n.value;
		skipped = 0;
		lines++;
	}
	if (out->mark == ' ')
		out->blanks = blanks;
	else if (out->mark != '\t')
		out->blanks = blanks > 0;
	return lines >= least && blanks != (size_t)-1;
}

static bool has_number(struct slice line, const struct numbering *n, struct numbered *x)
{
	return read_number(line, n->mark, x) && (x->mark == n->mark || slice_blank(x->rest));
}

bool numbers_all(struct slice text, const struct numbering *n)
{
	while (text.n) {
		struct slice line = slice_chomp(slice_line(&text));
		struct numbered x;

		if (!slice_blank(line) && !has_number(line, n, &x))
			return false;
	}
	return true;
}

bool numbers_any(struct slice text, const struct numbering *n)
{
	while (text.n) {
		struct slice line = slice_chomp(slice_line(&text));
		struct numbered x;

		if (!slice_blank(line) && has_number(line, n, &x))
			return true;
	}
	return false;
}

struct slice numbers_strip(struct slice line, const struct numbering *n)
{
	struct numbered x;
	size_t blanks;

	if (slice_blank(line) || !has_number(line, n, &x))
		return line;
	blanks = slice_indent(x.rest);
	return slice_from(x.rest, blanks < n->blanks ? blanks : n->blanks);
}
