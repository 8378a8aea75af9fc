/* Recursive descent over the tokens, one function for each form, all with the
 * same outcome: a node is opened, its parts are read, the node is closed at
 * the last token taken. Items and statements share one grammar: what an `if`
 * holds is decided by where it stands (procedural), so that a file of tasks, a
 * macro's body or a piece to be included is read as well as a module.
 *
 * Nothing fails. Each step takes at least one token or returns, and depth is
 * counted: behind VSTMT_MAX_DEPTH a statement is skipped by its brackets.
 */
#include "config.h"

#include "session/vstmt.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/vstmt_inner.h"

struct parser {
	struct vstmts *s;
	const struct vlexed *v;
	size_t at, n;
	size_t cap;		/* of s->v */
	int open;		/* node whose children are being read; -1 */
	int depth;
	bool procedural;	/* inside a process: if and for hold statements */
	struct vstmt scratch;	/* stands in for a node that the limit refused */
};

static const struct vlexed nothing = { .kw = KW_NONE };

static const struct vlexed *peek(const struct parser *p, size_t ahead)
{
	return p->at + ahead < p->n ? &p->v[p->at + ahead] : &nothing;
}

static bool ended(const struct parser *p)
{
	return p->at >= p->n;
}

static enum vkw kw(const struct parser *p)
{
	return peek(p, 0)->kw;
}

static bool symbol(const struct parser *p, char c)
{
	return peek(p, 0)->symbol == c;
}

static bool is_text(const struct parser *p, size_t ahead, const char *word)
{
	const struct vlexed *t = peek(p, ahead);

	return t->t.len == strlen(word) && memcmp(p->s->text + t->t.off, word, t->t.len) == 0;
}

static size_t here(const struct parser *p)	/* where the next token begins */
{
	return ended(p) ? p->s->len : p->v[p->at].t.off;
}

static size_t behind(const struct parser *p)	/* where the last one ended */
{
	return p->at ? p->v[p->at - 1].t.off + p->v[p->at - 1].t.len : 0;
}

static void take(struct parser *p, size_t n)
{
	p->at = n < p->n - p->at ? p->at + n : p->n;
}

static struct vspan span_since(const struct parser *p, size_t off)
{
	return (struct vspan){ off, behind(p) > off ? behind(p) : off };
}

/* Nodes ------------------------------------------------------------------- */

/* -1: the limit is reached; close() then does nothing. */
static int open_node(struct parser *p, enum vstmt_kind kind, enum vstmt_role role)
{
	struct vstmts *s = p->s;
	struct vstmt *new;

	if (s->n >= VSTMT_MAX_NODES) {
		s->cut = true;
		p->at = p->n;
		return -1;
	}
	p->cap = mem_grow((void **)&s->v, p->cap, s->n + 1, sizeof(*s->v));
	new = &s->v[s->n];
	*new = (struct vstmt){ .kind = kind, .role = role, .generate = !p->procedural, .parent = p->open,
			       .line = ended(p) ? 0 : p->v[p->at].t.line, .all = { here(p), here(p) } };
	p->open = (int)s->n;
	return (int)s->n++;
}

static struct vstmt *node(struct parser *p, int i)
{
	return i >= 0 ? &p->s->v[i] : &p->scratch;
}

static void close_node(struct parser *p, int i)
{
	struct vstmt *v = node(p, i);

	if (i < 0)
		return;
	if (behind(p) > v->all.off)
		v->all.end = behind(p);
	v->end = (int)p->s->n;
	p->open = v->parent;
}

static struct vspan span_of(const struct parser *p, size_t ahead)
{
	const struct vlexed *t = peek(p, ahead);

	return (struct vspan){ t->t.off, t->t.off + t->t.len };
}

/* Pieces ------------------------------------------------------------------ */

static bool opens(char c)
{
	return c == '(' || c == '[' || c == '{';
}

static bool closes(char c)
{
	return c == ')' || c == ']' || c == '}';
}

/* A word that no expression holds: whoever skips to a semicolon stops here,
 * so that a missing one costs one statement and not the rest of the file. */
static bool stops(enum vkw k)
{
	switch (k) {
	case KW_ALWAYS:
	case KW_BEGIN:
	case KW_END:
	case KW_ENDCASE:
	case KW_ENDSUB:
	case KW_ENDUNIT:
	case KW_INITIAL:
	case KW_JOIN:
		return true;
	default:
		return false;
	}
}

