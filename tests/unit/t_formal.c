/* Input written for the prover, and its output read back. That the input means what it
 * should is tested by e2e_equiv and e2e_prove. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/check/formal_bench.h"
#include "session/check/sva.h"
#include "session/formal/bound.h"
#include "sim/yosys/yosys_harness.h"
#include "sim/yosys/yosys_netlist.h"
#include "sim/yosys/yosys_run.h"

/* Assertions ------------------------------------------------------------------------ */

static void rewrites(const char *text, const char *want, const char *unread)
{
	struct str out = STR_INIT;
	struct strv left = STRV_INIT;

	sva_rewrite(text, strlen(text), SVA_X_FAILS, &out, &left);
	assert_string_equal(str_cstr(&out), want);
	assert_string_equal(left.n ? left.v[0] : "", unread);
	str_free(&out);
	strv_free(&left);
}

CASE(an_implication_becomes_a_condition)
{
	rewrites("module m;\n assert property (@(posedge c) disable iff (r) a |-> b);\nendmodule\n",
		 "module m;\n always @(posedge c) if (!(r) && (a)) assert ((b));\nendmodule\n", "");
}

CASE(values_of_the_last_edge_are_kept)
{
	rewrites("module m;\n assert property (@(posedge c) a |=>\n b) else $error;\nendmodule\n",
		 "module m;\n reg posedge_p0_v_1 = 0; always @(posedge c) begin posedge_p0_v_1 <= "
		 "1'b1; end reg posedge_p0_e0_1 = 0; always @(posedge c) begin posedge_p0_e0_1 <= "
		 "!(!(a)); end always @(posedge c) if (1'b1 && posedge_p0_v_1 && posedge_p0_e0_1) "
		 "assert ((b));\n\nendmodule\n",
		 "");
}

CASE(unread_properties_are_named_and_left_out)
{
	rewrites("module m;\n\n assert property (@(posedge c) a ##[1:2] b);\nendmodule\n",
		 "module m;\n\n \nendmodule\n", "3: a ## has no plain number, or a large one");
	rewrites("module m;\n assert property (@(posedge c) a [*2] |-> b);\nendmodule\n",
		 "module m;\n \nendmodule\n",
		 "2: it uses an operator of sequences that is not read here");
	rewrites("module m;\n assert property (@(posedge c) a |-> b |-> d);\nendmodule\n",
		 "module m;\n \nendmodule\n", "2: it has more than one implication");
	rewrites("module m;\n assert property (@(posedge c) a |=> @(posedge d) b);\nendmodule\n",
		 "module m;\n \nendmodule\n", "2: it has a second clock");
	rewrites("module m;\n assert property (@(posedge c or posedge d) a);\nendmodule\n",
		 "module m;\n \nendmodule\n",
		 "2: it has more than one clock, or a condition on it");
	rewrites("module m;\n assert property (p);\nendmodule\n", "module m;\n \nendmodule\n",
		 "2: it is not of the form @(EDGE CLOCK) disable iff (X) A |-> B");
}

CASE(immediate_ones_lose_their_actions)
{
	rewrites("module m;\n always_comb assert (a) else $error(\"x\");\nendmodule\n",
		 "module m;\n always_comb assert (a);\nendmodule\n", "");
}

CASE(assertions_can_be_taken_out)
{
	char text[] =
		"module m(input c, a);\n  property p;\n    @(posedge c) a;\n  endproperty\n"
		"  L: assert property (p)\n    else $error(\"x\");\n  wire b = a;\nendmodule\n";
	char names[] = "module m(input property, output sequence);\n  assign sequence = "
		       "property;\nendmodule\n";
	char before[sizeof(names)];

	assert_true(sva_take_out(text, strlen(text)));
	assert_null(strstr(text, "assert"));
	assert_null(strstr(text, "property"));
	assert_non_null(strstr(text, "\n  wire b = a;\nendmodule\n"));
	assert_int_equal(strlen(text), sizeof(text) - 1);
	memcpy(before, names, sizeof(names)); /* in Verilog both are names */
	assert_false(sva_take_out(names, strlen(names)));
	assert_string_equal(names, before);
}

