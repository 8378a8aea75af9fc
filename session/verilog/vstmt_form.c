/* Statements by form: each function opens a node, reads its parts, and closes the
 * node after them.
 *
 * Expressions are not parsed: an expression is a span up to the bracket or
 * semicolon that ends it. A statement without its end only affects itself, not
 * the rest of the file, see vparse_stops().
 */
#include "config.h"

#include <string.h>

#include "session/verilog/vstmt_inner.h"

/* Compound statements ------------------------------------------------------- */

void vparse_block(struct vparser *p, int n, enum vkw end)
{
	vparse_node(p, n)->name = (struct vspan){ 0, 0 };
	p->at++;
	if (vparse_symbol(p, ':')) {
		vparse_node(p, n)->name = vparse_span_of(p, 1);
		vparse_take(p, 2);
	}
	vparse_list_until(p, end);
	if (vparse_kw(p) == end) {
		p->at++;
		vparse_skip_end_label(p);
	}
}

/* An else-if chain is a loop, not a recursion, since it may have hundreds of
 * members. Each is the ELSE child of the previous one, and all end together. */
void vparse_if(struct vparser *p, int first)
{
	int n = first;

	for (;;) {
		p->at++;
		vparse_node(p, n)->head = vparse_in_brackets(p, false);
		vparse_body(p, VROLE_THEN);
		if (vparse_kw(p) != KW_ELSE)
			break;
		p->at++;
		if (vparse_kw(p) != KW_IF) {
			vparse_body(p, VROLE_ELSE);
			break;
		}
		n = vparse_open_node(p, VSTMT_IF, VROLE_ELSE);
		if (n < 0)
			break;
	}
	while (n >= 0 && n != first) {
		int up = vparse_node(p, n)->parent;

		vparse_close_node(p, n);
		n = up;
	}
}

/* Reads "0, 1: stmt" or "default stmt" up to after the colon. */
static void read_choice_head(struct vparser *p, int n)
{
	size_t from = vparse_here(p);
	int questions = 0;

	while (!vparse_ended(p) && !vparse_stops(p) && !vparse_symbol(p, ';')) {
		char c = vparse_peek(p, 0)->symbol;

		if (vparse_opens(c)) {
			size_t at = p->at;

			vparse_brackets(p, false);
			if (p->at == at)
				break;
			continue;
		}
		if (c == ':' && questions == 0) {
			vparse_node(p, n)->head = vparse_span_since(p, from);
			p->at++;
			return;
		}
		questions += (c == '?') - (c == ':');
		p->at++;
		if (p->v[p->at - 1].kw == KW_DEFAULT && !vparse_symbol(p, ':'))
			break;
	}
	vparse_node(p, n)->head = vparse_span_since(p, from);
}

void vparse_case(struct vparser *p, int n)
{
	vparse_node(p, n)->name = vparse_span_of(p, 0);
	p->at++;
	vparse_node(p, n)->head = vparse_in_brackets(p, false);
	if (vparse_is_text(p, 0, "inside") || vparse_is_text(p, 0, "matches"))
		p->at++;
	while (!vparse_ended(p) && vparse_kw(p) != KW_ENDCASE && vparse_kw(p) != KW_ENDUNIT &&
	       vparse_kw(p) != KW_ENDSUB) {
		size_t from = p->at;
		int c = vparse_open_node(p, VSTMT_CHOICE, VROLE_LIST);

		if (c < 0)
			return;
		read_choice_head(p, c);
		vparse_body(p, VROLE_BODY);
		if (p->at == from)
			p->at++;
		vparse_close_node(p, c);
	}
	if (vparse_kw(p) == KW_ENDCASE)
		p->at++;
}

void vparse_loop(struct vparser *p, int n)
{
	vparse_node(p, n)->name = vparse_span_of(p, 0);
	p->at++;
	if (vparse_symbol(p, '('))
		vparse_node(p, n)->head = vparse_in_brackets(p, true);
	vparse_body(p, VROLE_BODY);
}

void vparse_do(struct vparser *p, int n)
{
	vparse_node(p, n)->name = vparse_span_of(p, 0);
	p->at++;
	vparse_body(p, VROLE_BODY);
	if (vparse_is_text(p, 0, "while")) {
		p->at++;
		vparse_node(p, n)->head = vparse_in_brackets(p, false);
		if (vparse_symbol(p, ';'))
			p->at++;
	}
}

