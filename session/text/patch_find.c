/* Each line is hashed once; then the run of lines is found with the algorithm of
 * Knuth, Morris and Pratt, with lines in place of letters. So a file of a million
 * equal lines costs no more than any other.
 *
 *   base lines   a b a b c   the run "a b c":
 *   run          a b c       first fails at its third line, then
 *                    a b c   continues from the known match
 */
#include "config.h"

#include "session/text/patch_find.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/ascii_fold.h"

#define MAX_BLANKS 8u /* after a number, that may belong to it */

enum looseness { EXACT, LOOSE };

static void run_fini(struct run *r)
{
	free(r->v);
	*r = (struct run){ 0 };
}

static void run_add(struct run *r, struct slice all)
{
	struct line l = { .all = all, .bare = slice_chomp(all).n, .hash = 14695981039346656037u };

	l.solid = l.bare;
	while (l.solid && (all.p[l.solid - 1] == ' ' || all.p[l.solid - 1] == '\t'))
		l.solid--;
	for (size_t i = 0; i < l.solid; i++)
		l.hash = (l.hash ^ (unsigned char)all.p[i]) * 1099511628211u;
	MEM_PUSH(r->v, r->n, r->cap, l);
}

static void run_cut(struct run *r, struct slice text)
{
	while (text.n)
		run_add(r, slice_line(&text));
}

static bool same(const struct line *a, const struct line *b, enum looseness how)
{
	if (a->hash != b->hash || a->solid != b->solid)
		return false;
	if (how == EXACT && a->bare != b->bare)
		return false;
	return memcmp(a->all.p, b->all.p, how == EXACT ? a->bare : a->solid) == 0;
}

/* Number of times quote occurs in base, at most 2; *at is the first place. */
static int occurrences(const struct run *base, const struct run *quote, enum looseness how,
		       size_t *at)
{
	size_t *back = mem_calloc(quote->n + 1, sizeof(*back));
	int found = 0;
	size_t k = 0;

	for (size_t i = 1; i < quote->n; i++) {
		while (k && !same(&quote->v[i], &quote->v[k], how))
			k = back[k];
		if (same(&quote->v[i], &quote->v[k], how))
			k++;
		back[i + 1] = k;
	}
	k = 0;
	for (size_t i = 0; i < base->n && found < 2; i++) {
		while (k && !same(&base->v[i], &quote->v[k], how))
			k = back[k];
		if (same(&base->v[i], &quote->v[k], how))
			k++;
		if (k < quote->n)
			continue;
		if (found++ == 0)
			*at = i + 1 - quote->n;
		k = back[k];
	}
	free(back);
	return found;
}

static int count(const struct run *base, const struct run *quote, size_t *at, bool *exact)
{
	int n = occurrences(base, quote, EXACT, at);

	*exact = n > 0;
	return n ? n : occurrences(base, quote, LOOSE, at);
}

void finder_init(struct finder *f, struct slice text)
{
	*f = (struct finder){ .text = text };
	run_cut(&f->lines, text);
}

void finder_fini(struct finder *f)
{
	run_fini(&f->lines);
	run_fini(&f->bare_lines);
	run_fini(&f->plain_lines);
	run_fini(&f->level_lines);
	str_free(&f->level);
	str_free(&f->bare);
	str_free(&f->plain);
}

void found_fini(struct found *x)
{
	str_free(&x->plain);
	run_fini(&x->quote);
}

bool finder_matches(const struct finder *f, struct slice quote, size_t at)
{
	struct run q = { 0 };
	bool yes;

	run_cut(&q, quote);
	yes = at <= f->lines.n && q.n <= f->lines.n - at;
	for (size_t i = 0; yes && i < q.n; i++)
		yes = same(&f->lines.v[at + i], &q.v[i], EXACT);
	run_fini(&q);
	return yes;
}

/* Line numbers ---------------------------------------------------------------- */

