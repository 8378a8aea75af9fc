/* Generates code from a plan: the header of every module, and all of a module that
 * only connects others. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/flow/plan.h"

static void add_range(const char *width, struct str *out)
{
	char *end;
	long n = strtol(width, &end, 10);

	if (*end == '\0' && n == 1)
		return;
	if (*end == '\0')
		str_addf(out, "[%ld:0] ", n - 1);
	else
		str_addf(out, strpbrk(width, "+-*/ ") ? "[(%s)-1:0] " : "[%s-1:0] ", width);
}

void plan_head(const struct plan_module *m, struct str *out)
{
	str_addf(out, "module %s", m->name);
	for (size_t i = 0; i < m->n_params; i++)
		str_addf(out, "%s    parameter %s = %s", i ? ",\n" : " #(\n", m->params[i].a,
			 m->params[i].b);
	str_adds(out, m->n_params ? "\n) (\n" : " (\n");
	for (size_t i = 0; i < m->n_ports; i++) {
		str_addf(out, "    %s wire ", m->ports[i].output ? "output" : "input ");
		add_range(m->ports[i].width, out);
		str_addf(out, "%s%s\n", m->ports[i].name, i + 1 < m->n_ports ? "," : "");
	}
	str_adds(out, ");\n");
}

/* The value of the parameter whose name is the first n bytes of name; NULL: none. */
static const char *value_of(const struct plan_pair *v, size_t n_params, const char *name, size_t n)
{
	for (size_t i = 0; i < n_params; i++)
		if (strlen(v[i].a) == n && memcmp(v[i].a, name, n) == 0)
			return v[i].b;
	return NULL;
}

/* The width of an instance's port, written in terms of the enclosing module. */
static void width_outside(const char *width, const struct plan_module *of,
			  const struct plan_instance *in, struct str *out, int depth)
{
	while (*width) {
		size_t n = strspn(width, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
					 "0123456789");
		const char *given = value_of(in->params, in->n_params, width, n);
		const char *value = given ? given : value_of(of->params, of->n_params, width, n);

		if (value && !given && depth < 8) {
			str_addc(out, '(');
			width_outside(value, of, in, out, depth + 1);
			str_addc(out, ')');
		} else if (value) {
			str_addf(out, strpbrk(value, "+-*/ ") ? "(%s)" : "%s", value);
		} else {
			str_add(out, width, n ? n : 1);
		}
		width += n ? n : 1;
	}
}

/* Names of the wires, one for each port of each instance, in order. */
struct wiring {
	const struct plan *p;
	const struct plan_module *m;
	struct strv names;
};

static bool is_taken(const struct wiring *w, const char *name)
{
	bool taken =
		plan_port(w->m, name) || plan_instance(w->m, name) || strv_has(&w->names, name);

	for (size_t i = 0; i < w->m->n_params && !taken; i++)
		taken = strcmp(w->m->params[i].a, name) == 0;
	return taken;
}

static void name_wires(struct wiring *w)
{
	for (size_t i = 0; i < w->m->n_instances; i++) {
		const struct plan_instance *in = &w->m->instances[i];
		const struct plan_module *of = plan_module(w->p, in->module);

		for (size_t k = 0; k < of->n_ports; k++) {
			struct str name = STR_INIT;

			str_addf(&name, "%s_%s", in->name, of->ports[k].name);
			while (is_taken(w, str_cstr(&name)))
				str_addc(&name, '_');
			strv_give(&w->names, str_take(&name));
		}
	}
}

static const char *wire_name(const struct wiring *w, const char *in, size_t len, const char *port)
{
	size_t at = 0;

	for (size_t i = 0; i < w->m->n_instances; i++) {
		const struct plan_instance *it = &w->m->instances[i];
		const struct plan_module *of = plan_module(w->p, it->module);

		if (strlen(it->name) == len && memcmp(it->name, in, len) == 0)
			return w->names.v[at + (size_t)(plan_port(of, port) - of->ports)];
		at += of->n_ports;
	}
	return ""; /* not in a plan without faults */
}

/* The driver of a sink as code: a port, a wire, a number. */
static void driver(const struct wiring *w, const char *to, struct str *out)
{
	for (size_t i = 0; i < w->m->n_wires; i++) {
		const char *from = w->m->wires[i].a, *dot = strchr(from, '.');

		if (strcmp(w->m->wires[i].b, to) != 0)
			continue;
		str_adds(out, dot ? wire_name(w, from, (size_t)(dot - from), dot + 1) : from);
		return;
	}
}

static bool is_read(const struct plan_module *m, const char *in, const char *port)
{
	char *name = str_fmt("%s.%s", in, port);
	bool read = false;

	for (size_t i = 0; i < m->n_wires && !read; i++)
		read = strcmp(m->wires[i].a, name) == 0 && strcmp(m->wires[i].b, PLAN_NOWHERE) != 0;
	free(name);
	return read;
}

static void add_wires(const struct wiring *w, const struct plan_instance *in, struct str *out)
{
	const struct plan_module *of = plan_module(w->p, in->module);

	for (size_t i = 0; i < of->n_ports; i++) {
		struct str width = STR_INIT;

		if (!of->ports[i].output || !is_read(w->m, in->name, of->ports[i].name))
			continue;
		width_outside(of->ports[i].width, of, in, &width, 0);
		str_adds(out, "    wire ");
		add_range(str_cstr(&width), out);
		str_addf(out, "%s;\n", wire_name(w, in->name, strlen(in->name), of->ports[i].name));
		str_free(&width);
	}
}

static void add_instance(const struct wiring *w, const struct plan_instance *in, struct str *out)
{
	const struct plan_module *of = plan_module(w->p, in->module);

	str_addf(out, "\n    %s", in->module);
	for (size_t i = 0; i < in->n_params; i++)
		str_addf(out, "%s.%s(%s)", i ? ", " : " #(", in->params[i].a, in->params[i].b);
	str_addf(out, "%s %s (\n", in->n_params ? ")" : "", in->name);
	for (size_t i = 0; i < of->n_ports; i++) {
		const struct plan_port *port = &of->ports[i];
		char *place = str_fmt("%s.%s", in->name, port->name);

		str_addf(out, "        .%s(", port->name);
		if (!port->output)
			driver(w, place, out);
		else if (is_read(w->m, in->name, port->name))
			str_adds(out, wire_name(w, in->name, strlen(in->name), port->name));
		str_addf(out, ")%s\n", i + 1 < of->n_ports ? "," : "");
		free(place);
	}
	str_adds(out, "    );\n");
}

void plan_make(const struct plan *p, const struct plan_module *m, struct str *out)
{
	struct wiring w = { .p = p, .m = m };

	name_wires(&w);
	str_addf(out, "// Made from plan.md by `posedge plan`: change it there.\n");
	plan_head(m, out);
	for (size_t i = 0; i < m->n_instances; i++)
		add_wires(&w, &m->instances[i], out);
	for (size_t i = 0; i < m->n_instances; i++)
		add_instance(&w, &m->instances[i], out);
	for (size_t i = 0, n = 0; i < m->n_ports; i++) {
		if (!m->ports[i].output)
			continue;
		str_addf(out, "%s    assign %s = ", n++ ? "" : "\n", m->ports[i].name);
		driver(&w, m->ports[i].name, out);
		str_adds(out, ";\n");
	}
	str_adds(out, "endmodule\n");
	strv_free(&w.names);
}
