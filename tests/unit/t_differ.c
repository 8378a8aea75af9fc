#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/flow/differ.h"
#include "session/flow/port_role.h"
#include "session/verilog/verilog.h"

/* "": they match */
static void fits(const char *a, const char *b, const char *want)
{
	struct voutline x, y;
	struct err err = { 0 };

	voutline_init(&x, a, strlen(a));
	voutline_init(&y, b, strlen(b));
	assert_int_equal(differ_fit(&x.modules[0], &y.modules[0], &err), want[0] == '\0');
	assert_string_equal(err.text, want);
	voutline_fini(&x);
	voutline_fini(&y);
}

CASE(only_equal_ports_are_compared)
{
	fits("module m #(parameter W = 8) (input [W-1:0] a, output y); endmodule",
	     "module m (input wire [7:0] a, output logic y); endmodule", "");
	fits("module m (input [0:7] a, output y); endmodule",
	     "module m (output y, input [7:0] a); endmodule", "");
	fits("module m (input [7:0] a, output y); endmodule",
	     "module m (input [8:0] a, output y); endmodule",
	     "port a: 8 bits in one, 9 in the other");
	fits("module m (input a, output y); endmodule", "module m (output y); endmodule",
	     "only one of them has a port a");
	fits("module m (output y); endmodule", "module m (input a, output y); endmodule",
	     "only one of them has a port a");
	fits("module m (input a, output y); endmodule", "module m (output a, output y); endmodule",
	     "port a: an input or output in both was expected");
	fits("module m (input a, inout y); endmodule", "module m (input a, inout y); endmodule",
	     "port y: an input or output in both was expected");
	fits("module m (input a); endmodule", "module m (input a); endmodule",
	     "m has no outputs to compare");
	fits("module m (input \\a.b , output y); endmodule",
	     "module m (input \\a.b , output y); endmodule", "");
	fits("module m (input bus_t a, output y); endmodule",
	     "module m (input bus_t a, output y); endmodule",
	     "port a: \"bus_t\" is more than plain bits");
	fits("module m (input color a, output y); endmodule",
	     "module m (input color a, output y); endmodule",
	     "port a: \"color\" is more than plain bits");
	fits("module m (input color [1:0] a, output y); endmodule",
	     "module m (input color [1:0] a, output y); endmodule",
	     "port a: \"color [1:0]\" is more than plain bits");
	fits("module m (input var logic signed[1:0] a, output tri y); endmodule",
	     "module m (input bit  unsigned [1:0] a, output reg y); endmodule", "");
	fits("module m (input [W-1:0] a, output y); endmodule",
	     "module m (input [W-1:0] a, output y); endmodule",
	     "port a: \"[W-1:0]\" is more than plain bits");
}

static void renames(const char *text, const char *want)
{
	struct str out = STR_INIT;

	differ_rename(text, strlen(text), "__a", &out);
	assert_string_equal(str_cstr(&out), want);
	str_free(&out);
}

CASE(own_modules_get_another_name)
{
	renames("module m; sub u0 (); other u1 (); endmodule // m\nmodule sub; endmodule : sub\n",
		"module m__a; sub__a u0 (); other u1 (); endmodule // m\nmodule sub__a; "
		"endmodule : sub__a\n");
	renames("module m #(parameter W = 1) (input m, output reg [W-1:0] sub);\n"
		"always @(posedge m or m) begin : sub sub <= m; end : sub\n"
		"sub #(1) u (.m(m), .sub (sub) ); sub // c\n v (m);\nendmodule : m\n"
		"module automatic sub (m); import p::*; endmodule package p; endpackage : p\n",
		"module m__a #(parameter W = 1) (input m, output reg [W-1:0] sub);\n"
		"always @(posedge m or m) begin : sub sub <= m; end : sub\n"
		"sub__a #(1) u (.m(m), .sub (sub) ); sub__a // c\n v (m);\nendmodule : m__a\n"
		"module automatic sub__a (m); import p__a::*; endmodule package p__a; endpackage : "
		"p__a\n");
	renames("// nothing\n", "// nothing\n");
}

CASE(numbers_are_taken_as_values)
{
	static const char text[] = "8'h5a + 12 - 1 + 'b101 * 4'bx1 + 16'sd9 + 8'h5A + 1_000 + 1.5 +"
				   "72'h01_0000_0000_0000_0000 + 99'h00ff + 20'o777 + 1'b1 +"
				   "99999999999999999999";
	struct strv v = STRV_INIT;
	struct str out = STR_INIT;

	differ_numbers(text, strlen(text), &v);
	for (size_t i = 0; i < v.n; i++)
		str_addf(&out, "%s ", v.v[i]);
	assert_string_equal(str_cstr(&out), "64'd90 64'd12 64'd5 64'd9 64'd1000 "
					    "68'h10000000000000000 64'd255 64'd511 ");
	str_free(&out);
	strv_free(&v);
}

CASE(resets_are_told)
{
	static const char *const high[] = { "rst", "areset", "sys_rst", "rst_i" };
	static const char *const low[] = { "rst_n", "ARESETn", "PRESETn", "sys_rst_n", "rst_ni" };
	static const char *const not [] = { "burst_n", "first_n", "preset", "rest", "wrstb" };

	for (size_t i = 0; i < sizeof(high) / sizeof(*high); i++)
		assert_int_equal(port_is_reset(high[i]), 1);
	for (size_t i = 0; i < sizeof(low) / sizeof(*low); i++)
		assert_int_equal(port_is_reset(low[i]), -1);
	for (size_t i = 0; i < sizeof(not ) / sizeof(*not ); i++)
		assert_int_equal(port_is_reset(not [i]), 0);
}

CASE(clocks_are_told)
{
	static const char *const are[] = { "clk",  "CLK",   "CLOCK_50", "pclk",
					   "clk1", "i_clk", "clk_i",	"clock_gen" };
	static const char *const not [] = { "clk_en", "clken",	 "clk_rst_n", "en_clk",
					    "ce",     "clk_sel", "reset_clk", "clock_enable" };
	static const char text[] = "always @(posedge ck, negedge clear_n) @(negedge rst or posedge "
				   "t) // posedge no\nalways_ff @ (posedge ck) x <= ck;";
	struct strv v = STRV_INIT;

	for (size_t i = 0; i < 8; i++) {
		assert_true(port_is_clock(are[i]));
		assert_false(port_is_clock(not [i]));
	}
	port_edges(text, strlen(text), &v);
	assert_int_equal(v.n, 2);
	assert_string_equal(v.v[0], "ck");
	assert_string_equal(v.v[1], "t");
	strv_free(&v);
}
