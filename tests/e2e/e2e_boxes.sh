#!/usr/bin/env bash
# Modules without a source: the rest of the design is still checked.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin iverilog

cells() {
	cat >top.v <<'END'
module top (input clk, input [3:0] a, output [7:0] y, output z, inout pad);
  wire [7:0] q;
  wire din;
  reg r;
  always @(posedge clk) r <= din;
  SB_IO #(.PIN_TYPE(6'b1010_01)) io (.PACKAGE_PIN(pad), .OUTPUT_ENABLE(~a[0]),
                                     .D_OUT_0(r), .D_IN_0(din));
  SB_SPRAM u (clk, a, q), u2 (clk, a, );
  assign y = q;
  assign z = r & a[1] & a[2] & a[3];
endmodule
END
}

# All cells of a vendor are reported in one line, and the design is fine.
for engine in verilator icarus; do
	in_new "cells_$engine"
	cells
	status 0 set engine $engine
	status 0 lint
	says "lint ok (1 file)"
	notes "3 instances of 2 Lattice iCE40 modules without a source, taken as black boxes: SB_IO, SB_SPRAM; \`set blackbox SB_*\`"
	# Other errors are still found, with their lines.
	sed -i 's/assign y = q;/assign y = q +;/' top.v
	status 1 lint
	says "top.v:9"
	cells
	status 0 set blackbox "SB_*"
	status 0 lint
	says "lint ok (1 file)"
	silent_on "black box"
done

# A warning about something else remains.
in_new width
cells
sed -i 's/assign y = q;/assign y = a;/' top.v
status 1 lint
says "risk WIDTH"
says "top.v:9"

# A module that was never written is a risk and is reported.
in_new unknown
printf 'module top (input a, output y);\n  engine_core #(8, "x") u (.a(a), .y(y));\nendmodule\n' >top.v
status 1 lint
says "top.v:2 risk NOSOURCE module engine_core has no source"
says "0 errors, 1 risk"
status 0 set blackbox engine_core
status 0 lint

# A misspelt module is an error.
in_new misspelt
printf 'module cell_ff (input d, output q); assign q = d; endmodule\n' >cell_ff.v
printf 'module top (input a, output y);\n  cel_ff u (.d(a), .q(y));\nendmodule\n' >top.v
status 1 lint
says "top.v:2"
notes "there is no module cel_ff; did you mean cell_ff?"

# One in VHDL is a risk, and the rest is checked; what a comment there names is not in it.
in_new other
printf -- '-- entity BUFG --\nlibrary ieee;\nENTITY Dff is port (d : in bit; q : out bit); end;\n' >dff.vhd
printf 'module top (input a, output y);\n  wire b;\n  BUFG g (.I(a), .O(b));\n  dff u (.d(b), .q(y));\nendmodule\n' >top.v
status 1 lint
says "top.v:4"
says "module dff has no source in Verilog, dff.vhd is VHDL: taken as a black box (1 instance)"
says "not read: dff.vhd VHDL"
notes "1 instance of 1 Xilinx module without a source"

status 0 set blackbox dff
status 0 lint
says "1 not read: dff.vhd VHDL"

# One that is excluded.
rm dff.vhd
printf 'module part (input a); endmodule\n' >part.v
printf 'module top (input a);\n  part u (.a(a));\nendmodule\n' >top.v
status 0 set exclude part.v
status 0 lint
notes "module part is taken as a black box: part.v is excluded by part.v"

# In a branch that is not taken, nothing is missing.
in_new dead
printf 'module top #(parameter V = 0) (input a, output y);\n  generate if (V) begin : g\n    vendor u (.a(a), .y(y));\n  end else begin : h\n    assign y = a;\n  end endgenerate\nendmodule\n' >top.v
status 0 lint
says "lint ok (1 file)"
silent_on "vendor"

# A module that has a source but is declared a black box.
in_new own
printf 'module pll (input i, output o);\n  assign o = i +;\nendmodule\n' >pll.v
printf 'module top (input a, output y);\n  pll u (.i(a), .o(y));\nendmodule\n' >top.v
status 0 set blackbox pll
status 1 lint
says "pll.v:2"
status 0 lint top.v

# Gowin's memories, as its tool writes them. SP may be a stack pointer elsewhere.
in_new gowin
printf 'module ram (input clk, input [7:0] a, d, output [7:0] q);\n  SP sp_inst_0 (.DO(q), .CLK(clk), .AD(a), .DI(d));\n  defparam sp_inst_0.BIT_WIDTH = 8;\nendmodule\n' >ram.v
status 1 lint
says "module SP has no source in the project"
: >board.cst
status 0 lint
notes "Gowin module without a source"
rm board.cst
printf 'module osc(output c);\n  OSCZ u(.OSCOUT(c), .OSCEN(1'"'b1"'));\nendmodule\n' >osc.v
status 0 lint
notes "2 instances of 2 Gowin modules without a source"

