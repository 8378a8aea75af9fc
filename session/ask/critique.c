/* From an answer to findings.
 *
 * A line that begins with P0 to P3 begins a finding; the lines up to the next one
 * belong to it. The first quoted line gives its position, the lines before that are its
 * sentence. Lines are compared without blanks, since models change them. A line
 * may be quoted in part, or within the sentence, if that part occurs in one line only.
 */
#include "config.h"

#include "session/ask/critique.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/text/slice.h"
#include "session/text/text.h"
#include "session/output/diag.h"

#define PART_MIN      8u	 /* bytes of a part of a line, without blanks */
#define LINE_MAX_READ (1u << 16) /* a longer line is known by its beginning */

struct remark {
	char code[3]; /* "P1" */
	struct str text;
	struct slice quote; /* n 0: none yet */
	int near;	    /* the number given; 0: none */
};

/* Reading ---------------------------------------------------------------------------- */

/* Skips list and heading signs, emphasis, brackets, dashes. */
static struct slice past_signs(struct slice s)
{
	size_t n = 0;

	for (;;) {
		if (n < s.n && strchr(" \t#*_-+[]()`:.|", s.p[n]))
			n++;
		else if (s.n - n >= 3 && (memcmp(s.p + n, "\xe2\x80\x93", 3) == 0 ||
					  memcmp(s.p + n, "\xe2\x80\x94", 3) == 0))
			n += 3;
		else
			return slice_from(s, n);
	}
}

/* Also skips "3." or "3)". */
static struct slice past_number(struct slice s)
{
	size_t n = 0;

	while (n < s.n && n < 4 && isdigit((unsigned char)s.p[n]))
		n++;
	return n && n < s.n && (s.p[n] == '.' || s.p[n] == ')') ? past_signs(slice_from(s, n)) : s;
}

static bool begins(struct slice line, struct remark *r, struct slice *rest)
{
	struct slice s = past_number(past_signs(line));

	if (s.n < 2 || s.p[0] != 'P' || s.p[1] < '0' || s.p[1] > '3' ||
	    (s.n > 2 && (isalnum((unsigned char)s.p[2]) || s.p[2] == '_')))
		return false;
	*r = (struct remark){ .code = { s.p[0], s.p[1], '\0' } };
	s = slice_from(s, 2);
	*rest = past_signs(s);
	if (rest->p > s.p + 1 && rest->p[-1] == '`') /* of what follows, not of `P1` */
		*rest = (struct slice){ rest->p - 1, rest->n + 1 };
	return true;
}

/* The number in "line 31". It only chooses among equal lines. */
static int number_in(struct slice s)
{
	for (size_t i = 0; i + 5 < s.n; i++)
		if (slice_is_nocase((struct slice){ s.p + i, 4 }, "line") && s.p[i + 4] == ' ' &&
		    isdigit((unsigned char)s.p[i + 5])) {
			int n = 0;

			for (i += 5; i < s.n && isdigit((unsigned char)s.p[i]) && n < 10000000; i++)
				n = n * 10 + s.p[i] - '0';
			return n;
		}
	return 0;
}

/* The line that this line quotes; n 0: none. fenced: it is inside a fence. */
static struct slice quoted(struct slice line, bool fenced)
{
	struct slice s = slice_trim(line);

	if (s.n && s.p[0] == '>')
		s = slice_trim(slice_from(s, 1));
	else if (!fenced && (s.n < 3 || s.p[0] != '`' || s.p[s.n - 1] != '`'))
		return (struct slice){ s.p, 0 };
	while (s.n > 1 && s.p[0] == '`' && s.p[s.n - 1] == '`')
		s = slice_trim((struct slice){ s.p + 1, s.n - 2 });
	if (s.n > CRITIQUE_QUOTE)
		s.n = CRITIQUE_QUOTE;
	return s;
}

static void say(struct remark *r, struct slice s)
{
	size_t room = r->text.len < CRITIQUE_TEXT ? CRITIQUE_TEXT - r->text.len : 0;

	s = slice_trim(s);
	if (s.n == 0 || room == 0 || s.p[0] == '>')
		return;
	if (r->text.len)
		str_addc(&r->text, ' ');
	str_add(&r->text, s.p, s.n > room ? room - utf8_partial_tail(s.p, room) : s.n);
	if (r->near == 0)
		r->near = number_in(s);
}

