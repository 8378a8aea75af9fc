// The number of the highest bit that is 1.
module priority_encoder #(
    parameter int WIDTH = 8
) (
    input  logic [WIDTH-1:0]         in,
    output logic [$clog2(WIDTH)-1:0] index,
    output logic                     valid
);

  localparam int BITS = $clog2(WIDTH);

  assign valid = |in;

  always_comb begin
    index = '0;
    for (int i = 0; i < WIDTH; i++)
      if (in[i]) index = BITS'(i);  // a higher one overwrites a lower
  end

endmodule
