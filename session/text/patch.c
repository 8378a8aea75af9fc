/* Reads a unified diff and applies it.
 *
 * patch_find.h finds the quoted lines. All hunks of a diff are read and found
 * before anything is written, and they must be in order, so a diff is applied whole
 * or not at all. The line number of a hunk decides between equal places only if its
 * counts are right: an author who miscounts does not know the line number either.
 */
#include "config.h"

#include "session/text/patch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/patch_find.h"
#include "session/text/patch_form.h"
#include "session/text/slice.h"
#include "session/text/patch_inner.h"

/* Each hunk that is not at its line number costs a search through the whole base. */
#define MAX_SEARCHES 1000

const char *patch_how_text(enum patch_how how)
{
	static const char *const texts[] = {
		[PATCH_AS_IS] = "",
		[PATCH_NUMBERS] = "its lines have numbers in front, which were taken off",
		[PATCH_INDENT] =
			"its lines are indented otherwise, and were moved to those of the file",
		[PATCH_LOOKS] = "its blanks, or characters that only look alike (dashes, quotes), "
				"were taken for those of the file",
		[PATCH_NUMBERS | PATCH_INDENT] =
			"its lines have numbers in front and another indentation: the numbers were "
			"taken "
			"off, and the lines moved to those of the file",
		[PATCH_WITHIN] = "it begins or ends within a line, and fits only there",
		[PATCH_LOOKS | PATCH_INDENT] = "its blanks, or characters that only look alike "
					       "(dashes, quotes), were taken for those of the "
					       "file, and its lines moved",
	};

	return (size_t)how < sizeof(texts) / sizeof(texts[0]) && texts[how]
		       ? texts[how]
		       : "its places were found by several such changes";
}

static bool ends_open(struct slice s)
{
	return s.n && s.p[s.n - 1] != '\n';
}

struct change {
	char tag;	   /* ' ', '-' or '+' */
	bool open;	   /* "\ No newline at end of file" follows */
	struct slice text; /* without the tag, with the line ending */
};

struct hunk {
	size_t number;			/* from 1, for error sentences */
	size_t old_start, old_n, new_n; /* from the header */
	bool counted;			/* the header has numbers */
	struct slice below;		/* a line above it, from the header; empty: none given */
	struct change *v;
	size_t n, cap;
	struct str quote;   /* the old lines of the hunk */
	struct found found; /* where the text has them */
};

struct hunks {
	struct hunk *v;
	size_t n, cap;
	size_t searches;
};

static void hunk_fini(struct hunk *h)
{
	free(h->v);
	str_free(&h->quote);
	found_fini(&h->found);
}

static void hunks_fini(struct hunks *h)
{
	for (size_t i = 0; i < h->n; i++)
		hunk_fini(&h->v[i]);
	free(h->v);
	*h = (struct hunks){ 0 };
}

static size_t number(struct slice *s, bool *ok)
{
	size_t v = 0, n = 0;

	while (n < s->n && n < 9 && s->p[n] >= '0' && s->p[n] <= '9')
		v = v * 10 + (size_t)(s->p[n++] - '0');
	*ok = *ok && n > 0;
	*s = slice_from(*s, n);
	return v;
}

/* "12,3", or "12" for one line. */
static void range(struct slice *s, size_t *start, size_t *n, bool *ok)
{
	*start = number(s, ok);
	*n = 1;
	if (s->n && s->p[0] == ',') {
		*s = slice_from(*s, 1);
		*n = number(s, ok);
	}
}

/* "@@ -1,3 +1,4 @@ module m;", or "@@ module m;" as an agent writes it. */
static void read_header(struct slice line, struct hunk *h)
{
	size_t new_start, second;
	bool ok = true;

	line = slice_from(line, 2);
	second = slice_find(line, "@@");
	h->below = slice_trim(slice_from(line, second < line.n ? second + 2 : second));
	if (h->below.n == 0)
		h->below = slice_trim((struct slice){ line.p, second });
	if (slice_starts(h->below, "-"))
		h->below.n = 0;
	line = slice_from(line, slice_indent(line));
	if (line.n == 0 || line.p[0] != '-')
		return;
	line = slice_from(line, 1);
	range(&line, &h->old_start, &h->old_n, &ok);
	line = slice_from(line, slice_indent(line));
	if (!ok || line.n == 0 || line.p[0] != '+')
		return;
	line = slice_from(line, 1);
	range(&line, &new_start, &h->new_n, &ok);
	h->counted = ok;
}