/* Placing ---------------------------------------------------------------------------- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Equal except for blanks. An empty line equals nothing. */
static bool same_line(struct slice a, struct slice b)
{
	size_t i = 0, k = 0;
	bool any = false;

	for (;; i++, k++, any = true) {
		while (i < a.n && is_blank(a.p[i]))
			i++;
		while (k < b.n && is_blank(b.p[k]))
			k++;
		if (i == a.n || k == b.n)
			return any && i == a.n && k == b.n;
		if (a.p[i] != b.p[k])
			return false;
	}
}

/* Number of the line that reads like this, the nearest to near (may be 0); 0: none. */
static int line_of(struct slice text, struct slice quote, int near)
{
	int at = 0, best = 0;

	while (text.n) {
		struct slice line = slice_line(&text);

		at++;
		if (same_line(line, quote) && (!best || abs(at - near) < abs(best - near)))
			best = at;
	}
	return best;
}

static size_t bytes_without_blanks(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += !is_blank(s.p[i]);
	return n;
}

/* True if part occurs in the line, apart from blanks. */
static bool has_part(struct slice line, struct slice part)
{
	for (size_t at = 0; at < line.n; at++) {
		size_t i = at, k = 0;

		if (is_blank(line.p[at]))
			continue;
		for (;; i++, k++) {
			while (i < line.n && is_blank(line.p[i]))
				i++;
			while (k < part.n && is_blank(part.p[k]))
				k++;
			if (k == part.n)
				return true;
			if (i == line.n || line.p[i] != part.p[k])
				break;
		}
	}
	return false;
}

/* The only line with that part, and its number; 0: none, or several. */
static int line_with(struct slice text, struct slice part, struct slice *found)
{
	struct slice first = text;
	int at = 0, only = 0;

	if (bytes_without_blanks(part) < PART_MIN)
		return 0;
	while (text.n) {
		struct slice line = slice_trim(slice_line(&text));

		at++;
		if (!has_part(line, part))
			continue;
		if (only)
			return 0;
		only = at;
		first = line;
	}
	if (only)
		*found = first;
	return only;
}

/* The same for what stands in backquotes in the sentence. */
static int line_in_sentence(struct slice text, struct slice sentence, struct slice *found)
{
	bool inside = false;
	int line = 0;

	while (!line && sentence.n) {
		struct slice part = { sentence.p, 0 };

		while (part.n < sentence.n && part.p[part.n] != '`')
			part.n++;
		if (inside && part.n < sentence.n)
			line = line_with(text, part, found);
		inside = !inside;
		sentence = slice_from(sentence, part.n < sentence.n ? part.n + 1 : part.n);
	}
	return line;
}

/* The line of "31: assign q = a;" or "31 | assign q = a;"; sets *near to the number. */
static struct slice without_number(struct slice s, int *near)
{
	size_t n = 0;
	int number = 0;

	while (n < s.n && n < 7 && isdigit((unsigned char)s.p[n]))
		number = number * 10 + s.p[n++] - '0';
	if (n == 0)
		return s;
	while (n < s.n && strchr(" \t:|", s.p[n]))
		n++;
	*near = number;
	return slice_from(s, n);
}

/* Line number n, from 1; empty: n is 0. */
static struct slice line_at(struct slice text, int n)
{
	struct slice line = { text.p, 0 };

	while (n-- > 0)
		line = slice_line(&text);
	return line;
}

/* The form of a line that a finding keeps, to find it again later. The caller frees. */
static char *as_context(struct slice line)
{
	char *context;

	line = slice_trim(line);
	if (line.n > CRITIQUE_QUOTE)
		line.n = CRITIQUE_QUOTE - utf8_partial_tail(line.p, CRITIQUE_QUOTE);
	context = mem_alloc(line.n + 1);
	diag_clean(context, line.p, line.n);
	return context;
}

static void unplaced_because(const struct remark *r, const char *path, struct strv *out)
{
	struct str s = STR_INIT;

	if (out->n >= CRITIQUE_UNPLACED)
		return;
	str_addf(&s, "not placed: %s %s", r->code, str_cstr(&r->text));
	if (r->quote.n) {
		str_addf(&s, " (%s has no line `", path);
		str_add(&s, r->quote.p, r->quote.n);
		str_adds(&s, "`)");
	} else {
		str_adds(&s, " (it quotes no line)");
	}
	strv_give(out, str_take(&s));
}

