/* A clock is read in one of three forms; any other is not certain:
 *
 *	ports		an input, or one gate of inputs
 *	gated		an input and a latch or register that changes only while the gate
 *			is closed; its edges are those of the input
 *	register	the output of a register
 *
 * Inverters may stand anywhere. A register with a clock of the first two forms may take
 * anything but clocks, since those may change at once; one whose clock is a register may
 * take only other inputs, and registers with that same clock, which change with it.
 */
#include "config.h"

#include "sim/yosys/yosys_order.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/yosys/yosys_cells.h"
#include "sim/yosys/yosys_netlist.h"
#include "sim/yosys/yosys_run.h"

#define INVERTERS_MAX 16
#define VISITS_MAX    100000000u /* nets, of all registers together: seconds */

struct order {
	const cJSON *module;
	struct ynet *n;
	const cJSON **driver; /* per net; NULL: a port, or nothing */
	int *port;	      /* per net: 1 + index of the input; 0: none */
	unsigned *stamp;      /* per net: the last walk that saw it */
	int *stack;
	unsigned walk;
	size_t visits;
};

/* The driver of a net, seen through inverters. */
struct origin {
	int net;
	bool inverse;
	int port;	   /* 1 + index of an input of one bit; 0: none */
	const cJSON *cell; /* that drives it; NULL: none */
	bool stateful;	   /* the cell is a register or a latch */
};

struct clock {
	bool *ports;	      /* per port: its edge may be one of this clock */
	struct origin origin; /* with by_register */
	bool falling, by_register;
};

static bool is_stateful(const cJSON *cell)
{
	const char *type = json_string(cell, "type");

	return ycell_is_register(cell) || (type && ycell_is_latch(type));
}

static bool is_type(const cJSON *cell, const char *a, const char *b)
{
	const char *type = json_string(cell, "type");

	return type && (strcmp(type, a) == 0 || strcmp(type, b) == 0);
}

static struct origin origin_of(const struct order *o, int net)
{
	struct origin s = { .net = net };

	for (int i = 0; s.net && i < INVERTERS_MAX; i++) {
		int port = o->port[s.net];

		s.cell = o->driver[s.net];
		s.port = port && o->n->ports[port - 1].width == 1 ? port : 0;
		s.stateful = s.cell && is_stateful(s.cell);
		if (!s.cell || !is_type(s.cell, "$not", "$logic_not") ||
		    !ycell_pin_net(s.cell, "A") || !ycell_pin_net(s.cell, "Y"))
			break;
		s.inverse = !s.inverse;
		s.net = ycell_pin_net(s.cell, "A");
	}
	return s;
}

/* Clocks ------------------------------------------------------------------------------- */

/* True if `state` changes only while the input `by` has that level. */
static bool changes_at(const struct order *o, const struct origin *state, const struct origin *by,
		       bool level)
{
	bool latch = is_type(state->cell, "$dlatch", "$dlatch");
	const char *pin = latch ? "EN" : "CLK";
	struct origin s = origin_of(o, ycell_pin_net(state->cell, pin));
	bool active = ycell_is_one(state->cell, latch ? "EN_POLARITY" : "CLK_POLARITY");

	return (latch || is_type(state->cell, "$dff", "$dffe")) && s.port == by->port &&
	       (active != s.inverse) == level;
}

/* A clock gate: an and that is open while the input is 1, or an or while it is 0. */
static bool is_gated(const struct order *o, const cJSON *cell, struct clock *c)
{
	struct origin a = origin_of(o, ycell_pin_net(cell, "A"));
	struct origin b = origin_of(o, ycell_pin_net(cell, "B"));
	const struct origin *by = a.port ? &a : &b, *state = a.port ? &b : &a;
	bool and_ = is_type(cell, "$and", "$logic_and");

	if (!(and_ || is_type(cell, "$or", "$logic_or")) || !by->port || !state->stateful ||
	    !changes_at(o, state, by, and_ ? by->inverse : !by->inverse))
		return false;
	c->ports[by->port - 1] = true;
	return true;
}

