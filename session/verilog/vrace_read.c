/* Determines the names that each part of a module reads and writes. A part
 * includes the routines it calls; names it declares itself are local. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vrace_inner.h"

/* blocks in a part that declare the same name; with more it is local everywhere */
#define MAX_SAME 500

/* True for a name on its own, not a member or a named port. */
static bool is_name(const struct vstmts *s, size_t token)
{
	return s->tokens[token].kind == VTOKEN_NAME &&
	       !(token > 0 && vstmt_token_is(s, &s->tokens[token - 1], "."));
}

size_t vrace_name_of(struct vrace_module *m, const char *name, size_t len)
{
	size_t at;

	if (name_map_get(&m->map, name, len, &at))
		return at;
	MEM_ROOM(m->names, m->n_names, m->cap_names);
	m->names[m->n_names] = (struct vrace_name){ .hot = VRACE_COLD };
	name_map_put(&m->map, name, len, m->n_names);
	return m->n_names++;
}

static size_t name_of(struct vrace_module *m, const struct vstmt_token *t)
{
	return vrace_name_of(m, m->s->text + t->off, t->len);
}

static void mark_port(struct vrace_module *m, const struct vstmt_token *t)
{
	size_t name = name_of(m, t);

	m->names[name].port = true;
}

/* True if a block around the token declares the name. */
static bool is_local(const struct vrace_module *m, const struct vrace_part *p,
		     const struct vstmt_token *t)
{
	size_t i;

	if (!name_map_get(&p->local, m->s->text + t->off, t->len, &i))
		return false;
	for (; i != VRACE_COLD; i = p->locals[i].before)
		if (p->locals[i].in.off <= t->off && t->off < p->locals[i].in.end)
			return true;
	return false;
}

static void add_use(struct vrace_module *m, struct vrace_part *p, size_t token,
		    enum vrace_use_kind kind)
{
	const struct vstmt_token *t = &m->s->tokens[token];

	if (is_local(m, p, t))
		return;
	MEM_PUSH(p->uses, p->n, p->cap,
		 (struct vrace_use){ .name = name_of(m, t), .kind = kind, .line = t->line });
}

/* All names in a span are read; on the left side, those outside of brackets are written. */
static void add_span(struct vrace_module *m, struct vrace_part *p, struct vspan span, bool left,
		     enum vrace_use_kind kind)
{
	const struct vstmts *s = m->s;
	int brackets = 0;

	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++) {
		brackets += vstmt_token_is(s, &s->tokens[i], "[") -
			    vstmt_token_is(s, &s->tokens[i], "]");
		if (is_name(s, i))
			add_use(m, p, i, left && brackets == 0 ? kind : VRACE_READ);
	}
}

static void add_local(struct vrace_part *p, const char *name, size_t len, struct vspan in)
{
	size_t before = VRACE_COLD, first;

	MEM_ROOM(p->locals, p->n_locals, p->cap_locals);
	if (!name_map_put(&p->local, name, len, p->n_locals)) {
		/* The map refers to the first one; the others are chained to it. */
		name_map_get(&p->local, name, len, &first);
		before = p->locals[first].before;
		if (++p->locals[first].others > MAX_SAME)
			p->locals[first].in = (struct vspan){ 0, SIZE_MAX };
		if (p->locals[first].others > MAX_SAME)
			return;
		p->locals[first].before = p->n_locals;
	}
	p->locals[p->n_locals++] = (struct vrace_local){ in, before, 0 };
}

/* Records that block `in` declares the names in the span. */
static void learn_local(struct vrace_module *m, struct vrace_part *p, struct vspan span,
			struct vspan in)
{
	const struct vstmts *s = m->s;

	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++)
		if (is_name(s, i))
			add_local(p, s->text + s->tokens[i].off, s->tokens[i].len, in);
}

/* Functions and tasks called by a part. */
struct calls {
	int *nodes;
	size_t n, cap;
};

/* The function or task of that name in the module; -1 if there is none. */
static int callee(const struct vrace_module *m, const struct vstmt_token *t)
{
	const struct vstmts *s = m->s;

	for (int i = m->node + 1; i < s->v[m->node].end; i = s->v[i].end)
		if ((s->v[i].kind == VSTMT_FUNCTION || s->v[i].kind == VSTMT_TASK) &&
		    s->v[i].name.end - s->v[i].name.off == t->len &&
		    memcmp(s->text + s->v[i].name.off, s->text + t->off, t->len) == 0)
			return i;
	return -1;
}

static void note_calls(const struct vrace_module *m, struct vspan span, struct calls *c)
{
	const struct vstmts *s = m->s;

	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++) {
		int f = is_name(s, i) ? callee(m, &s->tokens[i]) : -1;
		bool known = f < 0;

		for (size_t k = 0; !known && k < c->n; k++)
			known = c->nodes[k] == f;
		if (known)
			continue;
		MEM_PUSH(c->nodes, c->n, c->cap, f);
	}
}