static enum diag_rank rank_of(const struct remark *r)
{
	return r->code[1] == '0' ? DIAG_ERROR : r->code[1] == '1' ? DIAG_RISK : DIAG_STYLE;
}

static void place(struct remark *r, const char *path, struct slice text, struct diag_list *out,
		  struct strv *unplaced)
{
	struct diag d = { .rank = rank_of(r), .path = path, .code = r->code };
	char *context;

	if (r->code[0] == '\0')
		return;
	if (r->quote.n)
		d.line = line_of(text, r->quote, r->near);
	if (r->quote.n && !d.line) {
		int near = r->near;
		struct slice bare = without_number(r->quote, &near);

		d.line = line_of(text, bare, near);
		if (d.line)
			r->quote = bare;
		else
			d.line = line_with(text, bare, &r->quote);
	}
	if (!r->quote.n)
		d.line = line_in_sentence(text, (struct slice){ str_cstr(&r->text), r->text.len },
					  &r->quote);
	context = as_context(line_at(text, d.line));
	d.text = str_cstr(&r->text);
	d.context = context;
	if (!d.line)
		unplaced_because(r, path, unplaced);
	else if (!diag_list_add_new(out, &d) && unplaced->n < CRITIQUE_UNPLACED)
		strv_add(unplaced, "not placed: more findings than posedge keeps of one answer");
	free(context);
	str_free(&r->text);
}

const struct diag_list *critique_read(const char *answer, size_t len, const char *path,
				      const char *text, size_t text_len, struct strv *unplaced)
{
	struct slice rest = { answer, len }, all = { text, text_len };
	struct diag_list *out = diag_list_new(CRITIQUE_MAX);
	struct remark r = { .code = "" };
	bool fenced = false, may_begin;

	while (rest.n) {
		struct slice line = slice_chomp(slice_line(&rest)), s = slice_trim(line), quote;
		struct remark next;

		if (slice_starts(s, "```") || slice_starts(s, "~~~")) {
			fenced = !fenced;
			continue;
		}
		/* The whole answer may be in a fence, and a fence may be left open. */
		may_begin = !fenced || !r.code[0] || (r.quote.n && slice_starts(s, "[P"));
		if (may_begin && begins(line, &next, &s)) {
			place(&r, path, all, out, unplaced);
			r = next;
			fenced = false;
			say(&r, s);
			continue;
		}
		quote = quoted(line, fenced);
		if (r.code[0] && quote.n && !r.quote.n)
			r.quote = quote;
		else if (r.code[0] && !fenced && (!r.quote.n || !r.text.len))
			say(&r, s);
	}
	place(&r, path, all, out, unplaced);
	str_free(&r.text);
	return out;
}

/* Finding it again -------------------------------------------------------------------- */

/* A line may have been indented anew. */
static bool reads_so(const struct text *t, size_t line, const char *context)
{
	struct str s = STR_INIT;
	size_t from, end;
	char *now;
	bool same;

	if (line >= text_lines(t))
		return false;
	from = text_line_start(t, line);
	end = text_line_end(t, line);
	text_get(t, from, end - from < LINE_MAX_READ ? end - from : LINE_MAX_READ, &s);
	now = as_context((struct slice){ str_cstr(&s), s.len });
	same = same_line(slice_of(now), slice_of(context));
	free(now);
	str_free(&s);
	return same;
}

int critique_line(const struct diag *d, const struct text *t)
{
	size_t at = d->line > 0 ? (size_t)d->line - 1 : 0;

	for (size_t k = 0; k <= CRITIQUE_NEAR; k++) {
		if (reads_so(t, at + k, d->context))
			return (int)(at + k) + 1;
		if (k && k <= at && reads_so(t, at - k, d->context))
			return (int)(at - k) + 1;
	}
	return 0;
}

void critique_print(const struct diag *d, int line, struct str *out)
{
	str_adds(out, d->path);
	if (line)
		str_addf(out, ":%d", line);
	str_addf(out, " %s %s%s", d->code, d->text, line ? "" : " (its line has changed)");
}
