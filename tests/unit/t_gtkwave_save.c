#include "config.h"

#include "tests/lib/test.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "session/trace/trace_clock.h"
#include "sim/viewer/gtkwave_save.h"

static char *saved(const struct gtkwave_layout *l)
{
	struct str s = STR_INIT;

	gtkwave_save_text(l, &s);
	assert_true(str_starts(str_cstr(&s), GTKWAVE_OURS));
	str_remove(&s, 0, strlen(GTKWAVE_OURS));
	return str_take(&s);
}

static struct trace *design(void)
{
	struct wave *w = wave_new();
	struct wave_signal real = { .scope = "tb", .name = "level", .width = 64, .real = true };
	struct wave_signal port = { .scope = "tb.dut", .name = "clk_i", .width = 1 };
	size_t clk;

	wave_add(w, "tb", "q", 8);
	clk = wave_add(w, "tb", "clk", 1);
	wave_add(w, "tb", "rst_n", 1);
	wave_add(w, "tb", "done", 1);
	wave_add_signal(w, &real, -1);
	wave_add_signal(w, &port, (long)clk);
	wave_add(w, "tb.dut", "state", 3);
	wave_add(w, "tb.dut.fifo", "mem", 16);
	wave_add(w, "tb.dut", "late", 1);
	for (uint64_t t = 0; t <= 200; t++)
		wave_change(w, clk, 5000 * t, t & 1 ? "1" : "0", 1);
	return trace_of_wave(w);
}

static void the_layout_goes_from_the_testbench_inwards(void **state)
{
	struct trace *t = design();
	struct gtkwave_layout l = { .clock = TRACE_NONE,
				    .trace = t,
				    .wave_path = "/run/wave.vcd",
				    .save_path = "/run/wave.gtkw" };
	char *text = saved(&l);

	assert_string_equal(text, "[dumpfile] \"/run/wave.vcd\"\n"
				  "[savefile] \"/run/wave.gtkw\"\n"
				  "[timestart] 0\n"
				  "*-19.0 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 "
				  "-1 -1 -1 -1 -1 -1 -1 -1\n"
				  "[size] 1000 680\n"
				  "[sst_width] 180\n"
				  "[signals_width] 240\n"
				  "@28\n"
				  "[color] 3\n"
				  "tb.clk\n"
				  "[color] 3\n"
				  "tb.rst_n\n"
				  "@800200\n"
				  "-tb\n"
				  "@22\n"
				  "tb.q[7:0]\n"
				  "@28\n"
				  "tb.done\n"
				  "@8028\n"
				  "tb.level\n"
				  "@1000200\n"
				  "-tb\n"
				  "@800200\n"
				  "-dut\n"
				  "@24\n"
				  "tb.dut.state[2:0]\n"
				  "@1000200\n"
				  "-dut\n"
				  "@800200\n"
				  "-dut\n"
				  "@28\n"
				  "tb.dut.late\n"
				  "@1000200\n"
				  "-dut\n"
				  "@c00200\n"
				  "-fifo\n"
				  "@22\n"
				  "tb.dut.fifo.mem[15:0]\n"
				  "@1400200\n"
				  "-fifo\n");
	free(text);
	trace_close(t);
}

static void the_marker_is_in_sight_with_what_led_to_it(void **state)
{
	struct trace *t = design(); /* 100 cycles of 10000 */
	struct gtkwave_layout l = {
		.trace = t, .clock = TRACE_NONE, .has_marker = true, .marker = 905000
	};
	char *text = saved(&l);

	assert_true(str_starts(text, "[timestart] 705000\n*-18.0 905000 905000 -1 "));
	assert_non_null(strstr(text, "\n[markername] Afirst failure\n"));
	assert_non_null(strstr(text, "\n@200\n-first failure: 905000\n@28\n[color] 3\ntb.clk\n"));
	free(text);
	l.marker = 5000;
	text = saved(&l);
	assert_true(str_starts(text, "[timestart] 0\n*-18.0 5000 5000 -1 "));
	free(text);
	trace_close(t);
}