# What a student forgot to hand in is not a cell of the board's vendor.
in_new forgotten
for m in alternator SRL_unit LUT_sine FIFO18 ila MUX4; do
	printf 'module top(input a, output y);\n  %s u (.a(a), .y(y));\nendmodule\n' $m >top.v
	status 1 lint
	says "top.v:2 risk NOSOURCE module $m has no source in the project"
done

# Every cell that Yosys knows is recognized in a project for that board.
if [ -f /usr/share/yosys/xilinx/cells_xtra.v ]; then
	for row in xilinx:xdc ecp5:lpf ice40:pcf gowin:cst efinix:peri.xml sf2:pdc anlogic:adc gatemate:ccf; do
		library=${row%%:*}
		in_new "cells_of_$library"
		: >"board.${row#*:}"
		sed -nE 's/^ *module +\\?([A-Za-z0-9_$]+).*/\1/p' "/usr/share/yosys/$library"/cells_[sbx]*.v |
			sort -u | awk 'BEGIN { print "module t;" }
				{ print "  \\" $1 "  u" NR "();" } END { print "endmodule" }' >t.v
		status 0 lint
		says "lint ok (1 file)"
	done
fi

# A vendor's models refer to a module that only its simulation library has.
for engine in verilator icarus; do
	in_new "global_$engine"
	printf 'module ff(input c, d, output reg q);\n  always @(posedge c or posedge glbl.GSR)\n    if (glbl.GSR) q <= 0;\n    else q <= d & ~glbl.GTS;\nendmodule\n' >ff.v
	printf 'module net(input d, output q);\n  assign q = d & PUR_INST.PURNET & GSR_INST.GSRNET;\nendmodule\n' >net.v
	status 0 set engine $engine
	status 0 lint
	says "lint ok (2 files)"
	notes "1 instance of 1 Xilinx module without a source, taken as black boxes: glbl; \`set blackbox glbl\`"
	printf 'module ff_tb;\n  reg c = 0; wire q;\n  ff u(c, 1'"'b1"', q);\n  initial begin #1 c = 1; #1 if (q === 0) $error; $finish; end\nendmodule\n' >ff_tb.v
	status 1 sim --one --engine $engine
	says "did not run"
	notes "module glbl (Xilinx) has no source"
	printf 'module glbl; reg GSR = 0, GTS = 0; endmodule\n' >glbl.v
	status 0 sim --one --engine $engine
	says "PASS 1 check"
	sed -i 's/glbl\.G/globl.G/' ff.v # no vendor has it
	status 1 lint
	says "globl"
done

# An instance with the name of its module is no such reference: what it has inside is not known.
in_new own_name
printf 'module top(input c, input [3:0] a);\n  SB_MEM SB_MEM(.C(c), .A(a));\n  initial SB_MEM.mem[3] = 8;\nendmodule\n' >top.v
status 1 lint
says "1 name inside Lattice iCE40 modules without a source cannot be looked up"
says "0 errors, 1 risk (1 file)"

# A cell of a PDK: Verilator words a name with two consecutive underscores differently.
in_new pdk
printf 'module t (input a, output y);\n  sky130_fd_sc_hd__inv_2 u (.A(a), .Y(y));\n  nobodys__cell v (.A(a), .Y());\nendmodule\n' >t.v
status 1 lint
notes "1 instance of 1 SkyWater sky130 module without a source"
says "risk NOSOURCE module nobodys__cell has no source"
says "0 errors, 1 risk (1 file)"

