/* Verilator's XML as recorded from the designs beside it (5.006, in
 * tests/fuzz/netlist), and malformed XML. */
#include "config.h"

#include "tests/lib/case.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/tool/hardware.h"
#include "sim/netlist/netlist.h"

static void read_recorded(const char *name, struct str *out)
{
	const char *src = getenv("srcdir");
	char *path = str_fmt("%s/tests/fuzz/netlist/%s.xml", src ? src : ".", name);

	assert_true(file_read(path, 0, out, NULL));
	free(path);
}

static bool parse(const char *text, size_t len, struct hardware *out, struct err *err)
{
	struct netlist *n = netlist_new();
	bool ok = netlist_feed(n, text, len, err) && netlist_end(n, out, err);

	netlist_free(n);
	return ok;
}

static void parse_recorded(const char *name, struct hardware *out)
{
	struct str text = STR_INIT;

	read_recorded(name, &text);
	assert_true(parse(str_cstr(&text), text.len, out, NULL));
	str_free(&text);
}

/* Everything in a design, as additions to an empty one. */
static void holds(const char *name, const char *want)
{
	struct hardware h = HARDWARE_INIT, none = HARDWARE_INIT;
	struct strv lines = STRV_INIT;
	struct str all = STR_INIT;

	parse_recorded(name, &h);
	hardware_compare(&none, &h, &lines);
	for (size_t i = 0; i < lines.n; i++)
		str_addf(&all, "%s\n", lines.v[i]);
	assert_string_equal(str_cstr(&all), want);
	str_free(&all);
	strv_free(&lines);
	hardware_fini(&h);
}

CASE(registers_have_clocks_and_resets)
{
	holds("registers",
	      "registers: module added (25 ports, 18 registers)\n"
	      "registers: register async_bit added: 1 bit, clk rising, reset asynchronous (rst_n "
	      "low)\n"
	      "registers: register async_if added: 1 bit, clk rising, reset asynchronous (rst_n "
	      "low)\n"
	      "registers: register async_word added: 4 bits, clk rising, reset asynchronous (rst_n "
	      "low)\n"
	      "registers: register early added: 1 bit, clk rising, reset none\n"
	      "registers: register either added: 4 bits, clk rising, reset synchronous (rst high "
	      "or rst_n low)\n"
	      "registers: register fall added: 1 bit, clk falling, reset none\n"
	      "registers: register follow added: 1 bit, clk rising, reset none\n"
	      "registers: register gated added: 1 bit, clk rising, reset none\n"
	      "registers: register mem added: 8 x 4 bits, clk rising, reset none\n"
	      "registers: register mux added: 1 bit, clk rising, reset none\n"
	      "registers: register other added: 1 bit, clk rising, reset none\n"
	      "registers: register pair added: 1 bit, clk rising, reset none\n"
	      "registers: register plain added: 1 bit, clk rising, reset none\n"
	      "registers: register set_bit added: 1 bit, clk rising, reset asynchronous (rst "
	      "high)\n"
	      "registers: register sync_bit added: 1 bit, clk rising, reset synchronous (rst "
	      "high)\n"
	      "registers: register sync_if added: 1 bit, clk rising, reset synchronous (rst high)\n"
	      "registers: register sync_last added: 1 bit, clk rising, reset synchronous (clear "
	      "high)\n"
	      "registers: register two added: 1 bit, clk rising, reset none\n");
}

CASE(a_path_without_an_assignment_makes_a_latch)
{
	holds("latches", "latches: latch gap inferred\n"
			 "latches: latch kept inferred\n"
			 "latches: latch lacking inferred\n"
			 "latches: latch meant inferred\n"
			 "latches: module added (11 ports, 4 latches)\n");
}

CASE(types_have_widths)
{
	holds("types", "cell_: module added (3 ports, 1 register)\n"
		       "reader: module added (2 ports)\n"
		       "types: module added (6 ports, 7 registers, 5 instances)\n"
		       "cell___W4: register q added: 4 bits, clk rising, reset none\n"
		       "cell_: register q added: 8 bits, clk rising, reset none\n"
		       "types: register lane[*].r added: 3 bits, clk rising, reset none (2 times)\n"
		       "types: register list added: 6 x 4 bits, clk rising, reset none\n"
		       "types: register loose added: 7 bits, clk rising, reset none\n"
		       "types: register number added: 32 bits, clk rising, reset none\n"
		       "types: register packed_ added: 8 bits, clk rising, reset none\n"
		       "types: register state added: 2 bits, clk rising, reset none\n"
		       "types: instance b (bus) added\n"
		       "types: instance full (cell_) added\n"
		       "types: instance lane[*].c (cell___W4) added (2 times)\n"
		       "types: instance read (reader) added\n");
}

CASE(blocks_that_wait_are_no_hardware)
{
	holds("testbench", "testbench: module added\n");
}

static const struct hw_module *module_of(const struct hardware *h, const char *name)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcmp(h->modules[i].name, name) == 0)
			return &h->modules[i];
	fail_msg("there is no module %s", name);
	return NULL;
}

CASE(ports_and_parameters_are_read_off)
{
	struct hardware h = HARDWARE_INIT;
	const struct hw_module *m;

	parse_recorded("types", &h);
	m = module_of(&h, "types");
	assert_string_equal(m->ports[1].name, "pad");
	assert_int_equal(m->ports[1].direction, HW_INOUT);
	assert_int_equal(m->ports[2].size.bits, 6); /* a struct with a union */
	assert_int_equal(m->ports[3].size.bits, 2); /* an enum of a package */
	assert_int_equal(m->ports[4].size.bits, 8);
	assert_int_equal(m->ports[4].size.words, 0);
	assert_int_equal(m->ports[5].size.bits, 4);
	assert_int_equal(m->ports[5].size.words, 6);
	m = module_of(&h, "reader");
	assert_string_equal(m->ports[0].name, "b");
	assert_int_equal(m->ports[0].direction, HW_INTERFACE);
	m = module_of(&h, "cell___W4");
	assert_string_equal(m->source, "cell_");
	assert_int_equal(m->n_parameters, 2); /* no localparam */
	assert_string_equal(m->parameters[0].name, "W");
	assert_string_equal(m->parameters[0].value, "4");
	assert_string_equal(m->parameters[1].value, "\"x<y\"");
	hardware_fini(&h);
}

