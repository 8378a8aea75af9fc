#!/usr/bin/env bash
# What a run says that no engine can build, or that ends in another way than its author thinks:
# the sentence names the cause, and offers only what was not tried.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin iverilog vvp iconv

# Neither engine has it: none of them is offered. With one engine the other is.
in_new covergroup
cat >c_tb.sv <<'V'
module c_tb;
  bit clk; logic [1:0] s = 0; wire [1:0] y = ~s;
  covergroup cg @(posedge clk); coverpoint s; endgroup
  initial begin #1 if (y !== 3) $error("y"); $finish; end
endmodule
V
status 2 sim
says "verilator lacks this, and icarus cannot build it either"
silent_on "try"
status 2 sim --engine verilator
says 'verilator lacks this; try `--engine icarus`'

# A keyword that is a name here is the design's error, not the tool's limit.
in_new keyword
cat >m.sv <<'V'
module m(input clk, output reg sequence);
  initial sequence = 0;
endmodule
V
printf 'module m_tb;\n  reg c; wire s;\n  m u(c, s);\n  initial begin #1 if (s !== 0) $error("s"); $finish; end\nendmodule\n' >m_tb.sv
status 1 sim
says "m.sv:1:32 error 'sequence' is a keyword of SystemVerilog: choose another name"

# Icarus is certain of a process without a delay: the other engine would only wait.
in_new endless
cat >d_tb.v <<'V'
module d(input c, output reg q); initial q = 0; always @(posedge c) q <= ~q; endmodule
module d_tb;
  reg c = 0; wire q;
  d u(c, q);
  always #0.4 c = ~c;
  initial begin #5 if (q !== 0) $display("FAIL"); $finish; end
endmodule
V
status 1 sim
says "d_tb.v:5 error always process does not have any delay."
says "the delay #0.4 comes to 0 in steps of the timescale"
silent_on "Verilator"
sed -i '1i `timescale 1ns/1ps' d_tb.v
status 0 sim --one
says "PASS 1 check"

in_new utf16
printf 'module u_tb; initial $finish; endmodule\n' | iconv -f UTF-8 -t UTF-16LE >u_tb.v
status 2 sim
notes "there is no testbench here. u_tb.v is UTF-16 text (save it as UTF-8)"

# A misspelt name is a net of its own, which every tool accepts.
in_new misspelt
cat >s_tb.v <<'V'
module s(input d, c, output reg q); always @(posedge c) q <= d; endmodule
module s_tb;
  reg shiftin = 1, c = 0; wire q;
  s u(shiftIn, c, q);
  always #5 c = ~c;
  initial begin #7 if (q !== 1) $display("FAIL"); $finish; end
endmodule
V
status 1 sim --one
says "but: s_tb.v:4 nothing else in this module is called shiftIn; is shiftin meant?"
sed -i 's/shiftIn/shiftin/' s_tb.v
status 0 sim --one
silent_on "but:"

# Delays of an SDF file: the oracle is iverilog with the option it needs.
in_new sdf
cat >top.sdf <<'S'
(DELAYFILE (SDFVERSION "3.0") (DESIGN "inv") (TIMESCALE 1ns)
 (CELL (CELLTYPE "inv") (INSTANCE) (DELAY (ABSOLUTE (IOPATH a y (3:3:3) (3:3:3))))))
