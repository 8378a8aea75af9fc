#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/check/race.h"
#include "session/tool/simulator.h"
#include "session/verilog/vrace.h"
#include "tests/lib/folder.h"

/* want "": there is none. Each text as it is, then cut at every byte: any answer, no
 * crash. */
static void says(const char *text, const char *want)
{
	struct str why = STR_INIT;

	for (size_t len = strlen(text);; len--) {
		struct vrace *r = vrace_new();

		str_clear(&why);
		vrace_add(r, "a.v", text, len);
		if (vrace_find(r, NULL, &why) != (why.len > 0))
			fail_msg("an answer without words");
		if (len == strlen(text) && strcmp(str_cstr(&why), want) != 0)
			fail_msg("%s\nsaid: %s\nwant: %s", text, str_cstr(&why), want);
		vrace_free(r);
		if (len == 0)
			break;
	}
	str_free(&why);
}

#define HEAD "module m(input clk, rst, d, output reg q, output reg p);\n reg t; wire w;\n"

CASE(a_process_that_reads_what_another_assigns_races)
{
	says(HEAD "always @(posedge clk) t = d;\nalways @(posedge clk) q <= t;\nendmodule\n",
	     "t, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:4");
	says(HEAD "always @(posedge clk) t <= d;\nalways @(posedge clk) q <= t;\nendmodule\n", "");
	says(HEAD "always @(posedge clk) begin t = d; q <= t; end\nendmodule\n", "");
	says(HEAD "always @(posedge clk) t = d;\nalways @(negedge clk) q <= t;\nendmodule\n", "");
	says(HEAD "always @(posedge clk) t = d;\nalways @(negedge clk or posedge rst) q <= t;\n"
		  "endmodule\n",
	     "t, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:4");
	says(HEAD "always @(posedge clk) t = d;\nalways @(posedge clk) t = !d;\nendmodule\n",
	     "t, which a.v:3 assigns by = at a clock edge, is assigned at an edge in a.v:3");
	says(HEAD "always @(posedge clk) q = d;\nalways @(posedge clk) if (q) p = d;\nendmodule\n",
	     "q, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:4");
	/* through an instance, also behind a generate block */
	says("module s(input c, d, output reg q);\nalways @(posedge c) q = d;\nendmodule\n" HEAD
	     "s u(.c(clk), .d(d), .q(w));\nalways @(posedge clk) q <= w;\nendmodule\n",
	     "w, which a.v:6 assigns by = at a clock edge, is read at an edge in a.v:7");
	says("module s(input c, d, output reg q);\nalways @(posedge c) q = d;\nendmodule\n" HEAD
	     "generate if (1) begin end endgenerate s u(.c(clk), .d(d), .q(w));\n"
	     "always @(posedge clk) q <= w;\nendmodule\n",
	     "w, which a.v:6 assigns by = at a clock edge, is read at an edge in a.v:7");
	says("module s(input c, d, output reg q);\nalways @(posedge c) q = d;\nendmodule\n" HEAD
	     "(* keep *) s u(.c(clk), .d(d), .q(w));\n"
	     "always @(posedge clk) q <= w;\nendmodule\n",
	     "w, which a.v:6 assigns by = at a clock edge, is read at an edge in a.v:7");
	/* its own variable of the same name, and a counter of loops */
	says(HEAD "always @(posedge clk) t = d;\nalways @(posedge clk) begin : b\n reg t; t = d; "
		  "q <= t; end\nendmodule\n",
	     "");
	/* which shadows the other one only in its block */
	says(HEAD "always @(posedge clk) t = d;\nalways @(posedge clk) begin begin : b\n reg t; "
		  "t = d; p <= t; end\nq <= t; end\nendmodule\n",
	     "t, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:6");
	says(HEAD "always @(posedge clk) t = d;\nalways @(posedge clk) begin begin : a\n reg t; "
		  "t = d; p <= t; end begin : b\nreg t; t = !d; q <= t; end end\nendmodule\n",
	     "");
	says(HEAD "always @(posedge clk) t = d;\nalways @(posedge clk) begin : b\n"
		  "automatic reg u = t; q <= u; end\nendmodule\n",
	     "t, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:5");
	says(HEAD "integer i;\nalways @(posedge clk) for (i = 0; i < 2; i = i + 1) q <= d;\n"
		  "always @(posedge clk) for (i = 0; i < 2; i = i + 1) p <= d;\nendmodule\n",
	     "");
	says(HEAD "always @(posedge clk) t = ~t;\nalways @(posedge t) q <= d;\nendmodule\n", "");
}

