// Counts up or down while en is 1; load takes d instead; the synchronous reset
// wins over both.
module updown_counter #(
    parameter WIDTH = 8
) (
    input  wire             clk,
    input  wire             rst,
    input  wire             load,
    input  wire [WIDTH-1:0] d,
    input  wire             en,
    input  wire             up,
    output reg  [WIDTH-1:0] count
);

  wire [WIDTH-1:0] one = {{(WIDTH - 1) {1'b0}}, 1'b1};

  always @(posedge clk) begin
    if (rst) count <= {WIDTH{1'b0}};
    else if (load) count <= d;
    else if (en) count <= up ? count + one : count - one;
  end

endmodule
