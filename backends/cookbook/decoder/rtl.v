// The output that sel names is 1 while en is.
module decoder #(
    parameter N = 3
) (
    input  wire              en,
    input  wire [N-1:0]      sel,
    output reg  [(1<<N)-1:0] y
);

  always @* begin
    y = {(1 << N) {1'b0}};
    y[sel] = en;
  end

endmodule
