/* A net is a number in the JSON; a bit of a port or pin is such a number, or "0", "1",
 * "x". Clocks are the nets at CLK pins: if that is one bit of one input with no other
 * use, time can be counted in its cycles, which makes proofs cheap. Otherwise each
 * change of an input is a step.
 */
#include "config.h"

#include "sim/yosys/yosys_netlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "sim/yosys/yosys_cells.h"

/* Facts about each net. */
struct nets {
	int *port;	     /* 1 + index of its input port; 0: none */
	unsigned char *data; /* has a use other than a CLK pin */
	int *inverse_of;     /* the net that it inverts; 0: none */
	const cJSON **gate;  /* the and or or with that one output; NULL */
	const char **name;   /* of the declared signal that it is a bit of; NULL */
	unsigned char *seen; /* by what is being looked for */
	size_t n;
};

cJSON *ynet_module(const char *text, size_t len, const char *name, cJSON **all, struct err *err)
{
	const cJSON *m;

	*all = json_parse(text, len, err);
	m = *all ? json_object(json_object(*all, "modules"), name) : NULL;
	if (*all && !m) {
		cJSON_Delete(*all);
		*all = NULL;
		err_set(err, ERR_TOOL, "yosys wrote a netlist without its module");
	}
	return (cJSON *)m;
}

/* True if it can be written as an escaped Verilog name: printable, no blank. */
static bool ynet_nameable(const char *name)
{
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p <= ' ' || (unsigned char)*p > '~')
			return false;
	return name[0] && name[0] != '$';
}

/* Nets ---------------------------------------------------------------------------- */

static void nets_init(struct nets *s)
{
	s->n = YNET_BITS_MAX;
	s->port = mem_calloc(s->n, sizeof(*s->port));
	s->inverse_of = mem_calloc(s->n, sizeof(*s->inverse_of));
	s->gate = mem_calloc(s->n, sizeof(*s->gate));
	s->name = mem_calloc(s->n, sizeof(*s->name));
	s->data = mem_calloc(s->n, 1);
	s->seen = mem_calloc(s->n, 1);
}

static void nets_fini(struct nets *s)
{
	free(s->port);
	free(s->inverse_of);
	free(s->gate);
	free(s->name);
	free(s->data);
	free(s->seen);
}

static void mark_inputs(const cJSON *module, const struct ynet *n, struct nets *s)
{
	const cJSON *ports = json_object(module, "ports");

	for (size_t i = 0; i < n->n_ports; i++) {
		const cJSON *bits = json_array(json_object(ports, n->ports[i].name), "bits");
		const cJSON *b;

		cJSON_ArrayForEach(b, bits) {
			int net = ycell_net(b);

			if (n->ports[i].input && net)
				s->port[net] = 1 + (int)i;
			else
				s->data[net] = 1;
		}
	}
}

/* Types of gates in which one 1, or one 0, decides. */
static bool is_any(const char *type)
{
	return strcmp(type, "$or") == 0 || strcmp(type, "$logic_or") == 0 ||
	       strcmp(type, "$reduce_or") == 0;
}

static bool is_all(const char *type)
{
	return strcmp(type, "$and") == 0 || strcmp(type, "$logic_and") == 0 ||
	       strcmp(type, "$reduce_and") == 0;
}

static void mark_cell(const cJSON *cell, struct nets *s)
{
	const cJSON *p, *b;
	const char *type = json_string(cell, "type");
	bool reg = ycell_is_register(cell);

	cJSON_ArrayForEach(p, json_object(cell, "connections")) {
		if (reg && strcmp(p->string, "CLK") == 0)
			continue;
		cJSON_ArrayForEach(b, p)
			s->data[ycell_net(b)] = 1;
	}
	if (type && (strcmp(type, "$not") == 0 || strcmp(type, "$logic_not") == 0) &&
	    ycell_pin_net(cell, "Y"))
		s->inverse_of[ycell_pin_net(cell, "Y")] = ycell_pin_net(cell, "A");
	if (type && (is_any(type) || is_all(type)) && ycell_pin_net(cell, "Y"))
		s->gate[ycell_pin_net(cell, "Y")] = cell;
}

