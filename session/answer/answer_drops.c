/* Looks for three things, each within one module:
 *
 *	a name that was assigned, is still declared and read, but is no longer
 *	assigned: its process was left out
 *
 *	two or more labels of a case that are gone while others stay, with a
 *	new comment instead
 *
 *	changes that only remove lines and add comments
 *
 * Names are read roughly. What may be assigned counts as assigned: names in the
 * brackets of an instance, a task or a concatenation.
 */
#include "config.h"

#include "session/answer/answer_drops.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_bytes.h"
#include "session/base/count.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/verilog/verilog.h"

#define MAX_UNITS   500
#define MIN_LABELS  2	 /* removed ones */
#define MAX_SELECTS 1000 /* bytes of selects after a name */
#define MIN_GONE    3	 /* removed lines of code without a replacement */

struct words {
	struct slice *v;
	size_t n, cap;
};

static void add(struct words *w, struct slice s)
{
	MEM_PUSH(w->v, w->n, w->cap, s);
}

static void sort(struct words *w)
{
	if (w->n)
		qsort(w->v, w->n, sizeof(*w->v), bytes_order);
}

static size_t count(const struct words *w, struct slice s)
{
	const struct slice *at = w->n ? bsearch(&s, w->v, w->n, sizeof(*w->v), bytes_order) : NULL;
	size_t n = 0;

	if (!at)
		return 0;
	while (at > w->v && bytes_order(at - 1, &s) == 0)
		at--;
	for (; at < w->v + w->n && bytes_order(at, &s) == 0; at++)
		n++;
	return n;
}

/* Names ------------------------------------------------------------------------------ */

struct names {
	struct words all;      /* every use */
	struct words assigned; /* at the start of a statement */
	struct words maybe;    /* where they may be assigned */
};

struct place {
	bool starts;	/* a statement begins here */
	bool wildcard;	/* an instance with .* */
	int braces;	/* of a concatenation at the start of a statement */
	int depth;	/* of all brackets */
	int call_depth; /* depth of the outermost open call */
	enum vtoken_kind last;
};

static bool assigns(struct slice s)
{
	return slice_is(s, "=") || slice_is(s, "<=") || slice_is(s, "++") || slice_is(s, "--") ||
	       (s.n >= 2 && s.p[s.n - 1] == '=' && strchr("+-*/%&|^<>", s.p[0]) &&
		!slice_is(s, ">="));
}

/* The text after the name at *off, its selects and members; *off does not change. */
static struct slice after_selects(struct slice text, size_t off)
{
	enum vlex_state state = VLEX_CODE;
	int depth = 0;

	text.n = text.n - off < MAX_SELECTS ? text.n : off + MAX_SELECTS;
	while (off < text.n) {
		struct vtoken t = vlex_next(text.p, text.n, off, &state);
		struct slice s = { text.p + t.off, t.len };

		off = t.off + t.len;
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)
			continue;
		if (slice_is(s, "["))
			depth++;
		else if (slice_is(s, "]"))
			depth -= depth > 0;
		else if (slice_is(s, ";"))
			return s;
		else if (depth == 0 && !slice_is(s, ".") && t.kind != VTOKEN_NAME)
			return s;
		else if (depth == 0 && t.kind == VTOKEN_NAME && s.p > text.p && s.p[-1] != '.')
			return s;
	}
	return (struct slice){ text.p, 0 };
}

static void read_name(struct names *n, const struct place *at, struct slice text,
		      const struct vtoken *t)
{
	struct slice s = { text.p + t->off, t->len }, next = after_selects(text, t->off + t->len);

	add(&n->all, s);
	if (at->starts && assigns(next))
		add(&n->assigned, s);
	if (at->braces || at->call_depth || (assigns(next) && (at->starts || slice_is(next, "="))))
		add(&n->maybe, s);
}

static bool begins_statement(const struct vtoken *t, struct slice s)
{
	static const char *const words[] = { "begin", "end", "else", "assign", "do", "fork", NULL };

	if (slice_is(s, ";") || slice_is(s, ":") || slice_is(s, ")"))
		return true;
	return t->kind == VTOKEN_KEYWORD && words_has_n(words, s.p, s.n);
}

static void move_on(struct place *at, const struct vtoken *t, struct slice s)
{
	bool opens = slice_is(s, "(") || slice_is(s, "{") || slice_is(s, "[");
	bool closes = slice_is(s, ")") || slice_is(s, "}") || slice_is(s, "]");

	if (opens)
		at->depth++;
	if (slice_is(s, "(") && !at->call_depth &&
	    (at->last == VTOKEN_NAME || at->last == VTOKEN_SYSTEM))
		at->call_depth = at->depth;
	if (slice_is(s, "{") && (at->starts || at->braces))
		at->braces++;
	if (closes && at->depth == at->call_depth)
		at->call_depth = 0;
	at->depth -= closes && at->depth > 0;
	at->braces -= slice_is(s, "}") && at->braces > 0;
	at->wildcard |= slice_is(s, ".*");
	if (slice_is(s, ";"))
		at->depth = at->call_depth = at->braces = 0;
	at->starts = begins_statement(t, s) || (at->starts && slice_is(s, "{"));
	at->last = t->kind;
}