static void take_numbers_off(struct slice text, const struct numbering *n, struct str *out)
{
	while (text.n) {
		struct slice s = numbers_strip(slice_line(&text), n);

		str_add(out, s.p, s.n);
	}
}

/* Only the text shows how many of the blanks after the mark belong to the lines. */
static int find_unnumbered(struct finder *f, struct slice quote, struct found *x)
{
	size_t most;
	bool exact;
	int n = 0;

	if (!numbers_found(quote, 1, &x->numbering))
		return 0;
	most = x->numbering.blanks < MAX_BLANKS ? x->numbering.blanks : MAX_BLANKS;
	for (size_t blanks = most + 1; n == 0 && blanks-- > 0;) {
		struct str text = STR_INIT;
		struct run q = { 0 };

		x->numbering.blanks = blanks;
		take_numbers_off(quote, &x->numbering, &text);
		run_cut(&q, (struct slice){ str_cstr(&text), text.len });
		n = count(&f->lines, &q, &x->at, &exact);
		run_fini(&q);
		str_free(&text);
	}
	return n;
}

/* Indentation ------------------------------------------------------------------ */

static struct slice indent(struct slice line)
{
	return (struct slice){ line.p, slice_indent(line) };
}

static void strip_indents(struct slice text, struct str *out)
{
	while (text.n) {
		struct slice line = slice_line(&text);

		line = slice_from(line, slice_indent(line));
		str_add(out, line.p, line.n);
	}
}

static bool ends_with(struct slice s, struct slice end)
{
	return s.n >= end.n && (end.n == 0 || memcmp(s.p + s.n - end.n, end.p, end.n) == 0);
}

/* The indentation of one line in the quote and in the text. */
struct indents {
	struct slice quoted, real;
};

static bool fits_prefix(const struct indents *v, size_t n, struct found *x)
{
	bool add = v[0].real.n >= v[0].quoted.n;
	struct slice longer = add ? v[0].real : v[0].quoted,
		     shorter = add ? v[0].quoted : v[0].real;

	x->shift = add ? SHIFT_ADD : SHIFT_CUT;
	x->prefix = (struct slice){ longer.p, longer.n - shorter.n };
	for (size_t i = 0; i < n; i++) {
		longer = add ? v[i].real : v[i].quoted;
		shorter = add ? v[i].quoted : v[i].real;
		if (longer.n != shorter.n + x->prefix.n || !ends_with(longer, shorter) ||
		    !slice_equal((struct slice){ longer.p, x->prefix.n }, x->prefix))
			return false;
	}
	return true;
}

static bool all_of(struct slice s, char c)
{
	return slice_run(s, c) == s.n;
}

/* True if tabs on one side correspond to `unit` blanks each on the other. */
static bool fits_unit(const struct indents *v, size_t n, size_t unit, bool to_tabs, struct found *x)
{
	long levels = 0;

	for (size_t i = 0; i < n; i++) {
		struct slice tabs = to_tabs ? v[i].real : v[i].quoted,
			     blanks = to_tabs ? v[i].quoted : v[i].real;
		long more = to_tabs ? (long)tabs.n - (long)(blanks.n / unit)
				    : (long)blanks.n - (long)(tabs.n * unit);

		if (!all_of(tabs, '\t') || !all_of(blanks, ' ') || (to_tabs && blanks.n % unit) ||
		    (i && more != levels))
			return false;
		levels = more;
	}
	x->shift = to_tabs ? SHIFT_TO_TABS : SHIFT_TO_BLANKS;
	x->unit = unit;
	x->levels = levels;
	return true;
}