/* From an opening bracket behind its partner; a semicolon outside of a brace
 * ends it early, except in the brackets of a for. */
static void brackets(struct parser *p, bool semicolons)
{
	int depth = 0, braces = 0;

	while (!ended(p)) {
		char c = peek(p, 0)->symbol;

		if (stops(kw(p)) || (c == ';' && !semicolons && braces == 0))
			return;
		depth += opens(c) - closes(c);
		braces += (c == '{') - (c == '}');
		p->at++;
		if (depth <= 0)
			return;
	}
}

/* What stands between the brackets at the next token. */
static struct vspan in_brackets(struct parser *p, bool semicolons)
{
	struct vspan in = { here(p), here(p) };

	if (!symbol(p, '('))
		return in;
	in.off = in.end = here(p) + 1;
	brackets(p, semicolons);
	if (p->at && closes(p->v[p->at - 1].symbol) && p->v[p->at - 1].t.off >= in.off)
		in.end = p->v[p->at - 1].t.off;
	else if (behind(p) > in.off)
		in.end = behind(p);
	return in;
}

static void to_semicolon(struct parser *p)
{
	while (!ended(p) && !stops(kw(p))) {
		char c = peek(p, 0)->symbol;

		if (opens(c)) {
			size_t from = p->at;

			brackets(p, false);
			if (p->at == from)
				return;
			continue;
		}
		p->at++;
		if (c == ';')
			return;
	}
}

static void skip_attributes(struct parser *p)
{
	while (symbol(p, '(') && is_text(p, 1, "*") && !is_text(p, 2, ")"))
		brackets(p, false);
}

static void skip_end_label(struct parser *p)
{
	if (symbol(p, ':') && peek(p, 1)->t.kind != VTOKEN_SYMBOL)
		take(p, 2);
}

static void one(struct parser *p, enum vstmt_role role);

/* Children until one of the words; what cannot begin anything is passed over. */
static void list_until(struct parser *p, enum vkw end)
{
	while (!ended(p) && kw(p) != end) {
		size_t from = p->at;

		/* The end of something around it: a missing word, or one of an `ifdef. */
		if (kw(p) == KW_ENDUNIT || (kw(p) == KW_ENDSUB && p->procedural))
			return;
		one(p, VROLE_LIST);
		if (p->at == from)
			p->at++;
	}
}

static void body(struct parser *p, enum vstmt_role role)
{
	if (!ended(p))
		one(p, role);
}

/* Statements with statements in them ---------------------------------------- */

static void read_block(struct parser *p, int n, enum vkw end)
{
	node(p, n)->name = (struct vspan){ 0, 0 };
	p->at++;
	if (symbol(p, ':')) {
		node(p, n)->name = span_of(p, 1);
		take(p, 2);
	}
	list_until(p, end);
	if (kw(p) == end) {
		p->at++;
		skip_end_label(p);
	}
}

/* An else-if chain is a loop, not recursion: it may have hundreds of members.
 * Each is the ELSE child of the one before, and all end together. */
static void read_if(struct parser *p, int first)
{
	int n = first;

	for (;;) {
		p->at++;
		node(p, n)->head = in_brackets(p, false);
		body(p, VROLE_THEN);
		if (kw(p) != KW_ELSE)
			break;
		p->at++;
		if (kw(p) != KW_IF) {
			body(p, VROLE_ELSE);
			break;
		}
		n = open_node(p, VSTMT_IF, VROLE_ELSE);
		if (n < 0)
			break;
	}
	while (n >= 0 && n != first) {
		int up = node(p, n)->parent;

		close_node(p, n);
		n = up;
	}
}

/* "0, 1: stmt", "default stmt": to behind the colon. */
static void read_choice_head(struct parser *p, int n)
{
	size_t from = here(p);
	int questions = 0;

	while (!ended(p) && !stops(kw(p)) && !symbol(p, ';')) {
		char c = peek(p, 0)->symbol;

		if (opens(c)) {
			size_t at = p->at;

			brackets(p, false);
			if (p->at == at)
				break;
			continue;
		}
		if (c == ':' && questions == 0) {
			node(p, n)->head = span_since(p, from);
			p->at++;
			return;
		}
		questions += (c == '?') - (c == ':');
		p->at++;
		if (p->v[p->at - 1].kw == KW_DEFAULT && !symbol(p, ':'))
			break;
	}
	node(p, n)->head = span_since(p, from);
}

