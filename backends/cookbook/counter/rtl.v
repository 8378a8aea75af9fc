// Up counter: counts while en is 1, wraps from all ones to 0. The reset is
// synchronous and wins over en.
module counter #(
    parameter WIDTH = 8
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             en,
    output reg  [WIDTH-1:0] count
);

  always @(posedge clk) begin
    if (rst) count <= {WIDTH{1'b0}};
    else if (en) count <= count + {{(WIDTH - 1) {1'b0}}, 1'b1};  // the carry out is the wrap
  end

endmodule
