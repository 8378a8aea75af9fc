/* Checks a plan before there is any code.
 *
 * A net has one driver: an input port of the module, an output of an instance, or a
 * number. Each sink (an output port of the module, an input of an instance) needs one
 * driver of its width and, for clocks and resets, of its role. A duplicate or an unknown
 * name is one fault at its row; faults that merely follow from it are not reported.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"
#include "session/flow/port_role.h"
#include "session/flow/spec.h"
#include "session/verilog/verilog.h"

/* One end of a connection: a port, and where it is. */
struct end {
	const struct plan_port *port;	/* NULL: a number, or not found */
	const struct plan_instance *in; /* NULL: a port of the module itself */
	const struct plan_module *of;	/* the module that declares the port */
	bool number;
	long bits;  /* width of a number; 0: unsized */
	long needs; /* bits that its value needs */
};

/* Names ------------------------------------------------------------------------------- */

static bool is_name(const char *s)
{
	if (!isalpha((unsigned char)s[0]) && s[0] != '_')
		return false;
	for (const char *c = s; *c; c++)
		if (!isalnum((unsigned char)*c) && *c != '_')
			return false;
	return !vkeyword(s, strlen(s), LANG_SV2017);
}

static void check_name(struct plan *p, const char *what, const char *name, int line)
{
	if (!is_name(name))
		plan_fault(p, "name", line, "%s: no name for %s in Verilog", name, what);
}

struct named {
	const char *name, *what;
	int line;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* Ports, parameters and instances of a module share one name space. */
static void check_names(struct plan *p, const struct plan_module *m)
{
	size_t n = 0;
	struct named *v = mem_calloc(m->n_ports + m->n_params + m->n_instances + 1, sizeof(*v));

	for (size_t i = 0; i < m->n_ports; i++)
		v[n++] = (struct named){ m->ports[i].name, "a port", m->ports[i].line };
	for (size_t i = 0; i < m->n_params; i++)
		v[n++] = (struct named){ m->params[i].a, "a parameter", m->params[i].line };
	for (size_t i = 0; i < m->n_instances; i++)
		v[n++] =
			(struct named){ m->instances[i].name, "an instance", m->instances[i].line };
	for (size_t i = 0; i < n; i++)
		check_name(p, v[i].what, v[i].name, v[i].line);
	qsort(v, n, sizeof(*v), by_name);
	for (size_t i = 1; i < n; i++)
		if (strcmp(v[i - 1].name, v[i].name) == 0)
			plan_fault(p, "twice", v[i].line, "%s has %s and %s called %s", m->name,
				   v[i - 1].what, v[i].what, v[i].name);
	free(v);
}

/* Widths ------------------------------------------------------------------------------ */

static bool width_of(struct plan *p, const struct plan_module *m, const struct plan_port *port,
		     long *bits)
{
	struct str why = STR_INIT;
	bool ok = plan_width(port->width, m, NULL, NULL, bits, &why);

	if (!ok)
		plan_fault(p, "width", port->line, "%s.%s: width %s: %s", m->name, port->name,
			   port->width, str_cstr(&why));
	else if (*bits < 1)
		plan_fault(p, "width", port->line, "%s.%s: %ld bits: 1 to %d were expected",
			   m->name, port->name, *bits, PLAN_WIDTH_MAX);
	else if (*bits > PLAN_WIDTH_MAX)
		plan_fault(p, "width", port->line, "%s.%s: more than %d bits", m->name, port->name,
			   PLAN_WIDTH_MAX);
	str_free(&why);
	return ok;
}

static void check_params(struct plan *p, const struct plan_module *m)
{
	for (size_t i = 0; i < m->n_params; i++) {
		struct str why = STR_INIT;
		long v;

		if (!plan_width(m->params[i].b, m, NULL, NULL, &v, &why))
			plan_fault(p, "parameter", m->params[i].line, "%s.%s = %s: %s", m->name,
				   m->params[i].a, m->params[i].b, str_cstr(&why));
		str_free(&why);
	}
}

/* The role makes a clock or reset; a name that contradicts the role is a mistake. */
static void check_role(struct plan *p, const struct plan_module *m, const struct plan_port *port,
		       long bits)
{
	const char *n = port->name;
	bool low = port_is_reset(n) < 0;
	/* "rst_busy" may be data, which is not called wrong. */
	bool high = spec_says(n, "rst|reset|arst|areset|rst_i|reset_i", NULL);

	if (bits == 1 && port_is_clock(n) && !port->output && port->role != PLAN_CLOCK)
		plan_fault(p, "clock", port->line, "%s.%s is called a clock and has not that role",
			   m->name, n);
	if ((low && port->role != PLAN_RESET_LOW) || (high && port->role != PLAN_RESET_HIGH))
		plan_fault(p, "reset", port->line, "%s.%s: its role should be reset %s by its name",
			   m->name, n, low ? "low" : "high");
}

static void check_ports(struct plan *p, const struct plan_module *m)
{
	for (size_t i = 0; i < m->n_ports; i++) {
		long bits = 0;

		if (width_of(p, m, &m->ports[i], &bits) && m->ports[i].role != PLAN_DATA &&
		    bits != 1)
			plan_fault(p, m->ports[i].role == PLAN_CLOCK ? "clock" : "reset",
				   m->ports[i].line, "%s.%s: a clock or reset of %ld bits", m->name,
				   m->ports[i].name, bits);
		check_role(p, m, &m->ports[i], bits);
	}
	if (m->n_ports == 0)
		plan_fault(p, "port", m->line, "%s has no ports", m->name);
}

/* Instances --------------------------------------------------------------------------- */

static bool is_param(const struct plan_module *m, const char *name)
{
	for (size_t i = 0; i < m->n_params; i++)
		if (strcmp(m->params[i].a, name) == 0)
			return true;
	return false;
}

/* Before its i-th parameter. */
static bool is_given(const struct plan_instance *in, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(in->params[k].a, in->params[i].a) == 0)
			return true;
	return false;
}

