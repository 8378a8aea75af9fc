module lamp (input clk, input rst, output [3:0] q);
`include "lamp_width.vh"
  ramp #(.WIDTH(WIDTH)) u_ramp (.clk(clk), .rst(rst), .q(q));
endmodule
