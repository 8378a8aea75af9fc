/* How two designs differ, in lines. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/tool/hardware.h"

static const struct hw_size bit = { 1, 0 }, four = { 4, 0 }, eight = { 8, 0 }, memory = { 8, 16 };

/* A counter of that many bits, by that reset. */
static struct hw_module *add_counter(struct hardware *h, struct hw_size size, enum hw_reset reset,
				     const char *by)
{
	struct hw_module *m = hardware_module(h, "counter", "counter");
	struct hw_register r = { (char *)"count", size, (char *)"clk rising", reset, (char *)by };

	hw_module_port(m, "clk", HW_INPUT, bit);
	hw_module_port(m, "q", HW_OUTPUT, size);
	hw_module_parameter(m, "WIDTH", size.bits == 4 ? "4" : "8");
	hw_module_register(m, &r);
	return m;
}

static void compare_and_end(struct hardware *base, struct hardware *now, const char *want)
{
	struct strv lines = STRV_INIT;
	struct str all = STR_INIT;
	bool differs = hardware_compare(base, now, &lines);

	for (size_t i = 0; i < lines.n; i++)
		str_addf(&all, "%s\n", lines.v[i]);
	assert_string_equal(str_cstr(&all), want);
	assert_int_equal(differs, strstr(want, "the same hardware") == NULL);
	str_free(&all);
	strv_free(&lines);
	hardware_fini(base);
	hardware_fini(now);
}

CASE(the_same_design_is_one_line)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;

	add_counter(&base, four, HW_RESET_NONE, "");
	add_counter(&now, four, HW_RESET_NONE, "");
	compare_and_end(&base, &now,
			"the same hardware: ports, registers and instances do not change\n");
}

CASE(nothing_is_the_same_as_nothing)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;

	compare_and_end(&base, &now,
			"the same hardware: ports, registers and instances do not change\n");
}

CASE(widths_resets_and_parameters_differ)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;

	add_counter(&base, four, HW_RESET_NONE, "");
	hw_module_port(add_counter(&now, eight, HW_RESET_ASYNCHRONOUS, "rst_n low"), "en", HW_INPUT,
		       bit);
	compare_and_end(
		&base, &now,
		"counter: port en added (input, 1 bit)\n"
		"counter: port q 4 -> 8 bits\n"
		"counter: parameter WIDTH 4 -> 8\n"
		"counter: register count 4 -> 8 bits, reset none -> asynchronous (rst_n low)\n");
}

CASE(latches_come_first)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;

	hw_module_latch(add_counter(&base, eight, HW_RESET_SYNCHRONOUS, "rst high"), "old");
	hw_module_latch(add_counter(&now, eight, HW_RESET_SYNCHRONOUS, "clear high"), "y");
	compare_and_end(&base, &now,
			"counter: latch old gone\n"
			"counter: latch y inferred\n"
			"counter: register count reset synchronous (rst high) -> synchronous "
			"(clear high)\n");
}

CASE(ports_turn_and_clocks_move)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;
	struct hw_module *a = hardware_module(&base, "m", "m"),
			 *b = hardware_module(&now, "m", "m");
	struct hw_register r = { (char *)"mem", memory, (char *)"clk rising", HW_RESET_NONE, NULL };

	hw_module_port(a, "d", HW_INPUT, bit);
	hw_module_port(b, "d", HW_INOUT, eight);
	hw_module_port(a, "gone", HW_OUTPUT, (struct hw_size){ 0, 0 });
	hw_module_port(b, "b", HW_INTERFACE, bit);
	hw_module_register(a, &r);
	r.clock = (char *)"clk falling";
	r.size.words = 32;
	hw_module_register(b, &r);
	compare_and_end(&base, &now,
			"m: port b added (interface)\n"
			"m: port d 1 -> 8 bits, input -> inout\n"
			"m: port gone removed (output, ? bits)\n"
			"m: clock clk falling added\n"
			"m: clock clk rising removed\n"
			"m: register mem 16 x 8 bits -> 32 x 8 bits, clk rising -> clk falling\n");
}

CASE(a_new_module_shows_what_it_holds)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;
	struct hw_module *m = hardware_module(&now, "top", "top");

	hw_module_instance(m, "u0", "counter");
	hw_module_latch(add_counter(&now, four, HW_RESET_NONE, ""), "l");
	hardware_module(&base, "old", "old");
	compare_and_end(&base, &now,
			"counter: latch l inferred\n"
			"counter: module added (2 ports, 1 register, 1 latch)\n"
			"old: module removed\n"
			"top: module added (1 instance)\n"
			"counter: register count added: 4 bits, clk rising, reset none\n"
			"top: instance u0 (counter) added\n");
}