S
cat >inv_tb.v <<'V'
`timescale 1ns/1ps
module inv(input a, output y);
  assign y = ~a;
  specify (a => y) = (1, 1); endspecify
endmodule
module inv_tb;
  reg a = 0; wire y;
  inv dut(a, y);
  initial $sdf_annotate("top.sdf", dut);
  initial begin
    #10 a = 1;
    #2 if (y !== 1) $display("ERROR: y fell before 3 ns");
    #2 if (y !== 0) $display("ERROR: y has not fallen after 4 ns");
    $finish;
  end
endmodule
V
iverilog -g2012 -gspecify -o with.vvp inv_tb.v && vvp -n with.vvp >with.txt
! grep -q ERROR with.txt || fail "the oracle: $(cat with.txt)"
iverilog -g2012 -o without.vvp inv_tb.v && vvp -n without.vvp >without.txt
grep -q "ERROR: y fell" without.txt || fail "the oracle without: $(cat without.txt)"
status 0 sim --engine icarus
says "PASS 2 checks"

# A loop whose variable has too few bits runs into the limit, and is named beside it.
in_new loop
echo 'set sim.run_seconds 1' >>"$XDG_CONFIG_HOME/posedge/posedgerc"
cat >l_tb.v <<'V'
module l(input [3:0] a, output [3:0] y); assign y = ~a; endmodule
module l_tb;
  reg [3:0] a; wire [3:0] y;
  l u(a, y);
  initial begin
    for (a = 0; a <= 15; a = a + 1) begin #1; if (y !== ~a) $display("FAIL"); end
    $display("PASS"); $finish;
  end
endmodule
V
for engine in icarus verilator; do
	status 2 sim --one --engine $engine
	says "stopped by the time limit of 1 s"
	says "but: l_tb.v:6 this loop never ends: 'a' has 4 bits, so the condition always holds"
done

# Verilator has no x: what only x passes says nothing there, beside a check that passes, too.
in_new wants_x
printf 'module d(input a, output y); assign y = a; endmodule\n' >d.v
cat >d_tb.v <<'V'
module d_tb;
  reg a; wire y;
  d u(a, y);
  initial begin
    #1 if (y !== 1'bx) $display("FAIL: y is not x");
    a = 1;
    #1 if (y !== 1) $display("FAIL: y");
    $finish;
  end
endmodule
V
status 0 sim --one --engine icarus
says "PASS 2 checks"
status 3 sim --one --engine verilator
says "no verdict: what failed asks for x, which Verilator does not have (--engine icarus has it)"
sed -i 's/assign y = a/assign y = ~a/' d.v
for engine in icarus verilator; do
	status 1 sim --one --engine $engine
	says "FAIL d_tb.v:"
done

# A count that nothing sets to 0 is x: the report says FAIL, and no check failed.
in_new starts_x
printf 'module d(input [1:0] a, output [1:0] y); assign y = a; endmodule\n' >d.v
cat >d_tb.v <<'V'
module d_tb;
  reg [1:0] a; wire [1:0] y;
  integer i, errors;
  d u(a, y);
  initial begin
    for (i = 0; i < 4; i = i + 1) begin a = i; #1
      if (y !== i[1:0]) begin $display("ERROR at %0d", i); errors = errors + 1; end
    end
    if (errors == 0) $display("PASS"); else $display("FAIL");
    $finish;
  end
endmodule
V
status 3 sim --one --engine icarus
says "no verdict: d_tb.v:9 \`errors == 0\` asks for a count that nothing sets to 0 at first, so it stays x"
sed -i 's/assign y = a/assign y = ~a/' d.v
status 1 sim --one --engine icarus
says "FAIL d_tb.v:7 ERROR at 0"

# An `if` without begin: each round counts as an error.
in_new no_begin
printf 'module d(input [1:0] a, output [1:0] y); assign y = a; endmodule\n' >d.v
cat >d_tb.v <<'V'
module d_tb;
  reg [1:0] a; wire [1:0] y;
  integer i, n = 0;
  d u(a, y);
  initial begin
    for (i = 0; i < 4; i = i + 1) begin a = i; #1
      if (y !== i[1:0])
        $display("ERROR");
        n = n + 1;
    end
    if (n) $display("%0d errors", n); else $display("ok");
    $finish;
  end
endmodule
V
status 1 sim --one --engine icarus
says "none of the 4 comparisons that it made failed"

# A testbench that forgot the design.
in_new alone
printf 'module g(input a, output y); assign y = ~a; endmodule\n' >g.v
printf 'module g_tb;\n  reg y = 1;\n  initial begin #1 if (y !== 1) $display("FAIL"); $finish; end\nendmodule\n' >g_tb.v
timeout 60 "$posedge" sim --one >"$work/out" 2>"$work/err" </dev/null
notes "g_tb in g_tb.v instantiates no module, so none of the project is simulated"
