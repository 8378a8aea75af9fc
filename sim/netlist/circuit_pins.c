/* Two lists are filled while the XML is read: ports as (module, number), uses as
 * (instance, number). At the end the ports are sorted, and each use finds its name by
 * binary search.
 */
#include "config.h"

#include "sim/netlist/circuit_pins.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/tool/circuit.h"

static const char by_position[] = "__pinNumber";

struct pin_port {
	uint32_t module, number, var;
};

struct pin_use {
	uint32_t child, node, number;
};

void circuit_pins_fini(struct circuit_pins *p)
{
	free(p->ports);
	free(p->uses);
	*p = (struct circuit_pins){ 0 };
}

/* 0: not a number. */
static uint32_t number_of(const char *text)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	return *text >= '1' && *text <= '9' && !*end && n < UINT32_MAX ? (uint32_t)n : 0;
}

void circuit_pins_port(struct circuit_pins *p, uint32_t module, uint32_t var, const char *number)
{
	uint32_t n = number_of(number);

	if (!n)
		return;
	MEM_PUSH(p->ports, p->n_ports, p->cap_ports, (struct pin_port){ module, n, var });
}

void circuit_pins_use(struct circuit_pins *p, uint32_t child, uint32_t node, const char *name)
{
	uint32_t n = str_starts(name, by_position) ? number_of(name + strlen(by_position)) : 0;

	if (!n)
		return;
	MEM_PUSH(p->uses, p->n_uses, p->cap_uses, (struct pin_use){ child, node, n });
}

static int by_number(const void *a, const void *b)
{
	const struct pin_port *x = a, *y = b;

	if (x->module != y->module)
		return x->module < y->module ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

void circuit_pins_end(struct circuit_pins *p, struct circuit *c)
{
	if (p->n_ports)
		qsort(p->ports, p->n_ports, sizeof(*p->ports), by_number);
	for (size_t i = 0; p->n_ports && i < p->n_uses; i++) {
		const struct pin_use *use = &p->uses[i];
		struct pin_port key = { c->children[use->child].module, use->number, 0 };
		const struct pin_port *port =
			bsearch(&key, p->ports, p->n_ports, sizeof(*p->ports), by_number);

		if (port)
			c->nodes[use->node].ref = circuit_text(c, c->vars[port->var].name);
	}
}
