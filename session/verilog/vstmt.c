/* Recursive descent over the tokens, one function per form, each with the same
 * pattern: open a node, read its parts, close it at the last token taken. Items
 * and statements share one grammar: the context (procedural) decides what an `if`
 * contains, so that a file of tasks, a macro body or a fragment to be included is
 * read as well as a module.
 *
 * Nothing fails. Each step takes at least one token or returns, and depth is
 * limited: beyond VSTMT_MAX_DEPTH a statement is skipped by matching its
 * brackets.
 */
#include "config.h"

#include "session/verilog/vstmt.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vstmt_inner.h"

/* Skips "label: stmt", but not "a::b", "x ? y : z" or a case item. */
static void skip_label(struct vparser *p)
{
	while (vparse_is_word(vparse_peek(p, 0)) && vparse_peek(p, 1)->symbol == ':')
		vparse_take(p, 2);
}

/* True for "virtual bus_if vif;" and "virtual interface bus_if vif;", false for
 * virtual, local or protected classes and functions. */
static bool is_handle(const struct vparser *p)
{
	return vparse_is_text(p, 0, "virtual") &&
	       (vparse_is_text(p, 1, "interface") || vparse_is_word(vparse_peek(p, 1)));
}

/* True for "static function int f();" in a class, false for "static int n;". */
static bool is_static_sub(const struct vparser *p)
{
	return vparse_is_text(p, 0, "static") &&
	       (vparse_is_text(p, 1, "function") || vparse_is_text(p, 1, "task"));
}

/* True for "class = 9;", and for "program p(a, b);" in a module whose text has no
 * "endprogram": these are plain names in Verilog-2001. */
static bool is_name(struct vparser *p)
{
	static const char *const words[] = { "class", "interface", "package", "program",
					     "checker" };
	static const char *const ends[] = { "endclass", "endinterface", "endpackage", "endprogram",
					    "endchecker" };

	if (p->open < 0)
		return false;
	if (vparse_kw(p) == KW_CLASS && !vparse_is_word(vparse_peek(p, 1)))
		return true;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!vparse_is_text(p, 0, words[i]))
			continue;
		if (!(p->absent & 1u << i) &&
		    !memmem(p->s->text, p->s->len, ends[i], strlen(ends[i])))
			p->absent |= 1u << i;
		return p->absent & 1u << i;
	}
	return false;
}

/* By the first word; 0: it does not decide. */
static const enum vstmt_kind kinds[KW_WAIT + 1] = {
	[KW_INITIAL] = VSTMT_INITIAL,	[KW_FINAL] = VSTMT_FINAL,  [KW_ALWAYS] = VSTMT_ALWAYS,
	[KW_FUNCTION] = VSTMT_FUNCTION, [KW_FORCE] = VSTMT_FORCE,  [KW_BEGIN] = VSTMT_BLOCK,
	[KW_FORK] = VSTMT_FORK,		[KW_IF] = VSTMT_IF,	   [KW_CASE] = VSTMT_CASE,
	[KW_LOOP] = VSTMT_LOOP,		[KW_DO] = VSTMT_LOOP,	   [KW_WAIT] = VSTMT_PREFIX,
	[KW_ASSERT] = VSTMT_ASSERT,	[KW_JUMP] = VSTMT_JUMP,	   [KW_TYPE] = VSTMT_DECL,
	[KW_VIRTUAL] = VSTMT_DECL,	[KW_TYPEDEF] = VSTMT_ITEM, [KW_EXTERN] = VSTMT_ITEM,
	[KW_PROPERTY] = VSTMT_ITEM,	[KW_DEFAULT] = VSTMT_ITEM,
};

static enum vstmt_kind kind_of(struct vparser *p)
{
	enum vkw kw = vparse_kw(p);

	if (kw == KW_UNIT || kw == KW_CLASS)
		return is_name(p) ? VSTMT_OTHER : VSTMT_UNIT;
	if (kw == KW_ASSIGN)
		return p->procedural ? VSTMT_FORCE : VSTMT_ASSIGN;
	if (kw == KW_SKIP)
		return is_name(p) ? VSTMT_OTHER : VSTMT_ITEM;
	if (kinds[kw])
		return kinds[kw];
	if (vparse_symbol(p, '#') || vparse_symbol(p, '@') || vparse_is_text(p, 0, "##"))
		return VSTMT_PREFIX;
	if (vparse_symbol(p, ';'))
		return VSTMT_NULL;
	if (vparse_is_text(p, 0, "->") || vparse_is_text(p, 0, "->>"))
		return VSTMT_TRIGGER;
	return VSTMT_OTHER;
}

