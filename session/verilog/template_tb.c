/* Generates a testbench from a module's ports.
 *
 * It must run unchanged in both engines, so it only uses what both support:
 * clocks are toggled in an initial block (an always block with a blocking
 * assignment causes a warning), a type known only by name gets no value (Icarus
 * does not cast to an enum), and unpacked arrays are filled in a loop. Its only
 * check fails until the user completes it: a template must never report PASS.
 */
#include "config.h"

#include "session/verilog/template.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/template_inner.h"

struct bench {
	const struct vmodule *m;
	enum lang lang;
	struct str *out;
	char *name, *dut, *checks, *failures, *check; /* none of these is a port's name */
	const struct vport *clock;		      /* the first one; NULL: none */
};

static bool is_sv(const struct bench *b)
{
	return b->lang == LANG_SV2017;
}

/* Parameters ------------------------------------------------------------------ */

/* True if text contains name as a word. */
static bool uses(const char *text, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = text; (p = strstr(p, name)); p += n) {
		char before = p > text ? p[-1] : ' ', after = p[n];

		if (!isalnum((unsigned char)before) && before != '_' &&
		    !isalnum((unsigned char)after) && after != '_')
			return true;
		if (n == 0)
			break;
	}
	return false;
}

static bool ports_use(const struct vmodule *m, const char *name)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (uses(m->ports[i].type, name) || uses(m->ports[i].dims, name))
			return true;
	return false;
}

/* Flags parameters that can be set, and local ones used in the widths of ports.
 * Goes backwards, as a value only refers to earlier parameters. */
static bool *needed_params(const struct vmodule *m)
{
	bool *needed = mem_calloc(m->n_params + 1, sizeof(*needed));

	for (size_t i = m->n_params; i-- > 0;) {
		const char *name = m->params[i].name;

		needed[i] = !m->params[i].local || ports_use(m, name);
		for (size_t k = i + 1; k < m->n_params && !needed[i]; k++)
			needed[i] = needed[k] && (uses(m->params[k].value, name) ||
						  uses(m->params[k].type, name));
	}
	return needed;
}

static void parameters(const struct bench *b)
{
	const struct vmodule *m = b->m;
	bool *needed = needed_params(m);
	bool any = false;

	for (size_t i = 0; i < m->n_params; i++) {
		const struct vparam *p = &m->params[i];

		if (!needed[i])
			continue;
		any = true;
		str_adds(b->out, "    localparam ");
		if (p->type[0])
			str_addf(b->out, "%s ", p->type);
		template_name(p->name, b->out);
		str_addf(b->out, " = %s;\n",
			 p->value[0]			? p->value
			 : strcmp(p->type, "type") == 0 ? "logic"
							: "1");
	}
	if (any)
		str_addc(b->out, '\n');
	free(needed);
}

static bool is_param(const struct vmodule *m, const char *name, size_t len)
{
	for (size_t i = 0; i < m->n_params; i++)
		if (strlen(m->params[i].name) == len && memcmp(m->params[i].name, name, len) == 0)
			return true;
	return false;
}

/* True if text uses a name that is neither a parameter nor qualified with a package. */
static bool uses_foreign(const struct vmodule *m, const char *text)
{
	enum vlex_state state = VLEX_CODE;
	size_t len = strlen(text);
	bool scoped = false;

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		const char *after = text + t.off + t.len;

		off += t.len;
		if (t.kind == VTOKEN_NAME && !scoped && strncmp(after, "::", 2) != 0 &&
		    !is_param(m, text + t.off, t.len))
			return true;
		scoped = t.len == 2 && memcmp(text + t.off, "::", 2) == 0;
	}
	return false;
}

/* Unqualified names may come from a package that the module imports. */
static void imports(const struct bench *b)
{
	const struct vmodule *m = b->m;
	bool foreign = false;

	for (size_t i = 0; i < m->n_ports; i++)
		foreign |= uses_foreign(m, m->ports[i].type) || uses_foreign(m, m->ports[i].dims);
	for (size_t i = 0; i < m->n_params; i++)
		foreign |=
			uses_foreign(m, m->params[i].type) || uses_foreign(m, m->params[i].value);
	if (!is_sv(b) || !foreign)
		return;
	for (size_t i = 0; i < m->n_imports; i++)
		str_addf(b->out, "    import %s::*;\n", m->imports[i]);
	if (m->n_imports)
		str_addc(b->out, '\n');
}