static void check_given(struct plan *p, const struct plan_module *m, const struct plan_instance *in,
			const struct plan_module *of)
{
	for (size_t i = 0; i < in->n_params; i++) {
		struct str why = STR_INIT;
		long v;

		if (!is_param(of, in->params[i].a))
			plan_fault(p, "parameter", in->line, "%s.%s: %s has no parameter %s",
				   m->name, in->name, of->name, in->params[i].a);
		else if (is_given(in, i))
			plan_fault(p, "twice", in->line, "%s.%s: %s has two values", m->name,
				   in->name, in->params[i].a);
		else if (!plan_width(in->params[i].b, m, NULL, NULL, &v, &why))
			plan_fault(p, "parameter", in->line, "%s.%s: %s=%s: %s", m->name, in->name,
				   in->params[i].a, in->params[i].b, str_cstr(&why));
		str_free(&why);
	}
}

static void check_instances(struct plan *p, const struct plan_module *m)
{
	for (size_t i = 0; i < m->n_instances; i++) {
		const struct plan_instance *in = &m->instances[i];
		const struct plan_module *of = plan_module(p, in->module);

		if (!of)
			plan_fault(p, "module", in->line, "%s.%s: there is no module %s", m->name,
				   in->name, in->module);
		else
			check_given(p, m, in, of);
	}
}

/* Connections ------------------------------------------------------------------------- */

/* False: text names nothing; the fault has been added. */
static bool find_end(struct plan *p, const struct plan_module *m, const char *text, int line,
		     struct end *e)
{
	const char *dot = strchr(text, '.');
	char *first = dot ? mem_strndup(text, (size_t)(dot - text)) : NULL;

