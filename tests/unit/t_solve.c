#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/flow/flow_kit.h"
#include "session/flow/solve.h"
#include "sim/yosys/yosys_size.h"

/* Scores ------------------------------------------------------------------------------- */

static unsigned seed = 7;

static unsigned below(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

static struct solve_score a_score(void)
{
	struct solve_score s = { .checks = -1, .failures = -1, .path = -1 };

	s.has_code = below(4) > 0;
	s.linted = s.has_code && below(4) > 0;
	s.errors = s.linted ? below(2) : 0;
	s.risks = s.linted ? below(3) : 0;
	s.ran = s.has_code && !s.errors && below(3) > 0;
	s.passes = s.ran && below(2);
	s.checks = s.ran && below(3) ? 10 : -1;
	s.failures = s.passes ? 0 : s.ran ? (long)below(11) : -1;
	s.hunted = s.passes && below(2);
	s.mutants = s.hunted ? 10 : 0;
	s.noticed = s.hunted ? below(11) : 0;
	s.latches = s.has_code ? below(2) : 0;
	s.sized = s.passes && below(2);
	s.cells = below(3);
	s.path = (long)below(3) - 1;
	return s;
}

CASE(better_is_not_also_worse)
{
	for (int i = 0; i < 20000; i++) {
		struct solve_score a = a_score(), b = a_score();

		assert_int_equal(solve_compare(&a, &b) > 0, solve_compare(&b, &a) < 0);
		assert_int_equal(solve_compare(&a, &a), 0);
	}
}

CASE(a_stage_counts_only_where_earlier_ones_are_equal)
{
	struct solve_score nothing = { .checks = -1, .failures = -1, .path = -1 };
	struct solve_score broken = nothing, fails, half, passes, strong, small;

	broken.has_code = broken.linted = true;
	broken.errors = 1;
	fails = broken;
	fails.errors = 0;
	fails.risks = 9;
	fails.ran = true;
	fails.checks = 40;
	fails.failures = 30;
	half = fails;
	half.failures = 20;
	half.latches = 1;
	half.sized = true;
	half.cells = 1;
	passes = half;
	passes.passes = true;
	passes.failures = 0;
	passes.hunted = true;
	passes.mutants = 10;
	passes.noticed = 5;
	passes.cells = 900;
	strong = passes;
	strong.noticed = 9;
	strong.cells = 1000;
	small = strong;
	small.cells = 999;
	assert_true(solve_compare(&broken, &nothing) > 0);
	assert_true(solve_compare(&fails, &broken) > 0);
	assert_true(solve_compare(&half, &fails) > 0);
	assert_true(solve_compare(&passes, &half) > 0);
	assert_true(solve_compare(&strong, &passes) > 0);
	assert_true(solve_compare(&small, &strong) > 0);
	/* The size of a failing candidate does not count. */
	small.passes = strong.passes = false;
	small.failures = strong.failures = 4;
	assert_int_equal(solve_compare(&small, &strong), 0);
}

CASE(sizes_are_hidden_until_something_passes)
{
	struct solve_score s = { .has_code = true, .sized = true, .cells = 4711, .path = 3 };
	struct str out = STR_INIT;

	solve_row("1", "plain", &s, false, false, &out);
	solve_brief(&s, false, &out);
	solve_json(&s, false, &out);
	assert_null(strstr(str_cstr(&out), "4711"));
	solve_row("1", "plain", &s, true, false, &out);
	assert_non_null(strstr(str_cstr(&out), "4711 cells, path 3"));
	str_free(&out);
}

CASE(checks_that_fail_are_named_where_they_were_counted)
{
	static const struct {
		bool passes;
		long checks, failures;
		const char *want;
	} v[] = {
		{ false, 8, 4, "FAIL 4 of 8 checks failed" },
		{ false, 8, -1, "FAIL" },
		{ false, 8, 9, "FAIL" },
		{ true, 8, 0, "PASS 8 checks" },
		{ true, 0, 0, "PASS 0" },
	};

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		struct solve_score s = { .ran = true,
					 .passes = v[i].passes,
					 .checks = v[i].checks,
					 .failures = v[i].failures };
		struct str out = STR_INIT;

		solve_brief(&s, false, &out);
		assert_string_equal(str_cstr(&out), v[i].want);
		str_free(&out);
	}
}

/* What is next --------------------------------------------------------------------------- */

