/* Primitives for reading statements: look-ahead, nodes, and spans between
 * brackets or up to a semicolon.
 *
 * Nodes are in one array in text order; a node stores where its subtree ends, so
 * children need no pointers.
 */
#include "config.h"

#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vstmt_inner.h"

static const struct vlexed nothing = { .kw = KW_NONE };

const struct vlexed *vparse_peek(const struct vparser *p, size_t ahead)
{
	return p->at + ahead < p->n ? &p->v[p->at + ahead] : &nothing;
}

bool vparse_ended(const struct vparser *p)
{
	return p->at >= p->n;
}

enum vkw vparse_kw(const struct vparser *p)
{
	return vparse_peek(p, 0)->kw;
}

bool vparse_symbol(const struct vparser *p, char c)
{
	return vparse_peek(p, 0)->symbol == c;
}

bool vparse_is_text(const struct vparser *p, size_t ahead, const char *word)
{
	const struct vlexed *t = vparse_peek(p, ahead);

	return t->t.len == strlen(word) && memcmp(p->s->text + t->t.off, word, t->t.len) == 0;
}

size_t vparse_here(const struct vparser *p) /* start of the next token */
{
	return vparse_ended(p) ? p->s->len : p->v[p->at].t.off;
}

size_t vparse_prev_end(const struct vparser *p) /* end of the previous token */
{
	return p->at ? p->v[p->at - 1].t.off + p->v[p->at - 1].t.len : 0;
}

void vparse_take(struct vparser *p, size_t n)
{
	p->at = n < p->n - p->at ? p->at + n : p->n;
}

struct vspan vparse_span_since(const struct vparser *p, size_t off)
{
	return (struct vspan){ off, vparse_prev_end(p) > off ? vparse_prev_end(p) : off };
}

/* Nodes ------------------------------------------------------------------- */

/* -1: the limit is reached; vparse_close_node() then does nothing. */
int vparse_open_node(struct vparser *p, enum vstmt_kind kind, enum vstmt_role role)
{
	struct vstmts *s = p->s;
	struct vstmt *new;

	if (s->n >= VSTMT_MAX_NODES) {
		s->cut = true;
		p->at = p->n;
		return -1;
	}
	MEM_ROOM(s->v, s->n, p->cap);
	new = &s->v[s->n];
	*new = (struct vstmt){ .kind = kind,
			       .role = role,
			       .generate = !p->procedural,
			       .parent = p->open,
			       .line = vparse_ended(p) ? 0 : p->v[p->at].t.line,
			       .all = { vparse_here(p), vparse_here(p) } };
	p->open = (int)s->n;
	return (int)s->n++;
}

struct vstmt *vparse_node(struct vparser *p, int i)
{
	return i >= 0 ? &p->s->v[i] : &p->scratch;
}

void vparse_close_node(struct vparser *p, int i)
{
	struct vstmt *v = vparse_node(p, i);

	if (i < 0)
		return;
	if (vparse_prev_end(p) > v->all.off)
		v->all.end = vparse_prev_end(p);
	v->end = (int)p->s->n;
	p->open = v->parent;
}

struct vspan vparse_span_of(const struct vparser *p, size_t ahead)
{
	const struct vlexed *t = vparse_peek(p, ahead);

	return (struct vspan){ t->t.off, t->t.off + t->t.len };
}

/* Pieces ------------------------------------------------------------------ */

bool vparse_opens(char c)
{
	return c == '(' || c == '[' || c == '{';
}

bool vparse_closes(char c)
{
	return c == ')' || c == ']' || c == '}';
}

/* True at a word that cannot be in an expression. Skipping to a semicolon stops
 * here, so that a missing one costs one statement and not the rest of the file. */
bool vparse_stops(const struct vparser *p)
{
	switch (vparse_kw(p)) {
	case KW_ALWAYS:
	case KW_BEGIN:
	case KW_END:
	case KW_ENDCASE:
	case KW_ENDSUB:
	case KW_ENDUNIT:
	case KW_INITIAL:
	case KW_JOIN:
		return true;
	case KW_UNIT: /* an interface may be the type of a port or a variable */
		return vparse_is_text(p, 0, "module") || vparse_is_text(p, 0, "macromodule");
	default:
		return false;
	}
}

/* Skips from an opening bracket past its partner; a semicolon outside of braces
 * ends it early, except in the brackets of a for. */
void vparse_brackets(struct vparser *p, bool semicolons)
{
	int depth = 0, braces = 0;

	while (!vparse_ended(p)) {
		char c = vparse_peek(p, 0)->symbol;

		if (vparse_stops(p) || (c == ';' && !semicolons && braces == 0))
			return;
		depth += vparse_opens(c) - vparse_closes(c);
		braces += (c == '{') - (c == '}');
		p->at++;
		if (depth <= 0)
			return;
	}
}

/* The span inside the brackets at the next token. */
struct vspan vparse_in_brackets(struct vparser *p, bool semicolons)
{
	struct vspan in = { vparse_here(p), vparse_here(p) };

	if (!vparse_symbol(p, '('))
		return in;
	in.off = in.end = vparse_here(p) + 1;
	vparse_brackets(p, semicolons);
	if (p->at && vparse_closes(p->v[p->at - 1].symbol) && p->v[p->at - 1].t.off >= in.off)
		in.end = p->v[p->at - 1].t.off;
	else if (vparse_prev_end(p) > in.off)
		in.end = vparse_prev_end(p);
	return in;
}

void vparse_to_semicolon(struct vparser *p)
{
	while (!vparse_ended(p) && !vparse_stops(p)) {
		char c = vparse_peek(p, 0)->symbol;

		if (vparse_opens(c)) {
			size_t from = p->at;

			vparse_brackets(p, false);
			if (p->at == from)
				return;
			continue;
		}
		p->at++;
		if (c == ';')
			return;
	}
}

void vparse_skip_attributes(struct vparser *p)
{
	while (vparse_symbol(p, '(') && vparse_is_text(p, 1, "*") && !vparse_is_text(p, 2, ")"))
		vparse_brackets(p, false);
}

void vparse_skip_end_label(struct vparser *p)
{
	if (vparse_symbol(p, ':') && vparse_peek(p, 1)->t.kind != VTOKEN_SYMBOL)
		vparse_take(p, 2);
}

bool vparse_is_word(const struct vlexed *t)
{
	return t->t.kind == VTOKEN_NAME || (t->t.kind == VTOKEN_KEYWORD && t->kw == KW_NONE);
}

/* Below the node that is open ------------------------------------------------------ */

void vparse_body(struct vparser *p, enum vstmt_role role)
{
	if (!vparse_ended(p))
		p->one(p, role);
}

/* Skips tokens that cannot start anything. */
void vparse_list_until(struct vparser *p, enum vkw end)
{
	while (!vparse_ended(p) && vparse_kw(p) != end) {
		size_t from = p->at;

		/* The end of an enclosing construct: an end is missing, or in an `ifdef. */
		if (vparse_kw(p) == KW_ENDUNIT || (vparse_kw(p) == KW_ENDSUB && p->procedural))
			return;
		p->one(p, VROLE_LIST);
		if (p->at == from)
			p->at++;
	}
}
