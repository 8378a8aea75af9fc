/* Each module that both have (or the whole texts, if they have none in common)
 * is compared line by line, without blanks at both ends:
 *
 *	base                  block               this hunk loses 3 lines and adds
 *	  );                    );                a comment alone: they were left
 *	  logic [3:0] phase;    // other logic    out. Had it added code as well, it
 *	  always_ff ...                           would be a rewrite, unless the
 *	    phase <= ...                          comment is one of dots, or names
 *	endmodule             endmodule           what it stands for
 */
#include "config.h"

#include "session/answer_elide.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer_name.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/diff.h"
#include "session/verilog.h"

#define ALONE_LOST 4	/* lines that a comment alone may not replace */

enum marker {
	MARK_NONE,	/* a line of code */
	MARK_COMMENT,	/* nothing but a comment */
	MARK_SAYS,	/* ... that says so */
	MARK_DOTS,	/* dots alone, or a comment that starts with them */
};

static bool dots(struct slice s)
{
	return slice_starts(s, "...") || slice_starts(s, "\xe2\x80\xa6");
}

/* "..." alone, or "[... 12 lines left out here ...]", which is what a request has
 * in the place of lines that it does not send. */
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

/* Not needed where a comment stands alone, only where code follows it. */
static bool says_so(struct slice s)
{
	static const char *const phrases[] = {
		"rest of the code", "rest of the module", "rest of the file", "rest of the logic", "rest of the design",
		"rest of the body", "rest of code", "existing code", "existing logic", "remaining code", "remaining logic",
		"rest unchanged", "remains unchanged", "remain unchanged", "code unchanged", "logic unchanged", "same as before",
		"same as above", "as before", "omitted", "left out", "stays the same", "remains the same", "remain the same",
		"keep existing", "keep the existing", "unver\xc3\xa4ndert", "inchang\xc3\xa9", "sin cambios", "sem altera",
		"\xe4\xbf\x9d\xe6\x8c\x81\xe4\xb8\x8d\xe5\x8f\x98", "\xe4\xb8\x8d\xe5\x8f\x98", "\xe7\x9c\x81\xe7\x95\xa5",
		"\xe5\xa4\x89\xe6\x9b\xb4\xe3\x81\xaa\xe3\x81\x97", "\xe5\x89\x8d\xe3\x81\xa8\xe5\x90\x8c\xe3\x81\x98",
		"\xd0\xb1\xd0\xb5\xd0\xb7 \xd0\xb8\xd0\xb7\xd0\xbc\xd0\xb5\xd0\xbd\xd0\xb5\xd0\xbd\xd0\xb8\xd0\xb9",
	};
	char *text = slice_dup(s);
	bool yes = false;

	for (char *c = text; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]) && !yes; i++)
		yes = strstr(text, phrases[i]) != NULL;
	free(text);
	return yes;
}

struct language {
	bool slashes, hashes, dashes, angles;	/* which comments it has */
};

static struct language language_of(const char *path)
{
	static const char *const hashed[] = { ".py", ".tcl", ".sdc", ".xdc", ".qsf", ".pcf", ".lpf", ".mk", ".sh", ".yml", ".yaml",
					      ".toml", ".f", ".cfg" };
	struct language l = { .slashes = !str_ends(path, ".md") };

	for (size_t i = 0; i < sizeof(hashed) / sizeof(hashed[0]); i++)
		l.hashes |= str_ends(path, hashed[i]);
	l.hashes |= str_ends(path, "Makefile");
	l.dashes = str_ends(path, ".vhd") || str_ends(path, ".vhdl");
	l.angles = str_ends(path, ".md");
	return l;
}

/* line is trimmed; within: in a comment of several lines, moved on. */
static enum marker read_marker(struct slice line, struct language l, bool *within)
{
	struct slice s = line;

	if (only_dots(line))
		return MARK_DOTS;
	if (!*within) {
		if (l.slashes && slice_starts(s, "/*"))
			*within = true;
		else if (!(l.slashes && slice_starts(s, "//")) && !(l.hashes && slice_starts(s, "#")) &&
			 !(l.dashes && slice_starts(s, "--")) && !(l.angles && slice_starts(s, "<!--")))
			return MARK_NONE;
	}
	if (*within && slice_find(s, "*/") < s.n) {
		*within = false;
		if (!slice_blank(slice_from(s, slice_find(s, "*/") + 2)))
			return MARK_NONE;
	}
	while (s.n && strchr("/*#-<!([ \t", s.p[0]) && s.p[0])
		s = slice_from(s, 1);
	if (dots(s))
		return MARK_DOTS;
	return says_so(s) ? MARK_SAYS : MARK_COMMENT;
}

/* Lines of a text, trimmed, without blank ones. */
struct side {
	struct str text;
	struct lines lines;
	enum marker *marks;
	size_t code;		/* how many are code */
};