static void mark_names(const cJSON *module, struct nets *s)
{
	const cJSON *o, *b;

	cJSON_ArrayForEach(o, json_object(module, "netnames")) {
		if (o->string[0] == '$')
			continue;
		cJSON_ArrayForEach(b, json_array(o, "bits"))
			if (!s->name[ycell_net(b)])
				s->name[ycell_net(b)] = o->string;
	}
}

static void mark(const cJSON *module, const struct ynet *n, struct nets *s)
{
	const cJSON *cell;

	nets_init(s);
	mark_inputs(module, n, s);
	mark_names(module, s);
	cJSON_ArrayForEach(cell, json_object(module, "cells"))
		mark_cell(cell, s);
}

/* The one-bit input that a net is, or is the inverse of; NULL: neither. */
static struct prover_port *root(const struct ynet *n, const struct nets *s, int net, bool *inverse)
{
	*inverse = false;
	for (int i = 0; net && i < 16; i++) {
		if (s->port[net])
			return n->ports[s->port[net] - 1].width == 1 ? &n->ports[s->port[net] - 1]
								     : NULL;
		*inverse = !*inverse;
		net = s->inverse_of[net];
	}
	return NULL;
}

/* Ports --------------------------------------------------------------------------- */

static bool read_port(const cJSON *p, struct ynet *n, struct err *err)
{
	const char *direction = json_string(p, "direction");
	const cJSON *bits = json_array(p, "bits");
	struct prover_port *port = &n->ports[n->n_ports];

	if (!direction || !bits || !p->string)
		return err_set(err, ERR_TOOL, "yosys wrote a port without its bits");
	if (cJSON_GetArraySize(bits) > YNET_WIDTH_MAX)
		return err_set(err, ERR_LIMIT, "port %.60s has more than %d bits", p->string,
			       YNET_WIDTH_MAX);
	*port = (struct prover_port){ .name = mem_strdup(p->string),
				      .width = cJSON_GetArraySize(bits),
				      .input = strcmp(direction, "input") == 0 };
	n->n_ports++;
	if (!n->unsupported && strcmp(direction, "inout") == 0)
		n->unsupported = str_fmt("port %.100s is an inout", p->string);
	if (!n->unsupported && !ynet_nameable(p->string))
		n->unsupported = str_fmt("a port is called %.100s", p->string);
	return true;
}

static bool read_ports(const cJSON *module, struct ynet *n, struct err *err)
{
	const cJSON *ports = json_object(module, "ports"), *p;
	int count = ports ? cJSON_GetArraySize(ports) : 0;

	if (count > YNET_PORTS_MAX)
		return err_set(err, ERR_LIMIT, "more than %d ports", YNET_PORTS_MAX);
	n->ports = mem_calloc((size_t)count + 1, sizeof(*n->ports));
	n->data = mem_calloc((size_t)count + 1, sizeof(*n->data));
	cJSON_ArrayForEach(p, ports)
		if (!read_port(p, n, err))
			return false;
	return true;
}

const struct prover_port *ynet_port(const struct ynet *n, const char *name)
{
	for (size_t i = 0; i < n->n_ports; i++)
		if (strcmp(n->ports[i].name, name) == 0)
			return &n->ports[i];
	return NULL;
}

/* Registers ----------------------------------------------------------------------- */

static void read_clock(const cJSON *cell, struct ynet *n, const struct nets *s)
{
	int net = ycell_pin_net(cell, "CLK");
	bool inverse, falling;
	struct prover_port *port = root(n, s, net, &inverse);

	if (!port) {
		n->one_clock = false;
		return;
	}
	falling = ycell_is_one(cell, "CLK_POLARITY") == inverse;
	if (s->data[net] || inverse || (port->clock && port->falling != falling))
		n->one_clock = false;
	port->clock = true;
	port->falling = falling;
}

