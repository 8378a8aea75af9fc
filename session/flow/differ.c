/* Writes the testbench as text, from top to bottom: declarations, both instances,
 * random bits, a driver for each input according to its kind, the comparison.
 *
 * Widths are computed from the port declarations and the default parameters. A module
 * for which that fails is refused before anything is written. Random numbers come from a
 * generator inside the testbench with a fixed seed, so a difference can be reproduced.
 */
#include "config.h"

#include "session/flow/differ.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"
#include "session/flow/spec.h"
#include "session/verilog/verilog.h"

#define BITWISE_MAX 64	 /* widest output in which z and x are distinguished */
#define QUIET	    512u /* cycles; timeouts of a byte pass in it */
#define QUIET_MAX   ((DIFFER_CYCLES_MAX - DIFFER_CYCLES) / QUIET) /* such phases */

/* Ports ------------------------------------------------------------------------------- */

static bool bound_of(const char *from, const char *to, const struct plan_module *params, long *n)
{
	char *text = mem_strndup(from, (size_t)(to - from));
	struct str why = STR_INIT;
	bool ok = plan_width(text, params, NULL, NULL, n, &why);

	str_free(&why);
	free(text);
	return ok;
}

/* True if all words of the type before its range are built-in bit types. Any other
 * word could be a typedef, whose width is defined elsewhere. */
static bool is_bits(const char *type)
{
	static const char *const words[] = { "wire",  "logic", "reg",	 "bit",	   "var",
					     "tri",   "tri0",  "tri1",	 "wand",   "wor",
					     "uwire", "trior", "triand", "signed", "unsigned" };
	bool ok = true;

	while (ok && *type && *type != '[') {
		size_t n = strcspn(type, " \t\r\n[");

		ok = n == 0;
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && !ok; i++)
			ok = strlen(words[i]) == n && memcmp(words[i], type, n) == 0;
		type += n;
		type += strspn(type, " \t\r\n");
	}
	return ok;
}

/* Width with default parameters; 0: unknown or above DIFFER_WIDTH_MAX. */
static long width_of(const struct vmodule *m, const struct vport *port)
{
	struct plan_module params = { .name = NULL };
	const char *open = strchr(port->type, '['), *colon, *close;
	long high, low, width = 0;

	if (port->dims[0] || !is_bits(port->type))
		return 0;
	if (!open)
		return 1;
	colon = strchr(open, ':');
	close = colon ? strchr(colon, ']') : NULL;
	if (!close || strchr(close, '['))
		return 0;
	params.params = mem_calloc(m->n_params + 1, sizeof(*params.params));
	for (size_t i = 0; i < m->n_params; i++)
		params.params[params.n_params++] =
			(struct plan_pair){ m->params[i].name, m->params[i].value, 0 };
	if (bound_of(open + 1, colon, &params, &high) && bound_of(colon + 1, close, &params, &low))
		width = high > low ? high - low + 1 : low - high + 1;
	free(params.params);
	return width <= DIFFER_WIDTH_MAX ? width : 0;
}

static const struct vport *port_of(const struct vmodule *m, const char *name)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (strcmp(m->ports[i].name, name) == 0)
			return &m->ports[i];
	return NULL;
}

static bool fit_one(const struct vmodule *a, const struct vport *x, const struct vmodule *b,
		    struct err *err)
{
	const struct vport *y = port_of(b, x->name);
	long width = width_of(a, x);

