#!/usr/bin/env bash
# "lint ok" covers exactly the files that were read; with the real tools.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin

top() { printf 'module %s(input wire a, output wire y);\n  assign y = ~a;\nendmodule\n' "$1"; }

# Files that were read are counted; others are named with the reason.
in_new count
top good >good.v
status 0 lint
says "lint ok (1 file)"
top part >part.v
printf '`include "part.v"\n' >unused.vh
status 0 lint
says "lint ok (2 files; 1 not read: unused.vh no file includes it)"
rm unused.vh
{ top large; seq -f '// %.0f' 900000; } >large.v
status 0 lint
says "2 files; 1 not read: large.v too large"

# A file is read whether or not another one needs it.
in_new alone
top good >good.v
printf 'modul late(input wire a);\nendmodule\n' >late.v
status 1 lint
says "late.v:1"
rm late.v
printf 'package tables;\n  localparam int A = ;\nendpackage\n' >tables.sv
status 1 lint
says "tables.sv:2"

# If nothing was read, nothing is ok.
in_new nothing
status 3 lint
says "nothing was linted: there is no Verilog file here"
silent_on "lint ok"
{ top large; seq -f '// %.0f' 900000; } >large.v
status 3 lint
says "nothing was linted: 1 file not read: large.v too large"

# The journal says the same, as JSON too.
in_new record
top good >good.v
printf 'x\n' >unused.svh
status 0 --json lint
says '"read":1'
says '"unread":"unused.svh\tno file includes it"'
status 0 log
says "1 file; 1 not read"
status 0 verify

# One top that crashes the tool takes nothing from the others. Here the tool is
# looked up in PATH, without bubblewrap.
in_new crash
mkdir "$work/bin"
cat >"$work/bin/verilator_bin" <<-'EOF'
	#!/bin/sh
	for a; do
		case $a in */bad.v | bad.v) kill -SEGV $$ ;; esac
	done
	exec REAL "$@"
EOF
sed "s|REAL|$(command -v iverilog || echo false)|" "$work/bin/verilator_bin" >"$work/bin/iverilog"
sed -i "s|REAL|$(command -v verilator_bin)|" "$work/bin/verilator_bin"
chmod +x "$work/bin/verilator_bin" "$work/bin/iverilog"
export TEST_PATH=$work/bin:$PATH POSEDGE_BWRAP=/nonexistent
top bad >bad.v
top good >good.v
printf 'module wide(input wire [7:0] a, output wire [3:0] y);\n  assign y = a;\nendmodule\n' >wide.v
status 1 lint
notes "bad (bad.v) was not linted: verilator_bin crashed"
says "wide.v:2:12 risk WIDTH"
says "2 files; 1 not read: bad.v no answer of the tool"
rm wide.v
status 2 lint
silent_on "lint ok"
says "1 file; 1 not read: bad.v no answer of the tool"
status 0 log
says "bad (bad.v) was not linted"
# Icarus reads such a design, if it does not crash as well.
rm "$work/bin/iverilog"
if command -v iverilog >/dev/null; then
	status 0 lint
	says "lint ok (2 files)"
	notes "bad is read by Icarus alone, which checks less: verilator_bin crashed"
fi

# A design that is too large to be laid flat within the limit is read without that. What its
# text tells is found.
in_new large
cat >"$work/bin/verilator_bin" <<-'EOF'
	#!/bin/sh
	case " $* " in
	*" --xml-only "*) echo "skim $*" >>CALLS ;;
	*" bits.v "*) echo "full $*" >>CALLS; kill -XCPU $$ ;;
	esac
	exec REAL "$@"