/* Signals --------------------------------------------------------------------- */

static bool is_driven(const struct vport *p)
{
	return p->dir == VPORT_INPUT || p->dir == VPORT_REF;
}

static void interface(const struct bench *b, const struct vport *p)
{
	size_t n = strcspn(p->type, ". ");

	if (strncmp(p->type, "interface", n) == 0) {
		str_addf(b->out, "    // TODO: an instance of an interface for %s\n", p->name);
		return;
	}
	str_addf(b->out, "    %.*s ", (int)n, p->type);
	template_name(p->name, b->out);
	str_adds(b->out, " ();  // connect its own ports, if it has some\n");
}

static void signals(const struct bench *b)
{
	for (size_t i = 0; i < b->m->n_ports; i++) {
		const struct vport *p = &b->m->ports[i];

		if (p->dir == VPORT_INTERFACE) {
			interface(b, p);
			continue;
		}
		str_adds(b->out, "    ");
		template_declare(p, b->lang, is_driven(p), b->out);
		str_adds(b->out, ";\n");
	}
	if (b->m->n_ports)
		str_addc(b->out, '\n');
	str_addf(b->out,
		 is_sv(b) ? "    int %s = 0;\n    int %s = 0;\n\n"
			  : "    integer %s;\n    integer %s;\n\n",
		 b->checks, b->failures);
}

static void clocks(const struct bench *b)
{
	int half = 5;

	for (size_t i = 0; i < b->m->n_ports; i++) {
		const struct vport *p = &b->m->ports[i];

		if (!template_is_clock(p))
			continue;
		str_adds(b->out, "    initial begin\n        ");
		template_name(p->name, b->out);
		str_addf(b->out, " = 1'b0;\n        forever #%d ", half);
		template_name(p->name, b->out);
		str_adds(b->out, " = ~");
		template_name(p->name, b->out);
		str_adds(b->out, ";\n    end\n\n");
		half += 2; /* not in phase with the previous clock */
	}
}

/* The test -------------------------------------------------------------------- */

static void set_zero(const struct bench *b, const struct vport *p)
{
	const char *zero = is_sv(b) && template_shape(p) == SHAPE_BITS ? "'0" : "0";

	str_adds(b->out, "        ");
	if (template_shape(p) == SHAPE_NAMED) {
		str_addf(b->out, "// TODO: a first value for %s\n", p->name);
	} else if (p->dims[0] && !is_sv(b)) {
		str_addf(b->out, "// TODO: a first value for each of %s\n", p->name);
	} else if (p->dims[0]) {
		str_adds(b->out, "foreach (");
		template_name(p->name, b->out);
		str_adds(b->out, "[i]) ");
		template_name(p->name, b->out);
		str_addf(b->out, "[i] = %s;\n", zero);
	} else {
		template_name(p->name, b->out);
		str_addf(b->out, " = %s;\n", zero);
	}
}

static void first_values(const struct bench *b)
{
	for (size_t i = 0; i < b->m->n_ports; i++) {
		const struct vport *p = &b->m->ports[i];
		bool low;

		if (!is_driven(p) || template_is_clock(p))
			continue;
		if (template_is_reset(p, &low)) {
			str_adds(b->out, "        ");
			template_name(p->name, b->out);
			str_addf(b->out, " = 1'b%d;\n", low ? 0 : 1);
		} else {
			set_zero(b, p);
		}
	}
}

static void wait_some(const struct bench *b, int cycles)
{
	if (!b->clock) {
		str_adds(b->out, "        #10;\n");
		return;
	}
	str_addf(b->out, "        repeat (%d) @(negedge ", cycles);
	template_name(b->clock->name, b->out);
	str_adds(b->out, ");\n");
}

static void release_resets(const struct bench *b)
{
	bool any = false, low;

	for (size_t i = 0; i < b->m->n_ports; i++) {
		const struct vport *p = &b->m->ports[i];

		if (!template_is_reset(p, &low))
			continue;
		if (!any)
			wait_some(b, 3);
		any = true;
		str_adds(b->out, "        ");
		template_name(p->name, b->out);
		str_addf(b->out, " = 1'b%d;\n", low ? 1 : 0);
	}
}

/* Prints the outputs for a first look; until the check is completed, this also
 * keeps them from being reported as unused. */