static void read_case(struct parser *p, int n)
{
	node(p, n)->name = span_of(p, 0);
	p->at++;
	node(p, n)->head = in_brackets(p, false);
	if (is_text(p, 0, "inside") || is_text(p, 0, "matches"))
		p->at++;
	while (!ended(p) && kw(p) != KW_ENDCASE && kw(p) != KW_ENDUNIT && kw(p) != KW_ENDSUB) {
		size_t from = p->at;
		int c = open_node(p, VSTMT_CHOICE, VROLE_LIST);

		if (c < 0)
			return;
		read_choice_head(p, c);
		body(p, VROLE_BODY);
		if (p->at == from)
			p->at++;
		close_node(p, c);
	}
	if (kw(p) == KW_ENDCASE)
		p->at++;
}

static void read_loop(struct parser *p, int n)
{
	node(p, n)->name = span_of(p, 0);
	p->at++;
	if (symbol(p, '('))
		node(p, n)->head = in_brackets(p, true);
	body(p, VROLE_BODY);
}

static void read_do(struct parser *p, int n)
{
	node(p, n)->name = span_of(p, 0);
	p->at++;
	body(p, VROLE_BODY);
	if (is_text(p, 0, "while")) {
		p->at++;
		node(p, n)->head = in_brackets(p, false);
		if (symbol(p, ';'))
			p->at++;
	}
}

/* "#5", "#(A+1)", "@ (posedge clk)", "@*", "@ev", "##1", "wait (x)". */
static void read_prefix(struct parser *p, int n)
{
	size_t from = here(p);
	bool waits = kw(p) == KW_WAIT;

	p->at++;
	if (waits && is_text(p, 0, "fork")) {
		p->at++;
		to_semicolon(p);
		node(p, n)->head = span_since(p, from);
		return;
	}
	if (symbol(p, '('))
		brackets(p, false);
	else if (!symbol(p, ';') && !ended(p))
		p->at++;
	while (symbol(p, '.') || symbol(p, '[')) {	/* @u0.done, #D[3] */
		if (symbol(p, '['))
			brackets(p, false);
		else
			take(p, 2);
	}
	node(p, n)->head = span_since(p, from);
	if (symbol(p, ';'))
		p->at++;
	else if (kw(p) != KW_END && kw(p) != KW_ELSE)
		body(p, VROLE_BODY);
}

static bool is_property(const struct parser *p)
{
	return is_text(p, 1, "property") || is_text(p, 1, "sequence");
}

/* "assert (c) pass; else fail;" and "assert property (...) pass; else fail;" */
static void read_assert(struct parser *p, int n)
{
	bool property = is_property(p), was = p->procedural;

	node(p, n)->name = span_of(p, 0);
	if (property)
		node(p, n)->kind = VSTMT_PROPERTY;
	take(p, property ? 2 : 1);
	if (symbol(p, '#'))
		take(p, 2);
	else if (kw(p) == KW_FINAL)
		p->at++;
	node(p, n)->head = in_brackets(p, false);
	p->procedural = true;
	if (symbol(p, ';'))
		p->at++;
	else if (kw(p) != KW_ELSE)
		body(p, VROLE_THEN);
	if (kw(p) == KW_ELSE) {
		p->at++;
		body(p, VROLE_ELSE);
	}
	p->procedural = was;
}

/* Statements of their own ----------------------------------------------------- */

static enum vstmt_kind assignment(const struct parser *p, size_t at)
{
	static const char *const ops[] = { "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "<<<=",
					   ">>>=", "++", "--" };
	const struct vlexed *t = &p->v[at];

	if (t->t.kind != VTOKEN_SYMBOL)
		return VSTMT_NULL;
	if (t->symbol == '=')
		return VSTMT_BLOCKING;
	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		if (t->t.len == strlen(ops[i]) && memcmp(p->s->text + t->t.off, ops[i], t->t.len) == 0)
			return VSTMT_BLOCKING;
	}
	return t->t.len == 2 && memcmp(p->s->text + t->t.off, "<=", 2) == 0 ? VSTMT_NONBLOCKING : VSTMT_NULL;
}

