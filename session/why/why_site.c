/* What the driver of a variable did to it up to a time.
 *
 *   continuous, always @*   executed with the values of that time
 *   always @(posedge ..)    executed with the values just before its last edge. If it
 *                           assigns nothing then, earlier edges are tried: the
 *                           register held its value
 *   with delays or waits    not executed: its position is not known
 *
 * If the result differs from the trace, the process is executed again with the values
 * just after the edge. If that gives the trace's value, something it reads changed in the
 * same moment before it ran: a race.
 */
#include "config.h"

#include "session/why/why_site.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/why/why_edge.h"

#define HOPS_MAX 64   /* chained ports */
#define HELD_MAX 4000 /* edges to go back */

bool range_meets(struct range a, struct range b)
{
	return a.n == 0 || b.n == 0 || (a.low < b.low + b.n && b.low < a.low + a.n);
}

void site_fini(struct site *s)
{
	if (s->ran)
		pass_fini(&s->pass);
	s->ran = false;
}

/* Ports ------------------------------------------------------------------------------ */

static bool child_instance(const struct why *w, uint32_t instance, uint32_t child, uint32_t *out)
{
	struct str path = STR_INIT;
	size_t found = 0;
	bool ok;

	str_addf(&path, "%s.%s", w->c->instances[instance].path, w->c->children[child].name);
	ok = name_map_get(&w->instances, str_cstr(&path), path.len, &found);
	str_free(&path);
	*out = (uint32_t)found;
	return ok;
}

static uint32_t var_of(const struct why *w, uint32_t module, const char *name)
{
	for (uint32_t v = 0; v < w->c->n_vars; v++)
		if (w->c->vars[v].module == module && strcmp(w->c->vars[v].name, name) == 0)
			return v;
	return CIRCUIT_NONE;
}

/* True if the port's expression, seen from its instance, concerns the place; inner:
 * the corresponding bits of the port, if known. */
static bool port_meets(struct why *w, uint32_t node, const struct place *p, struct range range,
		       struct range *inner)
{
	const struct circuit *c = w->c;
	struct pass r;
	struct place to;
	struct range part;
	bool ok;

	*inner = (struct range){ 0, 0 };
	if (c->nodes[node].op == CIRCUIT_CONCAT) {
		uint32_t low = c->nodes[node].width;

		for (uint32_t k = c->nodes[node].first; k; k = c->nodes[k].next) {
			low = low > c->nodes[k].width ? low - c->nodes[k].width : 0;
			if (!port_meets(w, k, p, range, inner))
				continue;
			*inner = inner->n ? (struct range){ inner->low + low, inner->n }
					  : (struct range){ low, c->nodes[k].width };
			return true;
		}
		return false;
	}
	pass_init(&r, w, p->instance, 0);
	ok = eval_place(&r, node, &to, &part) && to.var == p->var &&
	     (!p->element[0] || !to.element[0] || strcmp(to.element, p->element) == 0) &&
	     range_meets(part, range);
	if (ok && range.n && part.n && range.low >= part.low &&
	    range.low + range.n <= part.low + part.n)
		*inner = (struct range){ range.low - part.low, range.n };
	else if (ok && range.n && !part.n)
		*inner = range;
	pass_fini(&r);
	return ok;
}

bool site_port(struct why *w, const struct place *p, struct range *range,
	       const struct circuit_driver *d, struct place *out)
{
	const struct circuit_child *k = &w->c->children[d->child];
	struct range inner;

	*out = (struct place){ 0 };
	if (!port_meets(w, w->c->nodes[d->port].first, p, *range, &inner) ||
	    k->module == CIRCUIT_NONE || k->array ||
	    !child_instance(w, p->instance, d->child, &out->instance))
		return false;
	out->var = var_of(w, k->module, w->c->texts[w->c->nodes[d->port].ref]);
	if (out->var == CIRCUIT_NONE || w->c->vars[out->var].direction == 'b')
		return false;
	/* A port connected as a whole to an array keeps the element. */
	if (w->c->nodes[w->c->nodes[d->port].first].op == CIRCUIT_VAR)
		memcpy(out->element, p->element, sizeof(out->element));
	*range = inner;
	return true;
}

static bool down(struct why *w, struct place *p, struct range *range, uint32_t *port)
{
	size_t n;
	const struct circuit_driver *d = circuit_drivers(w->c, p->var, &n);
	size_t found = 0;
	struct place to = { 0 };
	struct range inner, best = { 0, 0 };

	for (size_t i = 0; i < n; i++) {
		if (d[i].process != CIRCUIT_NONE)
			return false;
		if (!port_meets(w, w->c->nodes[d[i].port].first, p, *range, &inner))
			continue;
		best = *range;
		if (++found > 1 || !site_port(w, p, &best, &d[i], &to))
			return false;
		*port = d[i].port;
	}
	if (found != 1)
		return false;
	*p = to;
	*range = best;
	return true;
}

