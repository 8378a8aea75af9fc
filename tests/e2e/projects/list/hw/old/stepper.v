// What was here before: it does not build.
module stepper (input clk, output reg q)
  always @(posedge clk) q <= ~q
endmodule
