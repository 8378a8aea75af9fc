/* Generates the text of the testbench. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/differ.h"
#include "session/flow/port_role.h"
#include "session/flow/spec.h"
#include "session/flow/tests.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

void tests_parts_fini(struct tests_parts *p)
{
	str_free(&p->stimuli);
	str_free(&p->reference);
	for (size_t i = 0; i < p->n_checks; i++) {
		free(p->checks[i].id);
		free(p->checks[i].text);
	}
	free(p->checks);
	free(p->roles);
	memset(p, 0, sizeof(*p));
}

bool tests_fit(const struct vmodule *m, struct err *err)
{
	for (size_t i = 0; i < m->n_ports; i++) {
		const char *name = m->ports[i].name;

		if (str_starts(name, "tb_") || str_starts(name, "ref_"))
			return err_set(err, ERR_CONFLICT,
				       "port %s of %s has a name that the testbench uses itself",
				       name, m->name);
		if (name[0] == '\\')
			return err_set(err, ERR_PARSE, "port %s: an escaped name", name);
	}
	return differ_fit(m, m, err);
}

void tests_set_up(struct tests_parts *p, const struct vmodule *m, const char *text, size_t len)
{
	struct strv edges = STRV_INIT;

	port_edges(text, len, &edges);
	free(p->roles);
	p->roles = port_roles(m, &edges);
	strv_free(&edges);
	p->clock = NULL;
	p->tick = vmodule_port(m, "tick") ? "tb_tick" : "tick";
	for (size_t i = 0; i < m->n_ports && !p->clock; i++)
		if (p->roles[i] == PORT_CLOCK)
			p->clock = m->ports[i].name;
}

/* Checks -------------------------------------------------------------------------------- */

static void add_check(struct tests_parts *p, const char *id, const char *text)
{
	MEM_PUSH(p->checks, p->n_checks, p->cap_checks,
		 (struct tests_check){ mem_strdup(id), mem_strdup(text) });
}

bool tests_names(const struct tests_check *c, const char *id)
{
	return spec_names(c->id, id);
}

#define OF_NO_REQUIREMENT "spec" /* in place of a check's requirements */

/* The requirements that name the port: "R1, R3"; OF_NO_REQUIREMENT if none does. */
static void ids_of(const struct spec *spec, const char *port, struct str *out)
{
	for (size_t i = 0; i < spec->n; i++)
		if (spec->v[i].id[0] && spec_names(spec->v[i].text, port))
			str_addf(out, "%s%s", out->len ? ", " : "", spec->v[i].id);
	if (!out->len)
		str_adds(out, OF_NO_REQUIREMENT);
}

void tests_add_rest(struct tests_parts *p, const struct spec *spec, const struct vmodule *m)
{
	size_t n = p->n_checks;

	for (size_t i = 0; i < m->n_ports; i++) {
		const char *port = m->ports[i].name;
		struct str id = STR_INIT, text = STR_INIT;
		bool named = m->ports[i].dir != VPORT_OUTPUT;

		str_addf(&text, "ref_%s", port);
		for (size_t k = 0; k < n && !named; k++)
			named = spec_names(p->checks[k].text, port) &&
				spec_names(p->checks[k].text, str_cstr(&text));
		if (!named) {
			ids_of(spec, port, &id);
			str_clear(&text);
			str_addf(&text, "%s === ref_%s || ^ref_%s === 1'bx", port, port, port);
			add_check(p, str_cstr(&id), str_cstr(&text));
		}
		str_free(&id);
		str_free(&text);
	}
}

/* True if s is one expression and contains nothing that could end it. */
static bool is_expression(struct slice s)
{
	int depth = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (strchr(";`\"\\$#@", s.p[i]) || (unsigned char)s.p[i] < ' ' ||
		    (s.p[i] == '/' && i + 1 < s.n && strchr("/*", s.p[i + 1])))
			return false;
		depth += strchr("([{", s.p[i]) ? 1 : strchr(")]}", s.p[i]) ? -1 : 0;
		if (depth < 0)
			return false;
	}
	return s.n > 0 && s.n <= TESTS_CHECK_LEN && depth == 0;
}

bool tests_take_checks(struct tests_parts *p, const struct spec *spec, const char *text, size_t len,
		       struct str *why)
{
	struct slice rest = { text, len };
	size_t before = p->n_checks, wrong = 0;

