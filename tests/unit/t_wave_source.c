#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/check/wave_source.h"
#include "session/check/wave_source_ports.h"
#include "session/project/project.h"
#include "session/trace/trace.h"
#include "tests/lib/tool.h"
#include "tests/lib/wave.h"

/* The clock of a design in a dump that names these signals, "scope.name"; the
 * same number after '=' is the same net. "" for none, "?" for not known. */
static void clock_is(const char *tb, const char *dut, const char *const *signals, const char *want)
{
	char *dir = tool_folder();
	struct wave *w = wave_new();
	struct project *p;
	struct str is = STR_INIT;
	static const char *const edges[] = {
		[TRACE_RISING] = "", [TRACE_FALLING] = " down", [TRACE_BOTH] = " both"
	};
	struct trace_clock clock;
	struct trace *t;

	tool_write(dir, "tb.sv", tb);
	tool_write(dir, "dut.sv", dut);
	p = project_open(dir, NULL);
	assert_non_null(p);
	for (; *signals; signals++) {
		const char *net = strchr(*signals, '='), *dot = NULL;
		char *full = net ? strndup(*signals, (size_t)(net - *signals)) : strdup(*signals);
		struct wave_signal s = { .width = 1 };

		dot = strrchr(full, '.');
		s.scope = full;
		s.name = dot + 1;
		full[dot - full] = '\0';
		wave_add_signal(w, &s, net ? atol(net + 1) : -1);
		free(full);
	}
	t = trace_of_wave(w);
	clock = wave_source_clock_aside(NULL, p, NULL, t);
	if (clock.signal < trace_signals(t)) {
		trace_full_name(t, clock.signal, &is);
		str_adds(&is, edges[clock.edge]);
	} else {
		str_adds(&is, clock.signal == TRACE_NO_CLOCK ? "" : "?");
	}
	assert_string_equal(str_cstr(&is), want);
	str_free(&is);
	project_free(p);
	trace_close(t);
	tool_folder_remove(dir);
}

#define CLOCK_IS(tb, dut, want, ...) \
	clock_is(tb, dut, (const char *const[]){ __VA_ARGS__, NULL }, want)

static const char tb[] =
	"module tb; reg tick = 0, fast = 0, r; always #5 tick = ~tick; always #1 fast = ~fast;\n"
	"dut u0 (.c(tick), .r(r)); initial #100 $finish; endmodule\n";

CASE(the_clock_is_what_the_processes_wait_for)
{
	CLOCK_IS(tb,
		 "module dut (input c, r, output reg q); always @(posedge c or negedge r) if (!r) "
		 "q <= 0; else q <= ~q;\n"
		 "endmodule\n",
		 "tb.tick", "tb.fast", "tb.r", "tb.tick", "tb.u0.r=1", "tb.u0.c=2", "tb.u0.q");
	/* The reset may be named first. */
	CLOCK_IS(tb,
		 "module dut (input c, r, output reg q); always_ff @(posedge r, posedge c) begin "
		 "if (r) q <= 0; else q <= ~q;"
		 " end endmodule\n",
		 "tb.tick", "tb.fast", "tb.r", "tb.tick", "tb.u0.r=1", "tb.u0.c=2", "tb.u0.q");
	/* Files that the testbench includes are read, too. */
	CLOCK_IS("`include \"dut.sv\"\nmodule tb; reg tick = 0, fast = 0, r; always @(posedge r) "
		 "fast "
		 "= 1;\ndut u0 (.c(tick), .r(r)); initial #100 $finish; endmodule\n",
		 "module dut (input c, r, output reg q); always @(posedge c) q <= r; endmodule\n",
		 "tb.tick", "tb.fast", "tb.r", "tb.tick", "tb.u0.r=1", "tb.u0.c=2", "tb.u0.q");
	/* Not the same net in the dump: then the inner name. */
	CLOCK_IS(tb,
		 "module dut (input c, r, output reg q); always @(negedge c) q <= r; endmodule\n",
		 "tb.u0.c down", "tb.fast", "tb.r", "tb.tick", "tb.u0.c", "tb.u0.q");
	CLOCK_IS(tb,
		 "module dut (input c, r, output reg q); always @(negedge c) q <= r; endmodule\n",
		 "TOP.tb.u0.c down", "TOP.tb.fast", "TOP.tb.u0.c", "TOP.tb.u0.q");
}

CASE(the_one_with_the_most_processes_wins)
{
	CLOCK_IS(tb,
		 "module leaf (input k); reg a, b; always @(posedge k) a <= b; always @(posedge k) "
		 "b <= a; endmodule\n"
		 "module dut (input c, r); reg q; wire k; always @(posedge c) q <= r; generate for "
		 "(genvar i = 0; i < 2; i++)\n"
		 "begin : g leaf l (k); end endgenerate endmodule\n",
		 "tb.u0.k", "tb.tick", "tb.u0.c=0", "tb.u0.k", "tb.u0.q", "tb.u0.g[0].l.k=2",
		 "tb.u0.g[1].l.k=2");
}

CASE(a_testbench_counts_when_its_design_has_no_clock)
{
	const char *waits = "module tb; reg clk = 0, a; dut u (a); initial begin repeat (3) "
			    "@(posedge clk); $finish; end endmodule\n";

	CLOCK_IS(waits, "module dut (input a, output y); assign y = a; endmodule\n", "tb.clk",
		 "tb.a", "tb.clk", "tb.u.a=0", "tb.u.y");
	CLOCK_IS(tb, "module dut (input c, r, output y); assign y = c & r; endmodule\n", "",
		 "tb.fast", "tb.tick", "tb.u0.c=1");
}

