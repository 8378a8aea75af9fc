`include "step_cfg.vh"
// Counts in steps, of which the file list tells the size.
module stepper (input clk, input rst, output reg [`STEP_WIDTH-1:0] q);
  wire [`STEP_WIDTH-1:0] next;
  adder #(.W(`STEP_WIDTH)) u_add (.a(q), .b(`STEP), .y(next));
  always @(posedge clk)
    if (rst) q <= 0;
    else q <= next;
endmodule
