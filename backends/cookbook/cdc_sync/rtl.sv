// One bit from another clock, through STAGES flip-flops.
module cdc_sync #(
    parameter int STAGES = 2
) (
    input  logic clk,
    input  logic rst,
    input  logic in,
    output logic out
);

  logic [STAGES-1:0] chain;

  assign out = chain[STAGES-1];

  always_ff @(posedge clk) begin
    if (rst) chain <= '0;
    else chain <= {chain[STAGES-2:0], in};
  end

endmodule