static void side_init(struct side *x, struct slice text, struct language l)
{
	bool within = false;
	size_t len;

	*x = (struct side){ .text = STR_INIT };
	while (text.n) {
		struct slice s = slice_trim(slice_line(&text));

		if (s.n == 0)
			continue;
		str_add(&x->text, s.p, s.n);
		str_addc(&x->text, '\n');
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

/* Says nothing about whether its neighbours stayed: "end", ");". */
static bool trivial(struct slice s)
{
	size_t n = slice_word(s);

	return slice_is(s, "end") || slice_is(s, "begin") || slice_is(s, "endcase") || (n == 0 && s.n <= 3);
}

static bool trivial_between(const struct side *a, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!trivial(side_line(a, i)))
			return false;
	return true;
}

/* With the hunks beside it that only remove, and are divided from it by an "end". */
static size_t lost_around(const struct side *a, const struct diff *d, size_t i)
{
	const struct diff_hunk *h = d->hunks;
	size_t lost = code_in(a, h[i].a_start, h[i].a_len);

	for (size_t k = i + 1; k < d->n && h[k].b_len == 0 && trivial_between(a, h[k - 1].a_start + h[k - 1].a_len, h[k].a_start); k++)
		lost += code_in(a, h[k].a_start, h[k].a_len);
	for (size_t k = i; k > 0 && h[k - 1].b_len == 0 && trivial_between(a, h[k - 1].a_start + h[k - 1].a_len, h[k].a_start); k--)
		lost += code_in(a, h[k - 1].a_start, h[k - 1].a_len);
	return lost;
}

/* The marker of hunk i that stands for lines; b->lines.n: none. */
static size_t standing_in(const struct side *a, const struct side *b, const struct diff *d, size_t i, size_t *lost)
{
	const struct diff_hunk *h = &d->hunks[i];
	size_t added = code_in(b, h->b_start, h->b_len), which = b->lines.n;
	enum marker most = MARK_NONE;

	for (size_t k = h->b_start; k < h->b_start + h->b_len; k++)
		if (b->marks[k] > most) {
			most = b->marks[k];
			which = k;
		}
	*lost = most == MARK_NONE ? 0 : lost_around(a, d, i);
	if ((most == MARK_DOTS && *lost > added) || (most == MARK_SAYS && *lost > 2 * added) ||
	    (most == MARK_COMMENT && added == 0 && (*lost >= ALONE_LOST || (*lost >= 2 && *lost * 2 >= a->code))))
		return which;
	return b->lines.n;
}

static bool new_marker(const struct side *b, const struct diff *d)
{
	for (size_t i = 0; i < d->n; i++)
		for (size_t k = d->hunks[i].b_start; k < d->hunks[i].b_start + d->hunks[i].b_len; k++)
			if (b->marks[k] != MARK_NONE)
				return true;
	return false;
}

/* Names ------------------------------------------------------------------------------ */

/* The names of a module's body, sorted: those it declares, those it uses. */
struct names {
	struct slice *v;
	size_t n, cap;
};

struct body {
	struct names declared, used;
	bool wildcard;	/* .* may use anything */
};

static void add_name(struct names *x, struct slice name)
{
	x->cap = mem_grow((void **)&x->v, x->cap, x->n + 1, sizeof(*x->v));
	x->v[x->n++] = name;
}

static int by_bytes(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	int c = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return c ? c : x->n < y->n ? -1 : x->n > y->n;
}

static bool has_name(const struct names *x, struct slice name)
{
	return x->n && bsearch(&name, x->v, x->n, sizeof(*x->v), by_bytes);
}

static bool declares(struct slice word)
{
	static const char *const words[] = { "input", "output", "inout", "reg", "wire", "logic", "integer", "int", "bit", "genvar",
					     "localparam", "parameter", "byte", "time" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(word, words[i]))
			return true;
	return false;
}

/* Where in a statement the reader is. */
struct reader {
	bool header;	/* of the module, up to its ';': all names are declared there */
	bool starts;	/* a statement does */
	bool declaring;	/* names are declared, but those in brackets and behind = */
	bool value;
	int depth;
};

static void read_token(struct reader *r, struct body *b, const struct vtoken *t, struct slice s)
{
	bool name = t->kind == VTOKEN_NAME;

	if (r->starts && t->kind == VTOKEN_KEYWORD && declares(s))
		r->declaring = true;
	if (name && (r->header || (r->declaring && !r->value && r->depth == 0)))
		add_name(&b->declared, s);
	else if (name)
		add_name(&b->used, s);
	if (slice_is(s, "(") || slice_is(s, "[") || slice_is(s, "{"))
		r->depth++;
	else if (slice_is(s, ")") || slice_is(s, "]") || slice_is(s, "}"))
		r->depth -= r->depth > 0;
	else if (slice_is(s, "=") && r->declaring && r->depth == 0)
		r->value = true;
	else if (slice_is(s, ",") && r->depth == 0)
		r->value = false;
	b->wildcard |= slice_is(s, ".*");
	r->starts = slice_is(s, ";") || slice_is(s, "begin") || (r->starts && t->kind == VTOKEN_KEYWORD && r->declaring);
	if (slice_is(s, ";") && r->depth == 0)
		*r = (struct reader){ .starts = true };
}

static void body_init(struct body *b, struct slice module)
{
	enum vlex_state state = VLEX_CODE;
	struct reader r = { .header = true };

	*b = (struct body){ .wildcard = false };
	for (size_t off = 0; off < module.n;) {
		struct vtoken t = vlex_next(module.p, module.n, off, &state);

		if (t.kind != VTOKEN_SPACE && t.kind != VTOKEN_COMMENT)
			read_token(&r, b, &t, (struct slice){ module.p + t.off, t.len });
		off = t.off + t.len;
	}
	if (b->declared.n)
		qsort(b->declared.v, b->declared.n, sizeof(*b->declared.v), by_bytes);
	if (b->used.n)
		qsort(b->used.v, b->used.n, sizeof(*b->used.v), by_bytes);
}

static void body_fini(struct body *b)
{
	free(b->declared.v);
	free(b->used.v);
}

/* A name that base declared, and that code uses and no longer declares; or an output
 * of code's that only base does something with. Empty: none. */
static struct slice missing(const struct body *base, const struct body *code, const struct vmodule *m, const char **what)
{
	for (size_t i = 0; i < base->declared.n; i++)
		if (has_name(&code->used, base->declared.v[i]) && !has_name(&code->declared, base->declared.v[i])) {
			*what = "declares";
			return base->declared.v[i];
		}
	for (size_t i = 0; i < m->n_ports && !code->wildcard; i++) {
		struct slice name = slice_of(m->ports[i].name);

		if (m->ports[i].dir == VPORT_OUTPUT && has_name(&base->used, name) && !has_name(&code->used, name)) {
			*what = "drives";
			return name;
		}
	}
	return (struct slice){ NULL, 0 };
}

static bool same_names(const char *path, struct slice base, struct slice code, const struct vmodule *m, struct err *err)
{
	struct body x, y;
	const char *what = "";
	struct slice name;
	bool ok;

	body_init(&x, base);
	body_init(&y, code);
	name = missing(&x, &y, m, &what);
	ok = name.n == 0 || err_set(err, ERR_CONFLICT, "the block leaves out the part of %s that %s %.*s: ask for the whole file or a diff",
				    path, what, name.n < 80 ? (int)name.n : 80, name.p);
	body_fini(&x);
	body_fini(&y);
	return ok;
}

/* All of it ---------------------------------------------------------------------------- */

/* m: the module of the block, NULL if these are whole texts. */
static bool compare(const char *path, struct slice base, struct slice code, const struct vmodule *m, struct err *err)
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
		struct slice s = which < b.lines.n ? side_line(&b, which) : (struct slice){ path, 0 };

		ok = which == b.lines.n ||
		     err_set(err, ERR_CONFLICT, "the block has '%.*s' where %s has %zu line%s: ask for the whole file or a diff",
			     s.n < 60 ? (int)s.n : 60, s.p, path, lost, lost == 1 ? "" : "s");
	}
	marked = ok && m && new_marker(&b, &d);
	diff_fini(&d);
	side_fini(&a);
	side_fini(&b);
	return ok && (!marked || same_names(path, base, code, m, err));
}

