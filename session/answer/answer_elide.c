/* Each module that is in both texts (or the whole texts, if they have none in
 * common) is compared line by line, without blanks at both ends:
 *
 *	base			block			this hunk loses 3 lines and adds only
 *	  );			  );			a comment: they were left out. Had it
 *	  logic [3:0] phase;	  // other logic	added code too, it would be a rewrite,
 *	  always_ff ...					unless the comment consists of dots or
 *	    phase <= ...				names what it replaces
 *	endmodule		endmodule
 */
#include "config.h"

#include "session/answer/answer_elide.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_bytes.h"
#include "session/answer/answer_name.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/text/diff.h"
#include "session/verilog/verilog.h"

#define ALONE_LOST 4 /* lines that a comment without code may not replace */
#define MOST_LOST  8 /* lines that a comment after added code may not replace */
#define SHORTER	   3 /* a module that becomes this many lines shorter may lack something */

enum marker {
	MARK_NONE,    /* a line of code */
	MARK_COMMENT, /* only a comment */
	MARK_SAYS,    /* a comment that says that the rest stays */
	MARK_DOTS,    /* only dots, or a comment that starts with them */
};

static bool dots(struct slice s)
{
	return slice_starts(s, "...") || slice_starts(s, "…");
}

/* True for "..." alone, or "[... 12 lines left out here ...]", which requests
 * contain in place of lines that are not sent. */
static bool only_dots(struct slice s)
{
	if (slice_starts(s, "[...") && s.n > 7 && memcmp(s.p + s.n - 4, "...]", 4) == 0)
		return true;
	if (!dots(s))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '.' && s.p[i] != ' ' && (unsigned char)s.p[i] < 0x80)
			return false;
	return true;
}

/* Phrases that say that the rest stays, in lower case. */
/* clang-format off */
static const char *const phrases[] = {
	"rest of the code", "rest of the module", "rest of the file", "rest of the logic",
	"rest of the design", "rest of the body", "rest of code", "existing code", "existing logic",
	"remaining code", "remaining logic", "rest unchanged", "remains unchanged",
	"remain unchanged", "code unchanged", "logic unchanged", "same as before", "same as above",
	"as before", "omitted", "left out", "stays the same", "remains the same", "remain the same",
	"keep existing", "keep the existing", "unverändert", "inchangé", "sin cambios", "sem altera",
	"保持不变", "不变", "省略", "変更なし", "前と同じ", "без изменений", "не меняется", "не меня", "остальн",
	"без змін", "bez zmian", "beze zm", "bez promjena", "nicht geändert", "wie gehabt",
	"wie oben", "wie vorher", "wie bisher", "bleibt gleich", "ne change pas", "le reste",
	"el resto", "o resto", "il resto", "de rest", "resten av", "sin modifica", "queda igual",
	"fica igual", "invariat", "ongewijzigd", "blijft gelijk", "oföränd", "uændret", "ennallaan",
	"változatlan", "neschimbat", "değişmedi", "aynı", "giữ nguy", "tidak berubah", "tetap sama",
	"其余", "剩余", "其他代码", "以下略", "以下同", "同上", "残り", "そのまま", "同じ", "나머지", "생략", "동일", "เหมือนเดิม",
	"बाकी", "كما هو", "بدون تغيير", "ללא שינוי", NULL
};
/* clang-format on */

/* Needed only where code follows the comment, not where the comment is alone. */
static bool says_so(struct slice s)
{
	char *text = slice_lower(s);
	bool yes = slice_finds_any(slice_of(text), phrases);

	free(text);
	return yes;
}

struct language {
	bool slashes, hashes, dashes, angles; /* which comment styles it has */
};

static struct language language_of(const char *path)
{
	static const char *const hashed[] = { ".py",   ".tcl",	".sdc", ".xdc", ".qsf",
					      ".pcf",  ".lpf",	".mk",	".sh",	".yml",
					      ".yaml", ".toml", ".f",	".cfg" };
	struct language l = { .slashes = !str_ends(path, ".md") };