static void add_body(struct vrace_module *m, struct vrace_part *p, int node, struct calls *c)
{
	const struct vstmts *s = m->s;

	for (int i = node + 1; i < s->v[node].end; i++)
		if (s->v[i].kind == VSTMT_DECL)
			learn_local(m, p,
				    s->v[i].lhs.end > s->v[i].lhs.off ? s->v[i].lhs : s->v[i].all,
				    s->v[s->v[i].parent].all);
	for (int i = node + 1; i < s->v[node].end; i++) {
		const struct vstmt *v = &s->v[i];
		bool blocking = v->kind == VSTMT_BLOCKING;

		if (blocking || v->kind == VSTMT_NONBLOCKING) {
			add_span(m, p, v->lhs, true, blocking ? VRACE_BLOCKING : VRACE_WRITE);
			add_span(m, p, v->rhs, false, VRACE_READ);
			note_calls(m, v->rhs, c);
		} else if (i != node + 1 ||
			   v->kind != VSTMT_PREFIX) { /* the event control is not read */
			add_span(m, p, v->head, false, VRACE_READ);
			note_calls(m, v->head, c);
		}
		if (v->kind == VSTMT_CALL)
			note_calls(m, v->name, c);
		if (v->kind == VSTMT_DECL) {
			add_span(m, p, v->rhs, false, VRACE_READ);
			note_calls(m, v->rhs, c);
		}
	}
}

/* Adds the bodies of everything a part calls, directly or indirectly, each once;
 * empties c. */
static void add_called(struct vrace_module *m, struct vrace_part *p, struct calls *c)
{
	for (size_t k = 0; k < c->n; k++) {
		const struct vstmt *f = &m->s->v[c->nodes[k]];

		learn_local(m, p, f->head, f->all);
		learn_local(m, p, f->name, f->all);
		add_body(m, p, c->nodes[k], c);
	}
	free(c->nodes);
	*c = (struct calls){ 0 };
}

static bool has_edge(const struct vstmts *s, struct vspan head)
{
	for (size_t i = vstmts_token(s, head.off); i < s->n_tokens && s->tokens[i].off < head.end;
	     i++)
		if (vstmt_token_is(s, &s->tokens[i], "posedge") ||
		    vstmt_token_is(s, &s->tokens[i], "negedge") ||
		    vstmt_token_is(s, &s->tokens[i], "edge"))
			return true;
	return false;
}

static struct vrace_part *add_part(struct vrace_module *m, enum vrace_part_kind kind, int line)
{
	MEM_ROOM(m->parts, m->n, m->cap);
	m->parts[m->n] = (struct vrace_part){ .kind = kind, .line = line, .module = VRACE_COLD };
	return &m->parts[m->n++];
}

static void add_process(struct vrace_module *m, int node)
{
	const struct vstmts *s = m->s;
	bool prefixed = node + 1 < s->v[node].end && s->v[node + 1].kind == VSTMT_PREFIX;
	bool clocked = prefixed && has_edge(s, s->v[node + 1].head);
	struct vrace_part *p = add_part(m, clocked ? VRACE_CLOCKED : VRACE_COMB, s->v[node].line);
	struct calls c = { 0 };

	if (clocked)
		p->when = s->v[node + 1].head;
	add_body(m, p, node, &c);
	add_called(m, p, &c);
}

static bool is_port_word(const struct vstmts *s, size_t token)
{
	return vstmts_is(s, token, "input") || vstmts_is(s, token, "output") ||
	       vstmts_is(s, token, "inout");
}

/* Adds a connected name; for a function, what it reads. */
static void add_connected(struct vrace_module *m, struct vrace_part *p, size_t i, struct calls *c)
{
	const struct vstmt_token *t = &m->s->tokens[i];

	if (!is_name(m->s, i))
		return;
	add_use(m, p, i, VRACE_READ);
	note_calls(m, (struct vspan){ t->off, t->off + t->len }, c);
}

/* Handles "u(a, .b(c), .d, .*)": the text inside the brackets, from token i on. */
static void add_connections(struct vrace_module *m, struct vrace_part *p, size_t i, size_t end)
{
	const struct vstmts *s = m->s;
	const struct vstmt_token *port = NULL;
	size_t place = 0, uses;
	struct calls c = { 0 };

	for (; i < end; i++) {
		if (vstmts_is(s, i, ",")) {
			port = NULL;
			place++;
			continue;
		}
		uses = p->n;
		if (vstmts_is(s, i, ".*")) {
			p->star = true;
		} else if (vstmts_is(s, i, ".") && i + 1 < end && !port) {
			port = &s->tokens[++i];
			if (i + 1 >= end || !vstmts_is(s, i + 1, "(")) /* ".d" is ".d(d)" */
				add_use(m, p, i, VRACE_READ);
		} else if (vstmts_bracket(s, i) > 0) {
			size_t to = vstmts_behind(s, i, end);

			for (; i + 1 < to; i++)
				add_connected(m, p, i, &c);
		} else {
			add_connected(m, p, i, &c);
		}
		add_called(m, p, &c);
		for (; uses < p->n; uses++) {
			p->uses[uses].kind = VRACE_READ;
			p->uses[uses].port = port;
			p->uses[uses].place = place;
		}
	}
}

