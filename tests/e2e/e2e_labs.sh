#!/usr/bin/env bash
# A repository with one folder per exercise, each with modules of the same names and a
# Makefile: its settings apply to its own files.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/course/common" "$work/course/docs" && cd "$work/course" || exit 1
mkdir .git
# lab N: a counter in steps of N, which its testbench accepts only with the settings of
# its Makefile.
lab() {
	mkdir -p "lab$1/sim" "lab$1/rtl" "lab$1/inc"
	printf '`define STEP %s\n' "$1" >"lab$1/inc/step.vh"
	printf '`include "step.vh"\nmodule counter #(parameter W = 2) (input clk, rst, output reg [W-1:0] q);\n  always @(posedge clk) q <= rst ? 0 : q + `STEP;\nendmodule\n' >"lab$1/rtl/counter.v"
	cat >"lab$1/sim/counter_tb.v" <<'V'
module counter_tb;
  parameter W = 3;
  reg clk = 0, rst = 1; wire [W-1:0] q; integer seed;
  counter #(.W(W)) dut (clk, rst, q);
  always #5 clk = ~clk;
  initial begin
    @(negedge clk) rst = 0;
    repeat (`ROUNDS) @(negedge clk);
    if (!$value$plusargs("seed=%d", seed)) seed = 0;
    if (q !== `ROUNDS * `WANT) $display("ERROR: q is %0d", q);
    $display("lab%0d, W %0d, seed %0d", `WANT, W, seed);
    $finish;
  end
endmodule
V
	printf 'sim:\n\tiverilog -DROUNDS=3 -DWANT=%s -I ../inc -Pcounter_tb.W=%s -o tb counter_tb.v ../rtl/counter.v\n\tvvp tb\n' "$1" $(($1 + 4)) >"lab$1/sim/Makefile"
}
lab 1
lab 2
lab 3
# Macros of a proof do not apply to the design.
printf '[options]\nmode bmc\n[script]\nread_verilog -DROUNDS=0 -DWANT=0 counter_tb.v\n[files]\ncounter_tb.v\n' >lab3/sim/p.sby
for engine in icarus verilator; do
	for n in 1 2 3; do
		# Selected by file, by folder, and by the current folder.
		status 0 sim --engine $engine --one "lab$n/sim/counter_tb.v"
		says "lab$n, W $((n + 4)), seed 0"
		says "PASS 1 check"
		status 0 sim --engine $engine --one "lab$n"
		says "lab$n, W $((n + 4)), seed 0"
		cd "lab$n/sim" || exit 1
		status 0 sim --engine $engine --one
		says "lab$n, W $((n + 4)), seed 0"
		cd ../..
	done
done
notes "lab3/sim/Makefile speaks of lab3/sim/counter_tb.v: what it sets counts here"
# Code that only a folder's macros enable is read: an include, a module.
mkdir lab4
printf '`ifdef FULL\n`include "body.inc"\n`endif\n`ifndef FULL\nmodule dut4(output y); assign y = 0; endmodule\n`endif\n' >lab4/dut.v
printf 'module dut4(output y); leaf4 u(y); endmodule\n' >lab4/body.inc
printf 'module leaf4(output y); assign y = 1; endmodule\n' >lab4/leaf.v
printf 'module tb4; wire y; dut4 u(y); initial begin #1 if (y !== 1) $display("ERROR: y is %%b", y); $finish; end endmodule\n' >lab4/tb.v
status 1 sim --engine icarus --one lab4
printf 'all:\n\tiverilog -DFULL -o tb tb.v dut.v leaf.v\n' >lab4/Makefile
for engine in icarus verilator; do
	status 0 sim --engine $engine --one lab4
	says "PASS 1 check"
done
# The user's setting wins.
status 1 sim --engine icarus --one lab2 -D ROUNDS=2 -D WANT=1
says "FAIL lab2/sim/counter_tb.v:10 ERROR: q is 4"
status 0 sim --engine icarus --one lab2 -G W=8 +seed=9
says "lab2, W 8, seed 9"
# Without a testbench here the last one is meant; a folder without one says so.
cd docs || exit 1
status 0 sim --engine icarus --one
says "lab2, "
cd ..
status 2 sim docs
notes "no such module, file or folder"
status 2 sim lab2/rtl
notes "no testbench"
status 0 lint
says "lint ok"