/* The single variable that passes those bits of an expression on unchanged: b, b[7:4],
 * {a, b}. A part that the tool cut off by itself does not count. */
static bool passed_on(struct why *w, uint32_t instance, uint32_t node, struct place *p,
		      struct range *range)
{
	const struct circuit *c = w->c;
	struct range inner = *range, part = { 0, 0 };
	struct place to;
	struct pass r;
	bool ok;

	while (c->nodes[node].op == CIRCUIT_CONCAT) {
		uint32_t low = c->nodes[node].width, k = c->nodes[node].first;

		for (; k; k = c->nodes[k].next) {
			low = low > c->nodes[k].width ? low - c->nodes[k].width : 0;
			if (inner.low >= low)
				break;
		}
		if (!k || !inner.n || inner.low - low + inner.n > c->nodes[k].width)
			return false;
		inner.low -= low;
		node = k;
	}
	if (c->nodes[node].op == CIRCUIT_PART) {
		uint32_t what = c->nodes[node].first;

		if (c->nodes[node].flag || c->nodes[what].op != CIRCUIT_VAR ||
		    c->nodes[c->nodes[what].next].op != CIRCUIT_CONST)
			return false;
	} else if (c->nodes[node].op != CIRCUIT_VAR) {
		return false;
	}
	pass_init(&r, w, instance, 0);
	ok = eval_place(&r, node, &to, &part) && !c->vars[to.var].constant &&
	     !c->vars[to.var].n_dims && (part.n || c->vars[to.var].width == c->nodes[node].width);
	pass_fini(&r);
	if (!ok)
		return false;
	*p = to;
	if (part.n)
		inner = inner.n ? (struct range){ part.low + inner.low, inner.n } : part;
	*range = inner;
	return true;
}

/* An input that is a net of the parent, an element or a part of one. */
static bool up(struct why *w, struct place *p, struct range *range, uint32_t *port)
{
	const struct circuit_var *v = &w->c->vars[p->var];
	struct place to;
	uint32_t n;

	if (v->direction != 'i')
		return false;
	if (place_beyond(w, p, &to, port)) {
		*p = to;
		return true;
	}
	n = place_port(w, p->instance, p->var);
	if (!n || !w->c->nodes[n].first || p->element[0] || v->n_dims ||
	    w->c->nodes[w->c->nodes[n].first].width != v->width)
		return false;
	*port = n;
	return passed_on(w, w->c->instances[p->instance].parent, w->c->nodes[n].first, p, range);
}

/* A net that is an alias of another or of a part of it: assign a = b; assign a =
 * b[7:4]; */
static bool copied(struct why *w, struct place *p, struct range *range, uint32_t *node)
{
	const struct circuit *c = w->c;
	size_t n;
	const struct circuit_driver *d = circuit_drivers(c, p->var, &n);
	uint32_t right, left;

	if (n != 1 || d->process == CIRCUIT_NONE || p->element[0] ||
	    c->processes[d->process].kind != CIRCUIT_CONTINUOUS)
		return false;
	*node = c->nodes[c->processes[d->process].node].first;
	right = c->nodes[*node].first;
	left = right ? c->nodes[right].next : 0;
	return left && c->nodes[left].op == CIRCUIT_VAR && !c->vars[c->nodes[left].ref].n_dims &&
	       c->nodes[right].width == c->vars[p->var].width &&
	       passed_on(w, p->instance, right, p, range);
}

void site_follow(struct why *w, struct place *p, struct range *range,
		 void (*each)(void *ctx, uint32_t port), void *ctx)
{
	for (int hops = 0; hops < HOPS_MAX; hops++) {
		uint32_t port = 0;

		if (!up(w, p, range, &port) && !down(w, p, range, &port) &&
		    !copied(w, p, range, &port))
			return;
		if (each)
			each(ctx, port);
	}
}

/* Processes -------------------------------------------------------------------------- */

/* Combines the writes, the last on top. */
static void compose(struct why *w, struct site *s, const struct place *p)
{
	s->value = bits_all(&w->pool, place_width(w, p), 'x');
	for (size_t i = 0; i < s->pass.n_writes; i++) {
		const struct write *x = &s->pass.writes[i];
		uint32_t n = x->range.n ? x->range.n : s->value.width;

		for (uint32_t k = 0; k < n && k < x->value.width; k++)
			if (x->range.low + k < s->value.width)
				bits_set(&s->value, x->range.low + k, bits_get(&x->value, k));
	}
}

static bool last_write(const struct pass *r, struct range range, size_t *found)
{
	for (size_t i = r->n_writes; i-- > 0;)
		if (range_meets(r->writes[i].range, range)) {
			*found = i;
			return true;
		}
	return false;
}

