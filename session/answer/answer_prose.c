/* Adjacent words distinguish a sentence from Verilog. Code has at most two adjacent
 * names, a type and a variable, because keywords, operators and brackets separate all
 * others:
 *
 *	Now the output register:	three names and a keyword
 *	- the counter wraps		a list item with three names
 *	state_t state, next;		a type and a name
 *	bind top chk u0 (.*);		the exception
 *
 * Letters of other scripts, the tags of a page (</span>) and fences also mark a sentence.
 * Comments, strings, directives and tables of primitives may contain anything.
 */
#include "config.h"

#include "session/answer/answer_prose.h"

#include <string.h>

#include "session/base/word_table.h"
#include "session/verilog/verilog.h"

/* State while reading the tokens of one line. */
struct line {
	struct slice text;	 /* starting at its first token */
	size_t words, names;	 /* adjacent words and names at this point */
	size_t most, most_names; /* the largest such counts */
	bool number;		 /* only a number so far */
	bool began, other_row;	 /* has tokens; has more than one row of words */
	bool item;		 /* begins like a list item */
	bool foreign;		 /* has bytes or tags that are not Verilog */
	bool fence;		 /* a Markdown fence, which looks like a directive */
	bool exempt;
};

struct reader {
	struct slice text;
	size_t off;
	enum vlex_state state;
	bool table, macro; /* in a table; in a `define that continues */
};

static void end_row(struct line *l)
{
	if (l->words > l->most || (l->words == l->most && l->names > l->most_names)) {
		l->other_row |= l->most > 0;
		l->most = l->words;
		l->most_names = l->names;
	} else {
		l->other_row |= l->words > 0;
	}
	l->words = l->names = 0;
}

static bool closes_tag(struct slice s)
{
	return s.n > 2 && s.p[0] == '<' && s.p[1] == '/' &&
	       ((s.p[2] >= 'a' && s.p[2] <= 'z') || (s.p[2] >= 'A' && s.p[2] <= 'Z'));
}

static bool not_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return true;
	return false;
}

/* Keywords that separate names as operators do: @(a or b), a throughout b. */
static bool is_operator(struct slice s)
{
	static const char *const words[] = { "or",	   "and",	   "iff",     "inside",
					     "posedge",	   "negedge",	   "edge",    "within",
					     "throughout", "intersect",	   "until",   "s_until",
					     "until_with", "s_until_with", "implies", "with",
					     NULL };

	return words_has_n(words, s.p, s.n);
}

static void read_token(struct reader *r, struct line *l, const struct vtoken *t, bool apart)
{
	struct slice s = { r->text.p + t->off, t->len }, ahead = slice_from(r->text, t->off);
	bool name = t->kind == VTOKEN_NAME && s.p[0] != '\\';

	l->foreign |= (t->kind == VTOKEN_OTHER && not_ascii(s)) || closes_tag(ahead);
	l->fence |= slice_starts(ahead, "```");
	l->exempt |= t->kind == VTOKEN_DIRECTIVE || r->table || slice_is(s, "bind") ||
		     slice_is(s, "liblist") || slice_is(s, "`");
	r->table = (r->table || slice_is(s, "table")) && !slice_is(s, "endtable");
	if (name || (t->kind == VTOKEN_KEYWORD && !is_operator(s))) {
		l->foreign |= l->number;
		if (!apart)
			end_row(l);
		l->words++;
		l->names += name;
	} else {
		end_row(l);
		l->item |= !l->began && (slice_is(s, "-") || slice_is(s, "*"));
	}
	l->number = !l->began && t->kind == VTOKEN_NUMBER;
	l->began = true;
}

/* Reads the tokens of the next line that has any. False: no more lines. */
static bool next_line(struct reader *r, struct line *l)
{
	bool apart = true;

	*l = (struct line){ .exempt = r->macro };
	while (r->off < r->text.n) {
		struct vtoken t = vlex_next(r->text.p, r->text.n, r->off, &r->state);
		struct slice s = { r->text.p + t.off, t.len };
		bool newline = memchr(s.p, '\n', s.n) != NULL;

		r->off = t.off + t.len;
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT) {
			if (t.kind == VTOKEN_COMMENT)
				end_row(l);
			apart = true;
			if (newline && l->began)
				break;
			if (newline)
				l->exempt = r->macro = false;
			continue;
		}
		if (!l->began)
			l->text = s;
		l->text.n = (size_t)(s.p + s.n - l->text.p);
		read_token(r, l, &t, apart);
		apart = false;
	}
	end_row(l);
	r->macro = l->began && l->exempt && l->text.p[l->text.n - 1] == '\\';
	return l->began;
}

static bool is_sentence(const struct line *l)
{
	char last = l->text.p[l->text.n - 1];

	if (l->exempt || l->fence)
		return l->fence;
	return l->foreign || l->most_names > 3 || (l->most_names == 3 && l->most > 3) ||
	       (l->item && l->most_names > 1) ||
	       (!l->other_row && l->most_names > 1 && last == ':') ||
	       (!l->other_row && l->most_names > 2 && last && strchr(".!?", last));
}

static bool has_line(struct slice text, struct slice wanted)
{
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text));

		if (s.n == wanted.n && memcmp(s.p, wanted.p, s.n) == 0)
			return true;
	}
	return false;
}

/* The whole line in which l begins. */
static struct slice whole_line(struct slice text, const struct line *l)
{
	size_t from = (size_t)(l->text.p - text.p);
	struct slice rest;

	while (from && text.p[from - 1] != '\n')
		from--;
	rest = slice_from(text, from);
	return slice_line(&rest);
}

struct slice prose_within(struct slice verilog, struct slice known)
{
	struct reader r = { .text = verilog };
	struct line l;

	while (next_line(&r, &l)) {
		struct slice s = slice_trim(whole_line(verilog, &l));

		if (is_sentence(&l) && !has_line(known, s))
			return s;
	}
	return (struct slice){ verilog.p, 0 };
}

struct slice prose_above(struct slice verilog)
{
	struct reader r = { .text = verilog };
	size_t from = 0;
	struct line l;

	while (next_line(&r, &l)) {
		struct slice line = whole_line(verilog, &l);
		size_t at = (size_t)(line.p - verilog.p);

		if (!is_sentence(&l) || !slice_blank((struct slice){ verilog.p + from, at - from }))
			return (struct slice){ verilog.p, from };
		from = at + line.n;
		while (from < verilog.n && (verilog.p[from] == '\r' || verilog.p[from] == '\n'))
			from++;
	}
	return (struct slice){ verilog.p, 0 };
}

bool prose_follows(struct slice after)
{
	struct reader r = { .text = after };
	struct line l;

	return next_line(&r, &l) && !l.exempt && prose_within(after, (struct slice){ NULL, 0 }).n;
}