	if (!y)
		return err_set(err, ERR_CONFLICT, "only one of them has a port %s", x->name);
	if (x->name[0] == '\\')
		return err_set(err, ERR_PARSE, "port %s: an escaped name", x->name);
	if (x->dir != y->dir || (x->dir != VPORT_INPUT && x->dir != VPORT_OUTPUT))
		return err_set(err, ERR_CONFLICT,
			       "port %s: an input or output in both was expected", x->name);
	if (width == 0)
		return err_set(err, ERR_PARSE, "port %s: \"%s%s\" is more than plain bits", x->name,
			       x->type, x->dims);
	return width == width_of(b, y) ||
	       err_set(err, ERR_CONFLICT, "port %s: %ld bit%s in one, %ld in the other", x->name,
		       width, width == 1 ? "" : "s", width_of(b, y));
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
		if (!port_of(a, b->ports[i].name))
			return err_set(err, ERR_CONFLICT, "only one of them has a port %s",
				       b->ports[i].name);
	return outputs > 0 || err_set(err, ERR_CONFLICT, "%s has no outputs to compare", a->name);
}

/* The testbench ----------------------------------------------------------------------- */

enum kind { CLOCK, RESET, RESET_LOW, BIT, VECTOR, OUTPUT };

struct pin {
	const char *port;
	char *name; /* name in the testbench, prefixed to avoid its own names: "in_d", "out_q" */
	enum kind kind;
	long width;
};

struct bench {
	const struct differ_bench *d;
	struct pin *v;
	size_t n;
	bool clocked, reset;
	struct str *out;
};

int differ_is_reset(const char *name)
{
	if (spec_says(name,
		      "rst_n|reset_n|rstn|resetn|nrst|nreset|arst_n|aresetn|rst_ni|rst_b|*_rst_n|"
		      "areset_n|*_resetn|*_reset_n",
		      NULL))
		return -1;
	return spec_says(name, "rst|reset|arst|areset|rst_*|reset_*|*_rst|*_reset|clear_all", NULL);
}

static enum kind kind_of(const struct vport *port, long width)
{
	const char *n = port->name;

	if (port->dir == VPORT_OUTPUT)
		return OUTPUT;
	if (width > 1)
		return VECTOR;
	if (differ_is_clock(n))
		return CLOCK;
	if (differ_is_reset(n))
		return differ_is_reset(n) < 0 ? RESET_LOW : RESET;
	return BIT;
}

static void sort_pins(struct bench *b)
{
	const struct vmodule *m = b->d->m;
	bool named = false;

	b->v = mem_calloc(m->n_ports + 1, sizeof(*b->v));
	for (size_t i = 0; i < m->n_ports; i++) {
		long width = width_of(m, &m->ports[i]);

		b->v[i] =
			(struct pin){ m->ports[i].name,
				      str_fmt(m->ports[i].dir == VPORT_OUTPUT ? "out_%s" : "in_%s",
					      m->ports[i].name),
				      kind_of(&m->ports[i], width), width };
		b->clocked |= named |= b->v[i].kind == CLOCK;
		b->reset |= b->v[i].kind == RESET || b->v[i].kind == RESET_LOW;
	}
	b->n = m->n_ports;
	for (size_t i = 0; i < b->n && !named; i++)
		if (b->v[i].kind == BIT && strv_has(b->d->edges, b->v[i].port)) {
			b->v[i].kind = CLOCK;
			b->clocked = true;
		}
}

static void declare(const struct bench *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct pin *p = &b->v[i];
		char range[48] = "";

		if (p->width > 1)
			snprintf(range, sizeof(range), "[%ld:0] ", p->width - 1);
		if (p->kind == OUTPUT)
			str_addf(b->out, "  wire %s%s_of_a, %s_of_b;\n  reg %sdriven_%s = 0;\n",
				 range, p->name, p->name, range, p->name);
		else
			str_addf(b->out, "  reg %s%s = 0;\n", range, p->name);
		if (p->kind == BIT)
			str_addf(b->out, "  integer weight_of_%s = 8;\n", p->name);
	}
}

static void instance(const struct bench *b, const char *module, const char *which)
{
	str_addf(b->out, "  %s version_%s (", module, which);
	for (size_t i = 0; i < b->n; i++)
		str_addf(b->out, b->v[i].kind == OUTPUT ? "%s.%s(%s_of_%s)" : "%s.%s(%s)",
			 i ? ", " : "", b->v[i].port, b->v[i].name, which);
	str_adds(b->out, ");\n");
}

