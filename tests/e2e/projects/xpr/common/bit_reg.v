module bit_reg (input logic clk, input logic rst, input logic d, output logic q);
  always_ff @(posedge clk) q <= !rst && d;
endmodule