bool patch_hunk_counts(const char *line, size_t len, size_t *old_n, size_t *new_n)
{
	struct hunk h = { 0 };

	read_header((struct slice){ line, len }, &h);
	*old_n = h.old_n;
	*new_n = h.new_n;
	return h.counted;
}

static void count(const struct hunk *h, size_t *old_n, size_t *new_n)
{
	*old_n = *new_n = 0;
	for (size_t i = 0; i < h->n; i++) {
		*old_n += h->v[i].tag != '+';
		*new_n += h->v[i].tag != '-';
	}
}

/* An empty line after the last change may be the last line of context, with its
 * leading blank lost, or just space before what follows. The counts decide. */
static void drop_space_after(struct hunk *h)
{
	size_t old_n, new_n;

	count(h, &old_n, &new_n);
	if (h->counted && old_n == h->old_n && new_n == h->new_n)
		return;
	while (h->n && h->v[h->n - 1].tag == ' ' && slice_chomp(h->v[h->n - 1].text).n == 0) {
		h->n--;
		old_n--;
		new_n--;
		if (h->counted && old_n == h->old_n && new_n == h->new_n)
			return;
	}
}

static void add_change(struct hunk *h, struct change c)
{
	MEM_PUSH(h->v, h->n, h->cap, c);
}

static bool read_change(struct hunk *h, struct slice line, struct err *err)
{
	struct slice bare = slice_chomp(line);
	struct change c = { .tag = ' ', .text = line };

	if (bare.n && bare.p[0] == '\\') {
		if (h->n)
			h->v[h->n - 1].open = true;
		return true;
	}
	if (slice_starts(bare, "\xc2\xa0")) { /* a no-break space */
		c.text = slice_from(line, 2);
	} else if (bare.n) {
		c.tag = line.p[0];
		c.text = slice_from(line, 1);
	}
	if (c.tag != ' ' && c.tag != '+' && c.tag != '-')
		return err_set(
			err, ERR_PARSE,
			"line %zu of hunk %zu of the diff starts neither with '+', '-' nor a blank",
			h->n + 1, h->number);
	add_change(h, c);
	return true;
}

static struct hunk *add_hunk(struct hunks *h)
{
	MEM_ROOM(h->v, h->n, h->cap);
	h->v[h->n] = (struct hunk){ .number = h->n + 1 };
	return &h->v[h->n++];
}

static bool paid(const struct hunk *h)
{
	size_t old_n, new_n;

	count(h, &old_n, &new_n);
	return h->counted && old_n == h->old_n && new_n == h->new_n;
}

/* The signature that mail programs put below a patch: "-- " and git's version. The
 * blank is often lost. */
static bool signature(const struct hunk *h, struct slice line, struct slice rest)
{
	line = slice_chomp(line);
	if (!slice_is(line, "-- ") && !slice_is(line, "--"))
		return false;
	return paid(h) || (rest.n && rest.p[0] >= '0' && rest.p[0] <= '9');
}

/* bare: the context lines lack their leading blank. */
static bool read_hunks(struct slice diff, bool bare, struct hunks *out, struct err *err)
{
	struct hunk *h = NULL;

	while (diff.n) {
		struct slice line = slice_line(&diff);

		if (slice_starts(line, "@@")) {
			if (h)
				drop_space_after(h);
			h = add_hunk(out);
			read_header(line, h);
		} else if (h && signature(h, line, diff)) {
			drop_space_after(h);
			return true; /* the diff is of one file */
		} else if (h && bare && !strchr("+-\\", line.p[0])) {
			add_change(h, (struct change){ .tag = ' ', .text = line });
		} else if (h && !read_change(h, line, err)) {
			return false;
		}
	}
	if (h)
		drop_space_after(h);
	/* Drop a lone "@@" at the end, written as if it closed the diff. */
	while (out->n > 1 && out->v[out->n - 1].n == 0)
		hunk_fini(&out->v[--out->n]);
	return true;
}

static bool in_head(struct slice line)
{
	static const char *const starts[] = {
		"diff ", "index ", "Index: ", "====", "--- ", "+++ "
	};

	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
		if (slice_starts(line, starts[i]))
			return true;
	return slice_blank(line);
}

/* True if the context lines lack their leading blank: one of them starts with
 * something else. */
static bool bare_context(struct slice diff)
{
	bool head = true;

	while (diff.n) {
		struct slice line = slice_line(&diff), s = slice_trim(line);

		head = head && in_head(line);
		if (!head && s.n && !slice_is(s, "...") && line.p[0] != '+' && line.p[0] != '-' &&
		    line.p[0] != ' ' && line.p[0] != '\\' && line.p[0] != '\t')
			return true;
	}
	return false;
}

