#!/usr/bin/env bash
# Legal code that a tool here does not support is read anyway, or named.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator iverilog vvp

# folder NAME: a new project.
folder() { mkdir -p "$work/$1" && cd "$work/$1" || fail "no folder"; }

folder primitive # its instances need no name, and no file says where it is
cat >cells.v <<'V'
primitive both(o, a, b);
  output o; input a, b;
  table
    1 1 : 1;
    0 ? : 0;
    ? 0 : 0;
  endtable
endprimitive
V
cat >pair.v <<'V'
module pair(input a, b, c, output y, z);
  both (y, a, b), second (z, b, c);
endmodule
V
cat >pair_tb.v <<'V'
module pair_tb;
  reg a = 1, b = 1, c = 0; wire y, z;
  pair dut(a, b, c, y, z);
  initial begin
    #1 if (y !== 1) $display("ERROR y");
    if (z !== 0) $display("ERROR z");
    $finish;
  end
endmodule
V
status 0 lint
says "lint ok (3 files)"
notes "cells.v:3 is left out of the lint, the rest is read"
status 0 sim --one
says "PASS 2 checks"
silent_on "needs a name"
sed -i 's/z, b, c/z, b, d/' pair.v
status 1 lint # the rest is read
says "pair.v:2"
says "'d'"

folder value # a parameter that only an instance sets
cat >shift.sv <<'V'
module shift #(parameter W)(input logic clk, d, output logic [W-1:0] q);
  always_ff @(posedge clk) q <= {q[W-2:0], d};
endmodule
V
status 1 lint
says "shift.sv:1:26 risk Parameter without initial value"
says "shift is the top here, which no instance gives a value: \`set parameters W=VALUE\` does"
says "0 errors, 1 risk (1 file)"
status 0 lint -G W=4
cat >row.sv <<'V'
module row #(parameter N, parameter bit TWO)(input logic clk, d, output logic [N-1:0] q);
  logic [N-1:0] s;
  if (TWO) begin : g
    assign q = {N{s[0]}};
  end else begin : h
    assign q = s;
  end
  for (genvar i = 0; i < N; i++) begin : l
    always_ff @(posedge clk) s[i] <= d;
  end
  shift #(.W(N)) u(.clk, .d, .q());
endmodule
V
status 1 lint # what only follows from that is no error
says "row.sv:1:24 risk Parameter without initial value"
says "row.sv:1:41 risk Parameter without initial value"
says "0 errors, 2 risks (2 files)"
cat >row.sv <<'V'
module row #(parameter N)(input logic clk, d, output logic q);
  localparam M = N + 1;
  if (d) begin : g
    assign q = clk;
  end
endmodule
V
status 1 lint # a port is no constant, whatever N is
says "row.sv:3:7 error Expecting expression to be constant, but variable isn't const: 'd'"
says "row.sv:3:7 error Generate If condition must evaluate to constant"
silent_on "isn't const: 'N'"
rm row.sv
cat >shift_tb.sv <<'V'
module shift_tb;
  logic clk = 0, d = 1; logic [3:0] q = 0;
  shift #(.W(4)) dut(.clk, .d, .q);
  initial begin repeat (4) begin #1 clk = 1; #1 clk = 0; end if (q === 4'd3) $error("q"); $finish; end
endmodule
V
status 0 lint # read below the testbench
says "lint ok (2 files)"
sed -i 's/#(.W(4))//' shift_tb.sv
status 1 lint # now an instance fails to
says "error Parameter without initial value"