/* Finds the sign of the assignment in [from, p->at) outside of brackets. */
static void split_assignment(struct parser *p, int n, size_t from)
{
	size_t end = p->at;
	int depth = 0;

	if (end > from && p->v[end - 1].symbol == ';')
		end--;
	for (size_t i = from; i < end; i++) {
		enum vstmt_kind kind;

		depth += opens(p->v[i].symbol) - closes(p->v[i].symbol);
		kind = depth == 0 ? assignment(p, i) : VSTMT_NULL;
		if (kind == VSTMT_NULL)
			continue;
		if (node(p, n)->kind == VSTMT_OTHER || node(p, n)->kind == VSTMT_MACRO)
			node(p, n)->kind = kind;
		if (i > from)
			node(p, n)->lhs = (struct vspan){ p->v[from].t.off, p->v[i - 1].t.off + p->v[i - 1].t.len };
		if (i + 1 < end) {
			struct vspan rest = { p->v[i + 1].t.off, p->v[end - 1].t.off + p->v[end - 1].t.len };

			if (i == from)	/* ++i */
				node(p, n)->lhs = rest;
			else
				node(p, n)->rhs = rest;
		}
		return;
	}
}

/* A dotted name with its brackets: "a.b[3].f (x)". True when it ends in the
 * brackets of a call; at is behind the name, name its span. */
static bool is_call(const struct parser *p, size_t *at, struct vspan *name)
{
	size_t i = p->at;

	*name = span_of(p, 0);
	for (i++; i + 1 < p->n; i += 2) {
		const struct vlexed *sep = &p->v[i];

		if (sep->symbol != '.' && !(sep->t.len == 2 && memcmp(p->s->text + sep->t.off, "::", 2) == 0))
			break;
		name->end = p->v[i + 1].t.off + p->v[i + 1].t.len;
	}
	*at = i;
	return i < p->n && (p->v[i].symbol == '(' || p->v[i].symbol == ';');
}

static bool is_word(const struct vlexed *t)
{
	return t->t.kind == VTOKEN_NAME || (t->t.kind == VTOKEN_KEYWORD && t->kw == KW_NONE);
}

/* An assignment, a call, or a declaration with a type of one's own. */
static void read_expression(struct parser *p, int n)
{
	size_t from = p->at, at;
	struct vspan name;

	if (is_word(peek(p, 0)) && is_call(p, &at, &name)) {
		node(p, n)->kind = VSTMT_CALL;
		node(p, n)->name = name;
		p->at = at;
		if (symbol(p, '('))
			node(p, n)->head = in_brackets(p, false);
		if (symbol(p, ';')) {
			p->at++;
			return;
		}
		node(p, n)->kind = VSTMT_OTHER;	/* f(x).y = 3 */
		node(p, n)->head = (struct vspan){ 0, 0 };
	} else if (is_word(peek(p, 0)) && is_word(peek(p, 1))) {
		node(p, n)->kind = p->procedural ? VSTMT_DECL : VSTMT_ITEM;
		node(p, n)->name = span_of(p, 0);
		to_semicolon(p);
		return;
	}
	if (p->at == from)
		p->at++;
	if (opens(p->v[from].symbol)) {
		p->at = from;
		brackets(p, false);
	}
	to_semicolon(p);
	split_assignment(p, n, from);
	if (node(p, n)->kind == VSTMT_OTHER && !p->procedural)
		node(p, n)->kind = VSTMT_ITEM;	/* an instance with parameters */
}

static void read_system(struct parser *p, int n)
{
	node(p, n)->kind = peek(p, 0)->t.kind == VTOKEN_SYSTEM ? VSTMT_SYSTEM : VSTMT_MACRO;
	node(p, n)->name = span_of(p, 0);
	p->at++;
	if (symbol(p, '('))
		node(p, n)->head = in_brackets(p, false);
	if (symbol(p, ';')) {
		p->at++;
		return;
	}
	/* `TOP.count = 3; else a macro needs no semicolon. */
	if (node(p, n)->kind == VSTMT_SYSTEM || symbol(p, '.') || symbol(p, '[') || symbol(p, '=') ||
	    (!ended(p) && assignment(p, p->at) != VSTMT_NULL)) {
		size_t from = p->at - 1;

		to_semicolon(p);
		if (node(p, n)->kind == VSTMT_MACRO)
			split_assignment(p, n, from);
	}
}

