/* Finding the place is the same problem for both forms: a run of quoted lines,
 * looked for in the lines of the base. Each line is hashed once; then the run
 * is found as Knuth, Morris and Pratt find a word, with lines for letters. So
 * a file of a million equal lines costs no more than any other.
 *
 *	base lines   a b a b c        the run "a b c":
 *	run              a b c        fails at its third line at first, then
 *	                              goes on from what is known to match
 */
#include "config.h"

#include "session/patch.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/slice.h"

/* Hunks that are not where they say must be searched for, each through the
 * whole base. */
#define MAX_SEARCHES 1000

struct line {
	struct slice all;	/* with its ending */
	size_t bare;		/* bytes without the ending */
	size_t solid;		/* also without blanks at the end */
	uint64_t hash;		/* of the solid bytes */
};

struct run {
	struct line *v;
	size_t n, cap;
};

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
	r->cap = mem_grow((void **)&r->v, r->cap, r->n + 1, sizeof(*r->v));
	r->v[r->n++] = l;
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

/* How often quote stands in base, 2 meaning more than once; *at is the first
 * place. */
static int occurrences(const struct run *base, const struct run *quote, enum looseness how, size_t *at)
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

static bool anchor(const struct run *base, const struct run *quote, const char *what, size_t *at,
		   struct err *err)
{
	int n = occurrences(base, quote, EXACT, at);

	if (n == 0)
		n = occurrences(base, quote, LOOSE, at);
	if (n == 1)
		return true;
	return err_set(err, ERR_CONFLICT, n == 0 ? "%s do not stand in it" : "%s stand in it more than once",
		       what);
}

bool patch_is_crlf(const char *text, size_t len)
{
	struct slice rest = { text, len };
	size_t lf = 0, crlf = 0;

	while (rest.n) {
		struct slice line = slice_line(&rest);

		lf += line.p[line.n - 1] == '\n';
		crlf += line.n > 1 && line.p[line.n - 1] == '\n' && line.p[line.n - 2] == '\r';
	}
	return crlf * 2 > lf;
}

static void add_end(struct str *out, bool crlf)
{
	str_adds(out, crlf ? "\r\n" : "\n");
}

static bool open_line(const struct str *out, size_t from)
{
	return out->len > from && out->data[out->len - 1] != '\n';
}

static void drop_end(struct str *out)
{
	str_cut(out, slice_chomp((struct slice){ out->data, out->len }).n);
}

void patch_add_lines(struct str *out, const char *text, size_t len, bool crlf)
{
	struct slice rest = { text, len };

	while (rest.n) {
		struct slice line = slice_line(&rest);
		struct slice bare = slice_chomp(line);

		str_add(out, bare.p, bare.n);
		if (line.p[line.n - 1] == '\n')
			add_end(out, crlf);
		else if (bare.n < line.n)
			str_addc(out, '\r');	/* alone at the end: no line ending */
	}
}

static bool ends_open(struct slice s)
{
	return s.n && s.p[s.n - 1] != '\n';
}

bool patch_replace(const char *base, size_t base_len, const char *search, size_t search_len,
		   const char *text, size_t text_len, struct str *out, struct err *err)
{
	struct slice whole = { base, base_len };
	bool crlf = patch_is_crlf(base, base_len);
	struct run b = { 0 }, q = { 0 };
	size_t from = out->len, at = 0, keep;
	bool ok = false;

	run_cut(&b, whole);
	run_cut(&q, (struct slice){ search, search_len });
	if (q.n == 0 && !slice_blank(whole)) {
		err_set(err, ERR_CONFLICT, "the lines to replace are empty, and the file is not");
		goto out;
	}
	if (q.n && !anchor(&b, &q, "the lines to replace", &at, err))
		goto out;
	keep = q.n ? at + q.n : b.n;
	str_add(out, base, b.n && at < b.n ? (size_t)(b.v[at].all.p - base) : 0);
	patch_add_lines(out, text, text_len, crlf);
	if (keep < b.n) {
		if (open_line(out, from))
			add_end(out, crlf);
		str_add(out, b.v[keep].all.p, (size_t)(base + base_len - b.v[keep].all.p));
	} else if (ends_open(whole) && out->len > from) {
		drop_end(out);
	} else if (open_line(out, from)) {
		add_end(out, crlf);
	}
	ok = true;
out:
	run_fini(&b);
	run_fini(&q);
	return ok;
}

