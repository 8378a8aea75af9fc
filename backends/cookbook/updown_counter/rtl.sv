// Counts up or down while en is 1; load takes d instead; the synchronous reset
// wins over both.
module updown_counter #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             load,
    input  logic [WIDTH-1:0] d,
    input  logic             en,
    input  logic             up,
    output logic [WIDTH-1:0] count
);

  always_ff @(posedge clk) begin
    if (rst) count <= '0;
    else if (load) count <= d;
    else if (en) count <= up ? count + WIDTH'(1) : count - WIDTH'(1);
  end

endmodule