static void read_decl(struct parser *p, int n)
{
	size_t from = p->at;
	int depth = 0;

	/* struct { ... } holds semicolons in braces */
	while (!ended(p) && !stops(kw(p))) {
		char c = peek(p, 0)->symbol;

		depth += opens(c) - closes(c);
		p->at++;
		if (c == ';' && depth <= 0)
			break;
	}
	split_assignment(p, n, from);
}

/* Items ------------------------------------------------------------------------ */

static void read_process(struct parser *p, int n)
{
	bool was = p->procedural;

	node(p, n)->name = span_of(p, 0);
	node(p, n)->generate = false;
	p->procedural = true;
	p->at++;
	body(p, VROLE_BODY);
	p->procedural = was;
}

/* "function automatic int f (input a);" to its semicolon. The name is the last
 * word before the ports or the semicolon. */
static void read_sub_head(struct parser *p, int n)
{
	for (p->at++; !ended(p) && !symbol(p, ';') && !stops(kw(p));) {
		if (symbol(p, '(')) {
			size_t from = here(p), at = p->at;

			brackets(p, false);
			if (p->at == at)
				return;
			node(p, n)->head = span_since(p, from);
		} else if (symbol(p, '[') || symbol(p, '#')) {
			if (symbol(p, '#'))
				p->at++;
			else
				brackets(p, false);
		} else {
			if (is_word(peek(p, 0)))
				node(p, n)->name = span_of(p, 0);
			p->at++;
		}
	}
	if (symbol(p, ';'))
		p->at++;
}

static void read_sub(struct parser *p, int n)
{
	bool was = p->procedural;

	if (is_text(p, 0, "task"))
		node(p, n)->kind = VSTMT_TASK;
	node(p, n)->generate = false;
	read_sub_head(p, n);
	p->procedural = true;
	list_until(p, KW_ENDSUB);
	p->procedural = was;
	if (kw(p) == KW_ENDSUB) {
		p->at++;
		skip_end_label(p);
	}
}

static void read_unit(struct parser *p, int n)
{
	bool was = p->procedural;

	for (p->at++; kw(p) == KW_TYPE || is_text(p, 0, "class"); p->at++)
		;
	node(p, n)->name = span_of(p, 0);
	while (!ended(p) && !symbol(p, ';') && !stops(kw(p))) {
		size_t at = p->at;

		if (opens(peek(p, 0)->symbol))
			brackets(p, true);
		if (p->at == at)
			p->at++;
	}
	if (symbol(p, ';'))
		p->at++;
	p->procedural = false;
	list_until(p, KW_ENDUNIT);
	p->procedural = was;
	if (kw(p) == KW_ENDUNIT) {
		p->at++;
		skip_end_label(p);
	}
}

/* property ... endproperty, covergroup ... endgroup: to the "end" with the
 * rest of its word. */
static void read_foreign(struct parser *p)
{
	char end[32] = "end";
	size_t len = peek(p, 0)->t.len;

	if (is_text(p, 0, "covergroup")) {
		memcpy(end + 3, "group", 6);
	} else if (len < sizeof(end) - 4) {
		size_t rand = is_text(p, 0, "randcase") || is_text(p, 0, "randsequence") ? 4 : 0;

		memcpy(end + 3, p->s->text + peek(p, 0)->t.off + rand, len - rand);
		end[3 + len - rand] = '\0';
	}
	for (p->at++; !ended(p) && !is_text(p, 0, end) && kw(p) != KW_ENDUNIT; p->at++)
		;
	if (is_text(p, 0, end)) {
		p->at++;
		skip_end_label(p);
	}
}

/* "default clocking cb;", "default disable iff (x);" */
static void read_default(struct parser *p)
{
	p->at++;
	if (is_text(p, 0, "clocking") && !is_text(p, 2, ";")) {
		read_foreign(p);
		return;
	}
	to_semicolon(p);
}

/* One statement or item --------------------------------------------------------- */

/* "label: stmt", but not "a::b", "x ? y : z" or a case item. */
static void skip_label(struct parser *p)
{
	while (is_word(peek(p, 0)) && peek(p, 1)->symbol == ':')
		take(p, 2);
}