	for (size_t i = 0; i < sizeof(hashed) / sizeof(hashed[0]); i++)
		l.hashes |= str_ends(path, hashed[i]);
	l.hashes |= str_ends(path, "Makefile");
	l.dashes = str_ends(path, ".vhd") || str_ends(path, ".vhdl");
	l.angles = str_ends(path, ".md");
	return l;
}

/* A comment in the style of another language, because models see files of many: "# ...",
 * "<!-- as before -->", "-- rest", "(* unchanged *)". Code may begin with a delay, a
 * decrement or an attribute. */
static bool foreign_comment(struct slice s, struct language l)
{
	size_t sign = slice_starts(s, "#") ? 1 : slice_starts(s, "--") ? 2 : 0;
	struct slice said = slice_trim(slice_from(s, sign));

	if (l.angles)
		return false; /* "# " is a heading in Markdown */
	if (slice_starts(s, "(*") && s.n > 4 && s.p[s.n - 2] == '*' && s.p[s.n - 1] == ')')
		return says_so((struct slice){ s.p + 2, s.n - 4 });
	return slice_starts(s, "<!--") || dots(said) ||
	       (sign && s.n > sign && s.p[sign] == ' ' && says_so(said));
}

/* line is trimmed; within: inside a comment of several lines, updated. */
static enum marker read_marker(struct slice line, struct language l, bool *within)
{
	struct slice s = line;

	if (only_dots(line))
		return MARK_DOTS;
	if (!*within) {
		if (l.slashes && slice_starts(s, "/*"))
			*within = true;
		else if (!(l.slashes && slice_starts(s, "//")) &&
			 !(l.hashes && slice_starts(s, "#")) &&
			 !(l.dashes && slice_starts(s, "--")) &&
			 !(l.angles && slice_starts(s, "<!--")) && !foreign_comment(s, l))
			return MARK_NONE;
	}
	if (*within && slice_find(s, "*/") < s.n) {
		*within = false;
		if (!slice_blank(slice_from(s, slice_find(s, "*/") + 2)))
			return MARK_NONE;
	}
	while (s.n && strchr("/*#-<!([ \t", s.p[0]) && s.p[0])
		s = slice_from(s, 1);
	if (s.n && s.p[s.n - 1] == ';') /* commented-out code */
		return MARK_NONE;
	if (dots(s))
		return MARK_DOTS;
	return says_so(s) ? MARK_SAYS : MARK_COMMENT;
}

/* The lines of a text, trimmed, without blank ones. */
struct side {
	struct str text;
	struct lines lines;
	enum marker *marks;
	bool *gaps;  /* a blank line follows */
	size_t code; /* number of lines of code */
};

static void side_init(struct side *x, struct slice text, struct language l)
{
	bool within = false;
	size_t len, n = 0, cap = 0;

	*x = (struct side){ .text = STR_INIT };
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text));

		if (s.n == 0) {
			if (n)
				x->gaps[n - 1] = true;
			continue;
		}
		str_add(&x->text, s.p, s.n);
		str_addc(&x->text, '\n');
		MEM_PUSH(x->gaps, n, cap, false);
	}
	lines_init(&x->lines, str_cstr(&x->text), x->text.len);
	x->marks = mem_calloc(x->lines.n + 1, sizeof(*x->marks));
	for (size_t i = 0; i < x->lines.n; i++) {
		const char *line = lines_at(&x->lines, i, &len);

		x->marks[i] = read_marker((struct slice){ line, len - 1 }, l, &within);
		x->code += x->marks[i] == MARK_NONE;
	}
}

static void side_fini(struct side *x)
{
	lines_fini(&x->lines);
	str_free(&x->text);
	free(x->marks);
	free(x->gaps);
}

static struct slice side_line(const struct side *x, size_t i)
{
	size_t len;
	const char *line = lines_at(&x->lines, i, &len);

	return (struct slice){ line, len - 1 };
}