folder macro # with too few arguments, the rest of all files becomes arguments
printf '`define MAX(a, b) ((a) > (b) ? (a) : (b))\n' >max.vh
cat >low.v <<'V'
`include "max.vh"
module low(input [3:0] x, output [3:0] y);
  assign y = `MAX(x, 4'd2);
endmodule
V
cat >top.v <<'V'
`include "max.vh"
module top(input [3:0] x, output [3:0] y);
  localparam N = `MAX(3)
  wire [N:0] k = x;
  low u(.x(k), .y(y));
endmodule
V
status 1 lint
says "top.v:3:24 error Define missing argument 'b'"
says "errors that may come from that are not listed"
says "1 error, 0 risks"
sed -i 's/MAX(3)/MAX(3, 2);/' top.v
status 0 lint
says "lint ok (3 files)"

folder binder # a checker gets a type of what it is bound to
printf 'module stage #(parameter type T = logic [3:0])(input logic clk, input T d, output T q);\n  always_ff @(posedge clk) q <= d;\nendmodule\n' >stage.sv
printf 'module watch #(parameter type U = logic)(input logic clk, input U d);\n  assert property (@(posedge clk) d == d);\nendmodule\nbind stage watch #(.U(T)) w (.clk, .d);\n' >watch.sv
status 0 lint
says "lint ok (1 file; 1 not read: watch.sv binds a checker with a type parameter of stage)"
sed -i 's/U(T)/U(logic [3:0])/' watch.sv
status 0 lint
says "lint ok (2 files)"

folder config # a configuration beside modules, and a map of libraries
cat >all.v <<'V'
module leaf(input a, output y);
  assign y = ~a;
endmodule
module top(input a, output y);
  wire config_y; leaf config_u(a, config_y); assign y = config_y;
endmodule
config chosen;
  design work.top;
  instance top.config_u use gates.leaf;
endconfig
module late(input a, output y); leaf u(a, z); endmodule
V
printf 'library work "*.v";\n' >lib.map
status 1 lint
says "all.v:11:43 risk IMPLICIT"
says "(1 file; 1 not read: lib.map a map of libraries"
notes "all.v has a configuration, which no tool here reads"

folder words # of SystemVerilog, as names in a .v file beside one in SystemVerilog
cat >rnd.v <<'V'
`timescale 1ns/1ps
`default_nettype none
module rnd(input wire clk, output reg [3:0] do);
  integer bit;
  always @(posedge clk)
    for (bit = 0; bit < 4; bit = bit + 1) do[bit] <= ~do[bit];
  initial do = 0;
endmodule
V
cat >rnd_tb.sv <<'V'
`timescale 1ns/1ps
module rnd_tb;
  logic clk = 0; logic [3:0] q;
  rnd u(clk, q);
  initial begin
    bit ok;
    #1 clk = 1; #1 ok = q === 4'hf;
    if (!ok) $error("q is %h", q);
    $finish;
  end
endmodule
V
status 0 lint
says "lint ok (2 files)"
notes "rnd.v is read as Verilog-2005, because it declares words of SystemVerilog"
for engine in icarus verilator; do
	status 0 sim --one --engine $engine
	says "PASS 1 check"
done
# So are names of instances, as of a caravel's `clocking`.
printf 'module pair(input wire a, output wire y, z);\n  inv ref(a, y);\n  inv #(1) clocking(.a(a), .y(z));\nendmodule\nmodule inv #(parameter N = 1) (input wire a, output wire y);\n  assign y = ~a;\nendmodule\n' >pair.v
status 0 lint
says "lint ok (3 files)"
rm pair.v
# \$urandom and '1 make no SystemVerilog of such a file, and `final` may be an instance's name.
cat >old.v <<'V'
module old(output wire y);
  reg [1:0] expect;
  initial expect = '1;
  reg [31:0] r;
  initial r = $urandom;
  inv final(expect[0], y);
endmodule
module inv(input wire a, output wire y);
  assign y = ~a;
endmodule
V
status 0 lint
says "lint ok (3 files)"
rm old.v
sed -i 's/~do/~di/' rnd.v
status 1 lint
says "rnd.v:6:55 error Can't find definition of variable: 'di'"
silent_on "posedge_old"
mv rnd.v rnd.sv # there the words are words
status 1 lint
says "rnd.sv:3"
