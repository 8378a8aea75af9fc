/* A module is a list of parts: clocked processes, combinational parts (other
 * processes and continuous assignments), and instances, each with the names it
 * reads and writes. A name that a clocked process assigns with `=` is hot: it
 * changes during the edge, not after it. Heat spreads through combinational parts
 * and, if an output is hot, to what an instance of that module is connected to. A
 * clocked process that reads a name which another part made hot races with it; so
 * does an instance that contains a clocked process and has a hot input.
 *
 * The modules are processed until nothing changes, as an instance may precede its
 * module.
 */
#include "config.h"

#include "session/verilog/vrace.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vrace_inner.h"

struct vrace *vrace_new(void)
{
	return mem_zalloc(sizeof(struct vrace));
}

static void module_fini(struct vrace_module *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->parts[i].uses);
		name_map_fini(&m->parts[i].local);
		free(m->parts[i].locals);
	}
	free(m->parts);
	free(m->names);
	free(m->ports);
	name_map_fini(&m->map);
}

void vrace_free(struct vrace *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->n; i++)
		module_fini(&r->modules[i]);
	for (size_t i = 0; i < r->n_texts; i++) {
		vstmts_fini(r->texts[i]);
		free(r->texts[i]);
	}
	free(r->texts);
	free(r->modules);
	name_map_fini(&r->map);
	free(r);
}

void vrace_add(struct vrace *r, const char *path, const char *text, size_t len)
{
	struct vstmts *s = mem_zalloc(sizeof(*s));

	vstmts_init(s, text, len);
	MEM_PUSH(r->texts, r->n_texts, r->cap_texts, s);
	for (int i = 0; i < (int)s->n; i++) {
		const struct vstmt *v = &s->v[i];
		struct vrace_module *m;

		if (v->kind != VSTMT_UNIT)
			continue;
		MEM_ROOM(r->modules, r->n, r->cap);
		m = &r->modules[r->n];
		*m = (struct vrace_module){ .path = path, .s = s, .node = i };
		name_map_put(&r->map, text + v->name.off, v->name.end - v->name.off, r->n++);
		vrace_read_module(m);
	}
}

/* Connects .*: each port to the name that equals it. */
static void connect_by_name(struct vrace_module *m, struct vrace_part *p,
			    const struct vrace_module *of)
{
	p->star = false;
	for (size_t k = 0; k < of->map.cap; k++) {
		const struct name_slot *slot = &of->map.slots[k];

		for (size_t i = 0; slot->key && i < of->n_ports; i++) {
			if (of->ports[i] != slot->value)
				continue;
			MEM_PUSH(p->uses, p->n, p->cap,
				 (struct vrace_use){ .name = vrace_name_of(m, slot->key, slot->len),
						     .line = p->line,
						     .place = i });
		}
	}
}

static void resolve(struct vrace *r)
{
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->modules[i].n; k++) {
			struct vrace_part *p = &r->modules[i].parts[k];

			if (p->kind == VRACE_INSTANCE &&
			    !name_map_get(&r->map, r->modules[i].s->text + p->when.off,
					  p->when.end - p->when.off, &p->module))
				p->module = VRACE_COLD;
			if (p->star && p->module != VRACE_COLD)
				connect_by_name(&r->modules[i], p, &r->modules[p->module]);
		}
}

/* The port that a connection of an instance is for, or NULL if it is unknown. */
static const struct vrace_name *port_of(const struct vrace *r, const struct vrace_module *m,
					const struct vrace_part *p, const struct vrace_use *u)
{
	const struct vrace_module *of = &r->modules[p->module];
	size_t at;

	if (!u->port)
		return u->place < of->n_ports ? &of->names[of->ports[u->place]] : NULL;
	return name_map_get(&of->map, m->s->text + u->port->off, u->port->len, &at) ? &of->names[at]
										    : NULL;
}

static bool heat(struct vrace_name *n, size_t by, int line)
{
	size_t was = n->hot;

	n->hot = was == VRACE_COLD || was == by ? by : VRACE_MANY;
	if (was == VRACE_COLD)
		n->line = line;
	return n->hot != was;
}

static bool heat_connected(const struct vrace *r, struct vrace_module *m, size_t part)
{
	const struct vrace_part *p = &m->parts[part];
	bool changed = false;

	for (size_t u = 0; u < p->n; u++) {
		const struct vrace_name *port = port_of(r, m, p, &p->uses[u]);

		if (port && port->hot != VRACE_COLD)
			changed |= heat(&m->names[p->uses[u].name], part, p->uses[u].line);
	}
	return changed;
}

/* If it reads a hot name, what it writes becomes hot. */
static bool heat_written(struct vrace_module *m, const struct vrace_part *p)
{
	bool changed = false;
	size_t hot = VRACE_COLD;
	int line = 0;

	for (size_t u = 0; u < p->n; u++) {
		const struct vrace_name *from = &m->names[p->uses[u].name];

		if (p->uses[u].kind != VRACE_READ || from->hot == VRACE_COLD)
			continue;
		line = hot == VRACE_COLD ? from->line : line;
		hot = hot == VRACE_COLD || hot == from->hot ? from->hot : VRACE_MANY;
	}
	for (size_t u = 0; hot != VRACE_COLD && u < p->n; u++)
		if (p->uses[u].kind != VRACE_READ)
			changed |= heat(&m->names[p->uses[u].name], hot, line);
	return changed;
}

