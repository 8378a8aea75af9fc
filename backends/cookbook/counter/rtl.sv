// Up counter: counts while en is 1, wraps from all ones to 0. The reset is
// synchronous and wins over en.
module counter #(
    parameter int WIDTH = 8
) (
    input  logic             clk,
    input  logic             rst,
    input  logic             en,
    output logic [WIDTH-1:0] count
);

  always_ff @(posedge clk) begin
    if (rst) count <= '0;
    else if (en) count <= count + WIDTH'(1);  // the carry out is the wrap
  end

endmodule
