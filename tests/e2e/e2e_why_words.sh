#!/usr/bin/env bash
# How `posedge why` words a condition.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp verilator_bin
export posedge

# A constant that the tool computed has lost its sign, which the comparison tells; one that is
# compared without a sign has none.
mkdir "$work/signs" && cd "$work/signs" || exit 1
cat >signs.sv <<'END'
module signs(input logic clk, input logic signed [17:0] v, input logic signed [31:0] n,
             input logic [17:0] u, output logic q);
  always_ff @(posedge clk) begin
    if (v < -18'sd32768) q <= 1;
    if (-5 <= n) q <= 1;
    if (u > 18'd229376) q <= 1;
  end
endmodule
END
cat >signs_tb.sv <<'END'
module signs_tb;
  reg clk = 0;
  wire q;
  signs dut(.clk, .v(-18'sd40000), .n(-2), .u(18'd229377), .q);
  initial begin
    $dumpvars;
    #5 clk = 1;
    #1 if (q !== 0) $display("FAIL");
    $finish;
  end
endmodule
END
status 1 sim --engine icarus --one
status 0 why dut.q --steps 1
says "signs.sv:6  if u > 18'd229376 is 1"
sed -i '/if (u/d' signs.sv
status 1 sim --engine icarus --one
status 0 why dut.q --steps 1
says "signs.sv:5  if n >= -5 is 1"
sed -i '/if (-5/d' signs.sv
status 1 sim --engine icarus --one
status 0 why dut.q --steps 1
says "signs.sv:4  if v < -18'sd32768 is 1"
echo "why_words: all as it should be"