CASE(pieces_give_the_same)
{
	struct str text = STR_INIT;
	struct hardware whole = HARDWARE_INIT, pieces = HARDWARE_INIT;
	struct netlist *n = netlist_new();
	struct strv lines = STRV_INIT;

	read_recorded("types", &text);
	assert_true(parse(str_cstr(&text), text.len, &whole, NULL));
	for (size_t i = 0; i < text.len; i += 7)
		assert_true(netlist_feed(n, str_cstr(&text) + i,
					 text.len - i < 7 ? text.len - i : 7, NULL));
	assert_true(netlist_end(n, &pieces, NULL));
	assert_false(hardware_compare(&whole, &pieces, &lines));
	assert_true(whole.n > 2);
	strv_free(&lines);
	netlist_free(n);
	hardware_fini(&whole);
	hardware_fini(&pieces);
	str_free(&text);
}

CASE(a_cut_text_is_an_error)
{
	struct str text = STR_INIT;
	struct err err;

	read_recorded("latches", &text);
	while (text.len && text.data[text.len - 1] != '>')
		str_cut(&text, text.len - 1);
	for (size_t len = 0; len < text.len; len += 13) {
		struct hardware h = HARDWARE_INIT;

		assert_false(parse(str_cstr(&text), len, &h, &err));
		assert_int_equal(err.code, ERR_PARSE);
		assert_int_equal(h.n, 0);
	}
	str_free(&text);
}

static enum err_code refused(const char *text, size_t len)
{
	struct hardware h = HARDWARE_INIT;
	struct err err = { 0 };

	assert_false(parse(text, len, &h, &err));
	assert_true(err.text[0]);
	assert_int_equal(h.n, 0);
	return err.code;
}

CASE(other_xml_is_refused)
{
	struct str text = STR_INIT;
	static const char other[] = "<html><body/></html>";

	read_recorded("doctype", &text);
	assert_int_equal(refused(str_cstr(&text), text.len), ERR_PARSE);
	assert_int_equal(refused(other, strlen(other)), ERR_PARSE);
	assert_int_equal(refused("", 0), ERR_PARSE);
	str_free(&text);
}

CASE(oversized_input_is_refused)
{
	struct str deep = STR_INIT, long_ = STR_INIT, types = STR_INIT;

	str_adds(&deep, "<verilator_xml><netlist><module name=\"m\"><always>");
	for (int i = 0; i < 100000; i++)
		str_adds(&deep, "<begin>");
	assert_int_equal(refused(str_cstr(&deep), deep.len), ERR_LIMIT);

	str_adds(&long_, "<verilator_xml>");
	while (long_.len <= NETLIST_LIMIT)
		str_adds(&long_,
			 "                                                                ");
	str_adds(&long_, "</verilator_xml>");
	assert_int_equal(refused(str_cstr(&long_), long_.len), ERR_LIMIT);

	/* Each type is twice the one before: 2^n steps for n bits. */
	str_adds(&types, "<verilator_xml><netlist><module name=\"m\"><var name=\"p\" dir=\"input\" "
			 "dtype_id=\"28\"/></module>"
			 "<typetable><basicdtype id=\"1\" name=\"logic\"/>");
	for (int i = 2; i <= 28; i++)
		str_addf(&types,
			 "<structdtype id=\"%d\"><memberdtype id=\"%d\" "
			 "sub_dtype_id=\"%d\"/><memberdtype "
			 "id=\"%d\" sub_dtype_id=\"%d\"/></structdtype>",
			 i, 100 + i, i - 1, 200 + i, i - 1);
	str_adds(&types, "</typetable></netlist></verilator_xml>");
	assert_int_equal(refused(str_cstr(&types), types.len), ERR_LIMIT);
	str_free(&deep);
	str_free(&long_);
	str_free(&types);
}

/* An else-if nested without end gives no claim. */
CASE(deep_nesting_is_left_alone)
{
	struct str text = STR_INIT;
	struct hardware h = HARDWARE_INIT;

	str_adds(&text,
		 "<verilator_xml><netlist><module name=\"m\"><var name=\"a\" dtype_id=\"1\"/>"
		 "<var name=\"b\" dtype_id=\"1\"/><always>");
	for (int i = 0; i < 1200; i++)
		str_adds(&text, "<if><varref name=\"b\"/><begin/><begin>");
	str_adds(&text, "<assign><varref name=\"b\"/><varref name=\"a\"/></assign>");
	for (int i = 0; i < 1200; i++)
		str_adds(&text, "</begin></if>");
	str_adds(&text, "</always></module></netlist></verilator_xml>");
	assert_true(parse(str_cstr(&text), text.len, &h, NULL));
	assert_int_equal(h.n, 1);
	assert_int_equal(h.modules[0].n_latches, 0);
	hardware_fini(&h);
	str_free(&text);
}

CASE(odd_elements_do_no_harm)
{
	struct hardware h = HARDWARE_INIT;

	parse_recorded("hostile", &h);
	assert_string_equal(h.modules[0].name, "m??x");
	assert_int_equal(h.modules[0].ports[0].size.bits, 0);
	hardware_fini(&h);
}