static size_t code_in(const struct side *x, size_t from, size_t n)
{
	size_t code = 0;

	for (size_t i = from; i < from + n; i++)
		code += x->marks[i] == MARK_NONE;
	return code;
}

/* True for a line that does not show whether its neighbours stayed: "end", ");". */
static bool trivial(struct slice s)
{
	size_t n = slice_word(s);

	return slice_is(s, "end") || slice_is(s, "begin") || slice_is(s, "endcase") ||
	       (n == 0 && s.n <= 3);
}

static bool same_line(const struct side *x, size_t i, size_t k)
{
	return slice_equal(side_line(x, i), side_line(x, k));
}

/* True if the n kept lines from `from` on do not separate the removed lines on both
 * sides: they are trivial, or the removed lines after them (up to end) could as
 * well begin with them. */
static bool no_border(const struct side *a, size_t from, size_t n, size_t end)
{
	bool silent = true, slides = true;

	for (size_t i = 0; i < n && (silent || slides); i++) {
		silent = silent && trivial(side_line(a, from + i));
		slides = slides && end >= from + 2 * n && same_line(a, from + i, end - n + i);
	}
	return silent || slides;
}

/* Counts the lines of hunk i and of neighbouring hunks that only remove and are not
 * separated from it. */
static size_t lost_around(const struct side *a, const struct diff *d, size_t i)
{
	const struct diff_hunk *h = d->hunks;
	size_t lost = code_in(a, h[i].a_start, h[i].a_len);

	for (size_t k = i + 1; k < d->n && h[k].b_len == 0; k++) {
		size_t from = h[k - 1].a_start + h[k - 1].a_len;

		if (!no_border(a, from, h[k].a_start - from, h[k].a_start + h[k].a_len))
			break;
		lost += code_in(a, h[k].a_start, h[k].a_len);
	}
	for (size_t k = i; k > 0 && h[k - 1].b_len == 0; k--) {
		size_t from = h[k - 1].a_start + h[k - 1].a_len;

		if (!no_border(a, from, h[k].a_start - from, 0))
			break;
		lost += code_in(a, h[k - 1].a_start, h[k - 1].a_len);
	}
	return lost;
}

/* True if no added line follows the marker. */
static bool is_last(const struct side *b, const struct diff_hunk *h, size_t k)
{
	return code_in(b, k, h->b_start + h->b_len - k) == 0;
}

/* True if the comment has nothing to refer to: a blank line or the end of a block
 * follows. */
static bool dangles(const struct side *b, const struct diff_hunk *h, size_t k)
{
	static const char *const closing[] = { "end",	      "endmodule",   "endcase", "else",
					       "endgenerate", "endfunction", "endtask", NULL };
	struct slice next;

	if (!is_last(b, h, k))
		return false;
	while (k < b->lines.n && b->marks[k] != MARK_NONE && !b->gaps[k])
		k++;
	if (k == b->lines.n || b->marks[k] != MARK_NONE)
		return true;
	next = side_line(b, k);
	next.n = slice_word(next);
	return words_has_n(closing, next.p, next.n);
}

static struct slice bare_comment(struct slice s)
{
	while (s.n && s.p[0] && strchr("/*# \t", s.p[0]))
		s = slice_from(s, 1);
	while (s.n && strchr("/* \t", s.p[s.n - 1]))
		s.n--;
	return s;
}

/* True if the comments of a hunk are the lines that it removes: they were commented
 * out, not left out. */
static bool comments_out(const struct side *a, const struct side *b, const struct diff_hunk *h)
{
	size_t tries = 0;

	for (size_t k = h->b_start; k < h->b_start + h->b_len; k++) {
		struct slice text = bare_comment(side_line(b, k));

		for (size_t i = h->a_start;
		     text.n > 3 && i < h->a_start + h->a_len && tries++ < 100000; i++) {
			struct slice line = bare_comment(side_line(a, i));

			if (line.n == text.n && memcmp(line.p, text.p, text.n) == 0)
				return true;
		}
	}
	return false;
}

