`include "blinker_defs.vh"
module blinker (input clk, input rst, output reg [0:0] q);
  wire tick;
  divider #(.N(`BLINK_EVERY)) u_div (.clk(clk), .rst(rst), .tick(tick));
  always @(posedge clk)
    if (rst) q <= 0;
    else if (tick) q <= ~q;
endmodule
