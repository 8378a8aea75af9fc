#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "tests/lib/dice.h"
#include "tests/lib/wave.h"
#include "session/trace/latency.h"
#include "session/trace/trace.h"
#include "tests/lib/slow_vcd.h"

/* The rule that the line has; none: "". */
static void reads(const char *line, const char *expected)
{
	struct latency_rules r = { 0 };
	struct str got = STR_INIT;

	latency_read(&r, line, strlen(line));
	for (size_t i = 0; i < r.n; i++)
		str_addf(&got, "%s|%s|%u|%u|%s|%s", r.v[i].id, r.v[i].effect, r.v[i].min,
			 r.v[i].max, r.v[i].cause, r.v[i].clock);
	assert_string_equal(str_cstr(&got), expected);
	str_free(&got);
	latency_fini(&r);
}

CASE(rules_are_read)
{
	reads("R4: out_valid 2 cycles after in_valid", "R4|out_valid|2|2|in_valid|");
	reads("- **R5** ack within 4 cycles of req.", "R5|ack|0|4|req|");
	reads("3. done 3..10 cycles after start of clk_b", "3|done|3|10|start|clk_b");
	reads("REQ-7: dut.q must be high 1 cycle after dut.d, always", "REQ-7|dut.q|1|1|dut.d|");
	reads("| R8 | y | is 2 to 3 cycles after | x |", "R8|y|2|3|x|");
	reads("R9: `valid && !stall` is 2 cycles after `start`", "R9|valid && !stall|2|2|start|");
	reads("out one cycle after in", "|out|1|1|in|");
	/* What is none. */
	reads("R1: the counter counts 16 cycles", "");
	reads("after 3 cycles the output is valid", "");
	reads("R2: q 5..2 cycles after d", "");
	reads("R2: q 99999 cycles after d", "");
	reads("2 cycles after in", "");
	reads("R2: q 2 cycles after", "");
	reads("", "");
}

CASE(lines_are_counted)
{
	static const char text[] =
		"# Spec\n\nR1: a 1 cycle after b\r\nnothing\nR2: c 2 cycles after d";
	struct latency_rules r = { 0 };

	latency_read(&r, text, sizeof(text) - 1);
	assert_int_equal(r.n, 2);
	assert_int_equal(r.v[0].line, 3);
	assert_string_equal(r.v[0].cause, "b");
	assert_int_equal(r.v[1].line, 5);
	latency_fini(&r);
}

CASE(rules_beyond_the_limit_are_counted)
{
	struct str text = STR_INIT;
	struct latency_rules r = { 0 };

	for (unsigned i = 0; i < LATENCY_RULES_MAX + 3; i++)
		str_addf(&text, "R%u: q%u 1 cycle after d\n\n", i, i);
	latency_read(&r, str_cstr(&text), text.len);
	assert_int_equal(r.n, LATENCY_RULES_MAX);
	assert_int_equal(r.left, 3);
	latency_fini(&r);
	str_free(&text);
}

#define CYCLES 60

/* The obvious way: for each cause, is there an effect at one of its cycles? */
static void slow(const char *cause, const char *effect, unsigned min, unsigned max,
		 struct latency_result *out)
{
	*out = (struct latency_result){ 0 };
	for (unsigned i = 0; i < CYCLES; i++) {
		unsigned k = i + min;

		out->unknown += cause[i] == 'x';
		if (cause[i] != '1')
			continue;
		out->causes++;
		while (k <= i + max && k < CYCLES && effect[k] != '1')
			k++;
		if (k <= i + max && k < CYCLES) {
			out->least = out->held == 0 || k - i < out->least ? k - i : out->least;
			out->most = k - i > out->most ? k - i : out->most;
			out->held++;
		} else if (i + max >= CYCLES) {
			out->open++;
		} else if (out->late++ == 0) {
			out->time = 10 * i + 5;
		}
	}
}