static void ports_stand_first_and_parameters_last(void **state)
{
	static const struct wave_signal signals[] = {
		{ .scope = "tb", .name = "WIDTH", .width = 1, .parameter = true },
		{ .scope = "tb", .name = "inner", .width = 1 },
		{ .scope = "tb", .name = "q", .width = 1, .direction = 'o' },
		{ .scope = "tb", .name = "d", .width = 1, .direction = 'i' },
	};
	struct wave *w = wave_new();
	struct gtkwave_layout l = { .clock = TRACE_NO_CLOCK };
	char *text;

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		wave_add_signal(w, &signals[i], -1);
	l.trace = trace_of_wave(w);
	text = saved(&l);
	assert_non_null(strstr(text, "-tb\n@200\n-ports\n@28\n"
				     "[color] 2\ntb.q\n[color] 7\ntb.d\n"
				     "@200\n-inside\n@28\ntb.inner\n"
				     "@200\n-parameters\n@28\ntb.WIDTH\n"
				     "@1000200\n-tb\n"));
	free(text);
	trace_close(l.trace);
}

static void the_save_file_adds_facts_missing_in_the_dump(void **state)
{
	static const struct wave_signal signals[] = {
		{ .scope = "tb", .name = "inner", .width = 1 },
		{ .scope = "tb", .name = "q", .width = 1 },
	};
	static const char directions[] = { 0, 'o' };
	struct wave *w = wave_new();
	struct gtkwave_layout l = { .clock = TRACE_NO_CLOCK, .directions = directions };
	char *text;

	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		wave_add_signal(w, &signals[i], -1);
	l.trace = trace_of_wave(w);
	text = saved(&l);
	assert_non_null(strstr(text, "-ports\n@28\n[color] 2\ntb.q\n@200\n-inside\n@28\n"
				     "tb.inner\n"));
	free(text);
	trace_close(l.trace);
}

static void names_cannot_become_commands_of_the_format(void **state)
{
	struct wave *w = wave_new();
	struct gtkwave_layout l = { .clock = TRACE_NONE,
				    .wave_path = "/a\"\n@28",
				    .save_path = "/b" };
	char *text;

	wave_add(w, "", "@28", 1);
	wave_add(w, "", "-group", 1);
	wave_add(w, "", "[dumpfile]", 1);
	wave_add(w, "*", "q", 1);
	wave_add(w, "^1 file", "q", 1);
	wave_add(w, "tb", "q?x", 1);
	wave_add(w, "", "\\esc$[2]", 1);
	l.trace = trace_of_wave(w);
	text = saved(&l);
	assert_null(strstr(text, "@28\n@28"));
	assert_null(strstr(text, "group"));
	assert_null(strstr(text, "dumpfile"));
	assert_null(strstr(text, "\n*.q"));
	assert_null(strstr(text, "^1"));
	assert_null(strstr(text, "q?x"));
	assert_non_null(strstr(text, "\n\\esc$[2]\n"));
	free(text);
	trace_close(l.trace);
}

static void large_designs_are_cut(void **state)
{
	struct wave *w = wave_new();
	struct gtkwave_layout l = { .clock = TRACE_NONE };
	char *text;
	int lines = 0;

	for (int i = 0; i < 5000; i++) {
		char *scope = str_fmt("tb.u%d", i / 10), *name = str_fmt("s%d", i);

		wave_add(w, scope, name, 4);
		free(scope);
		free(name);
	}
	l.trace = trace_of_wave(w);
	text = saved(&l);
	for (char *p = text; (p = strstr(p, "\ntb.u")); p++)
		lines++;
	assert_int_equal(lines, GTKWAVE_SIGNALS);
	free(text);
	trace_close(l.trace);
}

static void without_signals_the_files_are_named(void **state)
{
	struct gtkwave_layout l = {
		.wave_path = "/w.vcd", .save_path = "/w.gtkw", .has_marker = true, .marker = 7
	};
	char *text = saved(&l);

	assert_true(str_starts(
		text,
		"[dumpfile] \"/w.vcd\"\n[savefile] \"/w.gtkw\"\n[timestart] 0\n*0.0 7 7 -1 "));
	free(text);
	l.trace = trace_of_wave(wave_new());
	l.clock = TRACE_NONE;
	free(saved(&l));
	trace_close(l.trace);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_layout_goes_from_the_testbench_inwards),
		cmocka_unit_test(the_marker_is_in_sight_with_what_led_to_it),
		cmocka_unit_test(ports_stand_first_and_parameters_last),
		cmocka_unit_test(the_save_file_adds_facts_missing_in_the_dump),
		cmocka_unit_test(names_cannot_become_commands_of_the_format),
		cmocka_unit_test(large_designs_are_cut),
		cmocka_unit_test(without_signals_the_files_are_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