static void show_outputs(const struct bench *b)
{
	for (size_t i = 0; i < b->m->n_ports; i++) {
		const struct vport *p = &b->m->ports[i];

		if (is_driven(p) || p->dims[0] || template_shape(p) != SHAPE_BITS)
			continue;
		str_addf(b->out, "        $display(\"%s = %%h\", ",
			 p->name[0] == '\\' ? "output" : p->name);
		template_name(p->name, b->out);
		str_adds(b->out, ");\n");
	}
}

static const struct vport *an_output(const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (m->ports[i].dir == VPORT_OUTPUT && m->ports[i].name[0] != '\\')
			return &m->ports[i];
	return NULL;
}

static void the_check(const struct bench *b)
{
	const struct vport *q = an_output(b->m);
	const char *name = q ? q->name : "q";

	str_addc(b->out, '\n');
	if (is_sv(b)) {
		str_addf(b->out,
			 "        // Drive the inputs, wait, and say what must hold then, for "
			 "example\n"
			 "        //     %s(%s === 1, \"%s is 1 after ...\");\n"
			 "        %s(1'b0, \"fill in the check\");\n\n",
			 b->check, name, name, b->check);
		return;
	}
	str_addf(b->out,
		 "        // Drive the inputs, wait, and put what must hold in place of 1'b0,\n"
		 "        // for example (%s === 1). Repeat for each check.\n"
		 "        %s = %s + 1;\n"
		 "        if (!(1'b0)) begin\n"
		 "            %s = %s + 1;\n"
		 "            $display(\"FAIL: fill in the check, at %%0t\", $time);\n"
		 "        end\n\n",
		 name, b->checks, b->checks, b->failures, b->failures);
}

static void check_task(const struct bench *b)
{
	if (!is_sv(b))
		return;
	str_addf(b->out,
		 "    task automatic %s(input logic ok, input string what);\n"
		 "        %s++;\n"
		 "        if (ok !== 1'b1) begin\n"
		 "            %s++;\n"
		 "            $display(\"FAIL: %%s, at %%0t\", what, $time);\n"
		 "        end\n"
		 "    endtask\n\n",
		 b->check, b->checks, b->failures);
}

static void test(const struct bench *b)
{
	str_addf(b->out,
		 "    initial begin\n"
		 "        $dumpfile(\"wave.vcd\");\n"
		 "        $dumpvars(0, %s);\n",
		 b->name);
	if (!is_sv(b))
		str_addf(b->out, "        %s = 0;\n        %s = 0;\n", b->checks, b->failures);
	first_values(b);
	release_resets(b);
	wait_some(b, 10);
	show_outputs(b);
	the_check(b);
	str_addf(b->out,
		 "        if (%s == 0)\n"
		 "            $display(\"PASS %%0d checks\", %s);\n"
		 "        else\n"
		 "            $display(\"FAIL %%0d of %%0d checks\", %s, %s);\n"
		 "        $finish;\n"
		 "    end\n\n"
		 "    // Ends a test that would go on for ever.\n"
		 "    initial begin\n"
		 "        #100000;\n"
		 "        $display(\"FAIL: the time limit was reached\");\n"
		 "        $finish;\n"
		 "    end\n",
		 b->failures, b->checks, b->failures, b->checks);
}

static char *bench_name(const struct vmodule *m)
{
	bool escaped = m->name[0] == '\\';

	return str_fmt("%s%s_tb%s", escaped ? "\\" : "", m->name + escaped, escaped ? " " : "");
}

void template_testbench(const struct vmodule *m, enum lang lang, struct str *out)
{
	struct bench b = { .m = m, .lang = lang, .out = out };

	b.name = bench_name(m);
	b.dut = template_free_name(m, "dut");
	b.checks = template_free_name(m, "checks");
	b.failures = template_free_name(m, "failures");
	b.check = template_free_name(m, "check");
	for (size_t i = 0; i < m->n_ports && !b.clock; i++)
		if (template_is_clock(&m->ports[i]))
			b.clock = &m->ports[i];
	str_addf(out, "`timescale 1ns / 1ps\n\nmodule %s;\n\n", b.name);
	imports(&b);
	parameters(&b);
	signals(&b);
	template_connect(m, b.dut, "    ", out);
	str_addc(out, '\n');
	clocks(&b);
	check_task(&b);
	test(&b);
	str_adds(out, "\nendmodule\n");
	free(b.name);
	free(b.dut);
	free(b.checks);
	free(b.failures);
	free(b.check);
}