	*e = (struct end){ .of = m };
	e->number = !dot && plan_number(text, &e->bits, &e->needs);
	if (dot) {
		e->in = plan_instance(m, first);
		e->of = e->in ? plan_module(p, e->in->module) : NULL;
		e->port = e->of ? plan_port(e->of, dot + 1) : NULL;
		if (!e->in || (e->of && !e->port))
			plan_fault(p, "name", line, "%s: there is no %s %s", m->name,
				   e->in ? "port" : "instance", e->in ? text : first);
	} else if (e->number) {
		if (e->bits && e->needs > e->bits)
			plan_fault(p, "width", line, "%s: %s has %ld bits, and its value needs %ld",
				   m->name, text, e->bits, e->needs);
	} else {
		e->port = plan_port(m, text);
		if (!e->port)
			plan_fault(p, "name", line, "%s: there is no port %s", m->name, text);
	}
	free(first);
	return e->port || e->number;
}

static bool drives(const struct end *e)
{
	return e->number || (e->in ? e->port->output : !e->port->output);
}

static bool bits_of(const struct plan_module *m, const struct end *e, long *bits)
{
	struct str why = STR_INIT;
	bool ok =
		e->number || plan_width(e->port->width, e->of, e->in, e->in ? m : NULL, bits, &why);

	if (e->number)
		*bits = e->bits;
	str_free(&why);
	return ok;
}

static const char *role_name(enum plan_role r)
{
	static const char *const names[] = { "data", "a clock", "a reset (high)", "a reset (low)" };

	return names[r];
}

static void check_roles(struct plan *p, const struct plan_module *m, const struct plan_pair *w,
			const struct end *from, const struct end *to)
{
	enum plan_role a = from->number ? to->port->role : from->port->role, b = to->port->role;
	bool clock = a == PLAN_CLOCK || b == PLAN_CLOCK || (from->number && b == PLAN_CLOCK);

	/* Data may drive a reset only through a port with that role. */
	if (a != b || (from->number && b == PLAN_CLOCK))
		plan_fault(p, clock ? "clock" : "reset", w->line, "%s: %s is %s, and %s is %s",
			   m->name, w->a, from->number ? "a number" : role_name(a), w->b,
			   role_name(b));
}

static void check_wire(struct plan *p, const struct plan_module *m, const struct plan_pair *w,
		       struct end *to, bool *taken)
{
	struct end from;
	long a, b;

	*taken = find_end(p, m, w->a, w->line, &from);
	if (strcmp(w->b, PLAN_NOWHERE) == 0) {
		if (*taken && (!from.in || !from.port->output))
			plan_fault(p, "direction", w->line,
				   "%s: %s is not an output of an instance", m->name, w->a);
		*taken = false;
		return;
	}
	*taken = find_end(p, m, w->b, w->line, to) && *taken;
	if (!*taken)
		return;
	if (!drives(&from) || drives(to)) {
		plan_fault(p, "direction", w->line, "%s: %s %s", m->name,
			   drives(&from) ? w->b : w->a,
			   drives(&from) ? "takes no value" : "drives nothing");
		*taken = false;
		return;
	}
	check_roles(p, m, w, &from, to);
	if (!bits_of(m, &from, &a) || !bits_of(m, to, &b))
		return;
	if (from.number && a == 0 && from.needs > b)
		plan_fault(p, "width", w->line, "%s: %s needs %ld bits, %s has %ld", m->name, w->a,
			   from.needs, w->b, b);
	else if (a != b && a)
		plan_fault(p, "width", w->line, "%s: %s has %ld bit%s, %s has %ld", m->name, w->a,
			   a, a == 1 ? "" : "s", w->b, b);
}

static bool touches(const struct plan_module *m, const char *in, const char *port, bool as_from)
{
	char *name = in ? str_fmt("%s.%s", in, port) : mem_strdup(port);
	bool found = false;

	for (size_t i = 0; i < m->n_wires && !found; i++)
		found = strcmp(as_from ? m->wires[i].a : m->wires[i].b, name) == 0;
	free(name);
	return found;
}

