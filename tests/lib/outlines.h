/* outlines.h - outlines of Verilog as text to compare. */
#ifndef POSEDGE_TESTS_OUTLINES_H
#define POSEDGE_TESTS_OUTLINES_H

#include "tests/lib/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vmacros.h"

static inline void show_module(const struct vmodule *m, struct str *out)
{
	static const char *const dirs[] = { "in", "out", "inout", "ref", "if" };

	str_addf(out, "%s(", m->name);
	for (size_t i = 0; i < m->n_params; i++)
		str_addf(out, "%s%s|%s|%s;", m->params[i].local ? "local " : "", m->params[i].type,
			 m->params[i].name, m->params[i].value);
	str_adds(out, ")(");
	for (size_t i = 0; i < m->n_ports; i++)
		str_addf(out, "%s %s|%s|%s;", dirs[m->ports[i].dir], m->ports[i].type,
			 m->ports[i].name, m->ports[i].dims);
	str_adds(out, ")");
	for (size_t i = 0; i < m->n_instances; i++)
		str_addf(out, " %s:%s", m->instances[i].module, m->instances[i].name);
	for (size_t i = 0; i < m->n_imports; i++)
		str_addf(out, " <%s", m->imports[i]);
	str_adds(out, "\n");
}

static inline char *outline(const char *text)
{
	struct str out = STR_INIT;
	struct voutline o;

	voutline_init(&o, text, strlen(text));
	for (size_t i = 0; i < o.n; i++)
		show_module(&o.modules[i], &out);
	voutline_fini(&o);
	return str_take(&out);
}

static inline void outlines(const char *text, const char *want)
{
	char *got = outline(text);

	assert_string_equal(got, want);
	free(got);
}

/* Uses every construct that voutline_read() accepts. */
static const char *included[] = {
	"ports.vh", "input clk, input [`W-1:0] d,",
	"dut.v",    "module dut; endmodule\n`define LEFT 1\n",
	"half.vh",  "module half(input a);",
	"tasks.vh", "task t; begin $fopen(\"t.txt\", \"r\"); end endtask",
	NULL,
};

static inline bool bring(void *ctx, const char *from, const char *name, bool angle,
			 const char **path, const char **text, size_t *len)
{
	for (size_t i = 0; included[i]; i += 2) {
		if (strcmp(included[i], name) != 0)
			continue;
		*path = included[i];
		*text = included[i + 1];
		*len = strlen(*text);
		return true;
	}
	return false;
}

static inline void reads(const char *text, struct voutline *o)
{
	struct vmacros *m = vmacros_new();
	struct vpp_env env = { .given = m, .include = bring };
	struct err err;

	assert_true(vmacros_define(m, "W=8", &err));
	voutline_read(o, "top.v", text, strlen(text), &env);
	vmacros_free(m);
}

static inline void read_outlines(const char *text, const char *want)
{
	struct str out = STR_INIT;
	struct voutline o;

	reads(text, &o);
	for (size_t i = 0; i < o.n; i++)
		show_module(&o.modules[i], &out);
	assert_string_equal(str_cstr(&out), want);
	voutline_fini(&o);
	str_free(&out);
}

#endif