static enum solve_stop next(struct solve_history h, enum solve_effort *e)
{
	*e = SOLVE_PLAIN;
	return solve_next(&h, e);
}

CASE(effort_grows_only_where_the_last_one_brought_nothing)
{
	enum solve_effort e;
	struct solve_history h = { .most = 8, .can_escalate = true };

	assert_int_equal(next(h, &e), SOLVE_ON);
	assert_int_equal(e, SOLVE_PLAIN);
	h.tried = 2;
	h.raised = true; /* it has findings: they are simply repaired */
	assert_int_equal(next(h, &e), SOLVE_ON);
	assert_int_equal(e, SOLVE_PLAIN);
	h.wrong = true;
	assert_int_equal(next(h, &e), SOLVE_ON);
	assert_int_equal(e, SOLVE_REASON);
	h.last = SOLVE_REASON;
	assert_int_equal(next(h, &e), SOLVE_ON);
	assert_int_equal(e, SOLVE_REASON);
	h.raised = false;
	assert_int_equal(next(h, &e), SOLVE_ON);
	assert_int_equal(e, SOLVE_ESCALATE);
	h.can_escalate = false;
	assert_int_equal(next(h, &e), SOLVE_STUCK);
	h.last = SOLVE_ESCALATE;
	h.can_escalate = true;
	assert_int_equal(next(h, &e), SOLVE_STUCK);
	h.green = true;
	assert_int_equal(next(h, &e), SOLVE_DONE);
	h.all = true;
	assert_int_equal(next(h, &e), SOLVE_ON);
	h.tried = 8;
	assert_int_equal(next(h, &e), SOLVE_DONE);
	h.green = false;
	assert_int_equal(next(h, &e), SOLVE_ALL_TRIED);
}

CASE(a_level_is_raised_by_one)
{
	static const struct {
		const char *now, *next;
	} v[] = {
		{ NULL, "high" },  { "off", "low" }, { "low", "medium" }, { "medium", "high" },
		{ "high", NULL },  { "on", NULL },   { "4000", "8000" },  { "20000", "32000" },
		{ "32000", NULL }, { "0", NULL },    { "-5", NULL },	  { "99999999", NULL },
		{ "4000x", NULL }, { "", NULL },
	};
	char level[24];

	for (size_t i = 0; i < sizeof(v) / sizeof(*v); i++) {
		assert_int_equal(solve_level(v[i].now, level), v[i].next != NULL);
		if (v[i].next)
			assert_string_equal(level, v[i].next);
	}
}

/* From every history, asking ends within the allowed number of candidates. */
CASE(it_always_ends)
{
	for (int i = 0; i < 2000; i++) {
		struct solve_history h = { .most = 1 + below(SOLVE_MAX),
					   .all = below(2),
					   .can_escalate = below(2) };
		enum solve_effort e;
		unsigned n = 0;

		while (solve_next(&h, &e) == SOLVE_ON) {
			assert_true(e >= h.last);
			h.tried++;
			h.last = e;
			h.raised = below(2);
			h.wrong = below(2);
			h.green |= below(4) == 0;
			assert_true(++n <= h.most);
		}
	}
}

/* Code ----------------------------------------------------------------------------------- */

#define M(body) "module m(input a, output y);\n" body "endmodule\n"

/* The outcome: the text, or "!" and why. note may be NULL. */
static char *code_of(const char *answer, const char *file, const char *other, struct str *note)
{
	struct str out = STR_INIT, why = STR_INIT, said = STR_INIT, old = STR_INIT;
	struct strv others = STRV_INIT;
	bool ok;

	str_adds(&old, file);
	if (other)
		strv_add(&others, other);
	ok = solve_code(answer, strlen(answer), "m", file ? &old : NULL, &others, &out,
			note ? note : &said, &why);
	if (!ok) {
		assert_int_equal(out.len, 0);
		assert_true(why.len > 0);
		str_addf(&out, "!%s", str_cstr(&why));
	}
	strv_free(&others);
	str_free(&old);
	str_free(&why);
	str_free(&said);
	return str_take(&out);
}

static void check_code(const char *answer, const char *file, const char *other, const char *want)
{
	char *got = code_of(answer, file, other, NULL);

	assert_string_equal(got, want);
	free(got);
}

