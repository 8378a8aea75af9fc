#!/usr/bin/env bash
# A design that refers to a module which nothing instantiates, such as tb.reset or
# glbl.GSR, has two tops: it is found, linted and run with both engines without asking.
# shellcheck disable=SC2015
. "${srcdir:?}/tests/lib/lib.sh"
need verilator iverilog vvp

# both WANTED [TESTBENCH]: with either engine.
both() {
	local engine
	for engine in icarus verilator; do
		status 0 sim --one --engine $engine "${@:2}"
		says "$1"
		silent_on "posedge_roots"
	done
}

# A test beside a bench with tasks, as in old suites.
mkdir -p "$work/suite/tests" && cd "$work/suite" || fail "no folder"
cat >bench.v <<'V'
`timescale 1ns/1ns
module bench;
  reg clk = 0, clear = 0;
  wire [3:0] count;
  up up(clk, clear, count);
  always #5 clk = ~clk;
  task start; begin clear = 1; @(posedge clk); #1 clear = 0; end endtask
endmodule
module up(input clk, input clear, output reg [3:0] count);
  always @(posedge clk) count <= clear ? 4'd0 : count + 4'd1;
endmodule
V
for n in 3 5; do
	cat >tests/run$n.v <<-V
	\`timescale 1ns/1ns
	module run$n;
	  initial begin
	    bench.start;
	    repeat ($n) @(posedge bench.clk);
	    #1 if (bench.up.count !== $n) \$display("FAIL %0d", bench.up.count);
	    else \$display("PASS");
	    \$finish;
	  end
	endmodule
	V
done
status 2 sim
notes "several testbenches: run3, run5;"
both "PASS 1 check" tests/run3.v
both "PASS 1 check" run5
status 0 lint
says "lint ok (3 files)"
status 0 lint tests/run3.v # by itself, as an editor does
says "lint ok (2 files)"
status 0 files
says "bench.v                      bench, named by tests/run3.v and instantiated by nothing: a second top"
silent_on "testbench bench "
rm tests/run5.v
both "PASS 1 check" # the bench is no second candidate
sed -i 's/!== 3/!== 4/' tests/run3.v
status 1 sim --one --engine verilator
says "FAIL"

# Signals that a vendor's cells refer to; each of two designs gets them.
mkdir "$work/glbl" && cd "$work/glbl" || fail "no folder"
printf 'module glbl;\n  reg GSR = 1;\n  initial #20 GSR = 0;\nendmodule\n' >glbl.v
cat >cell.v <<'V'
module cell_ff(input c, input d, output reg q);
  always @(posedge c or posedge glbl.GSR) if (glbl.GSR) q <= 0; else q <= d;
endmodule
V
cat >cell_tb.v <<'V'
`timescale 1ns/1ns
module cell_tb;
  reg c = 0; wire q;
  cell_ff u(.c(c), .d(1'b1), .q(q));
  initial begin
    #5 c = 1; #5 if (q !== 0) $display("ERROR early"); c = 0;
    #20 c = 1; #5 if (q !== 1) $display("ERROR late");
    $finish;
  end
endmodule
V
both "PASS 2 checks"
status 0 lint
says "lint ok (3 files)"

# Looks the same but is not: a structure, an instance, a name that leads upwards.
mkdir "$work/none" && cd "$work/none" || fail "no folder"
printf 'module word; initial $display("not for anybody"); endmodule\n' >word.v
cat >pair.sv <<'V'
module pair(input logic [1:0] p, output logic y);
  struct packed { logic a, b; } word;
  assign word = p;
  assign y = word.a & word.b & top_tb.enable;
endmodule
V
cat >top_tb.sv <<'V'
module top_tb;
  logic enable = 1, y; logic [1:0] p = 3;
  pair dut(p, y);
  initial begin #1 if (y !== 1) $error("y"); $finish; end
endmodule
V
both "PASS 1 check" top_tb
silent_on "not for anybody"
status 0 files top_tb
silent_on "word.v"

# A part of a testbench that looks into the design from above is read below it, not alone.
in_new upwards
cat >tb.v <<'V'
module tb;
  reg clk = 0;
  wire [3:0] q;
  dut dut(.clk(clk), .q(q));
  watch watch();
  initial begin #5 clk = 1; #5 if (q !== 4'd1) $display("FAIL"); else $display("PASS"); $finish; end
endmodule
V
printf 'module dut(input clk, output reg [3:0] q);\n  initial q = 0;\n  always @(posedge clk) q <= q + 1;\nendmodule\n' >dut.v
printf 'module watch;\n  wire [3:0] state = tb.dut.q;\nendmodule\n' >watch.v
status 0 lint
says "lint ok (3 files)"
status 0 lint watch.v
says "lint ok"
status 0 files
grep -q "^top watch" "$work/out" && fail "a part is a top"
sed -i 's/tb.dut.q/tb.dut.r/' watch.v
status 1 lint watch.v
says "watch.v:2:"

# A program is a part of the testbench that runs it.
in_new program
printf 'module dut(input a, output y);\n  assign y = ~a;\nendmodule\n' >dut.sv
printf 'program drive(output logic a, input y);\n  initial begin a = 0; #1 if (y !== 1) $display("FAIL"); else $display("PASS"); end\nendprogram\n' >drive.sv
printf 'module tb;\n  wire a, y;\n  dut d(a, y);\n  drive p(a, y);\nendmodule\n' >tb.sv
status 0 files
says "testbench tb"
silent_on "top drive"
