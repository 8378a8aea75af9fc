// The board's top: its buffers are nowhere in the project.
module board (input pin_clk, input pin_rst, output [3:0] leds);
  wire clk;
  SB_GB u_gb (.USER_SIGNAL_TO_GLOBAL_BUFFER(pin_clk), .GLOBAL_BUFFER_OUTPUT(clk));
  core u_core (.clk(clk), .rst(pin_rst), .q(leds));
endmodule