CASE(a_bind_becomes_an_instance)
{
	char text[] = "// bind x y z ();\nmodule c(input k);\nendmodule\nbind m c #(.W(1))\n  u "
		      "(.k(k));\n"
		      "bind top.u0 c v (.k(k));\n";
	const char *module = "module m(input k);\nendmodule : m\n";
	struct strv targets = STRV_INIT, instances = STRV_INIT;
	struct str out = STR_INIT;

	assert_true(bound_take(text, strlen(text), &targets, &instances));
	assert_int_equal(targets.n, 1);
	assert_string_equal(targets.v[0], "m");
	assert_non_null(strstr(text, "\nbind top.u0 c v"));
	assert_null(strstr(text, "bind m"));
	assert_true(bound_put(module, strlen(module), "m", instances.v[0], &out));
	assert_string_equal(
		str_cstr(&out),
		"module m(input k);\n c # ( . W ( 1 ) ) u ( . k ( k ) ) ; endmodule : m\n");
	/* The word in a comment, a string or a label does not end anything. */
	str_clear(&out);
	assert_true(bound_put("module m; // endmodule\nendmodule : m /* endmodule */\n", 53, "m",
			      "c c1();", &out));
	assert_string_equal(str_cstr(&out),
			    "module m; // endmodule\nc c1(); endmodule : m /* endmodule */\n");
	str_clear(&out);
	assert_true(bound_put("module endmodule_m;\nendmodule : endmodule_m\n", 44, "endmodule_m",
			      "c c1();", &out));
	assert_string_equal(str_cstr(&out),
			    "module endmodule_m;\nc c1(); endmodule : endmodule_m\n");
	assert_false(bound_put("module n;\nendmodule\n", 20, "m", "x", &out));
	assert_false(bound_put("module m;\n", 10, "m", "x", &out));
	strv_free(&targets);
	strv_free(&instances);
	str_free(&out);
}

CASE(any_bytes_are_taken)
{
	static const char *const pieces[] = { "assert",
					      " property ",
					      "(",
					      "@(",
					      "posedge c)",
					      "##",
					      "1",
					      ")",
					      ";",
					      "|->",
					      "|",
					      "=>",
					      "module m;",
					      "[",
					      "]",
					      "\n",
					      "disable iff (" };
	unsigned seed = 1;

	for (int i = 0; i < 3000; i++) {
		struct str text = STR_INIT, out = STR_INIT;
		struct strv left = STRV_INIT;

		for (int k = 0; k < 12; k++) {
			seed = seed * 1103515245u + 12345u;
			str_adds(&text, pieces[(seed >> 16) % (sizeof(pieces) / sizeof(*pieces))]);
		}
		sva_rewrite(str_cstr(&text), text.len, SVA_X_FAILS, &out, &left);
		str_free(&text);
		str_free(&out);
		strv_free(&left);
	}
}

/* What yosys writes ------------------------------------------------------------------ */

CASE(only_whole_lines_count)
{
	struct str s = STR_INIT;

	str_adds(&s, "x Induction step proven: SUCCESS!\nBase case for induction length 7 proven.\n"
		     "Base case for induction length 9 proven. Not.\n");
	assert_false(yosys_says(&s, "Induction step proven: SUCCESS!"));
	assert_int_equal(yosys_counts(&s, "Base case for induction length ", " proven."), 7);
	str_adds(&s, "Induction step proven: SUCCESS!");
	assert_true(yosys_says(&s, "Induction step proven: SUCCESS!"));
	str_free(&s);
}

static struct prover_port ports[] = {
	{ .name = (char *)"clk", .width = 1, .input = true, .clock = true },
	{ .name = (char *)"d", .width = 4, .input = true },
	{ .name = (char *)"end", .width = 4 },
};

static const struct harness two = { .ports = ports, .n_ports = 3, .two = true, .by_cycle = true };

CASE(a_trace_is_read_by_numbers_alone)
{
	static const char vcd[] =
		"$var wire 1 v0 \\i0 $end\n$var wire 4 v1 \\i1 $end\n"
		"$var wire 4 v2 \\g2 $end\n$var wire 4 v3 \\h2 $end\n"
		"$var wire 4 v4 \\h99 $end\n$var wire 4 v5 \\gate.d $end\n"
		"#0\nb0101 v1\nb00xx v2\nb0011 v3\nb1111 v5\n#2\nb1 v1\nb1010 v2\n"
		"b1011 v3\n#3\n";
	struct prover_trace t;
	struct str words = STR_INIT, bench = STR_INIT;
	struct err err;

	assert_true(harness_read_trace(&two, vcd, strlen(vcd), &t, &err));
	assert_int_equal(t.n_steps, 2);
	assert_string_equal(t.steps[0].before[1], "0101");
	assert_string_equal(t.steps[0].before[2], "00xx");
	assert_string_equal(t.steps[1].before[1], "0001");
	formal_difference(&t, &words);
	assert_string_equal(str_cstr(&words), "step 1: end was 4'b1010 and is 4'b1011");
	formal_bench(&t, "tb", "m", NULL, "about", true, &bench);
	assert_non_null(strstr(str_cstr(&bench), "if ((\\end  & 4'b1100) !== 4'b0000)"));
	str_free(&words);
	str_free(&bench);
	prover_trace_fini(&t);
}

CASE(a_trace_that_is_none_is_refused)
{
	static const char *const bad[] = { "",
					   "#",
					   "#0\n",
					   "$var wire\n#0\nb v1\n",
					   "$var wire 4 v1 \\i7777777777777777777 $end\n",
					   "b\n#\n" };
	struct prover_trace t;
	struct err err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		bool ok = harness_read_trace(&two, bad[i], strlen(bad[i]), &t, &err);

		assert_false(ok);
	}
}