static bool makes_x(const char *type)
{
	static const char *const types[] = { "$div", "$mod",	"$divfloor", "$modfloor",
					     "$pow", "$shiftx", NULL };

	return words_has(types, type);
}

static void mark_data(const cJSON *module, struct ynet *n, const struct nets *s)
{
	const cJSON *ports = json_object(module, "ports"), *b;

	for (size_t i = 0; i < n->n_ports; i++)
		cJSON_ArrayForEach(b, json_array(json_object(ports, n->ports[i].name), "bits"))
			n->data[i] |= n->ports[i].input && ycell_net(b) && s->data[ycell_net(b)];
}

/* An asynchronous reset also acts between two cycles. Comparing two designs once per
 * cycle is valid only if it does the same to the same registers in both. */
static void read_async(const cJSON *cell, const char *type, struct ynet *n, const struct nets *s)
{
	const cJSON *q = ycell_pin(cell, "Q");
	const char *value = json_string(json_object(cell, "parameters"), "ARST_VALUE");
	const char *name = q && q->child ? s->name[ycell_net(q->child)] : NULL;
	bool inverse;
	const struct prover_port *port;

	if (ycell_pin(cell, "ALOAD") || ycell_pin(cell, "SET") || ycell_pin(cell, "CLR"))
		n->one_clock = false;
	if (!ycell_pin(cell, "ARST"))
		return;
	port = root(n, s, ycell_pin_net(cell, "ARST"), &inverse);
	if (!port || !name || !value) {
		n->one_clock = false;
		return;
	}
	strv_addf(&n->resets, "%s %s %s %d %s", type, name, port->name,
		  ycell_is_one(cell, "ARST_POLARITY") != inverse, value);
}

static void read_cell(const cJSON *cell, struct ynet *n, const struct nets *s)
{
	const char *type = json_string(cell, "type");

	if (!type || n->unsupported)
		return;
	n->makes_x |= makes_x(type);
	if (type[0] != '$')
		n->unsupported = str_fmt("%.100s is a black box", type);
	else if (str_starts(type, "$mem"))
		n->unsupported =
			mem_strdup("it has a memory that yosys cannot lay out as registers");
	else if (strcmp(type, "$tribuf") == 0)
		n->unsupported = mem_strdup("it has a tristate driver");
	else if (ycell_is_latch(type))
		n->latches++;
	else if (ycell_is_register(cell)) {
		n->registers++;
		read_clock(cell, n, s);
		read_async(cell, type, n, s);
	}
}

/* Marks the bits in *driven, or checks that all of them are marked. */
static bool each_bit(const cJSON *bits, unsigned char *driven, bool mark)
{
	const cJSON *b;
	bool ok = true;

	cJSON_ArrayForEach(b, bits) {
		int net = ycell_net(b);

		if (net && mark)
			driven[net] = 1;
		else if (!mark)
			ok &= net ? driven[net]
				  : cJSON_IsString(b) && (strcmp(b->valuestring, "0") == 0 ||
							  strcmp(b->valuestring, "1") == 0);
	}
	return ok;
}

/* Visits all pins of cells, and ports, of one direction as seen from inside. False:
 * some have no direction, or each_bit() fails. */
static bool each_pin(const cJSON *module, bool driving, unsigned char *driven)
{
	const cJSON *cell, *port, *bits;
	bool ok = true;

	cJSON_ArrayForEach(cell, json_object(module, "cells")) {
		cJSON_ArrayForEach(bits, json_object(cell, "connections")) {
			const char *way =
				json_string(json_object(cell, "port_directions"), bits->string);

			ok &= way != NULL && strcmp(way, "inout") != 0;
			if (way && (strcmp(way, "output") == 0) == driving)
				ok &= each_bit(bits, driven, driving);
		}
	}
	cJSON_ArrayForEach(port, json_object(module, "ports")) {
		const char *way = json_string(port, "direction");

		ok &= way != NULL && strcmp(way, "inout") != 0;
		if (way && (strcmp(way, "input") == 0) == driving)
			ok &= each_bit(json_array(port, "bits"), driven, driving);
	}
	return ok;
}