static bool carry_out(struct why *w, const struct place *p, struct range range, uint32_t process,
		      uint64_t time, bool only_x, struct site *s)
{
	site_fini(s);
	pass_init(&s->pass, w, s->instance, time);
	s->ran = true;
	s->pass.target = *p;
	s->pass.wanted = range;
	s->pass.only_x = only_x;
	pass_process(&s->pass, process);
	if (!last_write(&s->pass, range, &s->write))
		return false;
	compose(w, s, p);
	return true;
}

/* True if the result differs from the trace; an x matches anything. */
static bool contradicts(struct why *w, const struct site *s, const struct place *p,
			struct range range, uint64_t time)
{
	struct bits was;
	uint32_t n = range.n ? range.n : s->value.width;
	size_t signal;

	if (s->pass.unsure || !place_signal(w, p, &signal) || !place_value(w, p, time, &was))
		return false;
	for (uint32_t i = range.low; i < range.low + n && i < s->value.width && i < was.width;
	     i++) {
		char a = bits_get(&s->value, i);

		if ((a == '0' || a == '1') && a != bits_get(&was, i))
			return true;
	}
	return false;
}

static void find_clocked(struct why *w, const struct place *p, struct range range, uint64_t time,
			 bool only_x, struct site *s)
{
	uint32_t process = s->driver->process;
	uint64_t edge = time;

	s->clocked = true;
	switch (why_edge(w, s->instance, process, time, &edge)) {
	case WHY_EDGE_NONE:
		s->kind = SITE_NOT_YET;
		return;
	case WHY_EDGE_NO_CLOCK:
		s->kind = SITE_NO_CLOCK;
		return;
	case WHY_EDGE_FOUND:
		break;
	}
	s->since = s->before = edge;
	s->kind = SITE_RUN;
	if (carry_out(w, p, range, process, edge ? edge - 1 : 0, only_x, s)) {
		if (!contradicts(w, s, p, range, time))
			return;
		if (carry_out(w, p, range, process, edge, only_x, s) &&
		    !contradicts(w, s, p, range, time)) {
			s->race = true;
			return;
		}
		s->differs = carry_out(w, p, range, process, edge ? edge - 1 : 0, only_x, s);
		return;
	}
	s->kind = SITE_HELD;
}

/* The bits named by constants on a left side; 0 bits: all, or not known. */
static struct range fixed_part(const struct circuit *c, uint32_t left)
{
	const char *digits;
	uint32_t low;

	if (c->nodes[left].op != CIRCUIT_PART || c->nodes[c->nodes[left].first].op != CIRCUIT_VAR)
		return (struct range){ 0, 0 };
	low = c->nodes[c->nodes[left].first].next;
	digits =
		c->nodes[low].op == CIRCUIT_CONST ? strchr(c->texts[c->nodes[low].ref], 'h') : NULL;
	return digits ? (struct range){ (uint32_t)strtoul(digits + 1, NULL, 16),
					c->nodes[left].width }
		      : (struct range){ 0, 0 };
}

/* True if a process may assign any of those bits: each lane of a generate loop may
 * have its own part of a vector. */
static bool may_assign(struct why *w, struct driver d, const struct place *p, struct range range)
{
	const struct circuit *c = w->c;
	struct circuit_walk walk = { 0 };
	uint32_t top = c->processes[d.d->process].node;
	bool may = range.n == 0;

	for (uint32_t n = may ? 0 : circuit_walk(c, &walk, top); n && !may;
	     n = circuit_walk(c, &walk, top)) {
		uint32_t left = 0;
		struct place to;

		if (c->nodes[n].op == CIRCUIT_CALL)
			may = drives(w, d.instance, n, p);
		if (c->nodes[n].op == CIRCUIT_ASSIGN || c->nodes[n].op == CIRCUIT_ASSIGN_LATER)
			left = c->nodes[n].first ? c->nodes[c->nodes[n].first].next : 0;
		if (!left)
			continue;
		if (c->nodes[left].op == CIRCUIT_CONCAT)
			may = drives(w, d.instance, n, p);
		else if (place_base(w, d.instance, left, &to) && to.var == p->var &&
			 to.instance == p->instance)
			may = range_meets(fixed_part(c, left), range);
	}
	circuit_walk_end(&walk);
	return may;
}

/* Finds when a holding register was assigned last. Executes its process at earlier
 * edges, back to the last change of its value. */
