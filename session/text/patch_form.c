/* A unified hunk walks through two versions at once, and so can each of the other
 * formats:
 *
 *   context   *** 1,3 ****           both versions one after the other; lines that
 *             ! old                  did not change are in both and are written once
 *             --- 1,3 ----
 *             ! new
 *   normal    3c3                    only the changed lines
 *             < old
 *             ---
 *             > new
 *   combined  @@@ -1,3 -1,3 +1,3 @@@ one column per old version: a line is in that
 *             -  old of the first    version if its column has '-', or if no
 *              - old of the second   column has a mark
 *             ++ new
 *   words     a [-old-]{+new+} b     both versions in one line
 */
#include "config.h"

#include "session/text/patch_form.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define MAX_PARENTS 8

/* Reads "12" or "12,15" at the start of *s; false if there is no number. */
static bool take_range(struct slice *s, size_t *first, size_t *second)
{
	size_t *to[2] = { first, second };

	*first = *second = 0;
	for (int i = 0; i < 2; i++) {
		size_t n = 0;

		while (n < s->n && n < 9 && s->p[n] >= '0' && s->p[n] <= '9')
			*to[i] = *to[i] * 10 + (size_t)(s->p[n++] - '0');
		*s = slice_from(*s, n);
		if (n == 0)
			return false;
		if (i || s->n == 0 || s->p[0] != ',')
			return true;
		*s = slice_from(*s, 1);
	}
	return true;
}

static bool normal_command(struct slice line, size_t *old_at, size_t *new_at)
{
	struct slice s = slice_trim(line);
	size_t last;

	if (!take_range(&s, old_at, &last) || s.n == 0 || !strchr("acd", s.p[0]))
		return false;
	s = slice_from(s, 1);
	return take_range(&s, new_at, &last) && s.n == 0;
}

bool patch_normal_starts(struct slice rest)
{
	size_t a, b;
	struct slice line = slice_line(&rest);

	return normal_command(line, &a, &b) &&
	       (slice_starts(rest, "< ") || slice_starts(rest, "> "));
}

static bool stars(struct slice line)
{
	line = slice_chomp(line); /* a git hunk banner may follow the mark */
	return line.n >= 10 && slice_run(line, '*') == line.n;
}

bool patch_context_starts(struct slice rest)
{
	if (!slice_starts(slice_line(&rest), "*** ") || !slice_starts(slice_line(&rest), "--- "))
		return false;
	return stars(slice_line(&rest));
}

static bool has_words(struct slice line)
{
	return (slice_find(line, "[-") < line.n && slice_find(line, "-]") < line.n) ||
	       (slice_find(line, "{+") < line.n && slice_find(line, "+}") < line.n);
}

enum patch_form patch_form(struct slice diff)
{
	bool words = false;

	while (diff.n) {
		struct slice here = diff, line = slice_line(&diff);

		if (slice_starts(line, "@@@"))
			return FORM_COMBINED;
		if (patch_context_starts(here))
			return FORM_CONTEXT;
		if (patch_normal_starts(here))
			return FORM_NORMAL;
		if (slice_starts(line, "+++ ") || slice_starts(line, "--- "))
			continue;
		if (slice_starts(line, "+") || slice_starts(line, "-"))
			return FORM_UNIFIED;
		words |= has_words(line);
	}
	return words ? FORM_WORDS : FORM_UNIFIED;
}

size_t patch_parents(struct slice diff)
{
	if (patch_form(diff) != FORM_COMBINED)
		return 1;
	while (diff.n) {
		struct slice line = slice_line(&diff);
		size_t n = slice_run(line, '@');

		if (n >= 3)
			return n - 1 < MAX_PARENTS ? n - 1 : MAX_PARENTS;
	}
	return 1;
}

static size_t lines_of(size_t first, size_t last)
{
	return first == 0 ? 0 : last < first ? 1 : last - first + 1;
}

/* Ranges ---------------------------------------------------------------------- */

/* Lines that the last hunk of a diff must still contain. */
struct promise {
	size_t old_n, new_n;	      /* lines */
	bool hunk, changed, old_read; /* context: a line was marked '!'; an old line was read */
	bool after;		      /* context: the "--- 1,4 ----" line was read */
};

static void pay(size_t *n)
{
	*n -= *n > 0;
}

static void read_normal(struct slice line, struct promise *p)
{
	struct slice s = slice_trim(line);
	size_t a, b, c, d;
	char what;

	if (normal_command(line, &a, &c)) {
		take_range(&s, &a, &b);
		what = s.p[0];
		s = slice_from(s, 1);
		take_range(&s, &c, &d);
		*p = (struct promise){ .hunk = true,
				       .old_n = what == 'a' ? 0 : lines_of(a, b),
				       .new_n = what == 'd' ? 0 : lines_of(c, d) };
	} else if (slice_starts(line, "<")) {
		pay(&p->old_n);
	} else if (slice_starts(line, ">")) {
		pay(&p->new_n);
	}
}