CASE(another_specialisation_is_the_same_module)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;
	struct hw_module *a = hardware_module(&base, "top", "top"),
			 *b = hardware_module(&now, "top", "top");

	hw_module_instance(a, "u", "fifo__W4");
	hw_module_instance(b, "u", "fifo__W8");
	hw_module_parameter(hardware_module(&base, "fifo__W4", "fifo"), "W", "4");
	hw_module_parameter(hardware_module(&now, "fifo__W8", "fifo"), "W", "8");
	compare_and_end(&base, &now, "fifo: parameter W 4 -> 8\n");
}

CASE(two_specialisations_are_told_apart)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;
	struct hw_module *a = hardware_module(&base, "top", "top"),
			 *b = hardware_module(&now, "top", "top");
	struct hw_module *m;

	hw_module_instance(a, "u", "fifo");
	hw_module_instance(b, "u", "fifo__W4");
	hw_module_instance(a, "x", "fifo");
	hw_module_instance(b, "x", "fifo");
	hardware_module(&base, "fifo", "fifo");
	m = hardware_module(&now, "fifo", "fifo");
	hw_module_port(m, "en", HW_INPUT, bit);
	m = hardware_module(&now, "fifo__W4", "fifo");
	hw_module_port(m, "en", HW_INPUT, bit);
	compare_and_end(&base, &now,
			"fifo__W4: module added (1 port)\n"
			"fifo: port en added (input, 1 bit)\n"
			"top: instance u fifo -> fifo__W4\n");
}

CASE(the_same_of_all_specialisations_is_said_once)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;

	hardware_module(&base, "fifo", "fifo");
	hardware_module(&base, "fifo__W4", "fifo");
	hw_module_port(hardware_module(&now, "fifo", "fifo"), "en", HW_INPUT, bit);
	hw_module_port(hardware_module(&now, "fifo__W4", "fifo"), "en", HW_INPUT, bit);
	compare_and_end(&base, &now, "fifo: port en added (input, 1 bit)\n");
}

CASE(places_of_a_loop_are_counted)
{
	struct hardware base = HARDWARE_INIT, now = HARDWARE_INIT;
	struct hw_module *a = hardware_module(&base, "m", "m"),
			 *b = hardware_module(&now, "m", "m");
	struct hw_register r = { NULL, bit, (char *)"clk rising", HW_RESET_NONE, NULL };

	for (int i = 0; i < 12; i++) {
		r.name = str_fmt("lane[%d].q", i);
		hw_module_register(i < 4 ? a : b, &r);
		if (i < 4)
			hw_module_register(b, &r);
		free(r.name);
	}
	r.name = (char *)"odd[x].q";
	hw_module_register(b, &r);
	compare_and_end(&base, &now,
			"m: register lane[*].q added: 1 bit, clk rising, reset none (8 times)\n"
			"m: register odd[x].q added: 1 bit, clk rising, reset none\n");
}

CASE(the_order_of_building_does_not_matter)
{
	struct hardware base = HARDWARE_INIT, one = HARDWARE_INIT, two = HARDWARE_INIT;
	struct strv a = STRV_INIT, b = STRV_INIT;

	add_counter(&base, four, HW_RESET_NONE, "");
	for (int i = 0; i < 6; i++) {
		char *x = str_fmt("p%d", i), *y = str_fmt("p%d", 5 - i);

		hw_module_port(i ? &one.modules[0] : hardware_module(&one, "counter", "counter"), x,
			       HW_INPUT, bit);
		hw_module_port(i ? &two.modules[0] : hardware_module(&two, "counter", "counter"), y,
			       HW_INPUT, bit);
		free(x);
		free(y);
	}
	hardware_compare(&base, &one, &a);
	hardware_compare(&base, &two, &b);
	assert_true(a.n > 6);
	assert_int_equal(a.n, b.n);
	for (size_t i = 0; i < a.n; i++)
		assert_string_equal(a.v[i], b.v[i]);
	strv_free(&a);
	strv_free(&b);
	hardware_fini(&base);
	hardware_fini(&one);
	hardware_fini(&two);
}

CASE(merging_copies_what_is_not_there)
{
	struct hardware one = HARDWARE_INIT, two = HARDWARE_INIT;

	add_counter(&one, four, HW_RESET_NONE, "");
	add_counter(&two, eight, HW_RESET_SYNCHRONOUS, "rst high");
	hw_module_instance(hardware_module(&two, "top", "top"), "u", "counter");
	hardware_merge(&one, &two);
	hardware_fini(&two);
	assert_int_equal(one.n, 2);
	assert_int_equal(one.modules[0].registers[0].size.bits, 4);
	assert_string_equal(one.modules[1].instances[0].module, "counter");
	hardware_fini(&one);
}
