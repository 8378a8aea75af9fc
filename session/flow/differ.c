/* Writes the testbench as text, from top to bottom: declarations, both instances, the
 * stimuli (differ_drive.c), the comparison.
 *
 * A module with a port whose width is not known is refused before anything is written.
 */
#include "config.h"

#include "session/flow/differ.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/differ_inner.h"
#include "session/verilog/verilog.h"

#define BITWISE_MAX 64 /* widest output in which z and x are distinguished */

/* Ports ------------------------------------------------------------------------------- */

static bool fit_one(const struct vmodule *a, const struct vport *x, const struct vmodule *b,
		    struct err *err)
{
	const struct vport *y = vmodule_port(b, x->name);
	long width = port_width(a, x);

	if (!y)
		return err_set(err, ERR_CONFLICT, "only one of them has a port %s", x->name);
	if (x->dir != y->dir || (x->dir != VPORT_INPUT && x->dir != VPORT_OUTPUT))
		return err_set(err, ERR_CONFLICT,
			       "port %s: an input or output in both was expected", x->name);
	if (width == 0)
		return err_set(err, ERR_PARSE, "port %s: \"%s%s\" is more than plain bits", x->name,
			       x->type, x->dims);
	return width == port_width(b, y) ||
	       err_set(err, ERR_CONFLICT, "port %s: %ld bit%s in one, %ld in the other", x->name,
		       width, width == 1 ? "" : "s", port_width(b, y));
}

bool differ_fit(const struct vmodule *a, const struct vmodule *b, struct err *err)
{
	size_t outputs = 0;

	if (a->n_ports > DIFFER_PORTS_MAX)
		return err_set(err, ERR_LIMIT, "%s has more than %u ports", a->name,
			       DIFFER_PORTS_MAX);
	for (size_t i = 0; i < a->n_ports; i++) {
		if (!fit_one(a, &a->ports[i], b, err))
			return false;
		outputs += a->ports[i].dir == VPORT_OUTPUT;
	}
	for (size_t i = 0; i < b->n_ports; i++)
		if (!vmodule_port(a, b->ports[i].name))
			return err_set(err, ERR_CONFLICT, "only one of them has a port %s",
				       b->ports[i].name);
	return outputs > 0 || err_set(err, ERR_CONFLICT, "%s has no outputs to compare", a->name);
}

/* The testbench ----------------------------------------------------------------------- */

/* An escaped name, "\\a+b", is replaced by the port's number. */
static char *pin_name(const struct vport *port, size_t i)
{
	const char *prefix = port->dir == VPORT_OUTPUT ? "out" : "in";

	return port->name[0] == '\\' ? str_fmt("%s_%zu", prefix, i)
				     : str_fmt("%s_%s", prefix, port->name);
}

static void sort_pins(struct bench *b)
{
	const struct vmodule *m = b->d->m;
	enum port_role *roles = port_roles(m, b->d->edges);

	b->v = mem_calloc(m->n_ports + 1, sizeof(*b->v));
	b->n = m->n_ports;
	for (size_t i = 0; i < b->n; i++) {
		const struct vport *port = &m->ports[i];

		b->v[i] = (struct pin){ port->name, pin_name(port, i), roles[i],
					port_width(m, port) };
		b->reset |= roles[i] == PORT_RESET_HIGH || roles[i] == PORT_RESET_LOW;
		b->apart |= b->clocked && roles[i] == PORT_CLOCK;
		b->clocked |= roles[i] == PORT_CLOCK;
	}
	free(roles);
}

static void declare(const struct bench *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct pin *p = &b->v[i];
		char range[48] = "";

		if (p->width > 1)
			snprintf(range, sizeof(range), "[%ld:0] ", p->width - 1);
		if (p->role == PORT_OUTPUT)
			str_addf(b->out, "  wire %s%s_of_a, %s_of_b;\n  reg %sdriven_%s = 0;\n",
				 range, p->name, p->name, range, p->name);
		else
			str_addf(b->out, "  reg %s%s = 0;\n", range, p->name);
		if (pin_is_bit(p))
			str_addf(b->out, "  integer weight_of_%s = 8;\n", p->name);
		if (p->role == PORT_CLOCK && b->apart)
			str_addf(b->out, "  reg ticks_%s = 1;\n", p->name);
	}
}

static void instance(const struct bench *b, const char *module, const char *which)
{
	str_addf(b->out, "  %s version_%s (", module, which);
	for (size_t i = 0; i < b->n; i++)
		str_addf(b->out, b->v[i].role == PORT_OUTPUT ? "%s.%s (%s_of_%s)" : "%s.%s (%s)",
			 i ? ", " : "", b->v[i].port, b->v[i].name, which);
	str_adds(b->out, ");\n");
}

/* Text inside a format string of $display. The caller frees. */
static char *in_format(const char *text)
{
	struct str out = STR_INIT;

	for (; *text; text++) {
		if (strchr("\\\"", *text))
			str_addc(&out, '\\');
		str_addc(&out, *text);
		if (*text == '%')
			str_addc(&out, '%');
	}
	return str_take(&out);
}