/* Unified diffs */

struct change {
	char tag;		/* ' ', '-' or '+' */
	bool open;		/* "\ No newline at end of file" follows */
	struct slice text;	/* without the tag, with the line ending */
};

struct hunk {
	size_t number;		/* from 1, for sentences */
	size_t old_start, old_n, new_n;	/* as the header says */
	bool counted;		/* the header has numbers */
	struct change *v;
	size_t n, cap;
	size_t at, covers;	/* lines of the base */
};

struct hunks {
	struct hunk *v;
	size_t n, cap;
	size_t searches;
};

static void hunks_fini(struct hunks *h)
{
	for (size_t i = 0; i < h->n; i++)
		free(h->v[i].v);
	free(h->v);
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

/* "12,3" or "12", which means one line. */
static void range(struct slice *s, size_t *start, size_t *n, bool *ok)
{
	*start = number(s, ok);
	*n = 1;
	if (s->n && s->p[0] == ',') {
		*s = slice_from(*s, 1);
		*n = number(s, ok);
	}
}

static void read_header(struct slice line, struct hunk *h)
{
	size_t new_start;
	bool ok = true;

	line = slice_from(line, 2);
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

/* An empty line after the last change may be the last line of the context,
 * whose blank was lost, or just space before what follows. The counts tell. */
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

static bool read_change(struct hunk *h, struct slice line, struct err *err)
{
	struct slice bare = slice_chomp(line);
	struct change c = { .tag = ' ', .text = line };

	if (bare.n && bare.p[0] == '\\') {
		if (h->n)
			h->v[h->n - 1].open = true;
		return true;
	}
	if (bare.n) {
		c.tag = line.p[0];
		c.text = slice_from(line, 1);
	}
	if (c.tag != ' ' && c.tag != '+' && c.tag != '-')
		return err_set(err, ERR_PARSE,
			       "line %zu of hunk %zu of the diff starts neither with '+', '-' nor a blank",
			       h->n + 1, h->number);
	h->cap = mem_grow((void **)&h->v, h->cap, h->n + 1, sizeof(*h->v));
	h->v[h->n++] = c;
	return true;
}

static bool read_hunks(struct slice diff, struct hunks *out, struct err *err)
{
	struct hunk *h = NULL;

	while (diff.n) {
		struct slice line = slice_line(&diff);

		if (slice_starts(line, "@@")) {
			if (h)
				drop_space_after(h);
			out->cap = mem_grow((void **)&out->v, out->cap, out->n + 1, sizeof(*out->v));
			h = &out->v[out->n++];
			*h = (struct hunk){ .number = out->n };
			read_header(line, h);
		} else if (h && !read_change(h, line, err)) {
			return false;
		}
	}
	if (!h)
		return err_set(err, ERR_PARSE, "the diff has no hunk (a line that starts with @@)");
	drop_space_after(h);
	return true;
}

static bool fits_at(const struct run *base, const struct run *quote, size_t at)
{
	if (at > base->n || quote->n > base->n - at)
		return false;
	for (size_t i = 0; i < quote->n; i++)
		if (!same(&base->v[at + i], &quote->v[i], EXACT))
			return false;
	return true;
}

static bool place_hunk(const struct run *base, struct hunks *all, struct hunk *h, struct err *err)
{
	struct run quote = { 0 };
	size_t old_n, new_n;
	char what[64];
	bool ok = true;

	snprintf(what, sizeof(what), "the old lines of hunk %zu of the diff", h->number);
	for (size_t i = 0; i < h->n; i++)
		if (h->v[i].tag != '+')
			run_add(&quote, h->v[i].text);
	count(h, &old_n, &new_n);
	h->covers = quote.n;
	if (quote.n == 0 && base->n == 0)
		h->at = 0;
	else if (quote.n == 0)
		ok = err_set(err, ERR_CONFLICT, "hunk %zu of the diff quotes no line to stand by", h->number);
	else if (h->counted && old_n == h->old_n && new_n == h->new_n && h->old_start > 0 &&
		 fits_at(base, &quote, h->old_start - 1))
		h->at = h->old_start - 1;
	else if (all->searches++ >= MAX_SEARCHES)
		ok = err_set(err, ERR_LIMIT, "more than %d hunks of the diff are not where they say",
			     MAX_SEARCHES);
	else
		ok = anchor(base, &quote, what, &h->at, err);
	run_fini(&quote);
	return ok;
}

static int by_place(const void *a, const void *b)
{
	const struct hunk *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static bool place_all(const struct run *base, struct hunks *h, struct err *err)
{
	for (size_t i = 0; i < h->n; i++)
		if (!place_hunk(base, h, &h->v[i], err))
			return false;
	qsort(h->v, h->n, sizeof(*h->v), by_place);
	for (size_t i = 1; i < h->n; i++)
		if (h->v[i].at < h->v[i - 1].at + h->v[i - 1].covers || h->v[i].at == h->v[i - 1].at)
			return err_set(err, ERR_CONFLICT, "hunks %zu and %zu of the diff overlap",
				       h->v[i - 1].number, h->v[i].number);
	return true;
}

struct writer {
	struct str *out;
	size_t from;
	bool crlf;
	bool said;	/* the diff itself speaks of the newline at the end */
	bool added;	/* the last line is an added one */
};

static void write_line(struct writer *w, struct slice line, bool added, bool open)
{
	struct slice bare = slice_chomp(line);

	if (open_line(w->out, w->from))
		add_end(w->out, w->crlf);
	if (added) {
		str_add(w->out, bare.p, bare.n);
		if (!open)
			add_end(w->out, w->crlf);
	} else {
		str_add(w->out, line.p, line.n);
	}
	w->said |= open;
	w->added = added;
}

static void write_hunk(struct writer *w, const struct run *base, const struct hunk *h)
{
	size_t at = h->at;

	for (size_t i = 0; i < h->n; i++) {
		const struct change *c = &h->v[i];

		if (c->tag == '+')
			write_line(w, c->text, true, c->open);
		else if (c->tag == ' ')
			write_line(w, base->v[at++].all, false, false);
		else
			at++;
		w->said |= c->open;
	}
}

bool patch_apply(const char *base, size_t base_len, const char *diff, size_t diff_len,
		 struct str *out, struct err *err)
{
	struct slice whole = { base, base_len };
	struct writer w = { .out = out, .from = out->len, .crlf = patch_is_crlf(base, base_len) };
	struct hunks h = { 0 };
	struct run b = { 0 };
	size_t done = 0;
	bool ok;

	run_cut(&b, whole);
	ok = read_hunks((struct slice){ diff, diff_len }, &h, err) && place_all(&b, &h, err);
	if (ok) {
		for (size_t i = 0; i < h.n; i++) {
			while (done < h.v[i].at)
				write_line(&w, b.v[done++].all, false, false);
			write_hunk(&w, &b, &h.v[i]);
			done = h.v[i].at + h.v[i].covers;
		}
		while (done < b.n)
			write_line(&w, b.v[done++].all, false, false);
		/* Who forgets the marker did not mean to add a newline. */
		if (w.added && !w.said && ends_open(whole) && out->len > w.from)
			drop_end(out);
	}
	hunks_fini(&h);
	run_fini(&b);
	return ok;
}
