/* In cycles, inputs change after the edge, and outputs are compared just before
 * the next one:
 *
 *   inputs    compare  edge
 *  ____|__________|_____/~~~~~\_____
 *
 * Otherwise clocks change first, at once, and the other inputs a moment later, since a
 * register samples the value its input had before the edge.
 */
#include "config.h"

#include "session/check/formal_bench.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

/* Adds "clk" or "\a.b ", a name that is valid in any Verilog. */
static void formal_name(const char *name, struct str *out)
{
	bool plain = isalpha((unsigned char)name[0]) || name[0] == '_';

	for (const char *p = name; *p; p++)
		plain &= slice_word_char(*p);
	plain = plain && !vkeyword(name, strlen(name), LANG_SV2017);
	str_addf(out, plain ? "%s" : "\\%s ", name);
}

/* Declarations --------------------------------------------------------------------- */

/* An input begins with its value in the first step, so that no assertion sees x; for
 * `compare` it may be x. No clock has an edge in the first step, but a reset has: some
 * registers wait for that. */
static void declare(const struct prover_trace *t, size_t i, bool compare, struct str *out)
{
	const struct prover_port *p = &t->ports[i];
	const char *first = t->n_steps ? t->steps[0].before[i] : NULL;

	str_addf(out, "    %s ", p->input ? "reg " : "wire");
	if (p->width > 1)
		str_addf(out, "[%d:0] ", p->width - 1);
	formal_name(p->name, out);
	if (p->clock && t->by_cycle)
		str_addf(out, " = %d", p->falling);
	else if (p->reset && !compare)
		str_addf(out, " = %d", !p->active);
	else if (p->input && first && (!compare || p->clock))
		str_addf(out, " = %d'b%s", p->width, first);
	str_adds(out, ";\n");
}

static void instantiate(const struct prover_trace *t, const char *top,
			const char *const *parameters, struct str *out)
{
	const char *comma = "";

	str_adds(out, "    ");
	formal_name(top, out);
	for (; parameters && *parameters; parameters++) {
		size_t n = strcspn(*parameters, "=");

		str_addf(out, "%s.%.*s(%s)", comma[0] ? comma : " #(", (int)n, *parameters,
			 (*parameters)[n] ? *parameters + n + 1 : "");
		comma = ", ";
	}
	str_adds(out, comma[0] ? ") posedge_dut (" : " posedge_dut (");
	comma = "";
	for (size_t i = 0; i < t->n_ports; i++) {
		str_addf(out, "%s.", comma);
		formal_name(t->ports[i].name, out);
		str_addc(out, '(');
		formal_name(t->ports[i].name, out);
		str_addc(out, ')');
		comma = ", ";
	}
	str_adds(out, ");\n\n");
}

/* Steps ---------------------------------------------------------------------------- */

static void set(const struct prover_trace *t, size_t step, size_t i, struct str *out)
{
	const char *now = t->steps[step].before[i];

	if (step && strcmp(now, t->steps[step - 1].before[i]) == 0)
		return;
	str_adds(out, "        ");
	formal_name(t->ports[i].name, out);
	str_addf(out, " = %d'b%s;\n", t->ports[i].width, now);
}

static void set_inputs(const struct prover_trace *t, size_t step, bool clocks, struct str *out)
{
	for (size_t i = 0; i < t->n_ports; i++)
		if (t->ports[i].input && t->ports[i].clock == clocks)
			set(t, step, i, out);
}

static bool is_known(const char *bits)
{
	return strpbrk(bits, "01") != NULL;
}

/* Masks the bits that are unknown in the earlier design. */
static void compare_one(const struct prover_port *p, size_t step, const char *was, struct str *out)
{
	bool whole = strchr(was, 'x') == NULL;

	str_adds(out, whole ? "        if (" : "        if ((");
	formal_name(p->name, out);
	if (!whole) {
		str_addf(out, " & %d'b", p->width);
		for (const char *b = was; *b; b++)
			str_addc(out, *b == 'x' ? '0' : '1');
		str_addc(out, ')');
	}
	str_addf(out, " !== %d'b", p->width);
	for (const char *b = was; *b; b++)
		str_addc(out, *b == 'x' ? '0' : *b);
	str_addf(out,
		 ") begin\n            posedge_failures = posedge_failures + 1;\n"
		 "            $display(\"FAIL step %zu: %%s is %%b, was %s\", \"%s\", ",
		 step, was, p->name);
	formal_name(p->name, out);
	str_adds(out, ");\n        end\n");
}

static void add_step(const struct prover_trace *t, size_t step, bool compare, struct str *out)
{
	str_addf(out, "        // step %zu\n", step);
	if (!t->by_cycle) {
		set_inputs(t, step, true, out);
		str_adds(out, "        #1;\n");
	}
	set_inputs(t, step, false, out);
	str_adds(out, "        #4;\n");
	for (size_t i = 0; compare && i < t->n_ports; i++)
		if (!t->ports[i].input && is_known(t->steps[step].before[i]))
			compare_one(&t->ports[i], step, t->steps[step].before[i], out);
	str_adds(out, "        #1;\n");
	for (size_t i = 0; t->by_cycle && i < t->n_ports; i++) {
		const struct prover_port *p = &t->ports[i];

		if (!p->clock)
			continue;
		str_adds(out, "        ");
		formal_name(p->name, out);
		str_addf(out, " = %d; #5 ", !p->falling);
		formal_name(p->name, out);
		str_addf(out, " = %d;\n", p->falling);
	}
}

void formal_bench(const struct prover_trace *t, const char *name, const char *top,
		  const char *const *parameters, const char *about, bool compare, struct str *out)
{
	str_addf(out, "// %s\n`timescale 1ns/1ns\nmodule %s;\n", about, name);
	for (size_t i = 0; i < t->n_ports; i++)
		declare(t, i, compare, out);
	str_adds(out, "    integer posedge_failures;\n\n");
	instantiate(t, top, parameters, out);
	str_adds(out, "    initial begin\n        posedge_failures = 0;\n");
	for (size_t i = 0; i < t->n_steps; i++)
		add_step(t, i, compare, out);
	if (compare)
		str_adds(out, "        if (posedge_failures == 0) $display(\"All tests passed\");\n"
			      "        else $display(\"%0d failures\", posedge_failures);\n");
	str_adds(out, "        $finish;\n    end\nendmodule\n");
}

/* Words ---------------------------------------------------------------------------- */

static bool differs(const char *was, const char *is)
{
	for (size_t i = 0; was[i] && is[i]; i++)
		if (was[i] != 'x' && was[i] != is[i])
			return true;
	return false;
}

static void add_bits(const char *bits, struct str *out)
{
	size_t n = strlen(bits);

	if (n == 1)
		str_adds(out, bits);
	else if (n > 64)
		str_addf(out, "%zu'b%.61s...", n, bits);
	else
		str_addf(out, "%zu'b%s", n, bits);
}

void formal_difference(const struct prover_trace *t, struct str *out)
{
	for (size_t s = 0; s < t->n_steps; s++)
		for (size_t i = 0; i < t->n_ports; i++) {
			const struct prover_step *step = &t->steps[s];

			if (t->ports[i].input || !differs(step->before[i], step->after[i]))
				continue;
			if (t->n_steps > 1)
				str_addf(out, "step %zu: ", s);
			str_addf(out, "%s was ", t->ports[i].name);
			add_bits(step->before[i], out);
			str_adds(out, " and is ");
			add_bits(step->after[i], out);
			return;
		}
}