# A module in a submodule that was not fetched.
in_new submodule
printf '[submodule "uart"]\n\tpath = third_party/uart\n\turl = nowhere\n[submodule "full"]\n\tpath = full\n' >.gitmodules
mkdir -p third_party/uart full
printf 'module full (input a);\nendmodule\n' >full/full.v
printf 'module t (input a, output y);\n  uart_rx u (.rxd(a), .q(y));\nendmodule\n' >t.v
status 1 lint
says "it may lie in third_party/uart, a submodule of git that is empty here: \`git submodule update --init\` fetches it"
# Many missing files of one list are reported in one sentence, a few in one each.
printf 'third_party/uart/%s.v\n' rx tx >uart.f
printf 't.v\nfull/full.v\n' >>uart.f
status 0 files
says "uart.f:1: third_party/uart/rx.v: there is no such file"
says "uart.f:2: third_party/uart/tx.v: there is no such file"
printf 'third_party/uart/%s.v\n' fifo top >>uart.f
status 0 files
says "uart.f names 4 files that are not there, the first third_party/uart/rx.v"
says "third_party/uart is a git submodule and empty here: \`git submodule update --init\` fetches it"
silent_on "tx.v"
in_new unset
echo "module t; endmodule" >t.v
for i in 1 2 3 4; do echo "vlog \$env(ROOT)/m$i.v"; done >unset.do
echo "vlog t.v" >>unset.do
status 0 files
says "unset.do names 4 files by variables that are not known here, the first \${env(ROOT)}/m1.v"
silent_on "m2.v"

# A Python script gives the defines and the include folders of the build.
in_new python
mkdir -p rtl/inc test
echo '`define W 4' >rtl/inc/w.vh
printf '`include "w.vh"\nmodule alu (input [`W-1:0] a, output y);\n`ifdef FAST\n  assign y = ^a;\n`else\n  assign y = missing;\n`endif\nendmodule\n' >rtl/alu.v
status 1 lint
says "missing"
cat >test/test_alu.py <<-'PY'
import cocotb
from pathlib import Path
from cocotb_tools.runner import get_runner

RTL = Path(__file__).resolve().parent.parent / "rtl"

@cocotb.test()
async def adds(dut): pass

def test_alu():
    runner = get_runner("icarus")
    runner.build(sources=[RTL / "alu.v"], includes=[RTL / "inc"],
                 defines={"FAST": 1}, hdl_toplevel="alu")
PY
status 0 lint
says "lint ok (2 files)"
status 0 files
says "read test/test_alu.py: 1 file"
says "defines: FAST=1"
says "test/test_alu.py is a cocotb testbench of alu"

# A description whose files are all elsewhere is not skipped.
in_new elsewhere
printf 'module t (input a);\nendmodule\n' >t.v
printf 'CAPI=2:\nname: a:b:c:1\nfilesets:\n  r:\n    files: [../../etc/passwd.v]\ntargets:\n  default:\n    filesets: [r]\n' >t.core
status 0 files
says "not read t.core: no file that it names is here (t.core, fileset r: ../../etc/passwd.v is outside the project)"

# Names inside black boxes are one line per library; the rest is not reported as
# checked.
in_new names
cat >top.v <<'END'
module top (input clk, input a, output q);
  SB_DFF d0 (.C(clk), .D(a), .Q(q));
  pll_ip pll (.clk(clk));
  initial $display("%b %b %b %b %b", d0.Q_int, d0.next, pll.core.lock, pll.vco, top.pll.vco);
endmodule
END
status 1 lint
says "0 errors, 3 risks"
says "top.v:4 risk NOSOURCE 2 names inside Lattice iCE40 modules without a source cannot be looked up"
says "names inside pll_ip without a source cannot be looked up, and the rest of the design is not checked: pll."
silent_on "definition of"
# A name that is in no black box is still an error.
sed -i 's/d0.next/top.next/' top.v
status 1 lint
says "1 error, 3 risks"

# A comma before the bracket, which the tools for these boards accept.
mkdir "$work/comma" && cd "$work/comma" || fail "no folder"
cat >board.v <<'V'
module board(input clk, output out);
  wire locked;
  SB_PLL40_PAD #(
    .DIVR(4'b0000),
  ) pll (
    .PACKAGEPIN(clk),
    .PLLOUTCORE(out),
    .LOCK(locked),
    //.SDI(),
  );
endmodule
V
status 0 lint
says "lint ok (1 file)"
sed -i 's/(clk),/(clock),/' board.v
status 1 lint
says "board.v:6"

# A file that has the cell, but not as it is compiled: another one defines the macro.
for engine in verilator icarus; do
	in_new "macro_$engine"
	printf '`define __GOWIN__\nmodule pll (input c, output d);\n  assign d = c;\nendmodule\n' >pll.v
	printf 'module top (input clk, output q);\n  wire c;\n  pll p (.c(clk), .d(c));\n  OSER10 u (.Q(q), .PCLK(c));\nendmodule\n' >top.v
	printf '`ifndef __GOWIN__\nmodule OSER10 (output Q, input PCLK);\n  assign Q = PCLK;\nendmodule\n`endif\n' >cells.v
	status 0 set engine $engine
	status 0 lint
	says "lint ok (3 files)"
	notes "1 instance of 1 Gowin module without a source, taken as black boxes: OSER10"
done