/* Reads a diff without @@ lines: one hunk, or several separated by lines that
 * consist of "...". */
static bool read_headless(struct slice diff, struct hunks *out, struct err *err)
{
	bool bare = bare_context(diff), head = true;
	struct hunk *h = NULL;
	size_t changed = 0;

	while (diff.n) {
		struct slice line = slice_line(&diff), s = slice_trim(line);

		head = head && in_head(line);
		if (head)
			continue;
		if (slice_is(s, "...") || slice_is(s, "\xe2\x80\xa6")) {
			h = NULL;
			continue;
		}
		h = h ? h : add_hunk(out);
		if (bare && line.p[0] != '+' && line.p[0] != '-')
			add_change(h, (struct change){ .tag = ' ', .text = line });
		else if (!read_change(h, line, err))
			return false;
		changed += line.p[0] == '+' || line.p[0] == '-';
	}
	for (size_t i = 0; i < out->n; i++)
		drop_space_after(&out->v[i]);
	return changed || err_set(err, ERR_PARSE, "the diff has no line that starts with + or -");
}

/* Makes each run of changed lines a hunk without context. False when one of them
 * removes nothing and so has no place. */
static bool split_changes(const struct hunks *from, struct hunks *out)
{
	for (size_t i = 0; i < from->n; i++) {
		struct hunk *h = NULL;
		bool removes = true;

		for (size_t k = 0; k < from->v[i].n; k++) {
			struct change c = from->v[i].v[k];

			if (c.tag == ' ') {
				h = NULL;
				continue;
			}
			if (!h && !removes)
				return false;
			removes = h ? removes || c.tag == '-' : c.tag == '-';
			h = h ? h : add_hunk(out);
			add_change(h, c);
		}
		if (!removes)
			return false;
	}
	return out->n > 0;
}

/* True if the header names one line of the file, and the quoted lines follow it: of several
 * places the first one. */
static bool place_below(const struct finder *f, struct hunk *h, struct slice quote)
{
	size_t n = 0, at = 0, old_n, new_n;

	for (size_t i = 0; h->below.n && i < f->lines.n; i++) {
		const struct slice *line = &f->lines.v[i].all;

		if (memmem(line->p, line->n, h->below.p, h->below.n)) {
			at = i;
			n++;
		}
	}
	count(h, &old_n, &new_n);
	for (; n == 1 && at < f->lines.n; at++) {
		if (!finder_matches(f, quote, at))
			continue;
		h->found = (struct found){ .at = at, .n = old_n };
		return true;
	}
	return false;
}

static bool place_hunk(struct finder *f, struct hunks *all, struct hunk *h, struct err *err)
{
	struct slice quote;
	char what[64];

	snprintf(what, sizeof(what), "the old lines of hunk %zu of the diff", h->number);
	for (size_t i = 0; i < h->n; i++)
		if (h->v[i].tag != '+') {
			struct slice line = slice_chomp(h->v[i].text);

			str_add(&h->quote, line.p, line.n);
			str_addc(&h->quote, '\n');
		}
	quote = (struct slice){ str_cstr(&h->quote), h->quote.len };
	if (quote.n == 0 && f->lines.n == 0)
		return true;
	if (quote.n == 0)
		return err_set(err, ERR_CONFLICT, "hunk %zu of the diff quotes no line of the file",
			       h->number);
	if (paid(h) && h->old_start > 0 && finder_matches(f, quote, h->old_start - 1)) {
		h->found = (struct found){ .at = h->old_start - 1, .n = h->old_n };
		return true;
	}
	if (all->searches++ >= MAX_SEARCHES)
		return err_set(err, ERR_LIMIT,
			       "more than %d hunks of the diff are not where they say",
			       MAX_SEARCHES);
	if (finder_find(f, quote, what, &h->found, err))
		return true;
	found_fini(&h->found);
	return place_below(f, h, quote);
}

