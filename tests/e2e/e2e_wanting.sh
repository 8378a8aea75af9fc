#!/usr/bin/env bash
# Incomplete projects: a missing part is named once, errors that follow from it are not
# blamed on the files, and what a tool cannot read is not reported as an error.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin

count() { [ "$(grep -cF -- "$2" "$work/out")" = "$1" ] || fail "not $1 times: $2"; }

# An include that does not exist, in three files: one error, and what to do.
in_new include
for m in a b c; do
	printf '`include "shared/regs.svh"\nmodule %s (input clk, input d, output logic q);\n  `REG(q, d, clk)\n  `REG2(q, d,\n  assign x = ;\nendmodule\n' $m >$m.sv
done
status 1 lint
count 1 "Cannot find include file: shared/regs.svh"
says "3 files include it; it is not in the project: \`set include DIR\` names the folder it is in, or add it;"
silent_on "syntax error"
silent_on "set defines REG="
says "1 error, 0 risks (3 files)"
# Once it exists, the file's own errors are reported.
mkdir -p lib/shared
printf '`define REG(q, d, c) always_ff @(posedge c) q <= d;\n`define REG2(q, d)\n' >lib/shared/regs.svh
sed -i '/REG2/d' ./*.sv
status 1 lint
silent_on "Cannot find include file"
says "a.sv:4"
says "3 errors, 0 risks (4 files)"

# A package that does not exist: the same.
in_new package
printf 'module top (input their_pkg::req_t r, output logic y);\n  their_pkg::kind_e k;\n  assign y = r.valid;\nendmodule\n' >top.sv
status 1 lint
says "no file of the project defines package their_pkg: add the one that does"
says "1 error, 0 risks (1 file)"

# A macro without a value is one error, not one for the hole as well; no engine says FAIL.
in_new hole
printf 'module top (input [7:0] a, output [7:0] y);\n  assign y = a + `STEP;\nendmodule\n' >top.v
printf 'module tb;\n  wire [7:0] y;\n  top u (8'"'"'d1, y);\n  initial #1 if (y !== 2) $display("FAIL"); else $display("PASS");\nendmodule\n' >tb.v
status 1 lint top.v
count 1 " error "
sed 's/a + `STEP/a `STEP/' top.v >top2.v && mv top2.v top.v
status 1 sim --one --engine verilator
says "did not run: top.v:2"
status 2 sim --one --engine icarus
says "did not run: top.v:2"
status 0 sim --one --engine icarus -D "STEP=+8'd1"
says "PASS 1 check"
# Icarus takes it for nothing. What passes like that passed, as its users know it.
sed 's/a `STEP/a + 8'"'"'d1 `STEP/' top.v >top2.v && mv top2.v top.v
status 0 sim --one --engine icarus
says "PASS 1 check"
notes "uses \`STEP, which nothing defines"

# So are those in a file that is included beside the one that needs the package.
mkdir -p "$work/beside/inc" && cd "$work/beside" || fail "no folder"
printf 'package p;\n`include "a.svh"\n`include "b.svh"\nendpackage\n' >p.sv
printf 'import gone_pkg::*;\n' >inc/a.svh
printf 'function automatic logic f(gone_t x);\n  f = x[0];\nendfunction\n' >inc/b.svh
printf 'module m import p::*; (input a, output b);\n  assign b = a;\nendmodule\n' >m.sv
status 1 lint
says "inc/a.svh:1:8 error PKGNODECL"
says "1 error that may follow from it is not listed"
says "1 error, 0 risks"
# But those of a file that only shares an include with such a one are its own.
mkdir -p "$work/shared" && cd "$work/shared" || fail "no folder"
printf '`include "gone.svh"\n`include "k.svh"\nmodule a(output y);\n  assign y = `K;\nendmodule\n' >a.sv
printf '`define K 1\n' >k.svh
printf '`include "k.svh"\nmodule b(output y);\n  assign y = = `K;\nendmodule\n' >b.sv
status 1 lint
says "a.sv:1:10 error Cannot find include file: gone.svh"
says "b.sv:3:14 error syntax error"
says "2 errors, 0 risks"

# Files that need UVM are named as not read; the design they test is read.
in_new uvm
printf 'module dut (input a, output y);\n  assign y = a;\nendmodule\n' >dut.sv
printf 'package env_pkg;\n  import uvm_pkg::*;\n  `include "uvm_macros.svh"\n  class env extends uvm_env; `uvm_component_utils(env) endclass\nendpackage\n' >env_pkg.sv
printf 'module tb;\n  import env_pkg::*;\n  dut u (.a(1), .y());\n  initial run_test();\nendmodule\n' >tb.sv
status 0 lint
says "lint ok (1 file; 2 not read: env_pkg.sv needs UVM, tb.sv needs UVM (through env_pkg.sv))"

# A file that tests for the reading tool needs what that tool's branch needs.
for tool in verilator VERILATOR __ICARUS__; do
	in_new "asks_$tool"
	printf 'module top (input a, output y);\n  assign y = a;\n`ifdef %s\n  spy u_spy (.a(a));\n`endif\nendmodule\n' $tool >top.v
	printf 'module spy (input a);\n  wire unused_a = a;\nendmodule\n' >spy.v
	for engine in verilator icarus; do
		status 0 set engine $engine
		status 0 lint
		says "lint ok (2 files)"
		silent_on "spy"
	done
	# Without a source it is a black box, unless it is not used.
	rm spy.v
	status 0 set blackbox spy
	status 0 lint
done

# A vendor's cell whose parameters are set by defparam, before and after it.
in_new defparam
cat >top.v <<'END'
module top (input clk, output y, output z);
  defparam pll.intended_device_family = "Cyclone IV", pll.\mul-by = 3;
  altpll pll (.inclk(clk), .c0(y));
  altpll #(.width(2)) other (.inclk(clk), .c0(z));
  defparam other.operation_mode = "NORMAL";
endmodule
END
status 0 lint
says "lint ok (1 file)"
# In branches that Verilator tries for several values, up to its limit.
cat >top.v <<'END'
module top #(parameter FAST = 1) (input clk, output y);
  altpll pll (.inclk(clk), .c0(y));
  generate
    if (FAST) begin : g_fast
      defparam pll.ratio = 4;
    end else begin : g_slow
      defparam pll.ratio = 1;
    end
  endgenerate
endmodule
END
if command -v iverilog >/dev/null; then # that reads it
	status 1 lint
	notes "top is read by Icarus alone"
else
	status 2 lint
fi
says "risk UNSUPPORTED"
silent_on " error "

# One whose parameter is a type, and one that is connected in two ways.
in_new types
cat >top.sv <<'END'
module top (input logic clk, input logic [3:0] d, output logic y);
  typedef struct packed { logic [1:0] a, b; } pair_t;
  their_fifo #(.T(pair_t), .DEPTH(4)) u (.clk(clk), .d(d), .q());
  their_cell v (clk, y, d);
  their_cell w (.clk(clk), .q());
endmodule
END
status 0 set blackbox "their_*"
status 0 lint
says "lint ok (1 file)"

# What Verilator cannot read is reported once per file, and is not an error.
in_new limits
cat >top.sv <<'END'
module top (input logic clk, input logic a, b, output logic y);
  assign y = a & b;
  sequence s;
    a ##1 b;
  endsequence
endmodule
END
status 2 lint
says "top.sv:3"
says "UNSUPPORTED"
silent_on " error "

# The file checks for a macro and gives up without it.
in_new asks
printf 'module top (input a, output y);\n  assign y = a;\n`ifndef BOARD_ID\n  $fatal(1, "no board");\n`endif\nendmodule\n' >top.sv
status 1 lint
says "the file asks for BOARD_ID, which nothing defines: \`set defines BOARD_ID\` does"
status 0 set defines BOARD_ID=3
status 0 lint

# A file that refuses to be read after another is read before it.
in_new order
printf '`ifndef CORE_REGS\n`ifdef CORE_V\n`error "board.v must be read before core.v!"\n`endif\n`define CORE_REGS board_regs\n`endif\n`define BOARD_V\nmodule board (input a, output y);\n  core u (.a(a), .y(y));\nendmodule\nmodule board_regs (input a, output y);\n  assign y = a;\nendmodule\n' >board.v
printf '`ifdef BOARD_V\n`error "chip.v must be read before board.v!"\n`endif\nmodule chip (input a, output y);\n  board u (.a(a), .y(y));\nendmodule\n' >chip.v
printf '`define CORE_V\nmodule core (input a, output y);\n`ifdef CORE_REGS\n  `CORE_REGS u (.a(a), .y(y));\n`else\n  assign y = ~a;\n`endif\nendmodule\n' >core.v
status 0 lint
says "lint ok (3 files)"
# A file that requires a macro defined before it.
printf '`ifndef SIZES\n`error "sizes.v first"\n`endif\nmodule other (input [`W-1:0] a, output [`W-1:0] y);\n  assign y = a;\nendmodule\n' >other.v
printf '`define SIZES\n`define W 4\n' >zsizes.v
status 0 lint
says "lint ok (5 files)"

# Verilator names only the first word of a path with blanks.
in_new blanks
mkdir "Lab 1" "Lab 2 (b)"
printf 'module one (input a, output y);\n  assign y = a +;\nendmodule\n' >"Lab 1/my one.v"
printf 'module two (input [1:0] a, output y);\n  assign y = a;\nendmodule\n' >"Lab 2 (b)/two.v"
status 1 lint
says "Lab 1/my one.v:2:"
says "Lab 2 (b)/two.v:2:"
says "1 error, 1 risk (2 files)"

# Many similar notes, and many unread files, are summarised.
in_new many
for i in 1 2 3 4 5 6 7; do
	mkdir "d$i" "e$i"
	printf 'module m%s (input a, output y);\n  assign y = a;\nendmodule\n' $i | tee "d$i/m.v" >"e$i/m.v"
	printf 'module t%s (input a, output y);\n  m%s u (.a(a), .y(y));\nendmodule\n' $i $i >"d$i/t.v"
	echo 'library ieee, work; -- part' >"d$i/p.vhd"
done
status 0 lint
says "14 not read: d1/p.vhd VHDL, d2/p.vhd VHDL, d3/p.vhd VHDL, d4/p.vhd VHDL, d5/p.vhd VHDL, and 9 more: \`posedge files\` lists them)"
[ "$(grep -c "is defined in" "$work/err")" = 4 ] || fail "not four notes"
notes "and 3 more modules with several definitions"
status 0 files
says "e7/m.v"

# An include whose name differs only in case is read, as it is on Windows, and that is said.
in_new capitals
echo '`define W 4' >defs.vh
printf '`include "Defs.vh"\nmodule m (\n    input [`W-1:0] a,\n    output y\n);\n  assign y = ^a;\nendmodule\n' >m.v
status 0 lint
says "lint ok (2 files)"
notes "m.v:1 includes Defs.vh: defs.vh of the project is used for it"

# A primitive's table is left out, which is reported, and the rest is read.
in_new udp
printf 'primitive mux (y, a, b, s);\n  output y;\n  input a, b, s;\n  table\n    0 1 ? : 1;\n    0 0 ? : 0;\n    1 ? 1 : 1;\n    1 ? 0 : 0;\n  endtable\nendprimitive\n' >mux.v
printf 'module top (\n    input a,\n    input b,\n    input s,\n    output y\n);\n  mux m (y, a, b, s);\nendmodule\n' >top.v
status 0 lint
says "lint ok (2 files)"
notes "mux.v:4 is left out of the lint, the rest is read: Unsupported: Verilog 1995 UDP Tables"
sed -i 's/mux m (y, a/mux m (y, none/' top.v
status 1 lint
says "none"

# A top with a port of its own name, which Verilator cannot have in C++.
in_new own_name
printf 'module led #(\n    parameter N = 4\n) (\n    input clk,\n    output reg [N-1:0] led\n);\n  always @(posedge clk) led <= {led, led};\nendmodule\n' >led.v
status 1 lint
says "led.v:7"
says "WIDTH"
says "0 errors, 1 risk (1 file)"
silent_on "Unsupported"
sed -i "s/{led, led}/~led/" led.v
status 0 lint -G N=5
says "lint ok (1 file)"

# A system call that only old simulators have is left out, too.
in_new old_call
printf 'module reader_tb;\n  integer f;\n  initial begin\n    f = $fopenr("x.txt");\n    $display("%%d", f);\n    $finish;\n  end\nendmodule\n' >reader_tb.v
status 0 lint
notes "reader_tb.v:4 is left out of the lint"

# UVM: named as missing, and none of our internal module names is shown.
in_new uvm_run
printf '`include "uvm_macros.svh"\nimport uvm_pkg::*;\nmodule tb_top;\n  initial run_test("t");\nendmodule\n' >tb_top.sv
for engine in icarus verilator; do
	status 1 sim tb_top --engine $engine
	notes "tb_top.sv needs UVM, which neither the project nor a simulator here has"
	silent_on posedge_dump
done

# Signals driven by a Python test are not undriven; and a run names that test.
in_new wrapper
mkdir src test
printf 'module tt_um_it (\n    input [7:0] ui_in,\n    output [7:0] uo_out\n);\n  assign uo_out = ~ui_in;\nendmodule\n' >src/project.v
printf 'module tb ();\n  reg [7:0] ui_in;\n  wire [7:0] uo_out;\n  initial begin\n    $dumpvars(0, tb);\n    #1;\n  end\n  tt_um_it user_project (\n      .ui_in (ui_in),\n      .uo_out(uo_out)\n  );\nendmodule\n' >test/tb.v
status 1 lint
says "UNDRIVEN"
printf 'import cocotb\n\n@cocotb.test()\nasync def test_project(dut):\n    dut.ui_in.value = 0\n' >test/test.py
printf 'VERILOG_SOURCES += $(PWD)/tb.v $(PWD)/../src/project.v $(PWD)/gone.v\nTOPLEVEL = tb\nMODULE = test\ninclude $(shell cocotb-config --makefiles)/Makefile.sim\n' >test/Makefile
status 0 lint
says "lint ok (2 files)"
notes "gone.v: there is no such file"
status 3 sim tb --engine icarus
notes 'test/test.py is a cocotb testbench of tb: `testbench add NAME'

# A module in a module: neither tool here knows such, so they get them side by side, each
# line where it was.
if command -v iverilog >/dev/null; then
	in_new nested
	cat >hex.sv <<'END'
module hex (input logic [3:0] in, output logic [6:0] seg);
  module digit (input logic [3:0] n, output logic [6:0] s);
    always_comb s = n == 0 ? 7'h3f : 7'h06;
  endmodule
  digit u_digit (.n(in), .s(seg));
endmodule
END
	cat >hex_tb.sv <<'END'
module hex_tb;
  logic [3:0] in = 1;
  wire [6:0] seg;
  hex dut (in, seg);
  initial begin
    #1 if (seg !== 7'h06) $error("1 is %h", seg);
    in = 0;
    #1 if (seg !== 7'h3f) $error("0 is %h", seg);
    $finish;
  end
endmodule
END
	status 0 lint
	says "lint ok (2 files)"
	for engine in icarus verilator; do
		status 0 sim --engine $engine --one
		says "PASS 2 checks"
	done
	sed -i '3s/n == 0/m == 0/' hex.sv
	for engine in icarus verilator; do
		"$posedge" sim --engine $engine --one >"$work/out" 2>"$work/err"
		says "hex.sv:3"
	done
	status 1 lint
	says "hex.sv:3:21 error"
fi