/* An input twice could make a pulse of no length. */
static bool is_gate_of_ports(const struct order *o, const cJSON *cell, struct clock *c)
{
	const cJSON *pin, *bit;

	cJSON_ArrayForEach(pin, json_object(cell, "connections")) {
		if (ycell_is_output(cell, pin->string))
			continue;
		cJSON_ArrayForEach(bit, pin) {
			int net = ycell_net(bit);
			struct origin s = origin_of(o, net);

			if (net && (!s.port || c->ports[s.port - 1]))
				return false;
			if (net)
				c->ports[s.port - 1] = true;
		}
	}
	return true;
}

static bool read_clock(const struct order *o, const cJSON *reg, struct clock *c)
{
	struct origin s = origin_of(o, ycell_pin_net(reg, "CLK"));

	memset(c->ports, 0, o->n->n_ports * sizeof(*c->ports));
	c->origin = s;
	c->falling = ycell_is_one(reg, "CLK_POLARITY") == s.inverse;
	c->by_register = s.cell && ycell_is_register(s.cell);
	if (s.port)
		c->ports[s.port - 1] = true;
	return s.port || c->by_register ||
	       (s.cell && !s.stateful &&
		(is_gated(o, s.cell, c) || is_gate_of_ports(o, s.cell, c)));
}

/* Data --------------------------------------------------------------------------------- */

static void push(struct order *o, const cJSON *bits, size_t *depth)
{
	const cJSON *bit;

	cJSON_ArrayForEach(bit, bits) {
		int net = ycell_net(bit);

		if (!net || o->stamp[net] == o->walk)
			continue;
		o->stamp[net] = o->walk;
		o->stack[(*depth)++] = net;
		o->visits++;
	}
}

static void push_inputs(struct order *o, const cJSON *cell, size_t *depth)
{
	const cJSON *pin;

	cJSON_ArrayForEach(pin, json_object(cell, "connections"))
		if (!ycell_is_output(cell, pin->string))
			push(o, pin, depth);
}

static bool has_clock(const struct order *o, const cJSON *reg, const struct clock *c)
{
	struct origin s = origin_of(o, ycell_pin_net(reg, "CLK"));

	return s.net == c->origin.net &&
	       (ycell_is_one(reg, "CLK_POLARITY") == s.inverse) == c->falling;
}

/* True if nothing that a register takes changes just before its clock, and with it.
 * Asynchronous pins may: what they do is done when the step ends. */
static bool takes_no_clock(struct order *o, const cJSON *reg, const struct clock *c)
{
	static const char *const pins[] = { "D", "EN", "SRST", "AD" };
	size_t depth = 0;

	o->walk++;
	for (size_t i = 0; i < sizeof(pins) / sizeof(*pins); i++)
		push(o, ycell_pin(reg, pins[i]), &depth);
	while (depth) {
		int net = o->stack[--depth], port = o->port[net];
		const cJSON *cell = o->driver[net];

		if (o->visits > VISITS_MAX)
			return false;
		if (port && o->n->ports[port - 1].clock)
			return false;
		if (!cell)
			continue;
		if (!ycell_is_register(cell))
			push_inputs(o, cell, &depth);
		else if (c->by_register && !has_clock(o, cell, c))
			return false;
	}
	return true;
}

/* Both --------------------------------------------------------------------------------- */

/* A declared signal that holds the register's first bit. */
static const char *name_of(const struct order *o, const cJSON *reg)
{
	const cJSON *q = ycell_pin(reg, "Q"), *name, *bit;
	int net = q && q->child ? ycell_net(q->child) : 0;

	cJSON_ArrayForEach(name, json_object(o->module, "netnames")) {
		if (name->string[0] == '$' || !net)
			continue;
		cJSON_ArrayForEach(bit, json_array(name, "bits"))
			if (ycell_net(bit) == net)
				return name->string;
	}
	return "a register";
}

