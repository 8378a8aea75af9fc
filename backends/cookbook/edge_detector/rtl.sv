// One pulse for each edge of d, in the cycle in which it is seen. d must be
// synchronous to clk.
module edge_detector (
    input  logic clk,
    input  logic rst,
    input  logic d,
    output logic rise,
    output logic fall,
    output logic either
);

  logic prior;  // d at the last clock edge

  always_ff @(posedge clk) begin
    if (rst) prior <= 1'b0;
    else prior <= d;
  end

  assign rise   = d & ~prior;
  assign fall   = ~d & prior;
  assign either = d ^ prior;

endmodule