static bool has_x(const cJSON *module)
{
	unsigned char *driven = mem_calloc(YNET_BITS_MAX, 1);
	bool ok = each_pin(module, true, driven) && each_pin(module, false, driven);

	free(driven);
	return !ok;
}

bool ynet_read(const cJSON *module, struct ynet *out, struct err *err)
{
	const cJSON *cell;
	struct nets s;
	size_t clocks = 0;

	memset(out, 0, sizeof(*out));
	if (!read_ports(module, out, err)) {
		ynet_fini(out);
		return false;
	}
	mark(module, out, &s);
	out->one_clock = true;
	mark_data(module, out, &s);
	cJSON_ArrayForEach(cell, json_object(module, "cells"))
		read_cell(cell, out, &s);
	for (size_t i = 0; i < out->n_ports; i++)
		clocks += out->ports[i].clock;
	out->one_clock &= clocks <= 1 && !(clocks && out->latches);
	out->has_x = has_x(module);
	strv_sort(&out->resets);
	nets_fini(&s);
	return true;
}

void ynet_fini(struct ynet *n)
{
	for (size_t i = 0; i < n->n_ports; i++)
		free(n->ports[i].name);
	free(n->ports);
	free(n->data);
	strv_free(&n->resets);
	free(n->unsupported);
	free(n->unordered);
	memset(n, 0, sizeof(*n));
}

#define RESET_DEPTH 4 /* gates between an input and a register */

/* Resets -------------------------------------------------------------------------- */

static bool contains(const char *name, const char *word)
{
	for (size_t n = strlen(word); *name; name++)
		if (strncasecmp(name, word, n) == 0)
			return true;
	return false;
}

static bool is_called_reset(const char *name)
{
	return contains(name, "rst") || contains(name, "reset") || contains(name, "clr") ||
	       contains(name, "clear");
}

static void take_port(struct prover_port *port, bool active)
{
	if (port->clock || (port->reset && port->active != active))
		return; /* used both ways: keep the first */
	port->reset = true;
	port->active = active;
}

/* The inputs that reset by themselves if a net does at the level `active`: that net, or
 * one of several that are combined, as `if (rst) q <= 0; else if (full) q <= 0;`. */
static void read_reset_net(int net, bool active, bool always, unsigned depth, struct ynet *n,
			   const struct nets *s)
{
	bool inverse;
	struct prover_port *port = root(n, s, net, &inverse);
	const cJSON *bit;

	for (int i = 0; !port && s->inverse_of[net] && i < 16; i++) {
		net = s->inverse_of[net];
		active = !active;
		inverse = false;
	}
	if (port && (always || is_called_reset(port->name)))
		take_port(port, active != inverse);
	if (port || !s->gate[net] || depth == RESET_DEPTH ||
	    is_any(json_string(s->gate[net], "type")) != active)
		return;
	if (s->seen[net] & (1u << active))
		return;
	s->seen[net] |= 1u << active;
	for (const char *pin = "A"; *pin; pin = *pin == 'A' ? "B" : "")
		cJSON_ArrayForEach(bit, ycell_pin(s->gate[net], pin))
			read_reset_net(ycell_net(bit), active, false, depth + 1, n, s);
}

static void read_reset(const cJSON *cell, const char *at, bool always, struct ynet *n,
		       const struct nets *s)
{
	char parameter[32];

	snprintf(parameter, sizeof(parameter), "%.8s_POLARITY", at);
	read_reset_net(ycell_pin_net(cell, at), ycell_is_one(cell, parameter), always, 0, n, s);
}

void ynet_find_resets(const cJSON *module, struct ynet *n)
{
	const cJSON *cell;
	struct nets s;

	mark(module, n, &s);
	cJSON_ArrayForEach(cell, json_object(module, "cells")) {
		read_reset(cell, "ARST", true, n, &s);
		read_reset(cell, "SRST", false, n, &s);
		read_reset(cell, "CLR", true, n, &s);
		read_reset(cell, "SET", true, n, &s);
	}
	nets_fini(&s);
}