CASE(the_edge_is_that_of_the_design)
{
	static const char *const checks =
		"module tb; reg c = 0, r; always #5 c = ~c; always @(negedge c) r <= ~r;\n"
		"dut u0 (.c(c), .r(r)); initial #100 $finish; endmodule\n";

	/* A testbench drives at the other one. */
	CLOCK_IS(checks,
		 "module dut (input c, r, output reg q); always @(posedge c) q <= r; endmodule\n",
		 "tb.c", "tb.c", "tb.u0.c=0", "tb.u0.q");
	CLOCK_IS(checks,
		 "module dut (input c, r, output reg q); always @(posedge c) q <= r; reg p;\n"
		 "always @(negedge c) p <= r; endmodule\n",
		 "tb.c both", "tb.c", "tb.u0.c=0", "tb.u0.q");
	CLOCK_IS(checks,
		 "module dut (input c, r, output reg q); always @(negedge c or posedge c) q <= r; "
		 "endmodule\n",
		 "tb.c both", "tb.c", "tb.u0.c=0", "tb.u0.q");
	CLOCK_IS(checks,
		 "module dut (input c, r, output reg q); always @(negedge c, posedge r) if (r) q "
		 "<= 0; else q <= ~q; endmodule\n",
		 "tb.c down", "tb.c", "tb.r", "tb.u0.c=0", "tb.u0.r=1", "tb.u0.q");
	/* It alone. */
	CLOCK_IS(checks, "module dut (input c, r, output y); assign y = c & r; endmodule\n",
		 "tb.c down", "tb.c", "tb.u0.c=0");
}

CASE(what_is_not_there_is_not_guessed)
{
	/* A module without a source may have the clock. */
	CLOCK_IS("module tb; reg a; vendor u (a); endmodule\n", "", "?", "tb.a", "tb.u.x");
	/* So may one whose signals were not dumped. */
	CLOCK_IS(tb,
		 "module dut (input c, r, output reg q); always @(posedge c) q <= r; endmodule\n",
		 "?", "tb.fast", "tb.r");
	CLOCK_IS(tb, "", "?", "other.clk");
}

/* A module in a generate block and one of an array; the second tb.q is no port. */
CASE(ports_and_files_of_a_dump_come_from_the_sources)
{
	static const struct wave_signal signals[] = {
		{ .scope = "tb", .name = "q", .width = 1 },
		{ .scope = "tb.u.g[1].leaf[0]", .name = "a", .width = 1 },
		{ .scope = "tb.u.g[1].leaf[0]", .name = "y", .width = 1 },
		{ .scope = "tb.u.g[1].leaf[0]", .name = "n", .width = 1 },
		{ .scope = "tb.u", .name = "bus", .width = 1 },
		{ .scope = "other.u", .name = "a", .width = 1 },
	};
	char *dir = tool_folder(), *d, *want;
	struct wave *w = wave_new();
	struct str stems = STR_INIT;
	struct strv files = STRV_INIT;
	struct project *p;
	struct trace *t;

	tool_write(dir, "tb.sv", "module tb;\n  logic q;\n  top u (.bus(q));\nendmodule\n");
	tool_write(dir, "a dut.sv",
		   "module leaf(input a, output y);\n  wire n;\nendmodule\n"
		   "module top(inout bus);\n  genvar i;\n"
		   "  for (i = 0; i < 2; i = i + 1) begin : g\n    leaf leaf[1:0] ();\n  end\n"
		   "endmodule\n");
	p = project_open(dir, NULL);
	assert_non_null(p);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		wave_add_signal(w, &signals[i], -1);
	t = trace_of_wave(w);
	d = wave_source_directions(p, t);
	assert_memory_equal(d, "\0io\0b\0", 6);
	assert_true(wave_source_stems(p, dir, t, &stems, &files));
	assert_string_equal(str_cstr(&stems), "++ module tb file src/0 lines 1 - 4\n"
					      "++ comp u type top parent tb\n"
					      "++ module top file src/1 lines 4 - 9\n"
					      "++ comp leaf type leaf parent top\n"
					      "++ module leaf file src/1 lines 1 - 3\n");
	want = str_fmt("%s/a dut.sv", dir);
	assert_int_equal(files.n, 2);
	assert_string_equal(files.v[1], want);
	free(want);
	free(d);
	str_free(&stems);
	strv_free(&files);
	trace_close(t);
	project_free(p);
	tool_folder_remove(dir);
}

/* So many modules, each in a scope of its own. */
static void stems_of(size_t n, bool all)
{
	char *dir = tool_folder();
	struct wave *w = wave_new();
	struct str text = STR_INIT, stems = STR_INIT;
	struct strv files = STRV_INIT;
	size_t lines = 0;
	struct project *p;
	struct trace *t;

	for (size_t i = 0; i < n; i++) {
		char *scope = str_fmt("m%zu", i);
		struct wave_signal s = { .scope = scope, .name = "q", .width = 1 };

		str_addf(&text, "module m%zu; logic q; endmodule\n", i);
		wave_add_signal(w, &s, -1);
		free(scope);
	}
	tool_write(dir, "m.sv", str_cstr(&text));
	p = project_open(dir, NULL);
	t = trace_of_wave(w);
	assert_int_equal(wave_source_stems(p, dir, t, &stems, &files), all);
	for (const char *at = str_cstr(&stems); (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	assert_int_equal(lines, all ? n : WAVE_SOURCE_MODULES);
	assert_int_equal(files.n, 1);
	str_free(&text);
	str_free(&stems);
	strv_free(&files);
	trace_close(t);
	project_free(p);
	tool_folder_remove(dir);
}

CASE(modules_that_are_left_out_are_told)
{
	stems_of(WAVE_SOURCE_MODULES, true);
	stems_of(WAVE_SOURCE_MODULES + 1, false);
}
