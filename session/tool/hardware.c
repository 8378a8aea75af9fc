/* Hardware of a design as plain data: modules with their ports, parameters,
 * registers, latches and instances. Merging keeps the first module of each name,
 * because several designs of one project elaborate the same modules.
 */
#include "config.h"

#include "session/tool/hardware.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

static void free_names(struct hw_name *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(v[i].name);
	free(v);
}

static void free_module(struct hw_module *m)
{
	for (size_t i = 0; i < m->n_ports; i++)
		free(m->ports[i].name);
	for (size_t i = 0; i < m->n_parameters; i++) {
		free(m->parameters[i].name);
		free(m->parameters[i].value);
	}
	for (size_t i = 0; i < m->n_registers; i++) {
		free(m->registers[i].name);
		free(m->registers[i].clock);
		free(m->registers[i].reset_by);
	}
	for (size_t i = 0; i < m->n_instances; i++) {
		free(m->instances[i].name);
		free(m->instances[i].module);
	}
	free(m->ports);
	free(m->parameters);
	free(m->registers);
	free(m->instances);
	free_names(m->latches, m->n_latches);
	free_names(m->clocks, m->n_clocks);
	free(m->name);
	free(m->source);
}

void hardware_fini(struct hardware *h)
{
	for (size_t i = 0; i < h->n; i++)
		free_module(&h->modules[i]);
	free(h->modules);
	*h = HARDWARE_INIT;
}

struct hw_module *hardware_module(struct hardware *h, const char *name, const char *source)
{
	MEM_ROOM(h->modules, h->n, h->cap);
	h->modules[h->n] =
		(struct hw_module){ .name = mem_strdup(name), .source = mem_strdup(source) };
	return &h->modules[h->n++];
}

void hw_module_port(struct hw_module *m, const char *name, enum hw_direction d, struct hw_size size)
{
	MEM_PUSH(m->ports, m->n_ports, m->cap_ports, (struct hw_port){ mem_strdup(name), d, size });
}

void hw_module_parameter(struct hw_module *m, const char *name, const char *value)
{
	MEM_PUSH(m->parameters, m->n_parameters, m->cap_parameters,
		 (struct hw_parameter){ mem_strdup(name), mem_strdup(value) });
}

static void add_clock(struct hw_module *m, const char *clock)
{
	for (size_t i = 0; i < m->n_clocks; i++)
		if (strcmp(m->clocks[i].name, clock) == 0)
			return;
	MEM_PUSH(m->clocks, m->n_clocks, m->cap_clocks, (struct hw_name){ mem_strdup(clock) });
}

void hw_module_register(struct hw_module *m, const struct hw_register *r)
{
	MEM_PUSH(m->registers, m->n_registers, m->cap_registers,
		 (struct hw_register){
			 .name = mem_strdup(r->name),
			 .size = r->size,
			 .clock = mem_strdup(r->clock),
			 .reset = r->reset,
			 .reset_by = mem_strdup(r->reset_by ? r->reset_by : ""),
		 });
	add_clock(m, r->clock);
}

void hw_module_instance(struct hw_module *m, const char *name, const char *module)
{
	MEM_PUSH(m->instances, m->n_instances, m->cap_instances,
		 (struct hw_instance){ mem_strdup(name), mem_strdup(module) });
}

void hw_module_latch(struct hw_module *m, const char *name)
{
	MEM_PUSH(m->latches, m->n_latches, m->cap_latches, (struct hw_name){ mem_strdup(name) });
}

const struct hw_module *hardware_find(const struct hardware *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcmp(h->modules[i].name, name) == 0)
			return &h->modules[i];
	return NULL;
}

void hardware_drop(struct hardware *h, size_t i)
{
	free_module(&h->modules[i]);
	h->n--;
	memmove(&h->modules[i], &h->modules[i + 1], (h->n - i) * sizeof(*h->modules));
}

void hardware_merge(struct hardware *into, const struct hardware *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct hw_module *x = &from->modules[i];
		struct hw_module *m;

		if (hardware_find(into, x->name))
			continue;
		m = hardware_module(into, x->name, x->source);
		for (size_t k = 0; k < x->n_ports; k++)
			hw_module_port(m, x->ports[k].name, x->ports[k].direction,
				       x->ports[k].size);
		for (size_t k = 0; k < x->n_parameters; k++)
			hw_module_parameter(m, x->parameters[k].name, x->parameters[k].value);
		for (size_t k = 0; k < x->n_registers; k++)
			hw_module_register(m, &x->registers[k]);
		for (size_t k = 0; k < x->n_instances; k++)
			hw_module_instance(m, x->instances[k].name, x->instances[k].module);
		for (size_t k = 0; k < x->n_latches; k++)
			hw_module_latch(m, x->latches[k].name);
	}
}
