// Shifts towards the top bit while en is 1; load takes d instead; the
// synchronous reset wins over both.
module shift_register #(
    parameter WIDTH = 8
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             load,
    input  wire [WIDTH-1:0] d,
    input  wire             en,
    input  wire             sin,
    output reg  [WIDTH-1:0] q,
    output wire             sout
);

  assign sout = q[WIDTH-1];  // leaves with the next shift

  always @(posedge clk) begin
    if (rst) q <= {WIDTH{1'b0}};
    else if (load) q <= d;
    else if (en) q <= {q[WIDTH-2:0], sin};
  end

endmodule
