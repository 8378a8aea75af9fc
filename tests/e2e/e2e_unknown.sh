#!/usr/bin/env bash
# What only asks for x is no check where there is no x, and no wait for it ends there.
. "${srcdir:?}/tests/lib/lib.sh"
need verilator_bin g++ iverilog

mkdir -p "$work/p" && cd "$work/p" || exit 1
printf 'set sim.run_seconds 3\n' >"$XDG_CONFIG_HOME/posedge/posedgerc"
tb() { # WAIT: before each comparison
	cat >flip_tb.v <<END
\`timescale 1ns/1ps
module flip (input clk, output reg q); always @(posedge clk) q <= q === 1'b1 ? 1'b0 : 1'b1; endmodule
module flip_tb;
  reg clk = 0; wire q; integer n = 0;
  flip dut (.clk(clk), .q(q));
  always #5 clk = ~clk;
  always @(negedge clk) begin $1 if (n > 0 && ^q === 1'bx) \$display("Error: q=%b", q); n = n + 1; if (n == 6) \$finish; end
endmodule
END
}
none='no verdict: its checks only ask for x, which Verilator does not have (--engine icarus has it)'

tb ''
status 0 sim
says "Icarus: PASS 6 checks; Verilator: $none"
silent_on "Usually"
status 3 sim --engine verilator --no-trace
says "$none"

tb "wait (q === 1'bx);"
status 2 sim --engine verilator --no-trace
says "set sim.run_seconds); \`wait (q === 1'bx)\` in flip_tb.v:7 asks for x, which Verilator does not have"
# a line that does not name what is x
cat >flip_tb.v <<'END'
`timescale 1ns/1ns
module flip (input clk, output reg [3:0] q); always @(posedge clk) q <= q + 1; endmodule
module flip_tb;
  reg clk = 0; wire [3:0] q; integer n = 0;
  flip dut (.clk(clk), .q(q));
  always #5 clk = ~clk;
  always @(negedge clk) begin n = n + 1; if (q !== n) $display("ERROR: %0d", q); if (n == 6) $finish; end
endmodule
END
status 1 sim --no-trace
says "Icarus: FAIL at 10, a value is x; Verilator: PASS 6 checks. Usually a register without reset"
echo "x in two states: ok"