/* True if a level is so many blanks in the quote and another number in the text. */
static bool fits_scale(const struct indents *v, size_t n, struct found *x)
{
	struct widths one = { (long)v[0].quoted.n, (long)v[0].real.n }, step = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		struct widths d = { (long)v[i].quoted.n - one.quoted,
				    (long)v[i].real.n - one.real };

		if (!all_of(v[i].quoted, ' ') || !all_of(v[i].real, ' '))
			return false;
		if (step.quoted == 0)
			step = d;
		if (d.quoted * step.real != d.real * step.quoted || (d.real && !d.quoted))
			return false;
	}
	x->shift = SHIFT_SCALE;
	x->one = one;
	x->step = step;
	return step.quoted != 0 && step.real != 0 && (step.real > 0) == (step.quoted > 0);
}

static bool uniform(const struct indents *v, size_t n, struct found *x)
{
	static const size_t units[] = { 2, 4, 3, 8 };

	if (n == 0 || fits_prefix(v, n, x))
		return n > 0;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (fits_unit(v, n, units[i], true, x) || fits_unit(v, n, units[i], false, x))
			return true;
	return fits_scale(v, n, x);
}

/* among: the lines of the text without indentation. */
static int find_in_lines(const struct finder *f, const struct run *among, struct slice quote,
			 struct found *x, bool *uneven)
{
	struct run q = { 0 }, as_quoted = { 0 };
	struct str text = STR_INIT;
	struct indents *v;
	size_t used = 0;
	int n;

	strip_indents(quote, &text);
	run_cut(&q, (struct slice){ str_cstr(&text), text.len });
	run_cut(&as_quoted, quote);
	/* of a last line without an end, of blanks alone, nothing is left */
	n = q.n == as_quoted.n ? occurrences(among, &q, LOOSE, &x->at) : 0;
	if (n == 1) {
		v = mem_calloc(q.n + 1, sizeof(*v));
		for (size_t i = 0; i < q.n; i++)
			if (q.v[i].solid)
				v[used++] = (struct indents){ indent(as_quoted.v[i].all),
							      indent(f->lines.v[x->at + i].all) };
		*uneven = !uniform(v, used, x);
		free(v);
	}
	run_fini(&as_quoted);
	run_fini(&q);
	str_free(&text);
	return n;
}

static int find_shifted(struct finder *f, struct slice quote, struct found *x, bool *uneven)
{
	if (f->bare_lines.n == 0) {
		strip_indents(f->text, &f->bare);
		run_cut(&f->bare_lines, (struct slice){ str_cstr(&f->bare), f->bare.len });
	}
	return find_in_lines(f, &f->bare_lines, quote, x, uneven);
}

/* How many of the blanks after the mark belong to the lines does not matter: the
 * indentation differs anyway. */
static int find_unnumbered_shifted(struct finder *f, struct slice quote, struct found *x,
				   bool *uneven)
{
	size_t most;
	int n = 0;

	*uneven = true;
	if (!numbers_found(quote, 1, &x->numbering))
		return 0;
	most = x->numbering.blanks < MAX_BLANKS ? x->numbering.blanks : MAX_BLANKS;
	for (size_t blanks = most + 1; *uneven && blanks-- > 0;) {
		struct str text = STR_INIT;

		x->numbering.blanks = blanks;
		take_numbers_off(quote, &x->numbering, &text);
		str_free(&x->plain); /* the match borrows from it */
		x->plain = text;
		*uneven = false;
		n = find_shifted(f, (struct slice){ str_cstr(&x->plain), x->plain.len }, x, uneven);
	}
	return n;
}

static bool indented_less(struct err *err)
{
	return err_set(err, ERR_CONFLICT,
		       "an added line is indented less than the lines that it goes with");
}