EOF
sed -i "s|REAL|$(command -v verilator_bin)|; s|CALLS|$work/calls|" "$work/bin/verilator_bin"
printf 'module bits(input wire [7:0] a, output wire [3:0] y);\n  assign y = a;\nendmodule\n' >bits.v
printf 'module bits_tb;\n  wire [3:0] y;\n  bits u(.a(8'"'d1"'), .y(y));\n  initial begin #1 if (y !== 1) $error; $finish; end\nendmodule\n' >bits_tb.v
status 1 lint
says "bits.v:2:12 risk WIDTH"
says "0 errors, 1 risk (2 files)"
notes "bits is too large for all checks of verilator_bin: names, widths and drivers are checked, loops and latches are not"
notes "bits_tb is too large"
grep -q '^full.* --top-module bits ' "$work/calls" || fail "bits was not tried"
rm bits_tb.v
sed -i 's/= a;/= a + b;/' bits.v
status 1 lint
says "bits.v:2:18 error"
rm "$work/calls"

# So is one whose loops take long when they are written out, after a sixth of that time.
in_new unrolled
cat >"$work/bin/verilator_bin" <<-'EOF'
	#!/bin/sh
	case " $* " in
	*" --xml-only "*) ;;
	*" --unroll-count "*) echo "loops $(ulimit -S -t)" >>CALLS; kill -XCPU $$ ;;
	esac
	exec REAL "$@"
EOF
sed -i "s|REAL|$(command -v verilator_bin)|; s|CALLS|$work/calls|" "$work/bin/verilator_bin"
cat >many.v <<'V'
module many(input wire [4095:0] d, input wire [7:0] e, output wire [4095:0] q, output wire [3:0] f);
  assign f = e;
  genvar i;
  generate for (i = 0; i < 4096; i = i + 1) begin : g
    assign q[i] = ~d[i];
  end endgenerate
endmodule
V
status 1 lint
says "many.v:2:12 risk WIDTH"
says "0 errors, 1 risk (1 file)"
notes "many is too large for all checks of verilator_bin: names, widths"
[ "$(cat "$work/calls")" = "loops 5" ] || fail "the loops had $(cat "$work/calls")"
rm "$work/calls"

# A pad's inout at an input is no error of the design, an output there is one.
unset TEST_PATH POSEDGE_BWRAP
in_new pads
printf 'module pad(inout wire PAD, output wire Y);\n  assign Y = PAD;\nendmodule\n' >pad.v
printf 'module chip(input wire resetb, output wire y);\n  pad u(\n    .PAD(resetb),\n    .Y(y)\n  );\nendmodule\n' >chip.v
status 1 lint
says "chip.v:3:10 risk ASSIGNIN Assigning to input/const variable: 'resetb'"
says "0 errors, 1 risk (2 files)"
# What the language forbids stays an error: at a variable, beside the name of a net in a pad,
# and at another part in the line.
sed -i 's/input wire resetb/input var resetb/' chip.v && mv chip.v chip.sv
status 1 lint
says "chip.sv:3:10 error ASSIGNIN"
rm chip.sv
printf 'module chip(input wire r, inout wire b, output wire y, z);\n  pad u(.PAD(b), .Y(y));\n  assign z = u.PAD, r = 1;\nendmodule\n' >chip.v
status 1 lint
says "chip.v:3:21 error ASSIGNIN"
printf 'module outp(output wire PAD, input wire A);\n  assign PAD = A;\nendmodule\n' >outp.v
printf 'module chip(input wire r, inout wire b, output wire y);\n  outp w(.PAD(r), .A(y)); pad u(.PAD(b), .Y(y));\nendmodule\n' >chip.v
status 1 lint
says "chip.v:2:15 error ASSIGNIN"
rm outp.v
printf 'module chip(input wire resetb, output wire y);\n  pad u(\n    .PAD(resetb),\n    .Y(y)\n  );\nendmodule\n' >chip.v
sed -i 's/inout wire PAD, output wire Y/output wire PAD, input wire Y/; s/assign Y = PAD/assign PAD = Y/' pad.v
sed -i 's/output wire y/input wire y/' chip.v
status 1 lint
says "chip.v:3:10 error ASSIGNIN"
export TEST_PATH=$work/bin:$PATH POSEDGE_BWRAP=/nonexistent