static bool take_reset(struct ynet *n, const char *word, struct err *err)
{
	size_t len = strcspn(word, "=");

	for (size_t i = 0; i < n->n_ports; i++) {
		struct prover_port *p = &n->ports[i];

		if (strlen(p->name) == len && memcmp(p->name, word, len) == 0 && p->input &&
		    p->width == 1) {
			p->reset = true;
			p->active = strcmp(word + len, "=0") != 0;
			return true;
		}
	}
	return err_set(err, ERR_USAGE, "no input of one bit is called %.*s",
		       (int)(len > 100 ? 100 : len), word);
}

bool ynet_take_resets(struct ynet *n, const char *const *names, struct err *err)
{
	for (size_t i = 0; names && i < n->n_ports; i++)
		n->ports[i].reset = false;
	for (; names && *names; names++)
		if (!take_reset(n, *names, err))
			return false;
	return true;
}

/* Pairs --------------------------------------------------------------------------- */

/* Marks the outputs of registers without an initial value. */
static void mark_starts(const cJSON *module, struct nets *s)
{
	const cJSON *o, *b;

	cJSON_ArrayForEach(o, json_object(module, "cells")) {
		const char *type = json_string(o, "type");

		if (type && (ycell_is_register(o) || strcmp(type, "$ff") == 0))
			cJSON_ArrayForEach(b, ycell_pin(o, "Q"))
				s->seen[ycell_net(b)] = 1;
	}
	cJSON_ArrayForEach(o, json_object(module, "netnames")) {
		const char *init = json_string(json_object(o, "attributes"), "init");

		if (init)
			cJSON_ArrayForEach(b, json_array(o, "bits"))
				s->seen[ycell_net(b)] = 0;
	}
}

/* True if each net is used for the first time. */
static bool take_all(const cJSON *bits, struct nets *s)
{
	const cJSON *b;
	bool all = true;

	cJSON_ArrayForEach(b, bits)
		all &= ycell_net(b) && s->seen[ycell_net(b)] == 1;
	if (all)
		cJSON_ArrayForEach(b, bits)
			s->seen[ycell_net(b)] = 2;
	return all;
}

static bool once(const cJSON *bits)
{
	/* A register's port has no bit twice; skip one that does. */
	for (const cJSON *a = bits->child; a; a = a->next)
		for (const cJSON *b = a->next; b && bits->child->next; b = b->next)
			if (ycell_net(a) == ycell_net(b))
				return false;
	return true;
}

void ynet_pairs_find(const cJSON *a, const cJSON *b, const struct ynet *n, struct ynet_pairs *out)
{
	const cJSON *p, *ports = json_object(a, "ports"), *others = json_object(b, "ports");
	struct nets sa, sb;

	memset(out, 0, sizeof(*out));
	nets_init(&sa);
	nets_init(&sb);
	mark_starts(a, &sa);
	mark_starts(b, &sb);
	out->v = mem_calloc((size_t)(ports ? cJSON_GetArraySize(ports) : 0) + 1, sizeof(*out->v));
	cJSON_ArrayForEach(p, ports) {
		const cJSON *mine = json_array(p, "bits");
		const cJSON *other = json_array(json_object(others, p->string), "bits");
		const struct prover_port *port = ynet_port(n, p->string);
		int width = mine ? cJSON_GetArraySize(mine) : 0;

		if (!width || !other || cJSON_GetArraySize(other) != width ||
		    width > YNET_PAIR_MAX || (port && port->input) || !ynet_nameable(p->string))
			continue;
		out->v[out->n] = (struct ynet_pair){ .name = mem_strdup(p->string),
						     .width = width,
						     .is_port = port != NULL };
		if (once(mine) && once(other)) {
			bool x = take_all(mine, &sa), y = take_all(other, &sb);

			out->v[out->n].free_start = x && y;
		}
		out->n++;
	}
	nets_fini(&sa);
	nets_fini(&sb);
}

void ynet_pairs_fini(struct ynet_pairs *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->v[i].name);
	free(p->v);
	memset(p, 0, sizeof(*p));
}