/* One pass over a module; true if it found something new. */
static bool spread(struct vrace *r, struct vrace_module *m)
{
	bool changed = false, clocked = m->clocked, hot = m->hot_out;

	for (size_t i = 0; i < m->n; i++) {
		struct vrace_part *p = &m->parts[i];

		if (p->kind == VRACE_INSTANCE && p->module != VRACE_COLD) {
			m->clocked |= r->modules[p->module].clocked;
			if (r->modules[p->module].hot_out)
				changed |= heat_connected(r, m, i);
		} else if (p->kind == VRACE_CLOCKED) {
			m->clocked = true;
			for (size_t u = 0; u < p->n; u++)
				if (p->uses[u].kind == VRACE_BLOCKING)
					changed |= heat(&m->names[p->uses[u].name], i,
							p->uses[u].line);
		} else if (p->kind == VRACE_COMB) {
			changed |= heat_written(m, p);
		}
	}
	for (size_t i = 0; i < m->n_names; i++)
		m->hot_out |= m->names[i].port && m->names[i].hot != VRACE_COLD;
	return changed || clocked != m->clocked || hot != m->hot_out;
}

/* True for "@(posedge clk)" and "@(negedge clk)", which never run at the same time. */
static bool never_together(const struct vstmts *s, const struct vrace_part *a,
			   const struct vrace_part *b)
{
	size_t i = vstmts_token(s, a->when.off), k = vstmts_token(s, b->when.off);
	bool opposite = false;

	if (a->kind != VRACE_CLOCKED || b->kind != VRACE_CLOCKED)
		return false;
	for (; s->tokens[i].off < a->when.end && s->tokens[k].off < b->when.end; i++, k++) {
		const struct vstmt_token *x = &s->tokens[i], *y = &s->tokens[k];

		if (vstmt_token_is(s, x, "or") || vstmt_token_is(s, x, ","))
			return false;
		if (x->len == y->len && memcmp(s->text + x->off, s->text + y->off, x->len) == 0)
			continue;
		if ((!vstmt_token_is(s, x, "posedge") || !vstmt_token_is(s, y, "negedge")) &&
		    (!vstmt_token_is(s, x, "negedge") || !vstmt_token_is(s, y, "posedge")))
			return false;
		opposite = true;
	}
	return opposite;
}

static bool races(const struct vrace *r, const struct vrace_module *m, size_t part,
		  const struct vrace_use *u)
{
	const struct vrace_part *p = &m->parts[part];
	size_t hot = m->names[u->name].hot;
	const struct vrace_name *port;

	if (hot == VRACE_COLD || p->kind == VRACE_COMB)
		return false;
	if (p->kind == VRACE_CLOCKED)
		return hot != part &&
		       (hot == VRACE_MANY || !never_together(m->s, &m->parts[hot], p));
	if (p->module == VRACE_COLD || !r->modules[p->module].clocked)
		return false;
	port = port_of(r, m, p, u);
	return !port || port->hot == VRACE_COLD; /* otherwise it comes from there */
}

static void say(const struct vrace_module *m, const struct vrace_use *u, struct str *why)
{
	const struct vrace_name *n = &m->names[u->name];
	const char *name = "";
	size_t len = 0;

	for (size_t i = 0; i < m->map.cap; i++)
		if (m->map.slots[i].key && m->map.slots[i].value == u->name) {
			name = m->map.slots[i].key;
			len = m->map.slots[i].len;
		}
	str_addf(why, "%.*s, which %s:%d assigns by = at a clock edge, is %s at an edge in %s:%d",
		 (int)len, name, m->path, n->line, u->kind == VRACE_READ ? "read" : "assigned",
		 m->path, u->line);
}

/* Marks the top and everything in it as wanted; all modules if the top is unknown. */
static void want(struct vrace *r, const char *top)
{
	bool more = true;
	size_t at;

	if (!top || !name_map_get(&r->map, top, strlen(top), &at))
		at = VRACE_COLD;
	for (size_t i = 0; i < r->n; i++)
		r->modules[i].wanted = at == VRACE_COLD || at == i;
	while (more) {
		more = false;
		for (size_t i = 0; i < r->n; i++)
			for (size_t k = 0; r->modules[i].wanted && k < r->modules[i].n; k++) {
				size_t m = r->modules[i].parts[k].module;

				if (m != VRACE_COLD && !r->modules[m].wanted)
					more = r->modules[m].wanted = true;
			}
	}
}

bool vrace_find(struct vrace *r, const char *top, struct str *why)
{
	bool changed = true;

	resolve(r);
	want(r, top);
	for (size_t pass = 0; changed && pass <= r->n + 64; pass++) {
		changed = false;
		for (size_t i = 0; i < r->n; i++)
			changed |= spread(r, &r->modules[i]);
	}
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; r->modules[i].wanted && k < r->modules[i].n; k++) {
			const struct vrace_part *p = &r->modules[i].parts[k];

			for (size_t u = 0; u < p->n; u++)
				if (races(r, &r->modules[i], k, &p->uses[u])) {
					say(&r->modules[i], &p->uses[u], why);
					return true;
				}
		}
	return false;
}