/* "virtual bus_if vif;", "virtual interface bus_if vif;" rather than a class or
 * a function that is virtual, local or protected. */
static bool is_handle(const struct parser *p)
{
	return is_text(p, 0, "virtual") && (is_text(p, 1, "interface") || is_word(peek(p, 1)));
}

static enum vstmt_kind kind_of(const struct parser *p)
{
	switch (kw(p)) {
	case KW_UNIT: return VSTMT_UNIT;
	case KW_CLASS: return VSTMT_UNIT;
	case KW_INITIAL: return VSTMT_INITIAL;
	case KW_FINAL: return VSTMT_FINAL;
	case KW_ALWAYS: return VSTMT_ALWAYS;
	case KW_FUNCTION: return VSTMT_FUNCTION;
	case KW_ASSIGN: return p->procedural ? VSTMT_FORCE : VSTMT_ASSIGN;
	case KW_FORCE: return VSTMT_FORCE;
	case KW_BEGIN: return VSTMT_BLOCK;
	case KW_FORK: return VSTMT_FORK;
	case KW_IF: return VSTMT_IF;
	case KW_CASE: return VSTMT_CASE;
	case KW_LOOP: case KW_DO: return VSTMT_LOOP;
	case KW_WAIT: return VSTMT_PREFIX;
	case KW_ASSERT: return VSTMT_ASSERT;
	case KW_JUMP: return VSTMT_JUMP;
	case KW_TYPE: return VSTMT_DECL;
	case KW_VIRTUAL: return VSTMT_DECL;
	case KW_TYPEDEF: case KW_EXTERN: case KW_SKIP: case KW_PROPERTY: case KW_DEFAULT: return VSTMT_ITEM;
	default:
		break;
	}
	if (symbol(p, '#') || symbol(p, '@') || is_text(p, 0, "##"))
		return VSTMT_PREFIX;
	if (symbol(p, ';'))
		return VSTMT_NULL;
	if (is_text(p, 0, "->") || is_text(p, 0, "->>"))
		return VSTMT_TRIGGER;
	return VSTMT_OTHER;
}

/* "constraint c { a > 0; }" needs no semicolon. */
static void read_constraint(struct parser *p)
{
	while (!ended(p) && !stops(kw(p)) && !symbol(p, ';') && !symbol(p, '{'))
		p->at++;
	if (symbol(p, '{'))
		brackets(p, true);
	if (symbol(p, ';'))
		p->at++;
}

static void read_item(struct parser *p)
{
	/* "property p;" declares one; "cover property" came as an assert */
	if (kw(p) == KW_SKIP || kw(p) == KW_PROPERTY)
		read_foreign(p);
	else if (kw(p) == KW_DEFAULT)
		read_default(p);
	else if (is_text(p, 0, "constraint"))
		read_constraint(p);
	else {
		p->at++;
		while (!ended(p) && !stops(kw(p)) && !symbol(p, ';')) {	/* typedef struct { ; } t; */
			size_t at = p->at;

			if (opens(peek(p, 0)->symbol))
				brackets(p, true);
			if (p->at == at)
				p->at++;
		}
		if (symbol(p, ';'))
			p->at++;
	}
}

static void read_assign(struct parser *p, int n)
{
	size_t from;

	p->at++;
	if (symbol(p, '#'))	/* assign #5 y = a; */
		take(p, 2);
	from = p->at;
	to_semicolon(p);
	split_assignment(p, n, from);
}

static void read_jump(struct parser *p, int n)
{
	size_t from;

	node(p, n)->name = span_of(p, 0);
	p->at++;
	from = here(p);
	to_semicolon(p);
	if (behind(p) > from)
		node(p, n)->head = (struct vspan){ from, behind(p) - (p->v[p->at - 1].symbol == ';') };
}