/* Handles "MODULE #(...) u(...), v(...);", and anything else that starts with a name. */
static void add_instances(struct vrace_module *m, const struct vstmt *v, size_t i)
{
	const struct vstmts *s = m->s;
	const struct vstmt_token *module = &s->tokens[i];
	size_t end = vstmts_token(s, v->all.end);

	for (i++; i < end; i++) {
		struct vrace_part *p;
		size_t to;

		if (vstmts_is(s, i, "#") || vstmts_is(s, i, "[")) {
			i = vstmts_behind(s, i + vstmts_is(s, i, "#"), end) - 1;
			continue;
		}
		if (!vstmts_is(s, i, "("))
			continue;
		to = vstmts_behind(s, i, end);
		p = add_part(m, VRACE_INSTANCE, s->tokens[i].line);
		p->when = (struct vspan){ module->off, module->off + module->len };
		add_connections(m, p, i + 1, to - 1);
		i = to - 1;
	}
}

/* Handles a declaration of ports, an instance, or another item with names. */
static void add_item(struct vrace_module *m, const struct vstmt *v)
{
	const struct vstmts *s = m->s;
	size_t first = vstmts_token(s, v->all.off);

	if (first >= s->n_tokens || s->tokens[first].off >= v->all.end)
		return;
	if (s->tokens[first].kind == VTOKEN_NAME)
		add_instances(m, v, first);
	for (size_t i = first;
	     is_port_word(s, first) && i < s->n_tokens && s->tokens[i].off < v->all.end; i++)
		if (is_name(s, i))
			mark_port(m, &s->tokens[i]);
}

/* Reads the ports in the header: the last name before each comma. */
static void read_head(struct vrace_module *m, size_t end)
{
	const struct vstmts *s = m->s;
	size_t i = vstmts_token(s, s->v[m->node].all.off), port = VRACE_COLD, to;

	for (; i < end && !vstmts_is(s, i, "(") && !vstmts_is(s, i, ";"); i++)
		if (vstmts_is(s, i, "#"))
			i = vstmts_behind(s, i + 1, end) - 1;
	if (i >= end || !vstmts_is(s, i, "("))
		return;
	to = vstmts_behind(s, i, end);
	for (i++; i < to; i++) {
		if (vstmts_is(s, i, "[") || vstmts_is(s, i, "{") || vstmts_is(s, i, "=")) {
			i = vstmts_behind(s, i + vstmts_is(s, i, "="), to) - 1;
		} else if ((vstmts_is(s, i, ",") || i + 1 == to) && port != VRACE_COLD) {
			MEM_PUSH(m->ports, m->n_ports, m->cap_ports, port);
			m->names[port].port = true;
		} else if (is_name(s, i)) {
			port = name_of(m, &s->tokens[i]);
		}
	}
}

static void add_assign(struct vrace_module *m, const struct vstmt *v)
{
	struct vrace_part *p = add_part(m, VRACE_COMB, v->line);
	struct calls c = { 0 };

	add_span(m, p, v->lhs, true, VRACE_WRITE);
	add_span(m, p, v->rhs, false, VRACE_READ);
	note_calls(m, v->rhs, &c);
	add_called(m, p, &c);
}

void vrace_read_module(struct vrace_module *m)
{
	const struct vstmts *s = m->s;
	const struct vstmt *unit = &s->v[m->node];
	bool inside = m->node + 1 < unit->end;

	read_head(m, vstmts_token(s, inside ? s->v[m->node + 1].all.off : unit->all.end));
	for (int i = m->node + 1; i < unit->end; i++) {
		const struct vstmt *v = &s->v[i];

		switch (v->kind) {
		case VSTMT_ALWAYS:
			add_process(m, i);
			i = v->end - 1;
			break;
		case VSTMT_FUNCTION: /* read where they are called */
		case VSTMT_TASK:
		case VSTMT_INITIAL:
		case VSTMT_PROPERTY:
			i = v->end - 1;
			break;
		case VSTMT_ITEM:
			add_item(m, v);
			break;
		case VSTMT_ASSIGN:
			add_assign(m, v);
			break;
		case VSTMT_DECL: /* wire w = q; */
			if (v->rhs.end > v->rhs.off)
				add_assign(m, v);
			break;
		default:
			break;
		}
	}
}