CASE(a_run_is_judged_as_the_slow_way_does)
{
	for (unsigned round = 0; round < 400; round++) {
		struct wave *w = wave_new();
		struct wave_signal clk = { .scope = "t", .name = "clk", .width = 1 },
				   in = { .scope = "t", .name = "in", .width = 1 },
				   q = { .scope = "t", .name = "q", .width = 1 };
		size_t c = wave_add_signal(w, &clk, -1), i = wave_add_signal(w, &in, -1),
		       o = wave_add_signal(w, &q, -1);
		char cause[CYCLES], effect[CYCLES];
		struct latency_rule r = { .id = "", .effect = "q", .cause = "in", .clock = "" };
		struct latency_result got, want;
		struct trace *t;
		struct err err;

		seed = round;
		r.min = roll(4);
		r.max = r.min + roll(5);
		for (unsigned k = 0; k < CYCLES; k++) {
			cause[k] = "000001x"[roll(7)];
			effect[k] = roll(3) ? '0' : '1';
			wave_change(w, c, 10 * k, "0", 1);
			wave_change(w, i, 10 * k, &cause[k], 1);
			wave_change(w, o, 10 * k, &effect[k], 1);
			wave_change(w, c, 10 * k + 5, "1", 1);
		}
		wave_set_end(w, 10 * CYCLES);
		t = trace_of_wave(w);
		if (!latency_check(&r, t, &got, &err))
			fail_msg("%s", err.text);
		slow(cause, effect, r.min, r.max, &want);
		if (memcmp(&got, &want, sizeof(got)) != 0)
			fail_msg("round %u, %u..%u: causes %d %d held %d %d open %d %d late %d %d "
				 "first %d %d least %u %u most %u %u",
				 round, r.min, r.max, (int)got.causes, (int)want.causes,
				 (int)got.held, (int)want.held, (int)got.open, (int)want.open,
				 (int)got.late, (int)want.late, (int)got.time, (int)want.time,
				 got.least, want.least, got.most, want.most);
		trace_close(t);
	}
}

CASE(a_rule_that_cannot_be_checked_says_why)
{
	struct wave *w = wave_new();
	struct wave_signal clk = { .scope = "t", .name = "clk", .width = 1 };
	struct latency_rule r = {
		.id = "", .effect = "q", .cause = "clk", .clock = "", .min = 1, .max = 1
	};
	struct latency_result got;
	struct trace *t;
	struct err err;

	wave_change(w, wave_add_signal(w, &clk, -1), 0, "0", 1);
	t = trace_of_wave(w);
	assert_false(latency_check(&r, t, &got, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	trace_close(t);
	w = wave_new();
	clk.name = "tick";
	wave_change(w, wave_add_signal(w, &clk, -1), 0, "0", 1);
	t = trace_of_wave(w);
	r.effect = r.cause = "tick";
	assert_false(latency_check(&r, t, &got, &err));
	assert_int_equal(err.code, ERR_USAGE);
	trace_close(t);
}

/* Of several signals of a name, the design's own; another clock if one is named. */
CASE(names_are_the_design_s)
{
	static const char text[] =
		"$scope module tb $end\n$var wire 1 ! clk $end\n$var wire 1 a q $end\n"
		"$scope module dut $end\n$var wire 1 b q $end\n$var wire 1 c d $end\n"
		"$scope module deep $end\n$var wire 1 d q $end\n$upscope $end\n$upscope $end\n"
		"$upscope $end\n$enddefinitions "
		"$end\n#0\n0!\n0a\n0b\n1c\n0d\n#5\n1!\n#10\n0!\n1b\n#15\n"
		"1!\n#20\n0!\n0b\n0c\n#25\n1!\n#30\n0!\n#35\n1!\n";
	struct latency_rule r = {
		.id = "", .effect = "q", .cause = "d", .clock = "", .min = 1, .max = 1
	};
	struct latency_result got;
	struct trace *t = trace_of_wave(slow_vcd_text(text, sizeof(text) - 1, 0));
	struct err err;

	if (!latency_check(&r, t, &got, &err))
		fail_msg("%s", err.text);
	/* d at 5 and 15; q of the design at 15 only. */
	assert_int_equal(got.causes, 2);
	assert_int_equal(got.held, 1);
	assert_int_equal(got.late, 1);
	assert_int_equal(got.time, 15);
	r.clock = "nobody";
	assert_false(latency_check(&r, t, &got, &err));
	trace_close(t);
}
