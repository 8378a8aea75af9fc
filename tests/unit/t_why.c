/* Why a signal has its value, on a design that has one of each (tests/fuzz/circuit/
 * why.sv): its XML as Verilator 5.006 made it and its dump as Icarus did. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/tool/circuit.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "session/why/why.h"
#include "session/why/why_said.h"
#include "sim/netlist/circuit_xml.h"
#include "sim/trace/trace_open.h"

struct fixture {
	struct circuit c;
	struct trace *t;
	struct why *w;
};

static char *recorded(const char *name)
{
	const char *src = getenv("srcdir");

	return str_fmt("%s/tests/fuzz/circuit/%s", src ? src : ".", name);
}

static bool parse(const char *text, size_t len, struct circuit *out, struct err *err)
{
	struct circuit_xml *x = circuit_xml_new();
	bool ok = circuit_xml_feed(x, text, len, err) && circuit_xml_end(x, out, err);

	circuit_xml_free(x);
	return ok;
}

static void set_up(struct fixture *f)
{
	struct str xml = STR_INIT;
	char *path = recorded("why.xml"), *dump = recorded("why.vcd");
	struct err err = { 0 };

	*f = (struct fixture){ 0 };
	assert_true(file_read(path, 0, &xml, &err));
	assert_true(parse(str_cstr(&xml), xml.len, &f->c, &err));
	assert_true(trace_open(NULL, dump, &f->t, &err));
	f->w = why_new(&f->c, f->t, NULL, &err);
	assert_non_null(f->w);
	str_free(&xml);
	free(path);
	free(dump);
}

static void tear_down(struct fixture *f)
{
	why_free(f->w);
	trace_close(f->t);
	circuit_fini(&f->c);
}

/* The chain of a signal, of at most max steps, as it is printed. */
static void tells(const char *name, uint64_t time, size_t max, const char *want)
{
	const struct why_unit ns = { 1, " ns" };
	struct why_chain chain;
	struct why_from from = { .time = time };
	struct fixture f;
	struct str got = STR_INIT;
	struct err err = { 0 };

	set_up(&f);
	if (!why_find(f.w, name, &from.signal, &err))
		fail_msg("%s", err.text);
	why_chain(f.w, &from, 1, max, &chain);
	chain.cut = false;
	why_print(&chain, &ns, &got);
	assert_string_equal(str_cstr(&got), want);
	why_chain_fini(&chain);
	str_free(&got);
	tear_down(&f);
}

CASE(a_register_is_followed_to_its_last_assignment)
{
	tells("kept", 52, 2,
	      " 1  bench.kept = 0011 at 52 ns, held since the edge at 25 ns\n"
	      "      why.sv:25  kept <= in\n"
	      "      why.sv:24  if en is 0\n"
	      "      why.sv:22  if rst is 0\n"
	      "      why.sv:24  if en is 1\n"
	      "      from: bench.in = 0011 before 25 ns (2)\n"
	      "      conditions: bench.en = 0 before 45 ns, bench.rst = 0 before 45 ns,\n"
	      "          bench.en = 1 before 25 ns, bench.rst = 0 before 25 ns\n"
	      " 2  bench.in = 0011 before 25 ns, testbench\n");
}

CASE(an_x_is_followed_through_ports_to_an_open_input)
{
	tells("leaf_q", 30, 2,
	      " 1  bench.leaf_q = xxxx at 30 ns by the edge at 25 ns\n"
	      "      why.sv:10  q <= d + open\n"
	      "      why.sv:20  .q(leaf_q)\n"
	      "      from: bench.u_leaf.open = z before 25 ns (2)\n"
	      " 2  bench.u_leaf.open = z before 25 ns, undriven\n"
	      "      why.sv:20  u_leaf leaves its input open open\n"
	      "      why.sv:7  open is declared\n"
	      "      nothing is connected to that input\n");
}

CASE(an_x_that_lives_on_by_itself_is_followed_to_its_begin)
{
	tells("wild", 40, 9,
	      " 1  bench.wild = xxxx at 40 ns by the edge at 35 ns\n"
	      "      why.sv:29  wild <= wild + 4'd1\n"
	      "      from: bench.wild = xxxx at 0 ns (2)\n"
	      " 2  bench.wild = xxxx at 0 ns, no reset\n"
	      "      why.sv:28  wild is declared\n"
	      "      why.sv:29  wild <= wild + 4'd1\n"
	      "      its clock had no edge yet: it began so, and these are all that assign it\n");
}

CASE(drivers_that_differ_are_all_told)
{
	tells("fight", 20, 1,
	      " 1  bench.fight = x at 20 ns, conflict\n"
	      "      why.sv:33  fight = rst\n"
	      "      why.sv:34  fight = ~rst\n"
	      "      from: bench.rst = 0\n"
	      "      several drive it at once, with different values\n");
	tells("nobody", 20, 1,
	      " 1  bench.nobody = ? at 20 ns, undriven\n"
	      "      why.sv:35  nobody is declared\n"
	      "      nothing drives it\n");
}

