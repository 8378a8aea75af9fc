module edge_det (input logic clk, input logic rst, input logic d, output logic up);
  logic last;
  always_ff @(posedge clk) last <= !rst && d;
  assign up = d && !last;
endmodule
