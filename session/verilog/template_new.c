/* The files of a new project: a small counter with everything it needs, done
 * properly, to be replaced piece by piece. NAME is a placeholder for the module's
 * name. */
#include "config.h"

#include "session/verilog/template.h"

#include <string.h>

#include "session/base/str.h"

static void fill(const char *text, const char *name, struct str *out)
{
	for (const char *at; (at = strstr(text, "NAME")); text = at + strlen("NAME")) {
		str_add(out, text, (size_t)(at - text));
		str_adds(out, name);
	}
	str_adds(out, text);
}

static const char rtl_sv[] =
	"// NAME: counts up while it is enabled. What it must do is in spec.md.\n"
	"`timescale 1ns / 1ps\n"
	"\n"
	"module NAME #(\n"
	"    parameter int WIDTH = 8\n"
	") (\n"
	"    input  logic             clk,\n"
	"    input  logic             rst,\n"
	"    input  logic             en,\n"
	"    output logic [WIDTH-1:0] count\n"
	");\n"
	"\n"
	"    always_ff @(posedge clk) begin\n"
	"        if (rst)\n"
	"            count <= '0;            // R1\n"
	"        else if (en)\n"
	"            count <= count + 1'b1;  // R2, R4; else it holds, R3\n"
	"    end\n"
	"\n"
	"endmodule\n";

static const char rtl_v[] =
	"// NAME: counts up while it is enabled. What it must do is in spec.md.\n"
	"`timescale 1ns / 1ps\n"
	"\n"
	"module NAME #(\n"
	"    parameter WIDTH = 8\n"
	") (\n"
	"    input  wire             clk,\n"
	"    input  wire             rst,\n"
	"    input  wire             en,\n"
	"    output reg  [WIDTH-1:0] count\n"
	");\n"
	"\n"
	"    always @(posedge clk) begin\n"
	"        if (rst)\n"
	"            count <= {WIDTH{1'b0}}; // R1\n"
	"        else if (en)\n"
	"            count <= count + 1'b1;  // R2, R4; else it holds, R3\n"
	"    end\n"
	"\n"
	"endmodule\n";

/* The end of a testbench in either language. */
#define TB_END                                                                  \
	"        if (failures == 0)\n"                                          \
	"            $display(\"PASS %0d checks\", checks);\n"                  \
	"        else\n"                                                        \
	"            $display(\"FAIL %0d of %0d checks\", failures, checks);\n" \
	"        $finish;\n"                                                    \
	"    end\n"                                                             \
	"\n"                                                                    \
	"    // Ends a test that would go on for ever.\n"                       \
	"    initial begin\n"                                                   \
	"        #100000;\n"                                                    \
	"        $display(\"FAIL: the time limit was reached\");\n"             \
	"        $finish;\n"                                                    \
	"    end\n"                                                             \
	"\n"                                                                    \
	"endmodule\n"

/* Inputs change at the falling edge, so no engine can race at the rising one; ===
 * distinguishes an unknown value from a correct one. */
static const char tb_sv[] = "// Checks each requirement of spec.md.\n"
			    "`timescale 1ns / 1ps\n"
			    "\n"
			    "module NAME_tb;\n"
			    "\n"
			    "    localparam int WIDTH = 4;\n"
			    "\n"
			    "    logic clk;\n"
			    "    logic rst;\n"
			    "    logic en;\n"
			    "    logic [WIDTH-1:0] count;\n"
			    "    logic [WIDTH-1:0] expected;\n"
			    "\n"
			    "    int checks = 0;\n"
			    "    int failures = 0;\n"
			    "\n"
			    "    NAME #(\n"
			    "        .WIDTH(WIDTH)\n"
			    "    ) dut (\n"
			    "        .clk(clk),\n"
			    "        .rst(rst),\n"
			    "        .en(en),\n"
			    "        .count(count)\n"
			    "    );\n"
			    "\n"
			    "    initial begin\n"
			    "        clk = 1'b0;\n"
			    "        forever #5 clk = ~clk;\n"
			    "    end\n"
			    "\n"
			    "    task automatic check(input string what);\n"
			    "        checks++;\n"
			    "        if (count !== expected) begin\n"
			    "            failures++;\n"
			    "            $display(\"FAIL: %s: count is %0d, not %0d, at %0t\", "
			    "what, count, expected, $time);\n"
			    "        end\n"
			    "    endtask\n"
			    "\n"
			    "    initial begin\n"
			    "        $dumpfile(\"wave.vcd\");\n"
			    "        $dumpvars(0, NAME_tb);\n"
			    "\n"
			    "        rst = 1'b1;\n"
			    "        en = 1'b1;\n"
			    "        expected = '0;\n"
			    "        repeat (2) begin\n"
			    "            @(negedge clk);\n"
			    "            check(\"R1 reset clears\");\n"
			    "        end\n"
			    "\n"
			    "        rst = 1'b0;\n"
			    "        repeat (2 ** WIDTH + 2) begin\n"
			    "            @(negedge clk);\n"
			    "            expected = expected + 1'b1;\n"
			    "            check(\"R2 R4 counts and wraps\");\n"
			    "        end\n"
			    "\n"
			    "        en = 1'b0;\n"
			    "        repeat (3) begin\n"
			    "            @(negedge clk);\n"
			    "            check(\"R3 holds\");\n"
			    "        end\n"
			    "\n"
			    "        rst = 1'b1;\n"
			    "        #2 check(\"R1 reset waits for the clock\");\n"
			    "        @(negedge clk);\n"
			    "        expected = '0;\n"
			    "        check(\"R1 reset clears without enable\");\n"
			    "\n" TB_END;