static bool side_head(struct slice line, char c, size_t *at, size_t *last);

/* A section with only '-' lines needs no new lines after it; one with only '+'
 * lines needs no old ones. */
static void read_context(struct slice line, struct promise *p)
{
	size_t at, last;

	if (side_head(line, '*', &at, &last)) {
		*p = (struct promise){ .hunk = true, .old_n = lines_of(at, last), .new_n = 1 };
	} else if (side_head(line, '-', &at, &last)) {
		p->after = true;
		p->new_n = p->changed || !p->old_read ? lines_of(at, last) : 0;
		p->old_n = p->old_read ? p->old_n : 0;
	} else if (p->hunk && !slice_starts(line, "\\") && !stars(line)) {
		p->changed |= !p->after && slice_starts(line, "!");
		p->old_read |= !p->after;
		pay(p->after ? &p->new_n : &p->old_n);
	}
}

bool patch_form_is_complete(struct slice diff)
{
	enum patch_form form = patch_form(diff);
	struct promise p = { 0 };
	bool open = false;

	if (form != FORM_CONTEXT && form != FORM_NORMAL)
		return false;
	while (diff.n) {
		struct slice line = slice_line(&diff);

		open = line.p[line.n - 1] != '\n';
		if (form == FORM_NORMAL)
			read_normal(line, &p);
		else
			read_context(line, &p);
	}
	return p.hunk && !open && p.old_n == 0 && p.new_n == 0;
}

/* Hunks ------------------------------------------------------------------------ */

struct hunk_text {
	struct str body;
	size_t old_at, new_at, old_n, new_n;
};

static void put(struct hunk_text *h, char tag, struct slice line)
{
	line = slice_chomp(line);
	str_addc(&h->body, tag);
	str_add(&h->body, line.p, line.n);
	str_addc(&h->body, '\n');
	h->old_n += tag != '+';
	h->new_n += tag != '-';
}

static void end_hunk(struct hunk_text *h, struct str *out)
{
	if (h->body.len) {
		str_addf(out, "@@ -%zu,%zu +%zu,%zu @@\n", h->old_at, h->old_n, h->new_at,
			 h->new_n);
		str_add(out, h->body.data, h->body.len);
	}
	str_free(&h->body);
	*h = (struct hunk_text){ 0 };
}

/* Context ----------------------------------------------------------------------- */

struct marked {
	char mark; /* ' ', '-', '+', '!' */
	struct slice text;
};

struct version {
	struct marked *v;
	size_t n, cap;
};

static bool side_head(struct slice line, char c, size_t *at, size_t *last)
{
	char open[5] = { c, c, c, ' ', '\0' };
	struct slice s = slice_trim(slice_chomp(line));

	if (!slice_starts(line, open) || !slice_starts(s, open)) /* the rest may be blanks */
		return false;
	s = slice_from(s, 4);
	return take_range(&s, at, last) && s.n >= 4 && s.p[s.n - 1] == c;
}

static void read_version(struct slice *rest, struct version *out)
{
	out->n = 0;
	while (rest->n) {
		struct slice ahead = *rest, line = slice_line(&ahead), bare = slice_chomp(line);
		size_t at, last;

		if (stars(line) || side_head(line, '-', &at, &last) || slice_starts(line, "*** ") ||
		    slice_starts(line, "diff "))
			return;
		*rest = ahead;
		if (bare.n && !strchr(" -+!", bare.p[0]))
			continue;
		MEM_PUSH(out->v, out->n, out->cap,
			 (struct marked){ bare.n ? bare.p[0] : ' ',
					  slice_from(bare, bare.n < 2 ? bare.n : 2) });
	}
}

static void walk(const struct version *was, const struct version *now, struct hunk_text *h)
{
	size_t i = 0, k = 0;

	while (i < was->n || k < now->n) {
		if (i < was->n && was->v[i].mark != ' ') {
			put(h, '-', was->v[i++].text);
		} else if (k < now->n && now->v[k].mark != ' ') {
			put(h, '+', now->v[k++].text);
		} else {
			put(h, ' ', i < was->n ? was->v[i].text : now->v[k].text);
			i += i < was->n;
			k += k < now->n;
		}
	}
}

/* A version that is left out has no changed lines: it equals the context of the
 * other. */
static void unify_context(struct slice diff, struct str *out)
{
	struct version was = { 0 }, now = { 0 };

	while (diff.n) {
		struct hunk_text h = { 0 };
		struct slice line = slice_line(&diff);
		size_t last;

		if (!side_head(line, '*', &h.old_at, &last))
			continue;
		read_version(&diff, &was);
		now.n = 0;
		if (side_head(slice_line(&(struct slice){ diff.p, diff.n }), '-', &h.new_at,
			      &last)) {
			slice_line(&diff);
			read_version(&diff, &now);
		}
		walk(&was, &now, &h);
		end_hunk(&h, out);
	}
	free(was.v);
	free(now.v);
}

