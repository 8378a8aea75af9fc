/* From a variable of the design to a signal of the trace, and to its value.
 *
 * Names are equal except for Verilator's outermost scope, TOP. A port is the net it is
 * connected to, so if one side is missing in the trace, the other may be there; if
 * neither is, the value is computed from the driver.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/why/why_inner.h"
#include "session/why/why_memo.h"

#define HOPS_MAX     64 /* chained ports */
#define NAME_MAX_LEN 1024
#define COMPUTE_MAX  64 /* nested values that are not in the trace: edges of a register */
#define WAITING_MAX  (4 * NEST_MAX) /* expressions around them, for the stack of a thread */

bool place_same(const struct place *a, const struct place *b)
{
	return a->instance == b->instance && a->var == b->var &&
	       strcmp(a->element, b->element) == 0;
}

struct place place_of(const struct why_signal *s)
{
	struct place p = { .instance = s->instance, .var = s->var };

	memcpy(p.element, s->element, sizeof(p.element));
	return p;
}

void place_name(const struct why *w, const struct place *p, struct str *out)
{
	str_addf(out, "%s.%s%s", w->c->instances[p->instance].path, w->c->vars[p->var].name,
		 p->element);
}

/* The trace numbers elements like the source. */
bool place_signal(const struct why *w, const struct place *p, size_t *signal)
{
	struct str name = STR_INIT;
	bool found;

	place_name(w, p, &name);
	found = name_map_get(&w->signals, str_cstr(&name), name.len, signal);
	str_free(&name);
	return found;
}

uint32_t place_width(const struct why *w, const struct place *p)
{
	const struct circuit_var *v = &w->c->vars[p->var];
	size_t signal;

	if (p->element[0] == '.' && place_signal(w, p, &signal))
		return (uint32_t)trace_signal_at(w->t, signal)->width;
	return v->width && v->width <= WIDTH_MAX ? v->width : 1;
}

uint32_t place_port(const struct why *w, uint32_t instance, uint32_t var)
{
	const struct circuit_instance *i = &w->c->instances[instance];

	if (i->child == CIRCUIT_NONE)
		return 0;
	for (uint32_t n = w->c->nodes[w->c->children[i->child].node].first; n;
	     n = w->c->nodes[n].next)
		if (w->c->nodes[n].op == CIRCUIT_PORT &&
		    strcmp(w->c->texts[w->c->nodes[n].ref], w->c->vars[var].name) == 0)
			return n;
	return 0;
}

/* An element with a constant index, in a port's connection. */
static bool constant_element(const struct why *w, uint32_t node, struct place *out)
{
	const struct circuit_node *n = &w->c->nodes[node];
	const struct circuit_node *index = &w->c->nodes[w->c->nodes[n->first].next];
	const struct circuit_node *what = &w->c->nodes[n->first];
	const char *digits;

	if (n->op != CIRCUIT_ELEMENT || what->op != CIRCUIT_VAR || index->op != CIRCUIT_CONST)
		return false;
	digits = strchr(w->c->texts[index->ref], 'h');
	if (!digits)
		return false;
	out->var = what->ref;
	snprintf(out->element, sizeof(out->element), "[%ld]",
		 strtol(digits + 1, NULL, 16) + (long)w->c->vars[what->ref].lowest[0]);
	return true;
}

bool place_beyond(const struct why *w, const struct place *p, struct place *out, uint32_t *port)
{
	uint32_t n = w->c->vars[p->var].direction ? place_port(w, p->instance, p->var) : 0;
	const struct circuit_node *to;

	if (!n || !w->c->nodes[n].first)
		return false;
	*port = n;
	to = &w->c->nodes[w->c->nodes[n].first];
	*out = (struct place){ .instance = w->c->instances[p->instance].parent };
	if (to->op == CIRCUIT_VAR && w->c->vars[to->ref].width == w->c->vars[p->var].width) {
		out->var = to->ref;
		memcpy(out->element, p->element, sizeof(out->element));
		return true;
	}
	return !p->element[0] && constant_element(w, w->c->nodes[n].first, out);
}

static struct bits unknown(struct why *w, const struct place *p)
{
	return bits_all(&w->pool, place_width(w, p), 'x');
}

static bool from_trace(struct why *w, size_t signal, const struct place *p, uint64_t time,
		       struct bits *out)
{
	const struct trace_signal *s = trace_signal_at(w->t, signal);
	struct trace_point point;

	if (s->kind != TRACE_BITS && s->kind != TRACE_EVENT)
		return false;
	if (!trace_at(w->t, signal, time, &point))
		return false;
	*out = bits_text(&w->pool, place_width(w, p), point.value, point.len);
	return true;
}

/* From its driver. What limits have left unknown may be known to another question. */
static bool compute(struct why *w, const struct place *p, uint64_t time, struct bits *out)
{
	size_t given_up = w->given_up;
	int depth = w->depth;
	bool ok;

	if (!w->instead.on && memo_get(w->memo, p, time, &w->pool, out, &ok))
		return ok;
	if (w->computing >= COMPUTE_MAX || w->waiting + depth >= WAITING_MAX || w->work <= 0) {
		w->given_up++;
		return false;
	}
	w->computing++;
	w->waiting += depth;
	ok = w->compute(w, p, time, out);
	w->waiting -= depth;
	w->computing--;
	w->depth = depth;
	w->given_up += w->work <= 0;
	if (!w->instead.on && given_up == w->given_up)
		memo_put(&w->memo, p, time, ok ? out : NULL);
	return ok;
}

