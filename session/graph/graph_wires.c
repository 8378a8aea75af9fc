/* Reads instances and their port connections. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/graph/graph_reader.h"

/* Gates. The first terminal is the output; for buf and not, the last is the input. */
static const char *const gates[] = { "and", "nand",   "or",	"nor",	  "xor",    "xnor", "buf",
				     "not", "bufif0", "bufif1", "notif0", "notif1", NULL };

static const char *gate_at(const struct graph_reader *r, size_t i)
{
	for (size_t k = 0; gates[k]; k++)
		if (graph_is(r, i, gates[k]))
			return gates[k];
	return NULL;
}

static int add_instance(struct graph_reader *r, size_t of, size_t name)
{
	struct graph_facts *f = r->f;

	MEM_ROOM(f->instances, f->n_instances, f->cap_instances);
	f->instances[f->n_instances] = (struct graph_instance){
		.module = r->module,
		.of = graph_word(r, of),
		.name = graph_word(r, name),
		.line = r->s->tokens[name].line,
	};
	return (int)f->n_instances++;
}

static void connect(struct graph_reader *r, size_t signal, int instance, const char *port,
		    int position, unsigned role, int line)
{
	graph_add_use(r->f, (struct graph_use){ .signal = signal,
						.block = -1,
						.instance = instance,
						.port = mem_strdup(port),
						.position = position,
						.role = role,
						.line = line });
}

/* Connects the names of an expression at a port. A plain "a" may be an implicit net.
 * The index of a select is only read. */
static void connect_names(struct graph_reader *r, size_t from, size_t end, int instance,
			  const char *port, int position)
{
	size_t depth = 0, signal;

	for (size_t i = from; i < end; i++) {
		depth += graph_is(r, i, "[");
		if (depth && graph_is(r, i, "]"))
			depth--;
		if (!graph_is_name(r, i) || graph_is(r, i - 1, ".") || graph_is(r, i - 1, "::") ||
		    graph_is(r, i + 1, "::") || graph_is(r, i + 1, "("))
			continue;
		if (!graph_signal_at(r, i, &signal)) {
			if (end - from != 1)
				continue;
			signal = graph_implicit(r, i);
		}
		if (r->f->n_signals > signal)
			connect(r, signal, instance, port, position,
				depth ? GRAPH_LOAD : GRAPH_PORT, r->s->tokens[i].line);
	}
}

/* Reads ".port(expr)", ".port" or ".*". Returns the index of the token after it. */
static size_t named_port(struct graph_reader *r, size_t i, size_t end, int instance)
{
	char *port;

	if (graph_is(r, i, ".*")) {
		r->f->instances[instance].star = true;
		return graph_comma(r, i, end);
	}
	if (i + 1 >= end)
		return end;
	port = graph_word(r, i + 1);
	if (graph_is(r, i + 2, "(")) {
		size_t close = vstmts_behind(r->s, i + 2, end);

		connect_names(r, i + 3, close > i + 3 ? close - 1 : close, instance, port, -1);
	} else {
		size_t signal;

		if (graph_signal_at(r, i + 1, &signal))
			connect(r, signal, instance, port, -1, GRAPH_PORT,
				r->s->tokens[i + 1].line);
	}
	free(port);
	return graph_comma(r, i, end);
}

static void read_ports(struct graph_reader *r, size_t from, size_t end, int instance)
{
	int position = 0;

	for (size_t i = from; i < end; position++) {
		size_t next;

		if (graph_is(r, i, ".") || graph_is(r, i, ".*")) {
			next = named_port(r, i, end, instance);
		} else {
			next = graph_comma(r, i, end);
			connect_names(r, i, next, instance, NULL, position);
		}
		i = next + 1;
	}
}

static void read_gate(struct graph_reader *r, const char *gate, size_t from, size_t end)
{
	bool last_reads = strcmp(gate, "buf") == 0 || strcmp(gate, "not") == 0;

	for (size_t i = from, n = 0; i < end; n++) {
		size_t comma = graph_comma(r, i, end);
		bool last = comma >= end;

		for (size_t k = i; k < comma; k++) {
			size_t signal;

			if (graph_signal_at(r, k, &signal))
				graph_use(r, signal,
					  (last_reads ? !last : n == 0) && k == i ? GRAPH_DRIVE
										  : GRAPH_LOAD,
					  r->s->tokens[k].line);
		}
		i = comma + 1;
	}
}

bool graph_read_instances(struct graph_reader *r, int node)
{
	size_t from, end, at;
	const char *gate;

	graph_range(r, r->s->v[node].all, &from, &end);
	gate = gate_at(r, from);
	if (gate)
		r->block = graph_add_block(r, &r->s->v[node], gate);
	if (!gate && !graph_is_name(r, from))
		return false;
	at = from + 1;
	if (graph_is(r, at, "#"))
		at = graph_is(r, at + 1, "(") ? vstmts_behind(r->s, at + 1, end) : at + 2;
	while (at < end && !graph_is(r, at, ";")) {
		size_t name = at, open, close;
		bool named = graph_is_name(r, name);

		open = named ? name + 1 : name;
		while (graph_is(r, open, "["))
			open = vstmts_behind(r->s, open, end);
		if (!graph_is(r, open, "(") || (!named && !gate))
			return false;
		close = vstmts_behind(r->s, open, end);
		if (gate)
			read_gate(r, gate, open + 1, close - 1);
		else
			read_ports(r, open + 1, close - 1, add_instance(r, from, name));
		at = close;
		if (graph_is(r, at, ","))
			at++;
	}
	return true;
}
