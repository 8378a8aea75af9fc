module free (input wire clk, output reg [3:0] n);
  initial n = 0;
  always @(posedge clk) n <= n == 11 ? 0 : n + 1;
endmodule
