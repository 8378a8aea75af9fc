/* Detects a block that leaves out what the rest of its module needs.
 *
 * Code that is left out without a remark shows in the names: one that the file declares
 * or drives, and that the block still uses but no longer declares or drives.
 */
#include "config.h"

#include <stdlib.h>

#include "session/answer/answer_elide.h"
#include "session/answer/answer_bytes.h"
#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/verilog/verilog.h"

/* Sorted names of a module's body: those declared, those used. */
struct names {
	struct slice *v;
	size_t n, cap;
};

struct body {
	struct names declared, used;
	bool wildcard; /* .* may use any name */
};

static void add_name(struct names *x, struct slice name)
{
	MEM_PUSH(x->v, x->n, x->cap, name);
}

static bool has_name(const struct names *x, struct slice name)
{
	return x->n && bsearch(&name, x->v, x->n, sizeof(*x->v), bytes_order);
}

static bool declares(struct slice word)
{
	static const char *const words[] = { "input",	   "output",	"inout", "reg",	 "wire",
					     "logic",	   "integer",	"int",	 "bit",	 "genvar",
					     "localparam", "parameter", "byte",	 "time", NULL };

	return words_has_n(words, word.p, word.n);
}

/* The position within a statement. */
struct reader {
	bool header;	/* in the module header, up to its ';': all names are declared there */
	bool import;	/* an import in the header; its ';' does not end the header */
	bool keyword;	/* the last word was a declaring keyword: int'(x) is a cast */
	bool declaring; /* names are being declared, except in brackets and after = */
	bool value;
	int depth;
	enum vtoken_kind last; /* previous token */
	struct slice name;     /* the previous token if it was a name; otherwise empty */
	bool typed;	       /* another name precedes that name */
	bool declares_it;
};

/* Brackets that were opened in two branches of an `ifdef count as closed here at
 * the latest. */
static bool starts_item(struct slice word)
{
	static const char *const words[] = { "always",	"always_ff", "always_comb", "assign",
					     "initial", "generate",  "endgenerate", "endfunction",
					     "endtask", NULL };

	return words_has_n(words, word.p, word.n);
}

/* The token after a name decides what the name is. */
static void settle_name(struct reader *r, struct body *b, struct slice next)
{
	struct slice name = r->name;
	bool typed = r->typed && (slice_is(next, ",") || slice_is(next, ";") ||
				  slice_is(next, "=") || slice_is(next, "["));

	r->name.n = 0;
	r->declaring |= typed; /* "state_t next;": a named type */
	if (name.n == 0 || (slice_is(next, "(") && !r->header))
		return; /* an instance, a function, or a port of another module */
	if (r->header || typed || r->declares_it)
		add_name(&b->declared, name);
	else
		add_name(&b->used, name);
	if (r->declares_it && slice_is(next, "=") && !r->header)
		add_name(&b->used, name); /* "wire y = a" drives y too */
}

static void read_token(struct reader *r, struct body *b, const struct vtoken *t, struct slice s)
{
	settle_name(r, b, s);
	if (r->keyword && slice_starts(s, "'"))
		r->declaring = false;
	r->keyword = t->kind == VTOKEN_KEYWORD && r->depth == 0 && declares(s);
	r->declaring |= r->keyword;
	if (t->kind == VTOKEN_KEYWORD && !r->header && starts_item(s))
		*r = (struct reader){ .depth = 0 };
	/* not the name after `ifdef */
	if (t->kind == VTOKEN_NAME && r->last != VTOKEN_DIRECTIVE) {
		r->name = s;
		r->typed = r->last == VTOKEN_NAME && r->depth == 0;
		r->declares_it = r->declaring && !r->value && r->depth == 0;
	}
	r->import |= r->header && slice_is(s, "import");
	if (slice_is(s, "(") || slice_is(s, "[") || slice_is(s, "{"))
		r->depth++;
	else if (slice_is(s, ")") || slice_is(s, "]") || slice_is(s, "}"))
		r->depth -= r->depth > 0;
	else if (slice_is(s, "=") && r->declaring && r->depth == 0)
		r->value = true;
	else if (slice_is(s, ",") && r->depth == 0)
		r->value = false;
	b->wildcard |= slice_is(s, ".*");
	r->last = t->kind;
	if (slice_is(s, ";") && r->depth == 0)
		*r = (struct reader){ .header = r->import };
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
		qsort(b->declared.v, b->declared.n, sizeof(*b->declared.v), bytes_order);
	if (b->used.n)
		qsort(b->used.v, b->used.n, sizeof(*b->used.v), bytes_order);
}

static void body_fini(struct body *b)
{
	free(b->declared.v);
	free(b->used.v);
}

/* A name that base declares, and that code uses but no longer declares; or an
 * output of code that only base uses. Empty: none. */
static struct slice missing(const struct body *base, const struct body *code,
			    const struct vmodule *m, const char **what)
{
	for (size_t i = 0; i < base->declared.n; i++)
		if (has_name(&code->used, base->declared.v[i]) &&
		    !has_name(&code->declared, base->declared.v[i])) {
			*what = "declares";
			return base->declared.v[i];
		}
	for (size_t i = 0; i < m->n_ports && !code->wildcard; i++) {
		struct slice name = slice_of(m->ports[i].name);

		if (m->ports[i].dir == VPORT_OUTPUT && has_name(&base->used, name) &&
		    !has_name(&code->used, name)) {
			*what = "drives";
			return name;
		}
	}
	return (struct slice){ NULL, 0 };
}

bool answer_same_names(const char *path, struct slice base, struct slice code,
		       const struct vmodule *m, struct err *err)
{
	struct body x, y;
	const char *what = "";
	struct slice name;
	bool ok;

	body_init(&x, base);
	body_init(&y, code);
	name = missing(&x, &y, m, &what);
	ok = name.n == 0 || err_set(err, ERR_CONFLICT,
				    "the block leaves out the part of %s that %s %.*s: ask for the "
				    "whole file or a diff",
				    path, what, name.n < 80 ? (int)name.n : 80, name.p);
	body_fini(&x);
	body_fini(&y);
	return ok;
}