static void doubt(struct order *o, const cJSON *reg, const char *why)
{
	if (!o->n->unordered)
		o->n->unordered = str_fmt("%.100s %s", name_of(o, reg), why);
}

static void init(struct order *o)
{
	const cJSON *ports = json_object(o->module, "ports"), *cell, *pin, *bit;

	o->driver = mem_calloc(YNET_BITS_MAX, sizeof(*o->driver));
	o->port = mem_calloc(YNET_BITS_MAX, sizeof(*o->port));
	o->stamp = mem_calloc(YNET_BITS_MAX, sizeof(*o->stamp));
	o->stack = mem_calloc(YNET_BITS_MAX, sizeof(*o->stack));
	for (size_t i = 0; i < o->n->n_ports; i++)
		if (o->n->ports[i].input)
			cJSON_ArrayForEach(
				bit, json_array(json_object(ports, o->n->ports[i].name), "bits"))
				o->port[ycell_net(bit)] = 1 + (int)i;
	cJSON_ArrayForEach(cell, json_object(o->module, "cells"))
		cJSON_ArrayForEach(pin, json_object(cell, "connections"))
			if (ycell_is_output(cell, pin->string))
				cJSON_ArrayForEach(bit, pin)
					o->driver[ycell_net(bit)] = cell;
	o->driver[0] = NULL;
	o->port[0] = 0;
}

static void read_clocks(struct order *o, struct clock *c)
{
	const cJSON *cell;

	cJSON_ArrayForEach(cell, json_object(o->module, "cells")) {
		if (!ycell_is_register(cell))
			continue;
		if (!read_clock(o, cell, c))
			doubt(o, cell,
			      "has a clock from logic in which a simulator may see "
			      "edges that yosys does not");
		for (size_t i = 0; i < o->n->n_ports; i++)
			o->n->ports[i].clock |= c->ports[i];
	}
}

static bool read_data(struct order *o, struct clock *c, struct err *err)
{
	const cJSON *cell;

	cJSON_ArrayForEach(cell, json_object(o->module, "cells")) {
		if (!task_breathe(err))
			return false;
		if (!o->n->unordered && ycell_is_register(cell) && read_clock(o, cell, c) &&
		    !takes_no_clock(o, cell, c))
			doubt(o, cell,
			      c->by_register
				      ? "is clocked by a register and takes what changes at the "
					"same moment: for yosys the value before, for a simulator "
					"the one after"
				      : "takes a clock as data: for yosys the value before its "
					"edge, for a simulator the one after");
	}
	return true;
}

static bool read_order(const cJSON *module, struct ynet *n, struct err *err)
{
	struct order o = { .module = module, .n = n };
	struct clock c = { .ports = mem_calloc(n->n_ports + 1, sizeof(*c.ports)) };
	bool ok;

	init(&o);
	read_clocks(&o, &c);
	ok = read_data(&o, &c, err);
	free(c.ports);
	free(o.driver);
	free(o.port);
	free(o.stamp);
	free(o.stack);
	return ok;
}

/* Constants are folded first: `proc` leaves the enable of a latch behind some. */
bool yosys_order(struct yosys *y, const char *il, const char *module, struct ynet *n,
		 struct err *err)
{
	char *script = str_fmt("read_rtlil " YOSYS_OUT "%s\nopt_expr\nopt_clean\n"
			       "write_json " YOSYS_OUT "order.json\n",
			       il);
	struct str text = STR_INIT;
	cJSON *all = NULL, *found = NULL;
	bool ok = yosys_run(y, script, err) && yosys_file(y, "order.json", &text, err) &&
		  (found = ynet_module(str_cstr(&text), text.len, module, &all, err));

	ok = ok && read_order(found, n, err);
	cJSON_Delete(all);
	str_free(&text);
	free(script);
	return ok;
}