static void find_before(struct why *w, const struct place *p, struct range range, struct site *s)
{
	struct site earlier = { .driver = s->driver, .instance = s->instance };
	struct trace_point point;
	uint64_t edge = s->since, oldest = 0;
	bool sure = !s->pass.unsure;
	size_t signal;

	if (place_signal(w, p, &signal) && trace_at(w->t, signal, s->since, &point))
		oldest = point.time;
	for (int i = 0; i < HELD_MAX && edge > oldest && w->work > 0; i++) {
		enum why_edge found = why_edge(w, s->instance, s->driver->process, edge - 1, &edge);

		s->never = found == WHY_EDGE_NONE;
		if (found != WHY_EDGE_FOUND || edge < oldest)
			break;
		if (carry_out(w, p, range, s->driver->process, edge ? edge - 1 : 0, false,
			      &earlier)) {
			s->before = edge;
			break;
		}
		sure &= !earlier.pass.unsure;
		site_fini(&earlier);
	}
	s->never = sure && s->before == s->since && (s->never || edge == 0);
	site_fini(&earlier);
}

void site_edge(struct why *w, const struct place *p, struct range range, struct driver driver,
	       uint64_t edge, bool only_x, struct site *out)
{
	*out = (struct site){ .driver = driver.d,
			      .instance = driver.instance,
			      .clocked = true,
			      .since = edge,
			      .before = edge };
	out->kind = carry_out(w, p, range, driver.d->process, edge ? edge - 1 : 0, only_x, out)
			    ? SITE_RUN
			    : SITE_HELD;
}

void site_find(struct why *w, const struct place *p, struct range range, struct driver driver,
	       uint64_t time, bool only_x, struct site *out)
{
	const struct circuit_driver *d = driver.d;
	const struct circuit_process *process;
	struct range inner;

	*out = (struct site){
		.driver = d, .instance = driver.instance, .since = time, .before = time
	};
	if (d->process == CIRCUIT_NONE) {
		if (port_meets(w, w->c->nodes[d->port].first, p, range, &inner))
			out->kind = SITE_PORT;
		return;
	}
	process = &w->c->processes[d->process];
	if (process->timed) {
		out->kind = SITE_TIMED;
	} else if (process->kind == CIRCUIT_INITIAL) {
		out->kind = SITE_INITIAL;
	} else if (process->clocked) {
		if (!may_assign(w, driver, p, range))
			return;
		find_clocked(w, p, range, time, only_x, out);
		if (out->kind == SITE_HELD)
			find_before(w, p, range, out);
	} else if (!may_assign(w, driver, p, range)) {
		return;
	} else if (carry_out(w, p, range, d->process, time, only_x, out)) {
		out->kind = SITE_RUN;
		out->differs = contradicts(w, out, p, range, time);
	} else if (out->pass.n_blocked) {
		out->kind = SITE_HELD;
	} else {
		site_fini(out);
	}
}

/* Values that are not in the trace ---------------------------------------------------- */

/* The first value of a register, from its declaration or an initial block that does not wait. If
 * there are several, it is unknown which one is the last; the contents of a file are unknown,
 * too. */
static bool first_value(struct why *w, const struct place *p, const struct driver *d, size_t n,
			struct bits *out)
{
	struct range all = { 0, 0 };
	bool any = false, sure = !is_handed(w, p->var);

	for (size_t i = 0; i < n && sure; i++) {
		struct site s = { .driver = d[i].d, .instance = d[i].instance };

		if (d[i].d->process == CIRCUIT_NONE ||
		    w->c->processes[d[i].d->process].kind != CIRCUIT_INITIAL)
			continue;
		if (carry_out(w, p, all, d[i].d->process, 0, false, &s)) {
			sure = !any;
			any = true;
			*out = s.value;
		}
		sure &= !s.pass.unsure;
		site_fini(&s);
	}
	return any && sure;
}

/* True if that driver leaves the register what it had at first. */
static bool is_idle(const struct site *s)
{
	return s->kind == SITE_INITIAL || s->kind == SITE_NOT_YET ||
	       (s->kind == SITE_HELD && s->never);
}

bool site_compute(struct why *w, const struct place *p, uint64_t time, struct bits *out)
{
	struct place at = *p;
	struct range all = { 0, 0 };
	struct driver *d;
	size_t n;
	bool ok = false, first = true;

	site_follow(w, &at, &all, NULL, NULL);
	if (!place_same(&at, p) && all.n == 0)
		return place_value(w, &at, time, out);
	d = drivers_of(w, p, &n, NULL);
	for (size_t i = 0; i < n && !ok; i++) {
		struct site s;

		site_find(w, p, all, d[i], time, false, &s);
		if (s.kind == SITE_HELD && s.before < s.since) {
			struct site earlier = { .driver = s.driver, .instance = s.instance };

			ok = carry_out(w, p, all, s.driver->process, s.before ? s.before - 1 : 0,
				       false, &earlier);
			if (ok)
				*out = earlier.value;
			site_fini(&earlier);
		} else if (s.kind == SITE_RUN) {
			ok = !s.pass.unsure;
			*out = s.value;
		}
		first &= is_idle(&s);
		site_fini(&s);
	}
	ok = ok || (first && first_value(w, p, d, n, out));
	free(d);
	return ok;
}