CASE(the_module_is_taken_and_nothing_else)
{
	struct str note = STR_INIT, many = STR_INIT;
	char *got;

	check_code("Here.\n```verilog\n" M("") "```\nDone.", NULL, NULL, M(""));
	/* A testbench in the same fence, and a module that another file defines. */
	check_code("```verilog\n" M("") "module t; reg a; wire y; m u(a, y); initial begin #1 "
					"$finish; end endmodule\n```",
		   NULL, NULL, M(""));
	check_code("```verilog\nmodule n(input a); endmodule\n" M("n u(a);\n") "```", NULL, "n",
		   M("n u(a);\n"));
	/* A module that it instantiates is taken from another fence, an unused one is
	 * not. */
	check_code("```verilog\nmodule n(input a); endmodule\n```\n```verilog\nmodule k(input a); "
		   "endmodule\n```\n```verilog\n" M("n u(a);\n") "```",
		   NULL, NULL, "module n(input a); endmodule\n" M("n u(a);\n"));
	/* Others of its file stay. */
	check_code("```verilog\n" M("assign y = a;\n") "```",
		   "// top\n" M("") "\nmodule k; endmodule\n", NULL,
		   "// top\n" M("assign y = a;\n") "\nmodule k; endmodule\n");
	/* The last of two counts, and that is reported. */
	got = code_of("```verilog\n" M("assign y = a;\n") "```\nNo:\n```verilog\n" M(
			      "assign y = ~a;\n") "```",
		      NULL, NULL, &note);
	assert_string_equal(got, M("assign y = ~a;\n"));
	assert_string_equal(str_cstr(&note), "it defines m 2 times; the last one counts");
	free(got);
	/* None. */
	check_code("It counts.", NULL, NULL, "!there is no Verilog module m in it");
	check_code("```vhdl\nentity m is port (a : in bit); end m;\n```", NULL, NULL,
		   "!there is no Verilog module m in it");
	check_code("```verilog\nmodule m(input a, output y);\nassign y = ", NULL, NULL,
		   "!module m is cut off");
	for (int i = 0; i < 50; i++)
		str_addf(&many, "```verilog\nmodule m%d; endmodule\n```\n", i);
	check_code(str_cstr(&many), NULL, NULL,
		   "!it holds 50 blocks of code, and one module was asked for");
	str_free(&note);
	str_free(&many);
}

CASE(a_text_that_repeats_itself_is_seen)
{
	struct str s = STR_INIT;

	for (unsigned i = 0; s.len < 3 * FLOW_LOOP_BYTES; i++)
		str_addf(&s, "assign y[%u] = a[%u] ^ b[%u];\n", i, i, i);
	assert_false(flow_loops(s.data, s.len));
	while (!flow_loops(s.data, s.len)) {
		str_adds(&s, "I am sorry, let me try again.\n");
		assert_true(s.len < 6 * FLOW_LOOP_BYTES);
	}
	str_free(&s);
	while (!flow_loops(str_cstr(&s), s.len)) {
		str_addc(&s, '\n');
		assert_true(s.len <= FLOW_LOOP_BYTES);
	}
	str_free(&s);
}

/* As yosys 0.23 writes them. */
CASE(sizes_are_read_as_yosys_writes_them)
{
	static const char stat[] =
		"{\n   \"creator\": \"Yosys 0.23\",\n   \"modules\": {\n"
		"      \"\\\\q\": { \"num_cells\": 99 }\n   },\n   \"design\": {\n"
		"      \"num_wires\": 9,\n      \"num_cells\":         15,\n"
		"      \"num_cells_by_type\": {\n         \"$_ANDNOT_\": 8,\n"
		"         \"$_SDFFE_PP0P_\": 4,\n         \"$_DLATCH_P_\": 3\n      }\n   }\n}\n";
	struct prover_size s = { 0 };
	struct err err;

	assert_true(yosys_size_read(stat, sizeof(stat) - 1,
				    "\nLongest topological path in q (length=4):\n", &s, &err));
	assert_int_equal(s.cells, 15);
	assert_int_equal(s.wires, 9);
	assert_int_equal(s.flip_flops, 4);
	assert_int_equal(s.latches, 3);
	assert_int_equal(s.path, 4);
	for (size_t n = 0; n + 3 < sizeof(stat); n++)
		assert_false(yosys_size_read(stat, n, "", &s, &err));
	assert_true(yosys_size_read(stat, sizeof(stat) - 1, "(length=-4)", &s, &err));
	assert_int_equal(s.path, -1);
	assert_false(yosys_size_read("{\"design\":{\"num_cells\":-1}}", 28, "", &s, &err));
}
