module divider #(parameter N = 2) (input clk, input rst, output tick);
  reg [7:0] count;
  assign tick = count == N - 1;
  always @(posedge clk)
    if (rst || tick) count <= 0;
    else count <= count + 1'b1;
endmodule
