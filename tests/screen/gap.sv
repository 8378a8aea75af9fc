module gap (input logic clk, input logic [3:0] d, output logic [3:0] q);
  logic [3:0] sum;
  always_ff @(posedge clk) q <= 
endmodule
