// Counts in binary and in Gray code side by side. gray comes straight from a
// register, so that it may be sampled by another clock.
module gray_code #(
    parameter int WIDTH = 4
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             en,
    output logic [WIDTH-1:0] binary,
    output logic [WIDTH-1:0] gray
);

  logic [WIDTH-1:0] next;

  assign next = en ? binary + WIDTH'(1) : binary;

  always_ff @(posedge clk) begin
    if (rst) begin
      binary <= '0;
      gray   <= '0;
    end else begin
      binary <= next;
      gray   <= next ^ (next >> 1);
    end
  end

endmodule