static const char tb_v[] = "// Checks each requirement of spec.md.\n"
			   "`timescale 1ns / 1ps\n"
			   "\n"
			   "module NAME_tb;\n"
			   "\n"
			   "    localparam WIDTH = 4;\n"
			   "\n"
			   "    reg clk;\n"
			   "    reg rst;\n"
			   "    reg en;\n"
			   "    wire [WIDTH-1:0] count;\n"
			   "    reg [WIDTH-1:0] expected;\n"
			   "\n"
			   "    integer checks;\n"
			   "    integer failures;\n"
			   "\n"
			   "    NAME #(\n"
			   "        .WIDTH(WIDTH)\n"
			   "    ) dut (\n"
			   "        .clk(clk),\n"
			   "        .rst(rst),\n"
			   "        .en(en),\n"
			   "        .count(count)\n"
			   "    );\n"
			   "\n"
			   "    initial begin\n"
			   "        clk = 1'b0;\n"
			   "        forever #5 clk = ~clk;\n"
			   "    end\n"
			   "\n"
			   "    task check;\n"
			   "        input integer requirement;\n"
			   "        begin\n"
			   "            checks = checks + 1;\n"
			   "            if (count !== expected) begin\n"
			   "                failures = failures + 1;\n"
			   "                $display(\"FAIL: R%0d: count is %0d, not %0d, at "
			   "%0t\", requirement, count, expected, $time);\n"
			   "            end\n"
			   "        end\n"
			   "    endtask\n"
			   "\n"
			   "    initial begin\n"
			   "        $dumpfile(\"wave.vcd\");\n"
			   "        $dumpvars(0, NAME_tb);\n"
			   "        checks = 0;\n"
			   "        failures = 0;\n"
			   "\n"
			   "        // R1: reset clears, also while enabled.\n"
			   "        rst = 1'b1;\n"
			   "        en = 1'b1;\n"
			   "        expected = {WIDTH{1'b0}};\n"
			   "        repeat (2) begin\n"
			   "            @(negedge clk);\n"
			   "            check(1);\n"
			   "        end\n"
			   "\n"
			   "        // R2, R4: counts and wraps.\n"
			   "        rst = 1'b0;\n"
			   "        repeat (2 ** WIDTH + 2) begin\n"
			   "            @(negedge clk);\n"
			   "            expected = expected + 1'b1;\n"
			   "            check(2);\n"
			   "        end\n"
			   "\n"
			   "        // R3: holds.\n"
			   "        en = 1'b0;\n"
			   "        repeat (3) begin\n"
			   "            @(negedge clk);\n"
			   "            check(3);\n"
			   "        end\n"
			   "\n"
			   "        // R1: reset waits for the clock, and needs no enable.\n"
			   "        rst = 1'b1;\n"
			   "        #2 check(1);\n"
			   "        @(negedge clk);\n"
			   "        expected = {WIDTH{1'b0}};\n"
			   "        check(1);\n"
			   "\n" TB_END;

static const char spec[] =
	"# NAME\n"
	"\n"
	"A counter of WIDTH bits, to be replaced by what you want to build. Each\n"
	"requirement has a number; the design and its testbench refer to it.\n"
	"\n"
	"R1  A rising edge of clk while rst is 1 sets count to 0, whatever en is.\n"
	"\n"
	"R2  Otherwise a rising edge of clk while en is 1 adds 1 to count.\n"
	"\n"
	"R3  Otherwise count holds its value.\n"
	"\n"
	"R4  After the largest value of WIDTH bits comes 0.\n";

void template_module(const char *name, enum lang lang, struct str *rtl)
{
	fill(lang == LANG_SV2017 ? rtl_sv : rtl_v, name, rtl);
}

void template_module_testbench(const char *name, enum lang lang, struct str *tb)
{
	fill(lang == LANG_SV2017 ? tb_sv : tb_v, name, tb);
}

void template_spec(const char *name, struct str *out)
{
	fill(spec, name, out);
}
