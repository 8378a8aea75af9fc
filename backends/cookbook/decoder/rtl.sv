// The output that sel names is 1 while en is.
module decoder #(
    parameter int N = 3
) (
    input  logic            en,
    input  logic [N-1:0]    sel,
    output logic [2**N-1:0] y
);

  always_comb begin
    y = '0;
    y[sel] = en;
  end

endmodule