bool place_value(struct why *w, const struct place *p, uint64_t time, struct bits *out)
{
	struct place at = *p, beyond;
	uint32_t port;
	size_t signal;

	for (int hops = 0; hops < HOPS_MAX; hops++) {
		if (place_signal(w, &at, &signal))
			return from_trace(w, signal, &at, time, out) ||
			       (*out = unknown(w, p), false);
		if (!place_beyond(w, &at, &beyond, &port))
			break;
		at = beyond;
	}
	if (w->compute && compute(w, p, time, out))
		return true;
	*out = unknown(w, p);
	return false;
}

/* The instance connected to an interface port, as seen from the parent: "bus" for
 * "bus__Viftop", or another port. Does not handle an element of an array. */
static bool interface_of(const struct why *w, uint32_t instance, const char *port, size_t len,
			 char *out, size_t size)
{
	static const char tail[] = "__Viftop";
	const struct circuit *c = w->c;
	const struct circuit_instance *i = &c->instances[instance];

	if (i->child == CIRCUIT_NONE)
		return false;
	for (uint32_t n = c->nodes[c->children[i->child].node].first; n; n = c->nodes[n].next) {
		const char *name = c->texts[c->nodes[n].ref], *to;
		size_t to_len;

		if (c->nodes[n].op != CIRCUIT_PORT || strncmp(name, port, len) != 0 || name[len] ||
		    c->nodes[c->nodes[n].first].op != CIRCUIT_VAR)
			continue;
		to = c->vars[c->nodes[c->nodes[n].first].ref].name;
		to_len = strlen(to);
		if (str_ends(to, tail))
			to_len -= strlen(tail);
		return (size_t)snprintf(out, size, "%.*s", (int)to_len, to) < size;
	}
	return false;
}

/* Resolves "in.valid" with a port `in`: "bus.valid", one instance further out, and so
 * on. */
static bool by_interface(const struct why *w, uint32_t instance, const char *name,
			 struct place *out)
{
	char head[NAME_MAX_LEN], next[NAME_MAX_LEN];
	const char *dot = strchr(name, '.');

	if (!dot || (size_t)(dot - name) >= sizeof(head))
		return false;
	snprintf(head, sizeof(head), "%.*s", (int)(dot - name), name);
	for (int hops = 0; hops < HOPS_MAX; hops++) {
		struct str path = STR_INIT;
		bool there;

		if (!interface_of(w, instance, head, strlen(head), next, sizeof(next)))
			return false;
		instance = w->c->instances[instance].parent;
		memcpy(head, next, sizeof(head));
		str_addf(&path, "%s.%s", w->c->instances[instance].path, head);
		there = name_map_has(&w->instances, str_cstr(&path), path.len);
		str_clear(&path);
		str_addf(&path, "%s%s", head, dot);
		there = there && place_outside(w, instance, str_cstr(&path), out);
		str_free(&path);
		if (there)
			return true;
	}
	return false;
}

bool place_base(const struct why *w, uint32_t instance, uint32_t left, struct place *out)
{
	const struct circuit_node *n = &w->c->nodes[circuit_base_node(w->c, left)];

	if (n->op == CIRCUIT_OUTSIDE)
		return place_outside(w, instance, w->c->texts[n->ref], out);
	*out = (struct place){ instance, n->ref, "" };
	return n->op == CIRCUIT_VAR;
}

static bool var_in(const struct why *w, size_t instance, const char *name, struct place *out)
{
	for (uint32_t v = 0; v < w->c->n_vars; v++)
		if (w->c->vars[v].module == w->c->instances[instance].module &&
		    strcmp(w->c->vars[v].name, name) == 0) {
			*out = (struct place){ (uint32_t)instance, v, "" };
			return true;
		}
	return false;
}

/* The parts before a dot are instances or, if a variable has that name, blocks:
 * "u.lane[0].q" is lane[0].q in u. */
bool place_outside(const struct why *w, uint32_t instance, const char *name, struct place *out)
{
	struct str path = STR_INIT;
	bool found = by_interface(w, instance, name, out);

	for (uint32_t at = instance; at != CIRCUIT_NONE && !found;
	     at = w->c->instances[at].parent) {
		found = strchr(name, '.') && var_in(w, at, name, out);
		for (const char *dot = strchr(name, '.'); dot && !found;
		     dot = strchr(dot + 1, '.')) {
			size_t there;

			str_clear(&path);
			str_addf(&path, "%s.%.*s", w->c->instances[at].path, (int)(dot - name),
				 name);
			found = name_map_get(&w->instances, str_cstr(&path), path.len, &there) &&
				var_in(w, there, dot + 1, out);
		}
	}
	str_free(&path);
	return found;
}

bool why_value(struct why *w, const struct why_signal *s, uint64_t time, struct str *out)
{
	struct place p = place_of(s);
	struct bits value;

	bits_reset(&w->pool);
	w->work = WORK_MAX;
	if (!place_value(w, &p, time, &value))
		return false;
	if (s->bits)
		value = bits_part(&w->pool, &value, s->low, s->bits);
	bits_print(&value, out);
	return true;
}