static void read_node(struct parser *p, int n, enum vstmt_kind kind)
{
	switch (kind) {
	case VSTMT_UNIT:
		read_unit(p, n);
		return;
	case VSTMT_INITIAL:
	case VSTMT_FINAL:
	case VSTMT_ALWAYS:
		read_process(p, n);
		return;
	case VSTMT_FUNCTION:
		read_sub(p, n);
		return;
	case VSTMT_ASSIGN:
	case VSTMT_FORCE:
		read_assign(p, n);
		return;
	case VSTMT_BLOCK:
		read_block(p, n, KW_END);
		return;
	case VSTMT_FORK:
		read_block(p, n, KW_JOIN);
		return;
	case VSTMT_IF:
		read_if(p, n);
		return;
	case VSTMT_CASE:
		read_case(p, n);
		return;
	case VSTMT_LOOP:
		if (kw(p) == KW_DO)
			read_do(p, n);
		else
			read_loop(p, n);
		return;
	case VSTMT_PREFIX:
		read_prefix(p, n);
		return;
	case VSTMT_ASSERT:
		read_assert(p, n);
		return;
	case VSTMT_JUMP:
		read_jump(p, n);
		return;
	case VSTMT_DECL:
		read_decl(p, n);
		return;
	case VSTMT_ITEM:
		read_item(p);
		return;
	case VSTMT_NULL:
		p->at++;
		return;
	case VSTMT_TRIGGER:
		to_semicolon(p);
		return;
	default:
		if (peek(p, 0)->t.kind == VTOKEN_SYSTEM || peek(p, 0)->t.kind == VTOKEN_DIRECTIVE)
			read_system(p, n);
		else
			read_expression(p, n);
		return;
	}
}

/* Too deep: by brackets and begin ... end to its end. */
static void skip_deep(struct parser *p)
{
	int blocks = 0;

	p->s->cut = true;
	while (!ended(p)) {
		enum vkw k = kw(p);
		char c = peek(p, 0)->symbol;

		if (k == KW_ENDUNIT || (k == KW_END && blocks == 0))
			return;
		blocks += (k == KW_BEGIN) - (k == KW_END);
		p->at++;
		if (blocks == 0 && (c == ';' || k == KW_END) && kw(p) != KW_ELSE)
			return;
	}
}

static void one(struct parser *p, enum vstmt_role role)
{
	size_t off = here(p);
	int line = ended(p) ? 0 : p->v[p->at].t.line, n;
	enum vstmt_kind kind;

	skip_attributes(p);
	skip_label(p);
	while (kw(p) == KW_UNIQUE || kw(p) == KW_GENERATE || (kw(p) == KW_VIRTUAL && !is_handle(p)))
		p->at++;
	if (ended(p) || kw(p) == KW_END || kw(p) == KW_ENDCASE || kw(p) == KW_ENDSUB || kw(p) == KW_ENDUNIT ||
	    kw(p) == KW_JOIN || kw(p) == KW_ELSE)
		return;
	kind = kind_of(p);
	n = open_node(p, kind, role);
	if (n < 0)
		return;
	node(p, n)->all.off = off;
	node(p, n)->line = line;
	if (++p->depth > VSTMT_MAX_DEPTH) {
		node(p, n)->kind = VSTMT_OTHER;
		skip_deep(p);
	} else {
		read_node(p, n, kind);
	}
	p->depth--;
	close_node(p, n);
}

static void read_defines(struct parser *p, const struct vlexing *l)
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
		n = open_node(p, VSTMT_DEFINE, VROLE_LIST);
		while (n >= 0 && !ended(p)) {
			size_t from = p->at;

			one(p, VROLE_LIST);
			if (p->at == from)
				p->at++;
		}
		close_node(p, n);
		node(p, n)->name = d->name;
		node(p, n)->head = d->head;
		node(p, n)->all = d->all;
		node(p, n)->line = d->line;
	}
}

/* Both in the order of the text. */
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
	struct parser p = { .s = s, .open = -1 };
	struct vlexing l;

	*s = (struct vstmts){ .text = text, .len = len };
	if (len > VSTMT_MAX_BYTES) {
		s->cut = true;
		return;
	}
	vlexing_init(&l, text, len);
	p.v = l.code.v;
	p.n = l.code.n;
	/* Outside of units an if or a for is that of a text to be included. */
	p.procedural = true;
	while (!ended(&p)) {
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
	return span.end - span.off == strlen(word) && memcmp(s->text + span.off, word, span.end - span.off) == 0;
}

bool vstmt_token_is(const struct vstmts *s, const struct vstmt_token *t, const char *word)
{
	return vspan_is(s, (struct vspan){ t->off, t->off + t->len }, word);
}

int vstmts_around(const struct vstmts *s, int i, enum vstmt_kind kind)
{
	while (i >= 0 && s->v[i].kind != kind)
		i = s->v[i].parent;
	return i;
}
