module ten (input logic clk, input logic rst, output logic [3:0] n);
  always_ff @(posedge clk) n <= rst || n == 9 ? 4'd0 : n + 4'd1;
endmodule