static void check_unconnected(struct plan *p, const struct plan_module *m)
{
	for (size_t i = 0; i < m->n_ports; i++) {
		const struct plan_port *port = &m->ports[i];

		if (!touches(m, NULL, port->name, !port->output))
			plan_fault(p, port->output ? "undriven" : "unused", port->line,
				   port->output ? "%s.%s is driven by nothing"
						: "%s.%s goes nowhere",
				   m->name, port->name);
	}
	for (size_t i = 0; i < m->n_instances; i++) {
		const struct plan_instance *in = &m->instances[i];
		const struct plan_module *of = plan_module(p, in->module);

		for (size_t k = 0; of && k < of->n_ports && p->n_faults < PLAN_FAULTS_MAX; k++) {
			const struct plan_port *port = &of->ports[k];

			if (touches(m, in->name, port->name, port->output))
				continue;
			plan_fault(p, port->output ? "unused" : "unconnected", in->line,
				   port->output ? "%s: %s.%s goes nowhere; if it may, connect it "
						  "to " PLAN_NOWHERE
						: "%s: %s.%s is not connected",
				   m->name, in->name, port->name);
		}
	}
}

static void check_wires(struct plan *p, const struct plan_module *m)
{
	for (size_t i = 0; i < m->n_wires; i++) {
		struct end to;
		bool taken;

		check_wire(p, m, &m->wires[i], &to, &taken);
		for (size_t k = 0; taken && k < i; k++)
			if (strcmp(m->wires[k].b, m->wires[i].b) == 0) {
				plan_fault(p, "driver", m->wires[i].line,
					   "%s: %s is driven by %s and by %s", m->name,
					   m->wires[i].b, m->wires[k].a, m->wires[i].a);
				break;
			}
	}
	if (m->n_instances)
		check_unconnected(p, m);
	else if (m->n_wires)
		plan_fault(p, "connection", m->wires[0].line,
			   "%s has no instances, so nothing can be connected in it", m->name);
}

/* Requirements ------------------------------------------------------------------------ */

static bool is_served(const struct plan *p, const char *id)
{
	for (size_t i = 0; i < p->n; i++)
		if (strv_has(&p->modules[i].serves, id))
			return true;
	return false;
}

static void check_served(struct plan *p, const struct spec *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].id[0] && !is_served(p, s->v[i].id))
			plan_fault(p, "requirement", 1, "%s (spec.md:%d) is served by no module",
				   s->v[i].id, s->v[i].line);
	for (size_t i = 0; i < p->n; i++) {
		const struct plan_module *m = &p->modules[i];

		for (size_t k = 0; k < m->serves.n; k++)
			if (!spec_find(s, m->serves.v[k]))
				plan_fault(p, "requirement", m->line,
					   "%s serves %s, which is not a "
					   "requirement",
					   m->name, m->serves.v[k]);
		if (m->serves.n == 0)
			plan_fault(p, "requirement", m->line, "%s serves no requirement", m->name);
	}
}

/* Every module except the first must be instantiated. */
static void check_tops(struct plan *p)
{
	for (size_t i = 1; i < p->n; i++) {
		bool used = false;

		for (size_t k = 0; k < p->n && !used; k++)
			for (size_t j = 0; j < p->modules[k].n_instances && !used; j++)
				used = k != i && strcmp(p->modules[k].instances[j].module,
							p->modules[i].name) == 0;
		if (!used)
			plan_fault(p, "top", p->modules[i].line,
				   "%s is an instance of nothing, and only the first module is the "
				   "top",
				   p->modules[i].name);
	}
}

void plan_check(struct plan *p, const struct spec *s)
{
	plan_check_graph(p); /* first: faults of other kinds can reach PLAN_FAULTS_MAX */
	for (size_t i = 0; i < p->n; i++) {
		const struct plan_module *m = &p->modules[i];

		check_name(p, "a module", m->name, m->line);
		if (plan_module(p, m->name) != m)
			plan_fault(p, "twice", m->line, "there are two modules %s", m->name);
		check_names(p, m);
		check_params(p, m);
		check_ports(p, m);
		check_instances(p, m);
		check_wires(p, m);
	}
	check_tops(p);
	if (s)
		check_served(p, s);
}