/* Accepts anything where the old output is x, and anything where it is z if it was never
 * driven. "old ^ old" is 0 for a known bit and x otherwise, which masks the bit on both
 * sides. x and z can be told apart only bit by bit, which is too slow for wide outputs. */
static void compare(const struct bench *b, const struct pin *p)
{
	char *port = in_format(p->port);
	const char *n = p->name;

	str_addf(b->out,
		 "      if (%s_of_a !== %s_of_b) begin\n"
		 "        if ((%s_of_a ^ %s_of_a ^ %s_of_a) !== (%s_of_b ^ %s_of_a ^ %s_of_a)) "
		 "other = 1;\n",
		 n, n, n, n, n, n, n, n);
	if (p->width == 1)
		str_addf(b->out, "        if (driven_%s === 1'b1 && %s_of_a !== 1'bx) other = 1;\n",
			 n, n);
	else if (p->width <= BITWISE_MAX)
		str_addf(b->out,
			 "        if (!other && %s_of_a !== {%ld{1'bx}})\n"
			 "          for (at = 0; at < %ld; at = at + 1)\n"
			 "            if (driven_%s[at] === 1'b1 && %s_of_a[at] !== 1'bx\n"
			 "              && %s_of_a[at] !== %s_of_b[at]) other = 1;\n",
			 n, p->width, p->width, n, n, n, n);
	str_addf(
		b->out,
		"        if (other && !found) begin\n"
		"          found = 1;\n"
		"          $display(\"DIFFER %016llx %%0d %s %%b %%b\", cycle, %s_of_a, %s_of_b);\n"
		"        end\n      end\n"
		"      driven_%s = driven_%s | ~(%s_of_a ^ %s_of_a);\n",
		(unsigned long long)b->d->tag, port, n, n, n, n, n, n);
	free(port);
}

static void check(const struct bench *b)
{
	str_addf(b->out, "  task check;\n    begin\n      other = 0;\n");
	if (b->reset)
		str_adds(b->out, "      if (cycle >= 3) begin\n");
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].role == PORT_OUTPUT)
			compare(b, &b->v[i]);
	str_addf(b->out, "%s    end\n  endtask\n", b->reset ? "      end\n" : "");
}

static void show(const struct bench *b, const char *row)
{
	str_addf(b->out, "$display(\"%s %%0d", row);
	for (size_t i = 0; i < b->n; i++) {
		char *port = in_format(b->v[i].port);

		if (b->v[i].role != PORT_CLOCK || b->apart)
			str_addf(b->out, b->v[i].role == PORT_OUTPUT ? " %s=%%h/%%h" : " %s=%%h",
				 port);
		free(port);
	}
	str_adds(b->out, "\", cycle");
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].role == PORT_OUTPUT)
			str_addf(b->out, ", %s_of_a, %s_of_b", b->v[i].name, b->v[i].name);
		else if (b->v[i].role != PORT_CLOCK || b->apart)
			str_addf(b->out, ", %s%s", b->v[i].role == PORT_CLOCK ? "ticks_" : "",
				 b->v[i].name);
	str_adds(b->out, ");\n");
}

static void edges(const struct bench *b, int level)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].role == PORT_CLOCK && b->apart && level)
			str_addf(b->out, "    %s = ticks_%s;\n", b->v[i].name, b->v[i].name);
		else if (b->v[i].role == PORT_CLOCK)
			str_addf(b->out, "    %s = %d;\n", b->v[i].name, level);
}

void differ_write(const struct differ_bench *d, struct str *out)
{
	struct bench b = { .d = d, .out = out };
	unsigned cycles;

	sort_pins(&b);
	cycles = DIFFER_CYCLES + differ_quiet_cycles(&b);
	str_adds(out, "`timescale 1ns/1ns\nmodule " DIFFER_TOP ";\n");
	declare(&b);
	str_adds(out, "  integer cycle = 0, left = 0, resets = 0, at = 0;\n"
		      "  reg other = 0;\n"
		      "  reg [31:0] r = 0, seed = 2463534242;\n"
		      "  reg found = 0, early = 0, hold = 0, count = 0, words = 0, polite = 0;\n"
		      "  reg shaky = 0, apart = 0, still = 0;\n");
	instance(&b, d->a, "a");
	instance(&b, d->b, "b");
	differ_functions(&b);
	check(&b);
	str_addf(out,
		 "  initial begin\n  for (cycle = 0; cycle < %u && !found; cycle = cycle + 1) "
		 "begin\n",
		 d->cycles < cycles ? d->cycles : cycles);
	differ_drive(&b);
	str_addf(out, "    #4 check;\n    early = found;\n    if (cycle >= %u) ", d->show);
	show(&b, "ROW");
	edges(&b, 1);
	if (b.clocked) {
		str_adds(out, "    #4 check;\n    if (found && !early) ");
		show(&b, "EDGE");
	}
	edges(&b, 0);
	str_addf(out,
		 "    #2 ;\n  end\n"
		 "  if (!found) $display(\"SAME %016llx %%0d\", cycle);\n"
		 "  $finish;\n  end\nendmodule\n",
		 (unsigned long long)d->tag);
	for (size_t i = 0; i < b.n; i++)
		free(b.v[i].name);
	free(b.v);
}
