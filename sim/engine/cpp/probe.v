`timescale 1ns / 1ns
module probe;
  reg clk = 0;
  reg [3:0] q = 0;
  always #5 clk = !clk;
  always @(posedge clk) q <= q + 1;
  initial begin
    repeat (9) @(negedge clk);
    $display("%0d", q);
    $finish;
  end
endmodule