	while (rest.n && p->n_checks < TESTS_CHECKS_MAX) {
		struct slice l = slice_trim(slice_line(&rest)), expr;
		size_t colon;
		char *id, *text_of;

		while (l.n && strchr("-*`|", l.p[0]))
			l = slice_trim(slice_from(l, 1));
		colon = slice_find(l, ":");
		if (colon == l.n || colon > 40)
			continue;
		id = slice_dup(slice_trim((struct slice){ l.p, colon }));
		expr = slice_trim(slice_from(l, colon + 1));
		while (expr.n && strchr("`|;", expr.p[expr.n - 1]))
			expr = slice_trim((struct slice){ expr.p, expr.n - 1 });
		while (expr.n && expr.p[0] == '`')
			expr = slice_trim(slice_from(expr, 1));
		text_of = slice_dup(expr);
		if (spec_find(spec, id) && is_expression(expr))
			add_check(p, id, text_of);
		else if (spec_find(spec, id) && !wrong++)
			str_addf(why, "%s: \"%.100s\" is no single expression", id, text_of);
		free(text_of);
		free(id);
	}
	p->checks_left = !slice_blank(rest);
	if (p->n_checks > before)
		return true;
	if (!wrong)
		str_adds(why, "there is no line such as \"R1: q === ref_q\" in it");
	return false;
}

/* Writing the testbench ------------------------------------------------------------------ */

/* Appends "signed [7:0] " for the type "logic signed [7:0]". */
static void add_range(const struct vport *p, struct str *out)
{
	const char *open = strchr(p->type, '['), *close = strrchr(p->type, ']');

	if (strstr(p->type, "signed"))
		str_adds(out, "signed ");
	if (open && close && close > open) {
		str_add(out, open, (size_t)(close - open) + 1);
		str_addc(out, ' ');
	}
}

static void declare(const struct tests_parts *parts, const struct vmodule *m, struct str *out)
{
	for (size_t i = 0; i < m->n_params; i++)
		str_addf(out, "  localparam %s = %s;\n", m->params[i].name, m->params[i].value);
	for (size_t i = 0; i < m->n_ports; i++) {
		const struct vport *p = &m->ports[i];
		enum port_role role = parts->roles[i];

		str_adds(out, role == PORT_OUTPUT ? "  wire " : "  reg ");
		add_range(p, out);
		if (role == PORT_OUTPUT)
			str_addf(out, "%s, ref_%s;\n", p->name, p->name);
		else
			str_addf(out, "%s = %d;\n", p->name, role == PORT_RESET_LOW);
	}
	str_adds(out, "  integer tb_i, tb_j, tb_checks = 0, tb_failed = 0;\n  reg tb_on = 0;\n\n");
}

static void instance(const struct vmodule *m, const char *module, const char *name,
		     const char *prefix, struct str *out)
{
	str_addf(out, "  %s %s (", module, name);
	for (size_t i = 0; i < m->n_ports; i++)
		str_addf(out, "%s.%s(%s%s)", i ? ", " : "", m->ports[i].name,
			 m->ports[i].dir == VPORT_OUTPUT ? prefix : "", m->ports[i].name);
	str_adds(out, ");\n");
}

/* Escapes text for use in a format string. */
static void add_quoted(const char *text, struct str *out)
{
	for (; *text; text++)
		str_adds(out, *text == '%' ? "%%" : (char[]){ *text, 0 });
}

static void compare(const struct tests_parts *p, const struct vmodule *m,
		    const struct tests_check *c, struct str *out)
{
	str_addf(out,
		 "        // %s\n        tb_checks = tb_checks + 1;\n"
		 "        if ((%s) !== 1'b1) begin\n          tb_failed = tb_failed + 1;\n"
		 "          if (tb_failed <= %d) $display(\"FAIL %s: ",
		 c->id, c->text, TESTS_PRINTED, c->id);
	add_quoted(c->text, out);
	str_adds(out, " at %0t:");
	for (size_t i = 0; i < m->n_ports; i++)
		if (p->roles[i] != PORT_CLOCK)
			str_addf(out, " %s=%%h%s", m->ports[i].name,
				 m->ports[i].dir == VPORT_OUTPUT ? "(%h)" : "");
	str_adds(out, "\", $time");
	for (size_t i = 0; i < m->n_ports; i++) {
		const char *name = m->ports[i].name;

		if (m->ports[i].dir == VPORT_OUTPUT)
			str_addf(out, ", %s, ref_%s", name, name);
		else if (p->roles[i] != PORT_CLOCK)
			str_addf(out, ", %s", name);
	}
	str_adds(out, ");\n        end\n");
}