static bool add_shifted(const struct found *x, struct slice line, struct str *out, struct err *err)
{
	struct slice in = indent(line), rest = slice_from(line, in.n);
	long n;

	if (slice_blank(line)) {
		str_add(out, rest.p, rest.n);
		return true;
	}
	switch (x->shift) {
	case SHIFT_ADD:
		str_add(out, x->prefix.p, x->prefix.n);
		break;
	case SHIFT_CUT:
		if (in.n < x->prefix.n ||
		    (x->prefix.n && memcmp(in.p, x->prefix.p, x->prefix.n) != 0))
			return indented_less(err);
		in = slice_from(in, x->prefix.n);
		break;
	case SHIFT_TO_TABS:
		n = (long)(slice_run(in, ' ') / x->unit) + x->levels;
		in = slice_from(in, slice_run(in, ' ') / x->unit * x->unit);
		while (n-- > 0)
			str_addc(out, '\t');
		break;
	case SHIFT_TO_BLANKS:
		n = (long)(slice_run(in, '\t') * x->unit) + x->levels;
		in = slice_from(in, slice_run(in, '\t'));
		while (n-- > 0)
			str_addc(out, ' ');
		break;
	case SHIFT_SCALE:
		n = (long)slice_run(in, ' ') - x->one.quoted;
		n = x->one.real + n * x->step.real / x->step.quoted;
		if (n < 0)
			return indented_less(err);
		in = slice_from(in, slice_run(in, ' '));
		while (n-- > 0)
			str_addc(out, ' ');
		break;
	}
	str_add(out, in.p, in.n);
	str_add(out, rest.p, rest.n);
	return true;
}

/* Look-alikes -------------------------------------------------------------------- */

/* Without look-alikes, and with one blank for several within a line: code that a person
 * has aligned is often quoted without that. Returns the number of look-alikes. */
static size_t fold(struct slice text, struct str *out)
{
	struct str plain = STR_INIT;
	size_t n = ascii_fold(text, &plain);
	struct slice rest = { str_cstr(&plain), plain.len };

	while (rest.n) {
		struct slice line = slice_line(&rest);

		str_add(out, line.p, slice_indent(line));
		line = slice_from(line, slice_indent(line));
		while (line.n) {
			size_t blanks = slice_indent(line);

			str_addc(out, blanks ? ' ' : line.p[0]);
			line = slice_from(line, blanks ? blanks : 1);
		}
	}
	str_free(&plain);
	return n;
}

static int find_plain(struct finder *f, struct slice quote, bool shifted, struct found *x,
		      bool *uneven)
{
	size_t folded_quote, folded_text = 0;
	struct run plain = { 0 };
	int n = 0;

	if (f->plain_lines.n == 0) {
		fold(f->text, &f->plain);
		run_cut(&f->plain_lines, (struct slice){ str_cstr(&f->plain), f->plain.len });
		strip_indents((struct slice){ str_cstr(&f->plain), f->plain.len }, &f->level);
		run_cut(&f->level_lines, (struct slice){ str_cstr(&f->level), f->level.len });
	}
	str_free(&x->plain);
	folded_quote = fold(quote, &x->plain);
	run_cut(&plain, (struct slice){ str_cstr(&x->plain), x->plain.len });
	if (plain.n == 0 || plain.n != x->n || f->plain_lines.n != f->lines.n ||
	    f->level_lines.n != f->lines.n)
		;
	else if (shifted)
		n = find_in_lines(f, &f->level_lines,
				  (struct slice){ str_cstr(&x->plain), x->plain.len }, x, uneven);
	else
		n = occurrences(&f->plain_lines, &plain, LOOSE, &x->at);
	run_fini(&plain);
	if (*uneven)
		return n;
	for (size_t i = 0; n == 1 && i < x->n; i++) {
		struct str s = STR_INIT;

		folded_text += ascii_fold(f->lines.v[x->at + i].all, &s);
		str_free(&s);
	}
	x->fold_added = folded_quote && !folded_text;
	return n;
}

/* The line of the text that the quote has as line; of several, the next one. NULL: none. */
static const struct line *kept_line(struct found *x, struct slice line)
{
	struct run r = { 0 };
	const struct line *kept = NULL;

	run_add(&r, line);
	for (size_t i = 0; i < x->quote.n && !kept; i++) {
		size_t k = (x->next + i) % x->quote.n;

		if (same(&r.v[0], &x->quote.v[k], LOOSE)) {
			kept = &x->lines[k];
			x->next = k + 1;
		}
	}
	run_fini(&r);
	return kept;
}