CASE(a_netlist_tells_clock_and_resets)
{
	static const char text[] =
		"{\"modules\":{\"m\":{\"ports\":{"
		"\"clk\":{\"direction\":\"input\",\"bits\":[2]},"
		"\"rst_n\":{\"direction\":\"input\",\"bits\":[3]},"
		"\"q\":{\"direction\":\"output\",\"bits\":[4]}},"
		"\"cells\":{\"f\":{\"type\":\"$adff\",\"parameters\":{\"CLK_POLARITY\":\"1\","
		"\"ARST_POLARITY\":\"0\",\"ARST_VALUE\":\"0\"},\"connections\":{\"CLK\":[2],"
		"\"ARST\":[3],\"D\":[4],\"Q\":[4]}},"
		"\"bad\":{\"type\":7,\"connections\":{\"A\":[-1,1e300,\"x\",null,{}]}}},"
		"\"netnames\":{\"q\":{\"bits\":[4]}}}}}";
	cJSON *all, *m;
	struct ynet n;
	struct err err;

	m = ynet_module(text, strlen(text), "m", &all, &err);
	assert_non_null(m);
	assert_true(ynet_read(m, &n, &err));
	ynet_find_resets(m, &n);
	assert_true(n.one_clock);
	assert_true(ynet_port(&n, "clk")->clock);
	assert_true(ynet_port(&n, "rst_n")->reset);
	assert_false(ynet_port(&n, "rst_n")->active);
	assert_int_equal(n.resets.n, 1);
	assert_false(ynet_take_resets(&n, (const char *const[]){ "q", NULL }, &err));
	ynet_fini(&n);
	cJSON_Delete(all);
	assert_null(ynet_module("{}", 2, "m", &all, &err));
	assert_null(ynet_module("[", 1, "m", &all, &err));
}

/* A register that resets when RESET, made of rst (3) and of another net (5), is 1. */
static bool resets_by(const char *gate, const char *polarity)
{
	char *text = str_fmt("{\"modules\":{\"m\":{\"ports\":{"
			     "\"clk\":{\"direction\":\"input\",\"bits\":[2]},"
			     "\"rst\":{\"direction\":\"input\",\"bits\":[3]}},\"cells\":{"
			     "\"g\":{\"type\":\"%s\",\"connections\":{\"A\":[3,5],\"Y\":[6]}},"
			     "\"f\":{\"type\":\"$sdff\",\"parameters\":{\"CLK_POLARITY\":\"1\","
			     "\"SRST_POLARITY\":\"%s\"},\"connections\":{\"CLK\":[2],\"SRST\":[6],"
			     "\"D\":[5],\"Q\":[5]}}},\"netnames\":{}}}}",
			     gate, polarity);
	struct err err = { 0 };
	cJSON *all, *m = ynet_module(text, strlen(text), "m", &all, &err);
	struct ynet n;
	bool found;

	assert_true(ynet_read(m, &n, &err));
	ynet_find_resets(m, &n);
	found = ynet_port(&n, "rst")->reset;
	assert_true(!found || ynet_port(&n, "rst")->active == (polarity[0] == '1'));
	ynet_fini(&n);
	cJSON_Delete(all);
	free(text);
	return found;
}

CASE(one_of_several_resets_is_one)
{
	assert_true(resets_by("$reduce_or", "1"));
	assert_true(resets_by("$reduce_and", "0"));
	assert_false(resets_by("$reduce_and", "1")); /* by itself it does nothing */
	assert_false(resets_by("$reduce_or", "0"));
	assert_false(resets_by("$reduce_xor", "1"));
}

/* y = a & B: whether something in it can be x. */
static bool can_be_x(const char *b, const char *y, const char *way)
{
	char *text = str_fmt(
		"{\"modules\":{\"m\":{\"ports\":{\"a\":{\"direction\":\"input\",\"bits\":[2]},"
		"\"y\":{\"direction\":\"output\",\"bits\":[%s]}},\"cells\":{\"c\":{\"type\":\"$"
		"and\","
		"\"parameters\":{},\"port_directions\":{\"A\":\"input\",\"B\":\"%s\",\"Y\":"
		"\"output\"},\"connections\":{\"A\":[2],\"B\":[%s],\"Y\":[3]}}},\"netnames\":{}}}}",
		y, way, b);
	struct err err = { 0 };
	cJSON *all, *m = ynet_module(text, strlen(text), "m", &all, &err);
	struct ynet n;
	bool x;

	assert_true(ynet_read(m, &n, &err));
	x = n.has_x;
	ynet_fini(&n);
	cJSON_Delete(all);
	free(text);
	return x;
}

CASE(undriven_signals_can_be_x)
{
	assert_false(can_be_x("2", "3", "input"));
	assert_false(can_be_x("\"1\"", "3", "input"));
	assert_true(can_be_x("\"x\"", "3", "input"));
	assert_true(can_be_x("\"z\"", "3", "input"));
	assert_true(can_be_x("4", "3", "input"));
	assert_true(can_be_x("2", "4", "input"));
	assert_true(can_be_x("2", "\"x\"", "input"));
	assert_true(can_be_x("2", "3", "inout"));
	assert_true(can_be_x("99999999999", "3", "input"));
}
