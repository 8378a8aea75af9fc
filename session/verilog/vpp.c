/* The preprocessor: a stack of texts, of which the last one is being read.
 *
 *     the first text       ... `include "a.vh" ...
 *       an included file     ... `ADD(x, y) ...
 *         a macro expansion    ... ((x)+(y)) ...
 *
 * At the end of a text it is popped, and reading continues in the one below.
 * Inactive branches are still split into tokens, because an `endif in a comment
 * ends nothing.
 */
#include "config.h"

#include "session/verilog/vpp.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vpp_inner.h"

/* Tokens ----------------------------------------------------------------------- */

struct vpp *vpp_new(const char *path, const char *text, size_t len, const struct vpp_env *env)
{
	struct vpp *p = mem_zalloc(sizeof(*p));

	p->env = env;
	p->macros = vmacros_new();
	p->used = vmacros_new();
	p->macro_bytes = VPP_MACRO_BYTES;
	vpp_grant(p, len);
	p->nettype = mem_strdup("");
	p->frames[0] = (struct vframe){ .text = text, .len = len, .line = 1, .path = path };
	p->depth = p->files = 1;
	/* Skip a byte-order mark. */
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		p->frames[0].off = 3;
	return p;
}

void vpp_free(struct vpp *p)
{
	if (!p)
		return;
	for (struct vchunk *c = p->arena, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	for (size_t i = 0; i < p->n_uses; i++)
		free(p->uses[i].name);
	for (size_t i = 0; i < p->n_includes; i++) {
		free(p->includes[i].name);
		free(p->includes[i].path);
	}
	free(p->uses);
	free(p->includes);
	strv_free(&p->notes);
	str_free(&p->quoted);
	vmacros_free(p->macros);
	vmacros_free(p->used);
	free(p->conds);
	free(p->nettype);
	free(p);
}

/* Pops a text at its end. False if it was the first one. */
static bool close_frame(struct vpp *p)
{
	struct vframe *f = &p->frames[p->depth - 1];

	p->gap |= !f->macro;
	if (p->depth == 1)
		return false;
	if (!f->macro) {
		while (p->n_conds > f->conds)
			vpp_close_cond(p);
		p->files--;
		p->want_include = false;
	}
	p->depth--;
	if (p->quote_depth > p->depth) { /* unclosed */
		p->quote_depth = 0;
		str_free(&p->quoted);
	}
	return true;
}

static void where(const struct vpp *p, struct vpp_token *t)
{
	t->included = p->files > 1;
	if (p->depth > 1) {
		t->off = p->from_off;
		t->to = p->from_to;
		t->line = p->from_line;
	}
}

static void set_token(struct vpp *p, enum vtoken_kind kind, const char *s, size_t len,
		      struct vpp_token *out)
{
	out->kind = kind;
	out->s = s;
	out->len = out->left = len;
	out->word = 0;
	out->sv_word = false;
	out->gap = p->gap;
	p->gap = false;
	where(p, out);
}

/* Returns __FILE__ or __LINE__ as a token. */
static bool set_place_token(struct vpp *p, const struct vframe *f, enum vdirective d,
			    struct vpp_token *out)
{
	char *text = d == DIR_FILE ? str_fmt("\"%s\"", f->path ? f->path : "")
				   : str_fmt("%d", f->macro ? f->use_line : f->line);
	const char *kept = vpp_keep(p, text, strlen(text));

	if (kept)
		set_token(p, d == DIR_FILE ? VTOKEN_STRING : VTOKEN_NUMBER, kept, strlen(text),
			  out);
	free(text);
	return kept != NULL;
}

/* True if *out was set. Sets p->from_* when it opens another text on top of the first one. */
static bool backquoted(struct vpp *p, const struct vtoken *t, int line, struct vpp_token *out)
{
	struct vframe *f = &p->frames[p->depth - 1];
	const char *name = f->text + t->off + 1;
	size_t len = t->len - 1;
	enum vdirective d = vpp_directive(name, len);
	const struct vmacro *m;

	if (vpp_cond_directive(p, f, d)) {
		p->saw_directive |= p->depth == 1;
		p->gap = true;
		return false;
	}
	if (p->dead) {
		if (d == DIR_DEFINE)
			vpp_define(p, f, false);
		return false;
	}
	if (d == DIR_FILE || d == DIR_LINENO)
		return set_place_token(p, f, d, out);
	if (d != DIR_NONE) {
		p->gap = true;
		vpp_other_directive(p, f, d);
		return false;
	}
	if (len > 1 && *name == '\\') {
		name++;
		len--;
	}
	m = vpp_find(p, name, len);
	if (m && vpp_expand(p, m)) {
		if (f == &p->frames[0]) {
			p->from_off = t->off;
			p->from_line = line;
		}
		/* The first text may have advanced to the end of the arguments. */
		p->from_to = p->frames[0].off;
		return false;
	}
	if (!m)
		vpp_note_use(p, name, len, false);
	p->want_include = false;
	set_token(p, VTOKEN_DIRECTIVE, f->text + t->off, t->len, out);
	return true;
}

/* Inside `" ... `": collects everything into one string. True when it is complete. */
static bool quote_token(struct vpp *p, const struct vframe *f, const struct vtoken *t,
			struct vpp_token *out)
{
	const char *s = f->text + t->off, *kept;
	size_t len;

	if (t->kind == VTOKEN_COMMENT) {
		str_addc(&p->quoted, ' ');
	} else if (t->kind == VTOKEN_SYMBOL && t->len == 4 && memcmp(s, "`\\`\"", 4) == 0) {
		str_adds(&p->quoted, "\\\"");
	} else if (t->kind == VTOKEN_SYMBOL && t->len == 2 && memcmp(s, "`\"", 2) == 0) {
		str_addc(&p->quoted, '"');
		len = p->quoted.len;
		kept = vpp_keep(p, str_cstr(&p->quoted), len);
		str_free(&p->quoted);
		p->quote_depth = 0;
		if (kept)
			set_token(p, VTOKEN_STRING, kept, len, out);
		return kept != NULL;
	} else if (p->quoted.len + t->len <= p->macro_bytes) {
		str_add(&p->quoted, s, t->len);
	}
	return false;
}

static bool begins_quote(struct vpp *p, const struct vframe *f, const struct vtoken *t)
{
	if (t->kind != VTOKEN_SYMBOL || t->len != 2 || !f->macro ||
	    memcmp(f->text + t->off, "`\"", 2) != 0)
		return false;
	str_addc(&p->quoted, '"');
	p->quote_depth = p->depth;
	return true;
}

/* Each of these takes a token of the text that is read; true if *out was set. */

static bool take_directive(struct vpp *p, const struct vtoken *t, int line, struct vpp_token *out)
{
	if (!backquoted(p, t, line, out))
		return false;
	if (!p->quote_depth)
		return true;
	str_add(&p->quoted, out->s, out->len);
	return false;
}

static bool take_quoted(struct vpp *p, const struct vframe *f, const struct vtoken *t,
			struct vpp_token *out)
{
	struct vtoken name = { .kind = VTOKEN_STRING };
	struct vframe made = { 0 };

	if (!quote_token(p, f, t, out))
		return false;
	if (!p->want_include)
		return true;
	made.text = out->s;
	made.len = name.len = out->len;
	vpp_include_token(p, &made, &name);
	return false;
}

static bool take_plain(struct vpp *p, struct vframe *f, const struct vtoken *t, int line,
		       struct vpp_token *out)
{
	if (t->kind == VTOKEN_SPACE || t->kind == VTOKEN_COMMENT || t->kind == VTOKEN_OTHER) {
		p->gap = true;
		return false;
	}
	if (begins_quote(p, f, t))
		return false;
	if (p->want_include) {
		if (p->depth == 1) {
			p->from_off = t->off;
			p->from_to = t->off + t->len;
			p->from_line = line;
		}
		vpp_include_token(p, f, t);
		return false;
	}
	set_token(p, t->kind, f->text + t->off, t->len, out);
	out->left = f->len - t->off;
	out->word = t->word;
	out->sv_word = t->sv_word;
	return true;
}

static bool take(struct vpp *p, struct vframe *f, const struct vtoken *t, int line,
		 struct vpp_token *out)
{
	if (t->kind == VTOKEN_DIRECTIVE)
		return take_directive(p, t, line, out);
	if (p->dead) {
		p->saw_dead |= t->kind > VTOKEN_DIRECTIVE && p->depth == 1;
		return false;
	}
	return p->quote_depth ? take_quoted(p, f, t, out) : take_plain(p, f, t, line, out);
}

bool vpp_next(struct vpp *p, struct vpp_token *out)
{
	for (;;) {
		struct vframe *f = &p->frames[p->depth - 1];
		struct vtoken t;
		int line = f->line;

		if (f->off >= f->len) {
			if (close_frame(p))
				continue;
			*out = (struct vpp_token){ .off = f->len, .to = f->len, .line = f->line };
			return false;
		}
		vframe_token(f, &t);
		out->off = t.off;
		out->to = t.off + t.len;
		out->line = line;
		if (take(p, f, &t, line, out))
			return true;
	}
}

/* Results ------------------------------------------------------------------------ */

const struct vmacros *vpp_macros(const struct vpp *p)
{
	return p->macros;
}

struct vtimescale vpp_timescale(const struct vpp *p)
{
	return p->timescale;
}

const char *vpp_nettype(const struct vpp *p)
{
	return p->nettype;
}

/* Header guards and macros with a default are tested and then defined; drop these
 * tests, nothing is missing. */
static void drop_defined_tests(struct vpp *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_uses; i++) {
		struct vmacro_use *u = &p->uses[i];

		if (u->asked && vpp_find(p, u->name, strlen(u->name)))
			free(u->name);
		else
			p->uses[n++] = *u;
	}
	p->n_uses = n;
}

void vpp_take_uses(struct vpp *p, struct vmacro_use **v, size_t *n)
{
	drop_defined_tests(p);
	*v = p->uses;
	*n = p->n_uses;
	p->uses = NULL;
	p->n_uses = p->cap_uses = 0;
	vmacros_free(p->used);
	p->used = vmacros_new();
}

void vpp_take_includes(struct vpp *p, struct vinclude **v, size_t *n)
{
	*v = p->includes;
	*n = p->n_includes;
	p->includes = NULL;
	p->n_includes = p->cap_includes = 0;
}

void vpp_take_notes(struct vpp *p, struct strv *notes)
{
	*notes = p->notes;
	p->notes = STRV_INIT;
}

struct vmacros *vpp_take_macros(struct vpp *p)
{
	struct vmacros *m = p->macros;

	p->macros = vmacros_new();
	return m;
}

bool vpp_saw_directive(const struct vpp *p)
{
	return p->saw_directive;
}

bool vpp_saw_dead(const struct vpp *p)
{
	return p->saw_dead;
}

bool vpp_saw_tool(const struct vpp *p)
{
	return p->saw_tool;
}

bool vpp_saw_2005(const struct vpp *p)
{
	return p->saw_2005;
}