static struct slice unit_of(const struct vmodule *m, struct slice text)
{
	size_t end = m->end_line && m->end <= text.n ? m->end : text.n;

	return (struct slice){ text.p + m->off, end - m->off };
}

/* No Verilog line is dots alone. */
static bool dotted(struct slice code)
{
	while (code.n)
		if (only_dots(slice_trim(slice_line(&code))))
			return true;
	return false;
}

/* More modules than that are compared as one text. */
#define MAX_UNITS 500

bool answer_elides_nothing(const char *path, struct slice base, const struct voutline *b, struct slice code,
			   const struct voutline *c, struct err *err)
{
	size_t common = 0;

	if (name_is_verilog(slice_of(path)) && dotted(code))
		return err_set(err, ERR_CONFLICT, "the block for %s has dots where code is left out: ask for the whole file", path);
	if (slice_blank(base))
		return true;
	for (size_t i = 0; i < c->n && c->n <= MAX_UNITS && b->n <= MAX_UNITS; i++) {
		const struct vmodule *m = voutline_module(b, c->modules[i].name);

		if (!m)
			continue;
		common++;
		if (!compare(path, unit_of(m, base), unit_of(&c->modules[i], code), &c->modules[i], err))
			return false;
	}
	return common || compare(path, base, code, NULL, err);
}