static void tasks(const struct tests_parts *p, const struct vmodule *m, struct str *out)
{
	str_adds(
		out,
		"  // Outputs of this state and these inputs; in brackets what the reference has.\n"
		"  task tb_compare;\n    begin\n      if (tb_on) begin\n");
	for (size_t i = 0; i < p->n_checks; i++)
		compare(p, m, &p->checks[i], out);
	str_adds(out, "      end\n    end\n  endtask\n\n");
	if (p->clock)
		str_addf(out,
			 "  // To 1 ns behind the next falling edge.\n"
			 "  task %s;\n    begin\n      #3 tb_compare;\n      @(negedge %s);\n"
			 "      #1;\n    end\n  endtask\n\n",
			 p->tick, p->clock);
	else
		str_addf(out,
			 "  task %s;\n    begin\n      #3 tb_compare;\n      #7;\n    end\n  "
			 "endtask\n\n",
			 p->tick);
}

/* Activates the reset for three cycles. Its effect is checked by stimuli that set it again. */
static void reset(const struct tests_parts *p, const struct vmodule *m, struct str *out)
{
	for (int active = 1; active >= 0; active--) {
		for (size_t i = 0; i < m->n_ports; i++) {
			enum port_role role = p->roles[i];

			if (role == PORT_RESET_HIGH || role == PORT_RESET_LOW)
				str_addf(out, "    %s = %d;\n", m->ports[i].name,
					 (role == PORT_RESET_HIGH) == active);
		}
		if (active && p->clock)
			str_addf(out, "    repeat (3) %s;\n", p->tick);
	}
	str_adds(out, "    tb_on = 1;\n");
}

static void add_indented(const struct str *text, struct str *out)
{
	struct slice rest = { str_cstr(text), text->len };

	while (rest.n) {
		struct slice l = slice_chomp(slice_line(&rest));

		if (!slice_blank(l))
			str_addf(out, "    %.*s\n", (int)l.n, l.p);
	}
}

/* Each requirement that a check names, once. */
static void ids_of_checks(const struct tests_parts *p, struct strv *out)
{
	for (size_t i = 0; i < p->n_checks; i++) {
		const char *at = p->checks[i].id;

		while (*at) {
			size_t n = strcspn(at, ", ");
			char *id = mem_strndup(at, n);

			if (n && !strv_has(out, id) && strcmp(id, OF_NO_REQUIREMENT) != 0)
				strv_add(out, id);
			free(id);
			at += n + strspn(at + n, ", ");
		}
	}
}

/* R2 before R10 */
static int by_number(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	size_t nx = strlen(x), ny = strlen(y);

	return nx != ny ? (nx > ny) - (nx < ny) : strcmp(x, y);
}

static void head(const struct tests_parts *p, const struct vmodule *m, struct str *out)
{
	struct strv ids = STRV_INIT;

	ids_of_checks(p, &ids);
	if (ids.n)
		qsort(ids.v, ids.n, sizeof(*ids.v), by_number);
	str_addf(out, "// Checks %s against ", m->name);
	for (size_t i = 0; i < ids.n; i++)
		str_addf(out, "%s%s", i ? ", " : "", ids.v[i]);
	str_addf(out, "%sspec.md, with a reference model, %s_ref.\n`timescale 1ns / 1ns\n",
		 ids.n ? " of " : "", m->name);
	strv_free(&ids);
}

void tests_write(const struct tests_parts *p, const struct vmodule *m, const char *name,
		 bool reference_in_place, struct str *out)
{
	char *ref = str_fmt("%s_ref", m->name);

	head(p, m, out);
	str_add(out, str_cstr(&p->reference), p->reference.len);
	str_addf(out, "\nmodule %s;\n", name);
	declare(p, m, out);
	instance(m, reference_in_place ? ref : m->name, "dut", "", out);
	instance(m, ref, "tb_model", "ref_", out);
	for (size_t i = 0; i < m->n_ports; i++)
		if (p->roles[i] == PORT_CLOCK)
			str_addf(out, "  always #5 %s = ~%s;\n", m->ports[i].name,
				 m->ports[i].name);
	str_addc(out, '\n');
	tasks(p, m, out);
	str_adds(out, "  initial begin\n");
	reset(p, m, out);
	add_indented(&p->stimuli, out);
	str_adds(out, "    if (tb_failed == 0) $display(\"PASS %0d checks\", tb_checks);\n"
		      "    else $display(\"FAIL %0d of %0d checks\", tb_failed, tb_checks);\n"
		      "    $finish;\n  end\n\n  initial begin\n    #" TESTS_TIME
		      " $display(\"TIMEOUT\");\n    $finish;\n  end\nendmodule\n");
	free(ref);
}