/* Reads "#5", "#(A+1)", "@ (posedge clk)", "@*", "@ev", "##1", "wait (x)". */
void vparse_prefix(struct vparser *p, int n)
{
	size_t from = vparse_here(p);
	bool waits = vparse_kw(p) == KW_WAIT;

	p->at++;
	if (waits && vparse_is_text(p, 0, "fork")) {
		p->at++;
		vparse_to_semicolon(p);
		vparse_node(p, n)->head = vparse_span_since(p, from);
		return;
	}
	if (vparse_symbol(p, '('))
		vparse_brackets(p, false);
	else if (!vparse_symbol(p, ';') && !vparse_ended(p))
		p->at++;
	while (vparse_symbol(p, '.') || vparse_symbol(p, '[')) { /* @u0.done, #D[3] */
		if (vparse_symbol(p, '['))
			vparse_brackets(p, false);
		else
			vparse_take(p, 2);
	}
	vparse_node(p, n)->head = vparse_span_since(p, from);
	if (vparse_symbol(p, ';'))
		p->at++;
	else if (vparse_kw(p) != KW_END && vparse_kw(p) != KW_ELSE)
		vparse_body(p, VROLE_BODY);
}

static bool is_property(const struct vparser *p)
{
	return vparse_is_text(p, 1, "property") || vparse_is_text(p, 1, "sequence");
}

/* Reads "assert (c) pass; else fail;" and "assert property (...) pass; else fail;". */
void vparse_assert(struct vparser *p, int n)
{
	bool property = is_property(p), was = p->procedural;

	vparse_node(p, n)->name = vparse_span_of(p, 0);
	if (property)
		vparse_node(p, n)->kind = VSTMT_PROPERTY;
	vparse_take(p, property ? 2 : 1);
	if (vparse_symbol(p, '#'))
		vparse_take(p, 2);
	else if (vparse_kw(p) == KW_FINAL)
		p->at++;
	vparse_node(p, n)->head = vparse_in_brackets(p, false);
	p->procedural = true;
	if (vparse_symbol(p, ';'))
		p->at++;
	else if (vparse_kw(p) != KW_ELSE)
		vparse_body(p, VROLE_THEN);
	if (vparse_kw(p) == KW_ELSE) {
		p->at++;
		vparse_body(p, VROLE_ELSE);
	}
	p->procedural = was;
}

/* Simple statements ----------------------------------------------------------- */

static enum vstmt_kind assignment(const struct vparser *p, size_t at)
{
	static const char *const ops[] = { "+=", "-=",	"*=",  "/=",   "%=",   "&=", "|=",
					   "^=", "<<=", ">>=", "<<<=", ">>>=", "++", "--" };
	const struct vlexed *t = &p->v[at];

	if (t->t.kind != VTOKEN_SYMBOL)
		return VSTMT_NULL;
	if (t->symbol == '=')
		return VSTMT_BLOCKING;
	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++) {
		if (t->t.len == strlen(ops[i]) &&
		    memcmp(p->s->text + t->t.off, ops[i], t->t.len) == 0)
			return VSTMT_BLOCKING;
	}
	return t->t.len == 2 && memcmp(p->s->text + t->t.off, "<=", 2) == 0 ? VSTMT_NONBLOCKING
									    : VSTMT_NULL;
}

/* Splits an assignment at its operator in [from, p->at), outside of brackets. */
void vparse_split_assignment(struct vparser *p, int n, size_t from)
{
	size_t end = p->at;
	int depth = 0;

	if (end > from && p->v[end - 1].symbol == ';')
		end--;
	for (size_t i = from; i < end; i++) {
		enum vstmt_kind kind;

		depth += vparse_opens(p->v[i].symbol) - vparse_closes(p->v[i].symbol);
		kind = depth == 0 ? assignment(p, i) : VSTMT_NULL;
		if (kind == VSTMT_NULL)
			continue;
		if (vparse_node(p, n)->kind == VSTMT_OTHER ||
		    vparse_node(p, n)->kind == VSTMT_MACRO)
			vparse_node(p, n)->kind = kind;
		if (i > from)
			vparse_node(p, n)->lhs =
				(struct vspan){ p->v[from].t.off,
						p->v[i - 1].t.off + p->v[i - 1].t.len };
		if (i + 1 < end) {
			struct vspan rest = { p->v[i + 1].t.off,
					      p->v[end - 1].t.off + p->v[end - 1].t.len };

			if (i == from) /* ++i */
				vparse_node(p, n)->lhs = rest;
			else
				vparse_node(p, n)->rhs = rest;
		}
		return;
	}
}

