/* Compares RTL with its plan. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"
#include "session/verilog/verilog.h"

/* Width of a port of the RTL with the plan's parameters; false: unknown. */
static bool rtl_bits(const char *type, const struct plan_module *m, long *bits)
{
	return plan_range(type, m, bits) &&
	       (strchr(type, '[') || (!strstr(type, "int") && !strstr(type, "real")));
}

static const char *dir_name(enum vport_dir d)
{
	return d == VPORT_INPUT ? "input" : d == VPORT_OUTPUT ? "output" : "neither";
}

static void compare_port(const struct plan_module *m, const struct plan_port *port,
			 const struct vport *v, struct strv *out)
{
	const char *want = port->output ? "output" : "input";
	struct str why = STR_INIT;
	long a, b;

	if (!v) {
		strv_addf(out, "%s.%s: planned, and not in the code", m->name, port->name);
		return;
	}
	if (v->dir != (port->output ? VPORT_OUTPUT : VPORT_INPUT))
		strv_addf(out, "%s.%s: planned as %s, in the code %s", m->name, port->name, want,
			  dir_name(v->dir));
	if (plan_width(port->width, m, NULL, NULL, &a, &why) && rtl_bits(v->type, m, &b) &&
	    (a != b || v->dims[0]))
		strv_addf(out, "%s.%s: planned with %ld bit%s, in the code %ld%s", m->name,
			  port->name, a, a == 1 ? "" : "s", b, v->dims);
	str_free(&why);
}

static const char *module_in_rtl(const struct vmodule *rtl, const char *instance)
{
	for (size_t i = 0; i < rtl->n_instances; i++)
		if (strcmp(rtl->instances[i].name, instance) == 0)
			return rtl->instances[i].module;
	return NULL;
}

static void compare_instances(const struct plan_module *m, const struct vmodule *rtl,
			      struct strv *out)
{
	for (size_t i = 0; i < m->n_instances; i++) {
		const char *is = module_in_rtl(rtl, m->instances[i].name);

		if (!is)
			strv_addf(out, "%s: instance %s is planned, and not in the code", m->name,
				  m->instances[i].name);
		else if (strcmp(is, m->instances[i].module) != 0)
			strv_addf(out, "%s: instance %s is planned as %s, in the code %s", m->name,
				  m->instances[i].name, m->instances[i].module, is);
	}
	for (size_t i = 0; i < rtl->n_instances; i++)
		if (!plan_instance(m, rtl->instances[i].name))
			strv_addf(out, "%s: instance %s of %s is in the code, and not planned",
				  m->name, rtl->instances[i].name, rtl->instances[i].module);
}

static const char *planned_value(const struct plan_module *m, const char *name)
{
	for (size_t i = 0; i < m->n_params; i++)
		if (strcmp(m->params[i].a, name) == 0)
			return m->params[i].b;
	return NULL;
}

/* Both as numbers; what cannot be evaluated here is not compared. */
static void compare_value(const struct plan_module *m, const struct vparam *v, const char *planned,
			  struct strv *out)
{
	struct str why = STR_INIT;
	long a, b;

	if (plan_width(planned, m, NULL, NULL, &a, &why) &&
	    plan_width(v->value, m, NULL, NULL, &b, &why) && a != b)
		strv_addf(out, "%s.%s: planned as %ld, in the code %ld", m->name, v->name, a, b);
	str_free(&why);
}

static void compare_params(const struct plan_module *m, const struct vmodule *rtl, struct strv *out)
{
	for (size_t i = 0; i < rtl->n_params; i++) {
		const struct vparam *v = &rtl->params[i];
		const char *planned = planned_value(m, v->name);

		if (v->local)
			continue;
		if (planned)
			compare_value(m, v, planned, out);
		else
			strv_addf(out, "%s: parameter %s is in the code, and not planned", m->name,
				  v->name);
	}
	for (size_t i = 0; i < m->n_params; i++) {
		bool there = false;

		for (size_t k = 0; k < rtl->n_params && !there; k++)
			there = !rtl->params[k].local &&
				strcmp(rtl->params[k].name, m->params[i].a) == 0;
		if (!there)
			strv_addf(out, "%s: parameter %s is planned, and not in the code", m->name,
				  m->params[i].a);
	}
}

void plan_compare(const struct plan_module *m, const struct vmodule *rtl, struct strv *out)
{
	for (size_t i = 0; i < m->n_ports; i++)
		compare_port(m, &m->ports[i], vmodule_port(rtl, m->ports[i].name), out);
	for (size_t i = 0; i < rtl->n_ports; i++)
		if (!plan_port(m, rtl->ports[i].name))
			strv_addf(out, "%s.%s: in the code, and not planned", m->name,
				  rtl->ports[i].name);
	compare_params(m, rtl, out);
	compare_instances(m, rtl, out);
}