static void (*const readers[VSTMT_OTHER + 1])(struct vparser *p, int n) = {
	[VSTMT_UNIT] = vparse_unit,	[VSTMT_INITIAL] = vparse_process,
	[VSTMT_FINAL] = vparse_process, [VSTMT_ALWAYS] = vparse_process,
	[VSTMT_FUNCTION] = vparse_sub,	[VSTMT_ASSIGN] = vparse_assign,
	[VSTMT_FORCE] = vparse_assign,	[VSTMT_IF] = vparse_if,
	[VSTMT_CASE] = vparse_case,	[VSTMT_PREFIX] = vparse_prefix,
	[VSTMT_ASSERT] = vparse_assert, [VSTMT_JUMP] = vparse_jump,
	[VSTMT_DECL] = vparse_decl,
};

static void read_node(struct vparser *p, int n, enum vstmt_kind kind)
{
	enum vtoken_kind token = vparse_peek(p, 0)->t.kind;

	if (readers[kind])
		readers[kind](p, n);
	else if (kind == VSTMT_BLOCK || kind == VSTMT_FORK)
		vparse_block(p, n, kind == VSTMT_BLOCK ? KW_END : KW_JOIN);
	else if (kind == VSTMT_LOOP && vparse_kw(p) == KW_DO)
		vparse_do(p, n);
	else if (kind == VSTMT_LOOP)
		vparse_loop(p, n);
	else if (kind == VSTMT_ITEM)
		vparse_item(p);
	else if (kind == VSTMT_NULL)
		p->at++;
	else if (kind == VSTMT_TRIGGER)
		vparse_to_semicolon(p);
	else if (token == VTOKEN_SYSTEM || token == VTOKEN_DIRECTIVE)
		vparse_system(p, n);
	else
		vparse_expression(p, n);
}

/* Skips a statement nested too deeply by matching brackets and begin ... end. */
static void skip_deep(struct vparser *p)
{
	int blocks = 0;

	p->s->cut = true;
	while (!vparse_ended(p)) {
		enum vkw k = vparse_kw(p);
		char c = vparse_peek(p, 0)->symbol;

		if (k == KW_ENDUNIT || (k == KW_END && blocks == 0))
			return;
		blocks += (k == KW_BEGIN) - (k == KW_END);
		p->at++;
		if (blocks == 0 && (c == ';' || k == KW_END) && vparse_kw(p) != KW_ELSE)
			return;
	}
}

static void one(struct vparser *p, enum vstmt_role role)
{
	enum vstmt_kind kind;
	size_t off;
	int line, n;

	/* Tokens before a statement are not part of it: readers look at its first token. */
	while (vparse_kw(p) == KW_GENERATE)
		p->at++;
	vparse_skip_attributes(p);
	off = vparse_here(p);
	line = vparse_ended(p) ? 0 : p->v[p->at].t.line;
	skip_label(p);
	while (vparse_kw(p) == KW_UNIQUE || (vparse_kw(p) == KW_VIRTUAL && !is_handle(p)) ||
	       is_static_sub(p))
		p->at++;
	if (vparse_ended(p) || vparse_kw(p) == KW_END || vparse_kw(p) == KW_ENDCASE ||
	    vparse_kw(p) == KW_ENDSUB || vparse_kw(p) == KW_ENDUNIT || vparse_kw(p) == KW_JOIN ||
	    vparse_kw(p) == KW_ELSE)
		return;
	kind = kind_of(p);
	n = vparse_open_node(p, kind, role);
	if (n < 0)
		return;
	vparse_node(p, n)->all.off = off;
	vparse_node(p, n)->line = line;
	if (++p->depth > VSTMT_MAX_DEPTH) {
		vparse_node(p, n)->kind = VSTMT_OTHER;
		skip_deep(p);
	} else {
		read_node(p, n, kind);
	}
	p->depth--;
	vparse_close_node(p, n);
}

static void read_defines(struct vparser *p, const struct vlexing *l)
{
	for (size_t i = 0; i < l->n_defines && !p->s->cut; i++) {
		const struct vdefine *d = &l->defines[i];
		int n;

		if (d->first >= d->end)
			continue;
		p->v = l->bodies.v;
		p->at = d->first;
		p->n = d->end;
		p->open = -1;
		p->depth = 0;
		p->procedural = true;
		n = vparse_open_node(p, VSTMT_DEFINE, VROLE_LIST);
		while (n >= 0 && !vparse_ended(p)) {
			size_t from = p->at;

			one(p, VROLE_LIST);
			if (p->at == from)
				p->at++;
		}
		vparse_close_node(p, n);
		vparse_node(p, n)->name = d->name;
		vparse_node(p, n)->head = d->head;
		vparse_node(p, n)->all = d->all;
		vparse_node(p, n)->line = d->line;
	}
}