CASE(a_race_goes_through_what_is_combinational)
{
	says(HEAD "always @(posedge clk) t = d;\nassign w = t & d;\nalways @(posedge clk) q <= "
		  "w;\nendmodule\n",
	     "w, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:5");
	says(HEAD "reg c;\nalways @(posedge clk) t = d;\nalways @* c = t;\nalways @(posedge clk) q "
		  "<= c;\nendmodule\n",
	     "c, which a.v:4 assigns by = at a clock edge, is read at an edge in a.v:6");
	says(HEAD "always @(posedge clk) t = d;\nassign w = t;\nalways @* p = w;\nendmodule\n", "");
	says(HEAD "task go; t = d; endtask\nalways @(posedge clk) go;\nalways @(posedge clk) q <= "
		  "t;\nendmodule\n",
	     "t, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:5");
	says(HEAD "function f(input t); f = t; endfunction\nalways @(posedge clk) q <= f(d);\n"
		  "always @(posedge clk) p <= f(q);\nendmodule\n",
	     "");
	/* a function reads it for an assignment; another has an argument of its name */
	says(HEAD "function f(input x); f = x & t; endfunction\nalways @(posedge clk) t = d;\n"
		  "assign w = f(d);\nalways @(posedge clk) q <= w;\nendmodule\n",
	     "w, which a.v:4 assigns by = at a clock edge, is read at an edge in a.v:6");
	says(HEAD "function f(input t); f = t; endfunction\nalways @(posedge clk) t = d;\n"
		  "always @(posedge clk) begin p <= f(d); q <= t; end\nendmodule\n",
	     "t, which a.v:4 assigns by = at a clock edge, is read at an edge in a.v:5");
	/* at any depth; and in a circle */
	says(HEAD "always @(posedge clk) t = d;\n"
		  "function a(input x); a = b(x) & b(!x); endfunction\n"
		  "function b(input x); b = c(x) & c(!x); endfunction\n"
		  "function c(input x); c = e(x) & e(!x); endfunction\n"
		  "function e(input x); e = f(x) & f(!x); endfunction\n"
		  "function f(input x); f = g(x) & g(!x); endfunction\n"
		  "function g(input x); g = x ? t : a(x); endfunction\n"
		  "always @(posedge clk) q <= a(d);\nendmodule\n",
	     "t, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:9");
}

