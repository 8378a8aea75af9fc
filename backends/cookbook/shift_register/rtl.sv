// Shifts towards the top bit while en is 1; load takes d instead; the
// synchronous reset wins over both.
module shift_register #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             load,
    input  logic [WIDTH-1:0] d,
    input  logic             en,
    input  logic             sin,
    output logic [WIDTH-1:0] q,
    output logic             sout
);

  assign sout = q[WIDTH-1];  // leaves with the next shift

  always_ff @(posedge clk) begin
    if (rst) q <= '0;
    else if (load) q <= d;
    else if (en) q <= {q[WIDTH-2:0], sin};
  end

endmodule