static bool add_plain(const struct found *x, struct slice line, struct str *out, struct err *err)
{
	struct str plain = STR_INIT;
	bool ok = true;

	if (x->fold_added) {
		ascii_fold(line, &plain);
		line = (struct slice){ str_cstr(&plain), plain.len };
	}
	if (x->how & PATCH_INDENT)
		ok = add_shifted(x, line, out, err);
	else
		str_add(out, line.p, line.n);
	str_free(&plain);
	return ok;
}

/* All of it ------------------------------------------------------------------------ */

static bool judge(int n, const char *what, const char *how, struct err *err)
{
	return n == 1 || err_set(err, ERR_CONFLICT, "%s are in it more than once%s", what, how);
}

bool finder_find(struct finder *f, struct slice quote, const char *what, struct found *x,
		 struct err *err)
{
	bool uneven = false, exact;
	int n;

	*x = (struct found){ .how = PATCH_AS_IS };
	run_cut(&x->quote, quote);
	x->n = x->quote.n;
	n = count(&f->lines, &x->quote, &x->at, &exact);
	if (n) {
		x->lines = exact ? NULL : f->lines.v + x->at;
		return judge(n, what, "", err);
	}
	x->how = PATCH_NUMBERS;
	n = find_unnumbered(f, quote, x);
	if (n)
		return judge(n, what, " without their numbers", err);
	x->how = PATCH_INDENT;
	n = find_shifted(f, quote, x, &uneven);
	if (uneven)
		return err_set(err, ERR_CONFLICT, "%s are in it, but each with another indentation",
			       what);
	if (n) {
		x->lines = f->lines.v + x->at;
		return judge(n, what, ", with other indentations", err);
	}
	x->how = PATCH_LOOKS;
	n = find_plain(f, quote, false, x, &uneven);
	if (n) {
		x->lines = f->lines.v + x->at;
		return judge(n, what, ", with look-alike characters or other blanks", err);
	}
	x->how = PATCH_LOOKS | PATCH_INDENT;
	n = find_plain(f, quote, true, x, &uneven);
	if (n && !uneven) {
		x->lines = f->lines.v + x->at;
		return judge(n, what, ", with look-alike characters and other indentations", err);
	}
	found_fini(x);
	*x = (struct found){ .how = PATCH_NUMBERS | PATCH_INDENT, .n = x->n };
	n = find_unnumbered_shifted(f, quote, x, &uneven);
	if (n && !uneven)
		return judge(n, what, " without their numbers, with other indentations", err);
	return err_set(err, ERR_CONFLICT, "%s are not in it", what);
}

bool found_add(struct found *x, struct slice lines, struct str *out, struct err *err)
{
	bool off = (x->how & PATCH_NUMBERS) && numbers_all(lines, &x->numbering);
	size_t before = out->len;

	if ((x->how & PATCH_NUMBERS) && !off && numbers_any(lines, &x->numbering))
		return err_set(
			err, ERR_CONFLICT,
			"some of the lines to put there have numbers in front, and some have none");
	while (lines.n) {
		struct slice line = slice_line(&lines),
			     s = off ? numbers_strip(line, &x->numbering) : line,
			     bare = slice_chomp(s), end = slice_from(s, bare.n);
		const struct line *kept = x->lines ? kept_line(x, bare) : NULL;
		bool ok = true;

		if (kept)
			str_add(out, kept->all.p, kept->bare);
		else if (x->how & PATCH_LOOKS)
			ok = add_plain(x, bare, out, err);
		else if (x->how & PATCH_INDENT)
			ok = add_shifted(x, bare, out, err);
		else
			str_add(out, bare.p, bare.n);
		if (!ok) {
			str_cut(out, before);
			return false;
		}
		str_add(out, end.p, end.n);
	}
	return true;
}