/* False: nothing is known about its names. */
static bool names_init(struct names *n, struct slice module)
{
	enum vlex_state state = VLEX_CODE;
	struct place at = { .last = VTOKEN_SPACE };

	*n = (struct names){ .all = { 0 } };
	for (size_t off = 0; off < module.n;) {
		struct vtoken t = vlex_next(module.p, module.n, off, &state);

		off = t.off + t.len;
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)
			continue;
		if (t.kind == VTOKEN_NAME)
			read_name(n, &at, module, &t);
		move_on(&at, &t, (struct slice){ module.p + t.off, t.len });
	}
	sort(&n->all);
	sort(&n->assigned);
	sort(&n->maybe);
	return !at.wildcard;
}

static void names_fini(struct names *n)
{
	free(n->all.v);
	free(n->assigned.v);
	free(n->maybe.v);
}

static bool is_output(const struct vmodule *m, struct slice name)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (m->ports[i].dir == VPORT_OUTPUT && slice_is(name, m->ports[i].name))
			return true;
	return false;
}

/* A name matters only if it is used apart from its declaration; an output is used
 * by others. m: the module in the new text. */
static bool undriven(struct slice was, struct slice now, const struct vmodule *m, struct str *what)
{
	struct names a, b;
	bool known = names_init(&a, was), found = false;

	known = names_init(&b, now) && known;
	for (size_t i = 0; known && i < a.assigned.n && !found; i++) {
		struct slice s = a.assigned.v[i];

		found = count(&b.all, s) + is_output(m, s) > 1 && count(&b.maybe, s) == 0;
		if (found)
			str_addf(what, "%.*s would be assigned nowhere", (int)(s.n < 80 ? s.n : 80),
				 s.p);
	}
	names_fini(&a);
	names_fini(&b);
	return found;
}

/* Lines ------------------------------------------------------------------------------ */

struct rows {
	struct words code, comments, labels;
};

static bool word_of_blocks(struct slice s)
{
	return slice_is(s, "default") || slice_is(s, "begin") || slice_is(s, "end") ||
	       slice_is(s, "else") || slice_is(s, "fork") || slice_starts(s, "join") ||
	       slice_starts(s, "end");
}

/* "3'd1: y = a;": the part before the colon, if it is one name or number. */
static struct slice label_of(struct slice line)
{
	const char *colon = line.n ? memchr(line.p, ':', line.n) : NULL;
	struct slice s = { line.p, colon ? (size_t)(colon - line.p) : 0 };

	if (!colon || (s.n + 1 < line.n && (colon[1] == ':' || colon[1] == '=')))
		return (struct slice){ line.p, 0 };
	s = slice_trim(s);
	for (size_t i = 0; i < s.n; i++)
		if (slice_word(slice_from(s, i)) == 0 && s.p[i] != '\'' && s.p[i] != '?')
			return (struct slice){ line.p, 0 };
	return word_of_blocks(s) ? (struct slice){ line.p, 0 } : s;
}

static void rows_init(struct rows *r, struct slice text)
{
	bool within = false;

	*r = (struct rows){ .code = { 0 } };
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text));
		bool comment = within || slice_starts(s, "//") || slice_starts(s, "/*");

		if (s.n == 0)
			continue;
		within = (within || slice_starts(s, "/*")) && slice_find(s, "*/") == s.n;
		add(comment ? &r->comments : &r->code, s);
		if (!comment && label_of(s).n)
			add(&r->labels, label_of(s));
	}
	sort(&r->code);
	sort(&r->comments);
	sort(&r->labels);
}

static void rows_fini(struct rows *r)
{
	free(r->code.v);
	free(r->comments.v);
	free(r->labels.v);
}

/* Number of elements of a that are not in b. */
static size_t gone(const struct words *a, const struct words *b)
{
	size_t i = 0, k = 0, n = 0;

	while (i < a->n) {
		int c = k < b->n ? bytes_order(&a->v[i], &b->v[k]) : -1;

		n += c < 0;
		i += c <= 0;
		k += c >= 0;
	}
	return n;
}

static bool thinner(struct slice was, struct slice now, struct str *what)
{
	struct rows a, b;
	size_t labels, lines, added;
	bool commented;

	rows_init(&a, was);
	rows_init(&b, now);
	labels = gone(&a.labels, &b.labels);
	lines = gone(&a.code, &b.code);
	added = gone(&b.code, &a.code);
	commented = gone(&b.comments, &a.comments) > 0;
	if (commented && labels >= MIN_LABELS && lines > added && b.labels.n &&
	    b.labels.n < a.labels.n)
		str_addf(what, "%zu case%s would be gone", labels, count_s(labels));
	else if (commented && lines >= MIN_GONE && added == 0)
		str_addf(what, "%zu line%s would be replaced by a comment", lines, count_s(lines));
	rows_fini(&a);
	rows_fini(&b);
	return what->len > 0;
}

bool answer_drops(struct slice was, struct slice now, struct str *what)
{
	struct voutline a, b;
	bool yes = false;

	voutline_init(&a, was.p, was.n);
	voutline_init(&b, now.p, now.n);
	for (size_t i = 0; i < a.n && a.n <= MAX_UNITS && b.n <= MAX_UNITS && !yes; i++) {
		const struct vmodule *m = voutline_module(&b, a.modules[i].name);

		yes = m &&
		      (undriven(module_text(&a.modules[i], was), module_text(m, now), m, what) ||
		       thinner(module_text(&a.modules[i], was), module_text(m, now), what));
	}
	voutline_fini(&a);
	voutline_fini(&b);
	return yes;
}