/* The others ---------------------------------------------------------------------- */

static void unify_normal(struct slice diff, struct str *out)
{
	struct hunk_text h = { 0 };

	while (diff.n) {
		struct slice line = slice_line(&diff);
		size_t a, b;

		if (normal_command(line, &a, &b)) {
			end_hunk(&h, out);
			h.old_at = a;
			h.new_at = b;
		} else if (slice_starts(line, "< ") || slice_starts(line, "> ")) {
			put(&h, line.p[0] == '<' ? '-' : '+', slice_from(line, 2));
		}
	}
	end_hunk(&h, out);
}

/* In "@@@ -1,4 -1,4 +1,4 @@@", the start line in that parent. */
static size_t parent_start(struct slice line, size_t parent)
{
	for (size_t i = 0; i + 1 < line.n; i++) {
		struct slice s = slice_from(line, i + 1);
		size_t at, n;

		if (line.p[i] == '-' && line.p[i - 1] == ' ' && parent-- == 0)
			return take_range(&s, &at, &n) ? at : 0;
	}
	return 0;
}

static void unify_combined(struct slice diff, size_t parent, struct str *out)
{
	size_t parents = patch_parents(diff);
	struct hunk_text h = { 0 };
	bool body = false;

	while (diff.n) {
		struct slice line = slice_line(&diff), marks = slice_chomp(line), text;
		bool gone = false, in_parent;

		if (slice_starts(line, "@@@")) {
			end_hunk(&h, out);
			h.old_at = h.new_at = parent_start(line, parent);
			body = true;
			continue;
		}
		if (!body || slice_starts(line, "\\"))
			continue;
		if (marks.n < parents)
			marks = slice_from(marks, marks.n); /* an empty line is in all versions */
		text = slice_from(marks, marks.n ? parents : 0);
		for (size_t i = 0; i < parents && marks.n; i++)
			gone |= marks.p[i] == '-';
		in_parent =
			marks.n == 0 || marks.p[parent] == '-' || (marks.p[parent] == ' ' && !gone);
		if (in_parent || !gone)
			put(&h, in_parent && gone ? '-' : in_parent ? ' ' : '+', text);
	}
	end_hunk(&h, out);
}

/* Sets out to line without the text between drop_open and drop_close, and without
 * the marks keep_open and keep_close. */
static void without(struct slice line, const char *keep_open, const char *keep_close,
		    const char *drop_open, const char *drop_close, struct str *out)
{
	str_clear(out);
	while (line.n) {
		struct slice after_mark = slice_from(line, line.n < 2 ? line.n : 2);
		size_t end = slice_find(after_mark, drop_close);

		if (slice_starts(line, drop_open) && end < after_mark.n) {
			line = slice_from(after_mark, end + 2);
			continue;
		}
		end = slice_find(after_mark, keep_close);
		if (slice_starts(line, keep_open) && end < after_mark.n) {
			str_add(out, after_mark.p, end);
			line = slice_from(after_mark, end + 2);
			continue;
		}
		str_addc(out, line.p[0]);
		line = slice_from(line, 1);
	}
}

static void unify_words(struct slice diff, struct str *out)
{
	struct str was = STR_INIT, now = STR_INIT;
	bool head = true;

	str_adds(out, "@@\n");
	while (diff.n) {
		struct slice line = slice_chomp(slice_line(&diff));

		head = head && (slice_starts(line, "diff ") || slice_starts(line, "index ") ||
				slice_starts(line, "--- ") || slice_starts(line, "+++ "));
		if (head || slice_starts(line, "@@"))
			continue;
		without(line, "[-", "-]", "{+", "+}", &was);
		without(line, "{+", "+}", "[-", "-]", &now);
		if (!has_words(line))
			str_addf(out, " %.*s\n", (int)line.n, line.p);
		else
			str_addf(out, "-%s\n+%s\n", str_cstr(&was), str_cstr(&now));
	}
	str_free(&was);
	str_free(&now);
}

void patch_unify(struct slice diff, size_t parent, struct str *out)
{
	switch (patch_form(diff)) {
	case FORM_CONTEXT:
		unify_context(diff, out);
		break;
	case FORM_NORMAL:
		unify_normal(diff, out);
		break;
	case FORM_COMBINED:
		unify_combined(diff, parent, out);
		break;
	case FORM_WORDS:
		unify_words(diff, out);
		break;
	case FORM_UNIFIED:
		str_add(out, diff.p, diff.n);
		break;
	}
}