CASE(a_race_goes_through_ports)
{
#define LEAF "module s(input clk, d, output reg q);\n always @(posedge clk) q = d;\nendmodule\n"
	says("module m(input clk, d, output q);\n wire a;\n s u(clk, d, a);\n s v(clk, a, "
	     "q);\nendmodule\n" LEAF,
	     "a, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:4");
	says("module m(input clk, d, output q);\n s u(.clk(clk), .d(d), .q(q));\nendmodule\n" LEAF,
	     "");
	says("module m(input clk, output q);\n s u(.clk(clk), .d(q), .q(q));\nendmodule\n" LEAF,
	     "q, which a.v:2 assigns by = at a clock edge, is read at an edge in a.v:2");
	says("module m(input clk, d, output q);\n wire a;\n s u(.d(d), .*, .q(a));\n s "
	     "#(1) v(.*, .d({a, d}));\nendmodule\n" LEAF,
	     "a, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:4");
	says("module m(input clk, d, output q);\n wire a;\n s u(.d(d), .*, .q(a)), v(.*);\n"
	     "endmodule\n" LEAF,
	     "");
	says("module m(input clk, d, output reg q);\n wire a;\n s u(.clk(clk), .d(d), .q(a));\n "
	     "always @(posedge clk) q <= a;\nendmodule\n" LEAF,
	     "a, which a.v:3 assigns by = at a clock edge, is read at an edge in a.v:4");
	/* a function in a connection reads it; one that does not */
	says("module m(input clk, d, output q);\n wire a;\n function f(input x); f = x & a; "
	     "endfunction\n s u(clk, d, a);\n s v(.clk(clk), .d(f(d)), .q(q));\nendmodule\n" LEAF,
	     "a, which a.v:4 assigns by = at a clock edge, is read at an edge in a.v:3");
	says("module m(input clk, d, output q);\n wire a;\n function f(input x); f = g(x); "
	     "endfunction\n function g(input x); g = x ^ a; endfunction\n s u(clk, d, a);\n"
	     " s v(clk, {d, f(d)}, q);\nendmodule\n" LEAF,
	     "a, which a.v:5 assigns by = at a clock edge, is read at an edge in a.v:4");
	says("module m(input clk, d, output q);\n wire a;\n function f(input a); f = !a; "
	     "endfunction\n s u(clk, d, a);\n s v(clk, f(d), q);\nendmodule\n" LEAF,
	     "");
	says("module m(input clk, d, output y);\n wire a;\n s u(clk, d, a);\n inv v(a, "
	     "y);\nendmodule\nmodule inv(input a, output y);\n assign y = !a;\nendmodule\n" LEAF,
	     "");
}

CASE(only_what_is_within_the_top_counts)
{
	static const char text[] =
		"module good(input clk, d, output reg q);\n always @(posedge clk) q <= d;\n"
		"endmodule\nmodule bad(input clk, d, output reg q);\n reg t;\n"
		" always @(posedge clk) t = d;\n always @(posedge clk) q <= t;\nendmodule\n"
		"module top(input clk, d, output q);\n bad u(clk, d, q);\nendmodule\n";
	static const struct {
		const char *top;
		bool races;
	} v[] = { { "good", false }, { "bad", true }, { "top", true }, { "none", true } };

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct vrace *r = vrace_new();
		struct str why = STR_INIT;

		vrace_add(r, "a.v", text, strlen(text));
		assert_int_equal(vrace_find(r, v[i].top, &why), v[i].races);
		str_free(&why);
		vrace_free(r);
	}
}

/* Nobody has looked for races in a source that was not read. */
CASE(what_was_not_read_may_race)
{
	struct source calm = { .path = "calm.v", .text = "module calm; endmodule\n", .len = 23 };
	struct source all[] = { calm, { .path = "large.v" } };
	struct sim_job job = { .root = folder, .sources = all, .n = 1 };
	struct str why = STR_INIT, large = STR_INIT;
	char *path = path_join(folder, "large.v");
	struct err err;

	assert_false(race_in_job(&job, &why));
	assert_int_equal(why.len, 0);
	job.n = 2;
	for (size_t i = 0; i < 1u << 17; i++)
		str_adds(&large, "// this line has 32 characters.\n");
	assert_true(file_save(path, large.data, large.len, 0600, &err)); /* 4 MB */
	assert_false(race_in_job(&job, &why));
	str_addc(&large, '\n');
	assert_true(file_save(path, large.data, large.len, 0600, &err));
	assert_true(race_in_job(&job, &why));
	assert_non_null(strstr(str_cstr(&why), "may be a race"));
	assert_non_null(strstr(str_cstr(&why), "large.v"));
	free(path);
	str_free(&large);
	str_free(&why);
}

CASES_WITHIN(make_folder, remove_folder)
