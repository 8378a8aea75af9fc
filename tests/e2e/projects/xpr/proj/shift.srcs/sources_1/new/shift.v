module shift (input clk, input rst, output [2:0] q);
  bit_reg u0 (.clk(clk), .rst(rst), .d(`SHIFT_IN), .q(q[0]));
  bit_reg u1 (.clk(clk), .rst(rst), .d(q[0]), .q(q[1]));
  bit_reg u2 (.clk(clk), .rst(rst), .d(q[1]), .q(q[2]));
endmodule