# posedge's own findings follow the tool's, and are marked.
in_new own
printf 'module flag(input wire clk, set, clear, output reg f);\n  always @(posedge clk) if (set) f <= 1;\n  always @(posedge clk) if (clear) f <= 0;\nendmodule\n' >flag.v
status 1 lint
says "flag.v:3:36 risk POSEDGE_MULTIDRIVEN 'f' is written by this process and by the one at line 2"
# They do not repeat the tool's, and ignore branches that are not read.
printf 'module keep(input wire s, d, output reg y);\n  always @* if (s) y = d;\nendmodule\n' >keep.v
status 1 lint
says "keep.v:2:3 risk LATCH"
silent_on "POSEDGE_LATCH"
status 0 waive flag.v:3 POSEDGE_MULTIDRIVEN --apply
grep -q '/\* posedge lint_off MULTIDRIVEN \*/' flag.v || fail "no pragma of posedge"
rm keep.v
status 0 lint
printf '`include "fast.vh"\nmodule flag(input wire clk, set, output reg f);\n`ifdef FAST\n  always @(posedge clk) f <= 1;\n`endif\n  always @(posedge clk) if (set) f <= 0;\nendmodule\n' >flag.v
: >fast.vh
status 0 lint
echo '`define FAST' >fast.vh
status 1 lint
says "flag.v:6:34 risk POSEDGE_MULTIDRIVEN"
status 0 log

# On the screen the file under the cursor is linted first, as it is typed; what
# else there is follows and brings the rest of the findings.
unset TEST_PATH POSEDGE_BWRAP
in_new live
top good >good.v
printf 'module wide(input wire [7:0] a, output wire [3:0] y);\n  assign y = a;\nendmodule\n' >wide.v
cat >"$work/keys" <<-'EOF'
	size 30 110
	run open good.v
	wait 0 err 1 risk
	key Ctrl-O 3
	type x
	wait 2 err 1 risk
	run log lint
	wait good.v:1
	wait wide.v:2