/* Reads a hierarchical name with indices, "a.b[3].f (x)". True if the brackets of
 * a call follow; at: after the name, name: its span. */
static bool is_call(const struct vparser *p, size_t *at, struct vspan *name)
{
	size_t i = p->at;

	*name = vparse_span_of(p, 0);
	for (i++; i + 1 < p->n; i += 2) {
		const struct vlexed *sep = &p->v[i];

		if (sep->symbol != '.' &&
		    !(sep->t.len == 2 && memcmp(p->s->text + sep->t.off, "::", 2) == 0))
			break;
		name->end = p->v[i + 1].t.off + p->v[i + 1].t.len;
	}
	*at = i;
	return i < p->n && (p->v[i].symbol == '(' || p->v[i].symbol == ';');
}

/* Reads the arguments of a call. True if the statement ends behind them. */
static bool ends_call(struct vparser *p, int n)
{
	if (vparse_symbol(p, '('))
		vparse_node(p, n)->head = vparse_in_brackets(p, false);
	if (!vparse_symbol(p, ';'))
		return false;
	p->at++;
	return true;
}

/* Reads an assignment, a call, or a declaration with a user-defined type. */
void vparse_expression(struct vparser *p, int n)
{
	size_t from = p->at, at;
	struct vspan name;

	if (vparse_is_word(vparse_peek(p, 0)) && is_call(p, &at, &name)) {
		vparse_node(p, n)->kind = VSTMT_CALL;
		vparse_node(p, n)->name = name;
		p->at = at;
		if (ends_call(p, n))
			return;
		vparse_node(p, n)->kind = VSTMT_OTHER; /* f(x).y = 3 */
		vparse_node(p, n)->head = (struct vspan){ 0, 0 };
	} else if (vparse_is_word(vparse_peek(p, 0)) && vparse_is_word(vparse_peek(p, 1))) {
		vparse_node(p, n)->kind = p->procedural ? VSTMT_DECL : VSTMT_ITEM;
		vparse_node(p, n)->name = vparse_span_of(p, 0);
		vparse_to_semicolon(p);
		return;
	}
	if (p->at == from)
		p->at++;
	if (vparse_opens(p->v[from].symbol)) {
		p->at = from;
		vparse_brackets(p, false);
	}
	vparse_to_semicolon(p);
	vparse_split_assignment(p, n, from);
	if (vparse_node(p, n)->kind == VSTMT_OTHER && !p->procedural)
		vparse_node(p, n)->kind = VSTMT_ITEM; /* an instance with parameters */
}

void vparse_system(struct vparser *p, int n)
{
	vparse_node(p, n)->kind =
		vparse_peek(p, 0)->t.kind == VTOKEN_SYSTEM ? VSTMT_SYSTEM : VSTMT_MACRO;
	vparse_node(p, n)->name = vparse_span_of(p, 0);
	p->at++;
	if (ends_call(p, n))
		return;
	/* `TOP.count = 3; other macros need no semicolon. */
	if (vparse_node(p, n)->kind == VSTMT_SYSTEM || vparse_symbol(p, '.') ||
	    vparse_symbol(p, '[') || vparse_symbol(p, '=') ||
	    (!vparse_ended(p) && assignment(p, p->at) != VSTMT_NULL)) {
		size_t from = p->at - 1;

		vparse_to_semicolon(p);
		if (vparse_node(p, n)->kind == VSTMT_MACRO)
			vparse_split_assignment(p, n, from);
	}
}

void vparse_decl(struct vparser *p, int n)
{
	size_t from = p->at;
	int depth = 0;

	/* struct { ... } has semicolons inside braces */
	while (!vparse_ended(p) && !vparse_stops(p)) {
		char c = vparse_peek(p, 0)->symbol;

		depth += vparse_opens(c) - vparse_closes(c);
		p->at++;
		if (c == ';' && depth <= 0)
			break;
	}
	vparse_split_assignment(p, n, from);
}