/* Marsaglia's xorshift: $random(seed) is not the same in all simulators, and Verilator's
 * goes through powers of two. */
static const char draw[] = "  task draw;\n    begin\n"
			   "      seed = seed ^ (seed << 13);\n"
			   "      seed = seed ^ (seed >> 17);\n"
			   "      seed = seed ^ (seed << 5);\n"
			   "      r = seed;\n    end\n  endtask\n";

/* Draws all bits of a pin, 32 at a time. */
static void random_bits(const struct bench *b, const struct pin *p)
{
	for (long at = 0; at < p->width; at += 32) {
		long last = at + 31 < p->width ? at + 31 : p->width - 1;

		str_addf(b->out, "%sdraw; %s[%ld:%ld] = r[%ld:0];", at ? " " : "", p->name, last,
			 at, last - at);
	}
}

static const struct pin *other_of_width(const struct bench *b, size_t i)
{
	for (size_t k = 1; k < b->n; k++) {
		const struct pin *p = &b->v[(i + k) % b->n];

		if (p->kind == VECTOR && p->width == b->v[i].width)
			return p;
	}
	return NULL;
}

static void drive_vector(const struct bench *b, size_t i)
{
	const struct pin *p = &b->v[i], *other = other_of_width(b, i);
	const char *n = p->name;

	str_addf(b->out,
		 "      draw;\n"
		 "      case (hold ? 3 : count ? 2 : r[3:0])\n"
		 "        0: %s = 0;\n"
		 "        1: %s = ~%s ^ %s;\n"
		 "        2: %s = %s + 1;\n"
		 "        3: if (r[7:4] == 0) begin ",
		 n, n, n, n, n, n);
	random_bits(b, p);
	str_addf(b->out,
		 " end\n"
		 "        4, 5: %s = number(r[31:8]);\n"
		 "        6: %s = number(r[31:8]) + (r[4] ? 1 : -1);\n"
		 "        7: begin %s = 0; %s[r[31:8] %% %ld] = 1; end\n"
		 "        8: %s = r[6:4];\n"
		 "        9: %s = %s;\n"
		 "        10: %s = %s - 1;\n"
		 "        default: begin ",
		 n, n, n, n, p->width, n, n, other ? other->name : n, n, n);
	random_bits(b, p);
	str_adds(b->out, " end\n      endcase\n");
}

/* Length of the prefix, plus 1, that a valid input shares with a ready output; 0:
 * there is no such pair. *ready: the ready's name; the caller frees it. */
static size_t handshake(const struct bench *b, size_t i, char **ready)
{
	const char *n = b->v[i].port, *at = strstr(n, "valid");

	*ready = NULL;
	if (b->v[i].kind != BIT || !at)
		return 0;
	*ready = str_fmt("%.*sready%s", (int)(at - n), n, at + strlen("valid"));
	for (size_t k = 0; k < b->n; k++)
		if (b->v[k].kind == OUTPUT && b->v[k].width == 1 &&
		    strcmp(b->v[k].port, *ready) == 0)
			return (size_t)(at - n) + 1;
	free(*ready);
	*ready = NULL;
	return 0;
}

/* The condition in which an input must not change: "polite && v && !r"; "": none. */
static void stall_of(const struct bench *b, size_t i, struct str *out)
{
	for (size_t k = 0; k < b->n && out->len == 0; k++) {
		char *ready;
		size_t prefix = handshake(b, k, &ready);

		if (prefix && (k == i || (b->v[i].kind == VECTOR &&
					  strncmp(b->v[i].port, b->v[k].port, prefix - 1) == 0)))
			str_addf(out, "polite && %s && !out_%s_of_a", b->v[k].name, ready);
		free(ready);
	}
}