EOF
status 0 --script "$work/keys"
journal=$(ls .posedge/sessions/*/journal.jsonl)
grep -q '"type":"lint".*"files":"good.v".*"part":true' "$journal" || fail "the file under the cursor was not linted first"
# Such a part is of that file, and repeats as one.
grep '"part":true' "$journal" | grep -q 'wide.v' && fail "the part holds findings of another file"
status 0 replay --rerun
silent_on "differ from"

# The signals of an interface are driven by whoever connects it: where nobody
# does, nothing is said of them; where somebody does, they count.
in_new ifc
printf 'interface bus_if(input logic clk);\n  logic go, busy;\n  modport user(input clk, go, output busy);\nendinterface\n' >bus_if.sv
printf 'module user(bus_if.user b, output logic q);\n  assign b.busy = 1;\n  always_ff @(posedge b.clk) q <= b.go;\nendmodule\n' >user.sv
status 0 lint
silent_on UNDRIVEN
printf 'module system(input logic clk, output logic q, output logic busy);\n  bus_if bus(.clk);\n  user u(.b(bus), .q);\n  assign busy = bus.busy;\nendmodule\n' >system.sv
status 1 lint
says "bus_if.sv:2:9 risk UNDRIVEN"

# Codes of a newer Verilator are not errors, and what they waive is waived here as well.
in_new newer
cat >newer.v <<'EOF'
module newer (input [3:0] a, output [2:0] y, output [7:0] z, output [3:0] v);
  /* verilator lint_off WIDTHTRUNC */
  assign y = a;
  assign z = a;
  // verilator lint_off GENUNNAMED
  for (genvar i = 0; i < 4; i = i + 1) assign v[i] = a[i];
endmodule
EOF
status 1 lint
says "newer.v:4:12 risk WIDTH"
says "0 errors, 1 risk"

# Verilator numbers and quotes the line as the preprocessor left it: here it is the line that
# was typed. What only follows from a list that lacks a signal is not advised about, in a
# folder whose name it cuts at the blank either.
in_new macros
mkdir 'lab 3'
cat >'lab 3/defs.vh' <<'V'
`define S_GO 3'd0
`define S_STOP 3'd1
`define WIDE(x) {1'b0, (x)}
V
cat >'lab 3/light.v' <<'V'
`include "defs.vh"
module light(clk, reset, car, go, w);
  input clk, reset, car;
  output go, w;
  reg go, w;
  reg [2:0] state, next;
  always @(posedge clk or negedge reset)
    if (!reset) state <= `S_GO;
    else state <= next;
  always @(state)
    case (state)
      `S_GO: begin go = 1'b1; w = `WIDE(car); next = car ? `S_STOP : `S_GO; end
      default: begin go = 1'b0; w = 1'b0; next = `S_GO; end
    endcase
endmodule
V
status 1 lint
says "lab 3/light.v:12:33 risk WIDTH"
says "\`S_GO: begin go = 1'b1; w = \`WIDE(car); next = car ? \`S_STOP : \`S_GO; end"
says "lab 3/light.v:10:10 risk POSEDGE_SENSLIST 'car' is read"
silent_on BLKSEQ
silent_on SYNCASYNCNET
silent_on "(lab:"
status 1 lint --style
says "lab 3/light.v:12:23 style BLKSEQ"
says "the block in line 10 waits for no edge, so = is right; its sensitivity list is not right: write always @(*)"
printf 'module t;\n  integer errors = 0;\n  reg [1:0] two = 0;\n  initial begin\n    if (errors) $display("no");\n    if (two) $display("two");\n  end\nendmodule\n' >t_tb.v
status 1 lint t_tb.v
says "t_tb.v:6:5 risk WIDTH"
silent_on "t_tb.v:5:"

# Verilator gives up on a design with an unsupported construct: the modules without it
# are still linted, and the others are named as not read.
mkdir "$work/gave_up" && cd "$work/gave_up" || fail "no folder"
cat >core.v <<'V'
module core(input clk, input rst, input [3:0] a, output [3:0] y, output [1:0] z);
  history h(.clk(clk), .rst(rst), .a({13'd0, a}), .y(z));
  unit u(.a(a), .y(y));
endmodule
V
cat >history.v <<'V'
module history(input clk, input rst, input [16:0] a, output [1:0] y);
  reg [1:0] seen [0:99999];
  wire t; wire t; // Icarus takes the rest
  integer i;
  always @(posedge clk or posedge rst)
    if (rst) for (i = 0; i < 100000; i = i + 1) seen[i] <= 2'd3;
    else seen[a] <= 2'd1;
  assign y = seen[a];
endmodule
V
printf 'module unit(input [3:0] a, output [3:0] y);\n  leaf l(.a(a), .y(y));\nendmodule\n' >unit.v
printf 'module leaf(input [3:0] a, output [3:0] y);\n  wire [1:0] low = a;\n  assign y = {2'"'"'b0, low};\nendmodule\n' >leaf.v
status 1 lint
says "leaf.v:2:"
says "(2 files; 2 not read: core.v not supported by the tool, history.v not supported by the tool)"
notes "core (core.v) was not linted: verilator_bin does not support what history.v:6 uses"

# A testbench that the file hides from Verilator is not an error of the design; the part
# for Verilator is linted.
mkdir "$work/hidden" && cd "$work/hidden" || exit 1
cat >hidden.v <<'END'
`ifndef VERILATOR
module tb; reg a; wire [3:0] y; part p (a, y); initial $finish; endmodule
`endif
module part (input a, output [3:0] y);
  assign y = a;
endmodule
END
status 1 lint
says "hidden.v:5:12 risk WIDTH"
says "0 errors, 1 risk (1 file)"

# Tasks of other vendors that write waves are nothing to the design, nor is the scope that
# they name; what stands beside them is still read.
mkdir "$work/foreign_waves" && cd "$work/foreign_waves" || exit 1
printf 'module t_tb;\n  initial begin $fsdbDumpfile("a.fsdb"); $fsdbDumpvars(0, t_tb); #1 $finish; end\nendmodule\n' >t_tb.v
status 0 lint
says "lint ok (1 file)"
sed -i 's/#1 /#1 x = 1; /' t_tb.v
status 1 lint
says "t_tb.v:2:69 error"

# A class needs the interfaces that it holds, wherever they are.
mkdir "$work/virtual" && cd "$work/virtual" || exit 1
printf 'package p;\n  class driver;\n    virtual bus_if b;\n    function new(virtual bus_if b);\n      this.b = b;\n    endfunction\n  endclass\nendpackage\n' >driver.sv
printf 'interface bus_if;\n  logic d;\nendinterface\n' >zbus.sv
printf 'module tb;\n  import p::*;\n  bus_if b ();\n  initial begin\n    automatic driver d = new(b);\n    $finish;\n  end\nendmodule\n' >tb.sv
status 0 lint
says "lint ok (3 files)"

# A loop of more rounds than Verilator unrolls by itself is read as a whole.
mkdir "$work/memory" && cd "$work/memory" || exit 1
printf 'module memory(input clk, rst, input [8:0] a, output [1:0] y);\n  reg [1:0] m [0:511];\n  integer i;\n  always @(posedge clk)\n    if (rst) for (i = 0; i < 512; i = i + 1) m[i] <= 0;\n    else m[a] <= 1;\n  assign y = m[a];\nendmodule\n' >memory.v
status 0 lint
says "lint ok (1 file)"
sed -i 's/else m\[a\] <= 1/else n[a] <= 1/' memory.v
status 1 lint
says "memory.v:6:10 error"
printf 'module memory(input clk, rst, input [11:0] a, output [7:0] y);\n  reg [7:0] m [0:4095], t [0:4095];\n  integer i;\n  always @(posedge clk)\n    if (rst) for (i = 0; i < 4096; i = i + 1) begin m[i] <= i[7:0] ^ 8'"'"'h5a; t[i] <= 0; end\n    else m[a] <= t[a];\n  assign y = m[a];\nendmodule\n' >memory.v
status 0 lint
says "lint ok (1 file)"
mkdir "$work/rounds" && cd "$work/rounds" || exit 1
printf 'module many(input [4095:0] d, output [4095:0] q);\n  genvar i;\n  generate for (i = 0; i < 4096; i = i + 1) begin : g\n    assign q[i] = ~d[i];\n  end endgenerate\nendmodule\n' >many.v
status 0 lint
says "lint ok (1 file)"
sed -i 's/~d\[i\]/~e[i]/' many.v
status 1 lint
says "many.v:4:20"
sed -i 's/~e/~d/; s/i = i + 1/i = i/' many.v
status 2 lint
silent_on "lint ok"

# A parameter of a top may lack a value, which an instance gives; a localparam may not.
mkdir "$work/unset" && cd "$work/unset" || exit 1
printf 'module unset #(parameter W)(input [W-1:0] a, output y);\n  assign y = ^a;\nendmodule\n' >unset.sv
status 1 lint
says "unset.sv:1:26 risk Parameter without initial value"
printf 'module unset(input a, output y);\n  localparam K;\n  assign y = a ^ K;\nendmodule\n' >unset.sv
status 1 lint
says "unset.sv:2:14 error Parameter without initial value"

# Below a top that a semicolon breaks, the other files are read, too: each error by itself is one
# of the tool's. What a parameter's default would make of a part is left out.
mkdir "$work/broken" && cd "$work/broken" || exit 1
printf 'module top(input logic [3:0] a, output logic y);\n  leaf #(4) u (.a, .y)\nendmodule\n' >top.sv
printf 'module leaf #(parameter W = 9)(input logic [W-1:0] a, output logic y);\n  logic [3:0] t; if (W == 9) $error("set W");\n  assign t = a;\n  assign y = ^t & b;\nendmodule\n' >leaf.sv
verilator_bin --lint-only -Wno-fatal leaf.sv >leaf.txt 2>&1 && fail "Verilator takes leaf.sv"
grep -q '^%Error: leaf.sv:4:' leaf.txt || fail "Verilator names another line"
status 1 lint
says "top.sv:3:1 error syntax error"
says "leaf.sv:4:19 error"
says "2 errors, 0 risks (2 files)"
sed -i 's/ & b//' leaf.sv
status 1 lint
says "1 error, 0 risks (2 files)"
silent_on "WIDTH"
sed -i 's/y)$/y);/' top.sv
status 0 lint
says "lint ok (2 files)"