/* The marker of hunk i that replaces lines; b->lines.n: none. */
static size_t standing_in(const struct side *a, const struct side *b, const struct diff *d,
			  size_t i, size_t *lost)
{
	const struct diff_hunk *h = &d->hunks[i];
	size_t added = code_in(b, h->b_start, h->b_len), which = b->lines.n;
	enum marker most = MARK_NONE;

	for (size_t k = h->b_start; k < h->b_start + h->b_len; k++)
		if (b->marks[k] > most) {
			most = b->marks[k];
			which = k;
		}
	*lost = most == MARK_NONE || comments_out(a, b, h) ? 0 : lost_around(a, d, i);
	if ((most == MARK_DOTS && *lost > added) || (most == MARK_SAYS && *lost > 2 * added) ||
	    (most == MARK_COMMENT && added == 0 &&
	     (*lost >= ALONE_LOST || (*lost >= 2 && *lost * 2 >= a->code))) ||
	    (most == MARK_COMMENT && *lost >= added + 2 && *lost >= 2 * added &&
	     dangles(b, h, which)) ||
	    (most == MARK_COMMENT && *lost >= MOST_LOST && *lost >= 4 * added &&
	     is_last(b, h, which))) {
		*lost -= added;
		return which;
	}
	return b->lines.n;
}

static bool new_marker(const struct side *b, const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = d->hunks[i].b_start; k < d->hunks[i].b_start + d->hunks[i].b_len;
		     k++)
			if (b->marks[k] != MARK_NONE)
				return true;
	return false;
}

/* Names ------------------------------------------------------------------------------ */

/* m: the module of the block; NULL for whole texts. */
static bool compare(const char *path, struct slice base, struct slice code, const struct vmodule *m,
		    struct err *err)
{
	struct language l = language_of(path);
	struct side a, b;
	struct diff d;
	bool ok = true, marked;

	side_init(&a, base, l);
	side_init(&b, code, l);
	diff_init(&d, &a.lines, &b.lines);
	for (size_t i = 0; ok && i < d.n; i++) {
		size_t lost, which = standing_in(&a, &b, &d, i, &lost);
		struct slice s =
			which < b.lines.n ? side_line(&b, which) : (struct slice){ path, 0 };

		ok = which == b.lines.n ||
		     err_set(err, ERR_CONFLICT,
			     "the block has '%.*s' where %s has %zu line%s: ask for the whole file "
			     "or a diff",
			     s.n < 60 ? (int)s.n : 60, s.p, path, lost, lost == 1 ? "" : "s");
	}
	marked = ok && m && (new_marker(&b, &d) || (m->end_line && a.code >= b.code + SHORTER));
	diff_fini(&d);
	side_fini(&a);
	side_fini(&b);
	return ok && (!marked || answer_same_names(path, base, code, m, err));
}

/* True if a line consists of dots, which Verilog never has. */
static bool dotted(struct slice code)
{
	while (code.n)
		if (only_dots(slice_trim(slice_line(&code))))
			return true;
	return false;
}

/* With more modules the texts are compared as a whole. */
#define MAX_UNITS 500

bool answer_elides_nothing(const char *path, struct slice base, const struct voutline *b,
			   struct slice code, const struct voutline *c, struct err *err)
{
	size_t common = 0;

	if (name_is_verilog(slice_of(path)) && dotted(code))
		return err_set(
			err, ERR_CONFLICT,
			"the block for %s has dots where code is left out: ask for the whole file",
			path);
	if (slice_blank(base))
		return true;
	for (size_t i = 0; i < c->n && c->n <= MAX_UNITS && b->n <= MAX_UNITS; i++) {
		const struct vmodule *m = voutline_module(b, c->modules[i].name);

		if (!m)
			continue;
		common++;
		if (!compare(path, module_text(m, base), module_text(&c->modules[i], code),
			     &c->modules[i], err))
			return false;
	}
	return common || compare(path, base, code, NULL, err);
}