CASE(a_latch_and_a_loop_end_with_a_sentence)
{
	tells("bench.latch", 50, 1,
	      " 1  bench.latch = 1 at 50 ns, held\n"
	      "      why.sv:37  if en is 0\n"
	      "      conditions: bench.en = 0\n"
	      "      no branch assigns it: it keeps its value, as a latch does\n");
	tells("loop_a", 30, 3,
	      " 1  bench.loop_a = 1 at 30 ns\n"
	      "      why.sv:39  loop_a = loop_b | en\n"
	      "      from: bench.loop_b = 1 (2), bench.en = 1 (3)\n"
	      " 2  bench.loop_b = 1 at 30 ns, loop\n"
	      "      why.sv:40  loop_b = loop_a & in[1]\n"
	      "      from: bench.loop_a = 1 (1), bench.in[1] = 1\n"
	      "      it depends on bench.loop_a, which depends on it: a loop without a clock\n"
	      " 3  bench.en = 1 at 30 ns, testbench\n"
	      "      why.sv:69  en = 1\n");
}

/* The dump has no memory: its words are found by executing its process again. */
CASE(a_word_of_a_memory_is_found_by_its_assignment)
{
	tells("mem[3]", 50, 1,
	      " 1  bench.mem[3] = 'h06 at 50 ns, held since the edge at 25 ns\n"
	      "      why.sv:52  mem[in[1:0]] <= twice(in)\n"
	      "      why.sv:52  if en is 0\n"
	      "      why.sv:54  twice = v << 1\n"
	      "      why.sv:52  if en is 1\n"
	      "      from: bench.in = 0011 before 25 ns\n"
	      "      conditions: bench.en = 0 before 45 ns, bench.en = 1 before 25 ns,\n"
	      "          bench.in[1:0] = 11 before 25 ns\n");
}

CASE(loops_are_carried_out_and_cases_match_with_wildcards)
{
	tells("turned[1]", 50, 1,
	      " 1  bench.turned[1] = 1 at 50 ns\n"
	      "      why.sv:58  turned[i[1:0]] = in[2'd3 - i[1:0]]\n"
	      "      why.sv:58  if i < 4 is 1\n"
	      "      from: bench.in[2] = 1\n");
	tells("picked", 50, 1,
	      " 1  bench.picked = 0100 at 50 ns\n"
	      "      why.sv:62  picked = 4'd4\n"
	      "      why.sv:62  case in is 4'b1zz\n"
	      "      conditions: bench.in = 0110\n");
}

CASE(a_failing_check_names_what_the_design_drove)
{
	struct fixture f;
	struct why_from *from;
	struct str value = STR_INIT;
	size_t n;

	set_up(&f);
	n = why_failing(f.w, "why.sv", 73, 52, "", &from);
	assert_int_equal(n, 1);
	assert_string_equal(f.c.vars[from[0].signal.var].name, "word");
	assert_true(why_value(f.w, &from[0].signal, from[0].time, &value));
	assert_string_equal(str_cstr(&value), "xxxxxxxx");
	free(from);
	assert_int_equal(why_failing(f.w, "why.sv", 12, 52, "", &from), 0);
	free(from);
	str_free(&value);
	tear_down(&f);
}

/* The printed message tells the expected value, in the base of the actual one. */
CASE(a_line_says_what_was_expected)
{
	static const struct {
		const char *said, *value, *wanted;
	} cases[] = {
		{ "ERROR at 16590: out is c8, expected 0e", "11001000", "00001110" },
		{ "stored 0002 at 7, expected fffa at 7", "0000000000000010", "1111111111111010" },
		{ "stored 0002 at 7, expected fffa at 7", "000111", "000111" },
		{ "rdata is ad, not ea", "10101101", "11101010" },
		{ "y_sum is 135, expected 149", "10000111", "10010101" },
		{ "q is -3, should be 4", "11111101", "00000100" },
		{ "q=0110 exp=0111", "0110", "0111" },
		{ "expected 5 but q is 3", "0011", NULL }, /* the other way round */
		{ "q is 3, expected more", "0011", NULL },
		{ "q is 3", "0011", NULL },
		{ "q is 1, expected 0", "1", NULL }, /* one bit has only one other value */
		{ "q is x, expected 5", "00xx", NULL },
		{ "q is 99999999999999999999, expected 1", "0011", NULL },
		{ "", "0011", NULL },
	};
	struct why w = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t len = strlen(cases[i].value);
		struct bits v = bits_text(&w.pool, (unsigned)len, cases[i].value, len);
		char out[WHY_WANTED] = "";

		assert_int_equal(said_wanted(&w, cases[i].said, &v, out), cases[i].wanted != NULL);
		if (cases[i].wanted)
			assert_string_equal(out, cases[i].wanted);
	}
	bits_free(&w.pool);
}