static void drive(const struct bench *b)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct pin *p = &b->v[i];
		struct str stall = STR_INIT;

		stall_of(b, i, &stall);
		if (stall.len && (p->kind == BIT || p->kind == VECTOR))
			str_addf(b->out, "      if (!(%s)) begin\n", str_cstr(&stall));
		if (p->kind == BIT)
			str_addf(b->out, "      draw;\n      %s = r[11:8] < weight_of_%s;\n",
				 p->name, p->name);
		else if (p->kind == VECTOR)
			drive_vector(b, i);
		else if (p->kind == RESET || p->kind == RESET_LOW)
			str_addf(b->out,
				 "      draw;\n"
				 "      %s = %s(cycle < 3 || resets > 0 || (shaky && r[12:8] == "
				 "0));\n",
				 p->name, p->kind == RESET ? "" : "!");
		if (stall.len && (p->kind == BIT || p->kind == VECTOR))
			str_adds(b->out, "      end\n");
		str_free(&stall);
	}
}

static unsigned quiet_phases(const struct bench *b)
{
	unsigned n = b->clocked;

	for (size_t i = 0; i < b->n && b->clocked; i++)
		n += n < QUIET_MAX && b->v[i].kind == BIT;
	return n;
}

/* In the last phases all bits are 0, then each alone is 1, long enough for a timeout, a
 * debouncer or a counter to come to its end. They follow the others, which do not
 * depend on the number of inputs. */
static void quiet(const struct bench *b)
{
	unsigned from = DIFFER_CYCLES, k = 0;

	str_addf(b->out,
		 "    if (cycle >= %u && (cycle - %u) %% %u == 0) begin\n"
		 "      left = %u;\n      hold = 0;\n      count = 0;\n      polite = 0;\n      "
		 "shaky = 0;\n"
		 "      resets = 1;\n",
		 from, from, QUIET, QUIET);
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].kind == BIT)
			str_addf(b->out, "      weight_of_%s = cycle == %u ? 16 : 0;\n",
				 b->v[i].name, from + ++k * QUIET);
	str_adds(b->out, "    end\n");
}

static void new_epoch(const struct bench *b)
{
	str_adds(b->out, "    if (left == 0) begin\n"
			 "      draw;\n"
			 "      left = 16 << (r[10:8] % 7);\n"
			 "      hold = r[14:12] == 0;\n"
			 "      count = r[17:15] == 0;\n"
			 "      polite = r[18];\n"
			 "      shaky = r[21:19] == 0;\n"
			 "      resets = r[23:22] == 0 ? 1 + r[24] : 0;\n");
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].kind == BIT)
			str_addf(b->out,
				 "      draw;\n"
				 "      case (r[10:8])\n"
				 "        0: weight_of_%s = 0;\n        1: weight_of_%s = 1;\n"
				 "        2: weight_of_%s = 16;\n        3, 4: weight_of_%s = 15;\n"
				 "        5: weight_of_%s = 12;\n        6: weight_of_%s = 4;\n"
				 "        default: weight_of_%s = 8;\n      endcase\n",
				 b->v[i].name, b->v[i].name, b->v[i].name, b->v[i].name,
				 b->v[i].name, b->v[i].name, b->v[i].name);
	str_adds(b->out, "    end\n");
	if (b->clocked)
		quiet(b);
	str_adds(b->out, "    left = left - 1;\n    if (resets > 0) resets = resets - 1;\n");
}