/* Merges both lists in text order. */
static void merge_tokens(struct vstmts *s, const struct vlexing *l)
{
	const struct vlexeds *a = &l->code, *b = &l->bodies;
	size_t i = 0, k = 0;

	s->tokens = mem_calloc(a->n + b->n + 1, sizeof(*s->tokens));
	while (i < a->n || k < b->n) {
		bool code = k >= b->n || (i < a->n && a->v[i].t.off < b->v[k].t.off);

		s->tokens[s->n_tokens++] = code ? a->v[i++].t : b->v[k++].t;
	}
}

void vstmts_init(struct vstmts *s, const char *text, size_t len)
{
	struct vparser p = { .s = s, .one = one, .open = -1 };
	struct vlexing l;

	*s = (struct vstmts){ .text = text, .len = len };
	if (len > VSTMT_MAX_BYTES) {
		s->cut = true;
		return;
	}
	vlexing_init(&l, text, len);
	p.v = l.code.v;
	p.n = l.code.n;
	/* Outside of units, an if or a for belongs to a fragment that is to be included. */
	p.procedural = true;
	while (!vparse_ended(&p)) {
		size_t from = p.at;

		one(&p, VROLE_LIST);
		if (p.at == from)
			p.at++;
	}
	read_defines(&p, &l);
	merge_tokens(s, &l);
	vlexing_fini(&l);
}

void vstmts_fini(struct vstmts *s)
{
	free(s->v);
	free(s->tokens);
	memset(s, 0, sizeof(*s));
}

size_t vstmts_token(const struct vstmts *s, size_t off)
{
	size_t lo = 0, hi = s->n_tokens;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->tokens[mid].off < off)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool vspan_is(const struct vstmts *s, struct vspan span, const char *word)
{
	size_t len = span.end - span.off;

	/* Called for many words per token; most differ in the first byte. */
	if (len && s->text[span.off] != *word)
		return false;
	return len == strlen(word) && memcmp(s->text + span.off, word, len) == 0;
}

bool vstmt_token_is(const struct vstmts *s, const struct vstmt_token *t, const char *word)
{
	return vspan_is(s, (struct vspan){ t->off, t->off + t->len }, word);
}

bool vstmts_is(const struct vstmts *s, size_t i, const char *word)
{
	return i < s->n_tokens && vstmt_token_is(s, &s->tokens[i], word);
}

/* The byte of a token that is only one, as a bracket always is; else 0. */
static char only_byte(const struct vstmts *s, size_t i)
{
	return i < s->n_tokens && s->tokens[i].len == 1 ? s->text[s->tokens[i].off] : '\0';
}

bool vstmts_is_net(const struct vstmts *s, size_t i)
{
	static const char *const words[] = { "wire",	"uwire",   "tri",	  "tri0", "tri1",
					     "triand",	"trior",   "wand",	  "wor",  "trireg",
					     "supply0", "supply1", "interconnect" };

	for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
		if (vstmts_is(s, i, words[k]))
			return true;
	return false;
}

struct vspan vstmts_span(const struct vstmts *s, size_t from, size_t end)
{
	if (from >= end || end > s->n_tokens)
		return (struct vspan){ 0 };
	return (struct vspan){ s->tokens[from].off,
			       s->tokens[end - 1].off + s->tokens[end - 1].len };
}

struct slice vstmts_slice(const struct vstmts *s, size_t from, size_t end)
{
	struct vspan span = vstmts_span(s, from, end);

	return (struct slice){ s->text + span.off, span.end - span.off };
}

int vstmts_bracket(const struct vstmts *s, size_t i)
{
	char c = only_byte(s, i);

	return (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
}

size_t vstmts_closing(const struct vstmts *s, size_t open, size_t end)
{
	char opens = only_byte(s, open), closes = opens == '(' ? ')' : opens == '[' ? ']' : '}';
	int depth = 0;

	if (vstmts_bracket(s, open) <= 0)
		return open < end ? open : end;
	for (size_t i = open; i < end; i++) {
		depth += (only_byte(s, i) == opens) - (only_byte(s, i) == closes);
		if (depth == 0)
			return i;
	}
	return end;
}

size_t vstmts_behind(const struct vstmts *s, size_t open, size_t end)
{
	size_t close = vstmts_closing(s, open, end);

	return close < end ? close + 1 : end;
}

int vstmts_around(const struct vstmts *s, int i, enum vstmt_kind kind)
{
	while (i >= 0 && s->v[i].kind != kind)
		i = s->v[i].parent;
	return i;
}