static int by_place(const void *a, const void *b)
{
	const struct hunk *x = a, *y = b;

	if (x->found.at != y->found.at)
		return x->found.at < y->found.at ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static bool place_all(struct finder *f, struct hunks *h, struct err *err)
{
	for (size_t i = 0; i < h->n; i++)
		if (!place_hunk(f, h, &h->v[i], err))
			return false;
	if (h->n)
		qsort(h->v, h->n, sizeof(*h->v), by_place);
	for (size_t i = 1; i < h->n; i++)
		if (h->v[i].found.at < h->v[i - 1].found.at + h->v[i - 1].found.n ||
		    h->v[i].found.at == h->v[i - 1].found.at)
			return err_set(err, ERR_CONFLICT, "hunks %zu and %zu of the diff overlap",
				       h->v[i - 1].number, h->v[i].number);
	return true;
}

/* Finds the hunks as they are, or with context that lacks its leading blanks; without @@
 * lines, also each run of changed lines by itself. */
static bool find_hunks(struct finder *f, struct slice diff, struct hunks *h, struct err *err)
{
	struct hunks split = { 0 };
	bool ok;

	if (!read_hunks(diff, false, h, err)) {
		hunks_fini(h);
		return read_hunks(diff, true, h, NULL) && place_all(f, h, NULL);
	}
	if (h->n)
		return place_all(f, h, err);
	if (!read_headless(diff, h, err))
		return false;
	ok = place_all(f, h, err);
	if (!ok && split_changes(h, &split) && place_all(f, &split, NULL)) {
		hunks_fini(h);
		*h = split;
		return true;
	}
	hunks_fini(&split);
	return ok;
}

struct writer {
	struct str *out;
	size_t from;
	bool crlf;
	bool said;  /* the diff says whether the last line has a newline */
	bool added; /* the last line was added */
};

static void write_line(struct writer *w, struct slice line, bool added, bool open)
{
	struct slice bare = slice_chomp(line);

	if (patch_open_line(w->out, w->from))
		patch_add_end(w->out, w->crlf);
	if (added) {
		str_add(w->out, bare.p, bare.n);
		if (!open)
			patch_add_end(w->out, w->crlf);
	} else {
		str_add(w->out, line.p, line.n);
	}
	w->said |= open;
	w->added = added;
}

static bool write_hunk(struct writer *w, const struct finder *f, struct hunk *h, struct err *err)
{
	size_t at = h->found.at;

	for (size_t i = 0; i < h->n; i++) {
		const struct change *c = &h->v[i];
		struct str added = STR_INIT;

		if (c->tag == '+') {
			if (!found_add(&h->found, c->text, &added, err)) {
				str_free(&added);
				return false;
			}
			write_line(w, (struct slice){ str_cstr(&added), added.len }, true, c->open);
			str_free(&added);
		} else if (c->tag == ' ') {
			write_line(w, f->lines.v[at++].all, false, false);
			h->found.next = at - h->found.at;
		} else {
			at++;
		}
		w->said |= c->open;
	}
	return true;
}

static bool write_all(struct writer *w, const struct finder *f, const struct hunks *h,
		      struct err *err)
{
	size_t done = 0;

	for (size_t i = 0; i < h->n; i++) {
		while (done < h->v[i].found.at)
			write_line(w, f->lines.v[done++].all, false, false);
		if (!write_hunk(w, f, &h->v[i], err)) {
			str_cut(w->out, w->from);
			return false;
		}
		done += h->v[i].found.n;
	}
	while (done < f->lines.n)
		write_line(w, f->lines.v[done++].all, false, false);
	/* A missing "\ No newline" does not mean that a newline is to be added. */
	if (w->added && !w->said && ends_open(f->text) && w->out->len > w->from)
		patch_drop_end(w->out);
	return true;
}

static bool apply_unified(const char *base, size_t base_len, const char *diff, size_t diff_len,
			  struct str *out, enum patch_how *how, struct err *err)
{
	struct writer w = { .out = out, .from = out->len, .crlf = patch_is_crlf(base, base_len) };
	struct hunks h = { 0 };
	struct finder f;
	bool ok;

	finder_init(&f, (struct slice){ base, base_len });
	ok = find_hunks(&f, (struct slice){ diff, diff_len }, &h, err) &&
	     write_all(&w, &f, &h, err);
	*how = PATCH_AS_IS;
	for (size_t i = 0; ok && i < h.n; i++)
		*how |= h.v[i].found.how;
	hunks_fini(&h);
	finder_fini(&f);
	return ok;
}

bool patch_apply(const char *base, size_t base_len, const char *diff, size_t diff_len,
		 struct str *out, enum patch_how *how, struct err *err)
{
	struct slice d = { diff, diff_len };
	size_t parents = patch_parents(d);
	bool ok = false;

	if (patch_form(d) == FORM_UNIFIED)
		return apply_unified(base, base_len, diff, diff_len, out, how, err);
	/* A merge's diff applies to the parent that has its old lines. */
	for (size_t i = 0; i < parents && !ok; i++) {
		struct str unified = STR_INIT;

		patch_unify(d, i, &unified);
		ok = apply_unified(base, base_len, str_cstr(&unified), unified.len, out, how, err);
		str_free(&unified);
	}
	return ok;
}