/* Drives corner cases in the first cycles: all 0, all 1, then one input at a time all ones. */
static void corners(const struct bench *b)
{
	size_t at = 3;

	str_adds(b->out, "    case (cycle)\n");
	for (int ones = 0; ones < 2; ones++) {
		str_addf(b->out, "      %zu, %zu: begin", at, at + 1);
		at += 2;
		for (size_t i = 0; i < b->n; i++)
			if (b->v[i].kind == BIT || b->v[i].kind == VECTOR)
				str_addf(b->out, " %s = %s0;", b->v[i].name, ones ? "~" : "");
		str_adds(b->out, " end\n");
	}
	for (size_t one = 0; one < b->n; one++) {
		if (b->v[one].kind != BIT && b->v[one].kind != VECTOR)
			continue;
		str_addf(b->out, "      %zu, %zu: begin", at, at + 1);
		at += 2;
		for (size_t i = 0; i < b->n; i++)
			if (b->v[i].kind == BIT || b->v[i].kind == VECTOR)
				str_addf(b->out, " %s = %s0;", b->v[i].name, i == one ? "~" : "");
		str_adds(b->out, " end\n");
	}
	str_adds(b->out, "      default: ;\n    endcase\n");
}

/* Accepts anything where the old output is x, and anything where it is z if it was never
 * driven. "old ^ old" is 0 for a known bit and x otherwise, which masks the bit on both
 * sides. x and z can be told apart only bit by bit, which is too slow for wide outputs. */
static void compare(const struct bench *b, const struct pin *p)
{
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
		(unsigned long long)b->d->tag, p->port, n, n, n, n, n, n);
}

static void check(const struct bench *b)
{
	str_addf(b->out, "  task check;\n    begin\n      other = 0;\n");
	if (b->reset)
		str_adds(b->out, "      if (cycle >= 3) begin\n");
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].kind == OUTPUT)
			compare(b, &b->v[i]);
	str_addf(b->out, "%s    end\n  endtask\n", b->reset ? "      end\n" : "");
}

static void show(const struct bench *b, const char *row)
{
	str_addf(b->out, "$display(\"%s %%0d", row);
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].kind == OUTPUT)
			str_addf(b->out, " %s=%%h/%%h", b->v[i].port);
		else if (b->v[i].kind != CLOCK)
			str_addf(b->out, " %s=%%h", b->v[i].port);
	str_adds(b->out, "\", cycle");
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].kind == OUTPUT)
			str_addf(b->out, ", %s_of_a, %s_of_b", b->v[i].name, b->v[i].name);
		else if (b->v[i].kind != CLOCK)
			str_addf(b->out, ", %s", b->v[i].name);
	str_adds(b->out, ");\n");
}

static void numbers(const struct bench *b)
{
	const struct strv *v = b->d->numbers;

	str_addf(b->out,
		 "  function [63:0] number;\n    input [23:0] which;\n"
		 "    case (which %% %zu)\n",
		 v->n + 1);
	for (size_t i = 0; i < v->n; i++)
		str_addf(b->out, "      %zu: number = 64'd%s;\n", i, v->v[i]);
	str_adds(b->out, "      default: number = 1;\n    endcase\n  endfunction\n");
}

static void edges(const struct bench *b, int level)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].kind == CLOCK)
			str_addf(b->out, "    %s = %d;\n", b->v[i].name, level);
}

void differ_write(const struct differ_bench *d, struct str *out)
{
	struct bench b = { .d = d, .out = out };
	unsigned cycles;

	sort_pins(&b);
	cycles = DIFFER_CYCLES + quiet_phases(&b) * QUIET;
	str_adds(out, "`timescale 1ns/1ns\nmodule " DIFFER_TOP ";\n");
	declare(&b);
	str_adds(out, "  integer cycle = 0, left = 0, resets = 0, at = 0;\n"
		      "  reg other = 0;\n"
		      "  reg [31:0] r = 0, seed = 2463534242;\n"
		      "  reg found = 0, early = 0, hold = 0, count = 0, polite = 0, shaky = 0;\n");
	instance(&b, d->a, "a");
	instance(&b, d->b, "b");
	numbers(&b);
	str_adds(out, draw);
	check(&b);
	str_addf(out,
		 "  initial begin\n  for (cycle = 0; cycle < %u && !found; cycle = cycle + 1) "
		 "begin\n",
		 d->cycles < cycles ? d->cycles : cycles);
	new_epoch(&b);
	drive(&b);
	corners(&b);
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