/* Of two numbers for the expected value, the line says which is right. */
CASE(a_line_decides_between_two_calls_of_a_task)
{
	struct why w = { 0 };
	struct bits v = bits_text(&w.pool, 8, "00010010", 8);
	char out[WHY_WANTED] = "00000110";

	assert_true(said_wanted(&w, "result is 18, expected 6", &v, out));
	assert_string_equal(out, "00000110");
	assert_true(said_wanted(&w, "result is 18, expected 3", &v, out));
	assert_string_equal(out, "00000011");
	bits_free(&w.pool);
}

/* What a read should have been for its signal to have that value: kept is 3 and not 6 if
 * only en had been 1 at the last edge, or in had been 6 when it was sampled; no other
 * rst would have helped. */
CASE(a_read_tells_with_what_it_would_have_been_right)
{
	static const struct {
		const char *signal, *wanted, *read;
		uint64_t at;
		const char *should; /* NULL: nothing would have helped */
	} cases[] = {
		{ "kept", "0110", "bench.en", 44, "1" },
		{ "kept", "0110", "bench.rst", 44, NULL },
		{ "kept", "0110", "bench.in", 24, "0110" },
		{ "kept", "0110", "bench.en", 24, NULL },
		{ "kept", "0001", "bench.rst", 44, "1" },
		{ "kept", "0001", "bench.en", 24, "0" },
		{ "picked", "1000", "bench.in", 52, "1000" },
		{ "turned", "0111", "bench.in[3]", 52, "1" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct why_from from = { .time = 52 };
		const struct why_read *read = NULL;
		struct why_chain chain;
		struct fixture f;
		struct err err = { 0 };

		set_up(&f);
		assert_true(why_find(f.w, cases[i].signal, &from.signal, &err));
		memcpy(from.wanted, cases[i].wanted, strlen(cases[i].wanted) + 1);
		why_chain(f.w, &from, 1, 1, &chain);
		for (size_t k = 0; k < chain.steps[0].n_reads; k++)
			if (str_starts(chain.steps[0].reads[k].signal, cases[i].read) &&
			    chain.steps[0].reads[k].time == cases[i].at)
				read = &chain.steps[0].reads[k];
		assert_non_null(read);
		assert_string_equal(read->wanted, cases[i].should ? cases[i].should : "");
		assert_int_equal(read->cleared, cases[i].should == NULL);
		why_chain_fini(&chain);
		tear_down(&f);
	}
}

CASE(names_are_found_by_their_ends)
{
	struct fixture f;
	struct why_signal s;
	struct err err;

	set_up(&f);
	assert_true(why_find(f.w, "bench.u_leaf.q", &s, &err));
	assert_true(why_find(f.w, "clk", &s, &err)); /* two, but one net */
	assert_true(why_find(f.w, "kept[3:2]", &s, &err));
	assert_int_equal(s.low, 2);
	assert_int_equal(s.bits, 2);
	assert_false(why_find(f.w, "kept[9]", &s, &err));
	assert_string_equal(err.text, "the design has no signal kept[9]");
	assert_false(why_find(f.w, "", &s, &err));
	assert_false(why_find(f.w, "ept", &s, &err));
	tear_down(&f);
}

CASE(waves_of_another_design_are_refused)
{
	struct fixture f;
	struct wave *w = wave_new();
	struct trace *t;
	struct err err;

	set_up(&f);
	wave_add_signal(w, &(struct wave_signal){ .scope = "other", .name = "q", .width = 1 }, -1);
	t = trace_of_wave(w);
	assert_null(why_new(&f.c, t, NULL, &err));
	assert_string_equal(err.text, "these waves are not of this design: of its signals below "
				      "bench they have next to none");
	trace_close(t);
	tear_down(&f);
}

CASE(what_is_no_xml_of_a_design_is_refused)
{
	static const char *const bad[] = { "", "<a/>", "<verilator_xml>", "hello",
					   "<!DOCTYPE x><verilator_xml/>" };
	struct circuit c = CIRCUIT_INIT;
	struct str deep = STR_INIT;
	struct err err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_false(parse(bad[i], strlen(bad[i]), &c, &err));
		assert_int_equal(err.code, ERR_PARSE);
	}
	str_adds(&deep, "<verilator_xml><netlist><module name=\"m\">");
	for (int i = 0; i < 5000; i++)
		str_adds(&deep, "<begin>");
	assert_false(parse(str_cstr(&deep), deep.len, &c, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	str_free(&deep);
}
